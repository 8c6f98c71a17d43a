"""Reviewing: the items of colleagues' tagging, and the one that is looked at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from annotator.core.change import Change
from annotator.core.errors import EditRefused
from annotator.core.model import Annotation, Comment, address, addressed
from annotator.core.sources import Registry
from annotator.ui.articles.annotators import Annotator
from annotator.ui.page.layers import Layer, Layers, Mark
from annotator.ui.review.colleague_watch import ColleagueWatch
from annotator.ui.tagging import announcements

if TYPE_CHECKING:
    from annotator.review.decide.review import Review, Reviewed
    from annotator.review.decide.worklist import Entry, Worklist
    from annotator.storage.colleagues import Colleagues
    from annotator.ui.review.panel import ReviewPanel
    from annotator.ui.window import Window

Range = tuple[int, int]

SAVED_AGAIN = "A colleague has saved another version."
NOT_NOW = "That is for reviewing; Ctrl+R begins."
NO_ITEM = "Choose an item first (Space goes to the next open one)."


class Reviewing(QObject):
    """The review that lies on the desk, if one does.

    `colleagues` is set before it is laid there; what is decided is in `review_moves`. All that
    compares taggings is loaded with the first review: most days are spent tagging.
    """

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.colleagues: Colleagues | None = None
        self.deciding = False
        """Whether a decision is being made here, rather than undone."""
        self._reviewed: Reviewed | None = None
        self._work: Worklist | None = None
        self._hidden: set[str] = set()
        self._sizes: list[int] = []
        self._inspector_page: QScrollArea | None = None
        self._watch = ColleagueWatch(self)
        self._watch.changed.connect(lambda: window.attempt(self._read_again))

    @cached_property
    def panel(self) -> ReviewPanel:
        """The list of items and the card, with its keys; made for the first review."""
        from annotator.ui import showing
        from annotator.ui.review import card_contents
        from annotator.ui.review.panel import ReviewPanel

        panel = ReviewPanel()
        panel.contents_of = lambda entry: card_contents.contents(self, entry)
        showing.connect_review(self._window, panel)
        self._window.dress(panel)
        return panel

    @property
    def on(self) -> bool:
        """Whether what lies on the desk is a review."""
        return self.colleagues is not None

    @property
    def review(self) -> Review:
        """The review as it stands; refuses where there is none."""
        from annotator.review.decide.review import Review

        session, reviewed = self._window.desk.session, self._reviewed
        if session is None or reviewed is None:
            raise EditRefused(NOT_NOW)
        return Review(session.tagging, session.header, reviewed)

    @property
    def work(self) -> Worklist:
        """The items, compared; refuses where there is no review."""
        if self._work is None:
            raise EditRefused(NOT_NOW)
        return self._work

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All items, in text order, as they are now."""
        return self._work.entries if self._work else ()

    @property
    def names(self) -> tuple[str, ...]:
        """The reviewed annotators, in the order of their digits."""
        return tuple(self.colleagues.documents) if self.colleagues else ()

    @property
    def registry(self) -> Registry:
        """The sources that are known."""
        return self._window.registry

    @property
    def comments(self) -> tuple[Comment, ...]:
        """All that was written in this review, in the order of writing."""
        return self.review.header.comments

    def agreed(self, entry: Entry) -> Annotation | None:
        """What came of an item."""
        return self.review.tagging.get(entry.agreed)

    # Coming and going

    def follow_opened(self) -> None:
        """Something else lies on the desk: a review, or not; `colleagues` says so."""
        self._hidden = set()
        if self.colleagues is None:
            self._work, self._reviewed = None, None
            self._window.desk.complete = _as_it_is
            self._watch.stop()
            self._show_panel(False)
        else:
            self._begin(self.colleagues)

    def _begin(self, colleagues: Colleagues) -> None:
        from annotator.review.decide import decisions

        self._compare(colleagues)
        self._window.desk.complete = lambda change: decisions.follow(change, self.review)
        self.panel.begin(self.names)
        self._show_panel(True)
        self.show_work()
        self.panel.show_sources(self.registry)
        first = next((one for one in self.entries if not one.decided), None)
        if first is not None:
            self.look_at(first.addresses[0])

    def tell_gone(self) -> None:
        """Decisions on what colleagues have deleted since are told, and may be forgotten."""
        from annotator.review.decide.state import gone

        decisions = gone(self.review)
        if decisions:
            names = " and ".join(dict.fromkeys(addressed(one.of)[0] for one in decisions))
            tags = "a tag" if len(decisions) == 1 else f"{len(decisions):,} tags"
            told = f"{names} deleted {tags} that you had decided on; what was agreed stays."
            self._window.talk.tell(told, ("Forget these decisions", self._forget_gone))

    def _forget_gone(self) -> None:
        from annotator.review.decide.decisions import forget
        from annotator.review.decide.state import gone

        window = self._window
        window.attempt(lambda: window.desk.do(forget(self.review, gone(self.review))))
        window.saving.save()

    def _compare(self, colleagues: Colleagues) -> None:
        from annotator.review.decide.review import Reviewed
        from annotator.review.decide.worklist import Worklist

        self._reviewed = Reviewed.of(colleagues)
        self._work = Worklist(self._reviewed, self.registry)
        if (folder := self._window.folder) and (article := self._window.article):
            files = folder.annotation_files
            self._watch.watch(folder.annotations, lambda: files(article).values())

    def _read_again(self) -> None:
        """A colleague has saved something: what is new or changed since is shown so, and told."""
        from annotator.storage.colleagues import read_colleagues

        window = self._window
        folder, session, article = window.folder, window.desk.session, window.article
        if folder is None or session is None or article is None or not self.on:
            return
        before = self.names
        self.colleagues = read_colleagues(folder, article)
        session.admit(self.colleagues.documents)
        self._compare(self.colleagues)
        if self.names != before:
            self.panel.show_annotators(self.names)
        self.show_work()
        self.tell_gone()
        window.talk.hint(" ".join(self._news(self.colleagues, before)))

    def _news(self, colleagues: Colleagues, before: Sequence[str]) -> Sequence[str]:
        from annotator.review.decide.state import State

        number = sum(one.state is State.CHANGED for one in self.entries)
        items = "1 item has" if number == 1 else f"{number:,} items have"
        changed = (f"{items} changed since you decided.",) if number else ()
        new = [name for name in colleagues.documents if name not in before]
        have = "has" if len(new) == 1 else "have"
        saved = f"{' and '.join(new)} {have} tagged this article too." if new else SAVED_AGAIN
        return saved, *changed, *colleagues.sentences

    def put_away(self) -> None:
        """Let the window look as it does without a review, to be remembered so."""
        self._show_panel(False)

    def _show_panel(self, on: bool) -> None:
        """The panel in the place of the inspector, which then is one of the lists below it."""
        window, side = self._window, self._window.inspector_side
        if on == (self._inspector_page is not None):
            return
        if on:
            self._sizes = side.sizes()
            side.insertWidget(0, self.panel)
            self._inspector_page = _scrolled(window.inspector)
            window.tabs.insertTab(0, self._inspector_page, "Tag")
            self.panel.show()
            side.setSizes([side.height() * 2 // 3, side.height() // 3])
        else:
            window.tabs.removeTab(0)
            self._let_inspector_go()
            self.panel.hide()
            self.panel.setParent(None)
            side.insertWidget(0, window.inspector)
            window.inspector.show()
            if any(self._sizes):
                side.setSizes(self._sizes)

    def _let_inspector_go(self) -> None:
        if self._inspector_page is not None:
            self._inspector_page.takeWidget()
            self._inspector_page.deleteLater()
            self._inspector_page = None

    # What is shown

    def show_work(self, decided: Iterable[str] | None = None) -> None:
        """Bring list, layers and annotators up to what is decided now.

        ``decided`` are the addresses of what was decided on, None where all may be new.
        """
        if decided is None:
            self.work.begin(self.review)
        else:
            self.work.follow(self.review, decided)
        self.panel.show_entries(self.entries)
        self.show_layers()

    def show_layers(self) -> None:
        """What is open of the colleagues' tagging, and what is looked at, on the page."""
        current = self.panel.entry()
        looked_at = frozenset(current.addresses if current else ())
        layers = [self._layer(name) for name in self.names]
        framed = looked_at if current and not current.decided else frozenset()
        self._window.page.show_layers(Layers(filter(None, layers)), framed)
        self._window.articles_side.annotators.show_annotators(self._lines())

    def _layer(self, name: str) -> Layer | None:
        if name in self._hidden or self.colleagues is None:
            return None

        def is_wanted(annotation_id: str) -> bool:
            entry = self.work.entry_of(address(name, annotation_id))
            return entry is not None and (not entry.decided or entry is self.panel.entry())

        digit, tagging = self.names.index(name) + 1, self.colleagues.taggings[name]
        return Layer(digit, name, tagging, is_wanted)

    def _lines(self) -> list[Annotator]:
        session, there = self._window.desk.session, self.colleagues
        if session is None or there is None:
            return []
        you, hidden = session.annotator, self._hidden
        return [
            Annotator(name, nth, len(there.taggings[name]), name == you, name not in hidden)
            for nth, name in enumerate(self.names, 1)
        ]

    def toggle_layer(self, name: str, shown: bool) -> None:
        """Show or hide one annotator's layer."""
        (self._hidden.discard if shown else self._hidden.add)(name)
        self.show_layers()

    def settled(self, words: Sequence[Range]) -> list[Range]:
        """Those words that no open item is about: the others may yet come to be tagged."""
        open_ones = [one.item for one in self.entries if not one.decided]
        return [
            (start, end)
            for start, end in words
            if not any(item.start < end and start < item.end for item in open_ones)
        ]

    # Where the reviewer looks

    @property
    def entry(self) -> Entry:
        """The item that is looked at; refuses where there is none."""
        if not self.on:
            raise EditRefused(NOT_NOW)
        found = self.panel.entry()
        if found is None:
            raise EditRefused(NO_ITEM)
        return found

    def look_at(self, of: str) -> None:
        """Look at the item of a version: in the list, in the text, and what came of it."""
        from annotator.ui.review.rows import spoken

        self.panel.look_at(of)
        entry = self.panel.entry()
        if entry is not None:
            self._window.desk.select(entry.agreed or "")
            self._window.page.put_caret(entry.proposed.annotation.start)
            announcements.post(self._window.page, spoken(entry))
        self.show_layers()

    def step(self, by: int) -> None:
        """Look at the next or previous item that is not decided, going round at the end."""
        wish = self.panel.wish
        order = self._from_current()[::by]
        found = next((one for one in order if not one.decided and wish.holds(one)), None)
        if found is not None:
            self.look_at(found.addresses[0])
        elif all(one.decided for one in self.entries):
            self._window.talk.hint("Everything is decided; Ctrl+Enter marks it as done.")
        else:
            self._window.talk.hint("No other open item is in the list.")

    def _from_current(self) -> Sequence[Entry]:
        """All items but the current one, beginning behind it."""
        found, current = self.entries, self.panel.current
        place = next((n for n, one in enumerate(found) if current in one.addresses), len(found))
        return (*found[place + 1 :], *found[:place])

    def click(self, marks: list[Mark]) -> None:
        """A click on colleagues' tags: the item of the shortest, then that of the next outer."""
        if not self.on or self._window.linking.active:
            return
        found = (self.work.entry_of(mark.addresses[0]) for mark in marks)
        items = list({one.addresses: one for one in found if one}.values())
        current = self.panel.entry()
        place = items.index(current) + 1 if current in items else 0
        if items:
            self.look_at(items[place % len(items)].addresses[0])

    def follow_selected(self) -> None:
        """An agreed annotation was selected: its item is looked at."""
        selected = self._window.desk.selected
        found = next((one for one in self.entries if selected and one.agreed == selected), None)
        if found is not None and self.panel.current not in found.addresses:
            self.panel.look_at(found.addresses[0])
            self.show_layers()

    def follow(self, change: Change) -> None:
        """Something was done or undone; what an undo opened again is looked at."""
        if not self.on:
            return
        decisions = (*change.decisions.after, *change.decisions.before)
        self.show_work(decision.of for decision in decisions)
        if decisions and not self.deciding:
            self.panel.look_at(decisions[0].of)
            self.show_layers()
            self._window.saving.save()


def _scrolled(widget: QWidget) -> QScrollArea:
    """A widget that may be higher than its place."""
    page = QScrollArea()
    page.setFrameShape(QFrame.Shape.NoFrame)
    page.setWidgetResizable(True)
    page.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    page.viewport().setAutoFillBackground(False)
    page.setWidget(widget)
    return page


def _as_it_is(change: Change) -> Change:
    return change
