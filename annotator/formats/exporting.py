"""Exporting annotation files: any number of them, in any format of the table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path

from annotator.core.errors import AnnotatorError, StorageError
from annotator.formats.format import Format, Result, Tagged
from annotator.formats.table import refuse_missing
from annotator.storage.article_header import header_if_sound
from annotator.storage.checking import registry_at
from annotator.storage.cores import spread
from annotator.storage.disk import Data, make_folders, replace_file
from annotator.storage.reading import read_tagged, refuse_other_text

_CHUNK = 16

Named = tuple[Path, str]
"""An annotation file, and the name under which it goes out."""


@dataclass
class Exported:
    """What came of an export, or of a part of it.

    ``files`` counts annotation files, ``results`` are the paths of what was written, ``lost``
    counts by noun what the format could not carry, and ``unread`` tells of files that could
    not be read and were left out.
    """

    files: int = 0
    results: dict[Path, None] = field(default_factory=dict)
    lost: Counter[str] = field(default_factory=Counter)
    unread: list[str] = field(default_factory=list)

    def add(self, part: Exported) -> None:
        """Count a further part in."""
        self.files += part.files
        self.results |= part.results
        self.lost += part.lost
        self.unread += part.unread


def export_files(
    form: Format,
    files: Sequence[Path],
    out: Path,
    progress: Callable[[int], object],
    *,
    alone: bool = False,
) -> Exported:
    """Export annotation files to ``out``; ``progress`` is told how many more are done.

    ``out`` is a file where one file comes of them, unless it is a folder that is there
    already; else it is a folder. What lies there under the same names is replaced, each file
    whole or not at all. One annotation file that cannot be read is left out and told of;
    raises `AnnotatorError` where it is the only one, or where nothing can be written. What
    ``progress`` raises is passed on: nothing is then half written. ``alone`` keeps the work in
    this process.
    """
    refuse_missing(form)
    named = list(zip(files, names(files), strict=True))
    done = Exported()
    if form.result is Result.ONE_FILE:
        done = _export(form, named, out, is_folder=out.is_dir(), progress=progress)
    else:
        if out.is_file() and (len(files) > 1 or form.result is Result.FOLDER):
            raise StorageError(f"{out} is a file; several go into a folder, so name one.")
        folder = len(files) > 1 or form.result is Result.FOLDER or out.is_dir()
        work = partial(_export_chunk, form, out, folder)
        alone = alone or form.paints
        for part in spread(work, named, 1 if alone else _CHUNK, alone=alone):
            done.add(part)
            progress(part.files + len(part.unread))
    if len(files) == 1 and done.unread:
        raise StorageError(done.unread[0])
    return done


def names(files: Iterable[Path]) -> list[str]:
    """The names under which files go out: without suffix, and each of them only once."""
    taken, found = set[str](), list[str]()
    for path in files:
        name, number = path.stem, 1
        while name.casefold() in taken:
            number += 1
            name = f"{path.stem}-{number}"
        taken.add(name.casefold())
        found.append(name)
    return found


def _export_chunk(form: Format, out: Path, is_folder: bool, named: Sequence[Named]) -> Exported:
    return _export(form, named, out, is_folder=is_folder, progress=lambda _: None)


def _export(
    form: Format,
    named: Sequence[Named],
    out: Path,
    *,
    is_folder: bool,
    progress: Callable[[int], object],
) -> Exported:
    """Let the format write all of ``named``, counting what it leaves."""
    assert form.write
    done = Exported()

    def put(name: str, data: Data) -> None:
        path = out / name if is_folder else out
        make_folders(path.absolute().parent)
        replace_file(path, data)
        done.results[path] = None

    left = form.write(_tagged(named, done, progress), put)
    done.lost.update(one.what for one in left)
    return done


def _tagged(
    named: Sequence[Named], done: Exported, progress: Callable[[int], object]
) -> Iterator[Tagged]:
    registry_of = lru_cache(4)(registry_at)
    for path, name in named:
        try:
            article, document = read_tagged(path)
            refuse_other_text(document, article, path)
            text_path = path.parent / document.article.file
            registry = registry_of(text_path.parent)
        except AnnotatorError as error:
            done.unread.append(str(error))
        else:
            header = header_if_sound(text_path)
            title = header.title if header else None
            yield Tagged(article, document, registry, name, title, path)
            done.files += 1
        progress(1)


def in_words(lost: Counter[str]) -> str:
    """What was left, counted: "3 notes, 2 chains"."""
    return ", ".join(counted(number, what) for what, number in sorted(lost.items()))


def counted(number: int, what: str) -> str:
    """As in "1 note", "2 notes", "3 certainties"."""
    plural = re.sub(r"(?<![aeou])y$", "ie", what) + "s"
    return f"{number:,} {what if number == 1 else plural}"
