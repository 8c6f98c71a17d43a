"""The reviewer's list: items with how far they are, and the version that is proposed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from annotator.core.model import Annotation
from annotator.core.sources import Registry
from annotator.review.differences import Compared, Difference
from annotator.review.matching import Item, Version
from annotator.review.standing import Review, Reviewed, State, state_of


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of the work, as it stands in the list.

    ``agreed`` is the id of the agreed annotation that came of it, ``reason`` why it was so
    decided, ``proposed`` the version that the reviewer accepts where no other one is named.
    """

    compared: Compared
    state: State
    proposed: Version
    agreed: str | None = None
    reason: str | None = None

    @property
    def item(self) -> Item:
        """The versions."""
        return self.compared.item

    @property
    def decided(self) -> bool:
        """Whether there is nothing left to be done about it."""
        return self.state is State.DECIDED

    @property
    def addresses(self) -> tuple[str, ...]:
        """The versions' names across files."""
        return tuple(version.address for version in self.item.versions)

    @property
    def sources(self) -> frozenset[str]:
        """The ids of the sources that its versions name."""
        return frozenset(v.annotation.source for v in self.item.versions if v.annotation.source)

    def version_of(self, annotator: str) -> Version | None:
        """An annotator's version, if there is one."""
        return next((one for one in self.item.versions if one.annotator == annotator), None)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is narrowed to; None is everything."""

    open_only: bool = True
    difference: Difference | None = None
    annotator: str | None = None
    source: str | None = None

    def holds(self, entry: Entry) -> bool:
        """Whether an entry is wanted."""
        return (
            not (self.open_only and entry.decided)
            and (self.difference is None or entry.compared.has(self.difference))
            and (self.annotator is None or entry.version_of(self.annotator) is not None)
            and (self.source is None or self.source in entry.sources)
        )


class Worklist:
    """All items of an article, compared; that is kept from one decision to the next."""

    def __init__(self, reviewed: Reviewed, registry: Registry) -> None:
        self.compared = reviewed.compared(registry)
        self._proposed = [proposed(item) for item in reviewed.items]

    def entries(self, review: Review) -> tuple[Entry, ...]:
        """How far each item is now."""
        pairs = zip(self.compared, self._proposed, strict=True)
        return tuple(_entry(review, compared, version) for compared, version in pairs)


def _entry(review: Review, compared: Compared, version: Version) -> Entry:
    item = compared.item
    reasons = (decision.reason for decision in review.decisions(item))
    reason = next(filter(None, reasons), None)
    return Entry(compared, state_of(review, item), version, review.agreed(item), reason)


def proposed(item: Item) -> Version:
    """The version that most annotators share in all that counts, else the first."""
    looks = [_counts(version.annotation) for version in item.versions]
    often = Counter(looks)
    return max(zip(item.versions, looks, strict=True), key=lambda one: often[one[1]])[0]


def _counts(annotation: Annotation) -> object:
    places = tuple((span.start, span.end) for span in annotation.spans)
    said = annotation.source, annotation.stance, annotation.unattributed
    return annotation.kind, places, said, annotation.certainty


def progress(found: Sequence[Entry]) -> tuple[int, int]:
    """How many items are decided, of how many."""
    return sum(entry.decided for entry in found), len(found)
