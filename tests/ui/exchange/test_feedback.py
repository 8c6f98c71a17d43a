"""Review ▸ Feedback reports…, as a reviewer goes through it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from annotator.ui.exchange.feedback import NOTHING
from annotator.ui.exchange.job import Job
from tests.ui.hands import Hands


@pytest.fixture
def chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the dialog for folders answers with."""
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    return tmp_path


def ask(hands: Hands) -> None:
    hands.app.actions["review.feedback"].trigger()


def told(hands: Hands) -> str:
    return "" if hands.app.message_bar.isHidden() else hands.app.message_bar.sentence.text()


def test_each_annotator_gets_a_page_with_what_was_just_decided(
    review: Hands, chosen: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: shown.append(url.toLocalFile()))
    review.press("A")
    for name in ("nk-russia-feedback", "nk-russia-feedback-2"):
        ask(review)
        sentence = f"2 reports written to {chosen / name}."
        qtbot.waitUntil(lambda: told(review) == sentence)  # noqa: B023
        page = (chosen / name / "feedback-anna.html").read_text("utf-8")
        assert "Accepted as it is <small>1</small>" in page
    buttons = review.app.message_bar.findChildren(QPushButton)
    next(one for one in buttons if one.text() == "Show them" and one.isVisible()).click()
    assert [Path(one) for one in shown] == [chosen / "nk-russia-feedback-2"]


def test_what_is_left_out_is_told(review: Hands, chosen: Path, qtbot: QtBot, folder: Path) -> None:
    review.press("A")
    review.press("Ctrl+R")
    (folder / "annotations" / "corea-del-nord.boris.yaml").unlink()
    ask(review)
    qtbot.waitUntil(lambda: "1 report written" in told(review))
    assert "the tagging of boris is not there" in told(review)


def test_without_a_review_nothing_is_asked_or_written(carla: Hands, chosen: Path) -> None:
    ask(carla)
    assert carla.hint == NOTHING
    assert not (chosen / "nk-russia-feedback").exists()


def test_stopping_lets_go_and_says_so(review: Hands, chosen: Path) -> None:
    review.press("A")
    ask(review)
    reports = review.window.findChild(Job)
    assert reports
    assert reports.under_way
    ask(review)
    assert "still being written" in review.hint
    reports.stop()
    assert told(review) == "Stopped; no report was written."
    assert not reports.under_way
