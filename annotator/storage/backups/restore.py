"""Restoring an earlier version of a file: one change, made to fit what is there by now."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from annotator.core.change import Change, of_pairs
from annotator.core.errors import AnnotatorError, FormatError, Locked, NewerFormat, StorageError
from annotator.core.header import change_between
from annotator.core.model import Document
from annotator.core.sources import Registry, Source
from annotator.core.text.article import read_article
from annotator.storage.backups.versions import KeptVersion, read_version, replace_keeping, versions
from annotator.storage.disk.contents import create_file, make_folder, real
from annotator.storage.disk.journal import journal_path, read_journal
from annotator.storage.disk.lock import CLOSE_FIRST, locked_by, take_lock
from annotator.storage.disk.refusals import refusals_told
from annotator.storage.disk.replacement import until_unchanged
from annotator.storage.disk.transaction import lock_gate
from annotator.storage.files.annotation_file import parse_document
from annotator.storage.files.places import SOURCES, read_bytes, read_if_there
from annotator.storage.files.source_file import parse_registry
from annotator.storage.files.source_patch import patched_registry
from annotator.storage.folder import Folder, Target, open_path
from annotator.storage.opening import open_review, open_session
from annotator.storage.session import Session
from annotator.storage.shipped.sample_sources import sources_for

OTHER_TEXT = (
    "This version was made on another text of the article, so it cannot be restored in this "
    "one. Save a copy of it instead."
)


class Restoring(NamedTuple):
    """How a version can be restored.

    ``change`` is None where it cannot; ``sentences`` say why, or what comes of it besides.
    """

    change: Change | None
    sentences: tuple[str, ...] = ()


def restore_tagging(
    now: Document, registry: Registry, version: KeptVersion, sources_file: Path
) -> Restoring:
    """How to make the tagging what it was in a version of its file.

    Sources that it names and that have gone since come back with it, as the latest version of
    the registry that has them says. Raises `FormatError` or `StorageError` where the version
    cannot be read.
    """
    then = parse_document(read_version(version), str(version.path))
    if then.article.sha256 != now.article.sha256:
        return Restoring(None, (OTHER_TEXT,))
    gone = _named(then) - registry.by_id.keys()
    found = _found_again(gone, sources_file)
    back = Registry((*registry.sources, *found.values()), registry.extra)
    label = f"Restore the version of {version.local_time}"
    change = change_between(label, (now, registry), (then, back))
    return Restoring(change, _on_sources(gone, found))


def restore_registry(registry: Registry, version: KeptVersion) -> Restoring:
    """How to give the sources back what a version of the registry says of them.

    What was added since stays: other files of the folder may name it. Raises as
    `restore_tagging`.
    """
    then = parse_registry(read_version(version), str(version.path))
    known = registry.by_id
    back = of_pairs((known.get(one.id), one) for one in then.sources)
    change = Change(f"Restore the sources of {version.local_time}", sources=back)
    stays = ", ".join(one.label for one in registry.sources if one.id not in then.by_id)
    told = f"What was added since stays, because tags may name it: {stays}."
    return Restoring(change, (told,) if stays else ())


@refusals_told("restored")
def restore_file(file: Path, version: KeptVersion) -> tuple[str, ...]:
    """Write a version of a file back, under its lock; returns sentences for the user.

    A file that breaks its format is replaced by the version, and kept among the earlier ones;
    one that a newer program wrote, or whose journal it wrote, is sound and stands.
    Raises `Locked` where somebody has it open, `StorageError` or `FormatError` where it cannot
    be restored; then the file stands as it was.
    """
    if file.name == SOURCES:
        return _restore_registry_file(file, version)
    if not os.path.exists(file):  # noqa: PTH110  for pathlib a name that is too long is an error
        create_file(file, read_version(version))
        return ()
    target = open_path(file)
    return _replace_damaged(file, target, version) + _restore_opened(file, target, version)


def _replace_damaged(file: Path, target: Target, version: KeptVersion) -> tuple[str, ...]:
    """Write the version over a file that breaks its format: no session can open that."""
    if not _is_damaged(file):
        return ()
    article = read_article(read_bytes(target.article), str(target.article))
    new = read_version(version)
    if parse_document(new, str(version.path)).article.sha256 != article.sha256:
        raise StorageError(OTHER_TEXT)
    lock = take_lock(file, CLOSE_FIRST)
    try:
        not_kept, told = until_unchanged(
            file, lambda: replace_keeping(file, new, read_if_there(file))
        )
    finally:
        lock.release()
    return not_kept + told


def _is_damaged(file: Path) -> bool:
    """Whether it breaks its format; raises `NewerFormat` where a newer program is needed."""
    read_journal(journal_path(file))
    try:
        parse_document(read_bytes(file), str(file))
    except NewerFormat:
        raise
    except FormatError:
        return True
    return False


def _restore_opened(file: Path, target: Target, version: KeptVersion) -> tuple[str, ...]:
    again = open_review if target.review else open_session
    default = sources_for(target.folder, target.article)
    opened = again(target.folder, target.article, target.annotator or "", default)
    session = opened.session
    try:
        if real(session.path) != real(file):
            raise StorageError(f"{file} is not called {session.path.name}; rename it first.")
        if session.read_only:
            who = locked_by(file) if session.is_locked_out else None
            told = CLOSE_FIRST.format(file=file.name, who=who) if who else session.read_only
            raise Locked(told)
        now, sources_file = session.document(), target.folder.sources_file
        change, sentences = restore_tagging(now, session.registry, version, sources_file)
        if change is None:
            raise StorageError(" ".join(sentences))
        return (*opened.reports, *sentences, *_do_and_save(session, change))
    finally:
        session.abandon()


def _do_and_save(session: Session, change: Change) -> tuple[str, ...]:
    """Do a change and save it; one that cannot be saved does not come back later either."""
    session.do(change)
    try:
        return session.save().sentences
    except BaseException:
        with suppress(AnnotatorError):
            session.take_back(change)
        raise


def _restore_registry_file(file: Path, version: KeptVersion) -> tuple[str, ...]:
    folder = Folder(file.parent)
    make_folder(folder.annotations)
    lock = lock_gate(folder)
    try:
        sentences, kept = until_unchanged(file, lambda: _write_registry(file, version))
        return sentences + kept
    finally:
        lock.release()


def _write_registry(file: Path, version: KeptVersion) -> tuple[str, ...]:
    data = read_if_there(file)
    try:
        registry = parse_registry(data, str(file)) if data is not None else Registry()
    except NewerFormat:
        raise
    except FormatError:  # nothing can be told from it; it is kept among the earlier versions
        then = read_version(version)
        parse_registry(then, str(version.path))
        return replace_keeping(file, then, data)
    change, sentences = restore_registry(registry, version)
    if not change:
        return sentences
    back = registry.changed(change.sources.before, change.sources.after)
    return sentences + replace_keeping(file, patched_registry(back, data, str(file)), data)


def _named(document: Document) -> set[str]:
    return {one.source for one in document.annotations if one.source}


def _found_again(gone: Iterable[str], sources_file: Path) -> dict[str, Source]:
    """Sources that are gone, as the latest version of the registry has them."""
    missing, found = set(gone), dict[str, Source]()
    for version in versions(sources_file):
        if not missing:
            break
        for source in _registry_of(version).sources:
            if source.id in missing:
                found[source.id] = source
        missing -= found.keys()
    return found


def _registry_of(version: KeptVersion) -> Registry:
    try:
        return parse_registry(read_version(version), str(version.path))
    except AnnotatorError:  # one that cannot be read tells of no source
        return Registry()


def _on_sources(gone: Iterable[str], found: dict[str, Source]) -> tuple[str, ...]:
    labels = ", ".join(one.label for one in found.values())
    lost = ", ".join(sorted(set(gone) - found.keys()))
    back = f"Sources that were deleted since come back with it: {labels}."
    unknown = f"No version of sources.yaml that is kept knows {lost}; add it again by hand (F9)."
    return tuple(told for told, there in ((back, labels), (unknown, lost)) if there)
