"""Word documents (.docx): paragraphs and tables in their order, by python-docx."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile, ZipInfo

from annotator.core.errors import ArticleError
from annotator.storage.articles_in.found import FoundArticle, told

UNPACKED = 200_000_000
"""Bytes that the parts of a document may have in all; a zip bomb says more, and is refused."""

MOST_TAGS = 1_500_000
"""In all parts; a document of 200 pages has some 300,000."""

_PIECE = 1_000_000

_RUN = (
    "./descendant::w:r[not(ancestor::w:moveFrom)]/*"
    "[self::w:t or self::w:tab or self::w:br or self::w:cr or self::w:noBreakHyphen]"
)
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
_HOLDERS = ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")


def read_word(data: bytes, name: str, encoding: str | None) -> FoundArticle:
    """The text with tracked changes accepted, a row of a table on one line; title and author.

    Headers, footers, notes and boxes beside the text are left out.
    """
    _refuse_bombs(data, name)
    document = _opened(data, name)
    text = "\n\n".join(filter(None, map(str.strip, _blocks(document.element.body))))
    if not text:
        raise ArticleError(f"{name}: this document has no text.")
    title, byline, language = (_said(document, key) for key in ("title", "author", "language"))
    return FoundArticle(f"{text}\n", title=title, byline=byline, language=language)


def _said(document: Any, key: str) -> str | None:
    """A property of the document; None where its properties are broken, which its text is not."""
    with suppress(AttributeError, KeyError, TypeError, ValueError):
        return told(getattr(document.core_properties, key))
    return None


def _refuse_bombs(data: bytes, name: str) -> None:
    try:
        with ZipFile(BytesIO(data)) as parts:
            size = sum(part.file_size for part in parts.infolist())
            if size > UNPACKED:
                raise _too_large(name, f"unpacks to {size / 1e6:,.0f} MB")
            if sum(_tags(parts, part) for part in parts.infolist()) > MOST_TAGS:
                raise _too_large(name, f"has more than {MOST_TAGS:,} tags of XML")
    except (BadZipFile, NotImplementedError, ValueError, OSError, EOFError, zlib.error) as error:
        raise _damaged(name) from error


def _tags(parts: ZipFile, part: ZipInfo) -> int:
    """At least as many as there are elements in a part, told without reading it as XML."""
    if not part.filename.endswith((".xml", ".rels")):
        return 0
    with parts.open(part) as file:
        return sum(piece.count(b"<") for piece in iter(lambda: file.read(_PIECE), b""))


def _too_large(name: str, what: str) -> ArticleError:
    why = "which no article needs; it is not opened. Copy its text and paste it instead"
    return ArticleError(f"{name}: this document {what}, {why}.")


def _damaged(name: str) -> ArticleError:
    how = "open it in a word processor and save it as .docx again"
    return ArticleError(f"{name}: this is no Word document, or a damaged one; {how}.")


def _opened(data: bytes, name: str) -> Any:
    # A quarter of a second: nothing of it where no such document is read.
    from docx import Document

    try:
        return Document(BytesIO(data))
    except MemoryError:
        raise
    except Exception as error:  # of three libraries, whatever is broken in the file
        raise _damaged(name) from error


def _blocks(parent: Any) -> Iterator[str]:
    """Each paragraph and each row of the tables, also inside what holds others."""
    for element in parent:
        kind = _local(element)
        if kind == "p":
            yield _words(element)
        elif kind == "tbl":
            yield "\n".join(map(_row, _held(element, "tr")))
        elif kind in _HOLDERS:
            yield from _blocks(element)


def _row(row: Any) -> str:
    """The cells of a row with tabs between them; a table within a cell is a part of its words."""
    cells = (" ".join(filter(None, map(str.strip, _blocks(cell)))) for cell in _held(row, "tc"))
    return "\t".join(re.sub("[\t\n]+", " ", cell) for cell in cells)


def _held(parent: Any, kind: str) -> Iterator[Any]:
    """The rows of a table, or the cells of a row, also inside what only holds others."""
    for element in parent:
        if _local(element) == kind:
            yield element
        elif _local(element) in _HOLDERS:
            yield from _held(element, kind)


def _words(paragraph: Any) -> str:
    pieces = (piece for piece in paragraph.xpath(_RUN) if not _in_box(piece))
    return "".join(_SIGNS.get(_local(piece)) or piece.text or "" for piece in pieces)


def _in_box(piece: Any) -> bool:
    return next(piece.iterancestors("{*}txbxContent"), None) is not None


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]
