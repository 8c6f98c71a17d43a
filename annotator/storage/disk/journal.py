"""The journal: every change since the last save, on the disk before it is on the screen.

One hidden file beside the annotation file (see `journal_format` for its lines). A line is
there whole once `Journal.append` has returned, and what was refused is not.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from annotator.core.change import Change
from annotator.core.errors import StorageError
from annotator.storage.disk.contents import open_regular, storage_error
from annotator.storage.disk.hidden_files import (
    NOFOLLOW,
    Identity,
    close_file,
    identity,
    identity_of,
    read_hidden,
    replace_hidden,
    write_all,
)
from annotator.storage.disk.journal_format import (
    Header,
    JournalContents,
    JournalLines,
    journal_bytes,
    read_lines,
)
from annotator.storage.disk.kept_files import keep_aside, move_aside

__all__ = ["Header", "Journal", "JournalContents", "journal_path", "read_journal"]

# Windows has no fdatasync; it spares the journal one write per change where it is there.
_sync = getattr(os, "fdatasync", os.fsync)

_LONG = 1_000_000
"""Bytes that are read anew for each change; a longer journal only where its time is another."""


class _Content(NamedTuple):
    """What was written, by which it is told from whatever else lies there."""

    length: int = 0
    checksum: int = 0

    def and_then(self, data: bytes) -> _Content:
        return _Content(self.length + len(data), crc32(data, self.checksum))


def journal_path(annotation_file: Path) -> Path:
    """Where the journal of an annotation file lies: a hidden file beside it."""
    return annotation_file.with_name(f".{annotation_file.stem}.journal")


def read_journal(path: Path) -> JournalContents | None:
    """What the journal at ``path`` holds, None if there is none; it is left as it is.

    Raises `StorageError` when it cannot be read, `NewerFormat` when only a newer program can.
    """
    data = read_hidden(path)
    return None if data is None else read_lines(data, str(path))


def _content_of(data: bytes | None) -> _Content:
    return _Content().and_then(data or b"")


class Journal:
    """The journal of one open annotation file; the file appears with the first change.

    It grows line by line as long as what lies on the disk is just what was written here. Where
    it is not, since a write failed or somebody took the file away or wrote over it, the next
    change writes it anew, with everything that is not saved yet; what somebody wrote is kept.
    """

    def __init__(self, annotation_file: Path, header: Header) -> None:
        self.path = journal_path(annotation_file)
        self._annotation_file = annotation_file
        self._header = header
        self._changes: list[Change] = []
        self._file: Identity | None = None  # the one that is ours, to write and to replace
        self._descriptor: int | None = None
        self._content: _Content | None = None  # what it holds, where that is known
        self._time = 0  # of the last write
        self._lines = JournalLines(header)

    def append(self, change: Change) -> None:
        """Bring the change to the disk.

        Raises `StorageError` when that fails; the change does not come back then.
        """
        try:
            if self._is_as_written():
                self._extend(change)
            else:
                self._write_anew((*self._changes, change))
        except OSError as error:
            raise storage_error("written", self.path, error) from error
        self._changes.append(change)

    def withdraw(self) -> None:
        """Forget the last change, which was written while the lock was lost.

        It stands on the disk until the journal is written anew.
        """
        self._changes.pop()
        with suppress(StorageError):
            self._let_go()

    def restart(self, header: Header, changes: Iterable[Change]) -> None:
        """Begin anew from a file as it is now, with the changes that it does not hold yet.

        Raises `StorageError` where the disk refuses; the old journal then stands: it holds
        more than is needed, and recovery knows what the file holds already.
        """
        self._header, self._changes = header, list(changes)
        if not self._changes:
            return self._remove()
        try:
            return self._write_anew(self._changes)
        except OSError as error:
            raise storage_error("written", self.path, error) from error

    def adopt(self) -> None:
        """Take what lies there for ours to replace: it was read, and nothing of it is lost."""
        self._file, self._content = identity(self.path), None

    def is_there(self) -> bool:
        """Whether what was appended still lies on the disk, where the next opening looks."""
        return self._is_ours() and (self._content is None or self._stands(self._content))

    def is_free(self) -> bool:
        """Whether nobody else's journal lies there."""
        return identity(self.path) in (None, self._file)

    def close(self) -> None:
        """Let the file go, with all that is not saved in it, and nothing else.

        Where the disk refuses to the end, it stays as it is. Raises `StorageError` when the
        file cannot be closed; nothing that was confirmed depends on that.
        """
        with suppress(StorageError):
            if not self._changes or not self._is_as_written():
                self.restart(self._header, self._changes)
        self._let_go()

    def abandon(self) -> None:
        """Let the file go as it is: somebody else has the lock now."""
        self._let_go()

    def _is_ours(self) -> bool:
        return self._file is not None and self._file == identity(self.path)

    def _is_as_written(self) -> bool:
        return self._descriptor is not None and self._content is not None and self.is_there()

    def _stands(self, content: _Content) -> bool:
        """Whether the file holds just that; a program may have written over it in place."""
        if content.length > _LONG and self._is_untouched(content):
            return True
        try:
            return _content_of(read_hidden(self.path)) == content
        except StorageError:
            return self._descriptor is None or self._is_untouched(content)

    def _is_untouched(self, content: _Content) -> bool:
        if self._descriptor is None:
            return False
        with suppress(OSError):
            status = os.fstat(self._descriptor)
            return (status.st_size, status.st_mtime_ns) == (content.length, self._time)
        return False

    def _keep_what_others_wrote(self) -> None:
        """Keep what somebody wrote over ours, which is to be replaced; raises `StorageError`."""
        if self._content is not None and self._is_ours():
            data = self._readable()
            if data and _content_of(data) != self._content:
                keep_aside(self._annotation_file, data)

    def _readable(self) -> bytes:
        """What lies there; nothing where the disk refuses that, which changes nobody's work."""
        with suppress(StorageError):
            return read_hidden(self.path) or b""
        return b""

    def _extend(self, change: Change) -> None:
        assert self._descriptor is not None
        assert self._content is not None
        line = self._lines.line(change)
        try:
            write_all(self._descriptor, line)
            _sync(self._descriptor)
        except OSError:
            self._take_back(self._descriptor, self._content)
            raise
        self._content = self._content.and_then(line)
        self._take_time(self._descriptor)

    def _take_time(self, descriptor: int) -> None:
        with suppress(OSError):  # then it counts as touched
            self._time = os.fstat(descriptor).st_mtime_ns

    def _take_back(self, descriptor: int, content: _Content) -> None:
        """Remove what was refused, so that it does not come back at the next opening."""
        try:
            os.ftruncate(descriptor, content.length)
        except OSError:
            self._content = None  # with some of what was refused, perhaps
            with suppress(OSError):
                self._write_anew(self._changes)
        else:
            # After a failed write the system may have dropped more than it says.
            with suppress(StorageError):
                self._let_go()

    def _write_anew(self, changes: Iterable[Change]) -> None:
        with suppress(StorageError):
            self._let_go()
        if not self.is_free():
            move_aside(self.path, self._annotation_file)
        self._keep_what_others_wrote()
        data, self._lines = journal_bytes(self._header, changes)
        self._file = replace_hidden(self.path, data, self._annotation_file)
        self._content = _Content().and_then(data)
        with suppress(OSError):  # what is in it is safe; the next change writes it anew
            self._open()

    def _open(self) -> None:
        self._descriptor = open_regular(self.path, os.O_WRONLY | os.O_APPEND | NOFOLLOW)
        self._take_time(self._descriptor)
        if identity_of(self._descriptor) != self._file:
            self._let_go()

    def _remove(self) -> None:
        """Take the journal away: the annotation file holds everything.

        One that stays behind does no harm: recovery sees that the file holds everything.
        """
        with suppress(StorageError):
            self._let_go()
        if self.is_there():
            with suppress(OSError):
                self.path.unlink()
                self._file = self._content = None

    def _let_go(self) -> None:
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            close_file(descriptor, self.path)
