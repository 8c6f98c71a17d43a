from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from annotator.core.errors import StorageError
from annotator.core.model import Annotation, Document, Kind, Status, text_order
from annotator.core.text.article import Article
from annotator.storage.disk import lock as locks
from annotator.storage.disk.journal import journal_path
from annotator.storage.disk.lock import lock_path
from annotator.storage.files.annotation_file import document_bytes, parse_document
from annotator.storage.saving import PreparedSave
from annotator.ui.widgets.key_button import KeyButton
from tests.ui.conftest import Begin
from tests.ui.hands import Hands
from tests.ui.tagging.test_tags import KCNA, TROOPS, TURN


def saved_line(hands: Hands) -> str:
    return hands.app.status_bar.saved.text()


def save(hands: Hands, qtbot: QtBot) -> None:
    hands.press("Ctrl+S")
    qtbot.waitUntil(lambda: hands.is_saved)


def colleague_writes(hands: Hands, *annotations: Annotation) -> None:
    """Somebody else writes the same file, with some annotations in the place of their own."""
    document, new = hands.on_disk(), {annotation.id for annotation in annotations}
    kept = [annotation for annotation in document.annotations if annotation.id not in new]
    merged = tuple(sorted((*kept, *annotations), key=text_order))
    hands.file.write_bytes(document_bytes(replace(document, annotations=merged)))


def foreign_claim(hands: Hands) -> Annotation:
    start = hands.app.page.article.text.index("Notizia")
    span = hands.app.page.article.span(start, start + len("Notizia"))
    return Annotation(id="c-other0", kind=Kind.CLAIM, spans=(span,))


def test_ctrl_s_brings_the_tags_into_the_file(carla: Hands, qtbot: QtBot) -> None:
    says = carla.tag(KCNA, "K")
    claim = carla.tag(TROOPS, "1")
    assert saved_line(carla) == "○ Not saved yet"
    assert carla.window.isWindowModified()
    assert not carla.file.exists()
    save(carla, qtbot)
    assert not carla.window.isWindowModified()
    document = carla.on_disk()
    assert document.annotator == "carla"
    assert document.annotations == (claim, replace(says, content=(claim.id,)))


def test_each_change_is_in_the_journal_before_it_is_saved(carla: Hands, qtbot: QtBot) -> None:
    new = carla.tag(TURN, "1")
    assert new.id in journal_path(carla.file).read_text("utf-8")
    save(carla, qtbot)
    assert not journal_path(carla.file).exists()


def test_it_is_saved_when_the_hands_rest(carla: Hands, qtbot: QtBot) -> None:
    carla.app.settings.put("autosave_seconds", 0.01)
    new = carla.tag(TURN, "1")
    qtbot.waitUntil(lambda: carla.is_saved)
    assert carla.on_disk().annotations == (new,)


def test_it_is_saved_on_leaving(carla: Hands) -> None:
    new = carla.tag(TURN, "1")
    assert lock_path(carla.file).exists()
    carla.press("Ctrl+Q")
    assert not carla.window.isVisible()
    assert carla.on_disk().annotations == (new,)
    assert not journal_path(carla.file).exists()
    assert not lock_path(carla.file).exists()


def test_looking_at_an_article_leaves_no_trace(begin: Begin, folder: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}
    hands = begin(folder / "annotations" / "corea-del-nord.anna.yaml")
    hands.press("Tab", "Return", "Esc", "Ctrl+S")
    hands.window.close()
    after = {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}
    assert after == before


def test_ctrl_enter_marks_the_article_as_done_and_opens_it_again(
    carla: Hands, qtbot: QtBot
) -> None:
    carla.tag(TURN, "1")
    carla.press("Ctrl+Return")
    assert carla.hint == "Marked as done."
    save(carla, qtbot)
    assert carla.on_disk().status is Status.DONE
    carla.press("Ctrl+Return")
    save(carla, qtbot)
    assert carla.on_disk().status is Status.IN_PROGRESS
    assert carla.app.desk.stack.undoText() == "Reopen"


def test_what_a_colleague_saved_meanwhile_is_merged(anna: Hands, qtbot: QtBot) -> None:
    theirs = foreign_claim(anna)
    colleague_writes(anna, theirs)
    ours = anna.tag_alone("articolo 4", "2")
    save(anna, qtbot)
    assert anna.get(theirs.id) == theirs
    assert {theirs, ours} <= set(anna.on_disk().annotations)
    assert anna.bar == "1 change of somebody else was merged in."
    assert anna.app.all_tags.table.model().rowCount() == 25


def test_what_was_merged_is_not_to_be_undone_here(anna: Hands, qtbot: QtBot) -> None:
    theirs = foreign_claim(anna)
    colleague_writes(anna, theirs)
    ours = anna.tag_alone("articolo 4", "2")
    save(anna, qtbot)
    anna.press("Ctrl+Z")
    assert theirs in anna.tags()
    assert ours not in anna.tags()
    assert not anna.app.desk.stack.canUndo()


@pytest.mark.parametrize(("answer", "note"), [(0, "theirs"), (1, "mine")])
def test_where_both_changed_the_same_tag_the_editor_chooses(
    anna: Hands, qtbot: QtBot, answer: int, note: str
) -> None:
    colleague_writes(anna, replace(anna.get("c-m2p7vg"), note="theirs"))
    anna.go_to("c-m2p7vg")
    anna.press("Return")
    anna.type("mine")
    anna.press("Esc")
    anna.answers = [answer]
    save(anna, qtbot)
    assert len(anna.asked) == 1
    assert "mine" in anna.asked[0]
    assert "theirs" in anna.asked[0]
    assert anna.get("c-m2p7vg").note == note
    assert anna.get("c-m2p7vg") in anna.on_disk().annotations


def test_a_save_that_fails_is_told_and_can_be_tried_again(
    carla: Hands, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise StorageError("The disk is full; make room and save again.")

    with monkeypatch.context() as full_disk:
        full_disk.setattr(PreparedSave, "write", refuse)
        new = carla.tag(TURN, "1")
        carla.press("Ctrl+S")
        qtbot.waitUntil(lambda: bool(carla.bar))
    assert carla.bar == "Not saved: The disk is full; make room and save again."
    assert saved_line(carla) == "○ Not saved yet"
    carla.offer("Try again")
    qtbot.waitUntil(lambda: carla.is_saved)
    assert carla.on_disk().annotations == (new,)


def test_where_saving_fails_the_editor_may_stay(
    carla: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise StorageError("The disk is full; make room and save again.")

    new = carla.tag(TURN, "1")
    carla.answers = [1]
    with monkeypatch.context() as full_disk:
        full_disk.setattr(PreparedSave, "write", refuse)
        assert not carla.window.close()
    assert carla.window.isVisible()
    assert carla.asked[0].startswith("The disk is full")
    assert carla.tags() == (new,)
    carla.press("Ctrl+Z", "Ctrl+Y")
    assert carla.tags() == (new,)


@pytest.mark.parametrize("answer", [0, 1, 2])
def test_where_folder_and_journal_are_gone_the_editor_is_told_and_can_keep_a_copy(
    carla: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: int
) -> None:
    new, copy = carla.tag(TURN, "1"), tmp_path / "copy.yaml"
    shutil.rmtree(carla.file.parent.parent)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(copy), ""))
    carla.answers = [answer]
    assert carla.window.close() == (answer != 2)
    assert "what is not saved would be lost" in carla.asked[0]
    assert copy.exists() == (answer == 1)
    if answer == 1:
        assert parse_document(copy.read_bytes(), "copy.yaml").annotations == (new,)
    assert carla.tags() == (new,)


def test_while_the_folder_is_away_nothing_can_be_changed_and_it_is_said(
    anna: Hands, tmp_path: Path
) -> None:
    folder, away = anna.file.parent.parent, tmp_path / "away"
    folder.rename(away)
    anna.select(TURN)
    anna.press("1")
    assert f"{folder / 'annotations'} is not there any more" in anna.bar
    away.rename(folder)
    anna.press("1")
    assert anna.selected is not None
    assert anna.selected.words == TURN


# Somebody else has it open


def test_a_second_window_on_the_same_file_is_read_only_and_says_why(
    begin: Begin, anna: Hands
) -> None:
    second = begin(anna.file)
    assert "is open by" in second.bar
    assert "read-only" in second.bar
    assert saved_line(second) == "Read-only"
    assert second.tags() == anna.tags()


def test_a_read_only_window_can_try_again_when_the_other_one_is_closed(
    begin: Begin, anna: Hands
) -> None:
    second = begin(anna.file)
    second.offer("Try again")
    assert saved_line(second) == "Read-only"
    assert anna.window.close()
    second.offer("Try again")
    assert second.bar == ""
    assert saved_line(second) == "✓ Saved"
    second.turn_to()
    second.tag(TURN, "1")


def test_a_read_only_window_says_when_the_file_is_free(
    begin: Begin, anna: Hands, qtbot: QtBot
) -> None:
    second = begin(anna.file)
    second.app.lock_watch.look()
    assert "is open by" in second.bar
    assert anna.window.close()
    second.app.lock_watch.look()
    assert second.bar == f"{anna.file.name} is no longer open elsewhere."
    open_again(second, qtbot)
    assert saved_line(second) == "✓ Saved"
    second.turn_to()
    second.tag(TURN, "1")


def open_again(hands: Hands, qtbot: QtBot) -> None:
    """Press the button that took the place of another one, as soon as Qt shows it."""
    buttons = hands.app.message_bar.findChildren(QPushButton)
    (button,) = (one for one in buttons if one.text() == "Open it again")
    qtbot.waitUntil(button.isVisible)
    hands.offer(button.text())


def test_so_does_one_whose_file_lies_open_on_a_computer_that_gives_no_sign_of_life(
    begin: Begin, anna: Hands, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = 0.0
    monkeypatch.setattr(locks, "monotonic", lambda: seconds)
    assert anna.window.close()
    lock = lock_path(anna.file)
    lock.write_text('{"user":"eve","host":"far","pid":1,"born":"","since":"2026-01-02 14:05"}')
    second = begin(anna.file)
    seconds = locks.STALE_AFTER - 1
    second.app.lock_watch.look()
    assert "is open by eve on far" in second.bar
    seconds += 1
    second.app.lock_watch.look()
    open_again(second, qtbot)
    assert saved_line(second) == "✓ Saved"


def test_a_window_whose_file_was_taken_over_saves_nothing_and_offers_a_copy(
    begin: Begin, anna: Hands, folder: Path
) -> None:
    new = anna.tag(TURN, "1")
    lock_path(anna.file).unlink()
    second = begin(anna.file)
    assert new in second.tags()
    second.turn_to()
    theirs = second.tag("Notizia", "1")
    second.app.saving.finish()
    before = anna.file.read_bytes()
    anna.turn_to()
    anna.press("Ctrl+S")
    assert "was taken over elsewhere" in anna.bar
    assert anna.file.read_bytes() == before
    anna.answers = [2]
    assert not anna.window.close()
    assert "was taken over elsewhere" in anna.asked[-1]
    anna.answers = [0]
    assert anna.window.close()
    assert anna.file.read_bytes() == before
    assert second.tags().count(theirs) == 1


def test_in_a_read_only_window_nothing_can_be_changed(begin: Begin, anna: Hands) -> None:
    second = begin(anna.file)
    before = second.tags()
    for key in ("1", "2", "3", "K", "Ctrl+Return", "Ctrl+S", "Shift+A"):
        second.select("Notizia")
        second.app.talk.hint("")
        second.press(key)
        assert "read-only" in second.hint
    second.press("Esc", "Tab")
    for key in ("L", "Shift+A"):
        second.app.talk.hint("")
        second.press(key)
        assert "read-only" in second.hint
    for key in ("1", "2", "R", "U", "Del", "Backspace"):
        second.press(key)
        assert second.tags() == before
    second.press("Return")
    assert second.app.inspector.note.isReadOnly()
    assert not second.app.inspector.certainty.isEnabled()
    assert second.window.close()
    assert not anna.app.desk.session.read_only  # type: ignore[union-attr]


def test_a_read_only_window_looks_so_and_says_why_beside_the_text(
    begin: Begin, anna: Hands
) -> None:
    def ink(hands: Hands) -> set[str]:
        buttons = hands.app.strip.findChildren(KeyButton)
        return {one.ink().name() for one in buttons if one.tags}

    second = begin(anna.file)
    assert ink(second) == {second.app.appearance.theme.quiet.name()}
    assert ink(anna) == {anna.app.appearance.theme.text.name()}
    said = [label.text() for label in second.app.inspector.findChildren(QLabel)]
    assert any("read-only" in sentence for sentence in said)


def test_where_a_first_tag_finds_a_second_window_ahead_it_says_so(
    begin: Begin, folder: Path
) -> None:
    first = begin(folder / "corea-del-nord.txt", "carla")
    second = begin(folder / "corea-del-nord.txt", "carla")
    first.turn_to()
    first.tag(TURN, "1")
    second.turn_to()
    second.select(TURN)
    second.press("1")
    assert second.tags() == ()
    assert "read-only" in second.hint


# After a crash


def test_what_was_not_saved_comes_back_and_it_is_said(begin: Begin, carla: Hands) -> None:
    new = carla.tag(TURN, "1")
    journal = journal_path(carla.file).read_bytes()
    carla.press("Ctrl+Z")
    carla.window.close()
    carla.file.unlink(missing_ok=True)
    journal_path(carla.file).write_bytes(journal)
    again = begin(carla.file.parent.parent / "corea-del-nord.txt", "carla")
    assert again.bar == "1 change not saved last time came back."
    assert again.tags() == (new,)
    assert saved_line(again) == "○ Not saved yet"


def test_the_file_is_the_same_whatever_way_led_there(
    carla: Hands, qtbot: QtBot, folder: Path
) -> None:
    carla.tag(TURN, "2")
    carla.press("1", "U", "Esc")
    carla.tag(TROOPS, "1")
    carla.press("Ctrl+Z", "Ctrl+Y")
    save(carla, qtbot)
    document = carla.on_disk()
    assert isinstance(document, Document)
    assert carla.file.read_bytes() == document_bytes(document)
    text = (folder / "corea-del-nord.txt").read_bytes().decode()
    assert document.article.sha256 == Article(text).sha256
