"""Menus, tool strip, context menu and keys, made from the table of commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QToolBar

from annotator.core.errors import AnnotatorError
from annotator.core.sources import Source
from annotator.ui.articles import recent_menu
from annotator.ui.command import MENUS, Command, Where
from annotator.ui.commands import COMMANDS
from annotator.ui.keys.keys import Keys, command_with, is_bare, keys_of
from annotator.ui.sources.colours import shade
from annotator.ui.tagging import tags
from annotator.ui.widgets.key_button import KeyButton
from annotator.ui.widgets.plain import plain_tip

if TYPE_CHECKING:
    from annotator.ui.window import Window

MOST_SOURCES = 6
"""Source buttons in the strip; the others have their keys and the picker."""


def make_actions(window: Window) -> dict[str, QAction]:
    """An action for each command, its keys bound where they may act."""
    actions = {}
    for command in COMMANDS:
        action = QAction(command.label, window)
        action.triggered.connect(lambda _=False, one=command: run(window, one))
        # Undo's text tells what it would take back; the key list wants its own.
        action.setIconText(command.label.replace("&", ""))
        action.setCheckable(command.checked is not None)
        _bind(window, action, command)
        actions[command.name] = action
    return actions


def all_keys(window: Window) -> dict[Command, Keys]:
    """Every command with the keys that it has now."""
    return {command: keys_of(window.settings, command) for command in COMMANDS}


def rebind(window: Window, actions: dict[str, QAction]) -> None:
    """Let other keys take effect at once."""
    for command in COMMANDS:
        _bind(window, actions[command.name], command)


def _bind(window: Window, action: QAction, command: Command) -> None:
    """Bind the keys; bare ones reach only the text, so that fields can be typed in."""
    keys = keys_of(window.settings, command)
    action.setData(keys)
    for former in action.findChildren(QAction):
        window.page.removeAction(former)
        former.deleteLater()
    if command.where is not Where.WINDOW:
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        if command.where is Where.PAGE:  # what is for reviewing `ReviewKeys` brings about
            window.page.addAction(action)
        return
    action.setShortcuts([QKeySequence(key) for key in keys if not is_bare(key)])
    window.addAction(action)
    for key in filter(is_bare, keys):
        bare = QAction(action)
        bare.triggered.connect(action.trigger)
        bare.setShortcut(QKeySequence(key))
        bare.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        window.page.addAction(bare)


def run(window: Window, command: Command) -> None:
    """Run a command; what it refuses is said in a sentence."""
    attempt(window, lambda: command.run(window))


def attempt(window: Window, act: object) -> None:
    """Do something on the user's behalf; an expected error is told, not raised."""
    assert callable(act)
    try:
        act()
    except AnnotatorError as error:
        window.show_error(error)


def fill_menu_bar(window: Window, actions: dict[str, QAction]) -> None:
    """The menu bar, in the order of the table."""
    for title in MENUS:
        menu = window.menuBar().addMenu(title)
        _fill(menu, [c for c in COMMANDS if c.menu == title], actions)
    recent_menu.add_menu(window, actions["file.add"])
    window.menu_keys.watch(*window.menuBar().findChildren(QMenu))


def _fill(menu: QMenu, commands: list[Command], actions: dict[str, QAction]) -> None:
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


def context_menu(window: Window, actions: dict[str, QAction]) -> QMenu:
    """The menu of the right mouse button: what can be done with words or tag here."""
    menu = QMenu(window)
    commands = [c for c in COMMANDS if c.context]
    _fill(menu, [c for c in commands if c.kind], actions)
    for source in _keyed(window):
        menu.addAction(window.source_actions[source.id])
    menu.addSeparator()
    _fill(menu, [c for c in commands if not c.kind], actions)
    window.menu_keys.watch(menu)
    return menu


def _keyed(window: Window) -> list[Source]:
    return [source for source in window.registry.sources if source.key]


def make_source_actions(window: Window) -> dict[str, QAction]:
    """An action for each source that has a key of its own; with Shift, behind the selected one."""
    actions, keys = {}, all_keys(window)
    for source in _keyed(window):
        action = QAction(source.label, window.page)
        action.setToolTip(plain_tip(f"Attribution to {source.name}"))
        action.triggered.connect(lambda _=False, one=source: _tag_with(window, one))
        behind = QAction(action)
        behind.triggered.connect(lambda _=False, one=source: _tag_behind(window, one))
        key = (source.key or "").upper()
        if window.registry.by_key.get(key.lower()) is source:
            # A key that a command has stays the command's; the page of sources says so.
            for one, wanted in ((action, key), (behind, f"Shift+{key}")):
                if command_with(wanted, keys) is None:
                    one.setShortcut(QKeySequence(wanted))
        for one in (action, behind):
            one.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            window.page.addAction(one)
        actions[source.id] = action
    return actions


def _tag_behind(window: Window, source: Source) -> None:
    attempt(window, lambda: tags.tag_behind_with(window, source))


def _tag_with(window: Window, source: Source) -> None:
    attempt(window, lambda: tags.tag_with_source(window, source))


def fill_strip(window: Window, strip: QToolBar, actions: dict[str, QAction]) -> None:
    """The tool strip: the kinds, the sources with keys, then what else is at hand."""
    for former in strip.actions():
        strip.removeAction(former)
        former.deleteLater()  # clearing the bar would leave it, with its button, to the window
    for command in (c for c in COMMANDS if c.strip and c.kind):
        assert command.kind is not None
        color = window.theme.kinds[command.kind].line
        strip.addWidget(KeyButton(actions[command.name], color, tags=True))
    if _keyed(window):
        strip.addSeparator()
    for source in _keyed(window)[:MOST_SOURCES]:
        dot = shade(source.colour, window.theme) if source.colour else None
        strip.addWidget(KeyButton(window.source_actions[source.id], dot, tags=True))
    strip.addSeparator()
    for command in (c for c in COMMANDS if c.strip and not c.kind):
        strip.addWidget(KeyButton(actions[command.name]))
    _show_idle(window, strip)


def _show_idle(window: Window, strip: QToolBar) -> None:
    """Where nothing may be changed, what would tag looks so."""
    for button in strip.findChildren(KeyButton):
        button.set_idle(button.tags and not window.desk.editable)


def refresh_actions(window: Window, actions: dict[str, QAction]) -> None:
    """Grey out what cannot be done now, tick what is on, name what undo would take back."""
    for command in COMMANDS:
        actions[command.name].setEnabled(command.enabled(window))
        if command.checked:
            actions[command.name].setChecked(command.checked(window))
    _show_idle(window, window.strip)
    stack = window.desk.stack
    actions["edit.undo"].setText(f"&Undo {stack.undoText().lower()}".rstrip())
    actions["edit.redo"].setText(f"&Redo {stack.redoText().lower()}".rstrip())
