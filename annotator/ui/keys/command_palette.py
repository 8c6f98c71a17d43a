"""Go ▸ Command palette…: anything there is to do, by a few letters of its name."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from annotator.ui.command import GO, Command
from annotator.ui.keys.palette_entries import PaletteEntry
from annotator.ui.talk import Talk
from annotator.ui.theme import Appearance

if TYPE_CHECKING:
    from annotator.ui.keys.palette import Palette


class CommandPalette:
    """Asks what is to be done, over the text."""

    def __init__(
        self, entries: Iterable[PaletteEntry], talk: Talk, text: QWidget, appearance: Appearance
    ) -> None:
        """``entries`` are gone through anew each time."""
        self._entries, self._talk = entries, talk
        self._text, self._appearance = text, appearance

    def commands(self) -> Iterable[Command]:
        """Opening the palette."""
        keys = ("Ctrl+Shift+P",)
        yield Command("go.palette", "Co&mmand palette…", keys, GO, self.open, group=3)

    @cached_property
    def panel(self) -> Palette:
        """The popup, made when it is first wanted."""
        from annotator.ui.keys.palette import Palette

        panel = Palette(self._talk.parent)
        self._appearance.add(panel)
        return panel

    def open(self) -> None:
        """Open it with everything that can be done now."""
        self.panel.open_over(self._text, list(self._entries))
