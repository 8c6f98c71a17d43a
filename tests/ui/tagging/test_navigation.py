from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.hands import Hands

KIM = 'le azioni di Pyongyang "rispettano pienamente il diritto internazionale"'
LAW = '"rispettano pienamente il diritto internazionale"'


def ids(hands: Hands) -> list[str]:
    return [annotation.id for annotation in hands.tags()]


def test_tab_goes_through_all_tags_in_the_order_of_the_text(anna: Hands) -> None:
    seen = []
    for _ in anna.tags():
        anna.press("Tab")
        seen.append(anna.app.desk.selected)
    assert seen == ids(anna)
    anna.press("Tab")
    assert anna.app.desk.selected == seen[-1]
    assert anna.hint == "No further tag this way."


def test_shift_tab_goes_back(anna: Hands) -> None:
    anna.press("Tab", "Tab", "Tab", "Shift+Tab")
    assert anna.app.desk.selected == ids(anna)[1]


def test_tab_sets_out_from_the_caret_when_no_tag_is_selected(anna: Hands) -> None:
    anna.app.page.put_caret(anna.get("a-5jq7rc").start - 1)
    anna.press("Tab")
    assert anna.app.desk.selected == "a-5jq7rc"
    anna.press("Esc")
    anna.app.page.put_caret(anna.get("a-5jq7rc").start)
    anna.press("Shift+Tab")
    assert anna.app.desk.selected == "c-h9d2ym"


def test_tab_in_an_untagged_article_says_so(carla: Hands) -> None:
    carla.press("Tab")
    assert carla.hint == "Nothing is tagged yet."


def test_tab_brings_the_tag_into_view(anna: Hands) -> None:
    anna.window.resize(900, 400)
    for _ in anna.tags():
        anna.press("Tab")
    page = anna.app.page
    assert page.viewport().rect().contains(page.cursorRect().center())


def test_tab_brings_all_lines_of_the_tag_into_view(anna: Hands) -> None:
    anna.window.resize(1000, 420)
    page = anna.app.page
    for _ in anna.tags():
        anna.press("Tab")
        assert anna.selected is not None
        last = page.cursorRect(page.text.cursor(anna.selected.end))
        assert page.viewport().rect().contains(last.center()), anna.selected.words


def test_enter_leads_to_the_note_and_esc_back_to_the_text(anna: Hands) -> None:
    anna.press("Tab", "Return")
    assert anna.app.inspector.note.hasFocus()
    anna.press("Esc")
    assert anna.app.page.hasFocus()
    assert anna.selected is not None


def test_enter_opens_the_inspector_where_it_was_closed(anna: Hands) -> None:
    anna.press("F8")
    assert not anna.app.inspector.isVisible()
    anna.press("Tab", "Return")
    assert anna.app.inspector.note.hasFocus()


def test_enter_without_a_tag_says_what_is_missing(carla: Hands) -> None:
    carla.press("Return")
    assert carla.hint.startswith("Select a tag first")


def test_esc_lets_go_of_the_words_first_and_then_of_the_tag(anna: Hands) -> None:
    anna.press("Tab")
    anna.select("Secondo la KCNA")
    anna.press("Esc")
    assert (anna.words, anna.selected) == ("", anna.tags()[0])
    anna.press("Esc")
    assert anna.selected is None


def test_a_click_selects_the_shortest_tag_there_and_the_next_click_the_outer_one(
    anna: Hands,
) -> None:
    anna.click(LAW, inside=10)
    assert anna.app.desk.selected == "q-b7n3xe"
    anna.click(LAW, inside=10)
    assert anna.app.desk.selected == "c-6kf0wq"
    anna.click(LAW, inside=10)
    assert anna.app.desk.selected == "q-b7n3xe"


def test_a_click_beside_all_tags_selects_none(anna: Hands) -> None:
    anna.click(KIM)
    assert anna.app.desk.selected == "c-6kf0wq"
    anna.click("Il 28 aprile 2025", inside=4)
    assert anna.app.desk.selected == ""


def test_a_click_changes_nothing(anna: Hands) -> None:
    before = anna.tags()
    for annotation in before:
        anna.click(annotation.words.split(" … ")[0])
    assert anna.tags() == before
    assert not anna.app.desk.stack.canUndo()


def test_a_drag_selects_no_tag(anna: Hands) -> None:
    anna.drag("rispettano", "diritto")
    assert anna.words == "rispettano pienamente il diritto"
    assert anna.selected is None


def test_the_caret_moves_and_shift_selects_although_the_text_is_read_only(carla: Hands) -> None:
    carla.app.page.put_caret(0)
    carla.press("Ctrl+Right", "Ctrl+Shift+Right", "Shift+Right")
    assert carla.words == "Corea d"
    text = carla.app.page.article.text
    carla.press("x", "Space", "Ctrl+X", "Ctrl+V")
    assert carla.app.page.article.text == text
    assert carla.app.page.document().characterCount() == len(text) + 1


def test_a_row_of_all_tags_leads_to_its_place(anna: Hands) -> None:
    table = anna.app.all_tags.table
    place = table.visualRect(table.model().index(4, 1)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert anna.selected == anna.tags()[4]
    assert anna.app.page.caret == anna.tags()[4].start


def test_the_selected_tag_and_all_that_is_linked_with_it_light_up(anna: Hands) -> None:
    anna.go_to("a-2m7xkq")
    assert {"a-2m7xkq", "c-8r3tdw", "a-v5n0ke", "a-9hc4yb"} <= anna.app.page.shown.lit


def test_what_stands_under_mouse_or_caret_lights_up_too(anna: Hands) -> None:
    page = anna.app.page
    page.put_caret(anna.get("c-m2p7vg").start + 2)
    assert "a-x4e9rt" in page.shown.lit
    place = anna.place_of("Come riportato da RBC", inside=5)
    page.put_caret(anna.get("a-5jq7rc").start - 5)
    assert "c-e1x8gt" not in page.shown.lit
    QTest.mouseMove(page.viewport(), place)
    assert "c-e1x8gt" in page.shown.lit
    assert anna.selected is None
