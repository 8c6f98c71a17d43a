from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from annotator.core.model import Kind
from annotator.core.tagging import Tagging
from annotator.core.text.article import Article
from annotator.core.text.find import find, tag_all
from annotator.core.text.hits import Hits
from annotator.ui.page.lines import TextLines
from annotator.ui.page.page import Page
from annotator.ui.page.painter import paint_hits
from annotator.ui.theme import LIGHT
from tests.ui.looking import pixels_of
from tests.ui.page.plain import NoLabels

TEXT = "Secondo la KCNA 😀, che cita la kcna, è così.\n\nLa KCNA, ancora.\n"
Show = Callable[[str], Page]


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    """Shows a text on a page."""

    def shown(text: str) -> Page:
        page = Page(NoLabels())
        qtbot.addWidget(page)
        page.resize(500, 300)
        page.show_article(Article(text), Tagging())
        page.show()
        page.document().size()
        return page

    return shown


def picture(page: Page) -> QImage:
    return pixels_of(page.viewport())


def changed(before: QImage, after: QImage) -> set[tuple[int, int]]:
    """The pixels that are not as they were."""
    return {
        (x, y)
        for x in range(before.width())
        for y in range(before.height())
        if before.pixel(x, y) != after.pixel(x, y)
    }


def boxes(page: Page, hits: Hits) -> list[QRectF]:
    """Where the hits are in the viewport."""
    return [
        box.translated(corner)
        for paragraph, corner in page.in_view()
        for box in paragraph.lines.boxes(hits.ranges)
    ]


def shown_hits(page: Page, words: str) -> tuple[Hits, set[tuple[int, int]]]:
    hits = Hits(page.article.text, find(page.article.text, words))
    before = picture(page)
    page.show_hits(hits)
    return hits, changed(before, picture(page))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (TEXT, "kcna"),
        ("أعلنت وكالة الأنباء (KCNA) أن وكالة أخرى نقلت ذلك.\n", "وكالة"),
        ("북한이 러시아에 군대를 파견했다고 러시아가 밝혔다.\n", "러시아"),
    ],
)
def test_every_hit_is_outlined_and_nothing_else(show: Show, text: str, words: str) -> None:
    page = show(text)
    hits, pixels = shown_hits(page, words)
    found = boxes(page, hits)
    assert len(found) == len(hits) > 1
    around = [box.adjusted(-2, -1, 2, 1) for box in found]
    assert all(any(box.contains(*pixel) for box in around) for pixel in pixels)
    for box in found:
        edge = {(x, y) for x, y in pixels if abs(y - box.top()) <= 1 and box.left() <= x}
        assert len({x for x, _ in edge if x <= box.right()}) >= box.width() - 3


def test_a_hit_that_goes_on_in_the_next_line_is_outlined_in_both(show: Show) -> None:
    page = show("Secondo la Korean Central News Agency " * 3 + "\n")
    hits, pixels = shown_hits(page, page.article.text[:90])
    found = boxes(page, hits)
    assert len(found) > 1
    assert all(any(box.adjusted(-2, -1, 2, 1).contains(*one) for one in pixels) for box in found)


def test_what_is_tagged_so_already_is_quieter(show: Show) -> None:
    page = show("KCNA e KCNA\n")
    hits, _ = shown_hits(page, "kcna")
    before = picture(page)
    hits.follow(tag_all(Tagging(), page.article, Kind.CLAIM, [hits.ranges[0]]))
    page.show_hits(hits)
    first, second = boxes(page, hits)
    pixels = changed(before, picture(page))
    assert any(first.adjusted(-2, -1, 2, 1).contains(*one) for one in pixels)
    assert not any(second.adjusted(-1, -1, 2, 1).contains(*one) for one in pixels)


def test_no_hits_leave_the_page_as_it_was(show: Show) -> None:
    page = show(TEXT)
    before = picture(page)
    shown_hits(page, "kcna")
    page.show_hits(Hits())
    assert not changed(before, picture(page))


def test_of_a_paragraph_longer_than_the_view_only_what_is_in_view_is_looked_at(
    show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = show("KCNA " * 5_000)
    hits = Hits(page.article.text, find(page.article.text, "KCNA"))
    looked_at: list[tuple[int, int]] = []

    def note(lines: TextLines, ranges: Iterable[tuple[int, int]]) -> list[QRectF]:
        looked_at.extend(ranges)
        return []

    monkeypatch.setattr(TextLines, "boxes", note)
    paragraph, _ = next(page.in_view())
    paper = QImage(10, 10, QImage.Format.Format_RGB32)
    painter = QPainter(paper)
    paint_hits(painter, paragraph, hits, LIGHT, (1_000.0, 1_200.0))
    painter.end()
    assert 20 < len(looked_at) < 200
    line = paragraph.lines.block.layout().lineForTextPosition(looked_at[0][0])
    assert line.rect().bottom() >= 1_000 > line.rect().top() - line.height()


def test_where_the_page_scrolls_the_outlines_go_along(show: Show) -> None:
    page = show("Secondo la KCNA.\n" * 100)
    hits, _ = shown_hits(page, "kcna")
    page.put_caret(len(page.article.text) - 1)
    pixels = changed(picture(page), without_hits(page))
    in_view = QRectF(page.viewport().rect())
    whole = [box for box in boxes(page, hits) if in_view.contains(box)]
    assert len(whole) > 5
    assert all(any(box.contains(*pixel) for pixel in pixels) for box in whole)


def without_hits(page: Page) -> QImage:
    page.show_hits(Hits())
    return picture(page)
