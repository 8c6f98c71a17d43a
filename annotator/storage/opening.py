"""Opening an article: the text, somebody's tagging of it, and what a crash left behind."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from annotator.core.change import Change
from annotator.core.display_text import count
from annotator.core.errors import Locked, StorageError
from annotator.core.model import ArticleRef, Document
from annotator.core.sources import Registry
from annotator.core.text.article import Article, read_article
from annotator.storage.bulk.garbage import paused_collector
from annotator.storage.disk.contents import digest, storage_error
from annotator.storage.disk.hidden_files import is_ordinary
from annotator.storage.disk.journal import JournalContents, journal_path, read_journal
from annotator.storage.disk.kept_files import keep_aside, move_aside
from annotator.storage.disk.leftovers import restore, sweep
from annotator.storage.disk.lock import Lock, take_lock
from annotator.storage.disk.refusals import refusals_told
from annotator.storage.disk.transaction import finish
from annotator.storage.files.annotation_file import DocumentWriter, open_document
from annotator.storage.files.change_json import encode_change
from annotator.storage.files.places import read_bytes, read_if_there, refuse_outside
from annotator.storage.files.source_file import parse_registry
from annotator.storage.folder import Folder
from annotator.storage.reading import refuse_other_text
from annotator.storage.recovery import recover
from annotator.storage.saving import Known
from annotator.storage.session import Session

if TYPE_CHECKING:
    from annotator.storage.colleagues import Colleagues

NOT_TO_WRITE = (
    "{file} is read-only here: nothing can be written into {folder}. "
    "Ask its owner for the right to, or work on a copy of the folder."
)


class Opened(NamedTuple):
    """A session in its folder, and the sentences that its user should read.

    For a review, ``colleagues`` is what it is of.
    """

    folder: Folder
    session: Session
    reports: tuple[str, ...] = ()
    colleagues: Colleagues | None = None


@refusals_told("opened")
@paused_collector()
def open_session(
    folder: Folder, article_path: Path, annotator: str, registry_default: Registry
) -> Opened:
    """Open an article of ``folder`` for an annotator, with everything not saved last time.

    ``registry_default`` serves where the folder has no sources.yaml; it is written there
    with the first save. Opening itself writes only the lock, and only where there are
    annotations already, and what a crash left half done in the folder (see `together`).
    Where somebody else has the file open, or nothing can be written, the session is
    read-only.

    Raises `ArticleError`, `FormatError`, or `StorageError` when the article is not the text
    that was tagged; no file is touched then.
    """
    refuse_outside(folder.annotations)
    finished = _finish(folder)
    article = read_article(read_bytes(article_path), str(article_path))
    path = folder.annotation_file(article_path, annotator)
    new = partial(_new_document, article, article_path, annotator)
    opened = _open(folder, path, article, article_path, new, registry_default)
    return opened._replace(reports=(*finished, *opened.reports))


@refusals_told("opened")
@paused_collector()
def open_review(
    folder: Folder, article_path: Path, reviewer: str, registry_default: Registry
) -> Opened:
    """Open a reviewer's decisions on everybody's tagging of an article, as `open_session`.

    Whose tagging turned up since the last time is reviewed from now on as well; that is
    written with the next change. A colleague's file that is left out is among the reports
    (see `colleagues.read_colleagues`). Raises `StorageError` where there is no tagging to
    review, besides what `open_session` raises.
    """
    from annotator.storage.colleagues import read_colleagues

    refuse_outside(folder.annotations)
    finished = _finish(folder)
    colleagues = read_colleagues(folder, article_path)
    names = tuple(colleagues.documents)
    if not names:
        nobody = f"Nobody has tagged {article_path.name} yet; there is nothing to review."
        raise StorageError(" ".join(colleagues.sentences) or nobody)
    new = _new_document(colleagues.article, article_path, reviewer)
    ref = replace(new.article, language=colleagues.language)
    path = folder.review_file(article_path, reviewer)
    new = replace(new, article=ref, reviews=names)
    article = colleagues.article
    opened = _open(folder, path, article, article_path, lambda: new, registry_default)
    opened.session.admit(names)
    reports = (*finished, *opened.reports, *colleagues.sentences)
    return opened._replace(reports=reports, colleagues=colleagues)


@refusals_told("opened")
def open_to_read(
    folder: Folder, article_path: Path, reason: str, registry_default: Registry
) -> Opened:
    """Open an article for nobody: its text without tagging, read-only for the ``reason`` given.

    Raises as `open_session`; nothing is written.
    """
    article = read_article(read_bytes(article_path), str(article_path))
    # No annotator's file is called so, and this one is never read or written.
    path = folder.annotations / f"{article_path.stem}.yaml"
    sources = read_if_there(folder.sources_file)
    registry = parse_registry(sources, str(folder.sources_file)) if sources else registry_default
    known = Known(_new_document(article, article_path, ""), None, registry, None)
    session = Session(
        article=article,
        article_path=article_path,
        path=path,
        sources_file=folder.sources_file,
        known=known,
        registry=registry,
        read_only=reason,
    )
    return Opened(folder, session)


def _open(
    folder: Folder,
    path: Path,
    article: Article,
    article_path: Path,
    new: Callable[[], Document],
    registry_default: Registry,
) -> Opened:
    """Open the file at ``path`` on its article; ``new`` is what it holds where it is not there."""
    lock, reason, is_locked_out = _lock(folder, path)
    try:
        known, writer = _read(path, folder.sources_file, new)
        refuse_other_text(known.document, article, path)
        session = Session(
            article=article,
            article_path=article_path,
            path=path,
            sources_file=folder.sources_file,
            known=known,
            registry=known.registry if known.registry_digest else registry_default,
            lock=lock,
            read_only=reason,
            is_locked_out=is_locked_out,
            writer=writer,
        )
        _sweep(lock, folder)
        return Opened(folder, session, _recover(session, known.document))
    except BaseException:
        if lock:
            lock.release()
        raise


def _finish(folder: Folder) -> tuple[str, ...]:
    """What was begun and cut short comes first, so that all is read in one state."""
    told: list[str] = []
    for work in (finish, _restored):
        try:
            told += work(folder)
        except StorageError as error:
            told.append(str(error))
    return tuple(told)


def _restored(folder: Folder) -> tuple[str, ...]:
    return restore(folder.path) + restore(folder.annotations)


def _lock(folder: Folder, path: Path) -> tuple[Lock | None, str | None, bool]:
    """The lock, or why there can be none, and whether that is because somebody has it.

    Neither as long as there is nothing to lock.
    """
    place = path.parent if path.parent.is_dir() else folder.path
    reason = None
    try:
        if place == path.parent:
            return take_lock(path), None, False
    except Locked as error:
        return None, str(error), True
    except StorageError as error:
        reason = f"{error} It is opened read-only."
    if not os.access(place, os.W_OK):  # then a lock, of which nobody knows, is not the point
        reason = NOT_TO_WRITE.format(file=path.name, folder=place)
    return None, reason, False


def _new_document(article: Article, article_path: Path, annotator: str) -> Document:
    from annotator.storage.files.article_header import header_if_sound

    header = header_if_sound(article_path)
    ref = ArticleRef(
        file=f"../{article_path.name}",
        sha256=article.sha256,
        length=len(article.text),
        language=header.language if header else None,
    )
    return Document(article=ref, annotator=annotator)


def _read(
    path: Path, sources_file: Path, new: Callable[[], Document]
) -> tuple[Known, DocumentWriter]:
    data, sources = read_if_there(path), read_if_there(sources_file)
    document, writer = open_document(data, str(path)) if data is not None else (new(), None)
    known = Known(
        document=document,
        digest=None if data is None else digest(data),
        registry=Registry() if sources is None else parse_registry(sources, str(sources_file)),
        registry_digest=None if sources is None else digest(sources),
    )
    return known, writer or DocumentWriter()


def _sweep(lock: Lock | None, folder: Folder) -> None:
    if lock:
        sweep(folder.path)
        sweep(folder.annotations)


def _recover(session: Session, document: Document) -> tuple[str, ...]:
    """Bring back what the journal holds; what finds no place goes to a file, never lost."""
    journal = journal_path(session.path)
    if not is_ordinary(journal):
        return (_set_aside(session, journal),)
    found = read_journal(journal)
    if found is None:
        return ()
    if session.read_only:
        told = "There are changes in its journal that are not saved yet; they are not shown here."
        return (told,) if found.changes else ()
    recovery = recover(found.changes, document, session.registry, session.article)
    reports = _kept_aside(session.path, found, recovery.left_out)
    session.recover(recovery.change)
    if recovery.change:
        return (f"{count(recovery.change.size, 'change')} not saved last time came back.", *reports)
    return reports


def _set_aside(session: Session, journal: Path) -> str:
    """Out of the way of the journal that is to come, unread: a link may lead anywhere."""
    what = f"{journal} is not a file that this program wrote; it was not read"
    if session.read_only:
        return f"{what}."
    try:
        return f"{what} and is now called {move_aside(journal, session.path).name}."
    except OSError as error:
        raise storage_error("moved", journal, error) from error


def _kept_aside(path: Path, found: JournalContents, left_out: Change) -> tuple[str, ...]:
    reports = []
    if found.unreadable:
        aside = keep_aside(path, found.unreadable)
        reports.append(f"A part of the journal cannot be read; it is kept in {aside}.")
    if left_out:
        aside = keep_aside(path, encode_change(left_out))
        lost = count(left_out.size, "change")
        reports.append(f"{lost} of the journal could not be brought back; see {aside}.")
    return tuple(reports)
