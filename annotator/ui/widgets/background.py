"""Work that may take a while, done beside the window; what comes of it arrives in the window."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from annotator.core.errors import AnnotatorError

Progress = Callable[[int, int], object]
Work = Callable[[Progress], object]


class Stopped(Exception):
    """Nobody waits for the work any more."""


class _Post(QObject):
    """Carries what a thread has to say into the window's thread."""

    came = Signal(int, object)
    got_on = Signal(int, int, int)


class _Runner(QRunnable):
    def __init__(self, number: int, work: Work, post: _Post, stop: Event) -> None:
        super().__init__()
        self._number, self._work, self._post, self._stop = number, work, post, stop

    def run(self) -> None:
        try:
            outcome = self._work(self._progress)
        except Stopped:
            return
        except Exception as error:  # noqa: BLE001  it is told in the window's thread
            outcome = error
        self._post.came.emit(self._number, outcome)

    def _progress(self, done: int, of: int) -> None:
        if self._stop.is_set():
            raise Stopped
        self._post.got_on.emit(self._number, done, of)


class Background(QObject):
    """One piece of work at a time: another one stops it, and its outcome is never heard of.

    ``got_on`` tells how many of how many parts are done, ``came`` the outcome, which may be
    an `AnnotatorError`.
    """

    got_on = Signal(int, int)
    came = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._number = 0
        self._stop = Event()
        self._threads = QThreadPool(self)
        self._threads.setMaxThreadCount(1)
        self._post = _Post(self)
        self._post.came.connect(self._hear)
        self._post.got_on.connect(self._hear_progress)

    def start(self, work: Work) -> None:
        """Begin; ``work`` is given the function to tell its progress to, which may stop it."""
        self.stop()
        self._threads.start(_Runner(self._number, work, self._post, self._stop))

    def stop(self) -> None:
        """Let go of what is under way."""
        self._stop.set()
        self._stop = Event()
        self._number += 1

    def _hear(self, number: int, outcome: object) -> None:
        if isinstance(outcome, Exception) and not isinstance(outcome, AnnotatorError):
            raise outcome
        if number == self._number:
            self.came.emit(outcome)

    def _hear_progress(self, number: int, done: int, of: int) -> None:
        if number == self._number:
            self.got_on.emit(done, of)
