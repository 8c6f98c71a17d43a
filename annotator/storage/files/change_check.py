"""Whether a change that was read from a journal may be applied.

A journal lies in the open: disks damage it, and whoever sends a folder can write one.
"""

from __future__ import annotations

from operator import attrgetter

from annotator.core.change import Change
from annotator.core.errors import FormatError
from annotator.core.header import with_seen
from annotator.core.model import ArticleRef, Document, answer_order, text_order
from annotator.core.sources import Registry
from annotator.storage.files.annotation_file import document_bytes, parse_document
from annotator.storage.files.source_file import parse_registry, registry_bytes

_ARTICLE = ArticleRef(file="../a.txt", sha256="a" * 64, length=0)
_EMPTY = Document(article=_ARTICLE, annotator="a")


def refuse_unsound(change: Change) -> None:
    """Raise `ValueError` unless all that the change takes away and brings could stand in files.

    Both sides are written as the files are written and read again: whatever the formats do not
    allow is refused, and so is what would come back as something else.
    """
    try:
        for side in (change, change.inverse()):
            _refuse_unsound_document(_document(side))
            _refuse_unsound_registry(Registry(side.sources_after))
    except (FormatError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("the change does not fit the formats") from error


def _document(change: Change) -> Document:
    """A file with nothing in it but what the change brings."""
    decided = change.decisions_after or change.comments_after
    document = Document(
        article=_ARTICLE,
        annotator="a",
        annotations=tuple(sorted(change.after, key=text_order)),
        reviews=("b",) if decided else (),
        decisions=tuple(sorted(change.decisions_after, key=attrgetter("of"))),
        comments=change.comments_after,
        answers=tuple(sorted(change.answers_after, key=answer_order)),
    )
    return with_seen(document, change.seen)


def _refuse_unsound_document(document: Document) -> None:
    if document == _EMPTY:
        return
    if parse_document(document_bytes(document), "journal") != document:
        raise ValueError("the annotations would come back as others")


def _refuse_unsound_registry(registry: Registry) -> None:
    if not registry.sources:
        return
    if parse_registry(registry_bytes(registry), "journal") != registry:
        raise ValueError("the sources would come back as others")
