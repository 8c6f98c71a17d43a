"""Documents and sources as plain values: the keys of our files, for formats made of JSON.

What comes back from elsewhere goes through the same schema as our own files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from annotator.core.errors import FormatError
from annotator.core.model import Document, text_order
from annotator.core.sources import Registry, Source
from annotator.formats.format import Left
from annotator.storage.files.annotation_file import FORMAT, document_bytes, parse_document
from annotator.storage.files.source_file import FORMAT as REGISTRY_FORMAT
from annotator.storage.files.source_file import parse_registry, registry_bytes
from annotator.storage.yaml.reader import read_tree
from annotator.storage.yaml.writer import flow

Plain = dict[str, Any]


def plain_document(document: Document) -> Plain:
    """A document with the keys of its file."""
    plain: Plain = read_tree(document_bytes(document), document.annotator).value
    return plain


def plain_sources(sources: Iterable[Source]) -> list[Plain]:
    """Sources with the keys of their file."""
    tree = read_tree(registry_bytes(Registry(tuple(sources))), "sources")
    entries: list[Plain] = tree.value["sources"]
    return entries


def document_of(head: Plain, annotations: list[Plain], name: str) -> Document:
    """The document of such values; its annotator is empty where the head names none.

    Raises `FormatError` where it could not stand in a file.
    """
    who = head.get("annotator") or ""
    whole = {"format": FORMAT.newest} | head | {"annotator": who or "?", "annotations": annotations}
    try:
        written = flow(whole)
    except (TypeError, RecursionError) as error:
        raise FormatError(name, 1, "an empty value, or one too deep to be read") from error
    document = parse_document(written.encode(), name)
    return document if who else replace(document, annotator="")


def as_far_as_sound(
    head: Plain, annotations: list[Plain], name: str
) -> tuple[Document, list[Left]]:
    """As `document_of`, without the annotations that could not stand in a file; these are left.

    Raises `FormatError` where the head itself is unsound.
    """
    try:
        return document_of(head, annotations, name), []
    except FormatError:
        document, left = document_of(head, [], name), list[Left]()
    bare: Plain = {key: head[key] for key in ("annotator", "article") if key in head}
    sound = dict(_sound(bare, annotations, name, left))
    return replace(document, annotations=tuple(sorted(sound.values(), key=text_order))), left


def _sound(
    head: Plain, annotations: list[Plain], name: str, left: list[Left]
) -> Iterator[tuple[str, Any]]:
    """Halved until what is unsound stands alone: most halves of a long file are sound."""
    try:
        yield from ((one.id, one) for one in document_of(head, annotations, name).annotations)
    except FormatError as error:
        if len(annotations) > 1:
            middle = len(annotations) // 2
            for half in (annotations[:middle], annotations[middle:]):
                yield from _sound(head, half, name, left)
        else:
            expected = f", expected {error.expected}" if error.expected else ""
            left.append(Left(name, None, f"{annotations[0].get('id')}", f"{error.what}{expected}"))


def sources_of(plain: list[Plain], name: str) -> tuple[Source, ...]:
    """The sources of such values; raises `FormatError` where they could not stand in a file."""
    try:
        written = flow({"format": REGISTRY_FORMAT.newest, "sources": plain})
    except (TypeError, RecursionError) as error:
        raise FormatError(name, 1, "an empty value, or one too deep to be read") from error
    return parse_registry(written.encode(), name).sources
