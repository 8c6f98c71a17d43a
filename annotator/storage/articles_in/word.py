"""Word documents (.docx): paragraphs and tables in their order, by python-docx."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from annotator.core.errors import ArticleError
from annotator.storage.articles_in.found import Found, told

UNPACKED = 200_000_000
"""Bytes that the parts of a document may have in all; a zip bomb says more, and is refused."""

_RUN = (
    "./descendant::w:r[not(ancestor::w:moveFrom)]/*"
    "[self::w:t or self::w:tab or self::w:br or self::w:cr or self::w:noBreakHyphen]"
)
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
_HOLDERS = ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")


def read_word(data: bytes, name: str, encoding: str | None) -> Found:
    """The text with tracked changes accepted, a row of a table on one line; title and author.

    Headers, footers, notes and boxes beside the text are left out.
    """
    _refuse_bombs(data, name)
    document = _opened(data, name)
    text = "\n\n".join(filter(None, map(str.strip, _blocks(document.element.body))))
    if not text:
        raise ArticleError(f"{name}: this document has no text.")
    about = document.core_properties
    title, byline = told(about.title), told(about.author)
    return Found(f"{text}\n", title=title, byline=byline, language=told(about.language))


def _refuse_bombs(data: bytes, name: str) -> None:
    try:
        with ZipFile(BytesIO(data)) as parts:
            size = sum(part.file_size for part in parts.infolist())
    except (BadZipFile, NotImplementedError, ValueError) as error:
        raise _damaged(name) from error
    if size > UNPACKED:
        what = f"unpacks to {size / 1e6:,.0f} MB, which no article needs"
        raise ArticleError(f"{name}: this document {what}; it is not opened.")


def _damaged(name: str) -> ArticleError:
    how = "open it in a word processor and save it as .docx again"
    return ArticleError(f"{name}: this is no Word document, or a damaged one; {how}.")


def _opened(data: bytes, name: str) -> Any:
    # A quarter of a second: nothing of it where no such document is read.
    from docx import Document

    try:
        return Document(BytesIO(data))
    except Exception as error:  # of three libraries, whatever is broken in the file
        raise _damaged(name) from error


def _blocks(parent: Any) -> Iterator[str]:
    """Each paragraph and each row of the tables, also inside what holds others."""
    for element in parent:
        kind = _local(element)
        if kind == "p":
            yield _words(element)
        elif kind == "tbl":
            yield "\n".join(map(_row, element.iterchildren("{*}tr")))
        elif kind in _HOLDERS:
            yield from _blocks(element)


def _row(row: Any) -> str:
    cells = row.iter("{*}tc")
    return "\t".join(" ".join(filter(None, map(str.strip, _blocks(cell)))) for cell in cells)


def _words(paragraph: Any) -> str:
    pieces = (piece for piece in paragraph.xpath(_RUN) if not _in_box(piece))
    return "".join(_SIGNS.get(_local(piece)) or piece.text or "" for piece in pieces)


def _in_box(piece: Any) -> bool:
    return next(piece.iterancestors("{*}txbxContent"), None) is not None


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]
