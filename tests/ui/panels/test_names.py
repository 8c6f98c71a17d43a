from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QWidget
from pytestqt.qtbot import QtBot

from annotator.ui.panels.all_tags import AllTags
from annotator.ui.panels.articles import Articles
from annotator.ui.panels.inspector import Inspector
from annotator.ui.panels.problems import Problems
from annotator.ui.panels.review import ReviewPanel
from annotator.ui.panels.source_picker import SourcePicker
from annotator.ui.panels.who_says_what import WhoSaysWhat
from tests.ui.panels.values import REGISTRY, TROOPS, tagging


def inspector() -> Inspector:
    """With its fields, which are made for the first tag."""
    panel = Inspector()
    panel.show_annotation(TROOPS, tagging(), REGISTRY)
    return panel


PANELS = [AllTags, Articles, inspector, Problems, ReviewPanel, SourcePicker, WhoSaysWhat]


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
