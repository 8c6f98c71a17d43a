"""Annotations as rows, one for each, with chain and origin: for tables of any make."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import NamedTuple

from annotator.core.chains.who_says import Chain, Voice, chains_of, said_by
from annotator.core.model import Annotation, Document, Span
from annotator.core.sources import Registry
from annotator.core.tagging import Tagging
from annotator.formats.format import Left, Tagged


class AnnotationRow(NamedTuple):
    """One annotation; what it does not have is empty.

    Offsets are code points of the article. ``spans``, ``mention`` and ``cue`` are written as
    in ``168-232 278-294``, ids of ``content`` with blanks between them. ``said_by`` is who
    says a claim or quote: the chain in labels ("North Korea via KCNA"), several with a
    semicolon between them. ``chain`` has the ids of the same sources, from the ``origin`` to
    whoever is nearest to the article.
    """

    article: str
    sha256: str
    length: int
    language: str
    annotator: str
    status: str
    id: str
    kind: str
    start: int
    end: int
    spans: str
    words: str
    source: str
    source_name: str
    said_by: str
    chain: str
    origin: str
    mention: str
    cue: str
    content: str
    via: str
    unattributed: str
    stance: str
    certainty: str
    note: str


def rows_of(tagged: Tagged) -> Iterator[AnnotationRow]:
    """The annotations of a file as rows, in text order."""
    tagging = Tagging(tagged.document.annotations)
    for annotation in tagging:
        yield _row(tagged, tagging, annotation)


def _row(tagged: Tagged, tagging: Tagging, one: Annotation) -> AnnotationRow:
    document, registry = tagged.document, tagged.registry
    chains = chains_of(tagging, one)
    return AnnotationRow(
        article=document.article.file.rpartition("/")[2],
        sha256=document.article.sha256,
        length=document.article.length,
        language=document.article.language or "",
        annotator=document.annotator,
        status=document.status,
        id=one.id,
        kind=one.kind,
        start=one.start,
        end=one.end,
        spans=ranges(one.spans),
        words=one.words,
        source=one.source or "",
        source_name=registry.label(one.source) if one.source else "",
        said_by=_said_by(tagging, one, registry),
        chain="; ".join(map(_chain, chains)),
        origin="; ".join(dict.fromkeys(chain[0].source or "?" for chain in chains)),
        mention=ranges(one.mention),
        cue=ranges(one.cue),
        content=" ".join(one.content),
        via=one.via or "",
        unattributed=one.unattributed or "",
        stance=one.stance or "",
        certainty=one.certainty or "",
        note=one.note or "",
    )


def ranges(spans: tuple[Span, ...]) -> str:
    """Spans as in ``168-232 278-294``."""
    return " ".join(f"{span.start}-{span.end}" for span in spans)


def _chain(chain: Chain) -> str:
    return " ".join(link.source or "?" for link in chain)


def _said_by(tagging: Tagging, annotation: Annotation, registry: Registry) -> str:
    said = said_by(tagging, annotation)
    told = (one.label(registry) for one in said if one.voice is not Voice.UNDECIDED)
    return "; ".join(told)


def article_name(tagged: Tagged) -> str:
    """What the article's file is called, without suffix."""
    return PurePosixPath(tagged.document.article.file).stem


NO_COLUMN = (
    "the article's text",
    "the article's note",
    "answers to problems",
    "a review's decisions",
    "keys of your own (x-)",
)
"""What rows have no place for, as the help names it."""


def left_by_rows(tagged: Tagged, why: str = "has no column") -> Iterator[Left]:
    """What rows have no place for, and neither has a page."""
    document, file = tagged.document, tagged.name
    things = (
        ("note on the article", int(document.article.note is not None)),
        ("answer", len(document.answers)),
        ("decision", len(document.decisions)),
        ("comment", len(document.comments)),
        ("x- key", own_keys(document)),
    )
    for what, number in things:
        yield from (Left(file, None, what, why) for _ in range(number))


def own_keys(document: Document) -> int:
    """How many ``x-`` keys there are in a document."""
    tags = document.annotations
    spans = (s for a in tags for s in (*a.spans, *a.mention, *a.cue))
    extras = [
        document.extra,
        document.article.extra,
        *(one.extra for one in document.answers),
        *(one.extra for one in document.decisions),
        *(one.extra for one in document.comments),
        *(one.extra for one in tags),
        *(span.extra for span in spans),
    ]
    return sum(map(len, extras))
