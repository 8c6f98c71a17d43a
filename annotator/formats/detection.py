"""What a file looks like that is not what it was taken for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path

from annotator.formats.format import Format
from annotator.storage.disk.refusals import refusals_told

HEAD = 8192
"""Bytes at the beginning of a file that are looked at."""

MOST_FILES = 50
"""Files of a folder that are looked into."""

_LOOKS: tuple[tuple[str, bytes], ...] = (
    ("a Parquet file", rb"PAR1"),
    ("a PDF", rb"%PDF-"),
    ("a PNG picture", rb"\x89PNG"),
    ("a compressed file", rb"\x1f\x8b"),
    ("a Word document", rb"PK\x03\x04.*word/"),
    ("a zip archive", rb"PK\x03\x04"),
    ("a TEI document", rb"\s*<.*<?TEI\b|\s*<TEI\b"),
    ("UIMA CAS XMI", rb"\s*<.*\bxmi:XMI\b"),
    ("HTML", rb"(?i)\s*<(!doctype html|html)\b"),
    ("XML", rb"\s*<(\?xml|[A-Za-z!])"),
    ("UIMA CAS JSON", rb"\s*\{.*\"%TYPES\""),
    ("W3C Web Annotation JSON-LD", rb"\s*[{[].*ns/anno\.jsonld"),
    ("Label Studio JSON", rb"\s*[{[].*\"(annotations|completions)\".*\"result\"\s*:"),
    ("doccano JSON Lines", rb"\s*\{.*\"text\"\s*:.*\"(label|labels|entities)\"\s*:"),
    ("JSON Lines", rb"\s*\{ *\"article\" *: *\"[^\n]*\"annotator\" *:"),
    ("JSON", rb"\s*(\{\s*[\"}]|\[\s*[\[{\"\d\]])"),
    ("brat standoff", rb"([TEARMN#*]\d*\t\S+ .*(\n|$))"),
    ("one of our annotation files", rb"format: *[\"']?source-attribution/"),
    ("a source registry", rb"format: *[\"']?source-registry/"),
    ("a table with commas", rb"[\w \"-]+(,[\w \"-]+){3,}\r?\n"),
)
"""Beginnings by which files are known, the special one before the general one."""

_BINARY = 6
"""The number of those that are not text at all, which come first."""

_PATTERNS = tuple((what, re.compile(pattern, re.DOTALL)) for what, pattern in _LOOKS)


def is_no_text(data: bytes) -> bool:
    """Whether the bytes at the beginning of a file are surely no text in some encoding."""
    head = data[:HEAD]
    return b"\0" in head or any(pattern.match(head) for _, pattern in _PATTERNS[:_BINARY])


def looks_like(data: bytes) -> str:
    """What the bytes at the beginning of a file look like, in words with an article.

    As in "a PDF"; "an empty file" and, where nothing fits, "some other text" or "no text".
    """
    head = data[:HEAD].removeprefix(b"\xef\xbb\xbf")
    if not head.strip():
        return "an empty file"
    for what, pattern in _PATTERNS:
        if pattern.match(head):
            return what
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "text in UTF-16"
    return "no text" if b"\0" in head else "some other text"


@refusals_told("read")
def format_of(path: Path, forms: Sequence[Format]) -> Format | None:
    """Which of the formats a file is in: what its beginning says, else what its name ends in.

    Of a folder the first file counts that is in one of them. None where it could be in several,
    or in none.
    """
    if path.is_dir():
        return next(filter(None, (format_of(one, forms) for one in _files_in(path))), None)
    head = b""
    with suppress(OSError), path.open("rb") as file:
        head = file.read(HEAD)
    looks = looks_like(head)
    by_name = [form for form in forms if path.name.lower().endswith(form.suffixes)]
    found = [form for form in forms if form.title == looks] or by_name
    return found[0] if len(found) == 1 else None


def _files_in(folder: Path) -> Iterator[Path]:
    with suppress(OSError):
        yield from islice((one for one in sorted(folder.iterdir()) if one.is_file()), MOST_FILES)
