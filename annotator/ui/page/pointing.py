"""Where the mouse points to: the nearer one of two lines when it is between them.

There Qt points to the start of the lower line, however far to the right the mouse is; with our
line height, that is a third of the page.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QTextEdit


def nearest_line(text: QTextEdit, place: QPointF, percent: int) -> QPointF:
    """``place`` in the viewport, moved up or down onto a line where it is between two.

    ``percent`` is the height of a line, with what stands above its letters, in per cent of them.
    """
    line = text.cursorRect(text.cursorForPosition(place.toPoint()))
    above = line.top() - place.y()
    between = line.height() * (percent / 100 - 1)
    if not 0 <= above <= between + 1:
        return place
    up = above > between / 2
    return QPointF(place.x(), line.top() - between - 2 if up else line.top() + 1)


def at(event: QMouseEvent, place: QPointF) -> QMouseEvent:
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
