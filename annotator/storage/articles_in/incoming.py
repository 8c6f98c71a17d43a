"""An article on its way in: read, looked at, and not frozen yet."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from textwrap import shorten

from annotator.core.errors import AnnotatorError, ArticleError, StorageError
from annotator.core.text.article import Article, canonical, read_article
from annotator.storage.articles_in.child_process import BROKEN, read_apart
from annotator.storage.articles_in.found import FoundArticle, headline
from annotator.storage.articles_in.kinds import FileKind, kind_of, refuse_other_kind
from annotator.storage.articles_in.language import language_of
from annotator.storage.articles_in.new_files import stem_of
from annotator.storage.disk.contents import digest, read_bytes, storage_error
from annotator.storage.disk.refusals import refusals_told
from annotator.storage.files.article_header import ArticleHeader, Original
from annotator.storage.log import log_unexpected

_DATE = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?")
_LONGEST_NAME = 40
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True)
class Incoming:
    """The text as it will be, what is known of it, and the name that it came under.

    ``kind`` is None where the text was pasted.
    """

    article: Article
    header: ArticleHeader
    name: str
    kind: FileKind | None = None

    @property
    def encoding(self) -> str | None:
        """In what encoding the file was read; None where its kind leaves no choice."""
        return self.header.original.encoding if self.header.original else None


@refusals_told("read")
def read_incoming(path: Path, encoding: str | None = None) -> Incoming:
    """The article in a file of any of the kinds, in the encoding asked for or in its own.

    Raises `ArticleError` or `StorageError`; nothing is written.
    """
    try:
        return _read_expecting(path, encoding)
    except (AnnotatorError, OSError):
        raise
    except Exception as error:
        log_unexpected(f"{path} could not be read", error)
        raise ArticleError(f"{path}: {BROKEN}.") from error


def _read_expecting(path: Path, encoding: str | None) -> Incoming:
    if path.is_dir():
        raise StorageError(f"{path} is a folder; name the files in it.")
    kind, name = kind_of(path), str(path)
    _refuse_size(path, kind)
    data = read_bytes(path)
    refuse_other_kind(kind, data, name)
    found = _found(kind, data, name, encoding)
    original = Original(path.name, digest(data), kind.name, found.encoding)
    return replace(_incoming(found, path.stem, name, original), kind=kind)


def _found(kind: FileKind, data: bytes, name: str, encoding: str | None) -> FoundArticle:
    if kind.apart:
        return read_apart(kind.name, data, name, encoding)
    return kind.read(data, name, encoding)


def pasted(text: str) -> Incoming:
    """The article in a text that was pasted, named by its headline; raises `ArticleError`."""
    read = _incoming(FoundArticle(text), "article", "The clipboard", None)
    return replace(read, name=_short(read.header.title or read.name))


def _short(title: str) -> str:
    """A title as the name of a file that can be read in a list: its first words."""
    return stem_of(shorten(title, _LONGEST_NAME, placeholder="") or title[:_LONGEST_NAME])


def _refuse_size(path: Path, kind: FileKind) -> None:
    try:
        size = path.stat().st_size
    except OSError as error:
        raise storage_error("read", path, error) from error
    if size > kind.most:
        raise ArticleError(f"{path}: {size / 1e6:.0f} MB is too much for one article; split it.")


def _incoming(found: FoundArticle, stem: str, name: str, original: Original | None) -> Incoming:
    article = read_article(canonical(found.text, name).encode(), name)
    header = ArticleHeader(
        article.sha256,
        len(article.text),
        title=found.title or headline(article.text),
        date=found.date if _DATE.fullmatch(found.date or "") else None,
        byline=found.byline,
        language=_stated(found.language) or language_of(article.text),
        address=found.address,
        original=original,
    )
    return Incoming(article, header, stem)


def _stated(language: str | None) -> str | None:
    return language if language and _LANGUAGE.fullmatch(language) else None


def date_error(date: str) -> str | None:
    """Why a date cannot be kept, if so."""
    return None if not date or _DATE.fullmatch(date) else "Write the date as 2025-04-28."


def language_error(language: str) -> str | None:
    """Why a language cannot be kept, if so."""
    fits = not language or _LANGUAGE.fullmatch(language)
    return None if fits else "Write the language as a code like it, en or pt-BR."
