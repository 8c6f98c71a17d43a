"""Where the Tab key comes to what is made late: Qt would put it behind all that is there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def stop_after(stop: QWidget, part: QWidget) -> QWidget:
    """Let the Tab key come from ``stop`` to the fields of ``part``; returns the last of them."""
    for one in part.findChildren(QWidget):
        in_here = one.window() is part.window()  # the list of a combo box is not
        if in_here and one.focusPolicy() & Qt.FocusPolicy.TabFocus:
            QWidget.setTabOrder(stop, one)
            stop = one
    return stop


def stop_before(part: QWidget) -> QWidget:
    """What the Tab key comes from to where ``part`` stands; itself where there is nothing."""
    stop = part.previousInFocusChain()
    while stop and stop is not part and not stop.focusPolicy() & Qt.FocusPolicy.TabFocus:
        stop = stop.previousInFocusChain()
    return stop or part
