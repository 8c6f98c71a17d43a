from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from annotator.ui.widgets import slices
from annotator.ui.widgets.slices import Slices


@pytest.fixture(autouse=True)
def one_step_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slices, "SLICE", 0.0)


def steps(done: list[str], name: str, many: int = 3) -> Iterator[None]:
    for number in range(many):
        done.append(f"{name}{number}")
        yield
    done.append(f"{name} done")


def test_work_goes_to_its_end_in_idle_time(qtbot: QtBot, qapp: QObject) -> None:
    done: list[str] = []
    work = Slices(qapp)
    work.begin(steps(done, "a"))
    assert done == []
    work.go_on()
    assert done == ["a0"]
    qtbot.waitUntil(lambda: not work.under_way)
    assert done == ["a0", "a1", "a2", "a done"]


def test_new_work_takes_the_place_of_the_old(qtbot: QtBot, qapp: QObject) -> None:
    done: list[str] = []
    work = Slices(qapp)
    work.begin(steps(done, "a"))
    work.go_on()
    work.begin(steps(done, "b"))
    qtbot.waitUntil(lambda: not work.under_way)
    assert done == ["a0", "b0", "b1", "b2", "b done"]


def test_the_last_step_may_begin_other_work(qtbot: QtBot, qapp: QObject) -> None:
    done: list[str] = []
    work = Slices(qapp)

    def first() -> Iterator[None]:
        yield
        work.begin(steps(done, "b", 1))

    work.begin(first())
    qtbot.waitUntil(lambda: not work.under_way)
    assert done == ["b0", "b done"]


def test_work_that_is_stopped_stays_undone(qapp: QObject) -> None:
    done: list[str] = []
    work = Slices(qapp)
    work.begin(steps(done, "a"))
    work.stop()
    work.go_on()
    assert (done, work.under_way) == ([], False)
