"""Go ▸ Provenance…: the picture of who says what through whom, loaded when it is first wanted."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property, partial
from typing import TYPE_CHECKING

from annotator.ui.command import GO, Command
from annotator.ui.desk import Desk
from annotator.ui.ports import TextView
from annotator.ui.talk import Talk
from annotator.ui.theme import Appearance

if TYPE_CHECKING:
    from annotator.ui.provenance.window import ProvenanceWindow


class ProvenancePicture:
    """Shows the provenance of the open article in a window beside the text."""

    def __init__(self, desk: Desk, text: TextView, talk: Talk, appearance: Appearance) -> None:
        self._desk, self._text, self._talk, self._appearance = desk, text, talk, appearance

    @cached_property
    def window(self) -> ProvenanceWindow:
        """The window, made when it is first wanted."""
        from annotator.ui.provenance.window import ProvenanceWindow

        window = ProvenanceWindow(self._desk, self._text, self._talk)
        self._appearance.add(window)
        return window

    def commands(self) -> Iterable[Command]:
        """Showing the picture."""
        in_go = partial(Command, menu=GO, enabled=self._desk.is_open, group=2)
        yield in_go("go.provenance", "Pr&ovenance…", ("Alt+5",), run=lambda: self.window.present())
