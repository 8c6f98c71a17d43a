from __future__ import annotations

from itertools import combinations
from math import inf
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from annotator.core.chains.lanes import assign_lanes
from annotator.core.model import Annotation, Kind
from annotator.core.tagging import Tagging
from annotator.core.text.article import Article
from annotator.storage.reading import read_tagged
from annotator.ui.page.article_layout import ArticleLayout
from annotator.ui.page.column import LINE_HEIGHT
from annotator.ui.page.lanes import TagPiece
from annotator.ui.theme import reading_font

TEXT = "Secondo la KCNA, l'invio di truppe rientra negli obblighi. " * 4


def claim(start: int, end: int, name: str = "c-000000", text: str = TEXT) -> Annotation:
    return Annotation(id=name, kind=Kind.CLAIM, spans=(Article(text).span(start, end),))


def laid_out(text: str, *annotations: Annotation, width: int = 476) -> ArticleLayout:
    """An article and its tags in a column of some width; it needs no window."""
    shown = ArticleLayout(Article(text), Tagging(annotations), reading_font(12), LINE_HEIGHT)
    shown.document.setTextWidth(width)
    return shown


def pieces(shown: ArticleLayout, nth: int = 0) -> list[TagPiece]:
    paragraphs = [paragraph for paragraph, _ in shown.between(0, inf)]
    return paragraphs[nth].pieces


def meet(one: TagPiece, other: TagPiece) -> bool:
    """Whether two pieces stand over the same words; those side by side only touch."""
    both = one.box.intersected(other.box)
    return both.width() > 1 and both.height() > 1


# Lanes


def lies_inside(inner: Annotation, outer: Annotation) -> bool:
    shorter = inner.end - inner.start < outer.end - outer.start
    return shorter and outer.start <= inner.start and inner.end <= outer.end


RANGES = st.tuples(st.integers(0, 60), st.integers(1, 30)).map(lambda r: (r[0], r[0] + r[1]))


@given(st.lists(RANGES, max_size=12))
def test_what_overlaps_has_lanes_of_its_own_and_inner_ones_lie_above(
    ranges: list[tuple[int, int]],
) -> None:
    tags = [claim(*one, name=f"c-{nth:06}") for nth, one in enumerate(ranges)]
    lanes = assign_lanes(tags)
    for one, other in combinations(tags, 2):
        if one.start < other.end and other.start < one.end:
            assert lanes[one.id] != lanes[other.id]
        if lies_inside(other, one):
            assert lanes[other.id] < lanes[one.id]


@given(st.lists(RANGES, max_size=12))
def test_no_more_lanes_are_used_than_there_are_tags_over_each_other(
    ranges: list[tuple[int, int]],
) -> None:
    tags = [claim(*one, name=f"c-{nth:06}") for nth, one in enumerate(ranges)]
    deepest = max((sum(a.start < b.end and b.start < a.end for b in tags) for a in tags), default=0)
    assert max(assign_lanes(tags).values(), default=-1) < deepest


# Pieces


def test_nested_and_overlapping_tags_lie_in_different_lanes_on_every_line(qapp: object) -> None:
    tags = [claim(0, 200, "c-outer0"), claim(8, 40, "c-inner0"), claim(30, 90, "c-across")]
    shown = laid_out(TEXT, *tags)
    found = pieces(shown)
    assert len({piece.box.top() for piece in found}) > 2
    crossing = [(a, b) for a, b in combinations(found, 2) if meet(a, b)]
    assert len(crossing) > 3
    assert all(one.lane != other.lane for one, other in crossing)


def test_what_lies_apart_shares_the_lane_next_to_the_words(qapp: object) -> None:
    shown = laid_out(TEXT, claim(0, 10, "c-000001"), claim(20, 30, "c-000002"))
    assert [piece.lane for piece in pieces(shown)] == [0, 0]


def test_a_tag_over_several_lines_has_a_piece_in_each(qapp: object) -> None:
    shown = laid_out(TEXT, claim(0, len(TEXT) - 1))
    lines = shown.document.firstBlock().layout().lineCount()
    assert lines > 2
    assert len({piece.box.top() for piece in pieces(shown)}) == len(pieces(shown)) == lines


def test_a_tag_over_several_paragraphs_has_its_pieces_in_each(qapp: object) -> None:
    text = "one\ntwo\n\nthree"
    shown = laid_out(text, claim(1, len(text) - 1, text=text))
    assert [len(pieces(shown, nth)) for nth in range(4)] == [1, 1, 0, 1]


def test_the_parts_of_a_tag_are_pieces_of_their_own(qapp: object) -> None:
    article = Article(TEXT)
    spans = (article.span(0, 7), article.span(17, 25))
    shown = laid_out(TEXT, Annotation(id="c-000000", kind=Kind.CLAIM, spans=spans))
    first, second = pieces(shown)
    assert first.box.right() < second.box.left()


def test_a_piece_covers_its_words_and_no_more(qapp: object) -> None:
    shown = laid_out(TEXT, claim(8, 15))
    (piece,) = pieces(shown)
    line = shown.document.firstBlock().layout().lineAt(0)
    left, right = line.cursorToX(8)[0], line.cursorToX(15)[0]  # type: ignore[index]
    assert (piece.box.left(), piece.box.right()) == (left, right)


def test_a_tag_at_the_end_of_a_line_does_not_reach_into_the_margin(qapp: object) -> None:
    shown = laid_out(TEXT, claim(0, 200))
    layout = shown.document.firstBlock().layout()
    for nth, piece in enumerate(pieces(shown)):
        line = layout.lineAt(nth)
        assert piece.box.right() <= line.x() + line.naturalTextWidth()


def test_words_beyond_the_first_plane_are_covered_where_they_stand(qapp: object) -> None:
    text = "\U0001f600\U0001f600 Yonhap \U0001f600"
    shown = laid_out(text, claim(3, 9, text=text))
    (piece,) = pieces(shown)
    line = shown.document.firstBlock().layout().lineAt(0)
    assert piece.box.left() == line.cursorToX(5)[0]  # type: ignore[index]
    assert piece.box.right() == line.cursorToX(11)[0]  # type: ignore[index]


def test_words_of_both_directions_are_covered_run_by_run(qapp: object) -> None:
    text = "Secondo وكالة يونهاب الجنوبية scrive"
    whole = text.index("scrive") - 3, len(text)
    shown = laid_out(text, claim(*whole, text=text))
    found = pieces(shown)
    assert len(found) == 2
    assert not meet(*found)


def test_words_from_right_to_left_stand_at_the_right(qapp: object) -> None:
    text = "قالت وكالة يونهاب"
    shown = laid_out(text, claim(0, 4, text=text), claim(11, 17, "c-000001", text=text))
    first, last = sorted(pieces(shown), key=lambda piece: piece.annotation.start)
    assert first.box.left() > last.box.right()


def test_pieces_of_the_seed_article_never_hide_one_another(qapp: object, seeds: Path) -> None:
    article, document = read_tagged(seeds / "annotations" / "corea-del-nord.anna.yaml")
    shown = laid_out(article.text, *document.annotations)
    blocks = range(shown.document.blockCount())
    found = [piece for nth in blocks for piece in pieces(shown, nth)]
    assert {piece.annotation.id for piece in found} == {a.id for a in document.annotations}
    for nth in blocks:
        for one, other in combinations(pieces(shown, nth), 2):
            assert one.lane != other.lane or not meet(one, other)


def test_longer_tags_come_first_so_that_inner_fills_lie_on_top(qapp: object) -> None:
    shown = laid_out(TEXT, claim(8, 20, "c-inner0"), claim(0, 40, "c-outer0"))
    assert [piece.annotation.id for piece in pieces(shown)][-1] == "c-inner0"
    assert pieces(laid_out(TEXT)) == []
