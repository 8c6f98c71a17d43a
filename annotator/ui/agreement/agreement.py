"""Review ▸ Agreement…: how far the folder's annotators agree, loaded when it is first wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.ui.command import REVIEW, Command
from annotator.ui.desk import Desk
from annotator.ui.ports import TextView
from annotator.ui.talk import Talk
from annotator.ui.theme import Appearance

if TYPE_CHECKING:
    from annotator.ui.agreement.window import AgreementWindow


class FolderAgreement:
    """Shows in a window beside the text how far the annotators of the open folder agree.

    ``save`` saves everything now; ``open_article`` opens another article of the folder.
    """

    def __init__(
        self,
        desk: Desk,
        text: TextView,
        talk: Talk,
        appearance: Appearance,
        save: Callable[[], object],
        open_article: Callable[[Path], object],
    ) -> None:
        self._desk, self._text, self._talk, self._appearance = desk, text, talk, appearance
        self._save, self._open_article = save, open_article

    @cached_property
    def window(self) -> AgreementWindow:
        """The window, made when it is first wanted."""
        from annotator.ui.agreement.window import AgreementWindow

        desk, text, talk = self._desk, self._text, self._talk
        window = AgreementWindow(desk, text, talk, self._save, self._open_article)
        self._appearance.add(window)
        return window

    def commands(self) -> Iterable[Command]:
        """Showing the window."""
        keys, present = ("Ctrl+Shift+R",), lambda: self.window.present()
        in_review = partial(Command, menu=REVIEW, enabled=self._desk.is_open, group=9)
        yield in_review("review.agreement", "A&greement…", keys, run=present)
