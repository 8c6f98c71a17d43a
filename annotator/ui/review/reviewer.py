"""Reviewing what colleagues have tagged: its commands, and the work that the first one loads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from annotator.core.change import Change
from annotator.ui.articles.annotators import Annotators
from annotator.ui.command import REVIEW, Command, Where
from annotator.ui.desk import Desk
from annotator.ui.page.page import Page
from annotator.ui.ports import Mode, Range, Sides
from annotator.ui.talk import Talk

if TYPE_CHECKING:
    from annotator.ui.review.decisions import ReviewDecisions
    from annotator.ui.review.items import ReviewItems

MOST = 9
"""Annotators that have a key each."""


class Reviewer(QObject):
    """The review that is open, if one is; its parts are made for the first one.

    ``save`` begins to save. It is called after each decision, also when undo takes it back.
    """

    panel_made = Signal(object)
    """The `ReviewPanel`, which needs colours and keys."""

    def __init__(
        self,
        desk: Desk,
        page: Page,
        talk: Talk,
        sides: Sides,
        annotators: Annotators,
        link: Mode,
        save: Callable[[], object],
    ) -> None:
        super().__init__(desk)
        self._desk, self._page, self._talk, self._sides = desk, page, talk, sides
        self._annotators, self._link, self._save = annotators, link, save
        desk.opened.connect(self._follow_opened)
        desk.changed.connect(self._follow)

    @cached_property
    def items(self) -> ReviewItems:
        """The items that are reviewed, and the one that is looked at."""
        from annotator.ui.review.items import ReviewItems

        desk, page, talk = self._desk, self._page, self._talk
        items = ReviewItems(desk, page, talk, self._sides, self._annotators, self._link)
        self.panel_made.emit(items.panel)
        items.panel.wanted.connect(lambda digit: talk.attempt(lambda: self._decisions.take(digit)))
        items.panel.written.connect(
            lambda *written: talk.attempt(lambda: self._decisions.write(*written))
        )
        return items

    @cached_property
    def _decisions(self) -> ReviewDecisions:
        from annotator.ui.review.decisions import ReviewDecisions

        return ReviewDecisions(self._desk, self._page, self._talk, self.items)

    def _follow_opened(self) -> None:
        if self._desk.is_reviewing():
            self.items.begin()
        elif "items" in vars(self):
            self.items.end()

    def _follow(self, change: Change) -> None:
        if not self._desk.is_reviewing():
            return
        self.items.follow(change)
        if change.decisions or change.comments:
            self._save()

    def settled(self, words: Sequence[Range]) -> Sequence[Range]:
        """Those words that no open item is about: the others may yet come to be tagged."""
        return self.items.settled(words) if self._desk.is_reviewing() else words

    def tell_gone(self) -> None:
        """In a review, say what colleagues have deleted that had been decided on."""
        if self._desk.is_reviewing():
            self.items.tell_gone()

    # Commands

    def commands(self) -> Iterable[Command]:
        """What is done in a review; whatever opens articles begins and ends one."""
        one = self._command
        yield one("next", "&Next open item", ("Space",), lambda: self.items.step(1), group=1)
        yield one(
            "previous",
            "&Previous open item",
            ("Shift+Space",),
            lambda: self.items.step(-1),
            group=1,
        )
        yield one("accept", "&Accept", ("A",), lambda: self._decisions.accept())
        for digit in range(1, MOST + 1):
            label = f"Version of annotator &{digit}"
            yield one(
                f"take-{digit}", label, (str(digit),), partial(self._take, digit), sub="&Take"
            )
        yield one("edit", "&Edit", ("E",), lambda: self._decisions.edit())
        yield one("reject", "Re&ject", ("X",), lambda: self._decisions.reject())
        for name, label, key, writing in (
            ("reject-why", "Reject with a rea&son…", "Shift+X", "REASON"),
            ("comment", "&Comment…", "C", "COMMENT"),
            ("question", "As&k a question…", "Shift+C", "QUESTION"),
            ("why", "&Why…", "Shift+E", "WHY"),
        ):
            yield one(name, label, (key,), partial(self._write, writing))
        yield one("keep", "Keep as &decided", (), lambda: self._decisions.keep())
        yield one("reopen", "Re&open", (), lambda: self._decisions.reopen())
        for name, label, which in (
            ("accept-agreed", "Accept a&ll that agree", "AGREED"),
            ("accept-longer", "Accept trivial &boundaries, longer", "LONGER"),
            ("accept-shorter", "Accept trivial bo&undaries, shorter", "SHORTER"),
        ):
            yield one(name, label, (), partial(self._accept_all, which), Where.WINDOW, group=3)
        yield one("list", "To the l&ist", ("Alt+4",), self._show_list, Where.WINDOW, group=4)

    def _command(
        self,
        name: str,
        label: str,
        keys: tuple[str, ...],
        run: Callable[[], object],
        where: Where = Where.REVIEW,
        *,
        group: int = 2,
        sub: str = "",
    ) -> Command:
        enabled = self._desk.is_reviewing
        return Command(
            f"review.{name}", label, keys, REVIEW, run, where, enabled, group=group, sub=sub
        )

    def _take(self, digit: int) -> None:
        self._decisions.take(digit)

    def _write(self, writing: str) -> None:
        from annotator.ui.review.card import Writing

        self._decisions.begin_writing(Writing[writing])

    def _accept_all(self, which: str) -> None:
        from annotator.review.decide.decisions import Which

        self._decisions.accept_all(Which[which])

    def _show_list(self) -> None:
        self._sides.show_list(self.items.panel)
