"""Starting the window; errors that nobody caught are logged, and said once."""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    QSocketNotifier,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
)
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QWidget

from annotator import __version__
from annotator.core.errors import AnnotatorError
from annotator.storage.bulk.garbage import paused_collector
from annotator.storage.log import APP, start_log
from annotator.storage.shipped.resources import resource_path
from annotator.ui.app import App
from annotator.ui.settings import Settings
from annotator.ui.talk import Talk


def run(path: Path | None, annotator: str | None) -> int:
    """Open the window on ``path`` and stay until it is closed; returns the exit code."""
    application = make_application()
    with paused_collector():  # what the window is made of stays
        log_path = start_log()
        app = App(Settings())
        catch_unexpected(app.talk, log_path)
        app.opening.begin(path, annotator)
        app.window.fit_to_screen()
        close_on_signals(app.window)
        app.window.show()
    return application.exec()


def close_on_signals(window: QWidget) -> None:
    """Let Ctrl+C in the terminal and the end of the session close the window, saved."""
    if sys.platform == "win32":  # it sends none of them
        return
    heard, told = os.pipe()
    os.set_blocking(told, False)
    # Python hears of a signal only when it runs again; Qt wakes at what is written here.
    signal.set_wakeup_fd(told)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: None)
    notifier = QSocketNotifier(heard, QSocketNotifier.Type.Read, window)
    notifier.activated.connect(lambda: os.read(heard, 64) and QApplication.closeAllWindows())


def make_application() -> QApplication:
    """The one Qt application, in the style that follows our palette."""
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else _new_application()
    application.setApplicationName("Source-attribution annotator")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName(APP)
    application.setWindowIcon(QIcon(str(resource_path("icons/annotator.svg"))))
    return application


def _new_application() -> QApplication:
    """Where Qt finds no way to a screen it ends the program; then at least in one sentence."""
    said: list[str] = []

    def hear(kind: QtMsgType, _: QMessageLogContext, message: str | None) -> None:
        if kind is QtMsgType.QtFatalMsg:
            sys.stderr.write(f"{no_window_sentence(said)}\n")
            sys.stderr.flush()
            os._exit(2)
        said.append(message or "")

    former = qInstallMessageHandler(hear)
    try:
        # As an argument: what setStyle returns would have PySide make all names of QStyle, 5 ms.
        return QApplication([*sys.argv[:1], "-style", "Fusion"])
    finally:
        qInstallMessageHandler(former)
        for message in said:
            logging.getLogger(__name__).warning(message)


def no_window_sentence(said: Sequence[str]) -> str:
    """What is said where Qt ends the program, from what it ``said`` before."""
    reason = " ".join(said[:2] if said and "display" not in said[0] else said[:1]).rstrip(".")
    return (
        f"No window can be opened here: {reason or 'Qt does not say why'}; "
        "annotator export PATH --to png -o FILE draws a picture instead."
    )


class UncaughtErrors(QObject):
    """Hears of the errors that nobody caught, in whatever thread, and says them in its own."""

    caught = Signal(object)

    def __init__(self, talk: Talk, log_path: Path | None) -> None:
        super().__init__(talk.parent)
        self._talk, self._log_path = talk, log_path
        self._said: set[str] = set()
        self.caught.connect(self._say)

    def catch(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Log an unexpected error at once; what is said of it waits for the window's thread."""
        if not isinstance(error, AnnotatorError):
            logging.getLogger(__name__).error("Unexpected", exc_info=(kind, error, trace))
        self.caught.emit(error)

    def _say(self, error: BaseException) -> None:
        if isinstance(error, AnnotatorError):
            self._talk.show_error(error)
        elif repr(error) not in self._said:
            self._said.add(repr(error))
            self._talk.warn(unexpected_sentence(error, self._log_path))


def catch_unexpected(talk: Talk, log_path: Path | None) -> None:
    """Let no error close the window: expected ones are said, others logged and said once."""
    sys.excepthook = UncaughtErrors(talk, log_path).catch


def unexpected_sentence(error: BaseException, log_path: Path | None) -> str:
    """What is said of an error that nobody expected."""
    where = f"the details are in {log_path}" if log_path else "it could not be logged"
    return (
        f"Something went wrong that should not have ({type(error).__name__}); "
        f"no confirmed change is lost, and {where}."
    )
