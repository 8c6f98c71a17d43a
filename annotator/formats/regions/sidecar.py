"""What regions and relations cannot say of a document, so that it can go along beside them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from annotator.core.errors import FormatError
from annotator.core.model import Annotation, ArticleRef, Document
from annotator.core.sources import Registry, Source
from annotator.core.text.article import Article
from annotator.formats.foreign_json import Foreign, Unexpected, decoded
from annotator.formats.format import Tagged
from annotator.formats.input import ID
from annotator.formats.regions.regions import annotations_of, in_order, regions_of, relations_of
from annotator.storage.files.annotation_file import document_bytes, parse_document
from annotator.storage.files.change_json import annotation_values, plain_annotation
from annotator.storage.files.source_file import parse_registry, registry_bytes

_EMPTY: dict[str, Any] = {"mention": (), "cue": (), "content": (), "extra": ()}
_PLACES = ("spans", "mention", "cue")


def sayable(document: Document, article: Article) -> Document:
    """The document as regions and relations can say it: sound, and without what is our own."""
    cut = article.span
    regions = [replace(r, span=cut(r.span.start, r.span.end)) for r in regions_of(document)]
    relations = in_order(regions, relations_of(document))
    said = annotations_of(article, regions, relations, lambda what, reason: None)
    return replace(document, annotations=said)


def rests(document: Document, said: Document) -> dict[str, str]:
    """For each annotation, by id, the fields that cannot be told from what is said, as JSON."""
    told = {one.id: plain_annotation(one) for one in said.annotations}
    return {one.id: _rest(plain_annotation(one), told[one.id]) for one in document.annotations}


def _rest(meant: dict[str, Any], told: dict[str, Any]) -> str:
    differing = (key for key in sorted({*told, *meant}) if told.get(key) != meant.get(key))
    return json.dumps({"id": meant["id"]} | {key: meant.get(key) for key in differing})


def read_rest(written: str) -> dict[str, Any]:
    """A rest as it was written; raises `ValueError` for anything else."""
    try:
        rest = Foreign(decoded(written))
        if not ID.fullmatch(rest.get("id").text()):
            raise ValueError("a rest without the id of an annotation")
    except Unexpected as error:
        raise ValueError(str(error)) from error
    return rest.mapping()


def with_rest(annotation: Annotation, rest: Mapping[str, Any]) -> Annotation:
    """The annotation with what went along, unless its words were moved elsewhere since.

    Raises `ValueError` for what is no rest of an annotation.
    """
    given = {key: value for key, value in rest.items() if key not in ("id", "kind")}
    values: dict[str, Any] = {key: _EMPTY.get(key) for key, one in given.items() if one is None}
    values |= annotation_values({key: one for key, one in given.items() if one is not None})
    if any(_moved(annotation, key, values[key]) for key in _PLACES if key in values):
        for key in _PLACES:
            values.pop(key, None)
    return sound(replace(annotation, **values))


def sound(annotation: Annotation) -> Annotation:
    """The annotation, if it can stand in a file; raises `ValueError` where it cannot."""
    ref = ArticleRef(file="x", sha256="0" * 64, length=0)
    document = Document(article=ref, annotator="x", annotations=(annotation,))
    try:
        parse_document(document_bytes(document), "x")
    except (FormatError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("not an annotation") from error
    return annotation


def _moved(annotation: Annotation, key: str, meant: Iterable[Any]) -> bool:
    """Whether the spans that are said are none of those that were meant."""
    said = {(span.start, span.end) for span in getattr(annotation, key)}
    return not said <= {(span.start, span.end) for span in meant}


def head_of(tagged: Tagged) -> str:
    """Everything above the annotations, as the file has it."""
    return document_bytes(replace(tagged.document, annotations=())).decode()


def sources_of(tagged: Tagged) -> str:
    """The sources that are named, as sources.yaml has them."""
    named = {one.source for one in tagged.document.annotations if one.source}
    sources = tuple(one for one in tagged.registry.sources if one.id in named)
    return registry_bytes(Registry(sources)).decode()


def read_head(head: str, sources: str, file: str) -> tuple[Document, tuple[Source, ...]]:
    """What `head_of` and `sources_of` wrote; raises `ValueError` for anything else."""
    try:
        return parse_document(head.encode(), file), parse_registry(sources.encode(), file).sources
    except FormatError as error:
        raise ValueError(str(error)) from error
