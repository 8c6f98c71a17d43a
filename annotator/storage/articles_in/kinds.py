"""The kinds of files that articles are taken from, in one table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from annotator.core.errors import ArticleError
from annotator.core.text.article import LONGEST
from annotator.storage.articles_in.found import Reader
from annotator.storage.articles_in.mail import read_mail
from annotator.storage.articles_in.pdf import read_pdf
from annotator.storage.articles_in.plain import read_markdown, read_text
from annotator.storage.articles_in.web import read_web
from annotator.storage.articles_in.word import read_word

LARGEST = 50_000_000
"""Bytes of a file with pictures or attachments; beyond that nobody made it for one article."""


@dataclass(frozen=True)
class FileKind:
    """A kind of file: its name in headers, its title for people, its suffixes, how it is read.

    ``encoded`` is whether its encoding can be chosen, ``most`` how many bytes it may have, and
    ``apart`` whether it could do harm, and is read in a process of its own.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    read: Reader
    encoded: bool = True
    most: int = LARGEST
    apart: bool = False


KINDS: tuple[FileKind, ...] = (
    FileKind("text", "Plain text", (".txt",), read_text, most=LONGEST),
    FileKind("markdown", "Markdown", (".md",), read_markdown, most=LONGEST),
    FileKind("html", "Web page", (".html", ".htm", ".xhtml"), read_web, most=LONGEST, apart=True),
    FileKind("word", "Word document", (".docx",), read_word, encoded=False, apart=True),
    FileKind("pdf", "PDF", (".pdf",), read_pdf, encoded=False, apart=True),
    FileKind("mail", "E-mail", (".eml",), read_mail, apart=True),
)

SUFFIXES = tuple(suffix for kind in KINDS for suffix in kind.suffixes)

_BINARY = (
    (b"%PDF-", "a PDF", (".pdf",)),
    (b"PK\x03\x04", "a Word document or another zip archive", (".docx",)),
    (b"\xd0\xcf\x11\xe0", "an old Word document (.doc), or one with a password", ()),
    (b"{\\rtf", "a document in RTF; save it as .docx", ()),
)
_PAGE = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE)


def kind_of(path: Path) -> FileKind:
    """The kind of a file, by its suffix; raises `ArticleError` where articles are never so."""
    suffix = path.suffix.lower()
    for kind in KINDS:
        if suffix in kind.suffixes:
            return kind
    listed = ", ".join(SUFFIXES)
    raise ArticleError(f"{path}: articles are not taken from such files, only from {listed}.")


def refuse_other_kind(kind: FileKind, data: bytes, name: str) -> None:
    """Raise `ArticleError` where the bytes are plainly those of another kind of file."""
    if not data:
        raise ArticleError(f"{name}: the file is empty.")
    looks = _looks(data)
    if looks and not set(kind.suffixes) & set(looks[1]):
        raise ArticleError(f"{name}: this is not what its suffix says; it looks like {looks[0]}.")


def _looks(data: bytes) -> tuple[str, tuple[str, ...]] | None:
    for mark, what, suffixes in _BINARY:
        if data.startswith(mark):
            return what, suffixes
    if _PAGE.match(data.removeprefix(b"\xef\xbb\xbf")[:1000]):
        return "a web page", (".html", ".htm", ".xhtml", ".md", ".eml")
    return None
