"""Writing what was imported: articles, annotation files and sources of a folder."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from annotator.core.errors import FormatError, StorageError
from annotator.core.model import Document
from annotator.core.sources import Registry, Source
from annotator.formats.format import Imported, Left
from annotator.storage.articles_in.new_files import free_stem, known_articles
from annotator.storage.backups.versions import replace_keeping
from annotator.storage.disk.contents import Data, create_files, make_folders
from annotator.storage.disk.leftovers import sweep
from annotator.storage.disk.replacement import until_unchanged
from annotator.storage.files.annotation_file import document_bytes, parse_document
from annotator.storage.files.places import read_if_there, refuse_outside
from annotator.storage.files.source_file import (
    RESERVED_KEYS,
    parse_registry,
    registry_at,
    registry_bytes,
)
from annotator.storage.files.source_patch import patched_registry
from annotator.storage.folder import Folder
from annotator.storage.shipped.sample_sources import sources_in


class Arrivals:
    """A folder that imported tagging arrives in, and what has arrived.

    ``articles`` has the articles of the folder by SHA-256; ``counts`` counts what was done.
    ``annotator`` is whose tagging it is to be, where the files are not to say so; ``tell`` is
    called with everything that cannot be taken.
    """

    def __init__(self, folder: Path, annotator: str | None, tell: Callable[[Left], object]) -> None:
        self._folder, self._annotator, self._tell = Folder(folder), annotator, tell
        self.counts = Counter[str]()
        self._said_not_kept = False
        make_folders(folder.absolute())
        refuse_outside(self._folder.annotations)
        for one in (folder, self._folder.annotations):
            sweep(one)
        self.articles = known_articles(folder)
        self._stems = {path.stem.casefold() for path in self.articles.values()}
        self._registry()  # where that cannot be read nothing arrives

    def take(self, found: Sequence[Imported | Left]) -> None:
        """Write what was found, sources first: no file names one that cannot be looked up."""
        tagging = [one for one in found if isinstance(one, Imported)]
        self._add_sources(tagging)
        for one in found:
            self._leave([one] if isinstance(one, Left) else one.left)
        owned = [one for one in tagging if self._is_somebodys(one)]
        self._write_articles(owned)
        self._write_documents(owned)

    def _leave(self, left: Iterable[Left]) -> None:
        for one in left:
            self.counts["left"] += 1
            self._tell(one)

    def _add_sources(self, found: Iterable[Imported]) -> None:
        path = self._folder.sources_file
        (left, number, not_kept), kept = until_unchanged(path, lambda: self._write_sources(found))
        self._leave((*left, *(Left(path.name, None, "the file", one) for one in kept)))
        for sentence in () if self._said_not_kept else not_kept:
            self._said_not_kept = True
            self._tell(Left(path.name, None, "its versions", sentence))
        self.counts["sources"] += number

    def _registry(self) -> Registry:
        return registry_at(self._folder.path) or sources_in(self._folder.annotations)

    def _write_sources(self, found: Iterable[Imported]) -> tuple[list[Left], int, tuple[str, ...]]:
        """Add the sources that sources.yaml does not have.

        Returns what it keeps, how many are new, and why earlier versions are not kept, if so.
        """
        not_kept: tuple[str, ...] = ()
        there = read_if_there(self._folder.sources_file)
        registry = self._registry()
        known, new, left = registry.by_id, dict[str, Source](), list[Left]()
        for imported in found:
            for source in _sound(imported, left):
                here = known.get(source.id) or new.setdefault(source.id, source)
                # Not every format tells more of a source than its id, or one of its names.
                if here != source and source.name not in (*here.names, source.id):
                    why = f"sources.yaml has another one by this id ({here.name}), which is kept"
                    left.append(Left(imported.name, None, f"source {source.id}", why))
        if new:
            sources = (*registry.sources, *_with_own_keys(new.values(), registry, left))
            registry = Registry(sources, registry.extra)
            path = self._folder.sources_file
            data = patched_registry(registry, there, str(path))
            not_kept = replace_keeping(path, data, there)
        return left, len(new), not_kept

    def _is_somebodys(self, imported: Imported) -> bool:
        if not self._who(imported):
            why = "the file does not say whose tagging it is; give the annotator's name"
            self._leave([Left(imported.name, None, "the tagging", why)])
        return bool(self._who(imported))

    def _who(self, imported: Imported) -> str:
        return self._annotator or imported.document.annotator

    def _write_articles(self, found: Iterable[Imported]) -> None:
        """Write the articles that are not there under any name."""
        new: dict[Path, Data] = {}
        for imported in found:
            article = imported.article
            if article.sha256 not in self.articles:
                stem = free_stem(imported.name, self._stems)
                path = self._folder.path / f"{stem}.txt"
                new[path] = article.text.encode()
                self._stems.add(stem.casefold())
                self.articles[article.sha256] = path
        for error in create_files(new).values():
            raise error
        self.counts["articles"] += len(new)

    def _write_documents(self, found: Iterable[Imported]) -> None:
        new: dict[Path, Data] = {}
        tagging: dict[Path, Document] = {}
        for imported in found:
            path, document = self._document(imported)
            try:
                data = _new_bytes(path, document, new)
            except (FormatError, StorageError) as error:
                what = f"the tagging of {document.annotator}"
                self._leave([Left(imported.name, None, what, str(error))])
                continue
            if data is None:
                self.counts["known"] += 1
            else:
                new[path], tagging[path] = data, document
        make_folders(self._folder.annotations)
        for path, refused in create_files(new).items():
            what = f"the tagging of {tagging.pop(path).annotator}"
            self._leave([Left(path.name, None, what, str(refused))])
        self.counts["files"] += len(tagging)
        self.counts["annotations"] += sum(len(one.annotations) for one in tagging.values())

    def _document(self, imported: Imported) -> tuple[Path, Document]:
        """The document as it is to stand in the folder, and where."""
        article = self.articles[imported.article.sha256]
        ref = replace(
            imported.document.article,
            file=f"../{article.name}",
            sha256=imported.article.sha256,
            length=len(imported.article.text),
        )
        document = replace(imported.document, article=ref, annotator=self._who(imported))
        place = self._folder.review_file if document.reviews else self._folder.annotation_file
        return place(article, document.annotator), document


def _new_bytes(path: Path, document: Document, waiting: Mapping[Path, Data]) -> bytes | None:
    """The file of a document; None where the same is there already, or waits to be written.

    Raises `StorageError` where another one is, `FormatError` where it could not be read again.
    """
    data = document_bytes(document)
    if parse_document(data, str(path)).article.file != document.article.file:
        name = os.fsencode(document.article.file).decode("utf-8", "replace")
        raise StorageError(f"{name}: its name is not UTF-8; rename the article, then import again.")
    there = waiting[path] if path in waiting else read_if_there(path)
    if there is not None and there != data:
        raise StorageError(
            f"{path} is there already with other tagging; it is left as it is. "
            f"Import under another annotator's name, or move it away."
        )
    return data if there is None else None


def _sound(imported: Imported, left: list[Left]) -> Iterator[Source]:
    """The sources that can stand in a file; the others are added to ``left``."""
    for source in imported.sources:
        try:
            parse_registry(registry_bytes(Registry((source,))), imported.name)
        except (FormatError, ValueError) as error:
            what = error.what if isinstance(error, FormatError) else "its name is no text"
            left.append(Left(imported.name, None, f"source {source.id}", what))
        else:
            yield source


def _with_own_keys(new: Iterable[Source], registry: Registry, left: list[Left]) -> Iterator[Source]:
    """The new sources, without keys that tag with another source or are commands."""
    taken = {*RESERVED_KEYS, *(one.key.lower() for one in registry.sources if one.key)}
    for source in new:
        if source.key and source.key.lower() in taken:
            why = "it is a command, or tags with another source here"
            left.append(Left(source.id, None, f"the key {source.key}", why))
            yield replace(source, key=None)
        else:
            taken.add((source.key or "").lower())
            yield source
