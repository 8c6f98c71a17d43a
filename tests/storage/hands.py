"""Hands that work in a session as an editor does."""

from __future__ import annotations

from annotator.core.edits import set_note, tag
from annotator.core.model import Annotation, Document, Kind
from annotator.storage.files.annotation_file import parse_document
from annotator.storage.session import Session


def do_tag(session: Session, start: int, end: int) -> Annotation:
    session.do(tag(session.tagging, session.article, Kind.CLAIM, [(start, end)]))
    return next(a for a in session.tagging if a.start == start)


def note(session: Session, annotation_id: str, words: str) -> None:
    annotation = session.tagging.get(annotation_id)
    assert annotation
    session.do(set_note(annotation, words))


def on_disk(session: Session) -> Document:
    return parse_document(session.path.read_bytes(), session.path.name)


def tag_words(session: Session, kind: Kind, words: str, source: str | None = None) -> Annotation:
    """Tag words where they first stand."""
    known = {one.id for one in session.tagging}
    start = session.article.text.index(words)
    range_ = start, start + len(words)
    session.do(tag(session.tagging, session.article, kind, [range_], source=source))
    return next(one for one in session.tagging if one.id not in known)
