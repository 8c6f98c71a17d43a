"""The mouse on the page: the line it points to, the handle it holds, how often it clicked."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QPointF
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QTextEdit

Edge = Literal["start", "end"]

Handles = dict[Edge, QPointF]
"""Where the handles of the selected annotation are, in the viewport: the discs below its ends."""

RADIUS = 4.0
GRIP = 9.0
"""Pixels around a handle that still take hold of it."""


def handle_under(found: Handles, place: QPointF) -> Edge | None:
    """The handle that a press at ``place`` takes hold of."""
    near = (edge for edge, at in found.items() if (at - place).manhattanLength() <= GRIP)
    return next(near, None)


def nearest_line(text: QTextEdit, place: QPointF, percent: float) -> QPointF:
    """``place`` in the viewport, moved up or down onto the nearer line where it is between two.

    There Qt points to the start of the lower line, however far to the right the mouse is; with
    our line height, that is a third of the page. ``percent`` is the height of a line, with what
    stands above its letters, in per cent of them.
    """
    line = text.cursorRect(text.cursorForPosition(place.toPoint()))
    above = line.top() - place.y()
    between = line.height() * (percent / 100 - 1)
    if not 0 <= above <= between + 1:
        return place
    up = above > between / 2
    return QPointF(place.x(), line.top() - between - 2 if up else line.top() + 1)


def moved_to(event: QMouseEvent, place: QPointF) -> QMouseEvent:
    """The same event at another place."""
    moved = QMouseEvent(
        event.type(),
        place,
        event.globalPosition() + place - event.position(),
        event.button(),
        event.buttons(),
        event.modifiers(),
        event.pointingDevice(),
    )
    moved.setTimestamp(event.timestamp())
    return moved


def is_near(one: QPointF, other: QPointF) -> bool:
    """Whether the mouse has not moved so far from one place to the other that it drags."""
    return (one - other).manhattanLength() < QApplication.startDragDistance()


class FurtherClicks:
    """Counts the clicks that follow a double click at the same place; Qt counts to two."""

    def __init__(self) -> None:
        self._clicks, self._place, self._time = 0, QPointF(), 0

    def begin(self, event: QMouseEvent) -> None:
        """Take a double click."""
        self._clicks, self._place, self._time = 2, event.position(), event.timestamp()

    def count(self, event: QMouseEvent) -> int:
        """Take a press; which click it is, from the third on, else 0."""
        in_time = event.timestamp() - self._time < QApplication.doubleClickInterval()
        if not self._clicks or not in_time or not is_near(event.position(), self._place):
            self._clicks = 0
            return 0
        self._clicks, self._time = self._clicks + 1, event.timestamp()
        return self._clicks
