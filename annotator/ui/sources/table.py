"""The table of the registry: what each source is called, and how often it is named."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHeaderView, QTreeWidget, QTreeWidgetItem

from annotator.core.sources import Source, fold
from annotator.ui.sources.colours import dot_icon
from annotator.ui.theme import Theme
from annotator.ui.widgets.plain import plain_tip

_HEADS = ("Source", "Name", "Type", "Country", "Key", "Aliases", "Here", "Folder")
_KEY, _NUMBERS = 4, (5, 6, 7)
ID = Qt.ItemDataRole.UserRole
ROW = 24
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class SourceRow(NamedTuple):
    """A source with its counts; ``clash`` says what else acts on its key, if anything does."""

    source: Source
    here: int
    folder: int | None
    clash: str


class SourceList(QTreeWidget):
    """The sources in one row each; ``moved`` with the id of the one that is gone to."""

    moved = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName("Table of sources")
        self.setHeaderLabels(_HEADS)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self._typed = ""
        self._shape_columns()
        self.currentItemChanged.connect(lambda item, _: self.moved.emit(_id_of(item)))

    def show_rows(self, rows: list[SourceRow], current: str) -> None:
        """Show these, with the source ``current`` chosen."""
        self.blockSignals(True)
        self.setSortingEnabled(False)
        self.clear()
        for row in rows:
            self._fill(QTreeWidgetItem(self), row)
        if any(row.source.colour for row in rows):
            for item, row in zip(self._items(), rows, strict=True):
                item.setIcon(0, dot_icon(row.source.colour, self._theme))
        self.setSortingEnabled(True)
        self.blockSignals(False)
        self.filter(self._typed)
        self.go_to(current)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Fill in how often each source is named in the folder."""
        for item in self._items():
            item.setData(7, Qt.ItemDataRole.DisplayRole, counts.get(_id_of(item), 0))

    def go_to(self, source_id: str) -> None:
        """Choose the row of a source, or the first one there is."""
        shown = [item for item in self._items() if not item.isHidden()]
        found = (item for item in shown if _id_of(item) == source_id)
        item = next(found, shown[0] if shown else None)
        if item:
            self.setCurrentItem(item)
            self.scrollToItem(item)

    def filter(self, typed: str) -> None:
        """Show only the sources with this in one of their names."""
        self._typed = typed
        wanted = fold(typed.strip())
        for item in self._items():
            item.setHidden(wanted not in item.data(1, ID))
        current = self.currentItem()
        if current and current.isHidden():
            self.go_to("")

    def _items(self) -> list[QTreeWidgetItem]:
        rows = range(self.topLevelItemCount())
        return [item for row in rows if (item := self.topLevelItem(row))]

    def _fill(self, item: QTreeWidgetItem, row: SourceRow) -> None:
        source = row.source
        unnamed = "" if source.named else " (unnamed)"
        texts = (source.label, f"{source.name}{unnamed}", source.kind, source.country or "")
        for column, text in enumerate((*texts, (source.key or "").upper())):
            item.setText(column, text)
        counts = (_number_of_aliases(source), row.here, row.folder)
        for column, number in zip(_NUMBERS, counts, strict=True):
            item.setData(column, Qt.ItemDataRole.DisplayRole, number)
            item.setTextAlignment(column, _RIGHT)
        item.setSizeHint(0, QSize(0, ROW))
        item.setData(0, ID, source.id)
        item.setData(1, ID, fold(" ".join((source.id, *source.names))))
        if row.clash:
            item.setText(_KEY, f"{item.text(_KEY)} ⚠")
            item.setToolTip(_KEY, plain_tip(row.clash))
            item.setData(_KEY, Qt.ItemDataRole.AccessibleTextRole, row.clash)

    def _shape_columns(self) -> None:
        header = self.header()
        header.setSectionsMovable(False)
        header.setStretchLastSection(False)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        for column, width in {0: 130, 2: 96, 3: 60, 4: 40, 5: 56, 6: 44, 7: 52}.items():
            self.setColumnWidth(column, width)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSortIndicatorClearable(True)
        for column in _NUMBERS:
            self.headerItem().setTextAlignment(column, _RIGHT)
        header.setForegroundRole(QPalette.ColorRole.PlaceholderText)


def _number_of_aliases(source: Source) -> int:
    return len(source.aliases) + sum(len(names) for _, names in source.aliases_in)


def _id_of(item: QTreeWidgetItem | None) -> str:
    return str(item.data(0, ID)) if item else ""
