from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.core.change import Change, added, removed, replaced
from annotator.core.model import Annotation, Kind
from annotator.core.text.article import Article
from annotator.ui import theme
from annotator.ui.page.scroll_map import HEIGHT, WIDTH, ScrollMap
from tests.ui.looking import pixels_of

ARTICLE = Article("La KCNA ha confermato. " * 100)
TALL = 600


@pytest.fixture
def scroll_map(qtbot: QtBot) -> ScrollMap:
    found = ScrollMap()
    qtbot.addWidget(found)
    found.resize(16, TALL)
    found.setRange(0, 10)
    with qtbot.waitExposed(found):
        found.show()
    return found


def tag(start: int, kind: Kind = Kind.CLAIM, name: str = "c-1") -> Annotation:
    return Annotation(id=name, kind=kind, spans=(ARTICLE.span(start, start + 7),))


def show(found: ScrollMap, *annotations: Annotation) -> None:
    """Show a map, with the pause after the first paint in which the tags are counted."""
    found.show_map(annotations, len(ARTICLE.text))
    found.grab()
    QApplication.processEvents()


def ticks(found: ScrollMap) -> dict[Kind, set[int]]:
    """The rows of pixels in which each kind is to be seen."""
    image = pixels_of(found)
    return {kind: rows for kind in Kind if (rows := _rows(image, kind))}


def _rows(image: QImage, kind: Kind) -> set[int]:
    color = theme.LIGHT.kinds[kind].line
    columns = range(image.width() - WIDTH, image.width())
    rows = range(image.height())
    return {y for y in rows if any(image.pixelColor(x, y) == color for x in columns)}


def test_a_tick_stands_where_in_the_article_the_tag_stands(scroll_map: ScrollMap) -> None:
    length = len(ARTICLE.text)
    for start in (0, length // 2, length - 10):
        show(scroll_map, tag(start))
        (rows,) = ticks(scroll_map).values()
        assert len(rows) == HEIGHT
        assert abs(min(rows) - start / length * TALL) < 6


@pytest.mark.parametrize("kind", list(Kind))
def test_each_kind_has_its_colour(scroll_map: ScrollMap, kind: Kind) -> None:
    show(scroll_map, tag(50, kind))
    assert set(ticks(scroll_map)) == {kind}


def test_kinds_at_one_place_share_the_tick(scroll_map: ScrollMap) -> None:
    show(scroll_map, *(tag(50, kind, kind) for kind in Kind))
    found = ticks(scroll_map)
    assert set(found) == set(Kind)
    assert len({frozenset(rows) for rows in found.values()}) == 1


def test_ticks_follow_changes_and_their_undoing(scroll_map: ScrollMap) -> None:
    first, second = tag(10), tag(1200, Kind.QUOTE, "q-1")
    show(scroll_map, first)
    before = ticks(scroll_map)
    change = Change("Tag", added(second))
    scroll_map.show_change(change)
    assert set(ticks(scroll_map)) == {Kind.CLAIM, Kind.QUOTE}
    scroll_map.show_change(change.inverse())
    assert ticks(scroll_map) == before


def test_a_tag_of_another_kind_changes_its_tick(scroll_map: ScrollMap) -> None:
    show(scroll_map, tag(10))
    change = Change("Retag", replaced(tag(10), replace(tag(10), kind=Kind.QUOTE)))
    scroll_map.show_change(change)
    assert set(ticks(scroll_map)) == {Kind.QUOTE}


def test_the_tick_stays_while_another_tag_is_there(scroll_map: ScrollMap) -> None:
    one, other = tag(10), tag(11, name="c-2")
    show(scroll_map, one, other)
    before = ticks(scroll_map)
    scroll_map.show_change(Change("Delete", removed(one)))
    assert ticks(scroll_map) == before
    scroll_map.show_change(Change("Delete", removed(other)))
    assert ticks(scroll_map) == {}


def test_drawn_after_a_change_and_drawn_anew_are_the_same(scroll_map: ScrollMap) -> None:
    tags = [
        tag(at, kind, f"x-{at}")
        for at, kind in zip(range(0, 2100, 9), list(Kind) * 90, strict=False)
    ]
    show(scroll_map, *tags)
    scroll_map.grab()
    scroll_map.show_change(Change("Delete", removed(*tuple(tags[40:60]))))
    changed = pixels_of(scroll_map)
    show(scroll_map, *tags[:40], *tags[60:])
    assert pixels_of(scroll_map) == changed


def test_another_height_and_other_colours_move_and_recolour_the_ticks(
    scroll_map: ScrollMap,
) -> None:
    show(scroll_map, tag(2000))
    (before,) = ticks(scroll_map).values()
    scroll_map.resize(16, TALL // 2)
    (after,) = ticks(scroll_map).values()
    assert max(after) < min(before)
    scroll_map.set_theme(theme.DARK)
    image = pixels_of(scroll_map)
    line = theme.DARK.kinds[Kind.CLAIM].line
    assert image.pixelColor(image.width() - 2, min(after) + 1) == line
