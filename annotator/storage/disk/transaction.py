"""Several files of a folder replaced together, as far as a disk can do that.

All new contents are written first, as hidden files beside the old ones; then a journal names
them, and they take their places one after the other. Until the journal is on the disk nothing
has changed, and an error leaves everything as it was. From then on everything changes: where
the program is killed in between, or the disk refuses, `finish` goes on with it at the next
opening of an article of the folder. What somebody else wrote in the meantime is not
overwritten, but told. Readers may see some files old and some new for a moment.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from annotator.core.errors import AnnotatorError, ChangedOnDisk, Locked, Overtaken, StorageError
from annotator.storage.disk.contents import (
    digest,
    read_bytes,
    read_if_there,
    real,
    storage_error,
    write_beside,
)
from annotator.storage.disk.exchange import exchange
from annotator.storage.disk.hidden_files import read_hidden, replace_hidden
from annotator.storage.disk.lock import Lock, take_lock
from annotator.storage.disk.replacement import (
    digest_at,
    keep_visible,
    put_unchanged,
    until_unchanged,
)
from annotator.storage.files.places import refuse_outside
from annotator.storage.folder import Folder

FORMAT = "source-attribution-together/1"
JOURNAL = ".together.journal"
FINISHED = "A change of several files in this folder that had been cut short is finished."

_BUSY = "The sources of this folder are being changed {who}; try again."

_DIGEST = re.compile("[0-9a-f]{64}")


Remake = Callable[[bytes | None], bytes]


class Content(NamedTuple):
    """A file, what it held when it was looked at (None if it was not there), and is to hold."""

    path: Path
    old: bytes | None
    new: bytes
    again: Remake | None = None
    """Makes the new content from whatever the file holds by then, if somebody was faster."""


class _Outcome(NamedTuple):
    """Sentences on what could not be done, and on earlier versions that are not kept."""

    left: tuple[str, ...] = ()
    not_kept: tuple[str, ...] = ()


class _Entry(NamedTuple):
    """A file as the journal has it: its name, and the digests of what was and what is to be."""

    file: str
    old: str
    new: str

    @property
    def was(self) -> str | None:
        """The digest of the old file; None where it was not there."""
        return None if self.old == digest(b"") else self.old


def gate(folder: Folder) -> Path:
    """What is locked while somebody is at it; no annotation file is called so."""
    return folder.annotations / "together"


def lock_gate(folder: Folder) -> Lock:
    """The lock of the gate; raises as `take_lock`."""
    return take_lock(gate(folder), _BUSY)


def is_journal(path: Path) -> bool:
    """Whether the journal at ``path`` is ours, and not that of an annotation file."""
    return path.name == JOURNAL


def replace_together(folder: Folder, contents: Iterable[Content]) -> tuple[str, ...]:
    """Put the new contents in the place of the old ones, all or none (see the module).

    Returns the sentence why earlier versions could not be kept, none where they were.

    The files are sources.yaml and annotation files of the folder. Whoever calls holds the
    locks of all of them, and that of `gate`. Whatever ``contents`` raises is passed on. Raises
    `ChangedOnDisk` where somebody wrote a file at the same moment and nothing could be made of
    it again; that one is left as it is, the others are replaced.
    """
    again: dict[str, Remake] = {}
    entries = []
    try:
        for content in contents:
            entries.append(_prepare(content))
            if content.again:
                again[content.path.name] = content.again
        _write_journal(folder, entries)
    except BaseException:
        _sweep(folder)
        raise
    left, not_kept = _put_in_place(folder, entries, again)
    if left:
        raise ChangedOnDisk(" ".join(left))
    return not_kept


def _write_journal(folder: Folder, entries: list[_Entry]) -> None:
    path = folder.annotations / JOURNAL
    data = json.dumps({"format": FORMAT, "files": entries}).encode()
    # It names files and holds nothing of them: whoever may see the folder may see it.
    try:
        replace_hidden(path, data, like=path)
    except OSError as error:
        raise storage_error("written", path, error) from error


def _prepare(content: Content) -> _Entry:
    path, old, new, _ = content
    refuse_outside(path)
    beside = _beside(path)
    with suppress(OSError):  # one that was left by a program that was killed
        beside.unlink()
    write_beside(path, beside, new)
    return _Entry(path.name, digest(old or b""), digest(new))


def _put_in_place(
    folder: Folder, entries: Iterable[_Entry], again: Mapping[str, Remake]
) -> _Outcome:
    """Do what the journal says; of earlier versions that are not kept it tells once."""
    put = [_put(_path(folder, one.file), one, again.get(one.file)) for one in entries]
    with suppress(OSError):  # one that stays behind finds everything done
        (folder.annotations / JOURNAL).unlink()
    _sweep(folder)
    left = (sentence for one in put for sentence in one.left)
    not_kept = (sentence for one in put for sentence in one.not_kept)
    return _Outcome(tuple(left), tuple(not_kept)[:1])


def _put(path: Path, entry: _Entry, again: Remake | None) -> _Outcome:
    """Put one file in its place; tells where somebody else wrote it meanwhile."""
    refuse_outside(path)
    there = real(path)
    beside, now = _beside(path), digest_at(there)
    if now == entry.new:
        return _Outcome(_given_back(beside, there, entry))
    kept: tuple[str, ...] = ()
    try:
        if now == entry.was and digest_at(beside) == entry.new:
            return _Outcome((), _put_keeping(beside, there, entry))
    except Overtaken as error:
        kept = (f"One version of it is kept in {error.kept}.",) if error.kept else ()
    try:
        left, not_kept = _made_again(path, again)
    except AnnotatorError:
        changed = f"{path.name} was changed meanwhile and is left as it is; check it."
        return _Outcome((changed, *kept))
    return _Outcome(kept + left, not_kept)


def _put_keeping(beside: Path, path: Path, entry: _Entry) -> tuple[str, ...]:
    from annotator.storage.backups.versions import keep  # the window starts without it

    old, new = read_if_there(path), read_bytes(beside)
    not_kept = keep(path, old) if old is not None else ()
    put_unchanged(beside, path, entry.new, entry.was)
    return keep(path, new) or not_kept


def _made_again(path: Path, again: Remake | None) -> _Outcome:
    """Replace what somebody wrote meanwhile by what is to become of it."""
    if again is None:
        raise ChangedOnDisk(str(path))
    remake = again

    def attempt() -> tuple[str, ...]:
        from annotator.storage.backups.versions import replace_keeping

        old = read_if_there(path)
        return replace_keeping(path, remake(old), old)

    not_kept, left = until_unchanged(path, attempt)
    return _Outcome(left, not_kept)


def _given_back(beside: Path, path: Path, entry: _Entry) -> tuple[str, ...]:
    """Where the program was killed after it had replaced what somebody had just written."""
    if digest_at(beside) in (None, entry.old, entry.new):
        return ()
    if not exchange(beside, path):
        kept = keep_visible(beside, path)
        return (f"What somebody wrote into {path.name} meanwhile is kept in {kept.name}.",)
    return (f"{path.name} was changed meanwhile and is left as it is; check it.",)


def finish(folder: Folder) -> tuple[str, ...]:
    """Go on with what was cut short in the folder; returns sentences for the user.

    Where the program was killed before anything had changed, what it had prepared goes. Does
    nothing while somebody is at it. Raises `StorageError` where the disk refuses.
    """
    journal = folder.annotations / JOURNAL
    if not os.path.lexists(journal) and not _is_prepared(folder):
        return ()
    try:
        lock = lock_gate(folder)
    except Locked:
        return ()
    try:
        if not os.path.lexists(journal):  # as long as the gate is ours nobody begins
            _sweep(folder)
            return ()
        left, not_kept = _put_in_place(folder, _read_entries(journal), {})
        return (FINISHED, *left, *not_kept)
    finally:
        lock.release()


def _is_prepared(folder: Folder) -> bool:
    """Whether new contents lie there that are not in their place."""
    return any(folder.annotations.glob(".*.new")) or _beside(folder.sources_file).exists()


def _read_entries(journal: Path) -> list[_Entry]:
    try:
        stated = json.loads(read_hidden(journal) or b"")
        entries = [_Entry(*one) for one in stated["files"]]
        sound = stated["format"] == FORMAT and all(map(_is_sound, entries))
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        sound, entries = False, []
    if not sound:
        raise StorageError(f"{journal} cannot be read; check this folder, then remove it.")
    return entries


def _is_sound(entry: _Entry) -> bool:
    """Whether it names a file that `replace_together` writes; raises `TypeError`, `ValueError`.

    Whoever can write into the folder could name a file outside of it here.
    """
    name = os.fsencode(entry.file)
    inside = Path(entry.file).name == entry.file and b"\0" not in name
    of_ours = entry.file.endswith(".yaml") and not entry.file.startswith(".")
    return inside and of_ours and all(map(_DIGEST.fullmatch, (entry.old, entry.new)))


def _path(folder: Folder, name: str) -> Path:
    sources = folder.sources_file
    return sources if name == sources.name else folder.annotations / name


def _beside(path: Path) -> Path:
    there = real(path)
    return there.with_name(f".{there.name}.new")


def _sweep(folder: Folder) -> None:
    """Take away what was prepared and not put in place."""
    for path in (folder.sources_file, *folder.annotations.glob("*.yaml")):
        with suppress(OSError):
            _beside(path).unlink()
