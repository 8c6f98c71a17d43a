"""The program's own hidden files: journals and locks.

They lie in folders into which colleagues, git and archives put files too. So they are never
read or written through a link, nothing but an ordinary file is opened, and each one is as
private as the tagging beside which it lies, from its first byte on.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from annotator.core.errors import StorageError
from annotator.storage.disk.contents import (
    LARGEST,
    open_regular,
    storage_error,
    sync_folder,
    temporary,
)

NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)


class Identity(NamedTuple):
    """By which a file is told from another one that has taken its name."""

    device: int
    number: int


def identity(path: Path) -> Identity | None:
    """Which file lies at ``path``, a link counting as itself; None where none can be seen."""
    try:
        status = path.lstat()
    except OSError:
        return None
    return Identity(status.st_dev, status.st_ino)


def identity_of(descriptor: int) -> Identity:
    """Which file is open."""
    status = os.fstat(descriptor)
    return Identity(status.st_dev, status.st_ino)


def is_ordinary(path: Path) -> bool:
    """Whether what lies at ``path``, if anything, is a file of a size that can be read."""
    try:
        status = path.lstat()
    except OSError:  # reading it will say why
        return True
    return stat.S_ISREG(status.st_mode) and status.st_size <= LARGEST


def read_hidden(path: Path) -> bytes | None:
    """All of a hidden file, None where there is none; raises `StorageError`."""
    try:
        descriptor = open_regular(path, os.O_RDONLY | NOFOLLOW)
        with os.fdopen(descriptor, "rb") as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise storage_error("read", path, error) from error
    if len(data) > LARGEST:
        raise StorageError(f"{path} cannot be read: it has more than {LARGEST // 10**6} MB.")
    return data


def replace_hidden(path: Path, data: bytes, like: Path) -> Identity:
    """Put ``data`` in the place of a hidden file, whole or not at all; returns the new file.

    It gets the mode of the file ``like``, or what the umask allows where there is none. Raises
    `OSError`; then the old one stands, and nothing is left beside it.
    """
    beside, made = create_beside(path, data, like, sync=True)
    try:
        beside.replace(path)
    finally:
        with suppress(OSError):
            beside.unlink()
    sync_folder(path.parent)
    return made


def create_beside(path: Path, data: bytes, like: Path, *, sync: bool) -> tuple[Path, Identity]:
    """A new file beside ``path`` that is to take that name; raises `OSError`, leaving nothing."""
    beside = temporary(path)
    return beside, create_hidden(beside, data, like, sync=sync)


def create_hidden(path: Path, data: bytes, like: Path, *, sync: bool) -> Identity:
    """Write a new file, as private as ``like`` from the first byte on.

    Raises `OSError`, leaving nothing.
    """
    mode = _mode_of(like)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    descriptor = open_regular(path, flags, 0o666 if mode is None else mode)
    try:
        if mode is not None:
            with suppress(OSError):  # some disks know no modes
                path.chmod(mode)
        write_all(descriptor, data)
        if sync:
            os.fsync(descriptor)
        return identity_of(descriptor)
    except OSError:
        with suppress(OSError):
            path.unlink()
        raise
    finally:
        os.close(descriptor)


def _mode_of(like: Path) -> int | None:
    """Who may read ``like`` and write it; its owner, at least, always may."""
    try:
        return like.stat().st_mode & 0o777 | 0o600
    except OSError:
        return None


def write_all(descriptor: int, data: bytes) -> None:
    """Write every byte, however many calls that takes; raises `OSError`."""
    while data:
        data = data[os.write(descriptor, data) :]


def close_file(descriptor: int, path: Path) -> None:
    """Close a file; raises `StorageError`.

    Whoever calls has forgotten the number before: also after an error the system may give it
    to the next file that is opened.
    """
    try:
        os.close(descriptor)
    except OSError as error:
        raise storage_error("closed", path, error) from error
