"""Who says what: the chains of each claim and quote, and lists of them by source.

A claim or quote that no attribution covers is said by whoever says the shortest one around
it that has an attribution; a decision that it has no source comes before that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import chain as joined
from typing import NamedTuple

from annotator.core.chains.chain import chain
from annotator.core.change import Change
from annotator.core.model import Annotation, Kind, Stance, Unattributed
from annotator.core.sources import Registry
from annotator.core.tagging import Tagging

SINGLE_ORIGIN = "single origin"
"""The badge of what came to the article in steps or by several, and yet from one source."""

Chain = list[Annotation]
"""Attributions from whoever said it to whoever is nearest to the article."""


class Voice(StrEnum):
    """Who speaks in a claim or quote, in the words of the window."""

    SOURCE = "a source"
    ARTICLE = "the article itself"
    UNKNOWN = "source unknown"
    UNDECIDED = "undecided"


DECISIONS = {Unattributed.ARTICLE: Voice.ARTICLE.value, Unattributed.UNKNOWN: Voice.UNKNOWN.value}
"""How an editor's decision that there is no source is called."""


def chain_words(tagging: Tagging, registry: Registry, attribution: Annotation) -> str:
    """Who says it and through whom: "North Korea via KCNA via Yonhap"."""
    return " via ".join(registry.label(link.source) for link in chain(tagging, attribution))


def chip_words(tagging: Tagging, registry: Registry, annotation: Annotation) -> str:
    """What stands beside an annotation: its chain, or that it has no source; else nothing."""
    if annotation.kind is Kind.ATTRIBUTION:
        return chain_words(tagging, registry, annotation)
    return DECISIONS[annotation.unattributed] if annotation.unattributed else ""


class Heading(NamedTuple):
    """Who says something: ids of the source and of its relays, or a voice that has none.

    A source is None where the attribution names none.
    """

    voice: Voice
    source: str | None = None
    relays: tuple[str | None, ...] = ()

    def label(self, registry: Registry) -> str:
        """As in ``North Korea via KCNA via Yonhap``."""
        if self.voice is not Voice.SOURCE:
            return self.voice
        return " via ".join(registry.label(one) for one in (self.source, *self.relays))

    def parts(self, registry: Registry) -> tuple[str, str]:
        """The same in two: who says it, and the relays behind ("via KCNA"), if there are any."""
        whole = self.label(registry)
        if self.voice is not Voice.SOURCE:
            return whole.capitalize(), ""
        name = registry.label(self.source)
        return name, whole.removeprefix(name).strip()

    @property
    def origin(self) -> Heading:
        """The same without relays."""
        return Heading(self.voice, self.source)


class SaidEntry(NamedTuple):
    """A claim or quote in a group: ``depth`` counts those of the group that it lies in."""

    annotation: Annotation
    depth: int
    stance: Stance | None


class Group(NamedTuple):
    """What somebody says, in text order."""

    heading: Heading
    entries: tuple[SaidEntry, ...]


Said = dict[Heading, Stance | None]
"""By whom one claim or quote is said, and how they stand to it."""

_Row = tuple[Annotation, Stance | None]


def chains_of(tagging: Tagging, annotation: Annotation) -> list[Chain]:
    """The chains by which a claim or quote is said, own ones or else inherited ones.

    An attribution has its own chain alone. Empty where nobody says it.
    """
    if annotation.kind is Kind.ATTRIBUTION:
        return [chain(tagging, annotation)]
    attributions = tagging.attributions_of(annotation.id)
    if not attributions and annotation.unattributed is None:
        around = (tagging.attributions_of(outer.id) for outer in _around(tagging, annotation))
        attributions = next(filter(None, around), [])
    return [chain(tagging, attribution) for attribution in attributions]


def _around(tagging: Tagging, annotation: Annotation) -> list[Annotation]:
    """The claims and quotes that hold all of its words, shortest first."""
    return [
        outer
        for outer in tagging.covering(annotation.start)
        if outer.kind is not Kind.ATTRIBUTION
        and outer.id != annotation.id
        and _holds(outer, annotation)
    ]


def _holds(outer: Annotation, inner: Annotation) -> bool:
    return all(
        any(one.start <= span.start and span.end <= one.end for one in outer.spans)
        for span in inner.spans
    )


def nested_in(tagging: Tagging, annotation: Annotation) -> Annotation | None:
    """The shortest claim or quote around this one; on the same words, the one before it."""
    for outer in _around(tagging, annotation):
        if outer.id < annotation.id or not _holds(annotation, outer):
            return outer
    return None


def origin(chain: Sequence[Annotation]) -> str | None:
    """The id of the source in which a chain begins, None if that is not named."""
    return chain[0].source


def single_origin(tagging: Tagging, annotation: Annotation) -> str | None:
    """The id of the one source in which all that is told of a claim or quote begins.

    None where its chains begin in several, and where there is but one chain without relays.
    """
    chains = chains_of(tagging, annotation)
    origins = {origin(one) for one in chains}
    told_again = len(chains) > 1 or any(len(one) > 1 for one in chains)
    return origins.pop() if told_again and len(origins) == 1 else None


_VOICES = {
    None: Voice.UNDECIDED,
    Unattributed.ARTICLE: Voice.ARTICLE,
    Unattributed.UNKNOWN: Voice.UNKNOWN,
}


def said_by(tagging: Tagging, annotation: Annotation) -> Said:
    """Everybody who says a claim or quote, in text order of the attributions; never empty."""
    said: Said = {}
    for one in chains_of(tagging, annotation):
        relays = tuple(link.source for link in one[1:])
        heading = Heading(Voice.SOURCE, origin(one), relays)
        said[heading] = said.get(heading) or one[0].stance
    return said or {Heading(_VOICES[annotation.unattributed]): None}


def by_source(tagging: Tagging) -> list[Group]:
    """The claims and quotes by chain: ``North Korea via KCNA`` is another group than KCNA.

    Groups are in text order, those without a source last.
    """
    groups: dict[Heading, list[_Row]] = {}
    for annotation in tagging:
        if annotation.kind is not Kind.ATTRIBUTION:
            for heading, stance in said_by(tagging, annotation).items():
                groups.setdefault(heading, []).append((annotation, stance))
    voices = list(Voice)
    ordered = sorted(groups, key=lambda heading: voices.index(heading.voice))
    return [Group(one, _entries(tagging, groups[one])) for one in ordered]


def _entries(tagging: Tagging, rows: Iterable[_Row]) -> tuple[SaidEntry, ...]:
    """The rows of a group, which are in text order, so that an outer one comes before its inner."""
    depths: dict[str, int] = {}
    entries = []
    for annotation, stance in rows:
        outer = nested_in(tagging, annotation)
        while outer and outer.id not in depths:
            outer = nested_in(tagging, outer)
        depths[annotation.id] = depth = depths[outer.id] + 1 if outer else 0
        entries.append(SaidEntry(annotation, depth, stance))
    return tuple(entries)


def touched_by(change: Change, tagging: Tagging) -> frozenset[str]:
    """The ids of the claims and quotes of which the change may have altered who says them.

    ``tagging`` is as the change left it; what the change deleted is among the ids.
    """
    changed = (*change.before, *change.after)
    attributions = reached_through(changed, tagging)
    content = {i for one in attributions for i in one.content}
    covered = [found for i in content if (found := tagging.get(i))]
    said = [one for one in (*changed, *covered) if one.kind is not Kind.ATTRIBUTION]
    within = joined.from_iterable(tagging.between(one.start, one.end) for one in said)
    inner = (one.id for one in within if one.kind is not Kind.ATTRIBUTION)
    return frozenset((*(one.id for one in said), *inner))


def reached_through(changed: Iterable[Annotation], tagging: Tagging) -> list[Annotation]:
    """The attributions among these, and all that reach the article through one of them."""
    found = [one for one in changed if one.kind is Kind.ATTRIBUTION]
    seen = {one.id for one in found}
    for one in found:
        behind = [a for a in tagging.referrers(one.id) if a.via == one.id and a.id not in seen]
        seen.update(a.id for a in behind)
        found += behind
    return found
