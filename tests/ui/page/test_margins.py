from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage
from pytestqt.qtbot import QtBot

from annotator.core.model import Annotation, Kind, Unattributed
from annotator.core.tagging import Tagging
from annotator.core.text.article import Article
from annotator.ui import theme
from annotator.ui.page.chips import DOT, Chip, ChipMargin, TagLabels
from annotator.ui.page.column import GUTTER
from annotator.ui.page.lanes import TagPiece, new_piece, stripes
from annotator.ui.page.page import Page
from tests.ui.looking import pixels_of
from tests.ui.page.plain import NoLabels, PlainLabels

TEXT = (
    "La KCNA ha confermato l'invio di truppe. Secondo Yonhap, che cita la KCNA, è così, e lo "
    "ripete il giorno dopo un portavoce.\nUn altro paragrafo, detto da RBC a Mosca.\n"
)
LINE = 30.0


def on(words: str, name: str, kind: Kind = Kind.CLAIM) -> Annotation:
    start = TEXT.index(words)
    return Annotation(id=name, kind=kind, spans=(Article(TEXT).span(start, start + len(words)),))


SAYS = on("Secondo Yonhap", "a-yonhap", Kind.ATTRIBUTION)
CITING = on("che cita la KCNA", "a-kcna", Kind.ATTRIBUTION)
FAR = on("detto da RBC", "a-rbc", Kind.ATTRIBUTION)
CLAIM = on("La KCNA ha confermato", "c-1")


def piece(annotation: Annotation, line: int, left: float = 0, width: float = 50) -> TagPiece:
    return new_piece(annotation, 0, QRectF(left, line * LINE, width, LINE))


# Stripes


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(1, 6)), max_size=14))
def test_stripes_that_overlap_never_share_a_lane(reaches: list[tuple[int, int]]) -> None:
    pieces = [
        piece(replace(CLAIM, id=f"c-{nth}"), line)
        for nth, (first, length) in enumerate(reaches)
        for line in range(first, first + length)
    ]
    found = stripes(pieces)
    assert len(found) == len(reaches)
    for one, other in combinations(found, 2):
        if one.top < other.bottom and other.top < one.bottom:
            assert one.lane != other.lane


def test_a_stripe_reaches_over_all_lines_of_its_tag() -> None:
    (stripe,) = stripes([piece(CLAIM, 1), piece(CLAIM, 3)])
    assert (stripe.top, stripe.bottom) == (LINE, 4 * LINE)


def test_the_shortest_stripe_is_nearest_to_the_words() -> None:
    long, short = [piece(CLAIM, n) for n in range(4)], [piece(SAYS, 1)]
    lanes = {one.annotation.id: one.lane for one in stripes([*long, *short])}
    assert lanes == {"a-yonhap": 0, "c-1": 1}


# Chips


def laid_out(pieces: list[TagPiece], right: float = 400.0) -> list[Chip]:
    return margin(Chains(), right).chips(pieces, 0)


def margin(labels: TagLabels, right: float) -> ChipMargin:
    return ChipMargin(labels, Tagging(), theme.LIGHT, QFontMetricsF(QFont()), 200.0, right)


class Chains(PlainLabels):
    """Every annotation has a chip."""

    def chip_words(self, tagging: Tagging, annotation: Annotation) -> str:
        return f"chain of {annotation.id}"


def test_a_chip_stands_beside_the_line_where_its_tag_begins(qapp: object) -> None:
    (chip,) = laid_out([piece(SAYS, 2), piece(SAYS, 3)])
    assert chip.words == "chain of a-yonhap"
    assert 2 * LINE <= chip.box.top() <= chip.box.bottom() <= 3 * LINE
    assert 200 <= chip.box.left() <= chip.box.right() <= 400


def test_chips_of_one_line_stand_side_by_side_in_the_order_of_the_text(qapp: object) -> None:
    found = laid_out([piece(CITING, 1, left=90), piece(SAYS, 1)], right=900)
    assert [chip.annotation.id for chip in found] == ["a-yonhap", "a-kcna"]
    assert found[0].box.right() < found[1].box.left()
    assert not found[0].box.intersects(found[1].box)


def test_a_chip_with_little_room_is_a_dot_and_one_with_none_is_not_there(qapp: object) -> None:
    (dot,) = laid_out([piece(SAYS, 1)], right=230)
    assert (dot.words, dot.box.width(), dot.box.height()) == ("", DOT, DOT)
    assert laid_out([piece(SAYS, 1)], right=205) == []


def test_what_has_no_words_for_it_has_no_chip(qapp: object) -> None:
    assert margin(NoLabels(), 400).chips([piece(CLAIM, 1)], 0) == []


# On the page


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    page = Page(PlainLabels())
    qtbot.addWidget(page)
    page.resize(1000, 300)
    with qtbot.waitExposed(page):
        page.show()
    return page


def picture(page: Page, *annotations: Annotation, selected: str = "") -> QImage:
    page.show_article(Article(TEXT), Tagging(annotations))
    page.show_selected(selected, frozenset())
    return pixels_of(page.viewport())


def has(image: QImage, color: QColor, left: int, right: int) -> bool:
    """Whether a colour, or nearly so, is to be seen between two columns of pixels."""
    return any(
        near(image.pixelColor(x, y), color)
        for x in range(max(0, left), min(image.width(), right))
        for y in range(image.height())
    )


def near(one: QColor, other: QColor) -> bool:
    apart = (
        one.red() - other.red(),
        one.green() - other.green(),
        one.blue() - other.blue(),
    )
    return max(map(abs, apart)) < 40


@pytest.mark.parametrize("kind", list(Kind))
def test_a_stripe_in_the_colour_of_its_kind_stands_left_of_the_words(
    page: Page, kind: Kind
) -> None:
    line = theme.LIGHT.kinds[kind].line
    assert not has(picture(page), line, 0, GUTTER - 4)
    assert has(picture(page, replace(CLAIM, kind=kind)), line, 0, GUTTER - 4)


def test_attributions_and_decisions_have_chips_right_of_the_words(page: Page) -> None:
    says = replace(SAYS, source="yonhap")
    decided = replace(CLAIM, unattributed=Unattributed.ARTICLE)
    picture(page, says, decided, replace(CLAIM, id="c-2"))
    assert [(chip.annotation.id, chip.words) for chip in page.chips_in_view()] == [
        ("c-1", "article"),
        ("a-yonhap", "yonhap"),
    ]
    assert all(chip.box.left() > page.lineWrapColumnOrWidth() for chip in page.chips_in_view())


def test_a_connector_leads_from_the_selected_tag_to_what_it_is_linked_with(page: Page) -> None:
    tags = replace(SAYS, content=("c-1",)), CLAIM, replace(FAR, via="a-yonhap")
    color = QColor(theme.LIGHT.accent)
    page.labels = NoLabels()
    after = round(page.lineWrapColumnOrWidth()) + 2, round(page.lineWrapColumnOrWidth()) + 27
    bare = picture(page, *tags)
    drawn = picture(page, *tags, selected="a-yonhap")
    alone = picture(page, CLAIM, SAYS, FAR, selected="a-yonhap")

    def marks(image: QImage) -> set[tuple[int, int]]:
        return {
            (x, y)
            for x in range(*after)
            for y in range(image.height())
            if image.pixelColor(x, y) != bare.pixelColor(x, y)
        }

    assert marks(drawn)
    assert not marks(alone)
    blue = [drawn.pixelColor(x, y) for x, y in marks(drawn)]
    assert any(abs(one.hue() - color.hue()) < 15 for one in blue)


def test_a_tag_over_several_paragraphs_has_one_chip_where_it_begins(page: Page) -> None:
    start, end = TEXT.index("Secondo"), TEXT.index("detto da RBC") + 5
    long = replace(SAYS, spans=(Article(TEXT).span(start, end),), source="yonhap")
    picture(page, long)
    assert [chip.words for chip in page.chips_in_view()] == ["yonhap"]
    apart = replace(SAYS, spans=(*SAYS.spans, *FAR.spans), source="yonhap")
    picture(page, apart)
    assert [chip.words for chip in page.chips_in_view()] == ["yonhap", "yonhap"]


@pytest.mark.parametrize("points", [12, 16, 18])
def test_a_larger_text_leaves_the_chips_room_for_a_name(page: Page, points: float) -> None:
    page.set_zoom(points)
    picture(page, replace(SAYS, source="yonhap"))
    assert [chip.words for chip in page.chips_in_view()] == ["yonhap"]
    assert page.lineWrapColumnOrWidth() >= GUTTER + 48 * page.fontMetrics().averageCharWidth()
