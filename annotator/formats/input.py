"""What all importers do: read with limits, decode, and put words in their places."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from annotator.core.errors import FormatError, StorageError
from annotator.core.model import Kind, Span
from annotator.core.text.article import Article
from annotator.formats.detection import HEAD, is_no_text, looks_like
from annotator.formats.foreign_json import Unexpected, decoded
from annotator.storage.disk.contents import read_bytes, storage_error
from annotator.storage.files.places import refuse_outside
from annotator.storage.folder import is_article_name

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"

LARGEST = 64_000_000
"""Bytes; an article may have 10 MB, and what is said of it several times as much."""


ID = re.compile("[caq]-[0-9a-z]{6}")
SOURCE_ID = re.compile("[a-z][a-z0-9-]*")


def stable_id(kind: Kind, article: Article, theirs: str, taken: Container[str]) -> str:
    """An id of ours for what is called ``theirs`` elsewhere: the same each time it is read."""
    number = 0
    while True:
        told = f"{article.sha256} {kind} {theirs} {number}".encode()
        value = int.from_bytes(hashlib.sha256(told).digest()[:8], "big")
        digits = "".join(_DIGITS[value // 36**place % 36] for place in range(6))
        if (candidate := f"{kind[0]}-{digits}") not in taken:
            return candidate
        number += 1


def read_limited(path: Path, largest: int = LARGEST) -> bytes:
    """All of a file that is not larger than anything sensible; raises `StorageError`."""
    refuse_outside(path)  # beside a file that was named may lie links that nobody named
    try:
        size = path.stat().st_size
    except OSError as error:
        raise storage_error("read", path, error) from error
    if size > largest:
        raise StorageError(
            f"{path}: {size / 1e6:,.0f} MB is too much for one file; split it into parts."
        )
    return read_bytes(path)


def read_text(path: Path, form: str, largest: int = LARGEST, *, may_be_empty: bool = False) -> str:
    """The text of a file in UTF-8, without BOM, line ends as they are.

    Raises `FormatError` for an empty file and for another encoding, `StorageError` for one
    that is too large. ``form`` is the format that it is to be, as in "brat standoff".
    """
    data = read_limited(path, largest)
    if not data.strip() and not may_be_empty:
        raise FormatError(str(path), 1, "the file is empty", form)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if is_no_text(data):
            raise wrong_format(path, data, form) from error
        line = data.count(b"\n", 0, error.start) + 1
        what = f"byte 0x{data[error.start]:02x} is not UTF-8"
        raise FormatError(str(path), line, what, "text in UTF-8; save it so") from error


def read_json(path: Path, form: str, largest: int = LARGEST) -> Any:
    """The value in a JSON file; raises `FormatError` with the line where it breaks off."""
    with json_errors(path, read_text(path, form, largest), form) as text:
        return decoded(text)


@contextmanager
def json_errors(path: Path, text: str, form: str) -> Iterator[str]:
    """Turn what is `Unexpected` or too deep in the ``text`` of a JSON file into a `FormatError`."""
    try:
        yield text
    except Unexpected as error:
        if text.lstrip()[:1] not in ("{", "[") and looks_like(text[:HEAD].encode()) != "JSON":
            raise wrong_format(path, text[:HEAD].encode(), form) from error
        raise FormatError(str(path), error.line, error.what, error.expected or form) from error
    except RecursionError as error:
        raise FormatError(str(path), 1, "the JSON is nested too deeply", form) from error


def wrong_format(path: Path, data: bytes, form: str) -> FormatError:
    """The sentence for a file in another format: it says which one it looks like."""
    looks = looks_like(data)
    what = "there is nothing in it to take" if looks == form else f"this looks like {looks}"
    return FormatError(str(path), 1, what, form)


def placed(
    article: Article, start: int, end: int, exact: str | None, prefix: str = "", suffix: str = ""
) -> Span | None:
    """The span ``[start, end)`` in code points, if it has those words, or where they stand.

    Words that stand elsewhere are taken there only where they occur once in the article, or
    once between ``prefix`` and ``suffix``; so are words that are at the offsets too, but between
    others. None where the place is unknown; without ``exact`` the offsets are believed.
    """
    text, around = article.text, f"{prefix}{exact}{suffix}"
    fits = 0 <= start < end <= len(text) and exact in (None, text[start:end])
    if fits and (not exact or text.startswith(around, max(0, start - len(prefix)))):
        return article.span(start, end)
    if not exact:
        return None
    at = article.places.once(around)
    if at is not None:
        at += len(prefix)
    elif fits:
        return article.span(start, end)
    else:
        at = article.places.once(exact)
    return None if at is None else article.span(at, at + len(exact))


def text_beside(path: Path) -> Path | None:
    """The text that an annotation file of another tool is about, if it lies where it should.

    That is beside it under the same name, or in a sister folder of it, also where the
    annotation file has the annotator's name behind that of the text (``x_anna``, ``x.anna``).
    """
    stems = [path.stem, *(path.stem.rpartition(mark)[0] for mark in "._-")]
    folders = [path.parent, *_sisters(path.parent)]
    near = (folder / f"{stem}.txt" for stem in filter(None, stems) for folder in folders)
    return next((one for one in near if is_article_name(one.name) and one.is_file()), None)


def _sisters(folder: Path) -> list[Path]:
    return [folder.parent / name for name in ("text", "texts", "txt", "raw")]
