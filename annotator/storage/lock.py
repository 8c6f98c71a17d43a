"""The lock: a file that says who has an annotation file open for writing."""

from __future__ import annotations

import getpass
import json
import os
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from annotator.core.errors import Locked
from annotator.storage.disk import is_same_file, storage_error

STALE_AFTER = 12 * 3600
"""Seconds without a sign of life after which another computer's lock is taken over."""

_HALF_WRITTEN = 5
"""Seconds that a lock may be without its words, which are written right after it is made."""


_ENDED = (["Z"], ["X"], ["x"])
"""States of a process, as Linux names them, in which it does nothing any more."""


class Holder(NamedTuple):
    """Who holds a lock: ``since`` is local time for people, ``born`` the process's start."""

    user: str
    host: str
    pid: int
    born: str
    since: str


class Lock:
    """A lock that this process holds, until `release`."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path = path
        # Kept open: it tells our file from a successor's, and on Windows nobody can
        # remove a file that is open.
        self._descriptor: int | None = descriptor

    def is_held(self) -> bool:
        """Whether the lock is still ours: after hours of silence another may have taken it."""
        return self._descriptor is not None and is_same_file(self._descriptor, self.path)

    def refresh(self) -> None:
        """Give other computers a sign of life."""
        if self.is_held():
            with suppress(OSError):
                os.utime(self.path)

    def release(self) -> None:
        """Let others write."""
        held = self.is_held()
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
        if held:
            with suppress(OSError):
                self.path.unlink()


def lock_path(annotation_file: Path) -> Path:
    """Where the lock of an annotation file lies: a hidden file beside it."""
    return annotation_file.with_name(f".{annotation_file.stem}.lock")


def take_lock(annotation_file: Path) -> Lock:
    """The lock of an annotation file.

    One whose holder is no longer there is taken over. Raises `Locked` when somebody has
    it, `StorageError` when no lock can be written here.
    """
    path = lock_path(annotation_file)
    try:
        with suppress(FileExistsError):
            return _create(path)
        _refuse_if_alive(path, annotation_file)
        with suppress(FileNotFoundError):
            path.unlink()
        return _create(path)
    except FileExistsError as error:
        raise Locked(_sentence(annotation_file, _read_holder(path))) from error
    except OSError as error:
        raise storage_error("locked", annotation_file, error) from error


def locked_by(annotation_file: Path) -> str | None:
    """Who has the file open, as part of a sentence; None where nobody has."""
    path = lock_path(annotation_file)
    try:
        _refuse_if_alive(path, annotation_file)
    except Locked:
        return _who(_read_holder(path))
    return None


def _create(path: Path) -> Lock:
    told = json.dumps(_this_process()._asdict()).encode()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        os.write(descriptor, told)
    except OSError:
        os.close(descriptor)
        path.unlink()
        raise
    return Lock(path, descriptor)


def _this_process() -> Holder:
    pid = os.getpid()
    since = time.strftime("%Y-%m-%d %H:%M")
    return Holder(user=_user(), host=_host(), pid=pid, born=_born(pid), since=since)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "somebody"


def _host() -> str:
    if sys.platform != "win32":
        return os.uname().nodename
    import platform  # which is slow to load

    return platform.node()


def _born(pid: int) -> str:
    """When a process started, in ticks since boot; empty where the system does not tell."""
    return "".join(_stat(pid)[19:20])


def _stat(pid: int) -> list[str]:
    """What Linux tells of a process, from its state on; nothing elsewhere."""
    try:
        # The name before it, in parentheses, may hold blanks.
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _refuse_if_alive(path: Path, annotation_file: Path) -> None:
    try:
        age = time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return
    holder = _read_holder(path)
    if holder is None:
        alive = age < _HALF_WRITTEN
    elif holder.host == _host():
        alive = _is_alive(holder)
    else:
        alive = age < STALE_AFTER
    if alive:
        raise Locked(_sentence(annotation_file, holder))


def _is_alive(holder: Holder) -> bool:
    if sys.platform == "win32":
        return False  # if it were, removing its open file would fail
    try:
        os.kill(holder.pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    # One that was killed keeps its number until its parent has heard of it.
    return holder.born == _born(holder.pid) and _stat(holder.pid)[:1] not in _ENDED


def _read_holder(path: Path) -> Holder | None:
    try:
        return Holder(**json.loads(path.read_bytes()))
    except (OSError, ValueError, TypeError):
        return None


def _sentence(annotation_file: Path, holder: Holder | None) -> str:
    return f"{annotation_file.name} is open {_who(holder)}; it is opened read-only here."


def _who(holder: Holder | None) -> str:
    return f"by {holder.user} on {holder.host} since {holder.since}" if holder else "elsewhere"
