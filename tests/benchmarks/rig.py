"""What is measured with: our window, a bare text widget beside it, and a watch on their paint."""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QMessageLogContext,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QTextEdit

from annotator.ui.app import App
from annotator.ui.page.column import LINE_HEIGHT
from annotator.ui.page.page import Page
from annotator.ui.settings import Settings
from annotator.ui.theme import READING_FAMILIES
from tests.benchmarks.bare import SIDE, Bare

PAINTED = "painted"
PATIENCE = 60.0
"""Seconds after which something that is never painted is given up."""


def note_paints(kind: type[QTextEdit]) -> None:
    """Let every text of this kind know when it was last painted, as its ``painted``."""
    paint = kind.paintEvent

    def paint_and_note(text: QTextEdit, event: QPaintEvent) -> None:
        paint(text, event)
        text.setProperty(PAINTED, perf_counter())

    kind.paintEvent = paint_and_note  # type: ignore[method-assign]


def seconds(text: QTextEdit, act: Callable[[], object]) -> float:
    """How long it takes from the beginning of ``act`` until the text is painted."""
    settle()
    text.setProperty(PAINTED, None)
    began = perf_counter()
    act()
    while text.property(PAINTED) is None:
        if perf_counter() - began > PATIENCE:
            raise TimeoutError("nothing was painted")
        QCoreApplication.processEvents()
    painted: float = text.property(PAINTED)
    return painted - began


def settle() -> None:
    """Let everything happen that is due, deletions as well, for which a loop would have to run."""
    for _ in range(3):
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def keep_the_platform_quiet() -> None:
    """Without a screen Qt says at every new layout that there is none; leave that out."""

    def say(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        if "This plugin does not support" not in message:
            sys.stderr.write(f"{message}\n")

    qInstallMessageHandler(say)


def open_window() -> App:
    """The real window, shown, its page as large as the bare widget."""
    note_paints(Page)
    note_paints(Bare)
    settings = Settings()
    settings.put("annotator", "anna")
    settings.put("autosave_seconds", 600)
    app = App(settings)
    app.window.show()
    settle()
    page = app.page
    window = app.window
    window.resize(window.width() + SIDE - page.width(), window.height() + SIDE - page.height())
    settle()
    return app


def open_bare() -> Bare:
    """The bare widget, shown, in the font and line height of the page."""
    bare = Bare(READING_FAMILIES, LINE_HEIGHT)
    bare.show()
    return bare
