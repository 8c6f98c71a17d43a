"""The provenance of an article as a graph: what is said, who says so, and through whom.

It is drawn in the order in which chains are spoken, "North Korea via KCNA via Yonhap", which is
the way the words travelled: claims and quotes lead to their origin, the origin to its relays,
and the last of these to the article. A source stands in it once, however often it is named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import groupby, pairwise
from typing import NamedTuple

from annotator.core.chains.who_says import Chain, Voice, chains_of
from annotator.core.display_text import count
from annotator.core.model import Annotation, Kind, Unattributed
from annotator.core.sources import Registry, SourceColour
from annotator.core.tagging import Tagging

MOST_LEAVES = 24
"""Claims and quotes that are still shown one by one: what a screen holds in a column."""

MOST_CHAINS = 24
"""Chains that still have claims and quotes counted beside them, for the same reason."""


class Shape(StrEnum):
    """What a node stands for."""

    CLAIM = "claim"
    QUOTE = "quote"
    FOLDED = "claims and quotes"
    SOURCE = "source"
    UNATTRIBUTED = "unattributed"
    OPEN = "not decided"
    ARTICLE = "article"


class Fold(StrEnum):
    """How claims and quotes are shown: each one, counted by chain, or counted by origin."""

    EACH = "one by one"
    CHAINS = "counted by chain"
    SOURCES = "counted by source"


class Key(NamedTuple):
    """What makes a node the one it is: its shape, and an id or a name."""

    shape: Shape
    name: str = ""


Way = tuple[Key, ...]
"""Nodes in the order in which words passed them."""

ARTICLE = Key(Shape.ARTICLE)
NO_SOURCE = Key(Shape.OPEN, Registry().label(None))
VOICES = {
    Unattributed.ARTICLE: Key(Shape.UNATTRIBUTED, Voice.ARTICLE),
    Unattributed.UNKNOWN: Key(Shape.UNATTRIBUTED, Voice.UNKNOWN),
    None: Key(Shape.OPEN, Voice.UNDECIDED),
}


@dataclass(frozen=True, slots=True)
class Node:
    """A box of the picture: its words, a quieter second line, and whose annotations it shows.

    ``ids`` are in text order; ``colour`` is that of a source which has one.
    """

    key: Key
    label: str
    detail: str
    ids: tuple[str, ...]
    colour: SourceColour | None = None


class ProvenanceStep(NamedTuple):
    """The way from one node to the next, and how many attributions are this very step."""

    start: Key
    end: Key
    times: int


@dataclass(frozen=True)
class Provenance:
    """The graph; ``ways`` are all ways through it, each to the article."""

    nodes: tuple[Node, ...]
    steps: tuple[ProvenanceStep, ...]
    ways: tuple[Way, ...]
    fold: Fold

    @cached_property
    def key_of(self) -> dict[str, Key]:
        """The node that shows an annotation, by the annotation's id."""
        return {i: node.key for node in self.nodes for i in node.ids}

    def ids_behind(self, key: Key) -> tuple[str, ...]:
        """The annotations that a node shows; if none, those whose way leads through it."""
        own = {node.key: node.ids for node in self.nodes}
        behind = (i for way in self.ways if key in way for i in own[way[0]])
        return own[key] or tuple(dict.fromkeys(behind))

    def through(self, key: Key) -> tuple[frozenset[Key], frozenset[tuple[Key, Key]]]:
        """All nodes, and all steps as (start, end), on the ways through a node."""
        ways = [way for way in self.ways if key in way]
        steps = (step for way in ways for step in pairwise(way))
        return frozenset(one for way in ways for one in way), frozenset(steps)


def provenance(tagging: Tagging, registry: Registry, fold: Fold | None = None) -> Provenance:
    """The graph of a tagging; without ``fold``, folded as far as it must be to stay readable."""
    chains = {annotation.id: chains_of(tagging, annotation) for annotation in tagging}
    said = [annotation for annotation in tagging if annotation.kind is not Kind.ATTRIBUTION]
    fold = fold or _readable(said, chains)
    shown: dict[Key, dict[str, Annotation]] = {}
    ways: dict[Key, dict[Way, None]] = {}
    for annotation in tagging:
        for way in _ways(annotation, chains[annotation.id], fold):
            shown |= {key: {} for key in way if key not in shown}
            shown[way[0]][annotation.id] = annotation
            ways.setdefault(way[0], {})[way] = None
    shown[ARTICLE] = {annotation.id: annotation for annotation in said}
    nodes = [
        Node(
            key,
            _label(key, found, registry),
            _detail(key, found, ways.get(key, ()), chains, registry),
            tuple(found) if key != ARTICLE else (),
            registry.colour(key.name) if key.shape is Shape.SOURCE else None,
        )
        for key, found in shown.items()
    ]
    every = tuple(way for found in ways.values() for way in found)
    return Provenance(tuple(nodes), _steps(every, chains), every, fold)


def counted(annotations: Iterable[Annotation]) -> str:
    """How many claims and quotes there are, as in ``5 claims · 1 quote``."""
    kinds = Counter(annotation.kind for annotation in annotations)
    said = [(kinds[kind], kind) for kind in (Kind.CLAIM, Kind.QUOTE) if kinds[kind]]
    return " · ".join(count(number, kind) for number, kind in said)


Chains = Mapping[str, list[Chain]]
"""The chains of each annotation, by its id."""


def _readable(said: list[Annotation], chains: Chains) -> Fold:
    if len(said) <= MOST_LEAVES:
        return Fold.EACH
    tails = {tail for annotation in said for tail in _tails(annotation, chains[annotation.id])}
    return Fold.CHAINS if len(tails) <= MOST_CHAINS else Fold.SOURCES


def _tails(annotation: Annotation, chains: list[Chain]) -> list[Way]:
    """The ways from whoever says something to the article."""
    if not chains:
        return [(VOICES[annotation.unattributed], ARTICLE)]
    # Of KCNA via KCNA, as of two attributions to one source, the picture shows one.
    return [(*(key for key, _ in groupby(map(_source, chain))), ARTICLE) for chain in chains]


def _source(attribution: Annotation) -> Key:
    return Key(Shape.SOURCE, attribution.source) if attribution.source else NO_SOURCE


def _ways(annotation: Annotation, chains: list[Chain], fold: Fold) -> list[Way]:
    tails = _tails(annotation, chains)
    if annotation.kind is Kind.ATTRIBUTION or fold is Fold.SOURCES:
        return tails
    if fold is Fold.EACH:
        shape = Shape.CLAIM if annotation.kind is Kind.CLAIM else Shape.QUOTE
        return [(Key(shape, annotation.id), *tail) for tail in tails]
    return [(Key(Shape.FOLDED, " ".join(map("/".join, tail))), *tail) for tail in tails]


def _steps(ways: Iterable[Way], chains: Chains) -> tuple[ProvenanceStep, ...]:
    steps = Counter({step: 0 for way in ways for step in pairwise(way)})
    own = {chain[0].id: chain for found in chains.values() for chain in found}
    for chain in own.values():
        here, there = _source(chain[0]), _source(chain[1]) if chain[1:] else ARTICLE
        steps.update([(here, there)] if here != there else [])
    return tuple(ProvenanceStep(*ends, times) for ends, times in steps.items())


def _label(key: Key, shown: Mapping[str, Annotation], registry: Registry) -> str:
    match key.shape:
        case Shape.CLAIM | Shape.QUOTE:
            return " ".join(shown[key.name].words.split())
        case Shape.FOLDED:
            return counted(shown.values())
        case Shape.SOURCE:
            return registry.label(key.name)
        case Shape.ARTICLE:
            return "this article"
    return key.name


def _detail(
    key: Key,
    shown: Mapping[str, Annotation],
    ways: Iterable[Way],
    chains: Chains,
    registry: Registry,
) -> str:
    """What is said of a node more quietly: stance and relays, or what kind of source it is."""
    if key.shape in (Shape.CLAIM, Shape.QUOTE, Shape.FOLDED):
        stances = [chain[0].stance for chain in chains.get(key.name, ()) if chain[0].stance]
        relays = ("".join(f"via {_name(one, registry)} " for one in way[2:-1]) for way in ways)
        parts = (*stances, *map(str.strip, relays))
    elif any(annotation.kind is not Kind.ATTRIBUTION for annotation in shown.values()):
        return counted(shown.values())
    else:
        source = registry.by_id.get(key.name)
        named = "" if source is None or source.named else "unnamed"
        parts = (source.kind, source.country or "", named) if source else ()
    return " · ".join(dict.fromkeys(filter(None, parts)))


def _name(key: Key, registry: Registry) -> str:
    return registry.label(key.name) if key.shape is Shape.SOURCE else key.name
