"""The header file of an article, ``NAME.article.yaml``: what is known of it beside its text."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotator.core.errors import AnnotatorError, FormatError
from annotator.core.model import Extra
from annotator.storage.files.annotation_file import extra_of, other_format
from annotator.storage.files.places import read_if_there
from annotator.storage.files.schema import schema_errors
from annotator.storage.yaml.reader import read_tree
from annotator.storage.yaml.writer import extra_lines, plain, quoted

FORMAT = "article-header/1"
SCHEMA = "article.schema.json"
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
    for error in header_errors(data, name):
        raise error
    raw = read_tree(data, name).value
    original = raw.get("original")
    return ArticleHeader(
        sha256=raw["sha256"],
        length=int(raw["length"]),
        title=raw.get("title"),
        date=raw.get("date"),
        byline=raw.get("byline"),
        language=raw.get("language"),
        address=raw.get("address"),
        original=_original(original) if original else None,
        extra=extra_of(raw),
    )


def _original(raw: dict[str, Any]) -> Original:
    told = raw["file"], raw["sha256"], raw["kind"], raw.get("encoding")
    return Original(*told, extra=extra_of(raw))


def header_errors(data: bytes, name: str) -> list[FormatError]:
    """Everything in which the bytes of the file ``name`` are no header, by line."""
    try:
        tree = read_tree(data, name)
    except FormatError as error:
        return [error]
    other = other_format(tree, FORMAT, name)
    return [other] if other else schema_errors(tree, SCHEMA, name)


def header_bytes(header: ArticleHeader) -> bytes:
    """The file of a header: UTF-8, LF, the same bytes for the same value."""
    told = {
        "title": quoted(header.title) if header.title else None,
        "date": quoted(header.date) if header.date else None,
        "byline": quoted(header.byline) if header.byline else None,
        "language": plain(header.language) if header.language else None,
        "address": quoted(header.address) if header.address else None,
    }
    lines = "".join(f"{key}: {value}\n" for key, value in told.items() if value)
    text = f"sha256: {plain(header.sha256)}\nlength: {header.length}\n{lines}"
    original = _original_text(header.original) if header.original else ""
    return f"format: {FORMAT}\n{text}{original}{extra_lines(header.extra)}".encode()


def _original_text(original: Original) -> str:
    encoding = f"  encoding: {plain(original.encoding)}\n" if original.encoding else ""
    own = f"  kind: {original.kind}\n{encoding}{extra_lines(original.extra, '  ')}"
    return f"original:\n  file: {quoted(original.file)}\n  sha256: {plain(original.sha256)}\n{own}"
