from __future__ import annotations

import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from annotator.core import edits
from annotator.core.article import Article
from annotator.core.change import Change
from annotator.core.model import Kind
from annotator.core.tagging import Tagging
from annotator.ui.page.scroll_map import ScrollMap
from annotator.ui.theme import LIGHT

ARTICLE = Article("One says so. " * 100)


@pytest.fixture
def tagging() -> Tagging:
    made = Tagging()
    made.apply(tag(made, Kind.CLAIM, 0))
    return made


@pytest.fixture
def bar(qtbot: QtBot, tagging: Tagging) -> ScrollMap:
    bar = ScrollMap()
    qtbot.addWidget(bar)
    bar.resize(12, 400)
    bar.show_map(tagging, len(ARTICLE.text))
    bar.show()
    return bar


def tag(tagging: Tagging, kind: Kind, start: int) -> Change:
    return edits.tag(tagging, ARTICLE, kind, [(start, start + 3)])


def colours(bar: ScrollMap) -> set[str]:
    """Those of the kinds that the map shows."""
    image = bar.grab().toImage()
    seen = {image.pixelColor(8, y).name() for y in range(image.height())}
    return seen & {hue(kind).name() for kind in Kind}


def hue(kind: Kind) -> QColor:
    return LIGHT.kinds[kind].line


def test_the_map_is_there_once_the_words_have_been_painted(qtbot: QtBot, bar: ScrollMap) -> None:
    qtbot.waitUntil(lambda: colours(bar) == {hue(Kind.CLAIM).name()})


def test_a_tag_made_before_or_after_is_on_it_once(
    qtbot: QtBot, bar: ScrollMap, tagging: Tagging
) -> None:
    for start in (650, 1300 - 26):
        change = tag(tagging, Kind.QUOTE, start)
        tagging.apply(change)
        bar.show_change(change)
        qtbot.waitUntil(lambda: hue(Kind.QUOTE).name() in colours(bar))
        tagging.apply(change.inverse())
        bar.show_change(change.inverse())
        assert colours(bar) == {hue(Kind.CLAIM).name()}
