"""The menu bar and the context menu, made from the commands."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from annotator.ui.actions import Actions
from annotator.ui.command import MENUS, Command


def fill_menu_bar(bar: QMenuBar, actions: Actions) -> None:
    """The menus of the bar, in the order of the commands."""
    for title in MENUS:
        _fill(bar.addMenu(title), (c for c in actions.commands if c.menu == title), actions)


def context_menu(parent: QWidget, actions: Actions, sources: Iterable[QAction]) -> QMenu:
    """The menu of the right mouse button: what can be done with words or tag there."""
    menu = QMenu(parent)
    commands = [c for c in actions.commands if c.context]
    _fill(menu, (c for c in commands if c.kind), actions)
    menu.addActions(list(sources))
    menu.addSeparator()
    _fill(menu, (c for c in commands if not c.kind), actions)
    return menu


def _fill(menu: QMenu, commands: Iterable[Command], actions: Actions) -> None:
    group = 0
    for command in commands:
        if command.group != group:
            menu.addSeparator()
            group = command.group
        _home(menu, command.sub).addAction(actions[command.name])


def _home(menu: QMenu, sub: str) -> QMenu:
    """The menu itself, or its submenu of that title."""
    if not sub:
        return menu
    # Not through the actions: a menu that they hand out counts as deleted for PySide before 6.11.2.
    below = menu.findChildren(QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return next((one for one in below if one.title() == sub), None) or menu.addMenu(sub)
