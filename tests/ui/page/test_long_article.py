"""A long article, whose end is not laid out yet when its beginning is painted."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from annotator.core.tagging import Tagging
from annotator.core.text.article import Article
from annotator.ui.page.page import Page
from tests.ui.page.plain import NoLabels


def test_its_first_paragraph_is_in_view_as_soon_as_it_is_shown(qtbot: QtBot) -> None:
    page = Page(NoLabels())
    qtbot.addWidget(page)
    page.resize(900, 600)
    page.show()
    page.show_article(Article(f"{'Secondo la KCNA, è così. ' * 30}\n\n" * 1_000), Tagging())
    assert next(page.in_view())[0].lines.block.blockNumber() == 0
