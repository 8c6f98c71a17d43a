"""Earlier versions of the user's files, kept in the program's data folder.

Annotation files, reviews and registries are put aside with each save: what lay there, before it
is gone, and what was written. A version control of the folder has commits only; these are the
states in between. For each file, found by where it really lies, there is a folder with a
compressed copy of each version, under its time and digest. Nobody else may read them. Where they
cannot be kept the save goes on, and says so.
"""

from __future__ import annotations

import gzip
import hashlib
import logging
import os
import re
import time
import zlib
from collections.abc import Iterable, Iterator
from configparser import ConfigParser, Error
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import dropwhile
from pathlib import Path
from typing import NamedTuple

from annotator.core.errors import StorageError
from annotator.storage.disk.contents import (
    LARGEST,
    digest,
    open_regular,
    read_bytes,
    read_if_there,
    storage_error,
    temporary,
)
from annotator.storage.disk.leftovers import sweep
from annotator.storage.disk.replacement import replace_unchanged
from annotator.storage.log import APP

LAST, DAYS = 10, 30
"""How many of the last versions are kept, and for how many days one of each before them."""

_LEVEL = 1
"""Of compression: the highest takes six times as long, for a tenth less."""

_PATH = "path"
"""The file in each folder that says whose versions lie there."""

_TIME = "%Y%m%dT%H%M%S.%fZ"
_NAME = re.compile(r"(\d{8}T\d{6}\.\d{6}Z)-([0-9a-f]{16})\.yaml\.gz")
_STALE = 60
"""Seconds for which it is known which folders of versions are of files that are gone."""


class KeptVersion(NamedTuple):
    """A version of a file: when it was put aside (UTC), a digest of it, and where it is kept."""

    time: datetime
    digest: str
    path: Path

    @property
    def local_time(self) -> str:
        """When it was put aside, on the clock of this machine."""
        return self.time.astimezone().strftime("%Y-%m-%d %H:%M:%S")


class Limits(NamedTuple):
    """How many versions are kept; none at all where ``last`` is 0."""

    last: int = LAST
    days: int = DAYS


def replace_keeping(path: Path, new: bytes, old: bytes | None) -> tuple[str, ...]:
    """Replace a file that holds ``old``, as `replace_unchanged` does, and keep both contents.

    Returns the sentence why versions could not be kept, none where they were.
    """
    said = keep(path, old) if old is not None else ()
    replace_unchanged(path, new, old)
    return keep(path, new) or said


def keep(file: Path, data: bytes) -> tuple[str, ...]:
    """Put a version of a file aside; returns the sentence why that could not be done, if so."""
    try:
        limits = limits_set()
        if limits.last:
            folder = _folder_for(file, data)
            _put_aside(folder, data)
            _prune(folder, limits)
    except OSError as error:
        reason = str(storage_error("written", error_path(error), error))
        sentence = f"Earlier versions of {file.name} are not kept: {reason}"
        logging.getLogger(__name__).warning(sentence)
        return (sentence,)
    return ()


def error_path(error: OSError) -> Path:
    """The file that the system refused, or the folder of all versions."""
    return Path(os.fsdecode(error.filename)) if error.filename else _root()


def versions(file: Path) -> list[KeptVersion]:
    """The versions of a file that are kept, the newest first."""
    folder = _own_folder(file)
    with suppress(OSError, StorageError):
        if not folder.is_dir() and (data := read_if_there(file)):
            _adopt(folder, file, data)
    return _versions_in(folder)


def earlier_versions(file: Path) -> list[KeptVersion]:
    """The same without what is saved now, which is not an earlier one."""
    try:
        data = read_if_there(file)
    except StorageError:
        data = None
    now = "" if data is None else digest(data)[:16]
    return list(dropwhile(lambda one: one.digest == now, versions(file)))


def read_version(version: KeptVersion) -> bytes:
    """What a version held; raises `StorageError` where it cannot be read or is damaged."""
    try:
        with os.fdopen(open_regular(version.path), "rb") as packed, gzip.open(packed) as file:
            data = file.read(LARGEST + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        data = b""
    except OSError as error:
        raise storage_error("read", version.path, error) from error
    if digest(data)[:16] != version.digest:
        raise StorageError(f"{version.path} is damaged; choose another version.")
    return data


# Where they lie


def _root() -> Path:
    from annotator.storage.shipped.sample import data_folder

    return data_folder() / "backups"


def _own_folder(file: Path) -> Path:
    real = os.fsencode(os.path.normcase(os.path.realpath(file)))
    return _root() / hashlib.sha256(real).hexdigest()[:24]


def _folder_for(file: Path, data: bytes) -> Path:
    """The folder for the versions of a file; made, or taken along from where the file lay."""
    folder = _own_folder(file)
    if not folder.is_dir() and not _adopt(folder, file, data):
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.parent.chmod(0o700)
        folder.mkdir(mode=0o700, exist_ok=True)
        _write(folder / _PATH, os.fsencode(os.path.realpath(file)))
    return folder


def _adopt(folder: Path, file: Path, data: bytes) -> bool:
    """Take over the versions of a file that lay elsewhere, held this, and is no longer there."""
    left = _abandoned(_root(), int(time.monotonic() / _STALE)).get(digest(data)[:16])
    if left is None or not left.is_dir():
        return False
    left.rename(folder)
    _write(folder / _PATH, os.fsencode(os.path.realpath(file)))
    return True


@lru_cache(1)
def _abandoned(root: Path, _: int) -> dict[str, Path]:
    """The folders whose file is gone, by the digest of each version in them."""
    gone = (folder for folder in _folders(root) if _is_gone(folder))
    return {version.digest: folder for folder in gone for version in _versions_in(folder)}


def _folders(root: Path) -> list[Path]:
    try:
        return [path for path in root.iterdir() if path.is_dir()]
    except OSError:
        return []


def _is_gone(folder: Path) -> bool:
    try:
        return not os.path.lexists(os.fsdecode(read_bytes(folder / _PATH)))
    except StorageError:
        return False


def _versions_in(folder: Path) -> list[KeptVersion]:
    try:
        names = sorted((path.name for path in folder.iterdir()), reverse=True)
    except OSError:
        return []
    return [version for name in names if (version := _version(folder / name))]


def _version(path: Path) -> KeptVersion | None:
    """The version that lies at ``path``; None for any other file."""
    parts = _NAME.fullmatch(path.name)
    with suppress(ValueError):
        if parts:
            return KeptVersion(
                datetime.strptime(parts[1], _TIME).replace(tzinfo=UTC), parts[2], path
            )
    return None


# Putting aside


def _put_aside(folder: Path, data: bytes) -> None:
    """Keep a version, unless it is the one that was kept last."""
    name, newest = digest(data)[:16], next(iter(_versions_in(folder)), None)
    if newest and newest.digest == name:
        return
    now = datetime.now(UTC)
    if newest:  # the clock may have been put back, and the order must stay
        now = max(now, newest.time + timedelta(microseconds=1))
    _write(folder / f"{now.strftime(_TIME)}-{name}.yaml.gz", gzip.compress(data, _LEVEL, mtime=0))


def _write(path: Path, data: bytes) -> None:
    """Write a file that nobody else may read, whole or not at all."""
    beside = temporary(path)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(beside, flags, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        with suppress(OSError):
            beside.unlink()


def _prune(folder: Path, limits: Limits) -> None:
    """Let go of the versions that are too many."""
    sweep(folder)
    kept = _versions_in(folder)
    wanted = set(_wanted(kept, limits))
    for version in kept:
        if version not in wanted:
            with suppress(OSError):
                version.path.unlink()


def _wanted(kept: Iterable[KeptVersion], limits: Limits) -> Iterator[KeptVersion]:
    """The last ones, then the last one of each day, for so many days on which there was one.

    Days are counted, not looked up in a calendar: a clock that is wrong once costs nothing.
    """
    days: set[str] = set()
    for nth, version in enumerate(kept):
        day = f"{version.time:%Y%m%d}"
        if nth < limits.last:
            yield version
        elif day not in days and len(days) < limits.days:
            days.add(day)
            yield version


# How many


def limits_set() -> Limits:
    """How many versions are to be kept, as the user's settings say."""
    from platformdirs import user_config_path

    path = user_config_path(APP, appauthor=False) / "settings.ini"
    settings = ConfigParser(interpolation=None, strict=False)
    try:
        settings.read_string((read_if_there(path) or b"").decode("utf-8", "replace"))
    except (StorageError, Error):
        return Limits()
    chosen = dict(settings.items("General")) if settings.has_section("General") else {}
    if chosen.get("backups", "true").lower() == "false":
        return Limits(0, 0)
    return Limits(
        max(1, _number(chosen.get("backups_last"), LAST)), _number(chosen.get("backups_days"), DAYS)
    )


def _number(text: str | None, default: int) -> int:
    try:
        number = int(float(text or ""))
    except (ValueError, OverflowError):
        return default
    return number if 0 <= number <= 10_000 else default
