"""A folder of articles, with the annotation files beside them.

::

    nk-russia/
      corea-del-nord.txt                             an article
      sources.yaml                                   the team's source registry
      annotations/corea-del-nord.anna.yaml           anna's tagging
      annotations/corea-del-nord.carla.review.yaml   carla's review
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from annotator.core.errors import StorageError
from annotator.storage.disk.contents import missing, storage_error
from annotator.storage.disk.refusals import refusals_told
from annotator.storage.files.places import (
    ANNOTATIONS,
    SOURCES,
    followed,
    read_bytes,
    refuse_outside,
)

ARTICLE_SUFFIXES = (".txt", ".md")

_LONGEST_SLUG = 40
_DONE = re.compile(rb"status: +[\"']?done\b")


class Stage(StrEnum):
    """How far an article is."""

    UNTOUCHED = "untouched"
    IN_PROGRESS = "in progress"
    DONE = "done"
    REVIEWED = "reviewed"


@dataclass(frozen=True, slots=True)
class ArticleState:
    """How far an article is, and how many annotations the annotator has made in it."""

    stage: Stage
    count: int


class Target(NamedTuple):
    """What a path stands for: an article of a folder, and whose tagging of it, if it says so.

    ``review`` where it is that annotator's review of everybody's tagging.
    """

    folder: Folder
    article: Path
    annotator: str | None
    review: bool = False


@dataclass(frozen=True)
class Folder:
    """A folder of articles; it is looked at anew with each question."""

    path: Path

    def articles(self) -> list[Path]:
        """The articles, hidden files left out, in the order of a reader ("2" before "10").

        Raises `StorageError` when the folder cannot be read or holds no article.
        """
        found = [self.path / name for name in _names(self.path) if is_article_name(name)]
        if not found:
            kinds = " or ".join(ARTICLE_SUFFIXES)
            raise StorageError(f"{self.path}: no article ({kinds}) here; choose another folder.")
        return sorted(found, key=lambda path: _natural(path.name))

    @property
    def annotations(self) -> Path:
        """Where the annotation files lie; the folder may not be there yet."""
        return self.path / ANNOTATIONS

    @property
    def sources_file(self) -> Path:
        """The team's source registry; it may not be there yet."""
        return self.path / SOURCES

    def annotation_file(self, article: Path, annotator: str) -> Path:
        """The file of an annotator's tagging of an article; it may not be there yet."""
        return self.annotations / f"{article.stem}.{annotator_slug(annotator)}.yaml"

    def review_file(self, article: Path, reviewer: str) -> Path:
        """The file of a reviewer's decisions on an article; it may not be there yet."""
        return self.annotations / f"{article.stem}.{annotator_slug(reviewer)}.review.yaml"

    def annotation_files(self, article: Path) -> dict[str, Path]:
        """Everybody's tagging of an article that there is, by annotator (see `annotator_slug`)."""
        return {who: path for who, path, review in self._files_of(article) if not review}

    def review_files(self, article: Path) -> dict[str, Path]:
        """The reviews of an article that there are, by reviewer."""
        return {who: path for who, path, review in self._files_of(article) if review}

    def all_files(self, *, reviews: bool = False) -> list[Path]:
        """The annotation files of all articles, or their reviews, with one look at each folder.

        In the order of the articles, then of the annotators. Raises as `articles`.
        """
        of_stem = defaultdict[str, list[tuple[str, str, bool]]](list)
        for name in _names_if_there(self.annotations):
            if (parts := _split(name)) and parts[2] == reviews:
                of_stem[parts[0]].append(parts)
        found = (sorted(of_stem[article.stem]) for article in self.articles())
        return [_join(self.annotations, *parts) for files in found for parts in files]

    @refusals_told("listed")
    def state(self, article: Path, annotator: str) -> ArticleState:
        """How far an annotator is with an article."""
        return self._state(article, annotator, _names_if_there(self.annotations))

    @refusals_told("listed")
    def states(self, annotator: str) -> dict[Path, ArticleState]:
        """The same for all articles, in their order, with one look into the folder."""
        by_stem = defaultdict[str, list[str]](list)
        for name in _names_if_there(self.annotations):
            if parts := _split(name):
                by_stem[parts[0]].append(name)
        articles = self.articles()
        return {path: self._state(path, annotator, by_stem[path.stem]) for path in articles}

    def _state(self, article: Path, annotator: str, names: Iterable[str]) -> ArticleState:
        own = self.annotation_file(article, annotator)
        names = tuple(names)
        done, count = _scan(own) if own.name in names else (False, 0)
        files = (parts for name in names if (parts := _split(name)) and parts[2])
        reviews = (_join(self.annotations, *parts) for parts in files if parts[0] == article.stem)
        if any(_scan(review)[0] for review in reviews):
            return ArticleState(Stage.REVIEWED, count)
        if done:
            return ArticleState(Stage.DONE, count)
        return ArticleState(Stage.IN_PROGRESS if own.name in names else Stage.UNTOUCHED, count)

    def _files_of(self, article: Path) -> list[tuple[str, Path, bool]]:
        split = (_split(name) for name in _names_if_there(self.annotations))
        found = sorted(parts for parts in split if parts and parts[0] == article.stem)
        return [(parts[1], _join(self.annotations, *parts), parts[2]) for parts in found]


def is_article_name(name: str) -> bool:
    """Whether a file of that name counts as an article."""
    return not name.startswith(".") and Path(name).suffix.lower() in ARTICLE_SUFFIXES


def annotator_slug(name: str) -> str:
    """An annotator's name as part of a file name.

    Letters and digits of any script in lower case, everything else a hyphen, 40 code
    points at most: "Anna Müller" gives ``anna-müller``. A name without any letter or
    digit gives ``annotator``; ``review`` is a word of file names and gives ``reviewer``.
    """
    lower = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).lower())
    kept = "".join(char if unicodedata.category(char)[0] in "LNM" else "-" for char in lower)
    slug = re.sub("-+", "-", kept)[:_LONGEST_SLUG].strip("-")
    return {"": "annotator", "review": "reviewer"}.get(slug, slug)


@refusals_told("opened")
def open_path(path: Path) -> Target:
    """What the command line was given: a folder, an article, or an annotation file.

    A folder stands for its first article.
    Raises `StorageError` for anything else.
    """
    path = followed(path.absolute())
    if path.is_dir():
        folder = Folder(path)
        return Target(folder, folder.articles()[0], None)
    if not path.exists():
        raise missing("opened", path)
    if is_article_name(path.name):
        return Target(Folder(path.parent), path, None)
    return _open_annotation_file(path)


def _open_annotation_file(path: Path) -> Target:
    parts = _split(path.name)
    if not parts or path.parent.name != ANNOTATIONS:
        raise StorageError(
            f"{path}: neither a folder, an article (.txt, .md) nor an annotation file "
            f"(annotations/article.annotator.yaml); open one of these."
        )
    folder = Folder(path.parent.parent)
    for article in folder.articles():
        if article.stem == parts[0]:
            return Target(folder, article, parts[1], parts[2])
    raise StorageError(
        f"{path}: its article {parts[0]}.txt is missing in {folder.path}; put it back there."
    )


def _split(name: str) -> tuple[str, str, bool] | None:
    """(stem of the article, annotator, whether it is a review) of an annotation file's name."""
    if name.startswith(".") or not name.endswith(".yaml"):
        return None
    stem = name.removesuffix(".yaml")
    review = stem.endswith(".review")
    article, dot, who = stem.removesuffix(".review").rpartition(".")
    return (article, who, review) if dot and article and who else None


def _join(folder: Path, stem: str, who: str, review: bool) -> Path:
    return folder / f"{stem}.{who}{'.review' if review else ''}.yaml"


def _scan(path: Path) -> tuple[bool, int]:
    """Whether a file says that it is done, and how many annotations it holds.

    A look at its lines, not a parse: thousands of files are listed at once, and our own
    writer never puts these words at the start of a line for anything else.
    """
    try:
        data = read_bytes(path)
    except StorageError:
        return False, 0  # one bad file must not hide the folder; opening it tells what is wrong
    status = data.find(b"\nstatus:") + 1  # 0, the first line, where no other one is that
    return bool(_DONE.match(data, status)), data.count(b"\n- id: ")


def _names(path: Path) -> list[str]:
    try:
        with os.scandir(path) as entries:
            return [entry.name for entry in entries if _is_file(entry)]
    except OSError as error:
        raise storage_error("listed", path, error) from error


@refusals_told("listed")
def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:  # a link in a circle
        return False


@refusals_told("listed")
def _names_if_there(path: Path) -> list[str]:
    refuse_outside(path)
    return _names(path) if path.is_dir() else []


def _natural(name: str) -> tuple[list[tuple[int, int | str]], str]:
    """A sort key by which numbers count as numbers; the name itself settles a draw."""
    parts = re.split(r"(\d+)", name.casefold())
    return [(0, int(part)) if part.isdecimal() else (1, part) for part in parts if part], name
