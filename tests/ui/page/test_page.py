from __future__ import annotations

import random
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSlider, QApplication
from pytestqt.qtbot import QtBot

from annotator.core import edits
from annotator.core.model import Annotation, Kind, Unattributed
from annotator.core.tagging import Tagging
from annotator.core.text.article import Article
from annotator.ui import theme
from annotator.ui.page.lanes import TagPiece, tag_pieces
from annotator.ui.page.lines import TextLines
from annotator.ui.page.page import Page
from tests.ui.looking import pixels_of
from tests.ui.page.plain import NoLabels

TEXT = (
    "La KCNA ha confermato. Secondo Yonhap, che cita la KCNA, è così. Fine.\n"
    "\n"
    "Un altro paragrafo senza fonte.\n"
)
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def claim(article: Article, start: int, end: int, name: str = "c-000000") -> Annotation:
    return Annotation(id=name, kind=Kind.CLAIM, spans=(article.span(start, end),))


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    page = Page(NoLabels())
    qtbot.addWidget(page)
    page.resize(700, 300)
    page.show_article(Article(TEXT), Tagging())
    with qtbot.waitExposed(page):
        page.show()
    return page


def place_of(page: Page, words: str) -> QPoint:
    page.put_caret(page.article.text.index(words) + 1)
    return page.cursorRect().center()


def words_of(page: Page) -> str:
    start, end = page.selection
    return page.article.text[start:end]


# The mouse


def clicks(page: Page, words: str, times: int) -> None:
    """Click quickly, as the windowing system tells of it: every second press is a double one."""
    place = QPointF(place_of(page, words))
    kinds = [QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick]
    for nth in range(times):
        click(page, place, kinds[nth % 2], 1000 + 100 * nth)


def click(page: Page, place: QPointF, press: QEvent.Type, time: int) -> None:
    for kind in (press, QEvent.Type.MouseButtonRelease):
        screen = page.viewport().mapToGlobal(place)
        event = QMouseEvent(kind, place, screen, LEFT, LEFT, NONE)
        event.setTimestamp(time)
        QApplication.sendEvent(page.viewport(), event)


@pytest.mark.parametrize(
    ("times", "selected"),
    [
        (2, "Yonhap"),
        (3, "Secondo Yonhap, che cita la KCNA, è così."),
        (4, TEXT.split("\n")[0]),
        (5, TEXT.split("\n")[0]),
    ],
)
def test_further_clicks_select_the_word_the_sentence_the_paragraph(
    page: Page, times: int, selected: str
) -> None:
    clicks(page, "Yonhap", times)
    assert words_of(page) == selected


def test_a_third_click_elsewhere_begins_anew(page: Page) -> None:
    clicks(page, "Yonhap", 2)
    clicks(page, "paragrafo", 1)
    assert words_of(page) == ""


def test_a_double_click_is_no_click_on_a_tag(page: Page, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.clicked):
        clicks(page, "Yonhap", 1)
    heard: list[object] = []
    page.clicked.connect(heard.append)
    clicks(page, "Yonhap", 3)
    assert len(heard) == 1  # the first of the three: nobody can know yet what follows


def test_a_drag_over_selected_words_selects_anew(page: Page) -> None:
    page.select(0, 20)
    start, end = place_of(page, "KCNA"), place_of(page, "confermato")
    page.select(0, 20)
    QTest.mousePress(page.viewport(), LEFT, pos=start)
    QTest.mouseMove(page.viewport(), end)
    QTest.mouseRelease(page.viewport(), LEFT, pos=end)
    assert words_of(page) == "CNA ha c"


def test_a_click_tells_what_lies_there_the_shortest_first(page: Page, qtbot: QtBot) -> None:
    article = page.article
    start = TEXT.index("Secondo")
    outer, inner = (
        claim(article, start, start + 40, "c-outer0"),
        claim(article, start + 8, start + 14),
    )
    page.show_article(article, Tagging([outer, inner]))
    place = place_of(page, "Yonhap")
    with qtbot.waitSignal(page.clicked, check_params_cb=lambda under: under == [inner, outer]):
        QTest.mouseClick(page.viewport(), LEFT, pos=place)


def test_the_mouse_tells_only_when_it_comes_over_another_tag(page: Page) -> None:
    start = TEXT.index("Yonhap")
    tag = claim(page.article, start, start + 6)
    page.show_article(page.article, Tagging([tag]))
    heard: list[str] = []
    page.hovered.connect(heard.append)
    place, away = place_of(page, "Yonhap"), place_of(page, "paragrafo")
    for spot in (place, place + QPoint(3, 0), away, away + QPoint(2, 0), place):
        QTest.mouseMove(page.viewport(), spot)
    QApplication.sendEvent(page.viewport(), QEvent(QEvent.Type.Leave))
    assert heard == [tag.id, "", tag.id, ""]


# What is worked out, and how often


@pytest.fixture(scope="module")
def long_article() -> Article:
    dice = random.Random(1)
    words = ["truppe", "Corea", "ha", "dichiarato", "Yonhap", "l’invio", "secondo", "la", "KCNA"]
    paragraphs = (" ".join(dice.choices(words, k=120)) + "." for _ in range(1400))
    return Article("\n".join(paragraphs))


@pytest.fixture(scope="module")
def many(long_article: Article) -> list[Annotation]:
    dice, last = random.Random(2), len(long_article.text) - 200
    starts = (dice.randrange(last) for _ in range(10_000))
    return [
        claim(long_article, start, start + dice.randrange(10, 200), f"c-{nth:06}")
        for nth, start in enumerate(starts)
    ]


@pytest.fixture
def asked(page: Page, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers of the paragraphs whose pieces were worked out."""
    numbers: list[int] = []

    def counting(lines: TextLines, annotations: list[Annotation]) -> list[TagPiece]:
        numbers.append(lines.block.blockNumber())
        return tag_pieces(lines, annotations)

    monkeypatch.setattr("annotator.ui.page.paragraph.tag_pieces", counting)
    return numbers


@pytest.fixture
def big(
    page: Page, long_article: Article, many: list[Annotation], asked: list[int], qtbot: QtBot
) -> Page:
    """One megabyte with 10,000 annotations, at rest: laid out and painted."""
    assert len(long_article.text) > 950_000
    page.resize(900, 900)
    page.show_article(long_article, Tagging(many))
    page.document().size()

    def is_at_rest() -> bool:
        asked.clear()
        page.viewport().grab()
        return not asked

    with qtbot.waitSignal(page.document().documentLayout().documentSizeChanged):
        page.viewport().grab()
    qtbot.waitUntil(is_at_rest)
    return page


def visible(page: Page) -> set[int]:
    """The numbers of the paragraphs with words that are in view."""
    blocks = (paragraph.lines.block for paragraph, _ in page.in_view())
    return {block.blockNumber() for block in blocks if block.length() > 1}


def test_only_visible_paragraphs_are_asked_for_pieces(
    page: Page, long_article: Article, many: list[Annotation], asked: list[int]
) -> None:
    page.show_article(long_article, Tagging(many))
    asked.clear()
    page.viewport().grab()
    assert set(asked) == visible(page)
    asked.clear()
    page.put_caret(len(page.article.text) // 2)
    page.viewport().grab()
    assert set(asked) == visible(page)
    assert 0 < len(asked) < 10


def test_painting_again_works_nothing_out_again(big: Page, asked: list[int]) -> None:
    asked.clear()
    big.show_selected("c-000001", frozenset({"c-000001"}))
    big.viewport().grab()
    big.viewport().grab()
    assert asked == []


def test_what_a_page_down_shows_is_worked_out_while_this_one_is_read(
    big: Page, asked: list[int], qtbot: QtBot
) -> None:
    big.put_caret(len(big.article.text) // 2)
    big.viewport().grab()
    last = max(visible(big))
    qtbot.waitUntil(lambda: max(asked) > last + 1)
    qtbot.waitUntil(lambda: not big._ahead.under_way)
    asked.clear()
    big.verticalScrollBar().triggerAction(QAbstractSlider.SliderAction.SliderPageStepAdd)
    assert max(visible(big)) > last
    big.viewport().grab()
    assert asked == []


def test_a_part_that_is_painted_by_itself_looks_as_in_the_whole(big: Page) -> None:
    lit = frozenset(one.id for one in big.tagging.between(0, 300))
    big.show_selected(big.tagging.at_row(2).id, lit)
    big.show_problems(lit, [(40, 90)])
    whole = pixels_of(big.viewport())
    width, height = whole.width(), whole.height()
    for top in range(0, height, 37):
        strip = QRect(0, top, width, min(37, height - top))
        assert pixels_of(big.viewport(), strip) == whole.copy(strip)


def test_a_change_works_out_only_the_paragraphs_it_touches(big: Page, asked: list[int]) -> None:
    second = big.document().findBlockByNumber(1).position()
    change = edits.tag(big.tagging, big.article, Kind.QUOTE, [(second + 10, second + 40)])
    big.tagging.apply(change)
    asked.clear()
    big.show_change(change)
    big.viewport().grab()
    assert asked == [1]
    new = change.after[-1]
    touched = next(one for one, _ in big.in_view() if one.lines.block.blockNumber() == 1)
    assert new in [piece.annotation for piece in touched.pieces]


def test_a_change_out_of_sight_works_nothing_out(big: Page, asked: list[int]) -> None:
    far = len(big.article.text) // 2
    change = edits.tag(big.tagging, big.article, Kind.QUOTE, [(far, far + 40)])
    big.tagging.apply(change)
    asked.clear()
    big.show_change(change)
    big.viewport().grab()
    assert asked == []


def test_another_width_works_the_visible_paragraphs_out_again(page: Page, asked: list[int]) -> None:
    page.viewport().grab()
    asked.clear()
    page.resize(400, 300)
    page.viewport().grab()
    assert set(asked) == visible(page)


# What is painted


def colors(page: Page, words: str) -> set[str]:
    """The colours around some words, underlines included."""
    page.put_caret(len(page.article.text))
    start = page.article.text.index(words)
    page.put_caret(start)
    left = page.cursorRect().left()
    page.put_caret(start + len(words))
    box = page.cursorRect()
    page.clearFocus()
    page.put_caret(len(page.article.text))
    image = pixels_of(page.viewport())
    rows = range(box.top() - 2, box.bottom() + 14)
    return {image.pixelColor(x, y).name() for x in range(left, box.left()) for y in rows}


@pytest.mark.parametrize("worn", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
@pytest.mark.parametrize("kind", list(Kind))
def test_each_kind_has_its_line_and_its_ground(page: Page, kind: Kind, worn: theme.Theme) -> None:
    start = TEXT.index("Yonhap")
    tag = replace(claim(page.article, start, start + 6), kind=kind)
    page.set_theme(worn)
    page.show_article(page.article, Tagging([tag]))
    hue = worn.kinds[kind]
    assert {hue.line.name(), hue.fill.name()} <= colors(page, "Yonhap")
    assert hue.line.name() not in colors(page, "confermato")


def test_what_is_lit_has_another_ground(page: Page) -> None:
    start = TEXT.index("Yonhap")
    tag = claim(page.article, start, start + 6)
    page.show_article(page.article, Tagging([tag]))
    page.show_selected("", frozenset({tag.id}))
    assert theme.LIGHT.kinds[Kind.CLAIM].lit.name() in colors(page, "Yonhap")


def test_the_selected_tag_is_framed(page: Page) -> None:
    start = TEXT.index("Yonhap")
    tag = claim(page.article, start, start + 6)
    page.show_article(page.article, Tagging([tag]))
    before = len(colors(page, "Yonhap"))
    page.show_selected(tag.id, frozenset())
    accent = theme.LIGHT.accent
    near = [QColor(name) for name in colors(page, "Yonhap")]
    assert any(abs(one.hue() - accent.hue()) < 12 and one.saturation() > 90 for one in near)
    assert len(near) > before


def test_the_line_of_what_has_no_source_is_dashed(page: Page) -> None:
    start = TEXT.index("confermato")
    tag = claim(page.article, start, start + 10)
    runs = []
    for one in (tag, replace(tag, unattributed=Unattributed.ARTICLE)):
        page.show_article(page.article, Tagging([one]))
        page.put_caret(len(TEXT))
        image = pixels_of(page.viewport())
        first, corner = next(page.in_view())
        (piece,) = first.pieces
        box = piece.box.translated(corner)
        line = theme.LIGHT.kinds[Kind.CLAIM].line.name()
        inside = range(round(box.left()) + 1, round(box.right()) - 1)
        rows = range(round(box.bottom()) - 2, round(box.bottom()) + 4)
        marks = [[image.pixelColor(x, y).name() == line for x in inside] for y in rows]
        runs.append(max(marks, key=sum))
    assert all(runs[0])
    assert any(runs[1])
    assert not all(runs[1])
