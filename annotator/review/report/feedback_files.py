"""Feedback reports as files: reviews are read, and each annotator gets one page on all of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from annotator.core.errors import AnnotatorError, StorageError
from annotator.core.sources import Registry
from annotator.core.tagging import Tagging
from annotator.review.decide.review import Review, Reviewed
from annotator.review.report.feedback import Fate, Feedback, FeedbackPart, feedback_on
from annotator.storage.check.check import files_in
from annotator.storage.colleagues import read_colleagues
from annotator.storage.disk.contents import real, replace_file
from annotator.storage.disk.outputs import Outputs
from annotator.storage.disk.refusals import refusals_told
from annotator.storage.files.places import article_path as place_of_article
from annotator.storage.files.places import followed
from annotator.storage.folder import Folder, annotator_slug, is_article_name
from annotator.storage.reading import read_tagged
from annotator.storage.shipped.sample_sources import RegistryOf, registries
from annotator.storage.shipped.templates import render

_REVIEW = ".review.yaml"
_KEPT = 4


@dataclass(frozen=True, slots=True)
class WrittenReports:
    """The pages that were written, and a sentence for each thing that was left out."""

    files: tuple[Path, ...]
    sentences: tuple[str, ...]


@refusals_told("read")
def review_files_in(paths: Iterable[Path]) -> list[Path]:
    """The review files that ``paths`` stand for: files as they are, articles, folders.

    Raises `StorageError` for a path that is not there or that has no review.
    """
    found = {real(file): file for path in paths for file in _files_at(path)}
    return list(found.values())


def _files_at(path: Path) -> list[Path]:
    path = followed(path)
    if path.is_dir():
        found = [file for file in files_in([path]) if file.name.endswith(_REVIEW)]
    elif is_article_name(path.name):
        found = list(Folder(path.parent).review_files(path).values())
    else:
        return files_in([path])
    if not found:
        what = f"no review (*{_REVIEW}) here; decide on an article in the window first."
        raise StorageError(f"{path}: {what}")
    return found


@refusals_told("written")
def write_feedback(
    files: Iterable[Path],
    out: Path,
    progress: Callable[[int], object] = lambda _: None,
    *,
    replace: bool = False,
) -> WrittenReports:
    """Write a page for each annotator that the reviews are of into the folder ``out``.

    All pages or none: ``progress`` is told how many more reviews are read; it may stop the
    work. Pages that are there already are replaced only where ``replace`` says so. Raises
    `StorageError` where nothing can be reported on, or written.
    """
    parts: dict[str, list[FeedbackPart]] = {}
    sentences: list[str] = []
    registry_of = registries(_KEPT)
    reviews = list(files)
    top = _top(reviews)
    for file in reviews:
        try:
            for annotator, part in _parts(file, top, registry_of, sentences):
                parts.setdefault(annotator, []).append(part)
        except AnnotatorError as error:
            sentences.append(f"{str(error).removesuffix('.')}; it is left out here.")
        progress(1)
    if not parts:
        raise StorageError("\n".join(sentences) or "There is nobody to report to.")
    with Outputs(replace=replace, reads=reviews).together(out) as staging:
        pages = list(_write(parts, staging, progress))
    return WrittenReports(tuple(out / name for name in pages), tuple(dict.fromkeys(sentences)))


def _top(reviews: Iterable[Path]) -> Path | None:
    """The folder that holds the folders of all articles, if there is one."""
    try:
        return Path(os.path.commonpath([real(path).parent.parent for path in reviews]))
    except ValueError:  # none at all, or on several drives
        return None


def _parts(
    path: Path, top: Path | None, registry_of: RegistryOf, sentences: list[str]
) -> Iterator[tuple[str, FeedbackPart]]:
    _, document = read_tagged(path)
    if not document.reviews:
        raise StorageError(f"{path}: it is no review; name a file that ends in {_REVIEW}.")
    article_path = real(place_of_article(path, document.article.file))
    colleagues = read_colleagues(Folder(article_path.parent), article_path)
    sentences += colleagues.sentences
    try:
        documents = (document, *colleagues.documents.values())
        registry = registry_of(article_path.parent, documents)
    except AnnotatorError as error:
        sentences.append(f"{str(error).removesuffix('.')}; sources go by their ids here.")
        registry = Registry()
    review = Review(Tagging(document.annotations), document, Reviewed.of(colleagues))
    below = top is not None and article_path.is_relative_to(top)
    name = article_path.relative_to(top).as_posix() if top and below else article_path.name
    for annotator in document.reviews:
        if annotator in colleagues.documents:
            yield annotator, feedback_on(annotator, review, registry, name)
        else:
            sentences.append(f"{path}: the tagging of {annotator} is not there; nothing is told.")


def _write(
    parts: dict[str, list[FeedbackPart]], folder: Path, progress: Callable[[int], object]
) -> Iterator[str]:
    """Write the pages; yields their names."""
    taken: set[str] = set()
    for annotator, found in sorted(parts.items()):
        progress(0)
        name = f"{_name(annotator, taken)}.html"
        replace_file(folder / name, as_html(Feedback(annotator, tuple(found))).encode())
        yield name


def _name(annotator: str, taken: set[str]) -> str:
    """A file name of its own for each, also where two names look alike as file names."""
    slug, number = annotator_slug(annotator), 1
    name = f"feedback-{slug}"
    while name in taken:
        number += 1
        name = f"feedback-{slug}-{number}"
    taken.add(name)
    return name


def as_html(feedback: Feedback) -> str:
    """The page for an annotator, to be read in a browser or printed."""
    return render(
        "feedback.html",
        feedback=feedback,
        fates=list(Fate),
        tables=[("Kinds", "kind", feedback.kinds), ("Sources", "source", feedback.sources)],
    )
