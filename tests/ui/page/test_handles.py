from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.core.model import Annotation, Kind
from annotator.core.tagging import Tagging
from annotator.core.text.article import Article
from annotator.ui.page.mouse import GRIP, Edge, Handles, handle_under
from annotator.ui.page.page import Page
from tests.ui.hands import LEFT
from tests.ui.looking import pixels_of
from tests.ui.page.plain import NoLabels

TEXT = "Secondo Yonhap è così.\n" + "Una riga dopo l'altra.\n" * 60 + "Fine di tutto.\n"
FOUND: Handles = {"start": QPointF(100, 50), "end": QPointF(140, 50)}


@pytest.mark.parametrize(
    ("x", "y", "edge"),
    [
        (100, 50, "start"),
        (100 + GRIP, 50, "start"),
        (141, 52, "end"),
        (120, 50, None),
        (100, 51 + GRIP, None),
    ],
)
def test_a_press_near_a_handle_takes_hold_of_it(x: float, y: float, edge: Edge | None) -> None:
    assert handle_under(FOUND, QPointF(x, y)) == edge


def test_without_handles_there_is_nothing_to_take() -> None:
    assert handle_under({}, QPointF(100, 50)) is None


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    page = Page(NoLabels())
    qtbot.addWidget(page)
    page.resize(800, 300)
    article = Article(TEXT)
    short = Annotation(id="c-1", kind=Kind.CLAIM, spans=(article.span(8, 14),))
    long = Annotation(id="c-2", kind=Kind.CLAIM, spans=(article.span(15, len(TEXT) - 2),))
    page.show_article(article, Tagging([short, long]))
    with qtbot.waitExposed(page):
        page.show()
    return page


def test_the_handles_stand_below_the_first_and_the_last_character(page: Page) -> None:
    page.show_selected("c-1", frozenset())
    found = page.handles()
    page.put_caret(8)
    assert abs(found["start"].x() - page.cursorRect().x()) <= 1
    page.put_caret(14)
    assert abs(found["end"].x() - page.cursorRect().x()) <= 1
    assert page.cursorRect().bottom() <= found["end"].y() < page.cursorRect().bottom() + 10


def test_a_handle_out_of_sight_is_not_there(page: Page) -> None:
    page.show_selected("c-2", frozenset())
    assert set(page.handles()) == {"start"}
    page.put_caret(len(TEXT) - 2)
    assert set(page.handles()) == {"end"}
    page.verticalScrollBar().setValue(page.verticalScrollBar().maximum() // 2)
    assert page.handles() == {}


def test_while_a_target_is_chosen_there_are_none(page: Page) -> None:
    page.show_selected("c-1", frozenset())
    page.show_target("c-2")
    assert page.handles() == {}


def test_handles_are_painted_in_the_accent(page: Page) -> None:
    page.clearFocus()
    page.show_selected("c-1", frozenset())
    place = page.handles()["start"].toPoint()
    assert colour_at(page, place) == page.theme.accent.name()
    page.show_selected("", frozenset())
    assert colour_at(page, place) != page.theme.accent.name()


def colour_at(page: Page, place: QPoint) -> str:
    return pixels_of(page.viewport()).pixelColor(place).name()


def test_while_a_handle_is_dragged_the_words_it_would_give_are_selected(
    page: Page,
) -> None:
    page.show_selected("c-1", frozenset())
    start = page.handles()["end"].toPoint()
    page.put_caret(21)
    to = page.cursorRect().bottomLeft()
    heard: list[tuple[str, int]] = []
    page.handle_dragged.connect(lambda edge, at: heard.append((edge, at)))
    QTest.mousePress(page.viewport(), LEFT, pos=start)
    QTest.mouseMove(page.viewport(), to)
    assert page.selection == (8, 21)
    assert heard == []
    QTest.mouseRelease(page.viewport(), LEFT, pos=to)
    assert heard == [("end", 21)]
