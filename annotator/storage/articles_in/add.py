"""Freezing an article: its text and its header are written into a folder, never over others."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from annotator.core.errors import AnnotatorError, StorageError
from annotator.storage.articles_in.incoming import Incoming, read_incoming
from annotator.storage.articles_in.new_files import free_stem, known_articles
from annotator.storage.disk.contents import create_file, make_folders
from annotator.storage.disk.leftovers import sweep
from annotator.storage.disk.refusals import refusals_told
from annotator.storage.files.article_header import ENDING, header_bytes, header_path
from annotator.storage.files.places import ANNOTATIONS


class Added(NamedTuple):
    """Where an article lies now, and whether it lay there before."""

    path: Path
    known: bool


@refusals_told("added")
def add_article(
    incoming: Incoming, folder: Path, known: dict[str, Path], name: str | None = None
) -> Added:
    """Write text and header into ``folder``, under that name or the one it came under.

    A text that is there already, under whatever name, is found in ``known`` (see
    `known_articles`) and not added again, but gets its header if it has none: a program that was
    killed may have left it so. A new one is put there. A name that is taken gets a number. Raises
    `StorageError`; then neither file is there.
    """
    if there := known.get(incoming.article.sha256):
        if not os.path.lexists(header_path(there)):
            create_file(header_path(there), header_bytes(incoming.header))
        return Added(there, known=True)
    make_folders(folder.absolute())
    stem = free_stem(name or incoming.name, taken_stems(folder))
    markdown = incoming.kind is not None and incoming.kind.name == "markdown"
    path = folder / f"{stem}{'.md' if markdown else '.txt'}"
    create_file(path, incoming.article.text.encode())
    try:
        create_file(header_path(path), header_bytes(incoming.header))
    except StorageError:
        with suppress(OSError):
            path.unlink()
        raise
    known[incoming.article.sha256] = path
    return Added(path, known=False)


def taken_stems(folder: Path) -> set[str]:
    """The names that a new article must not have, casefolded: of articles, headers, tagging."""
    articles = (Path(name.removesuffix(ENDING)).stem for name in _names(folder))
    # As in article.anna.yaml and article.carla.review.yaml.
    files = (
        one.removesuffix(".yaml").removesuffix(".review") for one in _names(folder / ANNOTATIONS)
    )
    return {one.casefold() for one in (*articles, *(file.rpartition(".")[0] for file in files))}


def _names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()] if folder.is_dir() else []


class Outcome(NamedTuple):
    """What came of one file: where its article lies, or why there is none."""

    source: Path
    incoming: Incoming | None = None
    added: Added | None = None
    error: AnnotatorError | None = None

    def __str__(self) -> str:
        if self.error:
            return str(self.error)
        assert self.incoming
        assert self.added
        header = self.incoming.header
        told = (self.incoming.encoding, header.language, f"{header.length:,} characters")
        what = "is there already as" if self.added.known else "added as"
        return f"{self.source}: {what} {self.added.path.name} ({', '.join(filter(None, told))})"


def add_files(
    sources: Iterable[Path], folder: Path, encoding: str | None = None
) -> Iterator[Outcome]:
    """Add the article of each file in turn; what one file is refused for hinders no other."""
    sweep(folder)
    known = known_articles(folder)
    for source in sources:
        try:
            incoming = read_incoming(source, encoding)
            yield Outcome(source, incoming, add_article(incoming, folder, known))
        except AnnotatorError as error:
            yield Outcome(source, error=error)
