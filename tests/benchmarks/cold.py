"""A cold start: a child process that tells the time at which its text is first painted.

``python -m tests.benchmarks.cold program FILE`` starts the program as a user does,
``… bare FILE`` a bare text widget with the text in FILE.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from tests.benchmarks.made import SEED, lay_out
from tests.benchmarks.times import Times, median_times

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


def cold_starts(folder: Path, rounds: int) -> Times:
    """From starting the process to its first painted text, its modules compiled before."""
    tagging = lay_out(SEED, folder / "nk-russia")
    text = tagging.parents[1] / "corea-del-nord.txt"
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def start(what: str, file: Path) -> float:
        began = monotonic()
        command = [sys.executable, "-m", "tests.benchmarks.cold", what, str(file)]
        told = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
        return float(told.stdout) - began

    start("program", tagging)
    start("bare", text)
    return median_times(rounds, lambda: start("program", tagging), lambda: start("bare", text))


def _tell() -> None:
    sys.stdout.write(f"{monotonic()}\n")  # the same clock in all processes
    sys.stdout.flush()


def _run_program(file: str) -> None:
    from annotator.cli import main
    from annotator.ui.page.page import Page

    paint = Page.paintEvent

    def paint_and_tell(page: Page, event: QPaintEvent) -> None:
        paint(page, event)
        if page.article.text:
            _tell()
            _stop()

    Page.paintEvent = paint_and_tell  # type: ignore[assignment, method-assign]
    sys.argv = ["annotator", file]
    main()


def _run_bare(file: str) -> None:
    from PySide6.QtWidgets import QApplication, QTextEdit

    class Bare(QTextEdit):
        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            _tell()
            _stop()

    application = QApplication([])
    text = Bare()
    text.setReadOnly(True)
    text.setPlainText(Path(file).read_text("utf-8"))
    text.resize(900, 900)
    text.show()
    application.exec()


def _stop() -> None:
    from PySide6.QtCore import QCoreApplication, QTimer

    QTimer.singleShot(0, QCoreApplication.quit)


if __name__ == "__main__":
    {"program": _run_program, "bare": _run_bare}[sys.argv[1]](sys.argv[2])
