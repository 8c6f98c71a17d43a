"""The journal: every change since the last save, on the disk before it is on the screen.

One hidden file beside the annotation file. Its first line is a header, each further line
one change; a line is there whole once `Journal.append` has returned.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from annotator.core.change import Change
from annotator.storage.change_json import decode_change, encode_change
from annotator.storage.disk import (
    is_same_file,
    read_if_there,
    replace_file,
    storage_error,
    sync_folder,
)

FORMAT = "source-attribution-journal/1"

# Windows has no fdatasync; it spares the journal one write per change where it is there.
_sync = getattr(os, "fdatasync", os.fsync)


class Header(NamedTuple):
    """What the journal's changes start from.

    ``starts_from`` is the digest of the annotation file, None if there was none yet. It is
    for people; recovery looks at the annotations themselves.
    """

    starts_from: str | None
    annotator: str


class Found(NamedTuple):
    """What a journal held: its header, its changes, and the bytes that cannot be read.

    ``header`` is None when the first line is not one of ours; then all of it is unreadable.
    A last line without its end was being written when the power went: it was never
    confirmed, and is left out.
    """

    header: Header | None
    changes: tuple[Change, ...] = ()
    unreadable: bytes = b""


def journal_path(annotation_file: Path) -> Path:
    """Where the journal of an annotation file lies: a hidden file beside it."""
    return annotation_file.with_name(f".{annotation_file.stem}.journal")


class Journal:
    """The journal of one open annotation file; the file appears with the first change."""

    def __init__(self, path: Path, header: Header) -> None:
        self.path = path
        self._header = header
        self._descriptor: int | None = None

    def append(self, change: Change) -> None:
        """Bring the change to the disk.

        Raises `StorageError`, leaving the journal as it was, when that fails.
        """
        try:
            self._append(encode_change(change))
        except OSError as error:
            raise storage_error("written", self.path, error) from error

    def _append(self, line: bytes) -> None:
        descriptor = self._opened()
        length = os.fstat(descriptor).st_size
        try:
            _write_all(descriptor, line if length else _header_line(self._header) + line)
            _sync(descriptor)
        except OSError:
            os.ftruncate(descriptor, length)
            raise
        if not length:
            sync_folder(self.path.parent)

    def _opened(self) -> int:
        if self._descriptor is None:
            flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
            self._descriptor = os.open(self.path, flags, 0o666)
        return self._descriptor

    def restart(self, header: Header, changes: Iterable[Change]) -> None:
        """Begin anew from a file as it is now, with the changes that it does not hold yet.

        Raises `StorageError` where the disk refuses; the old journal then stands: it holds
        more than is needed, and recovery knows what the file holds already.
        """
        self._header = header
        lines = [encode_change(change) for change in changes]
        if not lines or self._lost():
            return self.remove()
        self.close()
        replace_file(self.path, b"".join((_header_line(header), *lines)))
        with suppress(OSError):
            self._opened()
        return None

    def remove(self) -> None:
        """Take the journal away: the annotation file holds everything."""
        ours = self._descriptor is not None and not self._lost()
        self.close()
        if ours:
            _unlink(self.path)

    def is_there(self) -> bool:
        """Whether what was appended still lies on the disk, where the next opening looks."""
        return self._descriptor is not None and is_same_file(self._descriptor, self.path)

    def _lost(self) -> bool:
        """Whether another session, which took over the lock, has its journal here now."""
        return self._descriptor is not None and not self.is_there()

    def close(self) -> None:
        """Let the file go; what is in it stays."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def _write_all(descriptor: int, data: bytes) -> None:
    while data:
        data = data[os.write(descriptor, data) :]


def _header_line(header: Header) -> bytes:
    return json.dumps({"format": FORMAT, **header._asdict()}).encode() + b"\n"


def remove_journal(annotation_file: Path) -> None:
    """Take away a journal that adds nothing to the annotation file."""
    _unlink(journal_path(annotation_file))


def _unlink(path: Path) -> None:
    # One that stays behind does no harm: recovery sees that the file holds everything.
    with suppress(OSError):
        path.unlink()


def read_journal(path: Path) -> Found | None:
    """What the journal at ``path`` holds, None if there is none; it is left as it is."""
    data = read_if_there(path)
    if data is None:
        return None
    first, end, rest = data.partition(b"\n")
    if not end:
        return Found(None)
    header = _read_header(first)
    return _read_changes(header, rest) if header else Found(None, unreadable=data)


def _read_header(line: bytes) -> Header | None:
    try:
        told = json.loads(line)
        ours = told.pop("format") == FORMAT
        return Header(**told) if ours else None
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _read_changes(header: Header, data: bytes) -> Found:
    lines = data.split(b"\n")[:-1]
    changes: list[Change] = []
    for number, line in enumerate(lines):
        try:
            changes.append(decode_change(line))
        except ValueError:
            return Found(header, tuple(changes), b"".join(one + b"\n" for one in lines[number:]))
    return Found(header, tuple(changes))
