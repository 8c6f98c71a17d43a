"""How much each source says, over many annotation files."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from annotator.core.chains.who_says import chains_of
from annotator.core.display_text import escaped
from annotator.core.model import Annotation, Document, Kind
from annotator.core.tagging import Tagging
from annotator.storage.disk.contents import real
from annotator.storage.disk.refusals import refusals_told
from annotator.storage.files.annotation_file import parse_document
from annotator.storage.files.places import article_path, read_bytes
from annotator.storage.shipped.sample_sources import RegistryOf, registries
from annotator.storage.spreadsheet import csv_lines

_KEPT = 16

NOT_KNOWN = "not in sources.yaml"


class SourceUse(NamedTuple):
    """What a source says in some files.

    ``claims`` and ``quotes`` count those with the source anywhere in a chain, ``origin`` those
    of both that begin with it, ``relay`` those that came through it; one may do either.
    ``articles`` are those in which it is named. ``name`` is None where the registry of the
    articles does not know the id.
    """

    source: str
    name: str | None
    claims: int
    quotes: int
    origin: int
    relay: int
    articles: int


@dataclass
class _Tally:
    """What was seen of a source; claims and quotes by file and id."""

    name: str | None = None
    said: dict[tuple[Path, str], Kind] = field(default_factory=dict)
    origin: set[tuple[Path, str]] = field(default_factory=set)
    relay: set[tuple[Path, str]] = field(default_factory=set)
    articles: set[Path] = field(default_factory=set)


@refusals_told("read")
def count_sources(files: Iterable[Path]) -> list[SourceUse]:
    """How much each source says in annotation files, the most used one first.

    Each annotator's tagging counts by itself; an article tagged by two is one article.
    Raises `FormatError` or `StorageError` for the first file that cannot be read.
    """
    tallies: defaultdict[str, _Tally] = defaultdict(_Tally)
    registry_of = registries(_KEPT)
    for file in files:
        _count(file, tallies, registry_of)
    uses = (_use(source, tally) for source, tally in tallies.items())
    return sorted(uses, key=lambda use: (-use.claims - use.quotes, -use.articles, use.source))


def _count(file: Path, tallies: defaultdict[str, _Tally], registry_of: RegistryOf) -> None:
    document, here = parse_document(read_bytes(file), str(file)), real(file)
    article = real(article_path(file, document.article.file))
    known = registry_of(article.parent, [document]).by_id
    for attribution in _named(document):
        tally = tallies[attribution.source or ""]
        tally.articles.add(article)
        source = known.get(attribution.source or "")
        tally.name = tally.name or (source.name if source else None)
    for annotation, sources in _said(document):
        one = here, annotation.id
        for nth, source_id in sources:
            tally = tallies[source_id]
            tally.said[one] = annotation.kind
            (tally.relay if nth else tally.origin).add(one)


def _named(document: Document) -> Iterator[Annotation]:
    return (one for one in document.annotations if one.source)


def _said(document: Document) -> Iterator[tuple[Annotation, list[tuple[int, str]]]]:
    """Each claim and quote with the sources of its chains and their places in these."""
    tagging = Tagging(document.annotations)
    for annotation in tagging:
        if annotation.kind is not Kind.ATTRIBUTION:
            links = (link for chain in chains_of(tagging, annotation) for link in enumerate(chain))
            yield annotation, [(nth, link.source) for nth, link in links if link.source]


def _use(source: str, tally: _Tally) -> SourceUse:
    kinds = list(tally.said.values())
    return SourceUse(
        source=source,
        name=tally.name,
        claims=kinds.count(Kind.CLAIM),
        quotes=kinds.count(Kind.QUOTE),
        origin=len(tally.origin),
        relay=len(tally.relay),
        articles=len(tally.articles),
    )


def as_text(uses: Sequence[SourceUse]) -> str:
    """A table for people: numbers first, so that no long name comes between them."""
    told = ((*use[2:], use.source, use.name or f"({NOT_KNOWN})") for use in uses)
    rows = [(*SourceUse._fields[2:], *SourceUse._fields[:2]), *told]
    width = max(len(str(row[-2])) for row in rows)
    return "".join(_line(row, width) for row in rows)


def _line(row: Sequence[object], width: int) -> str:
    *numbers, source, name = (escaped(str(one)) for one in row)
    return f"{''.join(f'{number:>10}' for number in numbers)}  {source:<{width}}  {name}\n"


def as_csv(uses: Sequence[SourceUse]) -> str:
    """The same for spreadsheets; the name of a source that is not known is empty."""
    return csv_lines([SourceUse._fields, *uses])


def as_json(uses: Sequence[SourceUse]) -> str:
    """The same for programs; the name of a source that is not known is null."""
    return json.dumps([use._asdict() for use in uses], ensure_ascii=False, indent=2) + "\n"
