"""The header file of an article, ``NAME.article.yaml``: what is known of it beside its text."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from annotator.core.errors import AnnotatorError, FormatError
from annotator.core.model import Extra
from annotator.storage.files.file_format import FileFormat
from annotator.storage.files.forms import NUMBER, SHA256, WORD, WORDS
from annotator.storage.files.places import read_if_there
from annotator.storage.files.record import EXTRA, Field, Nested, Record

ENDING = ".article.yaml"


@dataclass(frozen=True)
class Original:
    """The file that an article was taken from: name, SHA-256, kind, and encoding if it has one."""

    file: str
    sha256: str
    kind: str
    encoding: str | None = None
    extra: Extra = ()


@dataclass(frozen=True)
class ArticleHeader:
    """What is known of an article; ``sha256`` and ``length`` (code points) are of its text.

    ``date`` is a year, a month or a day as in ``2025-04-28``, ``language`` a BCP 47 tag.
    """

    sha256: str
    length: int
    title: str | None = None
    date: str | None = None
    byline: str | None = None
    language: str | None = None
    address: str | None = None
    original: Original | None = None
    extra: Extra = ()


ORIGINAL = Record(
    Original,
    Field("file", WORDS, needed=True),
    Field("sha256", SHA256, needed=True),
    Field("kind", WORD, needed=True),
    Field("encoding", WORD),
    EXTRA,
)
HEADER = Record(
    ArticleHeader,
    Field("sha256", SHA256, needed=True),
    Field("length", NUMBER, needed=True),
    Field("title", WORDS),
    Field("date", WORDS),
    Field("byline", WORDS),
    Field("language", WORD),
    Field("address", WORDS),
    Field("original", Nested(ORIGINAL)),
    EXTRA,
    indent="",
)
FORMAT = FileFormat("article-header", "article.schema.json", HEADER)


def header_path(article: Path) -> Path:
    """Where the header of an article lies; it may not be there."""
    return article.with_name(f"{article.stem}{ENDING}")


def read_header(article: Path) -> ArticleHeader | None:
    """The header beside an article, if it has one; raises `FormatError` or `StorageError`."""
    path = header_path(article)
    data = read_if_there(path)
    return None if data is None else parse_header(data, str(path))


def header_if_sound(article: Path) -> ArticleHeader | None:
    """As `read_header`, None where it is broken: a check tells of that, nothing else does."""
    with suppress(AnnotatorError):
        return read_header(article)
    return None


def parse_header(data: bytes, name: str) -> ArticleHeader:
    """The header in the bytes of the file ``name``; raises the first of `header_errors`."""
    return FORMAT.parse(data, name)[0]


def header_errors(data: bytes, name: str) -> list[FormatError]:
    """Everything in which the bytes of the file ``name`` are no header, by line."""
    return FORMAT.errors(data, name)


def header_bytes(header: ArticleHeader) -> bytes:
    """The file of a header: UTF-8, LF, the same bytes for the same value."""
    return FORMAT.text(header).encode()
