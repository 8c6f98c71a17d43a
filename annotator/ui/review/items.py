"""The items of a review: what is listed, what is on the page, and the one that is looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from PySide6.QtCore import QObject

from annotator.core.change import Change
from annotator.core.errors import EditRefused
from annotator.core.model import address, addressed
from annotator.review.decide.decisions import forget
from annotator.review.decide.state import ItemState, gone
from annotator.review.decide.worklist import Entry, Worklist
from annotator.storage.colleagues import Colleagues, read_colleagues
from annotator.ui.articles.annotators import Annotator, Annotators
from annotator.ui.desk import NOT_REVIEWING, Desk
from annotator.ui.page.layers import LayerMark, Layers, TaggingLayer
from annotator.ui.page.page import Page
from annotator.ui.ports import Mode, Range, Sides
from annotator.ui.review.card_contents import contents
from annotator.ui.review.colleague_watch import ColleagueWatch
from annotator.ui.review.panel import ReviewPanel
from annotator.ui.review.rows import spoken
from annotator.ui.tagging import announcements
from annotator.ui.talk import Talk

SAVED_AGAIN = "A colleague has saved another version."
NO_ITEM = "Choose an item first (Space goes to the next open one)."


class ReviewItems(QObject):
    """The items of colleagues' tagging, compared; `begin` for each review, `end` after the last.

    A click on colleagues' tags goes to their item, but while a ``link`` is under way.
    """

    def __init__(
        self, desk: Desk, page: Page, talk: Talk, sides: Sides, annotators: Annotators, link: Mode
    ) -> None:
        super().__init__(desk)
        self._desk, self._page, self._talk, self._sides = desk, page, talk, sides
        self._annotators, self._link = annotators, link
        self.panel = ReviewPanel(partial(contents, desk))
        self._worklist: Worklist | None = None
        self._hidden: set[str] = set()
        self._stays = False
        self._watch = ColleagueWatch(self)
        self._watch.changed.connect(lambda: talk.attempt(self._read_again))
        self.panel.picked.connect(self.look_at)
        self.panel.left.connect(page.setFocus)
        desk.selected_changed.connect(self._follow_selected)
        page.marks_clicked.connect(self._click)
        annotators.toggled.connect(self._toggle_layer)

    @property
    def worklist(self) -> Worklist:
        """The items, compared; refuses where there is no review."""
        if self._worklist is None:
            raise EditRefused(NOT_REVIEWING)
        return self._worklist

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All items, in text order, as they are now."""
        return self._worklist.entries if self._worklist else ()

    @property
    def names(self) -> tuple[str, ...]:
        """The reviewed annotators, in the order of their digits."""
        return tuple(self._desk.colleagues.documents) if self._desk.colleagues else ()

    # Coming and going

    def begin(self) -> None:
        """Show the review that was opened, and look at its first open item."""
        self._hidden = set()
        self._compare()
        self.panel.begin(self.names)
        self._sides.put_first(self.panel)
        self._show_all()
        self.panel.show_sources(self._desk.registry)
        first = next((one for one in self.entries if not one.decided), None)
        if first is not None:
            self.look_at(first.addresses[0])

    def end(self) -> None:
        """Leave: what is open now is no review."""
        self._worklist = None
        self._watch.stop()
        self._sides.put_first(None)

    def _compare(self) -> None:
        self._worklist = Worklist(self._desk.reviewed, self._desk.registry)
        if (folder := self._desk.folder) and (article := self._desk.article):
            files = folder.annotation_files
            self._watch.watch(folder.annotations, lambda: files(article).values())

    def tell_gone(self) -> None:
        """Say what colleagues have deleted that was decided on; offer to forget the decisions."""
        decisions = gone(self._desk.review)
        if decisions:
            names = " and ".join(dict.fromkeys(addressed(one.of)[0] for one in decisions))
            tags = "a tag" if len(decisions) == 1 else f"{len(decisions):,} tags"
            sentence = f"{names} deleted {tags} that you had decided on; what was agreed stays."
            self._talk.tell(sentence, ("Forget these decisions", self._forget_gone))

    def _forget_gone(self) -> None:
        review = self._desk.review
        self._talk.attempt(lambda: self._desk.do(forget(review, gone(review))))

    def _read_again(self) -> None:
        """A colleague has saved something: show and say what is new or has changed since."""
        folder, article = self._desk.folder, self._desk.article
        if folder is None or article is None or not self._desk.is_reviewing():
            return
        before = self.names
        colleagues = read_colleagues(folder, article)
        self._desk.admit(colleagues)
        self._compare()
        if self.names != before:
            self.panel.show_annotators(self.names)
        self._show_all()
        self.tell_gone()
        self._talk.hint(" ".join(self._news(colleagues, before)))

    def _news(self, colleagues: Colleagues, before: Sequence[str]) -> Sequence[str]:
        number = sum(one.state is ItemState.CHANGED for one in self.entries)
        items = "1 item has" if number == 1 else f"{number:,} items have"
        changed = (f"{items} changed since you decided.",) if number else ()
        new = [name for name in colleagues.documents if name not in before]
        have = "has" if len(new) == 1 else "have"
        saved = f"{' and '.join(new)} {have} tagged this article too." if new else SAVED_AGAIN
        return saved, *changed, *colleagues.sentences

    # What is shown

    def _show_all(self) -> None:
        """Show how far every item is now."""
        self.worklist.begin(self._desk.review)
        self._show_entries()

    def _show_entries(self) -> None:
        self.panel.show_entries(self.entries)
        self._show_layers()

    def _show_layers(self) -> None:
        """Show on the page what is open of the colleagues' tagging, and what is looked at."""
        current = self.panel.entry()
        lit = frozenset(current.addresses if current and not current.decided else ())
        layers = (self._layer(digit, name) for digit, name in enumerate(self.names, 1))
        self._page.show_layers(Layers(filter(None, layers)), lit)
        self._annotators.show_annotators(list(self._lines()))

    def _layer(self, digit: int, name: str) -> TaggingLayer | None:
        def is_wanted(annotation_id: str) -> bool:
            entry = self.worklist.entry_of(address(name, annotation_id))
            return entry is not None and (not entry.decided or entry is self.panel.entry())

        tagging = self._desk.need_colleagues().taggings[name]
        return None if name in self._hidden else TaggingLayer(digit, name, tagging, is_wanted)

    def _lines(self) -> Iterator[Annotator]:
        you, taggings = self._desk.need_session().annotator, self._desk.need_colleagues().taggings
        for digit, name in enumerate(self.names, 1):
            shown = name not in self._hidden
            yield Annotator(name, digit, len(taggings[name]), name == you, shown)

    def _toggle_layer(self, name: str, shown: bool) -> None:
        if self._desk.is_reviewing():
            (self._hidden.discard if shown else self._hidden.add)(name)
            self._show_layers()

    def settled(self, words: Sequence[Range]) -> list[Range]:
        """Those words that no open item is about: the others may yet come to be tagged."""
        open_ones = [one.item for one in self.entries if not one.decided]
        return [
            (start, end)
            for start, end in words
            if not any(item.start < end and start < item.end for item in open_ones)
        ]

    # The item that is looked at

    @property
    def entry(self) -> Entry:
        """The item that is looked at; refuses where there is none."""
        self._desk.need_colleagues()
        found = self.panel.entry()
        if found is None:
            raise EditRefused(NO_ITEM)
        return found

    def look_at(self, of: str) -> None:
        """Look at the item of a version: in the list, in the text, and what came of it."""
        self.panel.look_at(of)
        entry = self.panel.entry()
        if entry is not None:
            self._desk.select(entry.agreed or "")
            self._page.put_caret(entry.proposed.annotation.start)
            announcements.post(self._page, spoken(entry))
        self._show_layers()

    def step(self, by: int) -> None:
        """Look at the next or previous item that is not decided, going round at the end."""
        wish = self.panel.wish
        order = self._from_current()[::by]
        found = next((one for one in order if not one.decided and wish.holds(one)), None)
        if found is not None:
            self.look_at(found.addresses[0])
        elif all(one.decided for one in self.entries):
            self._talk.hint("Everything is decided; Ctrl+Enter marks it as done.")
        else:
            self._talk.hint("No other open item is in the list.")

    def _from_current(self) -> Sequence[Entry]:
        """All items but the current one, beginning behind it."""
        found, current = self.entries, self.panel.current
        place = next((n for n, one in enumerate(found) if current in one.addresses), len(found))
        return (*found[place + 1 :], *found[:place])

    def _click(self, marks: list[LayerMark]) -> None:
        """A click on colleagues' tags: the item of the shortest, then that of the next outer."""
        if not self._desk.is_reviewing() or self._link.active:
            return
        found = (self.worklist.entry_of(mark.addresses[0]) for mark in marks)
        items = list({one.addresses: one for one in found if one}.values())
        current = self.panel.entry()
        place = items.index(current) + 1 if current in items else 0
        if items:
            self.look_at(items[place % len(items)].addresses[0])

    def _follow_selected(self) -> None:
        """An agreed annotation was selected: its item is looked at."""
        selected = self._desk.selected
        found = next((one for one in self.entries if selected and one.agreed == selected), None)
        if found is not None and self.panel.current not in found.addresses:
            self._show(found.addresses[0])

    def follow(self, change: Change) -> None:
        """Something was done or undone; look at what an undo opened again."""
        decisions = (*change.decisions.after, *change.decisions.before)
        self.worklist.follow(self._desk.review, (decision.of for decision in decisions))
        self._show_entries()
        if decisions and not self._stays:
            self._show(decisions[0].of)

    def _show(self, of: str) -> None:
        """Show the item of a version in the list; the text stays where it is."""
        self.panel.look_at(of)
        self._show_layers()

    @contextmanager
    def staying(self) -> Iterator[None]:
        """Do not go to what is decided meanwhile."""
        self._stays = True
        try:
            yield
        finally:
            self._stays = False
