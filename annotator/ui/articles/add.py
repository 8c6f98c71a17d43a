"""Adding articles: from files, from the clipboard, dropped on the window."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.core.errors import NotOpened
from annotator.ui.articles.opening import Opening
from annotator.ui.command import FILE, Command
from annotator.ui.desk import Desk
from annotator.ui.talk import Talk
from annotator.ui.theme import Appearance
from annotator.ui.widgets.message_bar import Offer

if TYPE_CHECKING:
    from annotator.ui.articles.incoming import IncomingArticles


class Adding:
    """Adds articles to the open folder; all that reads files is loaded when first wanted."""

    def __init__(self, desk: Desk, talk: Talk, appearance: Appearance, opening: Opening) -> None:
        self._desk, self._talk = desk, talk
        self._appearance, self._opening = appearance, opening
        opening.not_opened.connect(self._answer)
        opening.paste_wanted.connect(lambda: talk.attempt(self.paste))

    def commands(self) -> Iterable[Command]:
        """Adding files, and pasting."""
        yield Command("file.add", "A&dd articles…", ("Ctrl+N",), FILE, self.ask)
        yield Command("file.paste", "&Paste an article…", ("Ctrl+Shift+V",), FILE, self.paste)

    @cached_property
    def _work(self) -> IncomingArticles:
        from annotator.ui.articles.incoming import IncomingArticles

        return IncomingArticles(self._desk, self._talk, self._appearance, self._opening)

    def ask(self) -> None:
        """Ask for files and add the article of each."""
        self._work.ask()

    def paste(self) -> None:
        """Add the text that was copied, or the files."""
        self._work.paste()

    def take(self, paths: Sequence[Path]) -> None:
        """Open the articles and folders that were dropped on the window, and add other files."""
        self._work.take(paths)

    def _answer(self, error: NotOpened, others: Sequence[Offer]) -> None:
        """Say what cannot be opened, and offer to add it where an article can be taken from it."""
        if not self._work.offer(error, others):
            self._talk.warn(str(error), *others)
