"""A sound folder, for tests to spoil."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from annotator.core.model import Annotation, ArticleRef, Document, Kind
from annotator.core.text.article import Article
from annotator.storage.files.annotation_file import document_bytes

TEXT = "La KCNA conferma.\nMosca tace.\n"
YAML = "annotations/a.anna.yaml"


class Told(NamedTuple):
    out: str
    err: str
    code: object


Check = Callable[..., Told]


def tagging(file: str = "../a.txt") -> str:
    article = Article(TEXT)
    says = Annotation(
        id="a-00kcna", kind=Kind.ATTRIBUTION, source="kcna", spans=(article.span(0, 16),)
    )
    claim = Annotation(id="c-mosca0", kind=Kind.CLAIM, spans=(article.span(18, 28),))
    ref = ArticleRef(file=file, sha256=article.sha256, length=len(TEXT))
    return document_bytes(
        Document(article=ref, annotator="anna", annotations=(says, claim))
    ).decode()


def with_change(old: str, new: str) -> str:
    sound = tagging()
    assert sound.count(old) == 1, old
    return sound.replace(old, new)
