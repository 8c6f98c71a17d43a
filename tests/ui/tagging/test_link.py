"""Links made and unmade by hand: L to a target, and attributions behind one another."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.core.chains.chain import chain
from annotator.core.display_text import one_line
from annotator.core.model import Kind
from annotator.core.tagging import Tagging
from annotator.ui.tagging.link import OTHERWISE
from tests.core.walks import random_change
from tests.ui.conftest import Begin
from tests.ui.hands import Hands
from tests.ui.tagging.test_shape import ARRIVED
from tests.ui.tagging.test_tags import KCNA, TROOPS, TURN, YONHAP

SAYS = "la Corea del Nord ha confermato ufficialmente"


@pytest.fixture
def said(carla: Hands) -> tuple[str, str, str, str]:
    """Nothing linked yet, in text order: who says it, a claim, Yonhap, KCNA."""
    ids = [
        carla.tag_alone(words, key).id
        for words, key in ((SAYS, "N"), (TROOPS, "1"), (YONHAP, "Y"), (KCNA, "K"))
    ]
    return ids[0], ids[1], ids[2], ids[3]


Said = tuple[str, str, str, str]


def target(hands: Hands) -> str:
    return hands.app.page.shown.target


# L


def test_l_aims_at_the_next_tag_and_enter_links_with_it(carla: Hands, said: Said) -> None:
    says, claim, *_ = said
    carla.go_to(says)
    carla.press("L")
    assert carla.hint == f"Enter links “{one_line(carla.get(claim).words, 30)}”. {OTHERWISE}"
    assert target(carla) == claim
    carla.press("Return")
    assert carla.get(says).content == (claim,)
    assert carla.hint == "Linked."
    assert carla.app.desk.selected == says
    assert target(carla) == ""


@pytest.mark.parametrize("key", ["Return", "Enter"])
def test_the_same_again_unlinks(carla: Hands, said: Said, key: str) -> None:
    says, claim, *_ = said
    carla.go_to(claim)
    carla.press("L", "Left", key)
    assert carla.get(says).content == (claim,)
    carla.press("L", "Left")
    assert carla.hint.startswith("Enter unlinks “")
    carla.press(key)
    assert carla.get(says).content == ()
    assert carla.hint == "Unlinked."


@pytest.mark.parametrize(
    ("keys", "aimed_at"),
    [
        (["Right"], 3),
        (["Down"], 3),
        (["Tab"], 3),
        (["Left"], 1),
        (["Up"], 1),
        (["Shift+Tab"], 1),
        (["Left", "Left"], 0),
        (["Left", "Left", "Left"], 0),
        (["Right", "Right"], 3),
        (["Right", "Left"], 1),
    ],
)
def test_arrows_and_tab_go_through_all_tags_but_the_one_to_link(
    carla: Hands, said: Said, keys: list[str], aimed_at: int
) -> None:
    carla.go_to(said[2])
    carla.press("L", *keys)
    assert target(carla) == said[aimed_at]
    assert carla.app.desk.selected == said[2]
    carla.press("Esc")


@pytest.mark.parametrize(
    ("keys", "aimed_at"),
    [(["Left"], 2), (["Left", "Right"], 1), (["Down"], 2), (["Left", "Up"], 1)],
)
def test_in_arabic_arrows_aim_to_the_side_that_they_point_to(
    begin: Begin, folder: Path, keys: list[str], aimed_at: int
) -> None:
    (folder / "arabic.txt").write_text(ARRIVED, "utf-8")
    carla = begin(folder / "arabic.txt", "carla")
    words = ARRIVED.split()
    ids = [carla.tag_alone(word, "1").id for word in words[:3]]
    carla.go_to(ids[0])
    carla.press("L", *keys)
    assert target(carla) == ids[aimed_at]
    carla.press("Esc")


def test_the_last_tag_aims_backwards(carla: Hands, said: Said) -> None:
    carla.go_to(said[3])
    carla.press("L")
    assert target(carla) == said[2]
    carla.press("Return")
    assert carla.get(said[3]).via == said[2]


def test_two_attributions_make_a_chain_from_the_first_on(carla: Hands, said: Said) -> None:
    says, _, yonhap, kcna = said
    carla.go_to(says)
    carla.press("L", "Right", "Right", "Return")
    carla.go_to(kcna)
    carla.press("L", "Left", "Right", "Return")
    links = chain(carla.app.desk.tagging, carla.get(says))
    assert [one.id for one in links] == [says, kcna, yonhap]


def test_a_click_on_a_tag_links_with_it(carla: Hands, said: Said) -> None:
    says, claim, *_ = said
    carla.go_to(says)
    carla.press("L")
    carla.click(TROOPS, inside=4)
    assert carla.get(says).content == (claim,)
    assert carla.app.desk.selected == says


def test_a_click_beside_all_tags_lets_it_be(carla: Hands, said: Said) -> None:
    before = carla.tags()
    carla.go_to(said[0])
    carla.press("L")
    carla.click("Notizia")
    assert (target(carla), carla.tags()) == ("", before)
    assert carla.app.desk.selected == said[0]


def test_esc_lets_it_be(carla: Hands, said: Said) -> None:
    before = carla.tags()
    carla.go_to(said[0])
    carla.press("L", "Right", "Esc")
    assert (target(carla), carla.hint, carla.tags()) == ("", "", before)
    assert carla.app.desk.selected == said[0]
    carla.press("Right")
    assert target(carla) == ""


def test_selecting_another_tag_lets_it_be(carla: Hands, said: Said) -> None:
    carla.go_to(said[0])
    carla.press("L")
    carla.go_to(said[3])
    assert target(carla) == ""
    assert not carla.app.link.active


def test_a_target_out_of_sight_is_brought_into_view(anna: Hands) -> None:
    anna.window.resize(900, 400)
    anna.go_to("a-2m7xkq")
    anna.press("L")
    for _ in range(22):
        anna.press("Right")
    last = anna.tags()[-1]
    assert target(anna) == last.id
    first, end = anna.app.page.visible_range()
    assert first <= last.start < end


def test_a_link_is_one_undo_step(carla: Hands, said: Said) -> None:
    before = carla.tags()
    carla.go_to(said[0])
    carla.press("L", "Return")
    assert carla.app.desk.stack.undoText() == "Link"
    carla.press("Ctrl+Z")
    assert carla.tags() == before
    assert carla.app.desk.selected == said[0]
    carla.press("Ctrl+Y")
    assert carla.get(said[0]).content == (said[1],)


def test_a_decision_without_source_goes_with_the_link_and_comes_back_with_undo(
    carla: Hands, said: Said
) -> None:
    says, claim, *_ = said
    carla.go_to(claim)
    carla.press("U")
    carla.press("L", "Left", "Return")
    assert carla.get(claim).unattributed is None
    carla.press("Ctrl+Z")
    assert carla.get(claim).unattributed is not None
    assert carla.get(says).content == ()


def test_l_without_a_tag_says_what_is_missing(carla: Hands, said: Said) -> None:
    carla.app.desk.select("")
    carla.press("L")
    assert carla.hint == "Select the tag to link first (Tab goes to the next one)."


def test_l_with_no_other_tag_says_so(carla: Hands) -> None:
    carla.tag(TURN, "1")
    carla.press("L")
    assert carla.hint == "There is no other tag to link with yet."
    assert not carla.app.link.active


def test_two_claims_are_not_linked(carla: Hands) -> None:
    carla.tag_alone(TURN, "1")
    carla.tag_alone(TROOPS, "2")
    before = carla.tags()
    sentence = "Claims and quotes have no link of their own; an attribution links them."
    carla.press("L")
    assert carla.hint == f"{sentence} {OTHERWISE}"
    carla.press("Return")
    assert (carla.hint, carla.tags()) == (sentence, before)


def test_a_circle_is_refused(anna: Hands) -> None:
    before = anna.tags()
    anna.go_to("a-9hc4yb")
    anna.press("L", "Left", "Left", "Return")
    sentence = "That would be a circle: each would reach the article through the other."
    assert (anna.hint, anna.tags()) == (sentence, before)
    anna.press("L", "Return")
    sentence = "The other one comes via this one; to unlink them, begin with the other one."
    assert (anna.hint, anna.tags()) == (sentence, before)
    assert anna.app.desk.selected == "a-9hc4yb"


# Behind


def test_shift_and_a_sources_key_put_an_attribution_behind_the_selected_one(carla: Hands) -> None:
    yonhap = carla.tag(YONHAP, "Y")
    kcna = carla.tag(KCNA, "Shift+K")
    assert (kcna.source, kcna.via) == ("kcna", yonhap.id)
    assert carla.selected == kcna
    assert carla.app.status_bar.destination.text() == "New tags go to → KCNA via Yonhap"
    assert carla.app.page.selection == (kcna.end, kcna.end)
    carla.press("Ctrl+Z")
    assert carla.tags() == (yonhap,)
    assert carla.selected == yonhap
    assert carla.words == KCNA


def test_shift_a_asks_who_stands_behind(carla: Hands) -> None:
    yonhap = carla.tag(YONHAP, "Y")
    carla.select(KCNA)
    carla.press("Shift+A")
    carla.type("rb")
    carla.press("Return")
    rbc = carla.selected
    assert rbc is not None
    assert (rbc.source, rbc.via, rbc.words) == ("rbc", yonhap.id, KCNA)


def test_who_stands_behind_may_be_new_to_the_registry(carla: Hands) -> None:
    carla.tag(YONHAP, "Y")
    carla.select(KCNA)
    carla.press("Shift+A")
    carla.type("Rodong Sinmun")
    carla.press("Return")
    new = carla.selected
    assert new is not None
    assert (new.source, len(carla.tags())) == ("rodong-sinmun", 2)
    carla.press("Ctrl+Z")
    assert len(carla.tags()) == 1
    assert "rodong-sinmun" not in carla.app.desk.registry.by_id


@pytest.mark.parametrize(
    ("key", "selected", "sentence"),
    [
        ("Shift+K", "", "behind which this one stands first; now nothing is selected."),
        ("Shift+K", "1", "behind which this one stands first; now a claim is selected."),
        ("Shift+A", "", "Select a tag first (Tab goes to the next one)."),
        ("Shift+A", "1", "Select an attribution first; now a claim is selected."),
    ],
)
def test_behind_anything_else_nothing_is_tagged(
    carla: Hands, key: str, selected: str, sentence: str
) -> None:
    if selected:
        carla.tag(TURN, selected)
    before = carla.tags()
    carla.select(KCNA)
    carla.press(key)
    assert carla.hint.endswith(sentence)
    assert carla.tags() == before


def test_with_no_words_selected_nothing_stands_behind(carla: Hands) -> None:
    carla.tag(YONHAP, "Y")
    for key, sentence in (
        ("Shift+K", "Select the words that name KCNA first."),
        ("Shift+A", "Select some words first."),
    ):
        carla.press(key)
        assert carla.hint == sentence
    assert len(carla.tags()) == 1


# Whatever is done, and undone


@given(data=st.data())
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_links_stay_sound_under_random_verbs_undo_and_redo(
    carla: Hands, data: st.DataObject
) -> None:
    desk, tagging = carla.app.desk, carla.app.desk.tagging
    while desk.stack.canUndo():
        desk.undo()
    states = [tagging.annotations()]
    for _ in range(data.draw(st.integers(1, 10), "changes")):
        change = random_change(data.draw, tagging, carla.app.page.article)
        if change:
            desk.do(change, select=data.draw(st.sampled_from(["", *change.touched])))
            states.append(tagging.annotations())
            assert_sound(tagging)
    for state in reversed(states):
        assert tagging.annotations() == state
        assert_sound(tagging)
        desk.undo()
    for state in states[1:]:
        desk.redo()
        assert tagging.annotations() == state
    QApplication.processEvents()


def assert_sound(tagging: Tagging) -> None:
    """Links lead to what is there and of the right kind, and never in a circle."""
    for one in tagging:
        held = [tagging.get(i) for i in one.content]
        assert all(found and found.kind is not Kind.ATTRIBUTION for found in held)
        assert not (one.unattributed and tagging.attributions_of(one.id))
        if one.kind is Kind.ATTRIBUTION:
            links = chain(tagging, one)
            assert len({link.id for link in links}) == len(links)
            assert links[-1].via is None


# The chips show it


def test_chips_follow_a_chain_that_changes_elsewhere(anna: Hands) -> None:
    page = anna.app.page
    assert chip_of(anna, "a-2m7xkq") == "North Korea via KCNA via Yonhap"
    anna.go_to("a-v5n0ke")
    anna.press("L", "Left", "Return")
    assert chip_of(anna, "a-2m7xkq") == "North Korea via KCNA"
    anna.press("R")
    assert chip_of(anna, "a-2m7xkq") == "North Korea via RBC"
    anna.press("Ctrl+Z", "Ctrl+Z")
    assert chip_of(anna, "a-2m7xkq") == "North Korea via KCNA via Yonhap"
    assert page.tagging is anna.app.desk.tagging


def chip_of(hands: Hands, annotation_id: str) -> str:
    """The words of a chip now painted beside the text."""
    page = hands.app.page
    page.viewport().grab()
    (chip,) = (one for one in page.chips_in_view() if one.annotation.id == annotation_id)
    return chip.words


def test_a_click_on_a_chip_selects_its_attribution(anna: Hands) -> None:
    page = anna.app.page
    page.viewport().grab()
    for chip in page.chips_in_view()[:3]:
        place = chip.box.center().toPoint()
        QTest.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert anna.app.desk.selected == chip.annotation.id


def test_beside_what_has_no_source_the_chip_says_so(anna: Hands) -> None:
    assert chip_of(anna, "c-t1jz6p") == "the article itself"
    anna.go_to("c-t1jz6p")
    anna.press("U")
    assert chip_of(anna, "c-t1jz6p") == "source unknown"
    anna.press("U")
    anna.app.page.viewport().grab()
    assert "c-t1jz6p" not in [chip.annotation.id for chip in anna.app.page.chips_in_view()]
