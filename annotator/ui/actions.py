"""The actions: one for each command, its keys bound where they may act; and their menus."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from annotator.ui.command import MENUS, Command, Where
from annotator.ui.keys.keys import Keys, current_keys, is_bare
from annotator.ui.settings import Settings
from annotator.ui.talk import Talk


class Actions(QObject):
    """The commands as actions of the window; bare keys reach only the text."""

    refreshed = Signal()

    def __init__(
        self, commands: Iterable[Command], settings: Settings, talk: Talk, text: QWidget
    ) -> None:
        """``text`` is the widget in which bare keys act; the others act in the whole window."""
        super().__init__(talk.parent)
        self.commands: Sequence[Command] = sorted(commands, key=_menu_order)
        self._settings, self._talk, self._text = settings, talk, text
        self._by_name = {command.name: self._action(command) for command in self.commands}
        self.rebind()

    def __getitem__(self, name: str) -> QAction:
        """The action of a command, by its name."""
        return self._by_name[name]

    def keys(self) -> Mapping[Command, Keys]:
        """Every command with the keys that it has now."""
        return current_keys(self._settings, self.commands)

    def run(self, command: Command) -> None:
        """Run a command; what it refuses is said in a sentence."""
        self._talk.attempt(command.run)

    def refresh(self) -> None:
        """Grey out what cannot be done now, tick what is on, and say what it would do."""
        for command in self.commands:
            action = self[command.name]
            action.setEnabled(command.enabled())
            if command.checked:
                action.setChecked(command.checked())
            if command.title:
                action.setText(command.title())
        self.refreshed.emit()

    def rebind(self) -> None:
        """Let other keys take effect at once."""
        for command, keys in self.keys().items():
            self._bind(self[command.name], command, keys)

    def _action(self, command: Command) -> QAction:
        action = QAction(command.label, self._talk.parent)
        action.triggered.connect(lambda _=False, one=command: self.run(one))
        # The text may change with what the command would do; the key list wants one that stays.
        action.setIconText(command.label.replace("&", ""))
        action.setCheckable(command.checked is not None)
        return action

    def _bind(self, action: QAction, command: Command, keys: Keys) -> None:
        action.setData(keys)
        for former in action.findChildren(QAction):
            self._text.removeAction(former)
            former.deleteLater()
        if command.where is not Where.WINDOW:
            action.setShortcuts([QKeySequence(key) for key in keys])
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            if command.where is Where.PAGE:  # those for reviewing `ReviewKeys` brings about
                self._text.addAction(action)
            return
        action.setShortcuts([QKeySequence(key) for key in keys if not is_bare(key)])
        self._talk.parent.addAction(action)
        for key in filter(is_bare, keys):
            self._bind_in_text(QAction(action), action, key)

    def _bind_in_text(self, bare: QAction, action: QAction, key: str) -> None:
        bare.triggered.connect(action.trigger)
        bare.setShortcut(QKeySequence(key))
        bare.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._text.addAction(bare)


def _menu_order(command: Command) -> tuple[int, int]:
    return MENUS.index(command.menu), command.group


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
