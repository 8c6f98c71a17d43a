"""What a reviewer decides on the item that is looked at."""

from __future__ import annotations

from annotator.core.change import Change
from annotator.core.errors import EditRefused
from annotator.core.model import address
from annotator.review.decide import decisions
from annotator.review.decide.decisions import Which
from annotator.ui.desk import Desk
from annotator.ui.ports import TextView
from annotator.ui.review.card import Writing
from annotator.ui.review.items import ReviewItems
from annotator.ui.tagging.navigation import go_to
from annotator.ui.talk import Talk


class ReviewDecisions:
    """The moves of a review; most of them go on to the next open item."""

    def __init__(self, desk: Desk, text: TextView, talk: Talk, items: ReviewItems) -> None:
        self._desk, self._text, self._talk, self._items = desk, text, talk, items

    def accept(self) -> None:
        """Take the proposed version, and go on; what is decided, even edited, stays as it is."""
        entry = self._items.entry
        if entry.decided:
            self._items.step(1)
        else:
            self._decide(decisions.accept(self._desk.review, entry.item, entry.proposed))

    def take(self, digit: int) -> None:
        """Take the version of the annotator with that digit, and go on."""
        entry, names = self._items.entry, self._items.names
        if digit > len(names):
            number = "is 1 annotator" if len(names) == 1 else f"are {len(names)} annotators"
            raise EditRefused(f"There {number} here.")
        version = entry.version_of(names[digit - 1])
        if version is None:
            raise EditRefused(f"{names[digit - 1]} has not tagged this.")
        self._decide(decisions.accept(self._desk.review, entry.item, version))

    def edit(self) -> None:
        """Take the proposed version where nothing is agreed yet, and go on with it in the text."""
        entry = self._items.entry
        if entry.agreed is None:
            self._do(decisions.accept(self._desk.review, entry.item, entry.proposed))
        agreed = self._items.entry.agreed
        if agreed is not None:
            go_to(self._desk, self._text, agreed)
        self._text.setFocus()

    def reject(self, reason: str = "") -> None:
        """Reject all versions, and go on."""
        self._decide(decisions.reject(self._desk.review, self._items.entry.item, reason))

    def reopen(self) -> None:
        """Let the item be open again."""
        self._do(decisions.reopen(self._desk.review, self._items.entry.item))

    def keep(self) -> None:
        """Keep a decision although a colleague has changed a version since, and go on."""
        self._decide(decisions.keep(self._desk.review, self._items.entry.item))

    def begin_writing(self, writing: Writing) -> None:
        """Open the line in the card."""
        self._items.look_at(self._items.entry.addresses[0])
        self._items.panel.ask(writing)

    def write(self, writing: Writing, name: str, text: str) -> None:
        """Keep what was written in the card: a comment, a question, or a reason."""
        entry, review = self._items.entry, self._desk.review
        if writing is Writing.REASON:
            self.reject(text)
        elif writing is Writing.WHY:
            self._do(decisions.explain(review, entry.item, text))
        elif writing is Writing.QUESTION:
            self._decide(decisions.question(review, entry.item, text))
        elif version := entry.version_of(name):
            of = address(name, version.annotation.id)
            self._do(decisions.comment(review, of, review.header.annotator, text))

    def accept_all(self, which: Which) -> None:
        """Accept all open items of a sort, in one step."""
        items = self._items
        change = decisions.accept_all(self._desk.review, items.worklist.compared, which)
        number = len({one.as_id for one in change.decisions.after})
        self._do(change)
        self._talk.hint(f"{number:,} items accepted." if number > 1 else "1 item accepted.")
        looked_at = items.panel.entry()
        if looked_at is None or looked_at.decided:
            items.step(1)

    def _decide(self, change: Change) -> None:
        """Do it, and go on to the next open item."""
        self._do(change)
        self._items.step(1)

    def _do(self, change: Change) -> None:
        with self._items.staying():
            self._desk.do(change, self._text.selection)
