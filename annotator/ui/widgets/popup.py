"""A small popup with a field to type into and the rows that fit what was typed."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QWidget

from annotator.ui.theme import Theme, palette
from annotator.ui.widgets.boxes import in_column
from annotator.ui.widgets.rows import GAP

VISIBLE = 8
FIELD = 28
ROW = 28
EDGE = 6
LINE = 36
"""Pixels that the words themselves may take, when the popup has to go above them."""


class Popup(QFrame):
    """The frame, the field and the list; what the rows are is the heirs' own.

    Up and down move in the list while the field keeps the keyboard; Enter or a click calls
    `accept`. ``cancelled`` when it closes and nothing was accepted.
    """

    cancelled = Signal()

    def __init__(self, rows: QAbstractItemModel, parent: QWidget | None, width: int) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._asking = False
        self._wide = width
        self._above = False
        self.field = _make_field()
        self.list = _make_list(rows)
        in_column(self.field, self.list, inside=self, around=(EDGE, EDGE, EDGE, EDGE), gap=GAP)
        self.field.textEdited.connect(self._follow)
        self.list.clicked.connect(self._take)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self.setPalette(palette(theme))

    def show_rows(self, typed: str) -> None:
        """Fill the list with what fits ``typed``."""
        raise NotImplementedError

    def accept(self, index: QModelIndex) -> None:
        """Do what the row is for."""
        raise NotImplementedError

    def open(self, place: QPoint, rows: int, lines: int = LINE, room: QRect | None = None) -> None:
        """Open below ``place`` (global), as high as its rows need, and ask.

        Where ``rows`` would find no room below, it opens above the words, which take
        ``lines`` pixels up from ``place``. It stays between the sides of ``room``.
        """
        self.field.clear()
        self.show_rows("")
        self._take_size(min(VISIBLE, rows))
        self._move_to(place, lines, room)
        self._fit()
        self._asking = True
        self.show()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_accepted(self) -> None:
        """Close, having got what was asked for."""
        self._asking = False
        self.close()

    def choose(self, row: int) -> None:
        """Move to a row, or to the last one."""
        rows = self.list.model()
        self.list.setCurrentIndex(rows.index(max(0, min(row, rows.rowCount() - 1)), 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that the field leaves to us."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        steps |= {Qt.Key.Key_PageDown: VISIBLE, Qt.Key.Key_PageUp: -VISIBLE}
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self.list.currentIndex())
        elif step := steps.get(Qt.Key(event.key())):
            self.choose(self.list.currentIndex().row() + step)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._asking:
            self._asking = False
            self.cancelled.emit()

    def _follow(self, typed: str) -> None:
        self.show_rows(typed)
        self._fit()

    def _fit(self) -> None:
        """Be as high as the rows there are; the edge at the words stays where it is."""
        bottom = self.geometry().bottom() + 1
        self._take_size(max(1, min(VISIBLE, self.list.model().rowCount())))
        if self._above:
            self.move(self.x(), bottom - self.height())

    def _take(self, index: QModelIndex) -> None:
        if index.isValid():
            self.accept(index)

    def _take_size(self, rows: int) -> None:
        self.list.setFixedHeight(rows * ROW)
        self.setFixedSize(self._wide, FIELD + rows * ROW + 2 * EDGE + GAP)

    def _move_to(self, place: QPoint, lines: int, room: QRect | None) -> None:
        screen = (self.screen().virtualSiblingAt(place) or self.screen()).availableGeometry()
        sides = screen & room if room else screen
        left = max(sides.left(), min(place.x(), sides.right() - self.width() + 1))
        lowest = screen.bottom() - self.height() + 1
        self._above = place.y() > lowest
        top = place.y() - lines - self.height() if self._above else place.y()
        self.move(left, max(screen.top(), min(top, lowest)))


def _make_field() -> QLineEdit:
    field = QLineEdit()
    field.setTextMargins(4, 2, 4, 2)
    field.setFixedHeight(FIELD)
    return field


def _make_list(rows: QAbstractItemModel) -> QListView:
    view = QListView()
    view.setModel(rows)
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setUniformItemSizes(True)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    # The field keeps the keyboard. The mouse chooses by click only: it lies where the words
    # were selected, under the popup, and its slightest move would choose another source.
    view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    view.viewport().setAutoFillBackground(False)
    return view
