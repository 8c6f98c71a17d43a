"""What an exchange format is: how tagging goes out and comes in, and what it cannot carry."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from annotator.core.display_text import escaped
from annotator.core.model import Document
from annotator.core.sources import Registry, Source
from annotator.core.text.article import Article


@dataclass(frozen=True)
class Tagged:
    """One annotation file with what it needs.

    ``name`` is its name without suffix (``corea-del-nord.anna``), with a number where another
    one that goes out with it has the same; ``title`` that of the article, if it is known.
    """

    article: Article
    document: Document
    registry: Registry
    name: str
    title: str | None = None
    path: Path | None = None


@dataclass(frozen=True, order=True)
class Left:
    """What could not be taken along: from where, ``what`` it is, and the ``reason``.

    Of an export only ``what`` counts, a noun in the singular ("note"), of which the report
    tells how many there were.
    """

    file: str
    line: int | None
    what: str
    reason: str

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        return escaped(f"{where}: {self.what}: {self.reason}")


class Put(Protocol):
    """Where an exporter puts a file of the result, whole or not at all.

    What does not fit into memory is handed over in pieces, as they are asked for.
    """

    def __call__(self, name: str, data: bytes | Iterable[bytes]) -> None: ...


Find = Callable[[str], Article | None]
"""The article with this SHA-256 in the folder that is imported into, if it is there."""


@dataclass(frozen=True)
class Imported:
    """The tagging of one article as it was read from somewhere.

    ``name`` is what the article is to be called ("corea-del-nord", without suffix); the one
    who writes it into a folder sees to ``document.article.file``. The document's annotator
    is empty where the file does not say whose tagging it is.
    """

    name: str
    article: Article
    document: Document
    sources: tuple[Source, ...] = ()
    left: tuple[Left, ...] = ()


class Result(StrEnum):
    """What comes of an export of several annotation files."""

    ONE_FILE = "one file for all"
    FILE_EACH = "a file for each"
    FOLDER = "several files for each, in a folder"


Write = Callable[[Iterable[Tagged], Put], Iterable[Left]]
Read = Callable[[Path, Find], Iterable[Imported | Left]]


@dataclass(frozen=True, kw_only=True)
class Format:
    """An exchange format: a line of the menus, and a word of the command line.

    ``write`` and ``read`` are functions of a module (they are sent to other processes) that
    work through what they are given bit by bit, so that memory does not grow with the number
    of files. ``read`` gets one file that ends in one of ``suffixes``; it raises an
    `AnnotatorError` where nothing can be read, and tells of whatever else it leaves.

    ``loses`` says in words what cannot be carried, nothing where the way out and back is
    lossless; ``extra`` names the extra that must be installed, and ``needs`` the module that
    then is there. ``paints`` is said of what needs Qt, and thus the process's main thread; the
    window adds its ``write`` (see `formats.painted`).
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    result: Result
    write: Write | None = None
    read: Read | None = None
    loses: tuple[str, ...] = ()
    extra: str | None = None
    needs: str | None = None
    paints: bool = False
