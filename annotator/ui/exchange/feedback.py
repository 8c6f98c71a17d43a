"""Review ▸ Feedback reports…: where to, the work beside the window, what came of it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QProgressDialog

from annotator.core.display_text import count
from annotator.core.errors import AnnotatorError, EditRefused
from annotator.review.report.feedback_files import Written, write_feedback
from annotator.ui.exchange.commands import free
from annotator.ui.widgets.background import Background, Progress

if TYPE_CHECKING:
    from annotator.ui.window import Window

NOTHING = "Nothing is reviewed in this folder yet; Ctrl+R begins."

_SHOWN = 3
"""Sentences on what was left out that are told in full."""


def ask_feedback(window: Window) -> None:
    """Ask for a place, and write a page there for each annotator of the folder's reviews.

    Raises `EditRefused` where nothing is reviewed yet, and while pages are written.
    """
    reports = window.findChild(Reports) or Reports(window)
    if reports.under_way:
        raise EditRefused("The reports are still being written; let that end first.")
    window.saving.finish()
    assert window.folder is not None
    here, folder = window.folder.path.resolve(), window.folder
    files = folder.all_files(reviews=True)
    if not files:
        raise EditRefused(NOTHING)
    title = "The folder to write the reports into"
    chosen = QFileDialog.getExistingDirectory(window, title, str(here.parent))
    if chosen:
        reports.write(files, free(Path(chosen) / f"{here.name}-feedback"))


class Reports(QObject):
    """The writing of a window's reports, once at a time."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._progress: QProgressDialog | None = None
        self._background = Background(self)
        self._background.got_on.connect(self._show_progress)
        self._background.came.connect(self._came)
        application = QCoreApplication.instance()
        assert application is not None
        application.aboutToQuit.connect(self._background.stop)

    @property
    def under_way(self) -> bool:
        """Whether reports are being written."""
        return self._progress is not None

    def write(self, files: list[Path], out: Path) -> None:
        """Begin to write the pages on some reviews into a folder."""
        self._progress = self._window.talk.progress("Writing the reports …", self._cancel)
        self._background.start(partial(_write, files, out))

    def _show_progress(self, done: int, of: int) -> None:
        if self._progress is not None:
            self._progress.setMaximum(of)
            self._progress.setValue(min(done, of - 1))

    def _cancel(self) -> None:
        self._background.stop()
        self._end()
        self._window.talk.tell("Stopped; no report was written.")

    def _end(self) -> None:
        if self._progress is not None:
            self._progress.canceled.disconnect()
            self._progress.close()
            self._progress.deleteLater()
            self._progress = None

    def _came(self, outcome: object) -> None:
        self._end()
        if isinstance(outcome, AnnotatorError):
            self._window.show_error(outcome)
        elif isinstance(outcome, Written):
            self._tell(outcome)

    def _tell(self, written: Written) -> None:
        number, folder = len(written.files), written.files[0].parent
        told = [f"{count(number, 'report')} written to {folder}."]
        told += written.sentences[:_SHOWN]
        if more := len(written.sentences[_SHOWN:]):
            told.append(f"{more:,} more things were left out.")
        shown = written.files[0] if number == 1 else folder
        say = self._window.talk.warn if written.sentences else self._window.talk.tell
        say(" ".join(told), ("Show it" if number == 1 else "Show them", partial(_show, shown)))


def _write(files: list[Path], out: Path, progress: Progress) -> Written:
    done = 0

    def count(more: int) -> None:
        nonlocal done
        done += more
        progress(done, len(files))

    return write_feedback(files, out, count)


def _show(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
