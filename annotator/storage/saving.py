"""Saving in three steps, so that a window can leave the slow one to a thread.

`Session.prepare_save` takes a snapshot, `PreparedSave.write` reads, merges and writes
without looking at the session, `Session.finish_save` takes in what came of it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from annotator.core.errors import ChangedOnDisk, Collisions, FormatError
from annotator.core.model import Document
from annotator.core.sources import Registry
from annotator.storage.disk.contents import digest, make_folder
from annotator.storage.disk.refusals import refusals_told
from annotator.storage.disk.replacement import until_unchanged
from annotator.storage.files.annotation_file import DocumentWriter, parse_document
from annotator.storage.files.open_article import OpenArticle
from annotator.storage.files.places import read_if_there, refuse_outside
from annotator.storage.files.source_file import parse_registry
from annotator.storage.shipped.sample_sources import sources_in

if TYPE_CHECKING:
    from annotator.core.merge import Resolve

_K = TypeVar("_K")
_V = TypeVar("_V")


class Known(NamedTuple):
    """Both files as a session last read or wrote them; a digest is None without a file."""

    document: Document
    digest: str | None
    registry: Registry
    registry_digest: str | None


class WrittenSave(NamedTuple):
    """The files as `PreparedSave.write` left them, and what there is to tell about it.

    ``not_kept`` says why earlier versions are not kept, if that is so (see `backups`).
    """

    known: Known
    sentences: tuple[str, ...] = ()
    not_kept: tuple[str, ...] = ()


class SaveReport(NamedTuple):
    """What a save did: whether anything was written, how many things came from others.

    ``sentences`` are for the user.
    """

    written: bool
    merged: int = 0
    sentences: tuple[str, ...] = ()


class PreparedSave(NamedTuple):
    """A snapshot of a session's work, ready to be written; ``changes`` counts what is in it."""

    original: OpenArticle
    path: Path
    sources_file: Path
    document: Document
    registry: Registry
    known: Known
    changes: int
    writer: DocumentWriter

    @refusals_told("written")
    def write(self, resolve: Resolve | None = None) -> WrittenSave:
        """Write both files, merged with what others wrote into them meanwhile.

        Touches nothing of the session: it may run in another thread, one at a time. Raises
        `ArticleChanged` while the article is another text, `Collisions` when both sides changed
        the same annotations and ``resolve`` is not given, `ChangedOnDisk` when the others' file
        cannot be merged, `StorageError` when the disk refuses; the annotation file is then as
        it was.
        """
        self.original.refuse_other_text()
        refuse_outside(self.path)
        make_folder(self.path.parent)
        # The registry goes first: a file must not name sources that nobody can look up.
        (registry, registry_digest, notes, not_kept), kept = until_unchanged(
            self.sources_file, self._write_registry
        )
        asked_once = cache(resolve) if resolve else None
        (document, document_digest, more, nor_kept), also_kept = until_unchanged(
            self.path, lambda: self._write_document(asked_once)
        )
        known = Known(
            document=document,
            digest=document_digest,
            registry=registry,
            registry_digest=registry_digest,
        )
        return WrittenSave(known, more + notes + kept + also_kept, nor_kept or not_kept)

    def _write_document(
        self, resolve: Resolve | None
    ) -> tuple[Document, str, tuple[str, ...], tuple[str, ...]]:
        there = read_if_there(self.path)
        document, notes = self._merged(there, resolve)
        data = self.writer.bytes(document)
        not_kept = _replace(self.path, data, there) if data != there else ()
        return document, digest(data), notes, not_kept

    def _merged(
        self, data: bytes | None, resolve: Resolve | None
    ) -> tuple[Document, tuple[str, ...]]:
        if data is None or digest(data) == self.known.digest:
            return self.document, ()
        from annotator.core.merge import merge

        merged = merge(self.known.document, self.document, self._theirs(data))
        if merged.collisions and resolve is None:
            raise Collisions(
                f"{self.path}: somebody else changed {len(merged.collisions)} of the tags that "
                f"you changed; choose a version of each.",
                merged.collisions,
            )
        notes = (
            f"{self.path.name}: {what} was changed elsewhere too, yours was kept."
            for what in merged.overruled
        )
        return merged.resolved(resolve) if resolve else merged.document, tuple(notes)

    def _theirs(self, data: bytes) -> Document:
        try:
            theirs = parse_document(data, str(self.path))
        except FormatError as error:
            raise ChangedOnDisk(
                f"{error}; somebody else wrote this meanwhile: mend the file, then save again."
            ) from error
        if theirs.article.sha256 != self.document.article.sha256:
            raise ChangedOnDisk(
                f"{self.path}: somebody else tagged another version of the article meanwhile; "
                f"move that file away, then save again."
            )
        return theirs

    def _write_registry(self) -> tuple[Registry, str | None, tuple[str, ...], tuple[str, ...]]:
        known = self.known
        if self.registry == known.registry:
            return known.registry, known.registry_digest, (), ()
        from annotator.core.merge import merge_registries
        from annotator.storage.files.source_patch import patched_registry

        data, registry = read_if_there(self.sources_file), self.registry
        overruled: tuple[str, ...] = ()
        if data is None:  # the first one: what other files name must be found in it as well
            named = sources_in(self.path.parent).sources
            registry = registry.changed((), [one for one in named if one.id not in registry.by_id])
        if data is not None and digest(data) != known.registry_digest:
            theirs = parse_registry(data, str(self.sources_file))
            registry, overruled = merge_registries(known.registry, self.registry, theirs)
        new = patched_registry(registry, data, str(self.sources_file))
        not_kept = _replace(self.sources_file, new, data) if new != data else ()
        name = self.sources_file.name
        notes = (f"{name}: {i} was changed elsewhere too, yours was kept." for i in overruled)
        return registry, digest(new), tuple(notes), not_kept


def _replace(path: Path, new: bytes, old: bytes | None) -> tuple[str, ...]:
    from annotator.storage.backups.versions import replace_keeping  # the window starts without it

    return replace_keeping(path, new, old)
