from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.core.change import Change, added
from annotator.core.errors import ChangedOnDisk, Collisions, EditRefused, Locked, StorageError
from annotator.core.model import Annotation, Collision
from annotator.core.sources import Registry, Source
from annotator.storage.disk.journal import Journal, journal_path, read_journal
from annotator.storage.files.annotation_file import document_bytes
from annotator.storage.files.source_file import parse_registry, registry_bytes
from annotator.storage.folder import Folder
from annotator.storage.session import Session
from tests.storage.conftest import DEFAULT, Open
from tests.storage.hands import do_tag, note, on_disk

YONHAP = Source(id="yonhap", name="Yonhap")


def rewrite(session: Session, *annotations: Annotation, **header: object) -> None:
    """What somebody else does with the file: other annotations, other keys."""
    theirs = replace(on_disk(session), annotations=annotations, **header)  # type: ignore[arg-type]
    session.path.write_bytes(document_bytes(theirs))


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
    session.do(Change("New source", sources=added(YONHAP)))
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
    with pytest.raises(Locked, match="taken over"):
        session.close()
    session.abandon()
    assert journal_path(session.path).exists()
    successor.close()
    assert len(on_disk(session).annotations) == 1


def test_a_save_notices_too_that_the_lock_was_taken_over(session: Session, open_as: Open) -> None:
    claim = do_tag(session, 0, 7)
    next(session.path.parent.glob(".*.lock")).unlink()
    successor = open_as().session
    note(successor, claim.id, "theirs")
    successor.save()
    with pytest.raises(Locked, match="taken over"):
        session.save()
    assert session.is_locked_out
    session.abandon()
    successor.close()
    assert [one.note for one in on_disk(session).annotations] == ["theirs"]


def test_a_lock_that_was_only_removed_is_taken_again(session: Session, open_as: Open) -> None:
    do_tag(session, 0, 7)
    for hidden in session.path.parent.glob(".*"):
        hidden.unlink()
    do_tag(session, 8, 15)
    assert open_as().session.read_only
    assert session.comes_back
    session.abandon()
    again = open_as().session
    assert [one.start for one in again.tagging] == [0, 8]
    again.close()


def test_a_lock_that_is_lost_while_a_change_is_written_refuses_the_change(
    session: Session, open_as: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    do_tag(session, 0, 7)
    append = Journal.append
    others: list[Session] = []

    def sleep(journal: Journal, change: Change) -> None:
        append(journal, change)
        next(session.path.parent.glob(".*.lock")).unlink()
        monkeypatch.undo()
        others.append(open_as().session)

    monkeypatch.setattr(Journal, "append", sleep)
    with pytest.raises(EditRefused, match="taken over"):
        do_tag(session, 8, 15)
    assert [one.start for one in session.tagging] == [0]
    session.abandon()
    others[0].close()


def test_a_change_that_was_refused_since_the_lock_was_gone_does_not_come_back_after_a_kill(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    do_tag(session, 0, 7)
    append = Journal.append

    def unlocked(journal: Journal, change: Change) -> None:
        append(journal, change)
        next(session.path.parent.glob(".*.lock")).unlink()

    with monkeypatch.context() as patch:
        patch.setattr(Journal, "append", unlocked)
        with pytest.raises(StorageError, match="was unlocked at this moment; do that again"):
            do_tag(session, 8, 15)
    found = read_journal(journal_path(session.path))  # as the next opening would after a kill
    assert found
    (change,) = found.changes
    assert [one.start for one in change.after] == [0]
    do_tag(session, 16, 18)
    session.close()
    assert [one.start for one in on_disk(session).annotations] == [0, 16]
