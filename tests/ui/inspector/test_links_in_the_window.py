"""What lies well in the hand: links cut at a glance, nothing that jumps, nothing cut short."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from annotator.core.model import Kind
from annotator.ui.inspector.links import CROSS, Links
from tests.ui.hands import LEFT, Hands
from tests.ui.looking import pixels_of

NORTH_KOREA, CLAIM, KCNA = "a-2m7xkq", "c-8r3tdw", "a-v5n0ke"


def field_of(hands: Hands, name: str) -> Links:
    field = getattr(hands.app.inspector, name)
    assert isinstance(field, Links)
    assert field.isVisible()
    return field


def cross_out(links: Links) -> None:
    """Click on the cross of the first line."""
    box = links.visualItemRect(links.item(0))
    QTest.mouseClick(links.viewport(), LEFT, pos=QPoint(box.right() - CROSS // 2, box.center().y()))


@pytest.mark.parametrize(("tag", "name"), [(NORTH_KOREA, "content"), (CLAIM, "said_by")])
def test_the_cross_of_a_line_unlinks_and_the_tag_stays_selected(
    anna: Hands, tag: str, name: str
) -> None:
    anna.go_to(tag)
    cross_out(field_of(anna, name))
    assert anna.get(NORTH_KOREA).content == ()
    assert anna.app.desk.selected == tag
    anna.press("Ctrl+Z")
    assert anna.get(NORTH_KOREA).content == (CLAIM,)


def test_delete_in_the_list_unlinks_too(anna: Hands) -> None:
    anna.go_to(NORTH_KOREA)
    links = field_of(anna, "via")
    links.setFocus()
    links.setCurrentRow(0)
    anna.press("Del")
    assert anna.get(NORTH_KOREA).via is None
    assert len(anna.get(KCNA).spans) == 1


def test_a_click_on_the_words_of_a_line_goes_there(anna: Hands) -> None:
    anna.go_to(NORTH_KOREA)
    links = field_of(anna, "content")
    QTest.mouseClick(
        links.viewport(), LEFT, pos=links.visualItemRect(links.item(0)).topLeft() + QPoint(20, 8)
    )
    assert anna.app.desk.selected == CLAIM
    assert anna.get(NORTH_KOREA).content == (CLAIM,)


def test_what_a_quote_has_from_the_claim_around_it_is_not_cut_at_the_quote(anna: Hands) -> None:
    inherited = next(
        one
        for one in anna.tags(Kind.QUOTE)
        if one.unattributed is None and not anna.app.desk.tagging.linked(one.id)
    )
    before = anna.tags()
    anna.go_to(inherited.id)
    links = field_of(anna, "said_by")
    cross_out(links)
    assert anna.tags() == before


def double_click(hands: Hands, words: str) -> None:
    viewport, place = hands.app.page.viewport(), hands.place_of(words)
    QTest.mouseClick(viewport, LEFT, pos=place)
    QTest.mouseDClick(viewport, LEFT, pos=place)


def test_a_double_click_on_a_word_keeps_the_tag_that_it_is_to_be_linked_with(carla: Hands) -> None:
    says = carla.tag_alone("Secondo la KCNA", "K")
    double_click(carla, "truppe")
    assert carla.words == "truppe"
    assert carla.app.desk.selected == says.id
    carla.press("1")
    (claim,) = carla.tags(Kind.CLAIM)
    assert carla.get(says.id).content == (claim.id,)


def test_a_click_beside_all_tags_still_lets_go_of_the_tag(carla: Hands) -> None:
    carla.tag_alone("Secondo la KCNA", "K")
    carla.click("truppe")
    assert carla.selected is None
    double_click(carla, "invio")
    assert carla.selected is None


def test_the_lists_stay_where_they_are_from_tag_to_tag(anna: Hands, qtbot: QtBot) -> None:
    top = {}
    anna.go_to(NORTH_KOREA)
    for tag in (NORTH_KOREA, CLAIM, KCNA, NORTH_KOREA):
        anna.go_to(tag)
        QApplication.processEvents()
        top[tag] = anna.window.tabs.mapToGlobal(QPoint()).y()
    assert len(set(top.values())) == 1


def test_a_chip_without_room_for_its_chain_tells_it_under_the_mouse(
    anna: Hands, qtbot: QtBot
) -> None:
    anna.window.resize(1150, 800)
    anna.go_to(NORTH_KOREA)
    page = anna.app.page
    page.grab()
    chip = next(one for one in page.chips_in_view() if one.annotation.id == NORTH_KOREA)
    assert chip.words != "North Korea via KCNA via Yonhap"
    place = chip.box.center().toPoint()
    event = QHelpEvent(QHelpEvent.Type.ToolTip, place, page.viewport().mapToGlobal(place))
    QApplication.sendEvent(page.viewport(), event)
    qtbot.waitUntil(lambda: QToolTip.text() == "North Korea via KCNA via Yonhap")
    QToolTip.hideText()


def test_selected_words_stand_out_from_a_tag_that_is_lit(anna: Hands) -> None:
    page = anna.app.page
    quote = anna.tags(Kind.QUOTE)[0]
    anna.go_to(quote.id)
    page.select(quote.start, quote.end)
    picture, box = pixels_of(page.viewport()), page.cursorRect()
    beside = picture.pixelColor(box.left() - 30, box.top() + 3).name()
    assert beside == page.theme.selection.name()
    assert beside != page.theme.kinds[Kind.QUOTE].lit.name()


def test_who_says_what_says_that_nothing_is_said_yet(carla: Hands) -> None:
    nothing = carla.app.who_says_what.nothing
    assert nothing.isVisible()
    carla.tag("truppe", "1")
    assert not nothing.isVisible()
    carla.press("Ctrl+Z")
    assert nothing.isVisible()
