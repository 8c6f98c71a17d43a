"""What a program that was killed, or lost its power, left half done in a folder."""

from __future__ import annotations

import re
import stat
import sys
import time
from contextlib import suppress
from pathlib import Path

from annotator.storage.disk.contents import digest, read_bytes, storage_error, sync_folder
from annotator.storage.disk.exchange import exchange
from annotator.storage.disk.processes import host_mark, is_running
from annotator.storage.disk.replacement import digest_at, keep_visible, label

SURELY_LEFT = 3600
"""Seconds after which a hidden file of another computer is surely nobody's any more."""

_MARK = r"(?P<host>[0-9a-f]{8})-(?P<pid>\d+)-[0-9a-f]{8}"
_TEMPORARY = re.compile(rf"\.{_MARK}\.tmp")
_SWAP = re.compile(
    rf"\.(?P<label>[0-9a-f]{{16}})-(?P<new>[0-9a-f]{{16}})-(?P<old>[0-9a-f]{{16}})-{_MARK}\.swap"
)


def sweep(folder: Path) -> None:
    """Take away what was being written when the program was killed; what is at work stays."""
    for path, _ in _left(folder, _TEMPORARY):
        with suppress(OSError):
            path.unlink()


def restore(folder: Path) -> tuple[str, ...]:
    """Finish what `replacing` had begun in a folder; returns sentences for the user.

    What somebody had saved at that moment goes back to its place if the killed program's
    version lies there: its journal has what is missing then. Otherwise it gets a visible name.
    Raises `StorageError` where the disk refuses.
    """
    told = []
    for swap, found in _left(folder, _SWAP):
        try:
            told += _restore(swap, found)
        except OSError as error:
            raise storage_error("restored", swap, error) from error
    return tuple(told)


def _restore(swap: Path, found: re.Match[str]) -> list[str]:
    """Settle one file: a content of ours, one that was merged, or somebody's work."""
    if digest(read_bytes(swap))[:16] in (found["new"], found["old"]):
        swap.unlink()
        return []
    path = _called(found["label"], swap.parent)
    ours = path is not None and (digest_at(path) or "")[:16] == found["new"]
    if path is not None and ours and exchange(swap, path):
        sync_folder(path.parent)
        swap.unlink()
        return [f"A save of {path.name} that had been cut short was taken back."]
    kept = keep_visible(swap, path or swap.with_name("saved-elsewhere.yaml"))
    return [f"What somebody saved while a save was cut short is kept in {kept.name}."]


def _called(wanted: str, folder: Path) -> Path | None:
    return next((path for path in folder.iterdir() if label(path.name) == wanted), None)


def _left(folder: Path, pattern: re.Pattern[str]) -> list[tuple[Path, re.Match[str]]]:
    """The files of such names that no running program is busy with."""
    try:
        found = [(path, pattern.fullmatch(path.name)) for path in folder.iterdir()]
    except OSError:
        return []
    return [(path, match) for path, match in found if match and _is_left(path, match)]


def _is_left(path: Path, match: re.Match[str]) -> bool:
    try:
        status = path.lstat()
    except OSError:
        return False
    if not stat.S_ISREG(status.st_mode):  # not made by us
        return False
    # What was exchanged has the time of its content, but took its name just then.
    since = status.st_mtime if path.suffix == ".tmp" else status.st_ctime
    ours = match["host"] == host_mark() and sys.platform != "win32"
    return (ours and not is_running(int(match["pid"]))) or time.time() - since > SURELY_LEFT
