from __future__ import annotations

from pytestqt.qtbot import QtBot

from annotator.storage.files.annotation_file import document_bytes
from tests.ui.hands import Hands
from tests.ui.tagging.test_tags import KCNA, TROOPS, TURN


def undo_label(hands: Hands) -> str:
    return hands.app.actions["edit.undo"].text().replace("&", "")


def redo_label(hands: Hands) -> str:
    return hands.app.actions["edit.redo"].text().replace("&", "")


def test_the_menu_names_what_undo_would_take_back(carla: Hands) -> None:
    assert undo_label(carla) == "Undo"
    assert not carla.app.actions["edit.undo"].isEnabled()
    carla.tag(TURN, "1")
    assert undo_label(carla) == "Undo tag claim"
    carla.press("Ctrl+Z")
    assert (undo_label(carla), redo_label(carla)) == ("Undo", "Redo tag claim")


def test_the_status_bar_says_what_was_taken_back_and_done_again(carla: Hands) -> None:
    carla.tag(TURN, "1")
    carla.press("Ctrl+Z")
    assert carla.hint == "Undone: Tag claim."
    carla.press("Ctrl+Y")
    assert carla.hint == "Done again: Tag claim."


def test_both_keys_of_redo_work(carla: Hands) -> None:
    new = carla.tag(TURN, "1")
    for key in ("Ctrl+Shift+Z", "Ctrl+Y"):
        carla.press("Ctrl+Z")
        assert carla.tags() == ()
        carla.press(key)
        assert carla.tags() == (new,)
        assert carla.selected == new


def test_undo_selects_again_what_was_selected_before(carla: Hands) -> None:
    says = carla.tag(KCNA, "K")
    carla.tag(TROOPS, "1")
    carla.press("Esc")
    carla.press("Ctrl+Z")
    assert carla.selected == says
    assert carla.words == TROOPS


def test_everything_can_be_undone_after_a_save_and_done_again(carla: Hands, qtbot: QtBot) -> None:
    says = carla.tag(KCNA, "K")
    carla.press("Ctrl+S")
    qtbot.waitUntil(lambda: carla.is_saved)
    assert carla.on_disk().annotations == (says,)
    carla.press("Ctrl+Z")
    assert not carla.is_saved
    carla.press("Ctrl+S")
    qtbot.waitUntil(lambda: carla.is_saved)
    assert carla.on_disk().annotations == ()
    carla.press("Ctrl+Y")
    assert carla.tags() == (says,)


def test_a_day_of_work_undone_is_the_file_as_it_was(anna: Hands, qtbot: QtBot) -> None:
    before = anna.file.read_bytes()
    session = anna.app.desk.session
    assert session is not None
    anna.tag_alone("Notizia", "1")
    anna.press("U", "U", "2", "Esc")
    anna.go_to("a-x4e9rt")
    anna.press("R")
    anna.tag("articolo 4", "2")
    anna.press("1", "Ctrl+Return")
    anna.go_to("a-9hc4yb")
    anna.press("Del")
    anna.go_to("q-b7n3xe")
    anna.press("3")
    anna.type("Nessuno")
    anna.press("Return", "1", "Return")
    anna.type("why?")
    anna.press("Esc", "Ctrl+S")
    qtbot.waitUntil(lambda: anna.is_saved)
    assert anna.file.read_bytes() != before
    while anna.app.desk.stack.canUndo():
        anna.press("Ctrl+Z")
    assert document_bytes(session.document()) == before
    anna.press("Ctrl+S")
    qtbot.waitUntil(lambda: anna.is_saved)
    assert anna.file.read_bytes() == before


def test_a_change_after_an_undo_takes_the_redo_away(carla: Hands) -> None:
    carla.tag(TURN, "1")
    carla.press("Ctrl+Z")
    carla.tag(TROOPS, "1")
    assert not carla.app.desk.stack.canRedo()
    assert [annotation.words for annotation in carla.tags()] == [TROOPS]


def test_undoing_leaves_the_eyes_where_they_were(anna: Hands) -> None:
    anna.window.resize(900, 400)
    anna.go_to("a-p4b9wn")
    place = anna.app.page.caret
    for key in ("R", "Del"):
        anna.press(key, "Ctrl+Z")
        assert anna.app.page.caret == place
        assert anna.app.desk.selected == "a-p4b9wn"
