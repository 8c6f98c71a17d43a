"""Finding words in all articles of a folder, and how many of the hits somebody has tagged."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

from annotator.core.errors import AnnotatorError
from annotator.core.model import Kind
from annotator.core.text.article import read_article
from annotator.core.text.find import find
from annotator.core.text.hits import Hits
from annotator.storage.files.annotation_file import parse_document
from annotator.storage.files.places import read_bytes, read_if_there
from annotator.storage.folder import Folder


@dataclass(frozen=True, slots=True)
class SearchTerms:
    """What is looked for, as `find` takes it, and which tags count (None for any)."""

    words: str
    fold_case: bool = True
    whole_word: bool = False
    kind: Kind | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class ArticleHits:
    """What an article holds of it; ``error`` says why it, or its tagging, cannot be read."""

    article: Path
    hits: int = 0
    tagged: int = 0
    error: str = ""


def search_folder(
    folder: Folder, annotator: str, wanted: SearchTerms
) -> Generator[ArticleHits, None, None]:
    """Look through the articles one by one, in their order, those without a hit as well.

    One that cannot be read hides no other. Raises `StorageError` when the folder cannot be read.
    """
    for article in folder.articles():
        yield _search(folder, article, annotator, wanted)


def _search(folder: Folder, path: Path, annotator: str, wanted: SearchTerms) -> ArticleHits:
    number = 0
    try:
        article = read_article(read_bytes(path), str(path))
        how = {"fold_case": wanted.fold_case, "whole_word": wanted.whole_word}
        hits = Hits(article.text, find(article.text, wanted.words, **how))
        number = len(hits)
        data = read_if_there(folder.annotation_file(path, annotator)) if number else None
        if data is not None:
            document = parse_document(data, str(folder.annotation_file(path, annotator)))
            same_text = document.article.sha256 == article.sha256
            hits.ask(wanted.kind, wanted.source, document.annotations if same_text else ())
        return ArticleHits(path, number, hits.tagged)
    except AnnotatorError as error:
        return ArticleHits(path, number, error=str(error))
