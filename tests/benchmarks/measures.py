"""The measures: opening, tagging, scrolling and saving, each beside a bare text widget."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTextEdit

from annotator.ui.app import App
from tests.benchmarks.bare import Bare
from tests.benchmarks.rig import seconds, settle
from tests.benchmarks.times import Times, median_times

WORD = 15
"""Code points of a new tag."""


def article_of(file: Path) -> Path:
    """The one article of an annotation file's folder."""
    return next(file.parents[1].glob("*.txt"))


def open_file(app: App, bare: Bare, file: Path, other: Path, rounds: int) -> Times:
    """From the paths to text and highlights painted; ``other`` lies open before."""

    def ours() -> float:
        app.opening.open(other)
        return seconds(app.page, lambda: app.opening.open(file))

    def theirs() -> float:
        bare.open(article_of(other))
        return seconds(bare, lambda: bare.open(article_of(file)))

    return median_times(rounds, ours, theirs)


def press_key(app: App, bare: Bare, rounds: int) -> Times:
    """From the key 1 on selected words to their highlight painted, the journal on the disk."""
    places = _places(len(app.page.article.text), rounds)
    bare.verticalScrollBar().setValue(bare.verticalScrollBar().maximum() // 2)
    app.window.activateWindow()
    app.page.setFocus()

    def ours() -> float:
        place = next(places)
        app.page.select(place, place + WORD)
        before = len(app.desk.tagging)
        taken = seconds(app.page, lambda: QTest.keyClick(app.page, Qt.Key.Key_1))
        assert len(app.desk.tagging) == before + 1, "the key tagged nothing"
        return taken

    return median_times(rounds, ours, lambda: seconds(bare, lambda: _step_right(bare)))


def _step_right(bare: Bare) -> None:
    QTest.keyClick(bare, Qt.Key.Key_Right)
    bare.viewport().update()


def _places(length: int, count: int) -> Iterator[int]:
    """Places for new tags, near each other in the middle of the text."""
    step = min(97, (length // 2 - WORD) // count)
    return iter(range(length // 2, length, step))


def scroll(app: App, bare: Bare, rounds: int) -> Times:
    """One page down, painted; from the top again where the text ends.

    Both go as far as the other: where a text is not much longer than the view, the bare widget,
    whose lines are longer, has less than a page to scroll.
    """
    settle()
    bars = app.page.verticalScrollBar(), bare.verticalScrollBar()
    distance = min(min(bar.pageStep(), bar.maximum()) for bar in bars)
    return median_times(
        rounds, lambda: _scroll_down(app.page, distance), lambda: _scroll_down(bare, distance)
    )


def _scroll_down(text: QTextEdit, distance: int) -> float:
    bar = text.verticalScrollBar()
    if bar.value() + distance > bar.maximum():
        seconds(text, lambda: bar.setValue(0))
    return seconds(text, lambda: bar.setValue(bar.value() + distance))


def save(app: App, rounds: int) -> tuple[float, float]:
    """After one change: seconds in the window's thread, and in the thread that writes."""
    here, writer = zip(*[_save(app) for _ in range(rounds)], strict=True)
    return statistics.median(here), statistics.median(writer)


def _save(app: App) -> tuple[float, float]:
    QTest.keyClick(app.page, Qt.Key.Key_U)
    session = app.desk.session
    assert session is not None
    began = perf_counter()
    prepared = session.prepare_save()
    assert prepared is not None, "the key changed nothing"
    ready = perf_counter()
    written = prepared.write()
    done = perf_counter()
    session.finish_save(prepared, written)
    return ready - began + perf_counter() - done, done - ready
