"""Importing tagging from elsewhere into a folder of articles."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from annotator.core.display_text import escaped
from annotator.core.errors import AnnotatorError, FormatError, StorageError
from annotator.core.text.article import Article, read_article
from annotator.formats.format import Format, Imported, Left
from annotator.formats.import_writer import Arrivals
from annotator.formats.table import refuse_missing
from annotator.storage.bulk.cores import spread
from annotator.storage.disk.contents import missing, real, refuse_listing, storage_error
from annotator.storage.disk.refusals import refusals_told
from annotator.storage.files.places import read_bytes
from annotator.storage.log import log_unexpected

_CHUNK = 16


@dataclass(frozen=True)
class Arrived:
    """What came of an import, counted.

    ``articles`` are those that are new in the folder, ``files`` the annotation files written,
    ``known`` those that were there already with the same tagging, ``left`` what was left out.
    """

    read: int = 0
    articles: int = 0
    files: int = 0
    known: int = 0
    annotations: int = 0
    sources: int = 0
    left: int = 0


@dataclass(frozen=True)
class Shelf:
    """The articles of a folder by SHA-256; it is sent to other processes as paths."""

    paths: dict[str, Path]

    def __call__(self, sha256: str) -> Article | None:
        """The article with this SHA-256, if it is there."""
        path = self.paths.get(sha256)
        return read_article(read_bytes(path), str(path)) if path else None


@refusals_told("imported")
def import_files(
    form: Format,
    paths: Iterable[Path],
    folder: Path,
    annotator: str | None,
    *,
    progress: Callable[[int, int], object],
    tell: Callable[[Left], object],
    alone: bool = False,
) -> Arrived:
    """Import files, or all those of the format below folders, into a folder of articles.

    ``annotator`` is whose tagging it is to be; None where the files say so themselves.
    ``progress`` is told how many files of how many are done, ``tell`` of everything that was
    left out, as it turns up. Articles that are there already are found by their hash;
    annotation files are never overwritten; sources that are new are added to the folder's.
    Each file is written whole or not at all, and what ``progress`` raises is passed on.
    ``alone`` keeps the work in this process. Raises `StorageError` where there is nothing to
    import, or where the folder cannot be written to.
    """
    refuse_missing(form)
    files = files_of(form, paths)
    arrivals = Arrivals(folder, annotator, tell)
    work = partial(_read_chunk, form, Shelf(arrivals.articles))
    done = 0
    for found in spread(work, files, _CHUNK, alone=alone):
        arrivals.take(found)
        done = min(done + _CHUNK, len(files))
        progress(done, len(files))
    return Arrived(read=len(files), **arrivals.counts)


def _read_chunk(form: Format, find: Shelf, files: Sequence[Path]) -> list[Imported | Left]:
    return [one for path in files for one in _read(form, find, path)]


def _read(form: Format, find: Shelf, path: Path) -> Iterator[Imported | Left]:
    assert form.read
    try:
        yield from form.read(path, find)
    except FormatError as error:
        what = error.what + (f", expected {error.expected}" if error.expected else "")
        yield Left(error.path, error.line, "the file", what)
    except AnnotatorError as error:
        yield Left(str(path), None, "the file", str(error).removeprefix(escaped(f"{path}: ")))
    except OSError as error:
        yield Left(str(path), None, "the file", str(storage_error("read", path, error)))
    except Exception as error:  # noqa: BLE001  one file that no reader is a match for is no end
        log_unexpected(f"{path} could not be imported", error)
        why = f"it cannot be read as {form.title}, and the log says why; is it damaged?"
        yield Left(str(path), None, "the file", why)


def files_of(form: Format, paths: Iterable[Path]) -> list[Path]:
    """The files that are read: those named, and those below folders that end as they should.

    Raises `StorageError` where one is missing, and where there are none at all.
    """
    asked = list(paths)
    found = {file: None for path in asked for file in _files_at(form, path)}
    if not found:
        where, kinds = ", ".join(map(str, asked)), " or ".join(form.suffixes)
        raise StorageError(f"{where}: no file of {form.title} ({kinds}) here; choose another one.")
    return list(found)


def _files_at(form: Format, path: Path) -> Iterator[Path]:
    if not os.path.lexists(path):
        raise missing("imported", path)
    if not path.is_dir():
        yield real(path) if path.is_symlink() else path
        return
    for name, folders, files in os.walk(path, onerror=refuse_listing):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        ours = (one for one in sorted(files) if one.lower().endswith(form.suffixes))
        yield from (Path(name) / one for one in ours if not one.startswith("."))
