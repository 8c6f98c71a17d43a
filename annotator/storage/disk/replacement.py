"""Replacing a file that others may write too: their work is never dropped.

Git, an editor or another computer do not know our lock. So the new file and the old one
exchange names in one step, and what was replaced is looked at afterwards: if it is not what
was read, it goes back to its place, and the caller reads and merges again. Where the system
cannot exchange names, the old file is compared right before it is replaced.

The file that the old content goes by meanwhile is named after both contents, so that
`leftovers.restore` can finish the work of a program that was killed in between.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from annotator.core.errors import ChangedOnDisk, Overtaken, StorageError
from annotator.storage.disk.contents import (
    digest,
    name_new,
    read_if_there,
    real,
    storage_error,
    sync_folder,
    temporary,
    write_beside,
)
from annotator.storage.disk.exchange import exchange
from annotator.storage.disk.processes import process_mark

TRIES = 20
"""How often somebody may be faster before a save gives up, for now."""

_T = TypeVar("_T")


def replace_unchanged(path: Path, new: bytes, old: bytes | None) -> None:
    """Put ``new`` in the place of the file if it holds ``old``; None where there is no file.

    Otherwise as `disk.replace_file`. Raises `Overtaken` where the file holds something else:
    that then stands untouched, or again.
    """
    there = real(path)
    beside = temporary(there)
    was, now = None if old is None else digest(old), digest(new)
    try:
        write_beside(there, beside, new)
        swap = _named_for_recovery(beside, there, now, was)
        _put_or_drop(swap, there, now, was)
    finally:
        with suppress(OSError):
            beside.unlink()


def _put_or_drop(swap: Path, path: Path, new: str, old: str | None) -> None:
    """As `put_unchanged`; where that fails, what was prepared goes, but nobody else's work."""
    try:
        put_unchanged(swap, path, new, old)
    except StorageError:
        with suppress(OSError, StorageError):
            if digest_at(swap) == new:
                swap.unlink()
        raise


def _named_for_recovery(beside: Path, path: Path, new: str, old: str | None) -> Path:
    if old is None:
        return beside
    mark = f"{label(path.name)}-{new[:16]}-{old[:16]}-{process_mark()}"
    swap = path.with_name(f".{mark}.swap")
    beside.rename(swap)
    return swap


def put_unchanged(beside: Path, path: Path, new: str, old: str | None) -> None:
    """Let ``beside``, of digest ``new``, take the place of the file if that has digest ``old``.

    ``old`` is None where there is no file. Raises `Overtaken` as `replace_unchanged`, and
    `StorageError` where the disk refuses.
    """
    try:
        if digest_at(path) != old:
            beside.unlink()
            raise _overtaken(path)
        if old is None:
            name_new(beside, path)
        else:
            _exchange(beside, path, new, old)
    except FileExistsError as error:
        raise _overtaken(path) from error
    except OSError as error:
        raise storage_error("written", path, error) from error
    finally:
        sync_folder(path.parent)


def digest_at(path: Path) -> str | None:
    """The digest of what a file holds, None where there is none."""
    data = read_if_there(path)
    return None if data is None else digest(data)


def label(name: str) -> str:
    """What a file is called in the names of hidden files: short, whatever its own name is."""
    return digest(os.fsencode(name))[:16]


def _exchange(swap: Path, path: Path, new: str, old: str) -> None:
    """Exchange, look at what was replaced, and give it back if that is not ``old``."""
    try:
        exchanged = exchange(swap, path)
    except FileNotFoundError as error:  # taken away meanwhile
        swap.unlink()
        raise _overtaken(path) from error
    if not exchanged:
        swap.replace(path)
    elif digest_at(swap) == old:
        swap.unlink()
    else:
        raise _overtaken(path, _give_back(swap, path, new))


def _give_back(swap: Path, path: Path, new: str) -> str:
    """Put what was replaced back in its place; returns the name of a file that had to be kept.

    Where somebody wrote once more in the meantime, theirs stays and the older one is kept.
    """
    try:
        exchange(swap, path)
    except FileNotFoundError:  # taken away meanwhile
        name_new(swap, path)
        return ""
    if digest_at(swap) == new:
        swap.unlink()
        return ""
    exchange(swap, path)
    return keep_visible(swap, path).name


def keep_visible(hidden: Path, path: Path) -> Path:
    """Give a hidden file a name that is seen, after the file ``path``; returns it."""
    number = 1
    while True:
        kept = path.with_name(f"{path.name}.kept-{number}")
        try:
            name_new(hidden, kept)
        except FileExistsError:
            number += 1
        else:
            with suppress(OSError):  # it may have both names now
                hidden.unlink()
            return kept


def _overtaken(path: Path, kept: str = "") -> Overtaken:
    return Overtaken(f"{path} is being changed elsewhere at this moment; save again.", kept)


def until_unchanged(path: Path, attempt: Callable[[], _T]) -> tuple[_T, tuple[str, ...]]:
    """Read, merge and write until nobody was faster; returns also sentences for the user.

    ``attempt`` does all three and is repeated when it raises `Overtaken`; after `TRIES` times
    that is raised as `ChangedOnDisk`.
    """
    sentences: list[str] = []
    for _ in range(TRIES):
        try:
            return attempt(), tuple(sentences)
        except Overtaken as error:
            if error.kept:
                sentences.append(
                    f"{path.name} was changed twice at the same moment; "
                    f"the version in between is kept in {error.kept}."
                )
    raise ChangedOnDisk(" ".join((f"{path} is being changed all the time.", *sentences)))
