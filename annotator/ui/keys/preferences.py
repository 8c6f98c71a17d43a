"""The settings, the list of keys, and what the program is; each dialog is loaded when wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from PySide6.QtCore import QObject, Signal

from annotator.ui.command import FILE, HELP, Command
from annotator.ui.desk import Desk
from annotator.ui.keys.keys import Keys
from annotator.ui.settings import Settings
from annotator.ui.talk import Talk
from annotator.ui.theme import Appearance


class Preferences(QObject):
    """Shows and changes how the program behaves; ``keys`` are those that commands have now."""

    changed = Signal()
    """Settings may be others now; they are to take effect."""

    renamed = Signal()
    """The annotator's name is another one; emitted after `changed`."""

    def __init__(
        self,
        desk: Desk,
        talk: Talk,
        settings: Settings,
        appearance: Appearance,
        keys: Callable[[], Mapping[Command, Keys]],
    ) -> None:
        super().__init__(desk)
        self._desk, self._talk, self._settings = desk, talk, settings
        self._appearance, self._keys = appearance, keys

    def commands(self) -> Iterable[Command]:
        """Settings, keys, about."""
        yield Command("file.settings", "Se&ttings…", ("Ctrl+,",), FILE, self.edit, group=2)
        yield Command("help.keys", "&Keys", ("F1", "?"), HELP, self.show_keys)
        yield Command("help.about", "&About", (), HELP, self.show_about)

    def edit(self) -> None:
        """Show the settings, and let those that are chosen take effect."""
        self._edit(at_keys=False)

    def _edit(self, *, at_keys: bool) -> None:
        from annotator.ui.keys.settings_dialog import SettingsDialog

        name = self._settings.text("annotator")
        dialog = SettingsDialog(
            self._talk.parent,
            self._settings,
            self._keys(),
            self._desk.registry,
            self._appearance.theme,
        )
        if at_keys:
            dialog.show_keys()
        if dialog.exec() == dialog.DialogCode.Accepted:
            self.changed.emit()
            if self._settings.text("annotator") != name:
                self.renamed.emit()

    def show_keys(self) -> None:
        """List the keys as they are now."""
        from annotator.ui.keys.help import show_keys

        change = partial(self._edit, at_keys=True)
        show_keys(self._talk.parent, self._keys(), self._desk.registry, change)

    def show_about(self) -> None:
        """Say what the program is."""
        from annotator.ui.keys.help import show_about

        show_about(self._talk.parent)
