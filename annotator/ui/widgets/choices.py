"""Fields that offer a choice: a list that drops down, and a button that looks like one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, TypeVar

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QComboBox, QPushButton, QSizePolicy, QWidget

from annotator.ui.widgets.plain import plain_tip

HEIGHT = 26
PAD = 8
ARROW = 8
ICON = 16
GAP = 4

T = TypeVar("T")


class Choice(QComboBox, Generic[T]):
    """One of a few values, each with its words; ``picked`` when the user, nobody else, chooses."""

    picked = Signal(object)

    def __init__(self, name: str, choices: Mapping[T, str]) -> None:
        super().__init__()
        self._values = tuple(choices)
        self.setAccessibleName(name)
        self.addItems([str(words) for words in choices.values()])
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.activated.connect(lambda row: self.picked.emit(self._values[row]))

    @property
    def value(self) -> T:
        """The value that is shown."""
        return self._values[self.currentIndex()]

    def show_value(self, value: T) -> None:
        """Show a value."""
        self.setCurrentIndex(self._values.index(value))

    def sizeHint(self) -> QSize:
        return QSize(80, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        icon = self.itemIcon(self.currentIndex())
        left = ICON + GAP if not icon.isNull() else 0
        _paint(self, self.currentText(), left)
        if left:
            painter = QPainter(self)
            icon.paint(painter, PAD, (self.height() - ICON) // 2, ICON, ICON)
            painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        # The wheel is for scrolling; turned over a field it would change the tagging.
        event.ignore()


class OpenChoice(QPushButton):
    """Looks like a `Choice`, but what is chosen from opens elsewhere, on ``clicked``."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_words(self, words: str) -> None:
        """Show what is chosen."""
        self.setText(words)
        self.setToolTip(plain_tip(words))
        self.setAccessibleName(f"{self._name}: {words}")

    def sizeHint(self) -> QSize:
        return QSize(80, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        _paint(self, self.text())


def _paint(widget: QWidget, words: str, left: int = 0) -> None:
    """A flat box with the words in it and a sign at its right that there is more.

    ``left`` are pixels before the words that are somebody else's to paint.
    """
    palette, painter = widget.palette(), QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = QPalette.ColorRole.Accent if widget.hasFocus() else QPalette.ColorRole.Mid
    painter.setPen(QPen(palette.color(edge), 1))
    painter.setBrush(palette.highlight() if widget.underMouse() else palette.base())
    if not widget.isEnabled():
        painter.setBrush(palette.window())
    painter.drawRoundedRect(QRectF(widget.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setPen(palette.color(QPalette.ColorRole.ButtonText))
    room = widget.rect().adjusted(PAD + left, 0, -PAD - ARROW, 0)
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
    if widget.isEnabled():
        _paint_arrow(painter, widget.width() - PAD - ARROW, widget.height() / 2)
    painter.end()


def _paint_arrow(painter: QPainter, left: float, middle: float) -> None:
    half = ARROW / 2
    corners = [(left, middle - half / 2), (left + ARROW, middle - half / 2)]
    tip = QPointF(left + half, middle + half / 2)
    painter.setBrush(painter.pen().color())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawPolygon(QPolygonF([*(QPointF(*corner) for corner in corners), tip]))
