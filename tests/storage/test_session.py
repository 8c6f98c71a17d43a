from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.change import Change, added, removed
from annotator.core.edits import delete, set_note, set_status, tag, with_new_source
from annotator.core.errors import EditRefused, StaleChange, StorageError
from annotator.core.model import Kind, Status
from annotator.core.sources import Source
from annotator.storage.disk.journal import journal_path
from annotator.storage.files.source_file import parse_registry
from annotator.storage.folder import Folder
from annotator.storage.opening import open_session
from annotator.storage.session import Session
from tests.storage.conftest import DEFAULT, TEXT, Open
from tests.storage.hands import do_tag, note, on_disk

YONHAP = Source(id="yonhap", name="Yonhap")


def names(folder: Folder) -> list[str]:
    return sorted(path.name for path in folder.annotations.iterdir())


def test_a_change_is_in_the_journal_before_anybody_is_told(session: Session) -> None:
    told: list[int] = []
    journal = journal_path(session.path)
    session.changed.append(lambda change: told.append(journal.read_bytes().count(b"\n")))
    do_tag(session, 0, 7)
    do_tag(session, 8, 15)
    assert told == [2, 3]
    session.abandon()


def test_after_a_save_the_file_holds_it_all_and_the_journal_is_gone(
    session: Session, folder: Folder
) -> None:
    claim = do_tag(session, 0, 7)
    assert session.unsaved
    report = session.save()
    assert report.written
    assert not session.unsaved
    assert on_disk(session).annotations == (claim,)
    assert on_disk(session).article.file == "../corea del nord.txt"
    assert names(folder) == [".corea del nord.anna.lock", "corea del nord.anna.yaml"]
    session.close()
    assert names(folder) == ["corea del nord.anna.yaml"]


def test_saving_twice_writes_once(session: Session) -> None:
    do_tag(session, 0, 7)
    session.save()
    os.utime(session.path, (0, 0))
    assert not session.save().written
    assert session.path.stat().st_mtime == 0
    session.close()


def test_a_change_that_changes_nothing_is_left_out(session: Session, folder: Folder) -> None:
    session.do(Change("nothing"))
    assert not session.unsaved
    assert not folder.annotations.exists()


def test_undo_reaches_back_behind_a_save(session: Session) -> None:
    change = tag(session.tagging, session.article, Kind.CLAIM, [(0, 7)])
    session.do(change)
    session.save()
    session.do(change.inverse())
    session.close()
    assert on_disk(session).annotations == ()


def test_a_stale_change_is_refused_and_nothing_happens(session: Session) -> None:
    claim = do_tag(session, 0, 7)
    note(session, claim.id, "first")
    before = journal_path(session.path).read_bytes()
    with pytest.raises(StaleChange):
        session.do(set_note(claim, "second"))
    with pytest.raises(StaleChange):
        session.do(set_status(Status.DONE, Status.IN_PROGRESS))
    with pytest.raises(StaleChange):
        session.do(Change("New source", sources=added(*DEFAULT.sources)))
    with pytest.raises(StaleChange):
        session.do(Change("Remove source", sources=removed(YONHAP)))
    assert journal_path(session.path).read_bytes() == before
    session.abandon()


def test_status_and_a_new_source_are_saved_and_undone(session: Session, folder: Folder) -> None:
    change = tag(session.tagging, session.article, Kind.ATTRIBUTION, [(0, 7)], source="yonhap")
    change = with_new_source(change, YONHAP)
    session.do(change)
    session.do(set_status(Status.IN_PROGRESS, Status.DONE))
    session.save()
    assert on_disk(session).status is Status.DONE
    sources = parse_registry(folder.sources_file.read_bytes(), "sources.yaml")
    assert sources.sources == (*DEFAULT.sources, YONHAP)
    session.do(change.inverse())
    session.close()
    assert parse_registry(folder.sources_file.read_bytes(), "sources.yaml") == DEFAULT


def test_sources_that_did_not_change_are_not_written(session: Session, folder: Folder) -> None:
    do_tag(session, 0, 7)
    session.save()
    folder.sources_file.write_bytes(b"# a comment\n" + folder.sources_file.read_bytes())
    before = folder.sources_file.read_bytes()
    do_tag(session, 8, 15)
    session.close()
    assert folder.sources_file.read_bytes() == before


def test_a_full_journal_disk_refuses_the_change_and_keeps_all_before(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = do_tag(session, 0, 7)
    told: list[Change] = []
    session.changed.append(told.append)
    with monkeypatch.context() as full:
        full.setattr(os, "write", refuse)
        with pytest.raises(StorageError, match="the disk is full; free some space"):
            do_tag(session, 8, 15)
    assert session.tagging.annotations() == (claim,)
    assert told == []
    do_tag(session, 8, 15)
    session.close()
    assert len(on_disk(session).annotations) == 2


def test_a_save_on_a_full_disk_leaves_file_and_journal(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    do_tag(session, 0, 7)
    session.save()
    before = session.path.read_bytes()
    do_tag(session, 8, 15)
    with monkeypatch.context() as full:
        full.setattr(os, "fsync", refuse)
        with pytest.raises(StorageError, match="the disk is full"):
            session.save()
    assert session.path.read_bytes() == before
    assert session.unsaved
    assert journal_path(session.path).exists()
    session.close()
    assert len(on_disk(session).annotations) == 2


def refuse(*_: object) -> int:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_journal_that_was_removed_is_made_anew_with_all_that_is_not_saved(
    session: Session, open_as: Open
) -> None:
    do_tag(session, 0, 7)
    do_tag(session, 8, 10)
    journal_path(session.path).unlink()
    assert not session.comes_back
    do_tag(session, 11, 15)
    assert session.comes_back
    journal_path(session.path).unlink()
    session.abandon()
    again = open_as().session
    assert [one.start for one in again.tagging] == [0, 8, 11]
    again.close()


def test_what_somebody_put_in_the_place_of_the_journal_is_kept(
    session: Session, open_as: Open
) -> None:
    do_tag(session, 0, 7)
    journal_path(session.path).unlink()
    journal_path(session.path).write_bytes(b"theirs\n")
    do_tag(session, 8, 10)
    session.abandon()
    kept = session.path.with_name("corea del nord.anna.kept-1.jsonl")
    assert kept.read_bytes() == b"theirs\n"
    again = open_as().session
    assert [one.start for one in again.tagging] == [0, 8]
    again.close()


def test_a_closed_session_takes_no_change(session: Session) -> None:
    session.close()
    with pytest.raises(EditRefused, match="closed"):
        do_tag(session, 0, 7)


@given(st.lists(st.tuples(st.integers(0, len(TEXT) - 2), st.sampled_from("tnudswo")), max_size=12))
def test_however_the_work_went_it_is_all_there_on_reopening(
    tmp_path_factory: pytest.TempPathFactory, work: list[tuple[int, str]]
) -> None:
    path = tmp_path_factory.mktemp("work")
    (path / "a.txt").write_bytes(TEXT.encode())
    folder = Folder(path)
    session = open_session(folder, path / "a.txt", "anna", DEFAULT).session
    undo: list[Change] = []
    for place, step in work:
        session = one_step(session, folder, undo, place, step)
    before = session.document(), session.registry.by_id
    session.abandon()
    reopened = open_session(folder, path / "a.txt", "anna", DEFAULT).session
    assert (reopened.document(), reopened.registry.by_id) == before
    reopened.close()
    assert (on_disk(reopened) if reopened.path.exists() else before[0]) == before[0]


def one_step(
    session: Session, folder: Folder, undo: list[Change], place: int, step: str
) -> Session:
    """tag, note, undo, delete, save, new source (w), or open again (o)."""
    nearby = session.tagging.after(place)
    change: Change | None = None
    if step == "t":
        ranges = [(place, place + 2)]
        change = tag(session.tagging, session.article, Kind.QUOTE, ranges, raw=True)
    elif step == "n" and nearby:
        change = set_note(nearby, f"note {place}")
    elif step == "d" and nearby:
        change = delete(session.tagging, [nearby])
    elif step == "w":
        change = Change("New", sources=added(Source(id=f"s{len(undo)}", name="S")))
    elif step == "u" and undo:
        change = undo.pop().inverse()
    elif step == "s":
        session.save()
    elif step == "o":
        session.abandon()
        return open_session(folder, folder.articles()[0], "anna", DEFAULT).session
    if change:
        try:
            session.do(change)
        except StaleChange:
            return session
        if step != "u":
            undo.append(change)
    return session


def test_the_path_of_the_file_may_hold_anything(tmp_path: Path) -> None:
    root = tmp_path / "-a folder 😀"
    root.mkdir()
    (root / "-조선.txt").write_bytes(TEXT.encode())
    session = open_session(Folder(root), root / "-조선.txt", "Anna / Müller", DEFAULT).session
    do_tag(session, 0, 7)
    session.close()
    assert session.path == root / "annotations" / "-조선.anna-müller.yaml"
    assert on_disk(session).annotator == "Anna / Müller"
