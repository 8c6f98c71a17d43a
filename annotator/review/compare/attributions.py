"""Where two annotators speak of the same attribution, and what they say of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from enum import StrEnum
from functools import reduce
from operator import or_
from typing import NamedTuple

from annotator.core.chains.chain import chain
from annotator.core.model import Annotation, Certainty, Kind, Stance
from annotator.core.tagging import Tagging
from annotator.review.compare.coefficients import Rating
from annotator.review.compare.matching import Item
from annotator.review.compare.pairing import Ranges, overlaps, ranges

Chain = tuple[str | None, ...]
"""Ids of sources, from whoever said it to whoever is nearest to the article."""


class Aspect(StrEnum):
    """In what an attribution of one annotator is found again with another."""

    CONTENT = "content"
    SOURCE = "source"
    CHAIN = "chain"
    CUE = "cue"

    @property
    def about(self) -> str:
        """When it counts as found."""
        return _ABOUT[self]


_ABOUT = {
    Aspect.CONTENT: "with content that overlaps",
    Aspect.SOURCE: "with content that overlaps and the same source",
    Aspect.CHAIN: "with content that overlaps and the same chain of sources",
    Aspect.CUE: "whose cue (or, without one, whole words) overlaps",
}


class Attribute(StrEnum):
    """What matched attributions are compared by."""

    SOURCE = "source"
    STANCE = "stance"
    CERTAINTY = "certainty"

    def of(self, attribution: Annotation) -> Hashable | None:
        """Its value; absent means reports and sure, while an undecided source is no rating."""
        if self is Attribute.SOURCE:
            return attribution.source
        if self is Attribute.STANCE:
            return attribution.stance or Stance.REPORTS
        return attribution.certainty or Certainty.SURE


def contents(tagging: Tagging) -> dict[str, set[str]]:
    """The ids of what each attribution covers: its content, and that of all that come via it."""
    covered = defaultdict[str, set[str]](set)
    for attribution in attributions(tagging):
        if own := {i for i in attribution.content if i in tagging}:
            for link in chain(tagging, attribution):
                covered[link.id] |= own
    return covered


def attributions(annotations: Iterable[Annotation]) -> list[Annotation]:
    """Those that are attributions."""
    return [one for one in annotations if one.kind is Kind.ATTRIBUTION]


class AttributionSide(NamedTuple):
    """One annotator's tagging, and what its attributions cover (see `contents`)."""

    tagging: Tagging
    covered: dict[str, set[str]]


def side(annotations: Iterable[Annotation]) -> AttributionSide:
    """An annotator's side of the comparison."""
    tagging = Tagging(annotations)
    return AttributionSide(tagging, contents(tagging))


def found_again(first: AttributionSide, second: AttributionSide) -> dict[Aspect, tuple[int, int]]:
    """How many attributions of ``first`` ``second`` has too, and of how many, by aspect.

    Not one to one: it is asked of each whether the other has it at all (J. Wiebe, T. Wilson,
    C. Cardie, Annotating expressions of opinions and emotions in language, Language Resources
    and Evaluation 39 (2005), 165-210, as agr). Attributions without content are asked for
    their cue only.
    """
    near = _near(first, second)
    sources = _bits(second, lambda one: one.source)
    chains = _bits(second, lambda one: sources_of(second.tagging, one))
    ours = [one for one in attributions(first.tagging) if one.id in near]
    own = [sources_of(first.tagging, one) for one in ours]
    cues = [[_reporting(a) for a in attributions(one.tagging)] for one in (first, second)]
    found = {
        Aspect.CONTENT: sum(near[one.id] != 0 for one in ours),
        Aspect.SOURCE: sum(near[a.id] & sources.get(a.source, 0) != 0 for a in ours if a.source),
        Aspect.CHAIN: sum(
            near[one.id] & chains.get(through, 0) != 0
            for one, through in zip(ours, own, strict=True)
            if None not in through
        ),
        Aspect.CUE: len({i for i, _ in overlaps(*cues)}),
    }
    return {
        aspect: (number, len(cues[0]) if aspect is Aspect.CUE else len(ours))
        for aspect, number in found.items()
    }


def _near(first: AttributionSide, second: AttributionSide) -> dict[str, int]:
    """Which of the second side's attributions cover what each one of the first covers too.

    They are the bits of a number, in the order of ``second.covered``: where all overlaps, lists
    of them would be as long as all pairs.
    """
    speaking = defaultdict[str, int](int)
    for nth, ids in enumerate(second.covered.values()):
        for content in ids:
            speaking[content] |= 1 << nth
    ours, theirs = _said(first), _said(second)
    near = defaultdict[str, int](int)
    for i, j in overlaps(*([ranges(one) for one in side] for side in (ours, theirs))):
        near[ours[i].id] |= speaking[theirs[j].id]
    return {one: reduce(or_, (near[i] for i in ids)) for one, ids in first.covered.items()}


def _said(side: AttributionSide) -> list[Annotation]:
    """The claims and quotes that its attributions cover."""
    covered = set[str]().union(*side.covered.values())
    return [one for one in side.tagging if one.id in covered]


def _bits(side: AttributionSide, value_of: Callable[[Annotation], Hashable]) -> dict[Hashable, int]:
    """Which of a side's attributions have a value, as the bits of `_near`."""
    place = {one: nth for nth, one in enumerate(side.covered)}
    found = defaultdict[Hashable, int](int)
    for one in attributions(side.tagging):
        if one.id in place:
            found[value_of(one)] |= 1 << place[one.id]
    return found


def sources_of(tagging: Tagging, attribution: Annotation) -> Chain:
    """The sources through whom it reaches the article, its own first."""
    return tuple(link.source for link in chain(tagging, attribution))


def _reporting(attribution: Annotation) -> Ranges:
    cue = tuple((span.start, span.end) for span in attribution.cue)
    return cue or ranges(attribution)


def attribute_ratings(
    annotators: Sequence[str], items: Iterable[Item]
) -> dict[Attribute, Counter[Rating]]:
    """What the annotators say of each thing that two or more of them have as an attribution."""
    ratings = {attribute: Counter[Rating]() for attribute in Attribute}
    for item in items:
        versions = {version.annotator: version.annotation for version in item.versions}
        ours = {w: a for w, a in versions.items() if a.kind is Kind.ATTRIBUTION}
        if len(ours) > 1:
            for attribute, found in ratings.items():
                found[tuple(attribute.of(ours[w]) if w in ours else None for w in annotators)] += 1
    return ratings
