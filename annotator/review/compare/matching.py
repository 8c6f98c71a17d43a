"""Which annotations of several annotators are versions of one thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from annotator.core.model import Annotation, address
from annotator.review.compare.assignment import assign

_FINE = 1_000_000
"""Overlap is counted in millionths: sums of integers have no rounding that order could change."""

_SAME, _OTHER_SOURCE, _OTHER_KIND = 6, 4, 3
"""What an overlap weighs. The same source makes up for a good deal of other words."""


@dataclass(frozen=True, slots=True)
class Version:
    """One annotator's version of an item."""

    annotator: str
    annotation: Annotation

    @property
    def address(self) -> str:
        """Its name across files, as in ``anna#c-8r3tdw``."""
        return address(self.annotator, self.annotation.id)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that annotators tagged: at most one version of each, in the annotators' order."""

    versions: tuple[Version, ...]

    @property
    def start(self) -> int:
        """The first code point of any version."""
        return min(version.annotation.start for version in self.versions)

    @property
    def end(self) -> int:
        """One past the last code point of any version."""
        return max(version.annotation.end for version in self.versions)

    def of(self, annotator: str) -> Annotation | None:
        """An annotator's version, if there is one."""
        return next((v.annotation for v in self.versions if v.annotator == annotator), None)


def match(taggings: Mapping[str, Iterable[Annotation]]) -> tuple[Item, ...]:
    """The items of an article that annotators tagged, in text order; every annotation is in one.

    Two annotations can be versions of one item where they share words: of the same kind any, of
    different kinds at least half of all the words they have. The sum of `overlap_weight` over
    all pairs within items is the greatest possible for two annotators. For more that cannot be
    had in sensible time; then it is such that no annotator's annotations could be given to the
    items better. The order in which annotators are given changes the order of versions alone.
    """
    names = sorted(taggings)
    pool = [Version(name, one) for name in names for one in taggings[name]]
    own = {name: [nth for nth, v in enumerate(pool) if v.annotator == name] for name in names}
    item_of = _improved(own, _neighbours(pool))
    rank = {name: nth for nth, name in enumerate(taggings)}
    together = defaultdict[int, list[Version]](list)
    for version, item in zip(pool, item_of, strict=True):
        together[item].append(version)
    found = (sorted(one, key=lambda v: rank[v.annotator]) for one in together.values())
    return tuple(sorted((Item(tuple(one)) for one in found), key=_text_order))


def _text_order(item: Item) -> tuple[int, int, list[str]]:
    return item.start, -item.end, sorted(version.address for version in item.versions)


def overlap_weight(one: Annotation, other: Annotation) -> int:
    """How much speaks for two annotations being versions of one item; 0 where they are not.

    Six millionths for each millionth of their overlap (intersection over union of their code
    points) if they are of one kind and source, four if of one kind, three otherwise.
    """
    shared = _shared(one, other)
    union = _length(one) + _length(other) - shared
    if one.kind is not other.kind:
        return _OTHER_KIND * _FINE * shared // union if 2 * shared >= union else 0
    factor = _SAME if one.source == other.source else _OTHER_SOURCE
    # A copied file has the ids of the original: where all else is equal, they decide.
    return factor * _FINE * shared // union + (shared > 0 and one.id == other.id)


def _shared(one: Annotation, other: Annotation) -> int:
    """The code points that both have."""
    return sum(
        max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one.spans for b in other.spans
    )


def _length(annotation: Annotation) -> int:
    return sum(span.end - span.start for span in annotation.spans)


_Neighbours = list[dict[int, int]]
"""Of each annotation those of others that it may be matched with, and their weights."""


def _neighbours(pool: Sequence[Version]) -> _Neighbours:
    found: _Neighbours = [{} for _ in pool]
    for one, other in _overlapping(pool):
        weight = overlap_weight(pool[one].annotation, pool[other].annotation)
        if weight:
            found[one][other] = found[other][one] = weight
    return found


def _overlapping(pool: Sequence[Version]) -> Iterator[tuple[int, int]]:
    """The pairs of different annotators that overlap from end to end, by a sweep over the text."""
    order = sorted(range(len(pool)), key=lambda nth: pool[nth].annotation.start)
    here: list[int] = []
    for nth in order:
        version = pool[nth]
        here = [other for other in here if pool[other].annotation.end > version.annotation.start]
        yield from ((nth, o) for o in here if pool[o].annotator != version.annotator)
        here.append(nth)


def _improved(own: Mapping[str, Sequence[int]], neighbours: _Neighbours) -> list[int]:
    """The item of each annotation: one annotator after the other is put in, then put in better."""
    item_of = [-1] * len(neighbours)
    fresh = count()
    while sum(_put_in(one, neighbours, item_of, fresh) for one in own.values()) and len(own) > 2:
        pass
    return item_of


def _put_in(
    versions: Sequence[int], neighbours: _Neighbours, item_of: list[int], fresh: Iterator[int]
) -> int:
    """Give the annotations of one annotator to the items of the others; returns what is gained."""
    rows = [_by_item(neighbours[version], item_of) for version in versions]
    before = sum(row.get(item_of[v], 0) for v, row in zip(versions, rows, strict=True))
    chosen = assign(rows)
    for nth, version in enumerate(versions):
        item_of[version] = chosen[nth] if nth in chosen else next(fresh)
    return sum(rows[nth][item] for nth, item in chosen.items()) - before


def _by_item(weights: Mapping[int, int], item_of: Sequence[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for other, weight in weights.items():
        item = item_of[other]
        if item >= 0:
            found[item] = found.get(item, 0) + weight
    return found
