"""Where a click leads that is between two lines, and a drag that strays from its line."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest

from tests.ui.hands import LEFT, Hands


def spot(hands: Hands, words: str) -> tuple[QPoint, int]:
    """The middle of the line at the beginning of some words, and half the way between two."""
    start, _ = hands.select(words)
    hands.app.page.put_caret(start)
    line = hands.app.page.cursorRect()
    return line.center(), line.height() // 2


def click(hands: Hands, place: QPoint) -> int:
    QTest.mouseClick(hands.app.page.viewport(), LEFT, pos=place)
    return hands.app.page.caret


def test_a_click_between_two_lines_goes_to_the_nearer_one(carla: Hands) -> None:
    place, half = spot(carla, "sudcoreana Yonhap")
    middle = click(carla, place)
    assert carla.app.page.article.text[middle:].startswith("sudcoreana")
    for down in (-half - 3, half + 2):
        assert click(carla, place + QPoint(0, down)) == middle
    above, below = (
        click(carla, place - QPoint(0, half + 9)),
        click(carla, place + QPoint(0, half + 9)),
    )
    assert above < middle - 40
    assert below > middle + 40


def test_every_place_of_the_page_leads_to_the_column_under_the_mouse(carla: Hands) -> None:
    place, _ = spot(carla, "sudcoreana Yonhap")
    page = carla.app.page
    for down in range(-30, 30):
        click(carla, place + QPoint(0, down))
        assert abs(page.cursorRect().x() - place.x()) < 12


@pytest.mark.parametrize("words", ["", "La Corea del Nord conferma"])
def test_a_click_does_not_turn_the_page_back_to_where_the_caret_was(
    anna: Hands, words: str
) -> None:
    page = anna.app.page
    anna.window.resize(900, 500)
    anna.select(words or "La Corea")
    if not words:
        page.put_caret(0)
    page.verticalScrollBar().setValue(600)
    QTest.mouseClick(page.viewport(), LEFT, pos=QPoint(300, 200))
    assert page.verticalScrollBar().value() == 600
    assert page.viewport().rect().contains(page.cursorRect())
    assert anna.words == ""


def test_a_drag_may_stray_between_the_lines(carla: Hands) -> None:
    place, half = spot(carla, "sudcoreana Yonhap")
    start, _ = spot(carla, "La notizia è stata")
    viewport = carla.app.page.viewport()
    QTest.mousePress(viewport, LEFT, pos=start)
    QTest.mouseMove(viewport, place - QPoint(20, 0))
    QTest.mouseMove(viewport, place + QPoint(0, half + 3))
    QTest.mouseRelease(viewport, LEFT, pos=place + QPoint(0, half + 3))
    assert carla.words == "La notizia è stata riportata dall'agenzia "
