"""An earlier version comes back into the file that was named, and only there."""

from __future__ import annotations

import shutil
from pathlib import Path
from zlib import crc32

import pytest

from annotator.core.change import Change, removed
from annotator.core.edits import delete, set_note
from annotator.core.errors import AnnotatorError, Locked, NewerFormat, StorageError
from annotator.core.sources import Registry, Source
from annotator.storage.backups.restore import restore_file
from annotator.storage.backups.versions import KeptVersion, earlier_versions, keep, read_version
from annotator.storage.disk.journal import Header, journal_path
from annotator.storage.disk.journal_format import journal_bytes
from annotator.storage.disk.lock import take_lock
from annotator.storage.disk.transaction import lock_gate
from annotator.storage.files.annotation_file import parse_document
from annotator.storage.files.source_file import parse_registry
from annotator.storage.folder import Folder
from annotator.storage.opening import Opened, open_session

DAMAGED = {
    "empty": b"",
    "no YAML": b"format: [",
    "no format": b"annotations: []\n",
    "half a file": b"format: source-attribution/1\narticle:\n  file: ../corea",
}


@pytest.fixture
def folder(seeds: Path, tmp_path: Path) -> Folder:
    return Folder(Path(shutil.copytree(seeds, tmp_path / "nk-russia")))


@pytest.fixture
def anna(folder: Folder) -> Path:
    """Anna's file, of which the sample's tagging is an earlier version."""
    session = opened(folder).session
    session.do(delete(session.tagging, list(session.tagging)))
    session.close()
    return session.path


def opened(folder: Folder, annotator: str = "anna") -> Opened:
    return open_session(folder, folder.articles()[0], annotator, Registry())


def latest(file: Path) -> KeptVersion:
    return earlier_versions(file)[0]


def test_a_copy_of_a_colleagues_file_is_restored_and_theirs_is_left_alone(
    folder: Folder, anna: Path, seeds: Path
) -> None:
    emptied = anna.read_bytes()
    zoe = anna.with_name("corea-del-nord.zoe.yaml")
    zoe.write_bytes(emptied)
    sample = (seeds / "annotations" / anna.name).read_bytes()
    keep(zoe, sample)
    restore_file(zoe, latest(zoe))
    assert (zoe.read_bytes(), anna.read_bytes()) == (sample, emptied)


def test_a_file_that_is_called_otherwise_than_its_annotator_s_is_refused(anna: Path) -> None:
    other = anna.with_name("corea-del-nord.Anna B.yaml")
    other.write_bytes(anna.read_bytes())
    keep(other, read_version(latest(anna)))
    before = anna.read_bytes(), other.read_bytes()
    with pytest.raises(StorageError, match=r"is not called corea-del-nord\.anna-b\.yaml"):
        restore_file(other, latest(other))
    assert (anna.read_bytes(), other.read_bytes()) == before


@pytest.mark.parametrize("damaged", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_file_is_restored_and_what_it_held_is_kept(
    anna: Path, seeds: Path, damaged: bytes
) -> None:
    version = latest(anna)
    anna.write_bytes(damaged)
    assert restore_file(anna, version) == ()
    assert anna.read_bytes() == (seeds / "annotations" / anna.name).read_bytes()
    assert read_version(latest(anna)) == damaged


def test_a_damaged_file_brings_its_sources_back(folder: Folder, anna: Path) -> None:
    version = latest(anna)
    session = opened(folder, "carla").session
    kcna = session.registry.by_id["kcna"]
    session.do(Change(label="Delete the source", sources=removed(kcna)))
    session.close()
    anna.write_bytes(b"")
    (told,) = restore_file(anna, version)
    assert told == "Sources that were deleted since come back with it: KCNA."
    assert parse_registry(folder.sources_file.read_bytes(), "x").by_id["kcna"] == kcna


def test_a_damaged_file_stays_where_the_version_is_of_another_text(anna: Path) -> None:
    keep(anna, anna.read_bytes().replace(b"sha256: 7", b"sha256: 0"))
    version = latest(anna)
    anna.write_bytes(b"damaged")
    with pytest.raises(StorageError, match="another text of the article"):
        restore_file(anna, version)
    assert anna.read_bytes() == b"damaged"


@pytest.mark.parametrize("is_tagging", [True, False], ids=["tagging", "sources"])
def test_what_a_newer_program_wrote_is_no_damaged_file_and_stays(
    folder: Folder, anna: Path, is_tagging: bool
) -> None:
    file = anna if is_tagging else folder.sources_file
    keep(file, file.read_bytes() + b"\n")
    version, (family, _, rest) = latest(file), file.read_bytes().partition(b"/")
    newer = family + b"/9" + rest[1:] + b"new-key: 1\n"
    file.write_bytes(newer)
    with pytest.raises(NewerFormat, match=r"a newer program wrote this file .*; update this"):
        restore_file(file, version)
    assert file.read_bytes() == newer


def test_a_damaged_file_stays_where_a_newer_program_has_changes_to_it(anna: Path) -> None:
    version = latest(anna)
    anna.write_bytes(b"damaged")
    journal = journal_path(anna)
    first, _ = journal_bytes(Header(None, "anna"), ())
    words = first.rpartition(b" ")[0].replace(b"journal/2", b"journal/9")
    journal.write_bytes(b"%b %08x\n" % (words, crc32(words)))
    with pytest.raises(NewerFormat, match="a newer program wrote this journal"):
        restore_file(anna, version)
    assert anna.read_bytes() == b"damaged"


def test_a_damaged_file_that_is_open_elsewhere_stays(anna: Path) -> None:
    version = latest(anna)
    anna.write_bytes(b"damaged")
    lock = take_lock(anna)
    with pytest.raises(Locked, match="it has to be closed there first"):
        restore_file(anna, version)
    lock.release()
    assert anna.read_bytes() == b"damaged"


@pytest.mark.parametrize("damaged", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_registry_is_restored_and_what_it_held_is_kept(
    folder: Folder, damaged: bytes
) -> None:
    sources = folder.sources_file
    sound = sources.read_bytes()
    keep(sources, sound)
    sources.write_bytes(damaged)
    assert restore_file(sources, latest(sources)) == ()
    assert (sources.read_bytes(), read_version(latest(sources))) == (sound, damaged)


def test_while_the_sources_are_being_changed_that_is_said(folder: Folder) -> None:
    keep(folder.sources_file, b"format: source-registry/1\nsources: []\n")
    lock = lock_gate(folder)
    said = "The sources of this folder are being changed by .* on .* since .*; try again"
    with pytest.raises(Locked, match=said):
        restore_file(folder.sources_file, latest(folder.sources_file))
    lock.release()


def full(*_: object) -> None:
    """As of a disk that takes nothing more."""
    raise StorageError("the disk is full")


@pytest.mark.parametrize("says_whom_it_saw", [False, True])
def test_a_restore_that_could_not_be_saved_does_not_come_back(
    folder: Folder, anna: Path, monkeypatch: pytest.MonkeyPatch, says_whom_it_saw: bool
) -> None:
    before, status = anna.read_bytes(), b"status: done\n"
    if says_whom_it_saw:
        keep(anna, before.replace(status, status + b'x-seen: ["boris"]\n'))
    with monkeypatch.context() as patch:
        patch.setattr("annotator.storage.saving._replace", full)
        with pytest.raises(StorageError, match="the disk is full"):
            restore_file(anna, latest(anna))
    again = opened(folder)
    assert (again.reports, again.session.unsaved) == ((), False)
    again.session.abandon()
    assert anna.read_bytes() == before


def test_what_came_back_from_the_journal_meanwhile_is_told(folder: Folder, anna: Path) -> None:
    version = latest(anna)
    restore_file(anna, version)
    session = opened(folder).session
    first = next(iter(session.tagging))
    session.do(set_note(first, "not saved yet"))
    session.abandon()
    assert restore_file(anna, version) == ("1 change not saved last time came back.",)
    assert parse_document(anna.read_bytes(), "x") == parse_document(read_version(version), "x")


def test_that_earlier_versions_of_the_sources_are_not_kept_is_told(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> Path:
        raise OSError(28, "No space left on device")

    tass = Source(id="tass", name="TASS")
    keep(folder.sources_file, _with(folder, tass))
    version = latest(folder.sources_file)
    monkeypatch.setattr("annotator.storage.backups.versions._folder_for", refuse)
    (told,) = restore_file(folder.sources_file, version)
    assert told.startswith("Earlier versions of sources.yaml are not kept: ")


def _with(folder: Folder, source: Source) -> bytes:
    from annotator.storage.files.source_file import registry_bytes

    registry = parse_registry(folder.sources_file.read_bytes(), "sources.yaml")
    return registry_bytes(Registry((*registry.sources, source)))


@pytest.mark.parametrize("name", ["x" * 300 + ".yaml", "no-such-folder/x.yaml"])
def test_a_place_that_cannot_be_is_refused_in_a_sentence(anna: Path, name: str) -> None:
    with pytest.raises(AnnotatorError, match="cannot be"):
        restore_file(anna.parent / name, latest(anna))
