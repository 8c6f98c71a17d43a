"""Keys in menus: F10 goes to the menu bar and comes back, and letters belong to an open menu.

Qt knows only the Alt key for the menu bar. And it lets the keys of the text, which stays the
focused widget, act behind an open menu: R would tag with a source rather than choose "Recent
folders", and Del would delete a tag.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu, QMenuBar

from annotator.ui.command import GO, Command

_MOVES = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right}
_MOVES |= {Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}
_MOVES |= {Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Return, Qt.Key.Key_Enter}
_MOVES |= {Qt.Key.Key_Space, Qt.Key.Key_Escape, Qt.Key.Key_Alt}
"""What Qt's menus make something of, besides the letters of their entries."""


class MenuKeys(QObject):
    """Opens the menu bar, and keeps keys for the menus that it watches while they are open."""

    def __init__(self, bar: QMenuBar) -> None:
        super().__init__(bar)
        self._bar = bar

    def commands(self) -> Iterable[Command]:
        """Going to the menu bar."""
        yield Command("go.menu", "Men&u bar", ("F10",), GO, self.open_first, group=3)

    def open_first(self) -> None:
        """Open the first menu; arrows go on from there, F10 goes back, Esc step by step."""
        first = self._bar.actions()[0]
        self._bar.setActiveAction(first)
        menu = first.menu()
        if isinstance(menu, QMenu):
            menu.setActiveAction(next(filter(QAction.isEnabled, menu.actions())))

    def watch(self, *menus: QMenu) -> None:
        """Watch these, and the menus in them."""
        for menu in menus:
            menu.installEventFilter(self)
            for inner in menu.findChildren(QMenu):
                inner.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, QMenu) and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                return self._keep(watched, event)
        return super().eventFilter(watched, event)

    def _keep(self, menu: QMenu, event: QKeyEvent) -> bool:
        """Whether Qt is to hear nothing of a key: it would hand it on to the window."""
        if event.key() == Qt.Key.Key_F10:
            close_all()
            return True
        letters = {_letter(action) for action in menu.actions()}
        return event.key() not in _MOVES | letters


def _letter(action: QAction) -> Qt.Key | None:
    """The key that chooses an entry of an open menu."""
    sequence = QKeySequence.mnemonic(action.text())
    return None if sequence.isEmpty() else sequence[0].key()  # type: ignore[index]  # see `keys`


def close_all() -> None:
    """Close every menu that is open."""
    while popup := QApplication.activePopupWidget():
        popup.close()
