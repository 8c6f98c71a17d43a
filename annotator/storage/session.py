"""One open article of one annotator: what is tagged, and how it gets to the disk. No Qt."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.core import header
from annotator.core.change import PARTS, Change
from annotator.core.errors import ArticleChanged, EditRefused, Locked, StaleChange, StorageError
from annotator.core.model import Document
from annotator.core.sources import Registry
from annotator.core.tagging import Tagging
from annotator.core.text.article import Article
from annotator.storage.disk.contents import make_folder
from annotator.storage.disk.journal import Header, Journal
from annotator.storage.disk.lock import Lock, take_lock
from annotator.storage.disk.refusals import refusals_told
from annotator.storage.files.annotation_file import DocumentWriter
from annotator.storage.files.open_article import OpenArticle
from annotator.storage.saving import Known, PreparedSave, SaveReport, WrittenSave

if TYPE_CHECKING:
    from annotator.core.merge import Resolve

__all__ = ["Listener", "PreparedSave", "SaveReport", "Session", "WrittenSave"]

Listener = Callable[[Change], None]

MERGED = "Merged from disk"


class Session:
    """An open article: every change goes through `do`, every save through `save`.

    Both are refused with `ArticleChanged` while the file at ``article_path`` holds another text
    than ``article``.

    ``changed`` are told of each change that was done here, ``merged`` of what a save
    brought in from others: that is no step of this user's and not to be undone.
    ``read_only`` is the sentence why nothing can be changed, None if it can; ``is_locked_out``
    whether that is because somebody else has the file open, who may let go of it.
    """

    def __init__(
        self,
        *,
        article: Article,
        article_path: Path,
        path: Path,
        sources_file: Path,
        known: Known,
        registry: Registry,
        lock: Lock | None = None,
        read_only: str | None = None,
        is_locked_out: bool = False,
        writer: DocumentWriter | None = None,
    ) -> None:
        self.article = article
        self.original = OpenArticle(article_path, article)
        self.path = path
        self.sources_file = sources_file
        self.registry = registry
        self.tagging = Tagging(known.document.annotations)
        self.header = replace(known.document, annotations=())
        self.read_only = read_only
        self.is_locked_out = is_locked_out
        self.is_closed = False
        self.changed: list[Listener] = []
        self.merged: list[Listener] = []
        self._known = known
        self._lock = lock
        self._pending: list[Change] = []
        self._journal = Journal(path, self._journal_header())
        self._writer = writer or DocumentWriter()
        self._said_not_kept = False

    @property
    def annotator(self) -> str:
        """Whose tagging it is."""
        return self.header.annotator

    @property
    def article_path(self) -> Path:
        """The file of the article."""
        return self.original.path

    @property
    def unsaved(self) -> bool:
        """Whether there are changes that only the journal holds."""
        return bool(self._pending)

    @property
    def is_outdated(self) -> bool:
        """Whether its file, of which there was none, was made elsewhere: by an import, say."""
        return self._known.digest is None and os.path.lexists(self.path)

    def document(self) -> Document:
        """The annotation file as it would be saved now."""
        return replace(self.header, annotations=self.tagging.annotations())

    @refusals_told("written")
    def do(self, change: Change) -> None:
        """Do a change: on the disk first, then here, then tell everybody in ``changed``.

        One that changes nothing is left out. Raises `EditRefused` where nothing may be
        changed, `StaleChange` where the change starts from something else than what is
        here, `StorageError` where it cannot be brought to the disk; each time, nothing
        has happened.
        """
        if not change:
            return
        self._refuse_read_only()
        self._refuse_stale(change)
        self._enter(change)
        for listener in self.changed:
            listener(change)

    def _enter(self, change: Change) -> None:
        if self._lock is None:
            self._lock = self._begin()
        self._journal.append(change)
        self._confirm_lock()
        self._apply(change)
        self._pending.append(change)

    def _confirm_lock(self) -> None:
        """The computer may have slept while the journal was written, and the lock be another's."""
        if self._lock and not self._lock.is_held():
            self._journal.withdraw()
            self._refuse_read_only()
            raise StorageError(f"{self.path.name} was unlocked at this moment; do that again.")

    @refusals_told("written")
    def take_back(self, change: Change) -> None:
        """Undo the last change, which could not be saved, as if it had never been done.

        Unlike an undo by the user this takes back whose tagging it says was seen. Raises as `do`.
        """
        self.do(change.inverse())
        if change.seen:
            self.header = header.without_seen(self.header, change.seen)
            unseen = replace(change, seen=())
            self._pending = [unseen if one is change else one for one in self._pending]
            self._journal.restart(self._journal_header(), self._pending)

    def admit(self, annotators: Iterable[str]) -> None:
        """Review these annotators' tagging as well; the file says so from the next save on."""
        reviews = tuple(dict.fromkeys((*self.header.reviews, *annotators)))
        self.header = replace(self.header, reviews=reviews)

    @refusals_told("written")
    def see(self, annotator: str) -> None:
        """Keep in the file that this colleague's tagging was shown; that cannot be undone.

        Where nothing may be changed, nothing is kept either. Raises `EditRefused` and
        `StorageError` as `do`.
        """
        if self.read_only is None and annotator not in header.seen(self.header):
            self._refuse_read_only()
            self._enter(Change(f"See the tagging of {annotator}", seen=(annotator,)))

    def recover(self, change: Change) -> None:
        """Enter what the journal of an earlier session brought back, as an unsaved change.

        That journal was read; from now on it is this session's, and gone if it adds nothing.
        """
        if change:
            self._apply(change)
            self._pending.append(change)
        self._journal.adopt()
        with suppress(StorageError):  # then the old journal stands, as good as a new one
            self._journal.restart(self._journal_header(), self._pending)

    @property
    def comes_back(self) -> bool:
        """Whether what is unsaved would come back at the next opening: its journal is there."""
        return self._journal.is_there()

    @property
    def article_error(self) -> str | None:
        """Why nothing can be tagged or saved now, if the article is another text by now."""
        try:
            self.original.refuse_if_touched()
        except ArticleChanged as error:
            return str(error)
        return None

    @refusals_told("saved")
    def prepare_save(self) -> PreparedSave | None:
        """A snapshot of what is to be saved, None if that is nothing. One at a time.

        Raises `Locked` where somebody else has the file by now, `StorageError` where its folder
        is gone.
        """
        if not self.unsaved:
            return None
        self._keep_lock()
        if self.read_only:
            raise Locked(self.read_only)
        return PreparedSave(
            original=self.original,
            path=self.path,
            sources_file=self.sources_file,
            document=self.document(),
            registry=self.registry,
            known=self._known,
            changes=len(self._pending),
            writer=self._writer,
        )

    @refusals_told("written")
    def finish_save(self, prepared: PreparedSave, written: WrittenSave) -> SaveReport:
        """Take in what ``prepared.write()`` did; changes made meanwhile stay unsaved."""
        foreign = self._take_in(prepared, written)
        del self._pending[: prepared.changes]
        if self._lock and self._lock.is_held():  # else the journal may be somebody else's
            with suppress(StorageError):  # then the old one stands, and recovery copes with it
                self._journal.restart(self._journal_header(), self._pending)
        return SaveReport(True, foreign.size, (*written.sentences, *self._not_kept(written)))

    def _not_kept(self, written: WrittenSave) -> tuple[str, ...]:
        """Why earlier versions are not kept: said once, and no reason to stop working."""
        said, self._said_not_kept = self._said_not_kept, bool(written.not_kept)
        return () if said else written.not_kept

    @refusals_told("written")
    def save(self, resolve: Resolve | None = None) -> SaveReport:
        """Save what is unsaved; see `PreparedSave.write` for what can go wrong."""
        prepared = self.prepare_save()
        if prepared is None:
            return SaveReport(False)
        return self.finish_save(prepared, prepared.write(resolve))

    @refusals_told("written")
    def close(self, resolve: Resolve | None = None) -> SaveReport:
        """Save and let the files go; where saving fails the session stays open."""
        report = self.save(resolve)
        self.abandon()
        return report

    def abandon(self) -> None:
        """Let the files go without saving; what is unsaved comes back at the next opening."""
        self.is_closed = True
        ours = self._lock is not None and self._lock.is_held()
        with suppress(StorageError):  # what was confirmed is on the disk already
            self._journal.close() if ours else self._journal.abandon()
        if self._lock:
            self._lock.release()
            self._lock = None
        self.read_only = f"{self.path.name} is closed; open the article again."

    def _refuse_read_only(self) -> None:
        self._keep_lock()
        if self.read_only:
            raise EditRefused(self.read_only)
        self.original.refuse_if_touched()

    def _keep_lock(self) -> None:
        """Take the lock again where somebody removed it; give up where somebody else has it.

        What others saved meanwhile is merged with the next save.
        """
        if self.read_only or self._lock is None or self._lock.is_held():
            return
        if not self.path.parent.exists():  # it may come back: a drive, a share
            where = f"{self.path.parent} is not there any more"
            raise StorageError(f"{where}; look whether it was moved or renamed.")
        with suppress(Locked):
            lock = take_lock(self.path)
            if self._journal.is_free():
                self._lock.release()
                self._lock = lock
                with suppress(StorageError):  # it may hold a change that was refused
                    self._journal.restart(self._journal_header(), self._pending)
                return
            lock.release()
        self.read_only = f"{self.path.name} was taken over elsewhere; open the article again."
        self.is_locked_out = True

    def _refuse_stale(self, change: Change) -> None:
        self.tagging.refuse_stale(change)
        known = self.registry.by_id
        knows = change.sources.fits(PARTS["sources"].key, lambda one: known.get(one.id))
        if not knows or not header.fits(self.header, change):
            raise StaleChange(f"“{change.label}” no longer fits: it was changed meanwhile.")

    def _begin(self) -> Lock:
        """The lock, when the folder for annotations is made only with the first change."""
        make_folder(self.path.parent)
        try:
            lock = take_lock(self.path)
        except Locked as error:
            self.read_only, self.is_locked_out = str(error), True
            raise EditRefused(self.read_only) from error
        if self.path.exists() or not self._journal.is_free():
            lock.release()
            self.read_only = f"{self.path.name} was made elsewhere; open the article again."
            raise EditRefused(self.read_only)
        return lock

    def _apply(self, change: Change) -> None:
        self.tagging.apply(change)
        if change.sources:
            self.registry = self.registry.changed(change.sources.before, change.sources.after)
        self.header = header.changed(self.header, change)

    def _take_in(self, prepared: PreparedSave, written: WrittenSave) -> Change:
        """Bring in what others wrote; an annotation changed here meanwhile stays as it is here."""
        known, now = written.known, self.document()
        if known.document is prepared.document and known.registry == prepared.registry:
            self._known = known
            return Change(MERGED)
        from annotator.core.merge import merge, merge_registries

        merging = merge(prepared.document, now, known.document)
        document = merging.resolved(lambda collision: collision.ours)
        registry, _ = merge_registries(prepared.registry, self.registry, known.registry)
        # With the digest of no file, the next save merges again and asks about these.
        again = known._replace(document=prepared.document, digest="")
        self._known = again if merging.collisions else known
        foreign = header.change_between(MERGED, (now, self.registry), (document, registry))
        self._apply(foreign)
        self.header = replace(document, annotations=())
        for listener in self.merged if foreign else ():
            listener(foreign)
        return foreign

    def _journal_header(self) -> Header:
        return Header(starts_from=self._known.digest, annotator=self.header.annotator)
