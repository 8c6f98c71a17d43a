"""A cold start: a child process that tells the time at which its text is first painted.

``python -m tests.benchmarks.cold program FILE`` starts the program as a user does,
``… bare FILE FAMILIES HEIGHT`` the bare text widget of all measures with the text in FILE, in the
font and line height (per cent) of the page. It imports nothing of ours, or it would not be bare.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from tests.benchmarks.times import Times


def cold_starts(folder: Path, rounds: int) -> Times:
    """From starting the process to its first painted text, its modules compiled before."""
    from annotator.ui.page.column import LINE_HEIGHT
    from annotator.ui.theme import READING_FAMILIES
    from tests.benchmarks.made import SEED, lay_out
    from tests.benchmarks.times import median_times

    tagging = lay_out(SEED, folder / "nk-russia")
    program = "program", str(tagging)
    text = tagging.parents[1] / "corea-del-nord.txt"
    bare = "bare", str(text), ",".join(READING_FAMILIES), str(LINE_HEIGHT)
    compiled = str(folder / "compiled")
    _start(program, compiled)
    _start(bare, compiled)
    return median_times(rounds, lambda: _start(program, compiled), lambda: _start(bare, compiled))


def _start(what: tuple[str, ...], compiled: str) -> float:
    import subprocess

    environment = {**os.environ, "PYTHONPYCACHEPREFIX": compiled}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-m", "tests.benchmarks.cold", *what]
    began = monotonic()
    told = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return float(told.stdout) - began


def _tell() -> None:
    sys.stdout.write(f"{monotonic()}\n")  # the same clock in all processes
    sys.stdout.flush()


def _run_program(file: str) -> None:
    from annotator.start import main
    from annotator.storage.bulk.garbage import paused_collector

    with paused_collector():  # as the program itself does, which finds these modules loaded
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


def _run_bare(file: str, families: str, line_height: str) -> None:
    from PySide6.QtWidgets import QApplication

    from tests.benchmarks.bare import Bare

    class Telling(Bare):
        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            _tell()
            _stop()

    application = QApplication([])
    text = Telling(families.split(","), float(line_height))
    text.open(Path(file))
    text.show()
    application.exec()


def _stop() -> None:
    from PySide6.QtCore import QCoreApplication, QTimer

    QTimer.singleShot(0, QCoreApplication.quit)


if __name__ == "__main__":
    what, *given = sys.argv[1:]
    _run_program(*given) if what == "program" else _run_bare(*given)
