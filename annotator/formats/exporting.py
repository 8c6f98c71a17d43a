"""Exporting annotation files: any number of them, in any format of the table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import NamedTuple

from annotator.core.display_text import count
from annotator.core.errors import AnnotatorError, StorageError
from annotator.formats.format import Format, Result, Tagged
from annotator.formats.table import refuse_missing
from annotator.storage.bulk.cores import spread
from annotator.storage.disk.contents import Data, real, replace_file
from annotator.storage.disk.outputs import Outputs
from annotator.storage.disk.refusals import refusals_told
from annotator.storage.files.article_header import header_if_sound
from annotator.storage.files.places import article_path
from annotator.storage.reading import read_tagged, refuse_other_text
from annotator.storage.shipped.sample_sources import registries

_CHUNK = 16

_SHOWN = 10
"""Files that could not be read of which an error tells."""

Named = tuple[Path, str]
"""An annotation file, and the name under which it goes out."""


@dataclass
class Exported:
    """What came of an export, or of a part of it.

    ``files`` counts annotation files, ``results`` are the paths of what was written, ``lost``
    counts by noun what the format could not carry, and ``unread`` tells of files that could
    not be read and were left out. ``articles`` are those that were read.
    """

    files: int = 0
    results: dict[Path, None] = field(default_factory=dict)
    lost: Counter[str] = field(default_factory=Counter)
    unread: list[str] = field(default_factory=list)
    articles: dict[Path, None] = field(default_factory=dict)

    def add(self, part: Exported) -> None:
        """Count a further part in."""
        self.files += part.files
        self.results |= part.results
        self.lost += part.lost
        self.unread += part.unread
        self.articles |= part.articles


class _Place(NamedTuple):
    """Where results go: under one ``name``, or each under its own, into a ``folder``.

    They are written to ``staging`` meanwhile; ``out`` is the place as the user gave it.
    """

    folder: Path
    name: str | None
    out: Path
    staging: Path = Path()


def export_files(
    form: Format,
    files: Sequence[Path],
    out: Path,
    progress: Callable[[int], object],
    *,
    replace: bool = False,
    alone: bool = False,
) -> Exported:
    """Export annotation files to ``out``; ``progress`` is told how many more are done.

    As `export_parts`, all parts at once. What ``progress`` raises is passed on.
    """
    done = Exported()
    parts = export_parts(form, files, out, progress, replace=replace, alone=alone)
    with closing(parts):
        for part in parts:
            done.add(part)
    return done


def export_parts(
    form: Format,
    files: Sequence[Path],
    out: Path,
    progress: Callable[[int], object],
    *,
    replace: bool = False,
    alone: bool = False,
) -> Generator[Exported]:
    """Export annotation files to ``out``, part by part, all of them or nothing.

    ``out`` is a file where one file comes of them, unless it is a folder that is there
    already; else it is a folder. What is written takes its place when the last part was
    taken; a generator that is closed before leaves everything as it was. ``replace`` lets it
    replace other files that are there, see `Outputs`. One annotation file that cannot be read
    is left out and told of; raises `AnnotatorError` where none can be, or where the result may
    not or cannot be written. ``alone`` keeps the work in this process.
    """
    with refusals_told("exported"):
        refuse_missing(form)
        outputs = Outputs(replace=replace, reads=files)
        place = _place(form, files, out, outputs)
        named = list(zip(files, names(files), strict=True))
        done = Exported()
        with outputs.together(place.folder) as staging:
            parts = _parts(form, named, place._replace(staging=staging), progress, alone)
            with closing(parts):
                for part in parts:
                    done.add(part)
                    yield part
            if done.unread and not done.files:
                raise StorageError("\n".join(done.unread[:_SHOWN]))
            outputs.add_reads(done.articles)


def _place(form: Format, files: Sequence[Path], out: Path, outputs: Outputs) -> _Place:
    """Where the results go; raises `StorageError` where that can be refused beforehand."""
    several = form.result is Result.FOLDER or (form.result is Result.FILE_EACH and len(files) > 1)
    if several and out.is_file():
        raise StorageError(f"{out} is a file; several go into a folder, so name one.")
    if not several and not out.is_dir():
        outputs.refuse(out)
        there = real(out)
        return _Place(there.parent, there.name, out)
    if form.result is not Result.ONE_FILE:
        for name in names(files):
            outputs.refuse(out / f"{name}{form.suffixes[0]}")
    return _Place(out, None, out)


def _parts(
    form: Format,
    named: Sequence[Named],
    place: _Place,
    progress: Callable[[int], object],
    alone: bool,
) -> Generator[Exported]:
    if form.result is Result.ONE_FILE:
        yield _export(form, named, place, progress)
        return
    work = partial(_export_chunk, form, place)
    alone = alone or form.paints
    with closing(spread(work, named, 1 if alone else _CHUNK, alone=alone)) as parts:
        for part in parts:
            yield part
            progress(part.files + len(part.unread))


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


def _export_chunk(form: Format, place: _Place, named: Sequence[Named]) -> Exported:
    return _export(form, named, place, progress=lambda _: None)


def _export(
    form: Format, named: Sequence[Named], place: _Place, progress: Callable[[int], object]
) -> Exported:
    """Let the format write all of ``named``, counting what it leaves."""
    assert form.write
    done = Exported()

    def put(name: str, data: Data) -> None:
        replace_file(place.staging / (place.name or name), data)
        done.results[place.out if place.name else place.out / name] = None

    left = form.write(_tagged(named, done, progress), put)
    done.lost.update(one.what for one in left)
    return done


def _tagged(
    named: Sequence[Named], done: Exported, progress: Callable[[int], object]
) -> Iterator[Tagged]:
    registry_of = registries(4)
    for path, name in named:
        try:
            article, document = read_tagged(path)
            refuse_other_text(document, article, path)
            text_path = article_path(path, document.article.file)
            registry = registry_of(text_path.parent, [document])
        except AnnotatorError as error:
            done.unread.append(str(error))
        else:
            header = header_if_sound(text_path)
            title = header.title if header else None
            done.articles[text_path] = None
            yield Tagged(article, document, registry, name, title, path)
            done.files += 1
        progress(1)


def in_words(lost: Counter[str]) -> str:
    """What was left, counted: "3 notes, 2 chains"."""
    return ", ".join(count(number, what) for what, number in sorted(lost.items()))
