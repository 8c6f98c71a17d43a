"""Hands that review as a session would do it, without files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from annotator.core import header
from annotator.core.change import Change
from annotator.core.checks.format_errors import find_format_errors
from annotator.core.errors import StaleChange
from annotator.core.model import Annotation, ArticleRef, Document
from annotator.core.tagging import Tagging
from annotator.core.text.article import Article
from annotator.review.compare.matching import Item, Version, match
from annotator.review.decide.review import Review, Reviewed
from annotator.storage.files.annotation_file import document_bytes


def reviewed(
    taggings: Mapping[str, Tagging], article: Article, language: str | None = None
) -> Reviewed:
    return Reviewed(article, taggings, match(taggings), language)


class Reviewer:
    """Carla, who reviews what colleagues tagged."""

    def __init__(self, of: Reviewed) -> None:
        article = of.article
        ref = ArticleRef(file="../a.txt", sha256=article.sha256, length=len(article.text))
        self.reviewed = of
        self.tagging = Tagging()
        self.header = Document(article=ref, annotator="carla", reviews=tuple(of.taggings))
        self.done: list[Change] = []

    @property
    def review(self) -> Review:
        return Review(self.tagging, self.header, self.reviewed)

    def do(self, change: Change) -> Change:
        if not header.fits(self.header, change):
            raise StaleChange(change.label)
        self.tagging.apply(change)
        self.header = header.changed(self.header, change)
        self.done.append(change)
        return change

    def undo(self) -> None:
        change = self.done.pop().inverse()
        assert header.fits(self.header, change)
        self.tagging.apply(change)
        self.header = header.changed(self.header, change)

    def document(self) -> Document:
        return replace(self.header, annotations=self.tagging.annotations())

    def written(self) -> bytes:
        return document_bytes(self.document())

    def problems(self) -> list[str]:
        found = find_format_errors(self.document(), self.reviewed.article, None)
        return [f"{problem.annotation}: {problem.what}" for problem in found]

    def verdicts(self) -> dict[str, str]:
        return {one.of: str(one.verdict) for one in self.header.decisions}

    def item(self, of: str) -> Item:
        found = self.reviewed.item(of)
        assert found
        return found

    def version(self, of: str) -> Version:
        found = self.reviewed.version(of)
        assert found
        return found

    def agreed(self, of: str) -> Annotation:
        found = self.tagging.get(self.review.agreed(self.item(of)))
        assert found
        return found
