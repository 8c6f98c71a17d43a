"""A list of painted lines that is as quick with ten thousand of them as with ten."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPalette,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QTableView,
)

from annotator.ui.widgets.rows import small
from annotator.ui.widgets.viewport import viewport_of

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
COMING = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
    Qt.FocusReason.OtherFocusReason,
)
"""Why the keyboard comes to a table to go through its rows."""

BADGE_PAD = 6


class Rows(QTableView):
    """A table for the keyboard, which finds a row chosen when it comes."""

    entered_on = Signal(QModelIndex)
    """Enter, on every system alike."""

    moved = Signal(QModelIndex)
    """The keyboard, and nothing else, has gone to another row."""

    left = Signal()
    """Esc."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and self.currentIndex().isValid():
            self.entered_on.emit(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            row = self.currentIndex().row()
            super().keyPressEvent(event)
            if self.currentIndex().row() != row:
                self.moved.emit(self.currentIndex())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in COMING and not self.selectedIndexes():
            self.selectRow(max(0, self.currentIndex().row()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The chosen row stays in view when the table loses room to what is beside it."""
        super().resizeEvent(event)
        chosen, height = self.selectedIndexes(), event.oldSize().height()
        if chosen and 0 <= self.rowViewportPosition(chosen[0].row()) < height:
            self.scrollTo(chosen[0])


class PaintedLines(Rows):
    """One column of rows of one height. A table, since a list goes through all its rows at
    each change.
    """

    def __init__(self, name: str, model: QAbstractItemModel, row_height: int) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        viewport_of(self).setAutoFillBackground(False)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(1)
        rows.setDefaultSectionSize(row_height)

    def mark(self, row: int | None) -> None:
        """Show that row as the chosen one, in view; none for None."""
        if row is None:
            self.clearSelection()
        elif row != self.currentIndex().row() or not self.selectedIndexes():
            self.setCurrentIndex(self.model().index(row, 0))


def delegate_for(lines: PaintedLines, delegate: QStyledItemDelegate) -> None:
    """Let ``delegate`` paint the lines."""
    delegate.setParent(lines)
    lines.setItemDelegate(delegate)


def badge_width(metrics: QFontMetrics, words: str) -> int:
    """The pixels that a badge takes; ``metrics`` are those of the small font."""
    return metrics.horizontalAdvance(words) + 2 * BADGE_PAD


def paint_badge(painter: QPainter, room: QRect, words: str, palette: QPalette) -> int:
    """Small quiet words in a rounded frame at the left of ``room``; returns the pixels taken."""
    painter.save()
    painter.setFont(small(painter.font()))
    metrics = painter.fontMetrics()
    box = QRect(room.left(), 0, badge_width(metrics, words), metrics.height() + 1)
    box.moveTop(room.center().y() - box.height() // 2)
    painter.setPen(QPen(palette.color(QPalette.ColorRole.Mid), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
    painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
    painter.restore()
    return box.width()
