from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.core import edits
from annotator.core.chains.lanes import assign_lanes
from annotator.core.model import Annotation, Kind
from annotator.core.tagging import Tagging
from annotator.core.text.article import Article
from annotator.ui import theme
from annotator.ui.page.column import GUTTER, NUMBERS
from annotator.ui.page.layers import LayerMark, LayerPiece, Layers, TaggingLayer
from annotator.ui.page.page import Page
from tests.ui.looking import pixels_of
from tests.ui.page.plain import NoLabels

TEXT = (
    "La KCNA ha confermato l'invio. Secondo Yonhap, che cita la KCNA, è così.\n"
    "\n"
    "Un altro paragrafo, detto da RBC.\n"
)
ARTICLE = Article(TEXT)
LEFT = Qt.MouseButton.LeftButton


def on(words: str, name: str, kind: Kind = Kind.CLAIM) -> Annotation:
    start = TEXT.index(words)
    return Annotation(id=name, kind=kind, spans=(ARTICLE.span(start, start + len(words)),))


CLAIM = on("La KCNA ha confermato", "c-anna01")
SAME = replace(CLAIM, id="c-boris1")
LONGER = on("La KCNA ha confermato l'invio", "c-boris2")


def layer(digit: int, name: str, *annotations: Annotation) -> TaggingLayer:
    return TaggingLayer(digit, name, Tagging(annotations))


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    page = Page(NoLabels())
    qtbot.addWidget(page)
    page.resize(700, 300)
    page.show_article(ARTICLE, Tagging())
    with qtbot.waitExposed(page):
        page.show()
    return page


def picture(page: Page) -> QImage:
    return pixels_of(page.viewport())


def holds(image: QImage, area: QRectF, color: QColor, near: int = 130) -> bool:
    """Whether a picture has something like that colour in an area."""
    wanted = color.getRgb()[:3]  # type: ignore[index]
    for x in range(int(area.left()), int(area.right())):
        for y in range(int(area.top()), int(area.bottom())):
            found = image.pixelColor(x, y).getRgb()[:3]  # type: ignore[index]
            if sum(abs(a - b) for a, b in zip(found, wanted, strict=True)) < near:
                return True
    return False


def marks(page: Page) -> list[LayerPiece]:
    """The pieces of the layers in the first paragraph."""
    return next(page.in_view())[0].marks(page.shown.layers)


# What is shown


def test_those_who_agree_exactly_are_one_mark_with_both_digits() -> None:
    layers = Layers([layer(1, "anna", CLAIM), layer(2, "boris", SAME)])
    (mark,) = layers.between(0, 10)
    assert (mark.label, mark.addresses) == ("1 2", ("anna#c-anna01", "boris#c-boris1"))


def test_those_who_differ_are_marks_of_their_own() -> None:
    quoted = replace(SAME, id="q-boris3", kind=Kind.QUOTE)
    layers = Layers([layer(1, "anna", CLAIM), layer(2, "boris", LONGER, quoted)])
    assert sorted(mark.label for mark in layers.between(0, 10)) == ["1", "2", "2"]


def test_the_same_id_in_two_files_is_two_things() -> None:
    layers = Layers([layer(1, "anna", CLAIM), layer(2, "boris", replace(LONGER, id=CLAIM.id))])
    assert len({mark.annotation.id for mark in layers.between(0, 10)}) == 2


def test_only_what_is_wanted_of_a_layer_is_shown() -> None:
    wanted = TaggingLayer(1, "anna", Tagging((CLAIM, on("Yonhap", "c-anna02"))), "c-anna02".__eq__)
    assert [mark.addresses for mark in Layers([wanted]).between(0, 70)] == [("anna#c-anna02",)]


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 20)), max_size=8),
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 20)), max_size=8),
)
def test_lines_of_layers_stand_below_those_of_ones_own(
    own: list[tuple[int, int]], others: list[tuple[int, int]]
) -> None:
    tags = [_made("c", nth, *place) for nth, place in enumerate(own)]
    marks = [_made("q", nth, *place) for nth, place in enumerate(others)]
    lanes = assign_lanes(tags)
    below = assign_lanes(marks, [(tag, lanes[tag.id]) for tag in tags])
    for mark in marks:
        for nth, other in enumerate((*tags, *marks)):
            lane = lanes[other.id] if nth < len(tags) else below[other.id]
            if other is not mark and other.start < mark.end and mark.start < other.end:
                assert below[mark.id] != lane
                assert nth >= len(tags) or below[mark.id] > lane


def _made(letter: str, nth: int, start: int, length: int) -> Annotation:
    span = ARTICLE.span(start, start + length)
    return Annotation(id=f"{letter}-{nth}", kind=Kind.CLAIM, spans=(span,))


# How it looks


def test_a_layer_is_a_thin_line_below_the_words_and_a_stripe_beside_them(page: Page) -> None:
    page.show_layers(Layers([layer(1, "anna", CLAIM)]))
    color = theme.LIGHT.kinds[Kind.CLAIM].line
    box = _words_box(page, "confermato")
    image = picture(page)
    assert holds(image, box.adjusted(0, box.height() - 2, 0, 6), color)
    assert holds(image, QRectF(40, box.top(), GUTTER - 50, box.height()), color)
    page.show_layers(Layers())
    assert not holds(picture(page), QRectF(40, box.top(), GUTTER - 50, box.height()), color)


def test_annotators_are_told_apart_by_the_pattern_of_their_stripes(page: Page) -> None:
    strokes = set()
    for digit in (1, 2, 3, 4):
        page.show_layers(Layers([layer(digit, "anna", on(TEXT[:72], "c-anna01"))]))
        image = picture(page).copy(GUTTER - 14, 20, 6, 90)
        strokes.add(bytes(image.constBits()))
    assert len(strokes) == 4


def test_however_many_lie_over_one_another_their_stripes_leave_the_number_free(
    page: Page,
) -> None:
    many = [on(TEXT[: 40 + nth], f"c-{nth:06d}") for nth in range(12)]
    number = QRectF(0, 20, NUMBERS, 30).toRect()
    before = pixels_of(page.viewport(), number)
    page.show_layers(Layers([layer(4, "anna", *many)]))
    assert pixels_of(page.viewport(), number) == before


def test_words_have_more_room_below_them_while_layers_are_shown(page: Page) -> None:
    page.put_caret(TEXT.index("RBC"))
    before = page.cursorRect().top()
    page.show_layers(Layers([layer(1, "anna", CLAIM)]))
    assert page.cursorRect().top() > before
    assert page.caret == TEXT.index("RBC")
    page.show_layers(Layers())
    assert page.cursorRect().top() == before


def test_layers_make_way_for_a_new_tag_of_ones_own(page: Page) -> None:
    page.show_layers(Layers([layer(1, "anna", CLAIM)]))
    (before,) = marks(page)
    change = edits.tag(page.tagging, ARTICLE, Kind.CLAIM, [(0, 20)])
    page.tagging.apply(change)
    page.show_change(change)
    (after,) = marks(page)
    assert (before.lane, after.lane) == (0, 1)


def test_in_text_from_right_to_left_the_digit_stands_at_the_right(qtbot: QtBot) -> None:
    words = "أعلنت وكالة الأنباء المركزية الكورية"
    article, page = Article(f"{words} أن القوات وصلت.\n"), Page(NoLabels())
    qtbot.addWidget(page)
    page.resize(700, 300)
    page.show_article(article, Tagging())
    with qtbot.waitExposed(page):
        page.show()
    tag = Annotation(id="c-1", kind=Kind.CLAIM, spans=(article.span(0, len(words)),))
    page.show_layers(Layers([layer(1, "anna", tag)]))
    pieces = marks(page)
    begins = next(piece.box for piece in pieces if piece.begins)
    assert begins.right() == max(piece.box.right() for piece in pieces)


# The mouse


def test_a_click_on_a_layer_tells_whose_it_is(page: Page, qtbot: QtBot) -> None:
    page.show_layers(Layers([layer(1, "anna", CLAIM), layer(2, "boris", SAME, LONGER)]))
    with qtbot.waitSignal(page.marks_clicked) as told:
        QTest.mouseClick(page.viewport(), LEFT, pos=_place(page, "confermato"))
    marks: list[LayerMark] = told.args[0]
    assert [mark.addresses for mark in marks] == [
        ("anna#c-anna01", "boris#c-boris1"),
        ("boris#c-boris2",),
    ]


def test_a_click_beside_all_layers_tells_nothing(page: Page, qtbot: QtBot) -> None:
    page.show_layers(Layers([layer(1, "anna", CLAIM)]))
    with qtbot.assertNotEmitted(page.marks_clicked):
        QTest.mouseClick(page.viewport(), LEFT, pos=_place(page, "RBC"))


def _place(page: Page, words: str) -> QPoint:
    page.put_caret(TEXT.index(words) + 1)
    return page.cursorRect().center()


def _words_box(page: Page, words: str) -> QRectF:
    page.put_caret(TEXT.index(words) + len(words))
    right = QRectF(page.cursorRect())
    page.put_caret(TEXT.index(words))
    return QRectF(page.cursorRect()).united(right)
