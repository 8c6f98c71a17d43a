"""What an editor or a reviewer does next, by dice: every verb, on whatever is there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random
from typing import NamedTuple, TypeVar

from annotator.core import edits, extent_edits, header, link_edits, registry_edits
from annotator.core.change import Change
from annotator.core.errors import EditRefused
from annotator.core.model import (
    Annotation,
    Certainty,
    Document,
    Kind,
    Stance,
    Status,
    Unattributed,
)
from annotator.core.sources import Source
from annotator.core.tagging import Tagging
from annotator.core.text.find import tag_all
from annotator.review.compare.matching import Item
from annotator.review.decide import decisions
from annotator.review.decide.review import Review, Reviewed
from annotator.storage.opening import Opened
from annotator.storage.session import Session

_T = TypeVar("_T")

NOTES = ("", "vero?", "“a: 🤝”\n#", "\u2028 - [x]: {y}", "no", "e\u0301")


class Hand(NamedTuple):
    """Somebody at work in a session; ``reviewed`` is what a reviewer decides on."""

    session: Session
    dice: Random
    reviewed: Reviewed | None = None

    @staticmethod
    def at(opened: Opened, dice: Random) -> Hand:
        """The hand that works in what was opened."""
        colleagues = opened.colleagues
        return Hand(opened.session, dice, Reviewed.of(colleagues) if colleagues else None)

    @property
    def tagging(self) -> Tagging:
        """What is tagged."""
        return self.session.tagging

    @property
    def review(self) -> Review:
        """What is decided."""
        assert self.reviewed
        return Review(self.session.tagging, self.session.header, self.reviewed)

    def one_of(self, things: Sequence[_T]) -> _T:
        """Any of these; `EditRefused` where there is none."""
        edits.refuse_unless(bool(things), "There is none.")
        return self.dice.choice(things)

    def any(self) -> Annotation:
        """Any annotation."""
        return self.one_of(self.tagging.annotations())

    def attribution(self) -> Annotation:
        """Any attribution."""
        return self.one_of([one for one in self.tagging if one.kind is Kind.ATTRIBUTION])

    def range(self) -> tuple[int, int]:
        """Any few words."""
        start = self.dice.randrange(len(self.session.article.text) - 40)
        return start, start + self.dice.randrange(1, 40)

    def item(self) -> Item:
        """Anything that is reviewed."""
        return self.one_of(self.review.reviewed.items)


Verb = Callable[[Hand], Change]


def next_change(hand: Hand) -> Change | None:
    """What is done next; None where the verb is refused, or changes nothing."""
    verbs = DECISIONS if hand.reviewed and hand.dice.random() < 0.7 else VERBS
    try:
        change = hand.dice.choice(verbs)(hand)
        if hand.reviewed:
            change = decisions.follow(change, hand.review)
    except EditRefused:
        return None
    return change or None


def foreseen(session: Session, change: Change) -> Document:
    """The document as the change will leave it."""
    tagging = Tagging(session.tagging)
    tagging.apply(change)
    return replace(header.changed(session.document(), change), annotations=tagging.annotations())


def _tag(hand: Hand) -> Change:
    kind, source = hand.dice.choice(list(Kind)), _source(hand)
    edits.refuse_unless(len(hand.tagging) < 60, "That is enough.")
    return edits.tag(
        hand.tagging,
        hand.session.article,
        kind,
        [hand.range() for _ in range(hand.dice.choice((1, 1, 2)))],
        source=source.id if kind is Kind.ATTRIBUTION else None,
        raw=hand.dice.random() < 0.5,
    )


def _source(hand: Hand) -> Source:
    return hand.one_of(hand.session.registry.sources)


def _tag_all(hand: Hand) -> Change:
    edits.refuse_unless(len(hand.tagging) < 60, "That is enough.")
    ranges = [hand.range(), hand.range()]
    return tag_all(hand.tagging, hand.session.article, Kind.CLAIM, ranges, None)


def _retag(hand: Hand) -> Change:
    return edits.retag(hand.tagging, hand.any(), hand.dice.choice(list(Kind)))


def _delete(hand: Hand) -> Change:
    tags = hand.tagging.annotations()
    edits.refuse_unless(len(tags) > 4, "Too few are left.")
    return edits.delete(hand.tagging, hand.dice.sample(tags, hand.dice.choice((1, 3))))


def _note(hand: Hand) -> Change:
    return edits.set_note(hand.any(), f"{hand.dice.choice(NOTES)}{hand.dice.random():.3}")


def _new_source(hand: Hand) -> Change:
    name = f"source-{hand.dice.randrange(10**9)}"
    source = Source(id=name, name=f"Agenzia {name}", aliases=(f"é{name}",))
    return registry_edits.add_source(hand.session.registry, source)


def _status(hand: Hand) -> Change:
    return edits.set_status(hand.session.header.status, hand.dice.choice(list(Status)))


def _move_boundary(hand: Hand) -> Change:
    to, article = hand.range()[0], hand.session.article
    if hand.dice.random() < 0.5:
        return extent_edits.move_boundary(hand.any(), article, "start", to)
    return extent_edits.move_boundary(hand.any(), article, "end", to)


def _remove_fragment(hand: Hand) -> Change:
    one = hand.any()
    return extent_edits.remove_fragment(one, hand.session.article, hand.one_of(one.spans).start)


def _cue(hand: Hand) -> Change:
    one = hand.attribution()
    return extent_edits.set_cue(one, hand.session.article, [(one.start, one.start + 5)])


def _via(hand: Hand) -> Change:
    return edits.set_via(hand.tagging, hand.attribution(), hand.attribution().id)


def _unattributed(hand: Hand) -> Change:
    decision = hand.dice.choice([None, *Unattributed])
    return edits.set_unattributed(hand.tagging, hand.any(), decision)


VERBS: list[Verb] = [
    _tag,
    _tag,
    _tag,
    _tag_all,
    _retag,
    _delete,
    _note,
    _note,
    _new_source,
    _status,
    _move_boundary,
    _remove_fragment,
    _cue,
    _via,
    _unattributed,
    lambda hand: edits.set_source(hand.attribution(), _source(hand)),
    lambda hand: edits.set_stance(hand.attribution(), hand.dice.choice(list(Stance))),
    lambda hand: edits.set_certainty(hand.any(), hand.dice.choice(list(Certainty))),
    lambda hand: extent_edits.add_fragment(hand.any(), hand.session.article, *hand.range()),
    lambda hand: link_edits.toggle_link(hand.tagging, hand.any(), hand.any()),
]


def _accept(hand: Hand) -> Change:
    item = hand.item()
    return decisions.accept(hand.review, item, hand.one_of(item.versions), "so")


def _comment(hand: Hand) -> Change:
    of = hand.item().versions[0].address
    return decisions.comment(hand.review, of, "carla", f"{hand.dice.random()}")


DECISIONS: list[Verb] = [
    _accept,
    _accept,
    _comment,
    lambda hand: decisions.reject(hand.review, hand.item(), "no"),
    lambda hand: decisions.question(hand.review, hand.item()),
    lambda hand: decisions.reopen(hand.review, hand.item()),
    lambda hand: decisions.keep(hand.review, hand.item()),
    lambda hand: decisions.explain(hand.review, hand.item(), "so"),
]
