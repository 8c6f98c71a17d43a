"""Work in a thread, and what the window hears of it."""

from __future__ import annotations

import subprocess
import sys
from threading import Event

import pytest
import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.core.errors import StorageError
from annotator.ui.widgets.background import Background, Progress


@pytest.fixture
def parent(qapp: QApplication) -> QObject:
    """Whoever begins the work."""
    return QObject()


@pytest.fixture
def background(parent: QObject) -> Background:
    return Background(parent)


@pytest.fixture
def heard(background: Background) -> list[object]:
    """All that the window hears, in order."""
    heard: list[object] = []
    background.got_on.connect(lambda done, of: heard.append((done, of)))
    background.found.connect(heard.append)
    background.came.connect(heard.append)
    background.failed.connect(lambda: heard.append("failed"))
    return heard


def test_progress_and_outcome_are_heard_in_order(
    background: Background, heard: list[object]
) -> None:
    def work(progress: Progress) -> str:
        progress(1, 2)
        progress(2, 2)
        return "done"

    background.start(work)
    assert heard == []
    background.wait()
    assert heard == [(1, 2), (2, 2), "done"]


def test_a_search_hands_over_each_thing_it_finds(
    background: Background, heard: list[object]
) -> None:
    background.start_search(iter("abc"))
    background.wait()
    assert heard == ["a", "b", "c", None]


def test_an_expected_error_is_an_outcome(background: Background, heard: list[object]) -> None:
    error = StorageError("The disk is full.")

    def work(_: Progress) -> None:
        raise error

    background.start(work)
    background.wait()
    assert heard == [error]


def test_an_unexpected_one_is_raised_here_when_its_failure_was_heard(
    background: Background, heard: list[object], qtbot: QtBot
) -> None:
    with qtbot.captureExceptions() as raised:
        background.start(lambda _: 1 // 0)
        background.wait()
    assert heard == ["failed"]
    assert [kind for kind, *_ in raised] == [ZeroDivisionError]


def test_of_work_that_was_stopped_nothing_is_heard_and_it_ends_at_its_next_step(
    background: Background, heard: list[object]
) -> None:
    begun, go_on, steps = Event(), Event(), list[int]()

    def work(progress: Progress) -> str:
        begun.set()
        go_on.wait()
        for step in range(3):
            steps.append(step)
            progress(step, 3)
        return "done"

    background.start(work)
    begun.wait()
    background.stop()
    go_on.set()
    background.wait()
    assert (steps, heard) == ([0], [])


def test_other_work_takes_the_place_of_what_is_under_way(
    background: Background, heard: list[object]
) -> None:
    go_on = Event()
    background.start(lambda _: go_on.wait())
    background.start(lambda _: "the second")
    go_on.set()
    background.wait()
    assert heard == ["the second"]


ENDING = """
from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtTest import QTest
from annotator.ui.widgets.background import Background

application = QCoreApplication([])
window = QObject()
Background(window).start(lambda progress: sum(n % 7 for n in range(1_000_000)))
window.deleteLater()
QTest.qWait(1)
print("gone")
"""
"""A window that is destroyed while its thread works and needs Python's lock to end."""


def test_a_window_that_goes_lets_go_of_its_work(background: Background, parent: QObject) -> None:
    begun, stopped = Event(), Event()

    def go_on(progress: Progress) -> None:
        try:
            while True:
                begun.set()
                progress(1, 2)
        finally:
            stopped.set()

    background.start(go_on)
    assert begun.wait(30)
    shiboken6.delete(parent)
    assert stopped.is_set()


def test_a_window_that_goes_while_its_thread_works_does_not_stand_still() -> None:
    started = [sys.executable, "-c", ENDING]
    told = subprocess.run(started, capture_output=True, text=True, timeout=60, check=True)
    assert told.stdout == "gone\n"
