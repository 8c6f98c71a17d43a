from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.core.model import Kind
from annotator.ui.find import finder
from tests.ui.hands import LEFT, Hands

RUSSIA = 5
"""Times that "Russia" stands in the seed article."""


def look_for(hands: Hands, words: str) -> None:
    """Ctrl+F and type."""
    hands.press("Ctrl+F")
    hands.type(words)


def said(hands: Hands) -> str:
    """What the bar says of the hits."""
    return hands.app.finder.bar.count.text()


def button(hands: Hands) -> str:
    """What the bar's button says."""
    return hands.app.finder.bar.tag.text()


def in_field(hands: Hands) -> bool:
    return hands.app.finder.bar.field.hasFocus()


def in_text(hands: Hands) -> bool:
    return hands.app.page.hasFocus()


# Finding


def test_typing_shows_the_first_hit_at_once_and_says_how_many_there_are(carla: Hands) -> None:
    look_for(carla, "russia")
    assert carla.words == "Russia"
    assert said(carla) == f"1 of {RUSSIA}"
    assert in_field(carla)


def test_the_first_hit_is_the_first_one_from_the_caret_however_much_is_typed(carla: Hands) -> None:
    second = carla.app.page.article.text.index("Russia", 80)
    carla.app.page.put_caret(second - 9)
    look_for(carla, "in russia")
    assert carla.app.page.selection == (second - 3, second + 6)
    assert said(carla).startswith("2 of ")


def test_letters_typed_in_the_field_do_not_tag(carla: Hands) -> None:
    look_for(carla, "12ky")
    assert carla.tags() == ()
    assert said(carla) == "Nothing found"


def test_selected_words_are_looked_for(carla: Hands) -> None:
    carla.select("Russia", 2)
    carla.press("Ctrl+F")
    assert carla.app.finder.bar.field.text() == "Russia"
    assert said(carla) == f"2 of {RUSSIA}"


def test_back_in_the_field_a_hit_leaves_what_was_typed(carla: Hands) -> None:
    look_for(carla, "russia")
    carla.press("Return", "Ctrl+F")
    assert carla.app.finder.bar.field.text() == "russia"
    assert in_field(carla)


def test_enter_goes_to_the_text_at_the_hit_and_from_there_on_to_the_next(carla: Hands) -> None:
    look_for(carla, "russia")
    carla.press("Return")
    assert in_text(carla)
    assert said(carla) == f"1 of {RUSSIA}"
    carla.press("Return")
    assert said(carla) == f"2 of {RUSSIA}"
    assert carla.words == "Russia"


def test_f3_turns_to_other_hits_and_leaves_the_keyboard_where_it_is(carla: Hands) -> None:
    look_for(carla, "russia")
    carla.press("F3", "F3", "Shift+F3")
    assert said(carla) == f"2 of {RUSSIA}"
    assert in_field(carla)
    carla.press("Return", "F3")
    assert said(carla) == f"3 of {RUSSIA}"
    assert in_text(carla)


def test_past_the_last_hit_it_goes_on_from_the_top_and_says_so(carla: Hands) -> None:
    look_for(carla, "russia")
    carla.press("Shift+F3")
    assert said(carla) == f"{RUSSIA} of {RUSSIA}"
    assert carla.hint == "From the end again."
    carla.press("F3")
    assert said(carla) == f"1 of {RUSSIA}"
    assert carla.hint == "From the top again."


def test_shift_enter_takes_the_hit_before(carla: Hands) -> None:
    look_for(carla, "russia")
    carla.press("F3", "F3", "Shift+Return")
    assert said(carla) == f"2 of {RUSSIA}"
    assert in_text(carla)


def test_from_where_the_caret_was_put_it_goes_on(carla: Hands) -> None:
    look_for(carla, "russia")
    carla.press("Return")
    carla.app.page.put_caret(carla.app.page.article.text.rindex("Russia") - 1)
    carla.press("F3")
    assert said(carla) == f"{RUSSIA} of {RUSSIA}"


@pytest.mark.parametrize("place", ["field", "text"])
def test_esc_closes_the_bar_and_leaves_the_hit_selected(carla: Hands, place: str) -> None:
    look_for(carla, "russia")
    if place == "text":
        carla.press("Return")
    carla.press("Esc")
    assert not carla.app.finder.bar.isVisible()
    assert in_text(carla)
    assert carla.words == "Russia"
    carla.press("1")
    assert [tag.words for tag in carla.tags()] == ["Russia"]


def test_with_the_bar_closed_enter_opens_the_inspector_again(carla: Hands) -> None:
    look_for(carla, "russia")
    carla.press("Return", "1", "Esc", "Return")
    assert carla.app.inspector.note.hasFocus()


def test_f3_with_the_bar_closed_looks_for_the_same_words_again(carla: Hands) -> None:
    look_for(carla, "russia")
    carla.press("Esc", "Right", "F3")
    assert said(carla) == f"2 of {RUSSIA}"
    assert in_text(carla)


def test_words_that_stand_nowhere_leave_the_caret_and_say_so(carla: Hands) -> None:
    carla.app.page.put_caret(100)
    look_for(carla, "russiax")
    assert carla.app.page.selection == (100, 100)
    carla.press("Return")
    assert in_field(carla)
    assert carla.hint == "These words stand nowhere in the article."


def test_case_and_whole_words_count_when_they_are_asked_for(carla: Hands) -> None:
    bar = carla.app.finder.bar
    look_for(carla, "coreA")
    both = said(carla)
    QTest.mouseClick(bar.same_case, LEFT)
    assert said(carla) == "Nothing found"
    QTest.mouseClick(bar.same_case, LEFT)
    assert said(carla) == both
    bar.field.setText("core")
    QTest.mouseClick(bar.whole_word, LEFT)
    assert said(carla) == "Nothing found"


def test_a_long_article_is_looked_through_when_typing_rests(
    carla: Hands, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finder, "LONG", 100)
    look_for(carla, "russia")
    assert said(carla) == ""
    qtbot.waitUntil(lambda: said(carla) == f"1 of {RUSSIA}")
    carla.app.finder.bar.field.setText("kcna")
    carla.press("Return")
    assert carla.words == "KCNA"
    assert in_text(carla)


# Tagging hits


def test_a_key_tags_the_hit_and_enter_goes_on(carla: Hands) -> None:
    look_for(carla, "kcna")
    carla.press("Return", "K", "Return", "K")
    tags = carla.tags(Kind.ATTRIBUTION)
    assert [(tag.words, tag.source) for tag in tags] == [("KCNA", "kcna")] * 2
    assert said(carla) == "2 of 2 · 2 tagged"
    assert button(carla) == "All tagged"


def test_the_button_tags_the_rest_as_the_last_one_in_one_step(carla: Hands) -> None:
    look_for(carla, "russia")
    carla.press("Return", "1")
    assert button(carla) == f"Tag the remaining {RUSSIA - 1} as claim"
    QTest.mouseClick(carla.app.finder.bar.tag, LEFT)
    assert [tag.words for tag in carla.tags(Kind.CLAIM)] == ["Russia"] * RUSSIA
    assert carla.hint == f"{RUSSIA - 1} tagged; Ctrl+Z takes all of them back."
    assert said(carla) == f"1 of {RUSSIA} · {RUSSIA} tagged"
    carla.press("Ctrl+Z")
    assert len(carla.tags()) == 1
    assert said(carla) == f"1 of {RUSSIA} · 1 tagged"
    carla.press("Ctrl+Z")
    assert carla.tags() == ()
    assert said(carla) == f"1 of {RUSSIA}"


def test_the_key_for_it_works_in_the_field_too(carla: Hands) -> None:
    look_for(carla, "russia")
    carla.press("Return", "2", "Ctrl+F", "Ctrl+Shift+Return")
    assert len(carla.tags(Kind.QUOTE)) == RUSSIA


def choose(hands: Hands, key: str) -> None:
    """Press a key in the choices that have opened."""
    menu = hands.app.finder.bar.choices
    assert QApplication.activePopupWidget() is menu
    QTest.keyPress(menu, key)  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("key", "kind", "source"),
    [("1", Kind.CLAIM, None), ("2", Kind.QUOTE, None), ("k", Kind.ATTRIBUTION, "kcna")],
)
def test_where_no_hit_is_tagged_yet_it_asks_as_what(
    carla: Hands, key: str, kind: Kind, source: str | None
) -> None:
    look_for(carla, "kcna")
    assert button(carla) == "Tag all 2 as …"
    carla.press("Ctrl+Shift+Return")
    assert carla.tags() == ()
    choose(carla, key)
    assert [(tag.kind, tag.source) for tag in carla.tags()] == [(kind, source)] * 2
    assert carla.app.desk.stack.count() == 1


def test_each_attribution_of_many_gets_its_mention_as_one_alone_does(carla: Hands) -> None:
    look_for(carla, "la KCNA")
    carla.press("Return", "K", "Ctrl+Shift+Return")
    carla.app.finder.bar.field.setText("Yonhap")
    carla.press("Ctrl+Shift+Return")
    choose(carla, "y")
    for tag in carla.tags():
        assert [span.exact for span in tag.mention] != []


def test_other_words_are_not_tagged_as_the_former_ones_were(carla: Hands) -> None:
    look_for(carla, "kcna")
    carla.press("Return", "K")
    look_for(carla, "russia")
    assert button(carla) == f"Tag all {RUSSIA} as …"


def test_hits_tagged_in_another_way_are_left_alone_only_while_nothing_else_is_known(
    carla: Hands,
) -> None:
    carla.tag_alone("KCNA", "1")
    look_for(carla, "kcna")
    assert said(carla).endswith("of 2 · 1 tagged")
    assert button(carla) == "Tag the remaining 1 as …"
    carla.press("Ctrl+Shift+Return")
    choose(carla, "2")
    assert sorted(tag.kind for tag in carla.tags()) == [Kind.CLAIM, Kind.QUOTE]
    assert button(carla) == "Tag the remaining 1 as quote"


def test_with_nothing_to_tag_the_key_says_why(carla: Hands) -> None:
    carla.press("Ctrl+Shift+Return")
    assert carla.hint == "Look for some words first (Ctrl+F)."
    look_for(carla, "kcna")
    carla.press("Return", "K", "Return", "K", "Ctrl+Shift+Return")
    assert carla.hint == "All of these words are tagged so already."


def test_a_new_claim_at_a_hit_goes_to_the_selected_attribution_as_anywhere(anna: Hands) -> None:
    anna.go_to("a-x4e9rt")
    look_for(anna, "una svolta")
    anna.press("Return", "1")
    new = next(tag for tag in anna.tags() if tag.words == "una svolta")
    assert new.id in anna.get("a-x4e9rt").content


def test_where_tags_are_not_trimmed_hits_are_not_either(carla: Hands) -> None:
    carla.app.settings.put("trim", False)
    look_for(carla, "KCNA,")
    carla.press("Ctrl+Shift+Return")
    choose(carla, "1")
    assert {tag.words for tag in carla.tags()} == {"KCNA,"}
