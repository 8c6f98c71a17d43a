from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QWidget
from pytestqt.qtbot import QtBot

from annotator.ui.articles.article_list import ArticleList
from annotator.ui.desk import Desk
from annotator.ui.inspector.inspector import Inspector
from annotator.ui.lists.all_tags import AllTags
from annotator.ui.lists.who_says_what import WhoSaysWhat
from annotator.ui.problems.panel import Problems
from annotator.ui.review.card_contents import contents
from annotator.ui.review.panel import ReviewPanel
from annotator.ui.tagging.source_picker import SourcePicker
from tests.ui.values import REGISTRY, TROOPS, tagging


def inspector() -> Inspector:
    """With its fields, which are made for the first tag."""
    panel = Inspector()
    panel.show_annotation(TROOPS, tagging(), REGISTRY)
    return panel


def review_panel() -> ReviewPanel:
    return ReviewPanel(partial(contents, Desk()))


PANELS = [AllTags, ArticleList, inspector, Problems, review_panel, SourcePicker, WhoSaysWhat]


@pytest.mark.parametrize("panel", PANELS)
def test_whatever_can_take_the_keyboard_has_a_name(
    qtbot: QtBot, panel: Callable[[], QWidget]
) -> None:
    one = panel()
    qtbot.addWidget(one)
    inside = {part for combo in one.findChildren(QComboBox) for part in combo.findChildren(QWidget)}
    focusable = [
        part
        for part in (one, *one.findChildren(QWidget))
        if part.focusPolicy() is not Qt.FocusPolicy.NoFocus and part not in inside
    ]
    assert focusable
    assert [part for part in focusable if not part.accessibleName()] == []
    assert one.accessibleName()
