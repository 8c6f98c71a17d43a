"""What found no place in a file and is kept in one of its own, in sight, beside the file."""

from __future__ import annotations

import os
from contextlib import suppress
from itertools import count
from pathlib import Path

from annotator.core.errors import StorageError
from annotator.storage.disk.contents import name_new, storage_error, sync_folder
from annotator.storage.disk.hidden_files import create_beside, read_hidden


def keep_aside(path: Path, data: bytes) -> Path:
    """Write ``data`` to a new file beside ``path``, as private as that, and return its path.

    Where such a file holds the same already, that one is returned. Raises `StorageError`,
    leaving nothing half written.
    """
    for number in count(1):
        aside = _kept_name(path, number)
        try:
            if os.path.lexists(aside):
                if _holds(aside, data):
                    return aside
                continue
            _create(path, aside, data)
        except FileExistsError:
            continue
        except OSError as error:
            raise storage_error("written", aside, error) from error
        return aside
    raise AssertionError


def _create(path: Path, aside: Path, data: bytes) -> None:
    beside, _ = create_beside(aside, data, path, sync=True)
    try:
        name_new(beside, aside)
    finally:
        with suppress(OSError):
            beside.unlink()
    sync_folder(aside.parent)


def move_aside(path: Path, annotation_file: Path) -> Path:
    """Give whatever lies at ``path`` the name of a kept file; a link or a folder as it is.

    Returns its new path. Raises `OSError`.
    """
    names = (_kept_name(annotation_file, number) for number in count(1))
    aside = next(name for name in names if not os.path.lexists(name))
    path.rename(aside)
    sync_folder(aside.parent)
    return aside


def _kept_name(path: Path, number: int) -> Path:
    return path.with_name(f"{path.stem}.kept-{number}.jsonl")


def _holds(aside: Path, data: bytes) -> bool:
    try:
        return read_hidden(aside) == data
    except StorageError:
        return False
