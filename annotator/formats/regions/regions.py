"""Tagging as other tools see it: labelled regions of one span each, and relations of two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from enum import StrEnum

from annotator.core.chains.chain import MOST_LINKS, too_long
from annotator.core.model import (
    Annotation,
    ArticleRef,
    Certainty,
    Document,
    Kind,
    Span,
    Stance,
    Unattributed,
    text_order,
)
from annotator.core.sources import Source
from annotator.core.text.article import Article
from annotator.formats.foreign_json import Unexpected
from annotator.formats.format import Imported, Left, Tagged
from annotator.formats.input import ID, stable_id
from annotator.formats.tables.rows import left_by_rows

Leave = Callable[[str, str], object]
"""Told ``what`` could not be taken, and the reason."""

PARTS = ("mention", "cue")
"""Labels of regions that are a part of an attribution."""

VALUES: dict[str, type[StrEnum]] = {
    "stance": Stance,
    "certainty": Certainty,
    "unattributed": Unattributed,
}


@dataclass(frozen=True)
class Region:
    """A labelled span: a kind of annotation, or one of `PARTS`.

    ``values`` has what else is said of it: source, stance, certainty, unattributed, note.
    """

    id: str
    label: str
    span: Span
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Relation:
    """From an attribution to its ``content``, to what it comes ``via``, or to its parts.

    A ``fragment`` leads from the first span of an annotation to a further one.
    """

    type: str
    start: str
    end: str


def regions_of(document: Document) -> Iterator[Region]:
    """The spans of all annotations, in text order; further ones have a number in their id."""
    for one in document.annotations:
        for nth, span in enumerate(one.spans, 1):
            values = _values(one) if nth == 1 else {}
            yield Region(one.id if nth == 1 else f"{one.id}.{nth}", one.kind, span, values)
        for label, spans in zip(PARTS, (one.mention, one.cue), strict=True):
            for nth, span in enumerate(spans, 1):
                yield Region(f"{one.id}.{label}{nth}", label, span)


def relations_of(document: Document) -> Iterator[Relation]:
    """How the regions belong together."""
    for one in document.annotations:
        for nth in range(2, len(one.spans) + 1):
            yield Relation("fragment", one.id, f"{one.id}.{nth}")
        for label, spans in zip(PARTS, (one.mention, one.cue), strict=True):
            for nth in range(1, len(spans) + 1):
                yield Relation(label, one.id, f"{one.id}.{label}{nth}")
    there = _ids_of(document)
    yield from (link for link in _links(document) if link.end in there)


def left_by_regions(tagged: Tagged) -> Iterator[Left]:
    """What regions and relations cannot say."""
    yield from left_by_rows(tagged)
    there = _ids_of(tagged.document)
    for link in _links(tagged.document):
        if link.end not in there:
            yield Left(tagged.name, None, "link to nowhere", "a relation has two ends")


def _links(document: Document) -> Iterator[Relation]:
    for one in document.annotations:
        yield from (Relation("content", one.id, target) for target in one.content)
        if one.via:
            yield Relation("via", one.id, one.via)


def _ids_of(document: Document) -> frozenset[str]:
    return frozenset(one.id for one in document.annotations)


def _values(one: Annotation) -> dict[str, str]:
    told = {
        "source": one.source,
        "stance": one.stance,
        "certainty": one.certainty,
        "unattributed": one.unattributed,
        "note": one.note,
    }
    return {key: str(value) for key, value in told.items() if value}


@dataclass
class RegionDocument:
    """One article's tagging while it is read: the file, a line or None, and what was left."""

    file: str
    line: int | None
    article: Article
    left: list[Left] = field(default_factory=list)

    def leave(self, what: str, reason: str) -> None:
        """Note down what could not be taken."""
        self.left.append(Left(self.file, self.line, what, reason))

    @contextmanager
    def leaving(self, what: str) -> Iterator[None]:
        """Leave what is read in the meantime, where it is of another type than asked for."""
        try:
            yield
        except Unexpected as error:
            self.leave(what, str(error))

    def imported(
        self,
        name: str,
        annotator: str,
        language: str | None,
        regions: Iterable[Region],
        relations: Iterable[Relation],
    ) -> Imported:
        """The tagging that regions and relations make up; its sources are known by id only."""
        found = annotations_of(self.article, regions, relations, self.leave)
        length = len(self.article.text)
        ref = ArticleRef(file="", sha256=self.article.sha256, length=length, language=language)
        tags = tuple(sorted(found, key=text_order))
        ids = dict.fromkeys(one.source for one in tags if one.source)
        return Imported(
            name,
            self.article,
            Document(article=ref, annotator=annotator, annotations=tags),
            tuple(Source(id=one, name=one) for one in ids),
            tuple(self.left),
        )


def in_order(regions: Iterable[Region], relations: Iterable[Relation]) -> list[Relation]:
    """The relations by the place of what they lead to: outer before inner, then by id."""
    place = {one.id: (one.span.start, -one.span.end, one.id) for one in regions}
    nowhere = (0, 0, "")
    return sorted(relations, key=lambda one: (place.get(one.end, nowhere), one.type))


def annotations_of(
    article: Article, regions: Iterable[Region], relations: Iterable[Relation], leave: Leave
) -> tuple[Annotation, ...]:
    """The annotations that regions and relations make up; the rest is left, with its reason.

    Links that would make the tagging unsound are left too: to nowhere, of the wrong kind,
    around in a circle, in chains that are too long, and content of what is decided to have no
    source.
    """
    by_id = {region.id: region for region in regions}
    links, parts = _sorted_out(by_id, relations, leave)
    firsts = _firsts(by_id, parts, leave)
    ids = _ids(article, firsts)
    made = {one.id: _annotation(by_id, one, parts[one.id], ids[one.id], leave) for one in firsts}
    linked = _RegionLinks(made)
    for link in links:
        if why := linked.add(link):
            leave(f"relation {link.type}", why)
    return linked.made(leave)


_Parts = Mapping[str, list[tuple[str, str]]]
"""The parts of a region: their type ("fragment", "cue") and their id."""


def _sorted_out(
    by_id: Mapping[str, Region], relations: Iterable[Relation], leave: Leave
) -> tuple[list[Relation], _Parts]:
    links: list[Relation] = []
    parts: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for one in relations:
        if one.start not in by_id or one.end not in by_id:
            leave(f"relation {one.type}", "one of its ends is not there")
        elif one.type in ("content", "via"):
            links.append(one)
        elif one.type in (*PARTS, "fragment"):
            parts[one.start].append((one.type, one.end))
        else:
            leave(f"relation {one.type}", "we have no such link")
    return links, parts


def _firsts(by_id: Mapping[str, Region], parts: _Parts, leave: Leave) -> list[Region]:
    """The regions that begin an annotation; a part that belongs to none is left."""
    belonging = {part for owned in parts.values() for _, part in owned}
    for region in by_id.values():
        if region.label in PARTS and region.id not in belonging:
            leave(f"{region.label} “{region.span.exact:.40}”", "it belongs to no attribution")
    kinds = list(Kind)
    return [r for r in by_id.values() if r.label in kinds and r.id not in belonging]


def _ids(article: Article, firsts: Iterable[Region]) -> dict[str, str]:
    """Our ids by theirs: kept where they are ours already."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for one in firsts:
        kind = Kind(one.label)
        ours = ID.fullmatch(one.id) and one.id[0] == kind[0] and one.id not in taken
        found[one.id] = one.id if ours else stable_id(kind, article, one.id, taken)
        taken.add(found[one.id])
    return found


def _annotation(
    by_id: Mapping[str, Region],
    region: Region,
    parts: list[tuple[str, str]],
    annotation_id: str,
    leave: Leave,
) -> Annotation:
    spans = {"fragment": [region.span], "mention": [], "cue": []}
    for part, theirs in parts:
        spans[part].append(by_id[theirs].span)
    fragments = _apart(spans["fragment"])
    bare = Annotation(id=annotation_id, kind=Kind(region.label), spans=fragments)
    if bare.kind is not Kind.ATTRIBUTION:
        for part in PARTS:
            for span in spans[part]:
                leave(f"{part} “{span.exact:.40}”", f"a {bare.kind} has none")
        return _with_values(bare, region.values, leave)
    mention, cue = (_inside(bare, part, spans[part], leave) for part in PARTS)
    return _with_values(replace(bare, mention=mention, cue=cue), region.values, leave)


def _apart(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans in text order, without those that another one overlaps."""
    found: list[Span] = []
    for span in sorted(spans):
        if not found or found[-1].end <= span.start:
            found.append(span)
    return tuple(found)


def _inside(
    annotation: Annotation, part: str, spans: Iterable[Span], leave: Leave
) -> tuple[Span, ...]:
    found = []
    for span in _apart(spans):
        if annotation.start <= span.start and span.end <= annotation.end:
            found.append(Span(span.start, span.end, span.exact))
        else:
            leave(f"{part} “{span.exact:.40}”", "it lies outside its attribution")
    return tuple(found)


def _with_values(annotation: Annotation, values: Mapping[str, str], leave: Leave) -> Annotation:
    taken: dict[str, object] = {}
    for key, value in values.items():
        if not _may_have(annotation.kind, key) or not _is_one(key, value):
            leave(f"{key} {value:.40}", f"a {annotation.kind} has no such value")
        else:
            taken[key] = VALUES[key](value) if key in VALUES else value
    return replace(annotation, **taken)  # type: ignore[arg-type]


def _may_have(kind: Kind, key: str) -> bool:
    if key in ("certainty", "note"):
        return True
    return key in ({"source", "stance"} if kind is Kind.ATTRIBUTION else {"unattributed"})


def _is_one(key: str, value: str) -> bool:
    return bool(value) and (key not in VALUES or value in list(VALUES[key]))


class _RegionLinks:
    """The links of annotations that are being made, by the ids of their first regions."""

    def __init__(self, made: Mapping[str, Annotation]) -> None:
        self._made = made
        self._content: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._via: dict[str, str] = {}
        self._towards_article: dict[str, str] = {}

    def add(self, link: Relation) -> str | None:
        """Why the link cannot be made; None where it is."""
        holder, target = self._made.get(link.start), self._made.get(link.end)
        if holder is None or target is None:
            return "one of its ends is no annotation"
        if holder.kind is not Kind.ATTRIBUTION:
            return "only an attribution links to something"
        add = self._add_content if link.type == "content" else self._add_via
        return add(link, target)

    def _add_content(self, link: Relation, target: Annotation) -> str | None:
        if target.kind is Kind.ATTRIBUTION:
            return "the content of an attribution is claims and quotes"
        if target.unattributed:
            return "it is decided that this has no source"
        self._content[link.start][target.id] = None
        return None

    def _add_via(self, link: Relation, target: Annotation) -> str | None:
        if target.kind is not Kind.ATTRIBUTION or link.start in self._via:
            return "an attribution comes via one other attribution"
        if self._nearest(link.end) == link.start:
            return "it would close a circle"
        self._via[link.start] = self._towards_article[link.start] = link.end
        return None

    def _nearest(self, region: str) -> str:
        """The attribution through which a region's chain reaches the article."""
        passed = []
        while region in self._towards_article:
            passed.append(region)
            region = self._towards_article[region]
        self._towards_article |= dict.fromkeys(passed, region)
        return region

    def made(self, leave: Leave) -> tuple[Annotation, ...]:
        """The annotations with their links; chains are cut where they are too long."""
        for region in list(too_long({one: self._via.get(one) for one in self._made})):
            leave("relation via", f"a chain has at most {MOST_LINKS} attributions")
            del self._via[region]
        return tuple(self._linked(region, one) for region, one in self._made.items())

    def _linked(self, region: str, one: Annotation) -> Annotation:
        content, via = (
            tuple(self._content.get(region, ())),
            self._made.get(self._via.get(region, "")),
        )
        return replace(one, content=content, via=via.id if via else None)
