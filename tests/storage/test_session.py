from __future__ import annotations

import errno
import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.change import Change
from annotator.core.edits import delete, set_note, set_status, tag, with_new_source
from annotator.core.errors import ChangedOnDisk, Collisions, EditRefused, StaleChange, StorageError
from annotator.core.merge import Collision
from annotator.core.model import Annotation, Document, Kind, Status
from annotator.core.sources import Registry, Source
from annotator.storage.annotation_file import document_bytes, parse_document
from annotator.storage.folder import Folder
from annotator.storage.journal import journal_path
from annotator.storage.opening import open_session
from annotator.storage.session import Session
from annotator.storage.source_file import parse_registry, registry_bytes
from tests.storage.conftest import DEFAULT, TEXT, Open

YONHAP = Source(id="yonhap", name="Yonhap")


@pytest.fixture
def session(open_as: Open) -> Session:
    return open_as().session


def do_tag(session: Session, start: int, end: int) -> Annotation:
    session.do(tag(session.tagging, session.article, Kind.CLAIM, [(start, end)]))
    return next(a for a in session.tagging if a.start == start)


def note(session: Session, annotation_id: str, words: str) -> None:
    annotation = session.tagging.get(annotation_id)
    assert annotation
    session.do(set_note(annotation, words))


def on_disk(session: Session) -> Document:
    return parse_document(session.path.read_bytes(), session.path.name)


def rewrite(session: Session, *annotations: Annotation, **header: object) -> None:
    """What somebody else does with the file: other annotations, other keys."""
    theirs = replace(on_disk(session), annotations=annotations, **header)  # type: ignore[arg-type]
    session.path.write_bytes(document_bytes(theirs))


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
    session.do(Change(label="nothing"))
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
        session.do(Change(label="New source", sources_after=DEFAULT.sources))
    with pytest.raises(StaleChange):
        session.do(Change(label="Remove source", sources_before=(YONHAP,)))
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


def test_what_somebody_else_wrote_comes_in_and_is_no_step_of_ours(session: Session) -> None:
    mine, yours = do_tag(session, 0, 7), do_tag(session, 8, 15)
    session.save()
    rewrite(session, mine, replace(yours, note="seen"), article=language(session, "it"))
    done: list[Change] = []
    merged: list[Change] = []
    session.changed.append(done.append)
    session.merged.append(merged.append)
    note(session, mine.id, "mine")
    report = session.save()
    assert [change.label for change in done] == ["Edit note"]
    assert [change.after for change in merged] == [(replace(yours, note="seen"),)]
    assert report.merged == 1
    assert session.document() == on_disk(session)
    assert [one.note for one in on_disk(session).annotations] == ["mine", "seen"]
    assert on_disk(session).article.language == "it"
    session.close()


def language(session: Session, code: str) -> object:
    return replace(session.header.article, language=code)


def test_a_collision_touches_neither_file_nor_journal_until_it_is_decided(
    session: Session,
) -> None:
    claim = do_tag(session, 0, 7)
    session.save()
    theirs = replace(claim, note="theirs")
    rewrite(session, theirs)
    note(session, claim.id, "ours")
    before = session.path.read_bytes()
    with pytest.raises(Collisions, match="choose a version of each") as raised:
        session.save()
    ours = replace(claim, note="ours")
    assert raised.value.collisions == (Collision(claim.id, ours, theirs),)
    assert session.path.read_bytes() == before
    assert journal_path(session.path).exists()
    session.close(resolve=lambda collision: collision.theirs)
    assert on_disk(session).annotations == (theirs,)
    assert session.tagging.annotations() == (theirs,)


def test_a_file_that_was_broken_meanwhile_is_not_overwritten(session: Session) -> None:
    do_tag(session, 0, 7)
    session.save()
    session.path.write_bytes(b"- a list\n")
    do_tag(session, 8, 15)
    with pytest.raises(ChangedOnDisk, match="mend the file, then save again"):
        session.save()
    assert session.path.read_bytes() == b"- a list\n"
    session.abandon()


def test_a_file_on_another_text_is_not_merged(session: Session) -> None:
    claim = do_tag(session, 0, 7)
    session.save()
    rewrite(session, claim, article=replace(session.header.article, sha256="0" * 64))
    do_tag(session, 8, 15)
    with pytest.raises(ChangedOnDisk, match="another version of the article"):
        session.save()
    session.abandon()


def test_a_file_that_was_deleted_meanwhile_is_written_anew(session: Session) -> None:
    do_tag(session, 0, 7)
    session.save()
    session.path.unlink()
    do_tag(session, 8, 15)
    session.close()
    assert len(on_disk(session).annotations) == 2


def test_sources_of_two_people_are_merged(session: Session, folder: Folder) -> None:
    do_tag(session, 0, 7)
    session.save()
    tass = Source(id="tass", name="ТАСС")
    folder.sources_file.write_bytes(registry_bytes(Registry((*DEFAULT.sources, tass))))
    session.do(Change(label="New source", sources_after=(YONHAP,)))
    report = session.save()
    assert report.merged == 1
    written = parse_registry(folder.sources_file.read_bytes(), "sources.yaml")
    assert set(written.sources) == {*DEFAULT.sources, tass, YONHAP}
    assert session.registry == written
    session.close()


def test_changes_made_while_a_thread_writes_stay_unsaved_and_journaled(
    session: Session, open_as: Open
) -> None:
    first = do_tag(session, 0, 7)
    prepared = session.prepare_save()
    assert prepared
    written = prepared.write()
    second = do_tag(session, 8, 15)
    session.finish_save(prepared, written)
    assert session.unsaved
    assert on_disk(session).annotations == (first,)
    session.abandon()
    assert open_as().session.tagging.annotations() == (first, second)


def test_what_was_changed_here_while_a_foreign_change_came_in_is_asked_next_time(
    session: Session,
) -> None:
    claim, other = do_tag(session, 0, 7), do_tag(session, 8, 15)
    session.save()
    rewrite(session, replace(claim, note="theirs"), other)
    note(session, other.id, "ours")
    prepared = session.prepare_save()
    assert prepared
    written = prepared.write()
    note(session, claim.id, "ours, meanwhile")
    session.finish_save(prepared, written)
    with pytest.raises(Collisions) as raised:
        session.save()
    assert [collision.id for collision in raised.value.collisions] == [claim.id]
    session.close(resolve=lambda collision: collision.ours)
    assert [one.note for one in on_disk(session).annotations] == ["ours, meanwhile", "ours"]


def test_a_second_window_reads_only_and_says_why(session: Session, open_as: Open) -> None:
    do_tag(session, 0, 7)
    second = open_as().session
    assert second.read_only
    assert "is open by" in second.read_only
    with pytest.raises(EditRefused, match="is open by"):
        do_tag(second, 8, 15)
    second.close()
    assert journal_path(session.path).exists()
    session.close()


def test_two_windows_on_an_untouched_article_do_not_both_write(open_as: Open) -> None:
    first, second = open_as().session, open_as().session
    do_tag(first, 0, 7)
    with pytest.raises(EditRefused, match="is open by"):
        do_tag(second, 8, 15)
    first.close()
    late = open_as().session
    do_tag(late, 8, 15)
    late.close()
    assert len(on_disk(late).annotations) == 2


def test_a_window_that_slept_while_the_file_was_made_must_open_it_again(open_as: Open) -> None:
    sleeper, other = open_as().session, open_as().session
    do_tag(other, 0, 7)
    other.close()
    with pytest.raises(EditRefused, match="open the article again"):
        do_tag(sleeper, 8, 15)
    open_as().session.close()


def test_whose_lock_was_taken_over_changes_nothing_more(session: Session, open_as: Open) -> None:
    do_tag(session, 0, 7)
    next(session.path.parent.glob(".*.lock")).unlink()
    successor = open_as().session
    with pytest.raises(EditRefused, match="taken over"):
        do_tag(session, 8, 15)
    session.close()
    assert journal_path(session.path).exists()
    successor.close()
    assert len(on_disk(session).annotations) == 1


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
    before = session.document(), session.registry
    session.abandon()
    reopened = open_session(folder, path / "a.txt", "anna", DEFAULT).session
    assert (reopened.document(), reopened.registry) == before
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
        change = Change(label="New", sources_after=(Source(id=f"s{len(undo)}", name="S"),))
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
