"""The sources of the sample, for files that name them in a folder without a sources.yaml.

Once every folder without one was read as if it had the sample's. A folder now begins with no
source at all; but files that name sources of the sample must still find them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import suppress
from functools import cache, lru_cache
from pathlib import Path

from annotator.core.errors import StorageError
from annotator.core.model import Document
from annotator.core.sources import Registry
from annotator.storage.disk.contents import read_bytes
from annotator.storage.disk.refusals import refusals_told
from annotator.storage.files.places import SOURCES, read_if_there
from annotator.storage.files.source_file import parse_registry, registry_at
from annotator.storage.folder import Folder
from annotator.storage.shipped.resources import seeds_path

RegistryOf = Callable[[Path, Iterable[Document]], Registry]
"""The registry of a folder, or where it has none the sample's sources that documents name."""

_SOURCE = re.compile(rb"""\bsource["']?\s*:\s*["']?([a-z][a-z0-9-]*)""")
"""A source as annotation files (YAML) and journals (JSON) name it."""


def sources_of(*documents: Document) -> Registry:
    """Those sources of the sample that the documents name."""
    return _with_ids({one.source for document in documents for one in document.annotations})


def registries(kept: int) -> RegistryOf:
    """Gives the registry of each folder, of which so many are ``kept`` that were read last.

    It raises `FormatError` and `StorageError` where a registry cannot be read.
    """
    at = lru_cache(kept)(registry_at)
    return lambda folder, documents: at(folder) or sources_of(*documents)


@refusals_told("read")
def sources_for(folder: Folder, article: Path) -> Registry:
    """Those that the files on an article name, saved or not, where its folder has no registry.

    A look at the bytes, since a journal may be all that there is, and nobody waits for YAML.
    """
    if folder.sources_file.exists():
        return Registry()
    names = (f"{article.stem}.", f".{article.stem}.")
    files = (path for path in _files_in(folder.annotations) if path.name.startswith(names))
    return _named_in(files)


@refusals_told("read")
def sources_in(annotations: Path) -> Registry:
    """Those that any file in a folder of annotation files names."""
    return _named_in(_files_in(annotations))


def _files_in(annotations: Path) -> Iterator[Path]:
    ours = (".yaml", ".journal")
    there = annotations.iterdir() if annotations.is_dir() else ()
    return (path for path in there if path.name.endswith(ours) and path.is_file())


def _named_in(files: Iterable[Path]) -> Registry:
    found = (_SOURCE.findall(_read(path)) for path in files)
    return _with_ids({name.decode() for names in found for name in names})


def _read(path: Path) -> bytes:
    """What a file holds; one that cannot be read, or lies elsewhere, names nothing."""
    with suppress(StorageError):
        return read_if_there(path) or b""
    return b""


def _with_ids(ids: Container[str | None]) -> Registry:
    return Registry(tuple(one for one in _sample().sources if one.id in ids))


@cache
def _sample() -> Registry:
    path = seeds_path() / SOURCES
    return parse_registry(read_bytes(path), str(path))
