"""Long work in slices: a little of it whenever there is nothing else to do."""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter

from PySide6.QtCore import QObject, QTimer

SLICE = 0.004
"""Seconds of work before the keyboard has its turn again."""


class Slices(QObject):
    """Goes through one iterator at a time, in slices; what it yields is of no interest."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._work: Iterator[object] = iter(())
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.go_on)

    @property
    def under_way(self) -> bool:
        """Whether there is work left."""
        return self._timer.isActive()

    def begin(self, work: Iterator[object], after_ms: int = 0) -> None:
        """Drop what was under way, and begin with this after so many milliseconds."""
        self._work = work
        self._timer.start(after_ms)

    def stop(self) -> None:
        """Drop what was under way."""
        self._timer.stop()
        self._work = iter(())  # a generator is closed with that, and puts its things away

    def go_on(self) -> None:
        """Do one slice now."""
        _keep = self.parent()  # the work may be the last to hold it, and lets it go at its end
        self._timer.setInterval(0)
        work, until = self._work, perf_counter() + SLICE
        for _ in work:
            if perf_counter() >= until:
                return
        if work is self._work:  # the last step of one piece of work may begin another
            self.stop()
