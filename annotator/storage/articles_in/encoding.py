"""In what encoding a file is: told by its first bytes, valid UTF-8, or the best guess."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from annotator.core.errors import ArticleError
from annotator.storage.articles_in.language import likeness

if TYPE_CHECKING:
    from charset_normalizer import CharsetMatch

ENCODINGS = (
    "utf-8",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "windows-1252",
    "iso-8859-1",
    "iso-8859-15",
    "windows-1250",
    "iso-8859-2",
    "windows-1251",
    "koi8-r",
    "cp866",
    "windows-1253",
    "windows-1254",
    "windows-1255",
    "windows-1256",
    "windows-1257",
    "euc-kr",
    "cp949",
    "shift_jis",
    "euc-jp",
    "gb18030",
    "big5",
    "mac-roman",
)
"""Those that are offered, the likelier ones first; whatever Python knows can be asked for."""

_NOT_OF_TEXTS = ("idna", "punycode", "unicode-escape", "raw-unicode-escape")
"""Codecs for names and for programs; some take minutes for a megabyte."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_NOT_IN_TEXTS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")

_LOOKED_AT = 200_000
"""Bytes from which an encoding is guessed."""


def decode(data: bytes, name: str, encoding: str | None = None) -> tuple[str, str]:
    """The text of the file ``name``, and the encoding that it was read in.

    Without ``encoding`` a byte order mark decides, then whether it is valid UTF-8, then in
    which one it looks most like a language. Raises `ArticleError` where none fits, and where
    the one that was asked for does not.
    """
    chosen = known_encoding(encoding) if encoding else _own_encoding(data)
    if chosen is None:
        raise ArticleError(
            f"{name}: its encoding cannot be told; this is no text file, or name the encoding."
        )
    try:
        return data.decode(chosen).removeprefix("\ufeff"), chosen
    except (UnicodeError, LookupError) as error:
        raise ArticleError(f"{name}: it is not in {chosen}; choose another encoding.") from error


def known_encoding(name: str) -> str:
    """The name by which an encoding is shown; raises `ArticleError` where there is none such."""
    try:
        codec = codecs.lookup(name.strip())
        "a".encode(codec.name)  # some turn bytes into bytes
        if codec.name in _NOT_OF_TEXTS:
            raise LookupError(codec.name)
    except (LookupError, ValueError) as error:
        some = ", ".join(ENCODINGS[:6])
        raise ArticleError(f"There is no encoding {name!r}; choose one like {some}.") from error
    return next((own for own in ENCODINGS if codecs.lookup(own).name == codec.name), codec.name)


def _own_encoding(data: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    try:
        if "\0" not in data.decode("utf-8"):
            return "utf-8"
    except UnicodeDecodeError:
        pass
    return _utf_16(data) or (None if b"\0" in data else _guess(data))


def _utf_16(data: bytes) -> str | None:
    """UTF-16 without its mark has a zero in every second byte wherever it has a blank or a stop."""
    even, odd = data[::2].count(0), data[1::2].count(0)
    if len(data) % 2 or max(even, odd) < len(data) / 50 or min(even, odd):
        return None
    encoding = "utf-16-be" if even else "utf-16-le"
    return encoding if _is_text(data, encoding) else None


def _is_text(data: bytes, encoding: str) -> bool:
    """Whether all are characters that a text has: bytes of a program seldom are."""
    try:
        return not _NOT_IN_TEXTS.search(data.decode(encoding))
    except UnicodeDecodeError:
        return False


def _guess(data: bytes) -> str | None:
    """The likeliest encoding in which the text looks most like a language.

    Short texts have few letters beyond ASCII, and those are letters in many encodings.
    """
    # Half of the start-up time of a small program: loaded only for files that are not UTF-8.
    from charset_normalizer import from_bytes

    part = data[:_LOOKED_AT]
    found = from_bytes(part, cp_isolation=[*ENCODINGS]) or from_bytes(part)
    best = max(found, key=_sense, default=None)
    return _likeliest(best.could_be_from_charset) if best else None


def _sense(reading: CharsetMatch) -> float:
    """How much a reading looks like a language; signs that are no letters count against it."""
    return likeness(str(reading)) - reading.chaos / 2


def _likeliest(encodings: Sequence[str]) -> str:
    """Of encodings that give the same text, the one that is offered first."""
    names = list(map(known_encoding, encodings))
    return next((one for one in ENCODINGS if one in names), names[0])
