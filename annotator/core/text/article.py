"""The article: a frozen text, and the spans that are cut from it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property

from annotator.core.errors import ArticleError
from annotator.core.model import Span
from annotator.core.text.word_places import WordPlaces

CONTEXT = 32
"""Code points of prefix and suffix that a span carries on each side."""

LONGEST = 10_000_000
"""Bytes; beyond it no editor reads, and Qt's layout would need gigabytes."""


@dataclass(frozen=True)
class Article:
    """The canonical text: LF line ends, no BOM, never edited by us."""

    text: str

    @cached_property
    def sha256(self) -> str:
        """Hex digest of the canonical text's UTF-8 bytes."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @cached_property
    def places(self) -> WordPlaces:
        """Where words stand in it."""
        return WordPlaces(self.text)

    def span(self, start: int, end: int) -> Span:
        """The span ``[start, end)`` in code points, with its words and 32 of context each side."""
        prefix = self.text[max(0, start - CONTEXT) : start]
        return Span(start, end, self.text[start:end], prefix, self.text[end : end + CONTEXT])

    def inner_span(self, start: int, end: int) -> Span:
        """A span without context, for a mention or a cue inside its attribution."""
        return Span(start, end, self.text[start:end])


def read_article(data: bytes, name: str) -> Article:
    """The article in the bytes of the file ``name``, in canonical form.

    One leading BOM is dropped, CR LF and lone CR become LF; nothing else is touched.
    Raises `ArticleError` for what cannot be counted in safely: other encodings than
    UTF-8, NUL, nothing but blanks, more than `LONGEST` bytes.
    """
    if len(data) > LONGEST:
        size = f"{len(data) / 1e6:.0f} MB"
        raise ArticleError(f"{name}: {size} is too long for one article; split it into parts.")
    return Article(canonical(_decode(data, name), name))


def _decode(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        bad = f"byte 0x{data[error.start]:02x}"
        raise ArticleError(
            f"{name}:{line}: {bad} is not UTF-8 text; save the article as UTF-8 and open it again."
        ) from error


def canonical(text: str, name: str) -> str:
    """``text`` without BOM and with LF line ends; raises `ArticleError` as `read_article`."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise ArticleError(f"{name}:{line}: a NUL character; this is not a text file.")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        what = "half a character (a lone surrogate); save it as UTF-8."
        raise ArticleError(f"{name}:{line}: {what}") from error
    if not text.strip():
        raise ArticleError(f"{name}: the article is empty; there is nothing to tag.")
    return text
