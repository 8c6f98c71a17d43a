"""Giving a source another id, or making two sources one, in all files of a folder.

`plan` looks, `carry_out` writes: all files or none (see `together` for what that means when
the program is killed in between).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from annotator.core.change import Change
from annotator.core.errors import AnnotatorError, ChangedOnDisk, StaleChange, StorageError
from annotator.core.registry_edits import replace_source
from annotator.core.sources import Registry, Source
from annotator.core.tagging import Tagging
from annotator.storage.disk.contents import digest, make_folder
from annotator.storage.disk.hidden_files import read_hidden
from annotator.storage.disk.journal import journal_path
from annotator.storage.disk.lock import CLOSE_FIRST, locked_by, take_lock
from annotator.storage.disk.refusals import refusals_told
from annotator.storage.disk.transaction import Content, is_journal, lock_gate, replace_together
from annotator.storage.files.annotation_file import open_document, parse_document
from annotator.storage.files.places import read_bytes, read_if_there, refuse_outside
from annotator.storage.files.source_file import parse_registry
from annotator.storage.files.source_patch import patched_registry
from annotator.storage.folder import Folder

Progress = Callable[[int, int], object]
"""Told how many files are done, and of how many."""

_TOLD = 3
"""Obstacles that one sentence can take."""


@dataclass(frozen=True, slots=True)
class RenameStep:
    """What changes in one file.

    ``starts_from`` is the digest of the file that was looked at; None where whatever lies
    there will do, as long as the change fits.
    """

    path: Path
    change: Change
    starts_from: str | None

    @property
    def count(self) -> int:
        """How many annotations it changes."""
        return len(self.change.after)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is to change in which files; the registry is the last step.

    ``obstacles`` are sentences that say why it cannot be done now. ``held`` is the file that
    this program itself has open, ``registry`` what counts where there is no sources.yaml.
    """

    folder: Folder
    steps: tuple[RenameStep, ...]
    registry: Registry
    obstacles: tuple[str, ...] = ()
    held: Path | None = None

    @property
    def tagged(self) -> tuple[RenameStep, ...]:
        """The steps that change annotations."""
        return tuple(step for step in self.steps if step.count)

    def again(self) -> Plan:
        """The same plan after it was taken back, in whatever else the files hold by then."""
        return self.inverse().inverse()

    def inverse(self) -> Plan:
        """The plan that takes this one back, in whatever else the files hold by then.

        The ``held`` file is left to its session, which may have unsaved changes now.
        """
        others = (step for step in self.steps if step.path != self.held)
        back = (RenameStep(step.path, step.change.inverse(), None) for step in others)
        return replace(self, steps=tuple(back))


def _silent(done: int, of: int) -> None:
    """For those who do not wait."""


@refusals_told("read")
def plan(
    folder: Folder,
    registry: Registry,
    old: Source,
    new_id: str,
    *,
    held: Path | None = None,
    progress: Progress = _silent,
) -> Plan:
    """How ``old`` comes to be ``new_id`` in the folder: merged, if there is one, or renamed.

    Nothing is written, and nothing need be saved but the ``held`` file. Raises `EditRefused`
    where the two cannot be one or the id is none.
    """
    entry = replace_source((), registry, old, new_id)
    steps: list[RenameStep] = []
    obstacles: list[str] = []
    files = annotation_files(folder)
    for done, path in enumerate(files):
        progress(done, len(files))
        try:
            if step := _step(path, registry, old, new_id):
                steps.append(step)
                obstacles += _in_the_way(path, held)
        except AnnotatorError as error:
            obstacles.append(str(error))
    obstacles += _unsaved_elsewhere(folder, old.id, {held, *(step.path for step in steps)})
    sources = read_if_there(folder.sources_file)
    starts_from = None if sources is None else digest(sources)
    steps.append(RenameStep(folder.sources_file, entry, starts_from))
    return Plan(
        folder=folder, steps=tuple(steps), registry=registry, obstacles=tuple(obstacles), held=held
    )


@refusals_told("read")
def annotation_files(folder: Folder) -> list[Path]:
    """Every annotation file and review of the folder, whoever's it is.

    Raises `StorageError` where ``annotations`` leads out of the folder.
    """
    refuse_outside(folder.annotations)
    found = folder.annotations.glob("*.yaml")
    return sorted(path for path in found if not path.name.startswith("."))


def named_in(path: Path) -> Counter[str]:
    """How often each source is named in a file; raises as `parse_document`."""
    document = parse_document(read_bytes(path), str(path))
    return Counter(one.source for one in document.annotations if one.source)


def files_naming(folder: Folder, source_id: str) -> Iterator[tuple[Path, int]]:
    """The files that name a source, and how often; raises as `parse_document`."""
    for path in annotation_files(folder):
        # An id stands in a file as it is: most files need not be read any closer.
        if source_id.encode() in read_bytes(path) and (times := named_in(path)[source_id]):
            yield path, times


def _step(path: Path, registry: Registry, old: Source, new_id: str) -> RenameStep | None:
    data = read_bytes(path)
    if old.id.encode() not in data:
        return None
    document = parse_document(data, str(path))
    change = replace_source(document.annotations, registry, old, new_id)
    change = Change(change.label, change.annotations)
    return RenameStep(path, change, digest(data)) if change else None


def _in_the_way(path: Path, held: Path | None) -> Iterator[str]:
    if path == held:
        return
    if who := locked_by(path):
        yield CLOSE_FIRST.format(file=path.name, who=who)
    elif journal_path(path).exists():
        yield _unsaved(path.name)


def _unsaved(name: str) -> str:
    return f"{name} has changes that were not saved; open it once, so that they come back."


def _unsaved_elsewhere(folder: Folder, source_id: str, seen: set[Path | None]) -> Iterator[str]:
    """Journals of files that do not name the source, or are not there, yet will do so."""
    known = {journal_path(path) for path in seen if path}
    for journal in sorted(folder.annotations.glob(".*.journal")):
        if journal in known or is_journal(journal):
            continue
        if f'"{source_id}"'.encode() in _journal_bytes(journal):
            yield _unsaved(f"{journal.stem.removeprefix('.')}.yaml")


def _journal_bytes(journal: Path) -> bytes:
    try:
        return read_hidden(journal) or b""
    except StorageError:  # whoever opens its file is told
        return b""


@refusals_told("written")
def carry_out(plan: Plan, progress: Progress = _silent) -> tuple[str, ...]:
    """Change all files of the plan, or none (see `together`).

    Returns the sentence why earlier versions could not be kept, none where they were.
    Raises `Locked` while one of them is open elsewhere, `ChangedOnDisk` where one is no longer
    as it was looked at or names a source that would be gone, `StorageError` for an obstacle
    or where the disk refuses.
    """
    if plan.obstacles:
        raise StorageError(" ".join(plan.obstacles[:_TOLD]))
    make_folder(plan.folder.annotations)
    with ExitStack() as leaving:
        leaving.callback(lock_gate(plan.folder).release)
        for path in (one.path for one in plan.tagged if one.path != plan.held):
            leaving.callback(take_lock(path, CLOSE_FIRST).release)
        return replace_together(plan.folder, _contents(plan, progress))


def _contents(plan: Plan, progress: Progress) -> Iterator[Content]:
    """What the files are to hold; the registry comes first, as with every save."""
    for done, step in enumerate(reversed(plan.steps)):
        progress(done, len(plan.steps))
        old = read_if_there(step.path)
        if step.starts_from and (old is None or digest(old) != step.starts_from):
            raise _changed_meanwhile(step.path)
        after = partial(_after, step, plan)
        yield Content(step.path, old, after(old), after)
    _refuse_leftovers(plan)


def _after(step: RenameStep, plan: Plan, data: bytes | None) -> bytes:
    return _tagging_after(step, data) if step.count else _registry_after(step, data, plan)


def _changed_meanwhile(path: Path) -> ChangedOnDisk:
    return ChangedOnDisk(f"{path.name} was changed elsewhere meanwhile; look again, then repeat.")


def _tagging_after(step: RenameStep, data: bytes | None) -> bytes:
    if data is None:
        raise _changed_meanwhile(step.path)
    document, writer = open_document(data, str(step.path))
    tagging = Tagging(document.annotations)
    try:
        tagging.apply(step.change)
    except StaleChange as error:
        raise _changed_meanwhile(step.path) from error
    return writer.bytes(replace(document, annotations=tagging.annotations()))


def _registry_after(step: RenameStep, data: bytes | None, plan: Plan) -> bytes:
    registry = plan.registry if data is None else parse_registry(data, str(step.path))
    change = step.change
    if any(registry.by_id.get(one.id) != one for one in change.sources.before):
        raise _changed_meanwhile(step.path)
    changed = registry.changed(change.sources.before, change.sources.after)
    return patched_registry(changed, data, str(step.path))


def _refuse_leftovers(plan: Plan) -> None:
    """No file may go on naming a source that leaves the registry."""
    entry, changed = plan.steps[-1].change, {step.path: step.change for step in plan.tagged}
    staying = {source.id for source in entry.sources.after}
    for gone in (source.id for source in entry.sources.before if source.id not in staying):
        for path, times in files_naming(plan.folder, gone):
            if path == plan.held:
                continue
            before = changed[path].before if path in changed else ()
            if times != sum(annotation.source == gone for annotation in before):
                raise _changed_meanwhile(path)
