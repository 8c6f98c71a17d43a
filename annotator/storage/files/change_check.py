"""Whether a change that was read from a journal may be applied.

A journal lies in the open: disks damage it, and whoever sends a folder can write one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from annotator.core.change import PARTS, Change
from annotator.core.errors import FormatError
from annotator.core.header import with_seen
from annotator.core.model import ArticleRef, Document
from annotator.core.sources import Registry
from annotator.storage.files.annotation_file import document_bytes, parse_document
from annotator.storage.files.source_file import parse_registry, registry_bytes

_ARTICLE = ArticleRef(file="../a.txt", sha256="a" * 64, length=0)
_EMPTY = Document(article=_ARTICLE, annotator="a")
_LISTS = [name for name in PARTS if isinstance(getattr(_EMPTY, name, None), tuple)]


def refuse_format_errors(change: Change) -> None:
    """Raise `ValueError` unless all that the change takes away and brings could stand in files.

    Both sides are written as the files are written and read again: whatever the formats do not
    allow is refused, and so is what would come back as something else.
    """
    try:
        for side in (change, change.inverse()):
            _refuse_other_document(_document(side))
            _refuse_other_registry(Registry(side.sources.after))
    except (FormatError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("the change does not fit the formats") from error


def _document(change: Change) -> Document:
    """A file with nothing in it but what the change brings."""
    brought: dict[str, Any] = {
        name: PARTS[name].ordered(change.deltas[name].after) for name in _LISTS
    }
    reviews = ("b",) if change.decisions.after or change.comments.after else ()
    return with_seen(replace(_EMPTY, **brought, reviews=reviews), change.seen)


def _refuse_other_document(document: Document) -> None:
    if document == _EMPTY:
        return
    if parse_document(document_bytes(document), "journal") != document:
        raise ValueError("the annotations would come back as others")


def _refuse_other_registry(registry: Registry) -> None:
    if not registry.sources:
        return
    if parse_registry(registry_bytes(registry), "journal") != registry:
        raise ValueError("the sources would come back as others")
