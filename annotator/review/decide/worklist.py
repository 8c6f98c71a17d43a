"""The reviewer's list: items with how far they are, and the version that is proposed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotator.core.model import Annotation
from annotator.core.sources import Registry
from annotator.review.compare.differences import Compared, Difference
from annotator.review.compare.matching import Item, Version
from annotator.review.decide.review import Review, Reviewed
from annotator.review.decide.state import ItemState, state_of


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of the work, as it stands in the list.

    ``agreed`` is the id of the agreed annotation that came of it, ``reason`` why it was so
    decided, ``proposed`` the version that the reviewer accepts where no other one is named;
    ``addresses`` are the versions' names across files.
    """

    compared: Compared
    addresses: tuple[str, ...]
    state: ItemState
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
        return self.state is ItemState.DECIDED

    @property
    def sources(self) -> frozenset[str]:
        """The ids of the sources that its versions name."""
        return frozenset(v.annotation.source for v in self.item.versions if v.annotation.source)

    def version_of(self, annotator: str) -> Version | None:
        """An annotator's version, if there is one."""
        return next((one for one in self.item.versions if one.annotator == annotator), None)


@dataclass(frozen=True, slots=True)
class WorklistFilter:
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
    """All items of an article, compared once; a decision costs what it touches."""

    def __init__(self, reviewed: Reviewed, registry: Registry) -> None:
        self._number_of = reviewed.number_of
        self.compared = reviewed.compared(registry)
        self._fixed = [_fixed(item) for item in reviewed.items]
        self.entries: tuple[Entry, ...] = ()

    def begin(self, review: Review) -> None:
        """Look how far each item is."""
        self.entries = tuple(self._entry(review, number) for number in range(len(self.compared)))

    def follow(self, review: Review, decided: Iterable[str]) -> None:
        """Look again how far those items are of which versions (addresses) were decided on."""
        numbers = {number for of in decided if (number := self._number_of.get(of)) is not None}
        found = list(self.entries)
        for number in numbers:
            found[number] = self._entry(review, number)
        self.entries = tuple(found)

    def entry_of(self, of: str) -> Entry | None:
        """The item of the version at an address."""
        number = self._number_of.get(of)
        return None if number is None else self.entries[number]

    def _entry(self, review: Review, number: int) -> Entry:
        compared, (addresses, version) = self.compared[number], self._fixed[number]
        item = compared.item
        reasons = (decision.reason for decision in review.decisions(item))
        reason = next(filter(None, reasons), None)
        state, agreed = state_of(review, item), review.agreed(item)
        return Entry(compared, addresses, state, version, agreed, reason)


def _fixed(item: Item) -> tuple[tuple[str, ...], Version]:
    """What no decision changes about an item: its addresses, and what is proposed."""
    return tuple(version.address for version in item.versions), proposed(item)


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
