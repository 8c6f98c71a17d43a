"""Boundaries, fragments, mention and cue, widening; by keys and by the mouse."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from annotator.ui.page.mouse import RADIUS, Edge
from tests.ui.conftest import Begin
from tests.ui.hands import LEFT, Hands
from tests.ui.tagging.test_tags import KCNA, TROOPS, TURN, YONHAP

ARABIC = "وقال المتحدث: «سنلتزم بالمعاهدة»، نقلاً عن وكالة Yonhap في سيول.\n"


def words_of(hands: Hands) -> str:
    assert hands.selected is not None
    return hands.selected.words


# Boundaries by keys


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("Alt+Right", "inviato truppe in Russia per"),
        ("Alt+Left", "inviato truppe in"),
        ("Alt+Shift+Left", "avrebbe inviato truppe in Russia"),
        ("Alt+Shift+Right", "truppe in Russia"),
        ("Ctrl+Alt+Right", "inviato truppe in Russia "),
        ("Ctrl+Alt+Left", "inviato truppe in Russi"),
        ("Ctrl+Alt+Shift+Left", " inviato truppe in Russia"),
        ("Ctrl+Alt+Shift+Right", "nviato truppe in Russia"),
    ],
)
def test_each_boundary_moves_by_word_and_by_character(carla: Hands, key: str, words: str) -> None:
    before = carla.tag("inviato truppe in Russia", "1")
    carla.press(key)
    assert words_of(carla) == words
    moved = carla.get(before.id)
    assert carla.app.page.caret == (moved.start if "Shift" in key else moved.end)
    assert carla.app.desk.stack.undoText() == "Move boundary"
    carla.press("Ctrl+Z")
    assert carla.tags() == (before,)
    assert carla.selected == before


ARRIVED = "أعلنت الوكالة أن القوات وصلت إلى روسيا.\n"


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("Alt+Left", "القوات وصلت إلى روسيا"),
        ("Alt+Right", "القوات وصلت"),
        ("Alt+Shift+Right", "أن القوات وصلت إلى"),
        ("Alt+Shift+Left", "وصلت إلى"),
        ("Ctrl+Alt+Right", "القوات وصلت إل"),
    ],
)
def test_in_arabic_boundaries_move_to_the_side_that_the_arrow_points_to(
    begin: Begin, folder: Path, key: str, words: str
) -> None:
    (folder / "arabic.txt").write_text(ARRIVED, "utf-8")
    carla = begin(folder / "arabic.txt", "carla")
    carla.tag("القوات وصلت إلى", "1")
    carla.press(key)
    assert words_of(carla) == words


def test_a_quotation_mark_is_no_word(carla: Hands) -> None:
    carla.tag("di truppe", "1", nth=3)
    carla.press("Alt+Right")
    assert words_of(carla).endswith('truppe "falsi')


@pytest.mark.parametrize("key", ["Alt+Left", "Alt+Shift+Right", "Ctrl+Alt+Left"])
def test_a_tag_keeps_at_least_a_word(carla: Hands, key: str) -> None:
    carla.tag("Notizia", "1")
    for _ in range(len("Notizia")):
        carla.press(key)
    assert carla.hint == "A tag needs at least one word."
    assert words_of(carla) in {"Notizia", "N"}


def test_no_edge_passes_another_part_of_the_tag(carla: Hands) -> None:
    carla.tag("inviato", "1")
    carla.select("Russia", nth=3)
    carla.press("+", "Alt+Left")
    assert carla.hint == "There another part of this tag begins; remove one of its parts first."
    assert words_of(carla) == "inviato … Russia"


@pytest.mark.parametrize("edge", ["start", "end"])
def test_at_the_ends_of_the_article_nothing_moves(carla: Hands, edge: str) -> None:
    words, key = ("La", "Alt+Shift+Left") if edge == "start" else ("sopra", "Alt+Right")
    before = carla.tag(words, "1")
    carla.press(key)
    assert carla.tags() == (before,)


def test_mention_and_cue_are_cut_where_they_would_stick_out(anna: Hands) -> None:
    anna.go_to("a-x4e9rt")
    anna.press("Alt+Left")
    says = anna.get("a-x4e9rt")
    assert (says.words, [s.exact for s in says.mention]) == ("Secondo la", ["la"])
    anna.press("Ctrl+Z")
    assert [s.exact for s in anna.get("a-x4e9rt").mention] == ["la KCNA"]


# Fragments


def test_plus_adds_the_selected_words_to_the_tag(carla: Hands) -> None:
    before = carla.tag(TURN, "1")
    _, end = carla.select("tali azioni")
    carla.press("+")
    assert words_of(carla) == f"{TURN} … tali azioni"
    assert len(carla.get(before.id).spans) == 2
    assert carla.app.page.selection == (end, end)
    carla.press("Ctrl+Z")
    assert carla.tags() == (before,)
    assert carla.words == "tali azioni"


def test_parts_with_but_a_blank_between_them_become_one(carla: Hands) -> None:
    carla.tag("inviato", "1")
    carla.select("truppe in Russia", nth=3)
    carla.press("+")
    assert words_of(carla) == "inviato truppe in Russia"


def test_minus_takes_the_part_away_in_which_the_caret_stands(carla: Hands) -> None:
    carla.tag(TURN, "1")
    carla.select("tali azioni")
    carla.press("+")
    both = carla.tags()
    carla.app.page.put_caret(both[0].start + 3)
    carla.press("-")
    assert words_of(carla) == "tali azioni"
    carla.press("Ctrl+Z")
    assert carla.tags() == both


@pytest.mark.parametrize(
    ("select", "key", "sentence"),
    [
        ("Pyongyang", "-", "No part of this tag is here."),
        (TURN, "-", "This is the tag's only part; Delete removes the tag."),
        ("una svolta", "+", "These words are part of the tag already."),
        ("", "+", "Select some words first."),
    ],
)
def test_what_cannot_be_done_with_a_part_is_said(
    carla: Hands, select: str, key: str, sentence: str
) -> None:
    before = carla.tag(TURN, "1")
    if select:
        carla.select(select)
    carla.press(key)
    assert (carla.hint, carla.tags()) == (sentence, (before,))


@pytest.mark.parametrize("key", ["+", "-", "Alt+Right", "M", "C"])
def test_without_a_tag_the_keys_say_what_is_missing(carla: Hands, key: str) -> None:
    carla.select(TURN)
    carla.press(key)
    assert carla.hint == "Select a tag first (Tab goes to the next one)."
    assert carla.tags() == ()


# Mention and cue


def test_mention_and_cue_are_proposed_with_the_tag_in_its_one_undo_step(carla: Hands) -> None:
    says = carla.tag(KCNA, "K")
    assert [s.exact for s in says.mention] == ["la Korean Central News Agency (KCNA)"]
    assert [s.exact for s in says.cue] == ["citando"]
    carla.press("Ctrl+Z")
    assert carla.tags() == ()


def test_what_is_proposed_can_be_switched_off(carla: Hands) -> None:
    carla.app.settings.put("propose_parts", False)
    says = carla.tag(KCNA, "K")
    assert (says.mention, says.cue) == ((), ())


@pytest.mark.parametrize(("key", "part"), [("M", "mention"), ("C", "cue")])
def test_selected_words_become_mention_or_cue(carla: Hands, key: str, part: str) -> None:
    before = carla.tag(YONHAP, "Y")
    carla.select("stata riportata")
    carla.press(key)
    (span,) = getattr(carla.get(before.id), part)
    assert span.exact == "stata riportata"
    assert carla.hint == f"{part.capitalize()}: stata riportata"
    assert carla.app.desk.stack.undoText() == f"Set {part}"
    carla.press("Ctrl+Z")
    assert carla.tags() == (before,)
    assert carla.words == "stata riportata"


@pytest.mark.parametrize(("key", "part"), [("M", "mention"), ("C", "cue")])
def test_without_words_the_key_removes_the_part_and_proposes_it_again(
    carla: Hands, key: str, part: str
) -> None:
    before = carla.tag(KCNA, "K")
    carla.press(key)
    assert getattr(carla.get(before.id), part) == ()
    assert carla.hint == f"No {part}."
    carla.press(key)
    assert carla.tags() == (before,)


@pytest.mark.parametrize(("key", "part"), [("M", "mention"), ("C", "cue")])
def test_words_outside_are_refused(carla: Hands, key: str, part: str) -> None:
    before = carla.tag(KCNA, "K")
    carla.select(TURN)
    carla.press(key)
    sentence = f"The {part} lies inside its attribution; select words of it."
    assert (carla.hint, carla.tags()) == (sentence, (before,))


@pytest.mark.parametrize("key", ["M", "C"])
def test_a_claim_has_neither(carla: Hands, key: str) -> None:
    before = carla.tag(TURN, "1")
    carla.press(key)
    assert carla.hint == "Select an attribution first; now a claim is selected."
    assert carla.tags() == (before,)


# Widening

STEPS = (
    "pienamente",
    '"rispettano pienamente il diritto internazionale"',
    "Il ministro degli Esteri nordcoreano Kim Jong-gyu ha sottolineato che le azioni di Pyongyang "
    '"rispettano pienamente il diritto internazionale" e sono una risposta alle '
    '"minacce occidentali".',
)


def test_the_selection_widens_step_by_step_and_narrows_back(carla: Hands) -> None:
    page = carla.app.page
    page.put_caret(page.article.text.index("pienamente") + 4)
    for words in STEPS:
        carla.press("Ctrl+Shift+E")
        assert carla.words == words
    carla.press("Ctrl+Shift+E")
    assert carla.words.startswith("Secondo la KCNA")
    assert "\n" not in carla.words
    carla.press("Ctrl+Shift+E", "Ctrl+Shift+E")
    assert carla.words == page.article.text
    carla.press("Ctrl+Shift+W")
    for words in reversed(STEPS):
        carla.press("Ctrl+Shift+W")
        assert carla.words == words
    carla.press("Ctrl+Shift+W")
    assert carla.words == ""
    assert not carla.app.desk.stack.canUndo()


def test_narrowing_leaves_words_that_were_selected_otherwise(carla: Hands) -> None:
    carla.select(TURN)
    carla.press("Ctrl+Shift+W")
    assert carla.words == TURN


# By the mouse


def handle(hands: Hands, edge: Edge) -> QPoint:
    return hands.app.page.handles()[edge].toPoint()


def drag_handle(hands: Hands, edge: Edge, to: int) -> None:
    """Drag a handle of the selected tag to a gap between characters, which is in view."""
    page = hands.app.page
    under = page.cursorRect(page.text.cursor(to)).bottomLeft() + QPoint(0, round(RADIUS))
    start = handle(hands, edge)
    QTest.mousePress(page.viewport(), LEFT, pos=start)
    QTest.mouseMove(page.viewport(), (start + under) / 2)
    QTest.mouseMove(page.viewport(), under)
    QTest.mouseRelease(page.viewport(), LEFT, pos=under)


@pytest.mark.parametrize(
    ("edge", "to", "words"),
    [
        ("end", "per partecipare", "inviato truppe in Russia per partecipare"),
        ("end", "inviato truppe", "inviato truppe"),
        ("start", "avrebbe", "avrebbe inviato truppe in Russia"),
        ("start", "truppe in Russia", "truppe in Russia"),
    ],
)
def test_a_handle_is_dragged_in_one_undo_step(
    carla: Hands, edge: Edge, to: str, words: str
) -> None:
    before = carla.tag("inviato truppe in Russia", "1")
    text = carla.app.page.article.text
    at = text.index(to, 230)
    steps = carla.app.desk.stack.count()
    drag_handle(carla, edge, at if edge == "start" else at + len(to))
    assert words_of(carla) == words
    assert carla.app.desk.stack.count() == steps + 1
    assert carla.words == ""
    carla.press("Ctrl+Z")
    assert carla.tags() == (before,)
    assert carla.words == ""


def test_a_handle_dropped_where_it_was_changes_nothing(carla: Hands) -> None:
    before = carla.tag(TURN, "1")
    steps = carla.app.desk.stack.count()
    QTest.mousePress(carla.app.page.viewport(), LEFT, pos=handle(carla, "end"))
    QTest.mouseRelease(carla.app.page.viewport(), LEFT, pos=handle(carla, "end"))
    assert carla.tags() == (before,)
    assert carla.app.desk.stack.count() == steps
    assert carla.selected == before


@pytest.mark.parametrize(
    ("edge", "to", "words"),
    [
        ("end", "بالمعاهدة»", "سنلتزم بالمعاهدة»"),
        ("start", "المتحدث", "المتحدث: «سنلتزم"),
    ],
)
def test_a_handle_is_dragged_in_text_from_right_to_left(
    begin: Begin, tmp_path: Path, edge: Edge, to: str, words: str
) -> None:
    article = tmp_path / "arabic.txt"
    article.write_text(ARABIC, "utf-8")
    hands = begin(article, "carla")
    before = hands.tag("سنلتزم", "2")
    handles = hands.app.page.handles()
    assert handles["start"].x() > handles["end"].x()
    at = ARABIC.index(to)
    drag_handle(hands, edge, at if edge == "start" else at + len(to))
    assert words_of(hands) == words
    hands.press("Ctrl+Z")
    assert hands.tags() == (before,)


def test_words_dragged_over_with_ctrl_held_become_a_part_of_the_tag(carla: Hands) -> None:
    before = carla.tag(TURN, "1")
    ctrl_drag(carla, "tali azioni")
    assert words_of(carla) == f"{TURN} … tali azioni"
    carla.press("Ctrl+Z")
    assert carla.tags() == (before,)


def test_with_no_tag_selected_a_drag_with_ctrl_says_what_is_missing(carla: Hands) -> None:
    ctrl_drag(carla, TROOPS)
    assert carla.hint == "Select a tag first (Tab goes to the next one)."
    assert carla.tags() == ()


def ctrl_drag(hands: Hands, words: str) -> None:
    viewport, ctrl = hands.app.page.viewport(), Qt.KeyboardModifier.ControlModifier
    start, end = hands.place_of(words, inside=0), hands.place_of(words, inside=len(words))
    QTest.mousePress(viewport, LEFT, ctrl, start)
    for place in ((start + end) / 2, end):
        QTest.mouseMove(viewport, place)
    QTest.mouseRelease(viewport, LEFT, ctrl, end)


def test_handles_are_there_for_the_selected_tag_only(carla: Hands) -> None:
    page = carla.app.page
    assert page.handles() == {}
    tag = carla.tag(TURN, "1")
    assert set(page.handles()) == {"start", "end"}
    assert all(isinstance(place, QPointF) for place in page.handles().values())
    carla.press("Esc")
    assert page.handles() == {}
    carla.go_to(tag.id)
    carla.tag_alone("Notizia", "1")
    carla.go_to(tag.id)
    carla.press("L")
    assert page.handles() == {}
