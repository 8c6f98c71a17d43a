"""Review ▸ Feedback reports…: where to, the work beside the window, what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from annotator.core.display_text import count
from annotator.core.errors import ExchangeRefused
from annotator.storage.disk.contents import real
from annotator.ui.command import REVIEW, Command
from annotator.ui.desk import Desk
from annotator.ui.exchange.output_place import free
from annotator.ui.talk import Talk
from annotator.ui.widgets.background import Progress

if TYPE_CHECKING:
    from annotator.review.report.feedback_files import WrittenReports
    from annotator.ui.exchange.job import Job

NOTHING = "Nothing is reviewed in this folder yet; Ctrl+R begins."
BUSY = "The reports are still being written; let that end first."

_SHOWN = 3
"""Sentences on what was left out that are said in full."""


class FeedbackReports:
    """Writes a page for each annotator whose tagging was reviewed in the open folder.

    ``save`` saves everything now; it raises where that fails.
    """

    def __init__(self, desk: Desk, talk: Talk, save: Callable[[], object]) -> None:
        self._desk, self._talk, self._save = desk, talk, save

    @cached_property
    def job(self) -> Job:
        """The writing, once at a time."""
        from annotator.ui.exchange.job import Job

        return Job(self._talk, BUSY)

    def commands(self) -> Iterable[Command]:
        """Writing the reports."""
        in_review = partial(Command, menu=REVIEW, enabled=self._desk.is_open, group=9)
        yield in_review("review.feedback", "&Feedback reports…", (), run=self.ask)

    def ask(self) -> None:
        """Ask for a place, and write the reports there.

        Raises `ExchangeRefused` where nothing is reviewed yet, and while reports are written.
        """
        self.job.refuse_second()
        self._save()
        folder = self._desk.need_folder()
        here, files = real(folder.path), folder.all_files(reviews=True)
        if not files:
            raise ExchangeRefused(NOTHING)
        title = "The folder to write the reports into"
        chosen = QFileDialog.getExistingDirectory(self._talk.parent, title, str(here.parent))
        if chosen:
            self._write(files, free(Path(chosen) / f"{here.name}-feedback"))

    def _write(self, files: list[Path], out: Path) -> None:
        from annotator.review.report.feedback_files import write_feedback
        from annotator.ui.exchange.job import Task, counting

        def work(progress: Progress) -> WrittenReports:
            return write_feedback(files, out, counting(progress, len(files)))

        task = Task("Writing the reports", "Stopped; no report was written.", self._say)
        self.job.start(task, work)

    def _say(self, written: object) -> None:
        from annotator.review.report.feedback_files import WrittenReports
        from annotator.ui.exchange.job import show_file

        assert isinstance(written, WrittenReports)
        number, folder = len(written.files), written.files[0].parent
        sentences = [f"{count(number, 'report')} written to {folder}."]
        sentences += written.sentences[:_SHOWN]
        if more := len(written.sentences[_SHOWN:]):
            sentences.append(f"{more:,} more things were left out.")
        shown = written.files[0] if number == 1 else folder
        say = self._talk.warn if written.sentences else self._talk.tell
        label = "Show it" if number == 1 else "Show them"
        say(" ".join(sentences), (label, partial(show_file, shown)))
