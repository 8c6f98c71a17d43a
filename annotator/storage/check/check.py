"""Checking files: format errors, those in what they say of their article, and problems.

Each file is judged by itself, so that thousands of them are spread over all cores. Only one that
keeps to its format is compared with its article and registry, and only one on the very text of
its article asked for its problems. One that cannot be read is reported as well.
"""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import lru_cache, partial
from pathlib import Path
from typing import NamedTuple

from annotator.core.checks.format_errors import AtPlace, Place, find_format_errors
from annotator.core.checks.problem import Code
from annotator.core.checks.problems import find as find_problems
from annotator.core.checks.review_errors import find_review_errors
from annotator.core.display_text import escaped
from annotator.core.errors import AnnotatorError, FormatError, StorageError
from annotator.core.model import Document
from annotator.core.sources import Registry
from annotator.core.tagging import Tagging
from annotator.core.text.article import Article, read_article
from annotator.storage.bulk.cores import spread
from annotator.storage.check.lines import with_lines
from annotator.storage.check.report import AtLine, CheckReport, ProblemCode
from annotator.storage.disk.contents import missing, real, refuse_listing, storage_error
from annotator.storage.disk.refusals import refusals_told
from annotator.storage.files.annotation_file import document_errors, parse_document
from annotator.storage.files.article_header import ENDING, header_errors, parse_header
from annotator.storage.files.places import (
    ANNOTATIONS,
    SOURCES,
    article_path,
    folder_of,
    followed,
    read_spelled,
    refuse_outside,
    spelled,
)
from annotator.storage.files.source_file import registry_errors
from annotator.storage.folder import ARTICLE_SUFFIXES
from annotator.storage.log import log_unexpected
from annotator.storage.shipped.sample_sources import RegistryOf, registries
from annotator.storage.yaml.reader import read_tree

SUFFIXES = (".yaml", ".yml")

_CHUNK = 16
_KEPT = 4

_FORMAT = re.compile(
    rb"^(?:\xef\xbb\xbf)?format: *[\"']?(source-registry|article-header)/", re.MULTILINE
)


class _Shelf(NamedTuple):
    """Where a file finds its article, and the registry of a folder.

    ``with_problems`` asks for the problems of a sound file too.
    """

    article_at: Callable[[Path], Article]
    registry_of: RegistryOf
    with_problems: bool


@refusals_told("read")
def files_in(paths: Iterable[Path]) -> list[Path]:
    """The files that a check of ``paths`` looks at: YAML files themselves, folders' recursively.

    In a folder these are the YAML files of each ``annotations``, each ``sources.yaml`` and each
    header of an article, hidden ones left out. Raises `StorageError` for a path that is not
    there or cannot be listed, for another kind of file, and where there is nothing to check.
    """
    asked = list(paths)
    found = {file for path in asked for file in _files_at(path)}
    if not found:
        where = ", ".join(map(spelled, asked))
        what = f"no annotation file ({ANNOTATIONS}/*.yaml) and no {SOURCES} here"
        raise StorageError(f"{where}: {what}; choose another folder.")
    return sorted(found)


def _files_at(path: Path) -> Iterator[Path]:
    path = followed(path)
    if path.is_dir():
        yield from _files_below(path)
    elif not os.path.lexists(path):
        raise missing("checked", path)
    elif path.suffix in SUFFIXES:
        yield path
    else:
        what = f"neither a folder nor a YAML file ({', '.join(SUFFIXES)})"
        raise StorageError(f"{spelled(path)}: {what}; choose one of these.")


def _files_below(top: Path) -> Iterator[Path]:
    for name, folders, files in os.walk(top, onerror=refuse_listing):
        folder = Path(name)
        if ANNOTATIONS in (*folders, *files):
            refuse_outside(folder / ANNOTATIONS)
        folders[:] = [one for one in folders if not one.startswith(".")]
        # "." has no name of its own, and may be the folder of annotations.
        annotations = ANNOTATIONS in (folder.name, real(folder).name)
        yield from (folder / one for one in files if _is_ours(one, annotations))


def _is_ours(name: str, annotations: bool) -> bool:
    ours = name == SOURCES or name.endswith(SUFFIXES if annotations else ENDING)
    return ours and not name.startswith(".")


@refusals_told("read")
def check_files(
    files: Sequence[Path], progress: Callable[[int], object], *, with_problems: bool = False
) -> CheckReport:
    """What is wrong in ``files``; ``progress`` is told how many more are done, now and then.

    ``with_problems`` adds the problems in them (see `core.checks.problems`), save what is answered.
    """
    every: dict[AtLine, None] = {}
    for done, found in spread(partial(_check_chunk, with_problems=with_problems), files, _CHUNK):
        every.update(dict.fromkeys(found))
        progress(done)
    return CheckReport(len(files), tuple(sorted(every)), with_problems)


def _check_chunk(files: Sequence[Path], with_problems: bool) -> tuple[int, list[AtLine]]:
    # Neighbours in the order of names are several annotators' tagging of one article.
    shelf = _Shelf(lru_cache(_KEPT)(_article_at), registries(_KEPT), with_problems)
    return len(files), [found for path in files for found in _check(path, shelf)]


def _check(path: Path, shelf: _Shelf) -> Iterator[AtLine]:
    try:
        yield from _check_expecting(path, shelf)
    except OSError as error:
        yield _unreadable(path, storage_error("read", path, error))
    except Exception as error:  # noqa: BLE001  a check of a folder never ends at one file
        log_unexpected(f"{path} could not be checked", error)
        what = "cannot be checked, and the log says why; is it damaged?"
        yield AtLine(spelled(path), 1, what, "", "unreadable")


def _check_expecting(path: Path, shelf: _Shelf) -> Iterator[AtLine]:
    try:
        data = read_spelled(path)
    except StorageError as error:
        yield _unreadable(path, error)
        return
    said = _FORMAT.search(data)
    if path.name == SOURCES or (said and said[1] == b"source-registry"):
        yield from map(_misformed, registry_errors(data, spelled(path)))
    elif said or (path.name.endswith(ENDING) and path.parent.name != ANNOTATIONS):
        yield from _check_header(path, data, shelf)
    else:
        yield from _check_tagging(path, data, shelf)


def _check_header(path: Path, data: bytes, shelf: _Shelf) -> Iterator[AtLine]:
    """What is wrong in the header of an article, and whether it is still that of its text."""
    if found := header_errors(data, spelled(path)):
        yield from map(_misformed, found)
        return
    stem = path.name.removesuffix(ENDING)
    beside = (path.with_name(f"{stem}{suffix}") for suffix in ARTICLE_SUFFIXES)
    article = next((one for one in beside if one.exists()), None)
    if article is None:
        what = f"its article {stem}.txt is not there"
        yield AtLine(spelled(path), 1, what, "", "no-article")
        return
    with suppress(AnnotatorError):  # whoever tags it is told
        text, header = shelf.article_at(article), parse_header(data, spelled(path))
        if header.sha256 != text.sha256 or header.length != len(text.text):
            line = read_tree(data, spelled(path)).line(("sha256",))
            what = f"{article.name} has changed since it was added"
            yield AtLine(spelled(path), line, what, "its text as it was", "article-changed")


def _check_tagging(path: Path, data: bytes, shelf: _Shelf) -> Iterator[AtLine]:
    try:
        document = parse_document(data, spelled(path))
    except FormatError:
        yield from map(_misformed, document_errors(data, spelled(path)))
        return
    yield from _check_document(path, data, document, shelf)


def _check_document(path: Path, data: bytes, document: Document, shelf: _Shelf) -> Iterator[AtLine]:
    """What a document that keeps to the format says wrongly."""
    found: list[AtPlace] = []
    article = registry = None
    folder = folder_of(path)
    try:
        there = article_path(path, document.article.file)
        folder = there.parent
        article = shelf.article_at(there)
    except AnnotatorError as error:
        beginning = escaped(f"{path}: article.file ")
        what = f"article.file: {_without_stop(error).removeprefix(beginning)}"
        found.append(AtPlace("no-article", None, ("article", "file"), what, ""))
    try:
        registry = shelf.registry_of(folder, [document])
    except FormatError as error:
        yield _misformed(error)
    except StorageError as error:
        yield _unreadable(folder / SOURCES, error)
    found += find_format_errors(document, article, registry)
    if document.reviews:
        found += find_review_errors(document, _tagged_beside(path, document))
    fits = article and article.sha256 == document.article.sha256
    if shelf.with_problems and article and fits:
        found += _problems(document, article, registry or Registry())
    if found:
        yield from with_lines(found, data, spelled(path))


def _tagged_beside(path: Path, review: Document) -> dict[str, set[str]]:
    """The ids in each tagging of the same text that lies beside a review, by annotator."""
    stem = glob.escape(Path(review.article.file).stem)
    tagged: dict[str, set[str]] = {}
    for file in path.parent.glob(f"{stem}.*.yaml"):
        with suppress(AnnotatorError):  # it is reported by itself
            document = parse_document(read_spelled(file), file.name)
            if not document.reviews and document.article.sha256 == review.article.sha256:
                tagged[document.annotator] = {one.id for one in document.annotations}
    return tagged


def _problems(document: Document, article: Article, registry: Registry) -> Iterator[AtPlace]:
    """The problems, placed in the file; sources are judged in any case, and not again."""
    rows = {annotation.id: row for row, annotation in enumerate(document.annotations)}
    for found in find_problems(Tagging(document.annotations), article, registry, document.answers):
        if found and found.code != Code.UNKNOWN_SOURCE:
            code = ProblemCode(found.code)
            what = found.sentence[0].lower() + found.sentence[1:].removesuffix(".")
            if found.ids:
                place: Place = ("annotations", rows[found.ids[0]])
                yield AtPlace(code, found.ids[0], place, what, "")
            else:
                words = f"{found.words:.40} ({found.start}-{found.end})"
                yield AtPlace(code, None, ("annotations",), f"{words}: {what}", "")


def _misformed(error: FormatError) -> AtLine:
    return AtLine(error.path, error.line, error.what, error.expected, "format")


def _unreadable(path: Path, error: StorageError) -> AtLine:
    what = _without_stop(error).removeprefix(escaped(f"{spelled(path)} "))
    return AtLine(spelled(path), 1, what, "", "unreadable")


def _article_at(path: Path) -> Article:
    return read_article(read_spelled(path), spelled(path))


def _without_stop(error: AnnotatorError) -> str:
    return str(error).removesuffix(".")
