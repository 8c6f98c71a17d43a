"""Where two annotators speak of the same attribution, and what they say of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from enum import StrEnum
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


def contents(tagging: Tagging) -> dict[str, Ranges]:
    """The words that each attribution covers: its content, and that of all that come via it."""
    covered = defaultdict[str, dict[str, Annotation]](dict)
    for attribution in attributions(tagging):
        own = {i: said for i in attribution.content if (said := tagging.get(i))}
        if own:
            for link in chain(tagging, attribution):
                covered[link.id].update(own)
    return {name: joined(said.values()) for name, said in covered.items()}


def joined(annotations: Iterable[Annotation]) -> Ranges:
    """Where they lie taken together, without overlaps."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(one for annotation in annotations for one in ranges(annotation)):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def attributions(annotations: Iterable[Annotation]) -> list[Annotation]:
    """Those that are attributions."""
    return [one for one in annotations if one.kind is Kind.ATTRIBUTION]


class AttributionSide(NamedTuple):
    """One annotator's tagging, and what its attributions cover (see `contents`)."""

    tagging: Tagging
    covered: dict[str, Ranges]


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
    near = _by_content(first, second)
    sources = sum(any(o.source == a.source is not None for o in others) for a, others in near)
    own, other = (
        {a.id: sources_of(one.tagging, a) for a in attributions(one.tagging)}
        for one in (first, second)
    )
    chains = sum(
        None not in own[a.id] and any(own[a.id] == other[o.id] for o in others)
        for a, others in near
    )
    cues = [[_reporting(a) for a in attributions(one.tagging)] for one in (first, second)]
    with_cue = {i for i, _ in overlaps(*cues)}
    return {
        Aspect.CONTENT: (sum(bool(others) for _, others in near), len(near)),
        Aspect.SOURCE: (sources, len(near)),
        Aspect.CHAIN: (chains, len(near)),
        Aspect.CUE: (len(with_cue), len(cues[0])),
    }


def _by_content(
    first: AttributionSide, second: AttributionSide
) -> list[tuple[Annotation, list[Annotation]]]:
    """Each attribution of ``first`` with content, and those of ``second`` with the same."""
    ours, theirs = (
        [a for a in attributions(one.tagging) if a.id in one.covered] for one in (first, second)
    )
    others = defaultdict[int, list[Annotation]](list)
    covered = [first.covered[a.id] for a in ours], [second.covered[a.id] for a in theirs]
    for i, j in overlaps(*covered):
        others[i].append(theirs[j])
    return [(a, others[i]) for i, a in enumerate(ours)]


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
