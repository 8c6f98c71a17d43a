"""Writing what was imported: articles, annotation files and sources of a folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from annotator.core.errors import FormatError, StorageError
from annotator.core.model import Document
from annotator.core.sources import Registry, Source
from annotator.formats.format import Imported, Left
from annotator.storage.annotation_file import document_bytes, parse_document
from annotator.storage.checking import registry_at
from annotator.storage.disk import (
    create_file,
    make_folders,
    read_if_there,
    replace_file,
)
from annotator.storage.folder import Folder
from annotator.storage.new_articles import free_stem, known_articles
from annotator.storage.source_file import registry_bytes


class Arrivals:
    """A folder that imported tagging arrives in, and what has arrived.

    ``articles`` has the articles of the folder by SHA-256; ``counts`` counts what was done.
    ``annotator`` is whose tagging it is to be, where the files are not to say so; ``tell`` is
    called with everything that cannot be taken.
    """

    def __init__(self, folder: Path, annotator: str | None, tell: Callable[[Left], object]) -> None:
        self._folder, self._annotator, self._tell = Folder(folder), annotator, tell
        self.counts = Counter[str]()
        make_folders(folder.absolute())
        self.articles = known_articles(folder)
        self._stems = {path.stem.casefold() for path in self.articles.values()}
        self._registry = registry_at(folder)

    def take(self, found: Sequence[Imported | Left]) -> None:
        """Write what was found, sources first: no file names one that cannot be looked up."""
        tagging = [one for one in found if isinstance(one, Imported)]
        self._add_sources(tagging)
        for one in found:
            if isinstance(one, Left):
                self._leave([one])
            else:
                self._leave(one.left)
                self._write(one)

    def _leave(self, left: Iterable[Left]) -> None:
        for one in left:
            self.counts["left"] += 1
            self._tell(one)

    def _add_sources(self, found: Iterable[Imported]) -> None:
        known, new = self._registry.by_id, dict[str, Source]()
        for imported in found:
            for source in imported.sources:
                here = known.get(source.id) or new.setdefault(source.id, source)
                # Not every format tells more of a source than its id, or one of its names.
                if here != source and source.name not in (*here.names, source.id):
                    why = f"sources.yaml has another one by this id ({here.name}), which is kept"
                    self._leave([Left(imported.name, None, f"source {source.id}", why)])
        if new:
            self._registry = Registry(
                (*self._registry.sources, *new.values()), self._registry.extra
            )
            replace_file(self._folder.sources_file, registry_bytes(self._registry))
            self.counts["sources"] += len(new)

    def _write(self, imported: Imported) -> None:
        who = self._annotator or imported.document.annotator
        if not who:
            why = "the file does not say whose tagging it is; give the annotator's name"
            self._leave([Left(imported.name, None, "the tagging", why)])
            return
        article = self._article(imported)
        ref = replace(
            imported.document.article,
            file=f"../{article.name}",
            sha256=imported.article.sha256,
            length=len(imported.article.text),
        )
        document = replace(imported.document, article=ref, annotator=who)
        try:
            self._write_document(self._path(article, document), document)
        except (FormatError, StorageError) as error:
            self._leave([Left(imported.name, None, f"the tagging of {who}", str(error))])

    def _path(self, article: Path, document: Document) -> Path:
        place = self._folder.review_file if document.reviews else self._folder.annotation_file
        return place(article, document.annotator)

    def _write_document(self, path: Path, document: Document) -> None:
        data, there = document_bytes(document), read_if_there(path)
        parse_document(data, str(path))  # nothing is written that could not be read again
        if there == data:
            self.counts["known"] += 1
            return
        if there is not None:
            raise StorageError(
                f"{path} is there already with other tagging; it is left as it is. "
                f"Import under another annotator's name, or move it away."
            )
        make_folders(path.parent)
        create_file(path, data)
        self.counts["files"] += 1
        self.counts["annotations"] += len(document.annotations)

    def _article(self, imported: Imported) -> Path:
        """Where the article lies; it is written there, if no other one has the same text."""
        article = imported.article
        if article.sha256 not in self.articles:
            path = self._folder.path / f"{free_stem(imported.name, self._stems)}.txt"
            create_file(path, article.text.encode())
            self._stems.add(path.stem.casefold())
            self.articles[article.sha256] = path
            self.counts["articles"] += 1
        return self.articles[article.sha256]
