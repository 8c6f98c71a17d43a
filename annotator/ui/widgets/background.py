"""Work that may take a while, done in a thread; what comes of it arrives in the window's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from threading import Event

from PySide6.QtCore import QCoreApplication, QObject, QRunnable, QThreadPool, Signal

from annotator.core.errors import AnnotatorError

Progress = Callable[[int, int], object]
Work = Callable[[Progress], object]


class Stopped(Exception):
    """Nobody waits for the work any more."""


class _Post(QObject):
    """Carries what a thread has to say, with the number of its work, into the window's thread."""

    found = Signal(int, object)
    got_on = Signal(int, int, int)
    came = Signal(int, object)


class _Runner(QRunnable):
    def __init__(
        self, number: int, work: Callable[[_Runner], object], post: _Post, stop: Event
    ) -> None:
        super().__init__()
        self._number, self._work, self._post, self._stop = number, work, post, stop

    def run(self) -> None:
        try:
            outcome = self._work(self)
        except Stopped:
            return
        except Exception as error:  # noqa: BLE001  it is raised in the window's thread
            outcome = error
        self._post.came.emit(self._number, outcome)

    def progress(self, done: int, of: int) -> None:
        self._refuse_stopped()
        self._post.got_on.emit(self._number, done, of)

    def find(self, items: Iterable[object]) -> None:
        for item in items:
            self._refuse_stopped()
            self._post.found.emit(self._number, item)

    def _refuse_stopped(self) -> None:
        if self._stop.is_set():
            raise Stopped


class Background(QObject):
    """One piece of work at a time: another one stops it, and its outcome is never heard of.

    ``got_on`` tells how many of how many parts are done, ``found`` each thing that work begun
    with `start_search` finds, and ``came`` the outcome, which may be an `AnnotatorError`. After
    any other error ``failed`` is emitted, and the error raised.
    """

    got_on = Signal(int, int)
    found = Signal(object)
    came = Signal(object)
    failed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._number = 0
        self._stops: list[Event] = []  # of what nobody has let go of
        self._threads = QThreadPool(self)  # before the post: its end waits for those who post
        self._threads.setMaxThreadCount(1)
        self.destroyed.connect(partial(_end, self._threads, self._stops))
        self._post = _Post(self)
        self._post.came.connect(self._hear)
        self._post.found.connect(self._hear_found)
        self._post.got_on.connect(self._hear_progress)

    def start(self, work: Work) -> None:
        """Begin; ``work`` is given the function to tell its progress to, which may stop it."""
        self._start(lambda runner: work(runner.progress))

    def start_search(self, items: Iterable[object]) -> None:
        """Go through what an iterable finds; the outcome is None."""
        self._start(lambda runner: runner.find(items))

    def _start(self, work: Callable[[_Runner], object]) -> None:
        self.stop()
        self._stops.append(Event())
        self._threads.start(_Runner(self._number, work, self._post, self._stops[-1]))

    def stop(self) -> None:
        """Let go of what is under way."""
        _let_go(self._stops)
        self._number += 1

    def wait(self) -> None:
        """Wait until the thread has ended, and hear what came of its work."""
        self._threads.waitForDone()
        QCoreApplication.sendPostedEvents(self)

    def _hear(self, number: int, outcome: object) -> None:
        current = number == self._number
        if isinstance(outcome, Exception) and not isinstance(outcome, AnnotatorError):
            if current:
                self.failed.emit()
            raise outcome
        if current:
            self.came.emit(outcome)

    def _hear_found(self, number: int, item: object) -> None:
        if number == self._number:
            self.found.emit(item)

    def _hear_progress(self, number: int, done: int, of: int) -> None:
        if number == self._number:
            self.got_on.emit(done, of)


def _let_go(stops: list[Event]) -> None:
    while stops:
        stops.pop().set()


def _end(threads: QThreadPool, stops: list[Event], _: object = None) -> None:
    """Let go, and wait, before the pool is destroyed: that would wait too, but might hold Python's
    lock, which the thread needs to end.
    """
    _let_go(stops)
    threads.waitForDone()
