"""All tags: the sortable, filterable table of an article's annotations."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from annotator.core.change import Change
from annotator.core.sources import Registry
from annotator.core.tagging import Tagging
from annotator.ui.lists.tag_table import Column, TagTable
from annotator.ui.theme import Theme, palette
from annotator.ui.widgets.boxes import in_column
from annotator.ui.widgets.line_edits import filter_field
from annotator.ui.widgets.painted_list import Rows
from annotator.ui.widgets.rows import ByWords
from annotator.ui.widgets.viewport import viewport_of

ROW = 24
WIDE = 460
"""Pixels from which on the kind's name has room beside its mark, and notes beside the words."""


class _Table(Rows):
    """Columns as wide as the table has room for them."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = self.viewport().width()
        self.setColumnWidth(Column.KIND, 96 if width >= WIDE else 38)
        self.setColumnWidth(Column.SOURCE, width * 28 // 100)
        self.setColumnWidth(Column.NOTE, width * 20 // 100)
        self.setColumnHidden(Column.NOTE, width < WIDE)


class _KindCell(QStyledItemDelegate):
    """The kind's mark and name; the mark alone where the column has no room for both."""

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        hue = index.data(Qt.ItemDataRole.ForegroundRole)
        option.palette.setColor(QPalette.ColorRole.HighlightedText, hue)
        if option.fontMetrics.horizontalAdvance(option.text) + 8 > option.rect.width():
            option.text = option.text[:1]
            option.displayAlignment = Qt.AlignmentFlag.AlignCenter


class AllTags(QWidget):
    """Shows every annotation in one row; ``picked`` carries the id of the one gone to."""

    picked = Signal(str)

    left = Signal()
    """Back to the text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("All tags")
        self._selected = ""
        self._model = TagTable()
        self.filter = filter_field("Filter tags…")
        self.table = _make_table(self._model)
        in_column(self.filter, self.table, inside=self, around=(12, 8, 12, 8), gap=6)
        self.filter.textChanged.connect(self._filter)
        self.table.horizontalHeader().sortIndicatorChanged.connect(self._sort)
        for signal in (self.table.clicked, self.table.entered_on, self.table.moved):
            signal.connect(lambda index: self.picked.emit(self._model.id_at(index.row())))
        for signal in (self.table.entered_on, self.table.left):
            signal.connect(self.left)
        self.setFocusProxy(self.table)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self.setPalette(palette(theme))
        self._model.set_theme(theme)

    def show_tagging(self, tagging: Tagging, registry: Registry) -> None:
        """Show the annotations of a tagging, which stays live: see `show_change`."""
        self._selected = ""
        self._model.show_tagging(tagging, registry)

    def show_change(self, change: Change, registry: Registry) -> None:
        """Follow a change that the tagging has applied."""
        self._model.show_change(change, registry)
        self.show_selected(self._selected)

    def show_selected(self, annotation_id: str) -> None:
        """Mark the row of an annotation and bring it into view; none where it is not shown."""
        self._selected = annotation_id
        row = self._model.row_of(annotation_id)
        if row is None:
            self.table.clearSelection()
        elif row != self.table.currentIndex().row() or not self.table.selectedIndexes():
            self.table.setCurrentIndex(self._model.index(row, Column.WORDS))

    def sizeHint(self) -> QSize:
        return QSize(320, 240)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves from the filter, too."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _filter(self, typed: str) -> None:
        self._model.set_filter(typed)
        self.show_selected(self._selected)

    def _sort(self, by: int, order: Qt.SortOrder) -> None:
        self._model.sort(by, order)
        self.show_selected(self._selected)


def _make_table(model: TagTable) -> _Table:
    table = _Table()
    table.setAccessibleName("Table of all tags")
    table.setModel(model)
    table.setItemDelegate(ByWords(table))
    table.setItemDelegateForColumn(Column.KIND, _KindCell(table))
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setFrameShape(QFrame.Shape.NoFrame)
    viewport_of(table).setAutoFillBackground(False)
    rows = table.verticalHeader()
    rows.hide()
    rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    rows.setDefaultSectionSize(ROW)
    _shape_columns(table)
    return table


def _shape_columns(table: QTableView) -> None:
    columns = table.horizontalHeader()
    columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    columns.setHighlightSections(False)
    columns.setSectionsClickable(True)
    # A third click takes the sorting back: text order.
    columns.setSortIndicatorClearable(True)
    columns.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
    columns.setSortIndicatorShown(True)
    columns.setMinimumSectionSize(24)
    columns.setSectionResizeMode(Column.WORDS, QHeaderView.ResizeMode.Stretch)
