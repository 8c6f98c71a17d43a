"""The lock: a file that says who has an annotation file open for writing.

It lives while its time stamp changes; whoever holds it renews that each minute. A stamp is
only ever compared with itself: what another computer's clock says does not matter. A lock is
stale when its process has ended, if that is one of this computer, or when it was not seen to
change for ten minutes by this computer's own clock.

A stale lock is taken over by renaming a new one over it. Two windows may find it stale at the
same moment, and the slower one must not rename over the lock of the faster one. So first comes
a claim: a lock on the lock, of the same kind. Whoever has it looks again, and nobody else
replaces the lock meanwhile.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from threading import Thread
from time import monotonic, sleep
from typing import NamedTuple

from annotator.core.errors import Locked, StorageError
from annotator.storage.disk.contents import digest, open_regular, storage_error
from annotator.storage.disk.exchange import rename_new
from annotator.storage.disk.hidden_files import (
    NOFOLLOW,
    Identity,
    close_file,
    create_beside,
    create_hidden,
    identity,
    identity_of,
)
from annotator.storage.disk.lock_holder import (
    Holder,
    holder_bytes,
    is_alive,
    is_here,
    is_this_process,
    read_holder,
    this_process,
)

STALE_AFTER = 600
"""Seconds without a change of its stamp after which another computer's lock is taken over."""

READ_ONLY = "{file} is open {who}; it is opened read-only here."
CLOSE_FIRST = "{file} is open {who}; it has to be closed there first."

RENEWED_EVERY = 60
"""Seconds between two renewals of the locks that are held."""

_HALF_WRITTEN = 10
"""The same for one without a word: where a disk has no way to write it whole, a kill leaves it."""

_LONGEST = 4096
"""Bytes of a lock that are looked at."""


class Lock:
    """A lock that this process holds, until `release`."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path = path
        # Kept open: it tells our file from a successor's, and on Windows nobody can
        # remove a file that is open.
        self._descriptor: int | None = descriptor
        self.file = identity_of(descriptor)

    def is_held(self) -> bool:
        """Whether the lock is still ours: after minutes of silence another may have taken it."""
        return self._descriptor is not None and self.file == identity(self.path)

    def renew(self) -> None:
        """Give other computers a sign of life."""
        if self.is_held():
            with suppress(OSError):
                os.utime(self.path, follow_symlinks=os.utime not in os.supports_follow_symlinks)

    def release(self) -> None:
        """Let others write. It holds no data: whatever closing it complains of is no loss."""
        _held.discard(self)
        is_held = self.is_held()
        if is_held and sys.platform != "win32":
            self._remove()
        _living.discard(self.file)
        self.let_go()
        if is_held and sys.platform == "win32":  # where nobody can remove what is open
            self._remove()

    def _remove(self) -> None:
        with suppress(OSError):
            self.path.unlink()

    def let_go(self) -> None:
        """Close the file, and leave it where it is."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            with suppress(StorageError):
                close_file(descriptor, self.path)


class _Look(NamedTuple):
    """A lock as it was seen: two that differ in anything are two locks, or one that lives."""

    file: Identity
    stamp: int
    words: bytes | None

    @property
    def holder(self) -> Holder | None:
        return read_holder(self.words or b"")

    @property
    def patience(self) -> int:
        return _HALF_WRITTEN if self.words == b"" else STALE_AFTER


_held: set[Lock] = set()
_living: set[Identity] = set()
"""The locks of this process; another one with its name is left over, since the disk refused."""

_first_looks: dict[Path, tuple[_Look, float]] = {}
"""How each lock looked when it last looked otherwise, and when that was (monotonic seconds)."""


def lock_path(annotation_file: Path) -> Path:
    """Where the lock of an annotation file lies: a hidden file beside it."""
    return annotation_file.with_name(f".{annotation_file.stem}.lock")


def take_lock(annotation_file: Path, busy: str = READ_ONLY) -> Lock:
    """The lock of an annotation file; it is renewed until it is released.

    One that is stale is taken over. Raises `Locked` when somebody has it, with the sentence
    ``busy`` on the ``{file}`` and ``{who}`` has it; `StorageError` when no lock can be written.
    """
    path = lock_path(annotation_file)
    try:
        lock = _take(path, annotation_file)
    except FileExistsError as error:
        who = _who(_look(path))
        raise Locked(busy.format(file=annotation_file.name, who=who)) from error
    except OSError as error:
        raise storage_error("locked", annotation_file, error) from error
    _sweep_claim(path)
    _held.add(lock)
    _renew_from_now_on()
    return lock


def locked_by(annotation_file: Path) -> str | None:
    """Who has the file open, as part of a sentence; None where nobody has."""
    path = lock_path(annotation_file)
    look = _look(path)
    return None if look is None or _is_stale(path, look) else _who(look)


def _take(path: Path, like: Path) -> Lock:
    """The lock at ``path``; raises `FileExistsError` where it is not to be had."""
    with suppress(FileExistsError):
        return _create(path, like)
    look = _look(path)
    if look is None:  # it was released at this moment
        return _create(path, like)
    if not _is_stale(path, look):
        raise FileExistsError(path)
    claim = _take(_claim_path(path), like)
    try:
        if _look(path) != look:  # somebody was faster
            raise FileExistsError(path)
        return _replace(path, like)
    finally:
        claim.release()


def _claim_path(path: Path) -> Path:
    # Of one length: the name of an article may leave no room for more.
    return path.with_name(f".{digest(os.fsencode(path.name))[:32]}.claim")


def _sweep_claim(path: Path) -> None:
    """Take away the claim of a program that was killed while it took the lock over."""
    claim = _claim_path(path)
    if os.path.lexists(claim):
        with suppress(OSError):
            _take(claim, path).release()


def _create(path: Path, like: Path) -> Lock:
    """A new lock; raises `FileExistsError` where there is one."""
    beside, made = create_beside(path, holder_bytes(this_process()), like, sync=False)
    _living.add(made)
    try:
        os.link(beside, path)  # whole from the first moment, however the program ends
    except FileExistsError:
        if identity(path) != made:  # a network disk may have asked twice
            _living.discard(made)
            raise
    except OSError:  # a disk that knows no second names
        made = _name_new(beside, made, path, like)
    finally:
        with suppress(OSError):
            beside.unlink()
    return _opened(path, made)


def _name_new(beside: Path, made: Identity, path: Path, like: Path) -> Identity:
    """Let the lock ``beside`` be that at ``path`` without a second name; returns which it is."""
    try:
        if rename_new(beside, path):
            return made
    except OSError:
        _living.discard(made)
        raise
    _living.discard(made)
    made = create_hidden(path, holder_bytes(this_process()), like, sync=False)
    _living.add(made)
    return made


def _replace(path: Path, like: Path) -> Lock:
    """A new lock in the place of the one that is there."""
    beside, made = create_beside(path, holder_bytes(this_process()), like, sync=False)
    _living.add(made)
    try:
        beside.replace(path)
    except PermissionError as error:
        if sys.platform == "win32":  # somebody has it open, and so holds it
            raise FileExistsError(path) from error
        raise
    finally:
        with suppress(OSError):
            beside.unlink()
    return _opened(path, made)


def _opened(path: Path, made: Identity) -> Lock:
    """The lock that was made just now; raises `FileExistsError` if it is another's already."""
    try:
        lock = Lock(path, open_regular(path, os.O_RDONLY | NOFOLLOW))
    except OSError:
        _living.discard(made)
        if identity(path) == made:
            with suppress(OSError):
                path.unlink()
        raise
    if lock.file != made:
        _living.discard(made)
        lock.let_go()
        raise FileExistsError(path)
    return lock


def _look(path: Path) -> _Look | None:
    """How the lock looks now; None where there is none.

    What is no file, or may not be read, has None for words, and so no holder.
    """
    try:
        descriptor = open_regular(path, os.O_RDONLY | NOFOLLOW)
        with os.fdopen(descriptor, "rb") as file:
            status, words = os.fstat(descriptor), file.read(_LONGEST)
    except OSError:
        try:
            status, words = path.lstat(), None
        except OSError:
            return None
    return _Look(Identity(status.st_dev, status.st_ino), status.st_mtime_ns, words)


def _is_stale(path: Path, look: _Look) -> bool:
    if (holder := look.holder) and is_this_process(holder):
        return look.file not in _living
    if holder and is_here(holder):
        return not is_alive(holder)
    now = monotonic()
    first, since = _first_looks.get(path, (None, now))
    if first != look:
        since = now
    _first_looks[path] = look, since
    return now - since >= look.patience


def renew_all() -> None:
    """Renew every lock that this process holds."""
    for lock in tuple(_held):
        lock.renew()


def _renew_for_ever() -> None:
    while True:
        sleep(RENEWED_EVERY)
        renew_all()


_renewing = Thread(target=_renew_for_ever, name="locks", daemon=True)


def _renew_from_now_on() -> None:
    """A thread renews the locks, so that they live while the window is busy or asks something."""
    global _renewing
    if not _renewing.is_alive():
        _renewing = Thread(target=_renew_for_ever, name="locks", daemon=True)
        _renewing.start()


def _who(look: _Look | None) -> str:
    return str(look and look.holder or "elsewhere")
