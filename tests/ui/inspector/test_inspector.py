from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QFont, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QListWidget
from pytestqt.qtbot import QtBot

from annotator.core import edits
from annotator.core.model import Annotation, Certainty, Span, Stance, Unattributed
from annotator.core.tagging import Tagging
from annotator.ui import theme
from annotator.ui.inspector.inspector import INVITATION, Inspector
from annotator.ui.widgets.rows import direction
from annotator.ui.widgets.text_fields import elided
from tests.ui.values import REGISTRY, SAYS_KCNA, SAYS_YONHAP, TROOPS, TURN, VOICES, tagging

AUTO = Qt.LayoutDirection.LayoutDirectionAuto
LEFT_TO_RIGHT, RIGHT_TO_LEFT = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def live() -> Tagging:
    return tagging()


@pytest.fixture
def panel(qtbot: QtBot) -> Inspector:
    panel = Inspector()
    qtbot.addWidget(panel)
    panel.set_theme(theme.LIGHT)
    panel.resize(320, 480)
    panel.show()
    return panel


@pytest.fixture
def heard(panel: Inspector) -> list[tuple[object, ...]]:
    """All that the inspector has asked for, in order."""
    said: list[tuple[object, ...]] = []
    for name in ("note_edited", "certainty_chosen", "stance_chosen", "unattributed_chosen"):
        getattr(panel, name).connect(lambda *args, name=name: said.append((name, *args)))
    for name in ("source_wanted", "go_to", "left"):
        getattr(panel, name).connect(lambda *args, name=name: said.append((name, *args)))
    return said


def show(
    panel: Inspector, one: Annotation | None, live: Tagging, read_only: str | None = None
) -> None:
    panel.show_annotation(one, live, REGISTRY, read_only)


def lines(field: QListWidget) -> list[str]:
    return [field.item(row).text() for row in range(field.count())]


def labels(panel: Inspector) -> list[str]:
    """The quiet words at the left that can be seen now."""
    return [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]


def test_with_nothing_selected_it_says_how_to_begin(panel: Inspector, live: Tagging) -> None:
    show(panel, None, live)
    assert labels(panel) == ["Nothing selected", INVITATION]


def test_an_attribution_shows_its_source_chain_and_content(panel: Inspector, live: Tagging) -> None:
    show(panel, SAYS_KCNA, live)
    assert labels(panel)[0] == "Attribution"
    assert panel.source.text() == "KCNA · state media · KP"
    assert lines(panel.via) == ["▸ Yonhap"]
    assert panel.mention.toPlainText() == "la Korean Central News Agency"
    assert panel.cue.toPlainText() == "citando"
    assert lines(panel.content) == ["◆ le truppe sono partite", "❝ “voci infondate”"]


def test_a_claim_shows_by_whom_it_is_said_and_through_whom(panel: Inspector, live: Tagging) -> None:
    show(panel, TROOPS, live)
    assert labels(panel)[0] == "Claim"
    assert lines(panel.said_by) == ["▸ KCNA via Yonhap"]
    show(panel, TURN, live)
    assert lines(panel.said_by) == ["the article itself"]
    assert panel.unattributed.currentText() == "the article itself"


def test_only_the_fields_that_apply_are_there(panel: Inspector, live: Tagging) -> None:
    show(panel, SAYS_YONHAP, live)
    expected = ["Attribution", "Text", "Source", "Stance", "Certainty", "Content", "Note"]
    assert labels(panel) == expected
    show(panel, VOICES, live)
    assert labels(panel) == ["Quote", "Text", "Said by", "Unattributed", "Certainty", "Note"]


def test_showing_asks_for_nothing(
    panel: Inspector, live: Tagging, heard: list[tuple[object, ...]]
) -> None:
    odd = replace(VOICES, note="with\u00a0a blank ", certainty=Certainty.UNSURE)
    for one in (SAYS_KCNA, odd, None, TURN, replace(SAYS_KCNA, stance=Stance.DENIES), TROOPS):
        show(panel, one, live)
    panel.focus_note()
    panel.commit_note()
    assert heard == []


def test_defaults_that_a_file_spells_out_are_shown_as_such(panel: Inspector, live: Tagging) -> None:
    show(panel, replace(SAYS_KCNA, stance=Stance.REPORTS, certainty=Certainty.SURE), live)
    assert (panel.stance.currentText(), panel.certainty.currentText()) == ("reports", "sure")


def test_choosing_by_the_keyboard_asks_for_the_value_chosen(
    qtbot: QtBot, panel: Inspector, live: Tagging, heard: list[tuple[object, ...]]
) -> None:
    show(panel, SAYS_KCNA, live)
    QTest.keyClick(panel.stance, Qt.Key.Key_Down)
    QTest.keyClick(panel.stance, Qt.Key.Key_Up)
    QTest.keyClick(panel.certainty, Qt.Key.Key_Down)
    show(panel, TURN, live)
    QTest.keyClick(panel.unattributed, Qt.Key.Key_Down)
    assert heard == [
        ("stance_chosen", "a-kcna0", Stance.CONFIRMS),
        ("stance_chosen", "a-kcna0", None),
        ("certainty_chosen", "a-kcna0", Certainty.UNSURE),
        ("unattributed_chosen", "c-turn00", Unattributed.UNKNOWN),
    ]


def test_the_values_chosen_are_those_of_the_model_and_not_mere_text(
    qtbot: QtBot, panel: Inspector, live: Tagging, heard: list[tuple[object, ...]]
) -> None:
    show(panel, SAYS_KCNA, live)
    QTest.keyClick(panel.stance, Qt.Key.Key_Down)
    assert isinstance(heard[0][2], Stance)


def test_the_wheel_over_a_field_changes_nothing(
    panel: Inspector, live: Tagging, heard: list[tuple[object, ...]]
) -> None:
    show(panel, SAYS_KCNA, live)
    place, none = QPointF(5, 5), QPoint()
    buttons, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    plain = Qt.KeyboardModifier.NoModifier
    turn = QWheelEvent(place, place, none, QPoint(0, -120), buttons, plain, phase, False)
    QApplication.sendEvent(panel.stance, turn)
    assert heard == []


def test_the_source_button_asks_for_a_source(
    qtbot: QtBot, panel: Inspector, live: Tagging, heard: list[tuple[object, ...]]
) -> None:
    show(panel, SAYS_KCNA, live)
    QTest.mouseClick(panel.source, Qt.MouseButton.LeftButton)
    assert heard == [("source_wanted", "a-kcna0")]


def test_clicking_or_entering_a_linked_tag_goes_there(
    qtbot: QtBot, panel: Inspector, live: Tagging, heard: list[tuple[object, ...]]
) -> None:
    show(panel, SAYS_KCNA, live)
    place = panel.content.visualItemRect(panel.content.item(1)).center()
    QTest.mouseClick(panel.content.viewport(), Qt.MouseButton.LeftButton, pos=place)
    panel.via.setCurrentRow(0)
    QTest.keyClick(panel.via, Qt.Key.Key_Return)
    assert heard == [("go_to", "q-voices"), ("go_to", "a-yonhap")]


def test_the_keyboard_sees_which_linked_tag_it_is_on(
    qtbot: QtBot, panel: Inspector, live: Tagging
) -> None:
    show(panel, SAYS_KCNA, live)
    panel.activateWindow()
    panel.focus_note()
    QTest.keyClick(panel.note, Qt.Key.Key_Backtab)
    qtbot.waitUntil(panel.content.hasFocus)
    assert [item.text() for item in panel.content.selectedItems()] == ["◆ le truppe sono partite"]
    QTest.keyClick(panel.content, Qt.Key.Key_Backtab)
    qtbot.waitUntil(lambda: not panel.content.hasFocus())
    assert panel.content.selectedItems() == []


def test_undecided_leads_nowhere(
    qtbot: QtBot, panel: Inspector, live: Tagging, heard: list[tuple[object, ...]]
) -> None:
    show(panel, TURN, live)
    place = panel.said_by.visualItemRect(panel.said_by.item(0)).center()
    QTest.mouseClick(panel.said_by.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert heard == []


def test_a_note_is_committed_with_control_enter(
    qtbot: QtBot, panel: Inspector, live: Tagging, heard: list[tuple[object, ...]]
) -> None:
    show(panel, TROOPS, live)
    panel.focus_note()
    QTest.keyClicks(panel.note, "how many?")
    QTest.keyClick(panel.note, Qt.Key.Key_Return)
    assert heard == []
    QTest.keyClicks(panel.note, "when?")
    QTest.keyClick(panel.note, Qt.Key.Key_Return, CONTROL)
    assert heard == [("note_edited", "c-troops", "how many?\nwhen?")]


def test_a_note_is_committed_when_its_field_is_left(
    qtbot: QtBot, panel: Inspector, live: Tagging, heard: list[tuple[object, ...]]
) -> None:
    show(panel, TROOPS, live)
    panel.activateWindow()
    panel.focus_note()
    qtbot.waitUntil(panel.note.hasFocus)
    QTest.keyClicks(panel.note, "how many?")
    panel.certainty.setFocus()
    assert heard == [("note_edited", "c-troops", "how many?")]


def test_a_note_being_typed_goes_to_the_tag_it_was_typed_for(
    qtbot: QtBot, panel: Inspector, live: Tagging, heard: list[tuple[object, ...]]
) -> None:
    show(panel, TROOPS, live)
    QTest.keyClicks(panel.note, "how many?")
    show(panel, VOICES, live)
    assert heard == [("note_edited", "c-troops", "how many?")]
    assert panel.note.toPlainText() == ""


def test_a_note_being_typed_is_kept_when_nothing_is_selected_any_more(
    qtbot: QtBot, panel: Inspector, live: Tagging, heard: list[tuple[object, ...]]
) -> None:
    show(panel, TROOPS, live)
    panel.activateWindow()
    panel.focus_note()
    QTest.keyClicks(panel.note, "how many?")
    show(panel, None, live)
    assert heard == [("note_edited", "c-troops", "how many?")]


def test_a_note_for_a_tag_that_is_gone_is_gone_with_it(
    qtbot: QtBot, panel: Inspector, live: Tagging, heard: list[tuple[object, ...]]
) -> None:
    show(panel, TURN, live)
    QTest.keyClicks(panel.note, "how many?")
    live.apply(edits.delete(live, [TURN]))
    show(panel, None, live)
    assert heard == []


def test_a_note_does_not_follow_into_another_article(
    qtbot: QtBot, panel: Inspector, live: Tagging, heard: list[tuple[object, ...]]
) -> None:
    show(panel, TROOPS, live)
    QTest.keyClicks(panel.note, "how many?")
    show(panel, TROOPS, tagging())
    assert heard == []
    assert panel.note.toPlainText() == ""


def test_what_is_being_typed_survives_another_change_of_the_same_tag(
    qtbot: QtBot, panel: Inspector, live: Tagging, heard: list[tuple[object, ...]]
) -> None:
    show(panel, TROOPS, live)
    QTest.keyClicks(panel.note, "how many?")
    show(panel, replace(TROOPS, certainty=Certainty.UNSURE), live)
    assert panel.note.toPlainText() == "how many?"
    panel.commit_note()
    assert heard == [("note_edited", "c-troops", "how many?")]


def test_a_committed_note_that_comes_back_is_not_committed_again(
    qtbot: QtBot, panel: Inspector, live: Tagging, heard: list[tuple[object, ...]]
) -> None:
    show(panel, TROOPS, live)
    panel.note_edited.connect(lambda _, note: show(panel, replace(TROOPS, note=note), live))
    QTest.keyClicks(panel.note, "how many? ")
    QTest.keyClick(panel.note, Qt.Key.Key_Return, CONTROL)
    panel.commit_note()
    show(panel, VOICES, live)
    assert heard == [("note_edited", "c-troops", "how many?")]


def test_an_undone_note_is_shown_as_it_was(panel: Inspector, live: Tagging) -> None:
    show(panel, replace(TROOPS, note="how many?"), live)
    show(panel, TROOPS, live)
    assert panel.note.toPlainText() == ""


@pytest.mark.parametrize("field", ["note", "stance", "content", "source"])
def test_escape_leads_back_to_the_text_from_every_field(
    qtbot: QtBot, panel: Inspector, live: Tagging, heard: list[tuple[object, ...]], field: str
) -> None:
    show(panel, SAYS_KCNA, live)
    QTest.keyClick(getattr(panel, field), Qt.Key.Key_Escape)
    assert heard == [("left",)]


def test_escape_keeps_the_note(
    qtbot: QtBot, panel: Inspector, live: Tagging, heard: list[tuple[object, ...]]
) -> None:
    show(panel, TROOPS, live)
    QTest.keyClicks(panel.note, "how many?")
    QTest.keyClick(panel.note, Qt.Key.Key_Escape)
    assert heard == [("note_edited", "c-troops", "how many?"), ("left",)]


def test_tab_goes_from_field_to_field_in_their_order(
    qtbot: QtBot, panel: Inspector, live: Tagging
) -> None:
    show(panel, SAYS_KCNA, live)
    panel.activateWindow()
    panel.source.setFocus()
    passed = []
    for _ in range(6):
        field = panel.focusWidget()
        passed.append(field.accessibleName().split(":")[0])
        QTest.keyClick(field, Qt.Key.Key_Tab)
    assert passed == ["Source", "Via", "Stance", "Certainty", "Content", "Note"]


def test_what_must_not_be_changed_cannot_be(panel: Inspector, live: Tagging) -> None:
    show(panel, SAYS_KCNA, live, read_only="Boris has it open.")
    fields = (panel.source, panel.stance, panel.certainty, panel.unattributed)
    assert not any(field.isEnabled() for field in fields)
    assert panel.note.isReadOnly()
    show(panel, SAYS_KCNA, live)
    assert all(field.isEnabled() for field in fields)
    assert not panel.note.isReadOnly()


def test_instead_of_an_invitation_it_says_why_nothing_can_be_changed(
    panel: Inspector, live: Tagging
) -> None:
    for one in (None, SAYS_KCNA):
        show(panel, one, live, read_only="Boris has it open.")
        assert "Boris has it open." in labels(panel)
    show(panel, SAYS_KCNA, live)
    assert "Boris has it open." not in labels(panel)
    show(panel, None, live)
    assert INVITATION in labels(panel)


def test_said_by_tells_what_was_decided_and_follows_another_decision(
    panel: Inspector, live: Tagging
) -> None:
    shown = []
    for decision in (Unattributed.ARTICLE, Unattributed.UNKNOWN, None):
        show(panel, replace(TURN, unattributed=decision), live)
        shown += lines(panel.said_by)
    assert shown == ["the article itself", "source unknown", "undecided"]


def test_a_quote_inside_a_claim_is_said_by_whoever_says_the_claim(panel: Inspector) -> None:
    start = TROOPS.start
    inner = replace(VOICES, id="q-truppe", spans=(Span(start, start + 9, "le truppe"),))
    show(panel, inner, Tagging((SAYS_YONHAP, SAYS_KCNA, TROOPS, inner)))
    assert lines(panel.said_by) == ["▸ KCNA via Yonhap"]


def test_arabic_words_run_from_right_to_left(panel: Inspector, live: Tagging) -> None:
    words = "سنلتزم بالمعاهدة"
    show(panel, replace(TROOPS, spans=(Span(0, len(words), words),)), live)
    block = panel.text.document().firstBlock()
    assert block.textDirection() is Qt.LayoutDirection.RightToLeft
    assert panel.text.document().defaultTextOption().textDirection() is AUTO
    assert (direction(words), direction("◆ Il “سنلتزم”")) == (RIGHT_TO_LEFT, LEFT_TO_RIGHT)
    assert direction(f"◆ «{words}»") is RIGHT_TO_LEFT


def test_a_note_grows_to_four_lines_and_no_further(
    qtbot: QtBot, panel: Inspector, live: Tagging
) -> None:
    show(panel, TROOPS, live)
    heights = []
    for _ in range(6):
        heights.append(panel.note.height())
        QTest.keyClick(panel.note, Qt.Key.Key_Return)
    assert heights[:4] == sorted(set(heights[:4]))
    assert heights[3] == heights[4] == heights[5]


def test_long_words_are_elided_and_the_tooltip_has_them(panel: Inspector, live: Tagging) -> None:
    words = "le truppe sono partite " * 40
    show(panel, replace(TROOPS, spans=(Span(0, len(words), words),)), live)
    assert panel.text.toPlainText().endswith(" …")
    assert panel.text.toolTip() == words


@given(st.text(max_size=300), st.integers(20, 400))
def test_words_that_are_elided_are_a_beginning_of_the_words(words: str, width: int) -> None:
    shown = elided(words, QFont(), width, 3)
    assert shown == words or words.startswith(shown.removesuffix("…").rstrip())
