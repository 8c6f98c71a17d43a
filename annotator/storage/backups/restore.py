"""Restoring an earlier version of a file: one change, made to fit what is there by now."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from annotator.core.change import Change, of_pairs
from annotator.core.errors import AnnotatorError, Locked, StorageError
from annotator.core.header import change_between
from annotator.core.model import Document
from annotator.core.sources import Registry, Source
from annotator.storage.backups.versions import Version, read_version, replace_keeping, versions
from annotator.storage.check.check import SOURCES
from annotator.storage.disk.contents import create_file, make_folder
from annotator.storage.disk.lock import take_lock
from annotator.storage.disk.replacement import until_unchanged
from annotator.storage.disk.transaction import gate
from annotator.storage.files.annotation_file import parse_document
from annotator.storage.files.places import read_bytes, read_if_there
from annotator.storage.files.source_file import parse_registry, registry_bytes
from annotator.storage.folder import Folder, open_path
from annotator.storage.opening import open_review, open_session

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
    now: Document, registry: Registry, version: Version, sources_file: Path
) -> Restoring:
    """How to make the tagging what it was in a version of its file.

    Sources that it names and that have gone since come back with it, as the latest version of
    the registry that has them says. Raises `FormatError` or `StorageError` where the version
    cannot be read.
    """
    then = parse_document(read_version(version), str(version.path))
    if then.article.sha256 != now.article.sha256:
        return Restoring(None, (OTHER_TEXT,))
    gone = _named(then) - _named(now) - registry.by_id.keys()
    found = _found_again(gone, sources_file)
    back = Registry((*registry.sources, *found.values()), registry.extra)
    label = f"Restore the version of {version.local_time}"
    change = change_between(label, (now, registry), (then, back))
    return Restoring(change, _on_sources(gone, found))


def restore_registry(registry: Registry, version: Version) -> Restoring:
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


def restore_file(file: Path, version: Version) -> tuple[str, ...]:
    """Write a version of a file back, under its lock; returns sentences for the user.

    Raises `Locked` where somebody has it open, `StorageError` or `FormatError` where it cannot
    be restored.
    """
    if file.name == SOURCES:
        return _restore_registry_file(file, version)
    if not file.exists():
        create_file(file, read_version(version))
        return ()
    target = open_path(file)
    again = open_review if target.review else open_session
    document = parse_document(read_bytes(file), str(file))
    session = again(target.folder, target.article, document.annotator, Registry()).session
    try:
        if session.read_only:
            raise Locked(session.read_only)
        now, sources_file = session.document(), target.folder.sources_file
        change, sentences = restore_tagging(now, session.registry, version, sources_file)
        if change is None:
            raise StorageError(" ".join(sentences))
        session.do(change)
        return (*sentences, *session.save().sentences)
    finally:
        session.abandon()


def _restore_registry_file(file: Path, version: Version) -> tuple[str, ...]:
    folder = Folder(file.parent)
    make_folder(folder.annotations)
    lock = take_lock(gate(folder))
    try:
        sentences, kept = until_unchanged(file, lambda: _write_registry(file, version))
        return sentences + kept
    finally:
        lock.release()


def _write_registry(file: Path, version: Version) -> tuple[str, ...]:
    data = read_if_there(file)
    registry = Registry() if data is None else parse_registry(data, str(file))
    change, sentences = restore_registry(registry, version)
    if change:
        back = registry.changed(change.sources.before, change.sources.after)
        replace_keeping(file, registry_bytes(back), data)
    return sentences


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


def _registry_of(version: Version) -> Registry:
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
