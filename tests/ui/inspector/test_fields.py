from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.core.model import Certainty, Stance, Unattributed
from tests.ui.hands import Hands
from tests.ui.tagging.test_tags import KCNA, TROOPS, TURN

LEFT = Qt.MouseButton.LeftButton


def test_a_note_is_written_in_the_inspector(carla: Hands, qtbot: QtBot) -> None:
    new = carla.tag(TURN, "1")
    carla.press("Return")
    carla.type("whose words are these?")
    carla.press("Esc")
    assert carla.get(new.id).note == "whose words are these?"
    assert carla.app.desk.stack.undoText() == "Edit note"
    carla.press("Ctrl+S")
    qtbot.waitUntil(lambda: carla.is_saved)
    assert carla.on_disk().annotations[0].note == "whose words are these?"


def test_single_keys_are_letters_in_the_note(carla: Hands) -> None:
    new = carla.tag(TURN, "1")
    carla.press("Return")
    carla.type("123 k u?")
    carla.press("Esc")
    assert carla.get(new.id).note == "123 k u?"
    assert len(carla.tags()) == 1
    assert carla.get(new.id).unattributed is None


def test_backspace_in_the_note_takes_a_letter_and_no_tag(carla: Hands) -> None:
    new = carla.tag(TURN, "1")
    carla.press("Return")
    carla.type("why")
    carla.press("Backspace", "Left", "Del", "Esc")
    assert carla.get(new.id).note == "w"


def test_single_keys_are_letters_in_the_filter(anna: Hands) -> None:
    before = anna.tags()
    anna.select("Notizia")
    field = anna.app.all_tags.filter
    field.setFocus()
    anna.type("1ku?")
    assert field.text() == "1ku?"
    assert anna.tags() == before


def test_a_note_being_written_is_kept_when_another_tag_is_clicked(anna: Hands) -> None:
    anna.go_to("c-m2p7vg")
    anna.press("Return")
    anna.type("article 4")
    anna.click("Come riportato da RBC", inside=5)
    assert anna.get("c-m2p7vg").note == "article 4"
    assert anna.get("a-5jq7rc").note is None


def test_a_note_being_written_is_saved_with_the_window(anna: Hands) -> None:
    anna.go_to("c-m2p7vg")
    anna.press("Return")
    anna.type("article 4")
    assert anna.window.close()
    (claim,) = (a for a in anna.on_disk().annotations if a.id == "c-m2p7vg")
    assert claim.note == "article 4"


def test_certainty_and_stance_are_chosen_in_the_inspector(carla: Hands) -> None:
    says = carla.tag(KCNA, "K")
    inspector = carla.app.inspector
    QTest.keyClick(inspector.certainty, Qt.Key.Key_Down)
    QTest.keyClick(inspector.stance, Qt.Key.Key_Down)
    changed = carla.get(says.id)
    assert (changed.certainty, changed.stance) == (Certainty.UNSURE, Stance.CONFIRMS)
    carla.press("Ctrl+Z", "Ctrl+Z")
    assert carla.get(says.id) == says
    assert inspector.stance.currentText() == "reports"


def test_unattributed_is_chosen_in_the_inspector_or_shown_there_after_u(carla: Hands) -> None:
    new = carla.tag(TURN, "1")
    QTest.keyClick(carla.app.inspector.unattributed, Qt.Key.Key_Down)
    assert carla.get(new.id).unattributed is Unattributed.ARTICLE
    carla.press("U")
    assert carla.app.inspector.unattributed.currentText() == "source unknown"


def test_the_source_is_changed_through_the_inspector(anna: Hands) -> None:
    anna.go_to("a-x4e9rt")
    QTest.mouseClick(anna.app.inspector.source, LEFT)
    anna.type("yonhap")
    anna.press("Return")
    assert anna.get("a-x4e9rt").source == "yonhap"


def test_a_link_in_the_inspector_leads_to_its_tag(anna: Hands) -> None:
    anna.go_to("c-8r3tdw")
    said_by = anna.app.inspector.said_by
    place = said_by.visualItemRect(said_by.item(0)).center()
    QTest.mouseClick(said_by.viewport(), LEFT, pos=place)
    assert anna.app.desk.selected == "a-2m7xkq"
    assert anna.app.page.caret == anna.get("a-2m7xkq").start


def test_the_inspector_and_the_table_follow_every_change(carla: Hands) -> None:
    model = carla.app.all_tags.table.model()
    carla.tag(KCNA, "K")
    claim = carla.tag(TROOPS, "1")
    assert model.rowCount() == 2
    carla.go_to(claim.id)
    assert carla.app.inspector.said_by.item(0).text() == "▸ KCNA"
    carla.press("Del")
    assert model.rowCount() == 1
    assert not carla.app.inspector.said_by.isVisible()
    carla.press("Ctrl+Z")
    assert model.rowCount() == 2


def test_the_counts_in_the_status_bar_follow_every_change(carla: Hands) -> None:
    counts = carla.app.status_bar.counts
    assert counts.text() == "0 claims · 0 quotes · 0 attributions"
    carla.tag(KCNA, "K")
    carla.tag(TROOPS, "1")
    assert counts.text() == "1 claim · 0 quotes · 1 attribution"
    carla.press("Ctrl+Z")
    assert counts.text() == "0 claims · 0 quotes · 1 attribution"
