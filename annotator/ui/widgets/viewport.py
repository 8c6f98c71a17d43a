"""The part of a view that scrolls."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractScrollArea, QWidget

NAME = "qt_scrollarea_viewport"
"""As Qt calls it."""


def viewport_of(view: QAbstractScrollArea) -> QWidget:
    """The viewport of a view that is being made; from then on PySide knows what it is.

    It is first found by its name: when a view is asked for it, PySide makes every class of
    widget there is to see which one that may be, which takes 9 ms before the first paint.
    """
    _found = view.findChild(QWidget, NAME)
    return view.viewport()
