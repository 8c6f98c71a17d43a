"""Bytes on the disk: read with a clear error, replaced whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from annotator.core.errors import StorageError
from annotator.storage.disk.exchange import rename_new
from annotator.storage.disk.processes import process_mark

_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
_UNWAITING = (
    getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)

Data = bytes | Iterable[bytes]
"""What a file is to hold, whole or in pieces."""

_SIDE_BY_SIDE = 16
"""Files that wait for the disk at one time."""

LARGEST = 256_000_000
"""Bytes; what is larger is not even read. Each format has a lower limit of its own."""

_FULL = "the disk is full; free some space and try again"
_READ_ONLY = "the folder is read-only; ask for the right to write there, or work on a copy"
_REASONS = {
    errno.ENOENT: "it is not there (any more); look whether it was moved or renamed",
    errno.ENOTDIR: "it is not there (any more); look whether it was moved or renamed",
    errno.EISDIR: "it is a folder; choose a file",
    errno.ENAMETOOLONG: "the name is too long; give the file a shorter one",
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _FULL,
    errno.EROFS: _READ_ONLY,
    errno.EACCES: "you may not do that here; ask its owner for the right to read and write",
    errno.EPERM: "you may not do that here; ask its owner for the right to read and write",
    errno.ENXIO: "it is not an ordinary file; remove it or choose another one",
    errno.ELOOP: "it is a link; put the file itself in its place",
}


def storage_error(verb: str, path: Path, error: OSError) -> StorageError:
    """The sentence for a failed system call, as in "a.txt cannot be read: it is a folder …"."""
    told = f"{error.strerror or error}; look after the disk and try again"
    reason = _REASONS.get(error.errno or 0, told)
    return StorageError(f"{path} cannot be {verb}: {reason}.")


def missing(verb: str, path: Path) -> StorageError:
    """The same for a file that is not there."""
    return storage_error(verb, path, FileNotFoundError(errno.ENOENT, "missing"))


def refuse_listing(error: OSError) -> NoReturn:
    """For `os.walk`, which else leaves out what cannot be listed; raises `StorageError`."""
    raise storage_error("listed", Path(error.filename), error) from error


def real(path: Path) -> Path:
    """The path without links, as far as they lead anywhere; `Path.resolve` fails in a circle."""
    return Path(os.path.realpath(path))


def open_regular(path: Path, flags: int = os.O_RDONLY, mode: int = 0o666) -> int:
    """The descriptor of an ordinary file, opened without ever waiting.

    Raises `OSError`: `errno.ENXIO` for a device, a FIFO or a socket (which is left unopened)
    and, with `os.O_NOFOLLOW` among the ``flags``, `errno.ELOOP` for a link.
    """
    with suppress(FileNotFoundError):
        look = os.lstat if flags & _NOFOLLOW else os.stat
        _refuse_special(look(path), path)
    descriptor = os.open(path, flags | _UNWAITING, mode)
    try:
        _refuse_special(os.fstat(descriptor), path)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def _refuse_special(status: os.stat_result, path: Path) -> None:
    kind = stat.S_IFMT(status.st_mode)
    if kind != stat.S_IFREG:
        number = {stat.S_IFDIR: errno.EISDIR, stat.S_IFLNK: errno.ELOOP}.get(kind, errno.ENXIO)
        raise OSError(number, os.strerror(number), str(path))


def read_bytes(path: Path) -> bytes:
    """All of an ordinary file; raises `StorageError` when it cannot be read."""
    try:
        return _read(path)
    except OSError as error:
        raise storage_error("read", path, error) from error


def is_there(path: Path) -> bool:
    """Whether there is something; what the system will not say counts as nothing."""
    return os.path.exists(path)


def read_if_there(path: Path) -> bytes | None:
    """All of a file, or None where there is none; raises `StorageError` as `read_bytes`."""
    try:
        return _read(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise storage_error("read", path, error) from error


def _read(path: Path) -> bytes:
    with os.fdopen(open_regular(path), "rb", buffering=0) as file:
        size = os.fstat(file.fileno()).st_size
        if size > LARGEST:
            told = f"{size / 1e6:,.0f} MB is too much for one file"
            raise StorageError(f"{path} cannot be read: {told}.")
        return file.read()


def printable(text: str) -> str:
    r"""The text with what no encoding knows written out, as in ``\udcff`` of a file's name."""
    return text.encode("utf-8", "backslashreplace").decode()


def digest(data: bytes) -> str:
    """The name by which contents are told apart: their SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()


def replace_file(path: Path, data: Data) -> None:
    """Put ``data`` in the place of the file, whole or not at all, whatever it holds by now.

    A new file is written beside it, brought to the disk and renamed over the old one, as
    private as the old one from its first byte (a new file gets what the umask allows). A link
    keeps pointing where it did. When anything fails the old file stands as it was, nothing is
    left beside it, and `StorageError` says why. Where others may write the file meanwhile
    see `replacing.replace_unchanged`.
    """
    beside = temporary(real(path))
    try:
        write_beside(path, beside, data)
        put_in_place(beside, path)
    finally:
        with suppress(OSError):
            beside.unlink()


def temporary(path: Path) -> Path:
    """A name beside ``path`` for what is to take its place (see `leftovers.sweep`)."""
    return path.with_name(f".{process_mark()}.tmp")


def create_file(path: Path, data: Data) -> None:
    """Write a new file, whole or not at all; raises `StorageError` where there is one already."""
    _create(path, data)
    sync_folder(path.parent)


def create_files(contents: Mapping[Path, Data]) -> dict[Path, StorageError]:
    """Write new files as `create_file` does; returns what went wrong, by path.

    They are brought to the disk side by side, which takes a disk little longer than one.
    """
    from concurrent.futures import ThreadPoolExecutor  # the window starts without it

    with ThreadPoolExecutor(_SIDE_BY_SIDE) as threads:
        waiting = {path: threads.submit(_create, path, data) for path, data in contents.items()}
    for folder in {path.parent for path in contents}:
        sync_folder(folder)
    errors = {path: one.exception() for path, one in waiting.items()}
    for error in errors.values():
        if error and not isinstance(error, StorageError):
            raise error
    return {path: error for path, error in errors.items() if isinstance(error, StorageError)}


def _create(path: Path, data: Data) -> None:
    beside = temporary(path)
    try:
        write_beside(path, beside, data)
        name_new(beside, path)
    except FileExistsError as error:
        raise StorageError(f"{path} is there already; it is left as it is.") from error
    except OSError as error:
        raise storage_error("written", path, error) from error
    finally:
        with suppress(OSError):
            beside.unlink()


def name_new(beside: Path, path: Path) -> None:
    """Let the file ``beside`` go by the name ``path``, never instead of another one.

    It may keep its old name as well. Raises `FileExistsError`, and any other `OSError`.
    """
    if rename_new(beside, path):
        return
    try:
        os.link(beside, path)
    except FileExistsError:
        raise
    except OSError:  # a disk that knows no second names
        if os.path.lexists(path):
            raise FileExistsError(path) from None
        os.rename(beside, path)


def write_beside(path: Path, beside: Path, data: Data) -> None:
    """Bring to the disk, as ``beside``, what `put_in_place` will put in the place of the file.

    Raises `StorageError`; something half written may then lie there.
    """
    try:
        _write_new(beside, data, _status(path))
    except OSError as error:
        raise storage_error("written", path, error) from error


def put_in_place(beside: Path, path: Path) -> None:
    """Let the file ``beside`` take the place of the file; raises `StorageError`."""
    target = real(path)
    try:
        os.replace(beside, target)
    except OSError as error:
        raise storage_error("written", path, error) from error
    sync_folder(target.parent)


def _status(path: Path) -> os.stat_result | None:
    """Mode and owner of an ordinary file, None where there is none."""
    try:
        status = os.stat(path)
    except FileNotFoundError:
        return None
    _refuse_special(status, path)
    return status


def _write_new(path: Path, data: Data, like: os.stat_result | None = None) -> None:
    """Write a new file, from its first byte on no more open than the one it is to be ``like``."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, 0o600 if like else 0o666), "wb") as file:
        if like:
            share(path, like)
        file.writelines([data] if isinstance(data, bytes) else data)
        file.flush()
        os.fsync(file.fileno())


def share(path: Path, like: os.stat_result) -> None:
    """Give a new file the owner, group and mode of another one, as far as one may."""
    mode = stat.S_IMODE(like.st_mode)
    mine = path.stat()
    if mine.st_uid != like.st_uid:
        with suppress(OSError):
            os.chown(path, like.st_uid, -1)
    if mine.st_gid != like.st_gid:
        try:
            os.chown(path, -1, like.st_gid)
        except OSError:  # another group gets no more than everybody
            mode = mode & ~0o070 | (mode & 0o007) << 3
    # Some disks know no modes: that must not prevent a save.
    with suppress(OSError):
        os.chmod(path, mode)


def make_folder(path: Path) -> None:
    """Make a folder, if it is not there, so that it survives a power cut."""
    if os.path.isdir(path):
        return
    try:
        path.mkdir()
    except FileExistsError:
        return
    except OSError as error:
        raise storage_error("made", path, error) from error
    sync_folder(path.parent)


def make_folders(path: Path) -> None:
    """Make a folder, and those above it, as far as they are not there."""
    # On a disk that cannot be looked at not even the root counts as a folder.
    for above in (*reversed(path.parents[:-1]), path):
        make_folder(above)


def sync_folder(path: Path) -> None:
    """Bring the names in a folder to the disk, where the system can do that."""
    with suppress(OSError):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
