"""PDF: the text column by column, its lines joined to paragraphs again, by pdfminer.six."""

from __future__ import annotations

import logging
import re
import unicodedata
import zlib
from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, Any

from annotator.core.errors import ArticleError
from annotator.storage.articles_in.found import FoundArticle, told
from annotator.storage.articles_in.limits import SECONDS, allow
from annotator.storage.articles_in.pdf_lines import as_read, in_rows, is_leftward

if TYPE_CHECKING:
    from pdfminer.layout import LTTextContainer

MOST_PAGES = 500

LETTERS, LETTERS_PER_BYTE = 100_000, 8
"""Letters that a small PDF may have, and how many more for each byte: text packs to a third."""

_LETTERS_A_SECOND = 15_000
"""As many as are read, set in lines and joined, by a slow machine."""

UNPACKED = 250_000_000
"""Bytes that one stream may unpack to; what says more is made to harm."""

_STREAM = re.compile(rb"stream\r?\n(?=[\x08-\x78][\x01\x5e\x9c\xda])")
_CHUNK = 1_000_000

_GAP = 2.5
"""Widths of a letter: a wider gap parts columns, a narrower one words of a justified line."""

_LIGATURES = re.compile("[\ufb00-\ufb06\ufb50-\ufdf9\ufe70-\ufefc]")
_BLANKS = re.compile(r"\s+")
_CUT = re.compile(r"(?<=\w)([-\u00ad\u2010])\n(\w)")
_ENDED = re.compile(r"[.!?:;…。！？][\"'»”’)\]]*$")


def read_pdf(data: bytes, name: str, encoding: str | None) -> FoundArticle:
    """The text in the order of reading; a word that was cut at the end of a line is made whole.

    Ligatures and letters in the shape of their place become plain letters, what is broken over
    columns and pages is joined. Pictures of text are not recognised.
    """
    _refuse_bombs(data, name)
    # Half a second: nothing of it where no PDF is read.
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    try:
        title, byline = _about(data)
        pages = list(islice(_pages(data, name), MOST_PAGES + 1))
    except (ArticleError, MemoryError):
        raise
    except PDFPasswordIncorrect as error:
        how = "save a copy without it and add that"
        raise ArticleError(f"{name}: this PDF has a password; {how}.") from error
    except Exception as error:  # whatever is broken in the file
        how = "open it in a viewer and print it to a new PDF"
        raise ArticleError(f"{name}: this is no PDF, or a damaged one; {how}.") from error
    if len(pages) > MOST_PAGES:
        raise ArticleError(f"{name}: more than {MOST_PAGES} pages are no article; split it.")
    text = "\n\n".join(_joined(one for page in pages for one in page))
    if not text:
        how = "run text recognition (OCR) over it first"
        raise ArticleError(f"{name}: this PDF has no text, perhaps pictures of it; {how}.")
    return FoundArticle(f"{text}\n", title=title, byline=byline)


def _refuse_bombs(data: bytes, name: str) -> None:
    for start in _STREAM.finditer(data):
        if _unpacks_to_too_much(data, start.end()):
            size = f"{UNPACKED // 1_000_000} MB"
            raise ArticleError(f"{name}: a part of this PDF unpacks to more than {size}.")


def _unpacks_to_too_much(data: bytes, start: int) -> bool:
    unpacker, size = zlib.decompressobj(), 0
    end = data.find(b"endstream", start)
    rest = data[start : end if end >= 0 else len(data)]
    try:
        while rest and not unpacker.eof and size <= UNPACKED:
            size += len(unpacker.decompress(rest, _CHUNK))
            rest = unpacker.unconsumed_tail
    except zlib.error:
        pass  # no stream after all
    return size > UNPACKED


def _about(data: bytes) -> tuple[str | None, str | None]:
    """Title and author, as far as the file tells them."""
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfparser import PDFParser
    from pdfminer.pdftypes import resolve1
    from pdfminer.utils import decode_text

    document = PDFDocument(PDFParser(BytesIO(data)))
    about = document.info[0] if document.info else {}
    values = (resolve1(about.get(key)) for key in ("Title", "Author"))
    title, byline = (told(decode_text(v)) if isinstance(v, bytes) else None for v in values)
    return title, byline


def _pages(data: bytes, name: str) -> Iterator[list[str]]:
    """The paragraphs of each page, column by column."""
    from pdfminer.layout import LAParams, LTTextContainer
    from pdfminer.pdfinterp import PDFPageInterpreter
    from pdfminer.pdfpage import PDFPage

    from annotator.storage.articles_in.pdf_letters import Letters

    letters = Letters(name, LETTERS + LETTERS_PER_BYTE * len(data))
    interpreter = PDFPageInterpreter(letters.rsrcmgr, letters)
    for one in PDFPage.get_pages(BytesIO(data)):
        interpreter.process_page(one)
        allow(SECONDS + letters.drawn / _LETTERS_A_SECOND)
        page = in_rows(letters.get_result())
        page.analyze(LAParams(char_margin=_GAP))
        boxes = ("\n".join(_lines(box)) for box in page if isinstance(box, LTTextContainer))
        yield [text for box in boxes if (text := _paragraph(box))]


def _lines(box: LTTextContainer[Any]) -> Iterator[str]:
    leftward = is_leftward(box.get_text())
    for line in box:
        letters = (one.get_text() for one in line)
        yield as_read([one for one in letters if one != "\n"], leftward)


def _paragraph(box: str) -> str:
    lines = "\n".join(line.strip() for line in box.splitlines())
    # "confer-/mato" was cut by a program, "nord-/Corea" is written so.
    whole = _CUT.sub(lambda cut: cut[2] if cut[2].islower() else cut[1] + cut[2], lines)
    letters = _LIGATURES.sub(lambda one: unicodedata.normalize("NFKC", one[0]).strip(), whole)
    return _BLANKS.sub(" ", letters.replace("\0", "")).strip()


def _joined(paragraphs: Iterator[str]) -> Iterator[str]:
    """Paragraphs, with those that go on in the next column or on the next page made one."""
    open_one = ""
    for one in paragraphs:
        if open_one and one[0].islower() and not _ENDED.search(open_one):
            open_one = f"{open_one} {one}"
        else:
            if open_one:
                yield open_one
            open_one = one
    if open_one:
        yield open_one
