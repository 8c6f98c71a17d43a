"""What a review made of one annotator's tagging, for that annotator to learn from."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from annotator.core.chains.who_says import said_by
from annotator.core.model import (
    Annotation,
    Certainty,
    Comment,
    Decision,
    Kind,
    Verdict,
    address,
    addressed,
)
from annotator.core.sources import Registry
from annotator.core.tagging import Tagging
from annotator.review.compare.confusion import Confusion
from annotator.review.compare.differences import Difference, Finding, compare
from annotator.review.compare.matching import Item, Version
from annotator.review.compare.passages import Stretch, passage
from annotator.review.decide.review import Review
from annotator.review.decide.state import changed_versions, gone

NO_ATTRIBUTION = "no attribution"
"""In the table of sources: the annotation is there, and is a claim or a quote."""

_YOURS, _AGREED = "only yours", "only agreed"
"""Whose links differ, in the words of the report."""

_LINKS_OPEN = "links: some lead to what is not decided yet"
"""What is changed although nothing differs so far, differs in what is to come."""


class Fate(StrEnum):
    """What became of an annotation, in the words of the report."""

    CHANGED = "changed"
    REJECTED = "rejected"
    MISSED = "not tagged by you"
    QUESTION = "question"
    SINCE = "changed since"
    OPEN = "not decided yet"
    ACCEPTED = "accepted"


_FATES = {
    Verdict.ACCEPTED: Fate.ACCEPTED,
    Verdict.CHANGED: Fate.CHANGED,
    Verdict.REJECTED: Fate.REJECTED,
    Verdict.QUESTION: Fate.QUESTION,
}
_SETTLED = {Fate.ACCEPTED, Fate.CHANGED, Fate.REJECTED, Fate.MISSED}


@dataclass(frozen=True, slots=True)
class FeedbackSide:
    """An annotation as it is told of: the annotator's own, or the agreed one.

    ``said`` is who says it, as in ``North Korea via KCNA``; ``source`` is an attribution's.
    """

    kind: Kind
    said: str
    source: str | None
    more: tuple[str, ...]
    words: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One annotation of the annotator, or one that was agreed on and that they have not.

    ``mine`` is the annotator's, ``agreed`` what came of it; one of both is there.
    ``differences`` say in what they differ, ``others`` who else has the one that is missing.
    """

    start: int
    fate: Fate
    mine: FeedbackSide | None
    agreed: FeedbackSide | None
    differences: tuple[str, ...] = ()
    reason: str | None = None
    comments: tuple[Comment, ...] = ()
    others: tuple[str, ...] = ()
    once: Verdict | None = None

    @property
    def same_words(self) -> bool:
        """Whether both are there and look alike, so that their words need be shown but once."""
        mine, agreed = self.mine, self.agreed
        return bool(mine and agreed and (mine.kind, mine.words) == (agreed.kind, agreed.words))

    @property
    def worth_reading(self) -> bool:
        """Whether there is more to say than that it was accepted, or is open."""
        return self.fate not in (Fate.ACCEPTED, Fate.OPEN) or bool(self.comments or self.reason)


@dataclass(frozen=True, slots=True)
class FeedbackPart:
    """One review of one article, in text order; ``deleted`` was decided on and is gone by now."""

    article: str
    reviewer: str
    told: tuple[Told, ...]
    deleted: tuple[Decision, ...] = ()

    @property
    def counts(self) -> Counter[Fate]:
        """How many there are of each fate."""
        return Counter(one.fate for one in self.told)


@dataclass(frozen=True, slots=True)
class Feedback:
    """All that reviews made of one annotator's tagging."""

    annotator: str
    parts: tuple[FeedbackPart, ...]

    @property
    def articles(self) -> tuple[str, ...]:
        """What was reviewed, each once."""
        return tuple(dict.fromkeys(part.article for part in self.parts))

    @property
    def reviewers(self) -> tuple[str, ...]:
        """Who reviewed."""
        return tuple(dict.fromkeys(part.reviewer for part in self.parts))

    @property
    def told(self) -> list[Told]:
        """Everything of all parts."""
        return [one for part in self.parts for one in part.told]

    @property
    def counts(self) -> Counter[Fate]:
        """How many there are of each fate."""
        return sum((part.counts for part in self.parts), Counter[Fate]())

    @property
    def kinds(self) -> Confusion:
        """The annotator's kinds against the agreed ones, over all that is decided."""
        pairs = ((_kind(mine), _kind(agreed)) for mine, agreed in self._settled())
        return Confusion.of(pairs, Kind)

    @property
    def sources(self) -> Confusion:
        """The same of sources, where either is an attribution."""
        pairs = (
            (_source(mine), _source(agreed))
            for mine, agreed in self._settled()
            if Kind.ATTRIBUTION in (_kind(mine), _kind(agreed))
        )
        return Confusion.of(pairs)

    def _settled(self) -> Iterator[tuple[FeedbackSide | None, FeedbackSide | None]]:
        return ((one.mine, one.agreed) for one in self.told if one.fate in _SETTLED)


def _kind(side: FeedbackSide | None) -> Kind | None:
    return side.kind if side else None


def _source(side: FeedbackSide | None) -> str | None:
    return (side.source or NO_ATTRIBUTION) if side else None


def feedback_on(annotator: str, review: Review, registry: Registry, article: str) -> FeedbackPart:
    """What a review made of an annotator's tagging of the article called ``article``.

    ``registry`` gives sources their names. Raises `KeyError` for somebody without a tagging.
    """
    ground = _FeedbackInputs(annotator, review, registry)
    told = sorted((*ground.own(), *ground.missed()), key=lambda one: one.start)
    deleted = (one for one in gone(review) if addressed(one.of)[0] == annotator)
    return FeedbackPart(article, review.header.annotator, tuple(told), tuple(deleted))


class _FeedbackInputs:
    """What an annotator tagged beside what was agreed on, and in what they differ."""

    def __init__(self, annotator: str, review: Review, registry: Registry) -> None:
        self.annotator, self.review, self.registry = annotator, review, registry
        self.tagging = review.reviewed.taggings[annotator]
        self.text = review.reviewed.article.text
        self.pairs = [(mine, self._agreed(mine)) for mine in self.tagging]
        self.differences = self._compared()
        self.comments = defaultdict[str, list[Comment]](list)
        self.others = defaultdict[str, list[str]](list)
        for comment in review.header.comments:
            self.comments[comment.of].append(comment)
        for decision in review.header.decisions:
            self.others[decision.as_id or ""].append(addressed(decision.of)[0])

    def _agreed(self, mine: Annotation) -> Annotation | None:
        return self.review.tagging.get(self.review.agreed_as(self.annotator, mine.id))

    def _compared(self) -> dict[str, tuple[str, ...]]:
        """In what each of the annotator's annotations differs from the agreed one, by id."""
        agreed_on = {agreed.id for _, agreed in self.pairs if agreed}
        rest = (one for one in self.review.tagging if one.id not in agreed_on)
        items = [_item(mine, agreed) for mine, agreed in self.pairs]
        items += [Item((Version(_AGREED, one),)) for one in rest]
        taggings = {_YOURS: self.tagging, _AGREED: self.review.tagging}
        on = self.review.reviewed
        compared = compare(items, taggings, on.article, on.language, self.registry)
        return {
            mine.id: tuple(self._in_words(finding, mine, agreed) for finding in one.findings)
            for (mine, agreed), one in zip(self.pairs, compared, strict=False)
            if agreed and not one.agreed
        }

    def _in_words(self, finding: Finding, mine: Annotation, agreed: Annotation) -> str:
        detail = finding.detail
        if finding.difference is Difference.KIND:
            detail = f"{mine.kind} → {agreed.kind}"
        elif finding.difference is Difference.SOURCE:
            label = self.registry.label
            detail = f"{label(mine.source)} → {label(agreed.source)}"
        elif finding.difference is Difference.CHAIN:
            tagging = self.review.tagging
            detail = f"{self._said(mine, self.tagging)} → {self._said(agreed, tagging)}"
        return f"{finding.difference}: {detail}"

    def own(self) -> Iterator[Told]:
        """What became of each of the annotator's annotations."""
        for mine, agreed in self.pairs:
            of = address(self.annotator, mine.id)
            decision = self.review.decision(of)
            yield Told(
                start=mine.start,
                fate=self._fate(mine, decision),
                mine=self._side(mine, agreed, self.tagging),
                agreed=self._side(agreed, mine, self.review.tagging) if agreed else None,
                differences=self._differences(mine, agreed, decision),
                reason=decision.reason if decision else None,
                comments=tuple(self.comments[of]),
                once=decision.verdict if decision else None,
            )

    def _differences(
        self, mine: Annotation, agreed: Annotation | None, decision: Decision | None
    ) -> tuple[str, ...]:
        changed = agreed and decision and decision.verdict is Verdict.CHANGED
        return self.differences.get(mine.id) or ((_LINKS_OPEN,) if changed else ())

    def _fate(self, mine: Annotation, decision: Decision | None) -> Fate:
        of = address(self.annotator, mine.id)
        item = self.review.reviewed.item(of)
        if decision is None or item is None:
            return Fate.OPEN
        if any(one.address == of for one in changed_versions(self.review, item)):
            return Fate.SINCE
        accepted = decision.verdict is Verdict.ACCEPTED
        return Fate.CHANGED if accepted and self._lost_a_link(mine) else _FATES[decision.verdict]

    def _lost_a_link(self, mine: Annotation) -> bool:
        """Whether what was accepted differs by now, since what it led to was rejected."""
        targets = (address(self.annotator, one) for one in (*mine.content, mine.via) if one)
        decisions = filter(None, map(self.review.decision, targets))
        rejected = any(one.verdict is Verdict.REJECTED for one in decisions)
        return rejected and mine.id in self.differences

    def missed(self) -> Iterator[Told]:
        """What was agreed on where the annotator has nothing."""
        items = (self.review.reviewed.item(address(self.annotator, m.id)) for m, _ in self.pairs)
        have = {self.review.agreed(item) for item in items if item}
        have |= {agreed.id for _, agreed in self.pairs if agreed}
        for agreed in self.review.tagging:
            if agreed.id not in have:
                side = self._side(agreed, None, self.review.tagging)
                others = tuple(dict.fromkeys(self.others[agreed.id]))
                yield Told(agreed.start, Fate.MISSED, None, side, others=others)

    def _side(self, shown: Annotation, other: Annotation | None, tagging: Tagging) -> FeedbackSide:
        is_attribution = shown.kind is Kind.ATTRIBUTION
        more = [str(shown.stance)] if shown.stance else []
        more += [str(shown.certainty)] if shown.certainty is Certainty.UNSURE else []
        return FeedbackSide(
            kind=shown.kind,
            said=self._said(shown, tagging),
            source=self.registry.label(shown.source) if is_attribution else None,
            more=tuple(more),
            words=passage(self.text, shown, other),
        )

    def _said(self, annotation: Annotation, tagging: Tagging) -> str:
        return ", ".join(one.label(self.registry) for one in said_by(tagging, annotation))


def _item(mine: Annotation, agreed: Annotation | None) -> Item:
    versions = [Version(_YOURS, mine)]
    return Item((*versions, Version(_AGREED, agreed)) if agreed else tuple(versions))
