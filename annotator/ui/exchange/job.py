"""Long work on files: its progress, which can be stopped, then what came of it."""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QProgressDialog

from annotator.core.errors import AnnotatorError, ExchangeRefused
from annotator.ui.talk import Talk
from annotator.ui.widgets.background import Background, Progress, Work
from annotator.ui.widgets.slices import Slices


class Task(NamedTuple):
    """``title`` says what is done, ``stopped`` what it means that the user stopped it.

    ``finished`` is called with the outcome, unless that is an error.
    """

    title: str
    stopped: str
    finished: Callable[[object], object]


class Job(QObject):
    """One task at a time, beside the window; ``busy`` says that another has to wait."""

    def __init__(self, talk: Talk, busy: str) -> None:
        super().__init__(talk.parent)
        self._talk, self._busy = talk, busy
        self._task: Task | None = None
        self._dialog: QProgressDialog | None = None
        self._background = Background(self)
        self._background.got_on.connect(self._show_progress)
        self._background.came.connect(self._come)
        self._slices = Slices(self)
        application = QCoreApplication.instance()
        assert application is not None
        application.aboutToQuit.connect(self._background.stop)
        application.aboutToQuit.connect(self._slices.stop)

    @property
    def under_way(self) -> bool:
        """Whether a task is under way."""
        return self._task is not None

    def refuse_second(self) -> None:
        """Raise `ExchangeRefused` while a task is under way."""
        if self.under_way:
            raise ExchangeRefused(self._busy)

    def start(self, task: Task, work: Work) -> None:
        """Begin to work in a thread of its own."""
        self._begin(task)
        self._background.start(work)

    def start_in_slices(
        self, task: Task, work: Callable[[Progress], Generator[None, None, object]]
    ) -> None:
        """Begin what only the window's thread can do, as painting; it returns the outcome."""
        self._begin(task)
        self._slices.begin(self._through(work(self._show_progress)))

    def _through(self, work: Generator[None, None, object]) -> Generator[None, None, None]:
        try:
            outcome = yield from work
        except AnnotatorError as error:
            outcome = error
        self._come(outcome)

    def _begin(self, task: Task) -> None:
        self._task = task
        self._dialog = self._talk.progress(f"{task.title} …", self.stop)

    def stop(self) -> None:
        """Let go of what is under way, and say so."""
        if task := self._end():
            self._background.stop()
            self._slices.stop()
            self._talk.tell(task.stopped)

    def _show_progress(self, done: int, of: int) -> None:
        if self._dialog is not None:
            self._dialog.setMaximum(of)
            self._dialog.setValue(min(done, of - 1))

    def _come(self, outcome: object) -> None:
        task = self._end()
        if isinstance(outcome, AnnotatorError):
            self._talk.show_error(outcome)
        elif task:
            task.finished(outcome)

    def _end(self) -> Task | None:
        task, self._task = self._task, None
        if self._dialog is not None:
            self._dialog.canceled.disconnect()
            self._dialog.close()
            self._dialog.deleteLater()
            self._dialog = None
        return task


def counting(progress: Progress, of: int) -> Callable[[int], None]:
    """Takes how many more parts are done, and passes on how many are by now."""
    done = 0

    def count(more: int) -> None:
        nonlocal done
        done += more
        progress(done, of)

    return count


def show_file(path: Path) -> None:
    """Let the system show a file or a folder."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
