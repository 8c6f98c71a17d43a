"""Everybody's tagging of one article, as far as it can be read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from annotator.core.errors import FormatError, StorageError
from annotator.core.model import Document
from annotator.core.tagging import Tagging
from annotator.core.text.article import Article, read_article
from annotator.storage.bulk.garbage import paused_collector
from annotator.storage.disk.contents import real
from annotator.storage.files.annotation_file import parse_document
from annotator.storage.files.places import article_path as place_of_article
from annotator.storage.files.places import read_bytes
from annotator.storage.folder import Folder
from annotator.storage.reading import refuse_other_text

_LEFT_OUT = "it is left out here."

_Found = tuple[Path, Document]


@dataclass(frozen=True)
class Colleagues:
    """The taggings of an article by annotator, in the order of their files.

    ``sentences`` tell which files are left out and why; nothing happens to those.
    """

    article: Article
    documents: dict[str, Document]
    paths: dict[str, Path]
    sentences: tuple[str, ...] = ()

    @property
    def language(self) -> str | None:
        """The article's language, as the first of them states it that does."""
        stated = (one.article.language for one in self.documents.values())
        return next(filter(None, stated), None)

    @cached_property
    def taggings(self) -> dict[str, Tagging]:
        """The taggings, indexed by place and by link."""
        return {who: Tagging(one.annotations) for who, one in self.documents.items()}


def read_colleagues(folder: Folder, article_path: Path) -> Colleagues:
    """Everybody's tagging of an article, reviews left out; see `read_taggings`."""
    return read_taggings(article_path, folder.annotation_files(article_path).values())


def read_taggings(article_path: Path, files: Iterable[Path]) -> Colleagues:
    """The taggings of an article in some files; a review counts as one, of ``carla (review)``.

    A file that cannot be read, belongs to another text or holds the tagging of somebody who
    has another file here is left out, with a sentence. Raises `ArticleError` and
    `StorageError` where the article itself cannot be read.
    """
    article = read_article(read_bytes(article_path), str(article_path))
    found, refused = _read_taggings(article, article_path, files)
    # Of two files of one annotator, the one that is called so counts.
    called = Folder(article_path.parent).annotation_file
    found.sort(key=lambda one: one[0].name != called(article_path, one[1].annotator).name)
    documents: dict[str, Document] = {}
    paths: dict[str, Path] = {}
    for path, document in found:
        who = _whose(document)
        if who in documents:
            told = f"{path}: the tagging of {who} is in {paths[who].name} already"
            refused.append(f"{told}; {_LEFT_OUT}")
        else:
            documents[who], paths[who] = document, path
    order = sorted(paths, key=paths.__getitem__)
    return Colleagues(
        article,
        {who: documents[who] for who in order},
        {who: paths[who] for who in order},
        tuple(refused),
    )


def _whose(document: Document) -> str:
    return f"{document.annotator} (review)" if document.reviews else document.annotator


@paused_collector()
def _read_taggings(
    article: Article, article_path: Path, paths: Iterable[Path]
) -> tuple[list[_Found], list[str]]:
    """The taggings of the article in these files, and a sentence for each that is left out."""
    found: list[_Found] = []
    refused: list[str] = []
    for path in paths:
        try:
            document = parse_document(read_bytes(path), str(path))
            _refuse_other_article(document, article, article_path, path)
            refuse_other_text(document, article, path)
            found.append((path, document))
        except (FormatError, StorageError) as error:
            refused.append(f"{str(error).removesuffix('.')}; {_LEFT_OUT}")
    return found, refused


def _refuse_other_article(
    document: Document, article: Article, article_path: Path, path: Path
) -> None:
    if document.article.sha256 != article.sha256:
        named = place_of_article(path, document.article.file)
        if real(named) != real(article_path):
            raise StorageError(f"{path}: it is a tagging of {named.name}.")
