"""Where an output may go: never onto the user's own files, onto others only where that was asked.

Every export, report and picture goes through `Outputs`, from the command line and the window.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import stat
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import BinaryIO

from annotator.core.errors import StorageError
from annotator.storage.disk.contents import (
    Data,
    create_file,
    make_folders,
    name_new,
    real,
    replace_file,
    share,
    storage_error,
    sync_folder,
)
from annotator.storage.disk.leftovers import SURELY_LEFT
from annotator.storage.disk.refusals import refusals_told
from annotator.storage.files.article_header import ENDING
from annotator.storage.files.places import ANNOTATIONS, SOURCES
from annotator.storage.folder import is_article_name

_YAML = (".yaml", ".yml")
_HEAD = 65_536
"""Bytes in which a file of ours says its format; lines that are comments do not count."""

_OUR_FORMAT = re.compile(
    rb"^(?:\xef\xbb\xbf)?[{ \t]*([\"']?)format\1\s*:\s*[\"']?[a-z-]+/[0-9]", re.MULTILINE
)
"""The format as people and other programs may write it too: quoted, or in braces."""

_COMPARISON = re.compile(rb"^Agreement by kind\s*$", re.MULTILINE)
"""The title of a table that each comparison written as text has."""

_ANOTHER = "choose another name or folder"
_MOST_LINKS = 40
"""Links in a row that a system follows."""

_STAGING = ".annotator-{}.tmp"


class Outputs:
    """Decides where outputs may be written, and writes them.

    ``replace`` says that other files that are there may be replaced; the user's own never are.
    ``reads`` are files that the outputs are made of: they are never replaced either.
    """

    def __init__(self, *, replace: bool = False, reads: Iterable[Path] = ()) -> None:
        self._replace = replace
        self._homes: set[Path] = set()
        self._inodes: set[tuple[int, int]] = set()
        self._holds_tagging = cache(_holds_tagging)
        self.add_reads(reads)

    def add_reads(self, paths: Iterable[Path]) -> None:
        """Name more files that the outputs are made of."""
        for path in map(real, paths):
            tagging = path.parent.name.casefold() == ANNOTATIONS
            if tagging or is_article_name(path.name):
                self._add_home(path.parent.parent if tagging else path.parent)
            self._add_inode(path)

    def _add_home(self, folder: Path) -> None:
        if folder not in self._homes:
            self._homes.add(folder)
            for article in _articles(folder):  # which may be links, and lie elsewhere
                self._add_inode(article)

    def _add_inode(self, path: Path) -> None:
        with suppress(OSError):
            self._inodes.add(_inode(path))

    @refusals_told("written")
    def refuse(self, path: Path) -> None:
        """Raise `StorageError` unless an output may be written to ``path``.

        What counts is the file that the path leads to, in whatever spelling, and each link on
        the way there: an article may itself be a link.
        """
        is_there = os.path.lexists(path)
        if os.path.exists(path):
            _refuse_special(path)
        for step in _steps(path):
            if what := self._own(step):
                verb = "is" if is_there else "would be taken for"
                never = ", which is never replaced" if is_there else ""
                raise StorageError(f"{path} {verb} {what}{never}; {_ANOTHER}.")
        if is_there and not self._replace:
            raise _is_there(path)

    def _own(self, path: Path) -> str:
        """What of the user's own lies at ``path``, or would seem to; empty for anything else."""
        name = path.name.casefold()
        if name == SOURCES:
            return "a source registry"
        if name.endswith(ENDING):
            return "the header of an article"
        if path.parent.name.casefold() == ANNOTATIONS and _is_work(name):
            return "an annotation file"
        if is_article_name(name) and self._is_home(path.parent):
            return "an article of its folder"
        if is_article_name(name) and _may_be_article(path):
            return "a text that may be an article"
        return self._own_by_content(path)

    def _is_home(self, folder: Path) -> bool:
        """Whether a text in this folder counts as one of its articles."""
        return folder in self._homes or self._holds_tagging(folder)

    def _own_by_content(self, path: Path) -> str:
        with suppress(OSError):
            if _inode(path) in self._inodes:
                return "one of the files that are read here"
            with path.open("rb") as file:
                if _OUR_FORMAT.search(_head_of(file)):
                    return "a file of a folder of articles"
        return ""

    @refusals_told("written")
    def write(self, path: Path, data: Data) -> None:
        """Write one output, whole or not at all; raises `StorageError`, as `refuse` does."""
        self.refuse(path)
        if os.path.lexists(path):
            replace_file(path, data)
        else:
            create_file(path, data)

    @refusals_told("written")
    def write_copy(self, path: Path, data: bytes) -> None:
        """Write a copy of a file of a folder of articles: a new one may lie and be called so."""
        if os.path.lexists(path):
            self.refuse(path)
            replace_file(path, data)
        else:
            create_file(path, data)

    @contextmanager
    def together(self, folder: Path) -> Iterator[Path]:
        """A hidden folder for files that go into ``folder`` once all of them are written.

        Until the block ends nothing is there, and nobody else may look into the hidden one;
        where it fails, nothing comes to be there. Raises
        `StorageError` where one of the files may not be, or cannot be, put in its place.
        """
        folder = real(folder)
        staging = _make_staging(folder)
        try:
            parts = staging / "parts"
            parts.mkdir()  # as open as the folder is to be
            yield parts
            if os.path.isdir(folder):
                self._move_in(parts, folder)
            else:
                _rename(parts, folder)
        except OSError as error:
            raise storage_error("written", folder, error) from error
        finally:
            _remove(staging)

    def _move_in(self, parts: Path, folder: Path) -> None:
        names = sorted(path.name for path in parts.iterdir())
        for name in names:
            self.refuse(folder / name)
        _move_all(parts, folder, names)


def _head_of(file: BinaryIO) -> bytes:
    """The first bytes of a file, without comments, however long these are."""
    head, in_comment, starts = bytearray(), False, True
    while len(head) < _HEAD and (part := file.readline(_HEAD)):
        in_comment = part.lstrip().startswith(b"#") if starts else in_comment
        starts = part.endswith(b"\n")
        if part.strip() and not in_comment:
            head += part
    return bytes(head)


def _is_there(path: Path) -> StorageError:
    there = "is there already and stays as it is"
    return StorageError(f"{path} {there}; {_ANOTHER}, or add --force to replace it.")


def _refuse_special(path: Path) -> None:
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise StorageError(f"{path} is a folder; name a file in it.")
    if not stat.S_ISREG(mode):
        raise StorageError(f"{path} is not an ordinary file; {_ANOTHER}.")


def _is_work(name: str) -> bool:
    """Whether a file of ``annotations`` holds somebody's work: tagging, or what is not saved."""
    return name.endswith(_YAML) or name.startswith(".") or ".kept-" in name


def _holds_tagging(folder: Path) -> bool:
    """Whether a folder is one of articles, to judge by what else lies in it."""
    try:
        names = [path.name.casefold() for path in folder.iterdir()]
    except OSError:
        return False
    return any(one in (ANNOTATIONS, SOURCES) or one.endswith(ENDING) for one in names)


def _may_be_article(path: Path) -> bool:
    """Whether there is a text that is neither empty nor an output of ours, whatever is beside it.

    Somebody's first articles lie in a folder that has nothing of ours yet.
    """
    if not path.is_file() or path.with_suffix(".ann").exists():
        return False
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return True  # what cannot be looked at is not given up either
    return bool(head.strip()) and not _COMPARISON.search(head)


def _steps(path: Path) -> Iterator[Path]:
    """The path, and what it leads to from link to link."""
    for _ in range(_MOST_LINKS):
        path = real(path.parent) / path.name
        yield path
        if not os.path.islink(path):
            return
        path = path.parent / path.readlink()


def _articles(folder: Path) -> list[Path]:
    try:
        return [path for path in folder.iterdir() if is_article_name(path.name)]
    except OSError:
        return []


def _inode(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_dev, status.st_ino


@refusals_told("written")
def _make_staging(folder: Path) -> Path:
    """Make the folder to write into: on the same disk, with nothing made that may have to go."""
    above = folder
    while not os.path.isdir(above) and above.parent != above:
        above = above.parent
    _sweep(above)
    staging = above / _STAGING.format(secrets.token_hex(8))
    try:
        staging.mkdir(mode=0o700)
    except OSError as error:
        raise storage_error("written", folder, error) from error
    return staging


def _sweep(folder: Path) -> None:
    """Take away what an export that was killed left there."""
    for path in folder.glob(_STAGING.format("?" * 16)):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > SURELY_LEFT:
                shutil.rmtree(path)


def _remove(staging: Path) -> None:
    """Take a staging folder away; a disk that refuses once is asked again."""
    for _ in range(2):
        with suppress(OSError):  # even where errors are ignored, closing a folder may raise one
            shutil.rmtree(staging, ignore_errors=True)


def _rename(parts: Path, folder: Path) -> None:
    """Let the folder of all parts be the one that was asked for, which is not there."""
    missing = [one for one in folder.parents if not os.path.lexists(one)]
    try:
        make_folders(folder.parent)
        parts.rename(folder)
    except BaseException:
        for one in missing:
            with suppress(OSError):
                one.rmdir()
        raise
    sync_folder(folder.parent)


def _move_all(parts: Path, folder: Path, names: Iterable[str]) -> None:
    """Put the files in their places; where one cannot be, all are taken back."""
    old, path, moved = parts.with_name("old"), folder, list[Path]()
    try:
        old.mkdir()
        for path in (folder / name for name in names):
            _move(parts / path.name, path, old / path.name)
            moved.append(path)
    except BaseException as error:
        for one in moved:
            _take_back(one, old / one.name)
        if isinstance(error, FileExistsError):
            raise _is_there(path) from error
        if isinstance(error, OSError):
            raise storage_error("written", path, error) from error
        raise
    sync_folder(folder)


def _move(new: Path, path: Path, old: Path) -> None:
    """Put a file in its place; what lies there already can then be put back from ``old``."""
    if not os.path.lexists(path):
        name_new(new, path)
        return
    target = real(path)
    share(new, target.stat())
    try:
        os.link(target, old)
    except OSError:  # a disk that knows no second names
        shutil.copy2(target, old)
    new.replace(target)


def _take_back(path: Path, old: Path) -> None:
    with suppress(OSError):
        if os.path.lexists(old):
            old.replace(real(path))
        else:
            path.unlink()
