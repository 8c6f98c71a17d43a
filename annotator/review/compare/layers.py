"""The text as the annotators rated it, in runs: stretches over which nobody's tags change.

All that agreement by code points needs is how long the runs are in which everybody says the
same; a text of a megabyte costs what its tags cost, not what its length is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from enum import StrEnum

from annotator.core.model import Annotation, Kind
from annotator.review.compare.coefficients import Rating

Kinds = frozenset[Kind]
"""The kinds of which an annotator has tags at a place; empty where the text is untagged."""

KINDS = tuple(Kind)
_KINDS_OF = tuple(
    frozenset(kind for nth, kind in enumerate(KINDS) if bits >> nth & 1)
    for bits in range(1 << len(KINDS))
)


class Layer(StrEnum):
    """What each code point of the text is asked, and with that whether untagged text counts."""

    CLAIM = "claim"
    QUOTE = "quote"
    ATTRIBUTION = "attribution"
    ANY = "any tag"
    KINDS = "kinds"
    TAGGED = "kinds where tagged"

    @property
    def about(self) -> str:
        """What was counted, to go behind the number of code points."""
        if self is Layer.TAGGED:
            return ", each by the kinds it is tagged with; untagged text does not count"
        if self is Layer.KINDS:
            return ", each by the kinds it is tagged with; untagged text counts as a kind"
        what = "any tag" if self is Layer.ANY else self.value
        return f", each in or out of {_article(what)}; untagged text counts as out"

    def value_of(self, kinds: Kinds) -> Hashable | None:
        """What an annotator says of a code point who has tags of these kinds there."""
        if self is Layer.ANY:
            return bool(kinds)
        if self is Layer.KINDS:
            return kinds
        if self is Layer.TAGGED:
            return kinds or None
        return self.value in kinds


def _article(noun: str) -> str:
    return noun if noun.startswith("any") else f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def runs(length: int, taggings: Mapping[str, Iterable[Annotation]]) -> Counter[Rating]:
    """How many code points the annotators, in their order, tagged with which `Kinds`.

    O(n log n) in the number of spans.
    """
    edges = sorted(
        edge for who, one in enumerate(taggings.values()) for edge in _edges(who, one, length)
    )
    depth = [[0] * len(KINDS) for _ in taggings]
    state, former = [0] * len(taggings), 0
    found = Counter[tuple[int, ...]]()
    for position, who, kind, step in edges:
        if position > former:
            found[tuple(state)] += position - former
            former = position
        depth[who][kind] += step
        state[who] = state[who] & ~(1 << kind) | (depth[who][kind] > 0) << kind
    if length > former:
        found[tuple(state)] += length - former
    return Counter({tuple(_KINDS_OF[bits] for bits in key): n for key, n in found.items()})


def _edges(
    who: int, annotations: Iterable[Annotation], length: int
) -> Iterable[tuple[int, int, int, int]]:
    for annotation in annotations:
        kind = KINDS.index(annotation.kind)
        for span in annotation.spans:
            yield min(span.start, length), who, kind, 1
            yield min(span.end, length), who, kind, -1


def rated(found: Mapping[Rating, int], layer: Layer) -> Counter[Rating]:
    """The runs as ratings of one layer; None where an annotator did not tag the article."""
    ratings = Counter[Rating]()
    for kinds, n in found.items():
        rating = (layer.value_of(one) if isinstance(one, frozenset) else None for one in kinds)
        ratings[tuple(rating)] += n
    return ratings
