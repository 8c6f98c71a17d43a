"""The appearance: which theme the window has now, and every part that wears it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from annotator.ui.command import VIEW, Command
from annotator.ui.ports import Themed
from annotator.ui.settings import Settings
from annotator.ui.theme import DARK, LIGHT, palette, system_is_dark

COLOURS = {"system": "As the &system has them", "light": "&Light", "dark": "&Dark"}


class Appearance(QObject):
    """Follows the system's light or dark, or the user's own choice."""

    changed = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._parts: list[Themed] = []
        self._choose_theme()

    def add(self, *parts: Themed) -> None:
        """Give parts the colours of the theme, now and whenever they change."""
        self._parts += parts
        for part in parts:
            part.set_theme(self.theme)

    def apply(self) -> None:
        """Take over what the settings or the system say now."""
        self._choose_theme()
        for part in self._parts:
            part.set_theme(self.theme)
        self.changed.emit()

    def _choose_theme(self) -> None:
        wish = self._settings.text("colours")
        dark = system_is_dark() if wish == "system" else wish == "dark"
        self.theme = DARK if dark else LIGHT
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.setPalette(palette(self.theme))

    def commands(self) -> Iterable[Command]:
        """One for each choice of colours."""
        for wish, label in COLOURS.items():
            yield Command(
                f"view.{wish}",
                label,
                (),
                VIEW,
                partial(self._wish, wish),
                checked=partial(self._is_wished, wish),
                group=2,
                sub="&Colours",
            )

    def _wish(self, wish: str) -> None:
        self._settings.put("colours", wish)
        self.apply()

    def _is_wished(self, wish: str) -> bool:
        return self._settings.text("colours") == wish
