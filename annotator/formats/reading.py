"""What all importers do: read with limits, decode, and put words in their places."""

from __future__ import annotations

import json
from pathlib import Path

from annotator.core.article import Article
from annotator.core.errors import FormatError, StorageError
from annotator.core.model import Span
from annotator.formats.looks import looks_like
from annotator.storage.disk import read_bytes, storage_error

LARGEST = 64_000_000
"""Bytes; an article may have 10 MB, and what is said of it several times as much."""


def read_limited(path: Path, largest: int = LARGEST) -> bytes:
    """All of a file that is not larger than anything sensible; raises `StorageError`."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise storage_error("read", path, error) from error
    if size > largest:
        raise StorageError(
            f"{path}: {size / 1e6:,.0f} MB is too much for one file; split it into parts."
        )
    return read_bytes(path)


def read_text(path: Path, form: str, largest: int = LARGEST) -> str:
    """The text of a file in UTF-8, without BOM, line ends as they are.

    Raises `FormatError` for an empty file and for another encoding, `StorageError` for one
    that is too large. ``form`` is the format that it is to be, as in "brat standoff".
    """
    data = read_limited(path, largest)
    if not data.strip():
        raise FormatError(str(path), 1, "the file is empty", form)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if b"\0" in data[:8192] or looks_like(data) not in ("some other text", form):
            raise wrong_format(path, data, form) from error
        line = data.count(b"\n", 0, error.start) + 1
        what = f"byte 0x{data[error.start]:02x} is not UTF-8"
        raise FormatError(str(path), line, what, "text in UTF-8; save it so") from error


def read_json(path: Path, form: str, largest: int = LARGEST) -> object:
    """The value in a JSON file; raises `FormatError` with the line where it breaks off."""
    text = read_text(path, form, largest)
    try:
        return json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        if line == 1 and looks_like(text.encode()) != "JSON" and text.lstrip()[:1] not in "{[":
            raise wrong_format(path, text.encode(), form) from error
        what = f"the JSON breaks off or is broken here ({getattr(error, 'msg', 'too deep')})"
        raise FormatError(str(path), line, what, form) from error


def wrong_format(path: Path, data: bytes, form: str) -> FormatError:
    """The sentence for a file in another format: it says which one it looks like."""
    return FormatError(str(path), 1, f"this looks like {looks_like(data)}", form)


def placed(article: Article, start: int, end: int, exact: str | None) -> Span | None:
    """The span ``[start, end)`` in code points, if it has those words, or where they stand.

    Words that stand elsewhere are taken there only where they occur once in the article.
    None where the place is unknown; without ``exact`` the offsets are believed.
    """
    text = article.text
    if 0 <= start < end <= len(text) and exact in (None, text[start:end]):
        return article.span(start, end)
    if not exact:
        return None
    at = text.find(exact)
    if at < 0 or text.find(exact, at + 1) >= 0:
        return None
    return article.span(at, at + len(exact))
