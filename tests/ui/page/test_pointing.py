"""Where a click leads that is between two lines, and a drag that strays from its line."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest

from tests.ui.hands import LEFT, Hands


def spot(hands: Hands, words: str) -> tuple[QPoint, int]:
    """The middle of the line at the beginning of some words, and half the way between two."""
    start, _ = hands.select(words)
    hands.window.page.put_caret(start)
    line = hands.window.page.cursorRect()
    return line.center(), line.height() // 2


def click(hands: Hands, place: QPoint) -> int:
    QTest.mouseClick(hands.window.page.viewport(), LEFT, pos=place)
    return hands.window.page.caret


def test_a_click_between_two_lines_goes_to_the_nearer_one(carla: Hands) -> None:
    place, half = spot(carla, "sudcoreana Yonhap")
    middle = click(carla, place)
    assert carla.window.page.article.text[middle:].startswith("sudcoreana")
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
    page = carla.window.page
    for down in range(-30, 30):
        click(carla, place + QPoint(0, down))
        assert abs(page.cursorRect().x() - place.x()) < 12


def test_a_drag_may_stray_between_the_lines(carla: Hands) -> None:
    place, half = spot(carla, "sudcoreana Yonhap")
    start, _ = spot(carla, "La notizia è stata")
    viewport = carla.window.page.viewport()
    QTest.mousePress(viewport, LEFT, pos=start)
    QTest.mouseMove(viewport, place - QPoint(20, 0))
    QTest.mouseMove(viewport, place + QPoint(0, half + 3))
    QTest.mouseRelease(viewport, LEFT, pos=place + QPoint(0, half + 3))
    assert carla.words == "La notizia è stata riportata dall'agenzia "
