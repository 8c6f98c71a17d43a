"""The lines of a journal: how they are written, and what is believed when they are read.

The first line is a header, each further line one change, and each line ends with a checksum
that goes on from that of the line before. So a line that was damaged, dropped, repeated or
taken from elsewhere is noticed, and no line after it is believed.

Journals of the first format have no checksums; they are still read. A program that knows only
that format keeps a journal of this one, whole, in a file of its own and says so.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple
from zlib import crc32

from annotator.core.change import Change
from annotator.core.errors import NewerFormat
from annotator.storage.files.change_check import refuse_format_errors
from annotator.storage.files.change_json import decode_change, encode_change

FORMAT = "source-attribution-journal/2"
_WITHOUT_CHECKSUMS = "source-attribution-journal/1"

_BEGINNING = b'{"format": "source-attribution-journal/'
_WRITTEN = re.compile(rb"[ -~]*")
"""The bytes that a line is made of."""

_Unsealed = Callable[[bytes], bytes]
"""What stands in the next line, without its checksum; raises `ValueError` if that is wrong."""


class Header(NamedTuple):
    """What the journal's changes start from.

    ``starts_from`` is the digest of the annotation file, None if there was none yet. It is
    for people; recovery looks at the annotations themselves.
    """

    starts_from: str | None
    annotator: str


class JournalContents(NamedTuple):
    """What a journal held: its header, its changes, and the bytes that cannot be read.

    ``header`` is None when the first line is not one of ours; then all of it is unreadable.
    A last line without its end was being written when the power went: it was never
    confirmed, and is left out. All that follows a bad line is unreadable.
    """

    header: Header | None
    changes: tuple[Change, ...] = ()
    unreadable: bytes = b""


class JournalLines:
    """Writes the lines of one journal, each with its checksum."""

    def __init__(self, header: Header) -> None:
        self._checksum = 0
        self.first = self._sealed(json.dumps({"format": FORMAT, **header._asdict()}).encode())

    def line(self, change: Change) -> bytes:
        """The next line."""
        return self._sealed(encode_change(change).removesuffix(b"\n"))

    def _sealed(self, words: bytes) -> bytes:
        self._checksum = crc32(words, self._checksum)
        return b"%b %08x\n" % (words, self._checksum)


def journal_bytes(header: Header, changes: Iterable[Change]) -> tuple[bytes, JournalLines]:
    """A whole journal, and what writes the lines that follow."""
    lines = JournalLines(header)
    return b"".join((lines.first, *map(lines.line, changes))), lines


def read_lines(data: bytes, name: str) -> JournalContents:
    """What stands in the bytes of the journal ``name``, whatever happened to them.

    Raises `NewerFormat` for a journal of a format that only a newer program knows.
    """
    first, end, rest = data.partition(b"\n")
    try:
        if not end and _begins_header(first):
            return JournalContents(None)
        header, unsealed = _read_header(first, name)
    except _UNREADABLE:
        return JournalContents(None, unreadable=data)
    return _read_changes(header, rest, unsealed)


_UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, RecursionError)


def _begins_header(data: bytes) -> bool:
    begun = data[: len(_BEGINNING)]
    return _BEGINNING.startswith(begun) and bool(_WRITTEN.fullmatch(data))


def _read_header(line: bytes, name: str) -> tuple[Header, _Unsealed]:
    unsealed = _unsealing()
    try:
        stated = _stated(unsealed(line), FORMAT, name)
    except ValueError:
        unsealed = bytes
        stated = _stated(line, _WITHOUT_CHECKSUMS, name)
    if not (isinstance(stated["annotator"], str) and isinstance(stated["starts_from"], str | None)):
        raise TypeError
    return Header(**stated), unsealed


def _stated(words: bytes, known: str, name: str) -> dict[str, Any]:
    """What a header says besides its format, which is to be the ``known`` one."""
    stated: dict[str, Any] = json.loads(words)
    format_ = str(stated.pop("format"))
    if format_ == known:
        return stated
    newer = re.fullmatch(r"source-attribution-journal/(\d{1,9})", format_)
    if known == FORMAT and newer and int(newer[1]) > int(FORMAT.rpartition("/")[2]):
        what = f"a newer program wrote this journal (format {format_})"
        raise NewerFormat(name, 1, f"{what}; update this program to open it")
    raise ValueError(format_)


def _unsealing() -> _Unsealed:
    checksum = 0

    def unsealed(line: bytes) -> bytes:
        nonlocal checksum
        words, _, stated = line.rpartition(b" ")
        expected = crc32(words, checksum)
        if stated != b"%08x" % expected:
            raise ValueError("the checksum is another one")
        checksum = expected
        return words

    return unsealed


def _read_changes(header: Header, data: bytes, unsealed: _Unsealed) -> JournalContents:
    *lines, tail = data.split(b"\n")
    changes: list[Change] = []
    for number, line in enumerate(lines):
        try:
            changes.append(_read_change(line, unsealed))
        except ValueError:
            return JournalContents(header, tuple(changes), b"\n".join((*lines[number:], tail)))
    return JournalContents(header, tuple(changes), b"" if _is_torn(tail, unsealed) else tail)


def _read_change(line: bytes, unsealed: _Unsealed) -> Change:
    change = decode_change(unsealed(line))
    refuse_format_errors(change)
    return change


def _is_torn(tail: bytes, unsealed: _Unsealed) -> bool:
    """Whether what follows the last line end is the beginning of a line, and no more.

    Otherwise it was damaged: by bytes that we never write, or in nothing but its line end.
    """
    try:
        _read_change(tail[:-1], unsealed)
    except ValueError:
        return bool(_WRITTEN.fullmatch(tail))
    return False
