"""The articles of the open folder: how far each is, and going from one to the next."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from annotator.ui.articles.article_list import ArticleList
from annotator.ui.articles.opening import Opening
from annotator.ui.articles.saving import Saving
from annotator.ui.command import GO, Command
from annotator.ui.desk import Desk
from annotator.ui.talk import Talk


class FolderArticles:
    """Keeps the list of articles up with the open one; choosing another opens that."""

    def __init__(
        self, desk: Desk, talk: Talk, saving: Saving, opening: Opening, articles: ArticleList
    ) -> None:
        self._desk, self._talk = desk, talk
        self._opening, self._articles = opening, articles
        articles.chosen.connect(opening.open_article)
        for signal in (desk.opened, desk.changed, saving.state_changed):
            signal.connect(self._show_state)

    def commands(self) -> Iterable[Command]:
        """The next and the previous article."""
        for name, label, key, by in (
            ("go.next-article", "Next a&rticle", "Ctrl+PgDown", 1),
            ("go.previous-article", "Pre&vious article", "Ctrl+PgUp", -1),
        ):
            yield Command(name, label, (key,), GO, partial(self.step, by), group=1)

    def step(self, by: int) -> None:
        """Open the next (1) or previous (-1) article of the list."""
        path = self._articles.step(by)
        if path is None:
            self._talk.hint("There is no further article this way.")
        else:
            self._opening.open_article(path)

    def _show_state(self) -> None:
        """How far the open article is, saved or not."""
        session = self._desk.session
        if session is None:
            return
        if session.unsaved and not self._desk.is_reviewing():
            done, count = self._desk.is_done(), len(session.tagging)
            self._articles.follow(session.article_path, done, count)
        else:
            self._articles.refresh(session.article_path)
