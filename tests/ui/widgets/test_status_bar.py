from __future__ import annotations

from dataclasses import replace

from pytestqt.qtbot import QtBot

from annotator.core.tagging import Tagging
from annotator.ui.widgets.status_bar import StatusBar, counts_sentence
from tests.ui.values import TROOPS


def test_no_message_makes_the_window_wider(qtbot: QtBot) -> None:
    bar = StatusBar()
    qtbot.addWidget(bar)
    for part in (bar.hint, bar.destination, bar.file):
        before = bar.minimumSizeHint().width()
        part.setText("a sentence that is longer than any window is wide " * 10)
        assert bar.minimumSizeHint().width() == before


def test_large_numbers_are_told_with_separators() -> None:
    claims = (replace(TROOPS, id=f"c-{number:06}") for number in range(1234))
    assert counts_sentence(Tagging(claims)) == "1,234 claims · 0 quotes · 0 attributions"
