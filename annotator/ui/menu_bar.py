"""F10 goes to the menu bar and comes back, as everywhere; Qt knows only the Alt key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QApplication, QMenu

if TYPE_CHECKING:
    from annotator.ui.window import Window


def open_first(window: Window) -> None:
    """Open the first menu; arrows go on from there, Esc or F10 goes back to the text."""
    bar = window.menuBar()
    if not bar.findChild(_Closing):
        _Closing(bar)
    first = bar.actions()[0]
    bar.setActiveAction(first)
    menu = first.menu()
    if isinstance(menu, QMenu):
        menu.setActiveAction(next(filter(QAction.isEnabled, menu.actions())))


class _Closing(QObject):
    """Closes the menus at F10; while one is open, no shortcut of the window acts."""

    def __init__(self, bar: QObject) -> None:
        super().__init__(bar)
        for menu in bar.findChildren(QMenu):
            menu.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = event.type() == QEvent.Type.KeyPress
        if not (pressed and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_F10):
            return super().eventFilter(watched, event)
        while popup := QApplication.activePopupWidget():
            popup.close()
        return True
