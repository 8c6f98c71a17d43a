"""Starting the window, and the net under it: what nobody expected is logged and told once."""

from __future__ import annotations

import logging
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from platformdirs import user_log_path
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from annotator import __version__
from annotator.core.errors import AnnotatorError
from annotator.storage.resources import resource_path
from annotator.ui import opening
from annotator.ui.settings import APP, Settings
from annotator.ui.window import Window


def run(path: Path | None, annotator: str | None) -> int:
    """Open the window on ``path`` and stay until it is closed; returns the exit code."""
    application = make_application()
    log_path = start_log()
    window = Window(Settings())
    catch_unexpected(window, log_path)
    opening.begin(window, path, annotator)
    window.show()
    return application.exec()


def make_application() -> QApplication:
    """The one Qt application, in the style that follows our palette."""
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setStyle("Fusion")
    application.setApplicationName("Source-attribution annotator")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName(APP)
    application.setWindowIcon(QIcon(str(resource_path("icons/annotator.svg"))))
    return application


def start_log() -> Path | None:
    """Log to a file of the user's; None where that cannot be written."""
    path = user_log_path(APP, appauthor=False) / "annotator.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=1_000_000, backupCount=2, encoding="utf-8")
    except OSError:
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger("annotator").addHandler(handler)
    return path


def catch_unexpected(window: Window, log_path: Path | None) -> None:
    """Let no error close the window: expected ones are told, others logged and told once."""
    told: set[str] = set()

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, AnnotatorError):
            window.show_error(error)
            return
        logging.getLogger(__name__).error("Unexpected", exc_info=(kind, error, trace))
        if repr(error) not in told:
            told.add(repr(error))
            window.talk.warn(unexpected_sentence(error, log_path))

    sys.excepthook = hook


def unexpected_sentence(error: BaseException, log_path: Path | None) -> str:
    """What is said of an error that nobody expected."""
    where = f"the details are in {log_path}" if log_path else "it could not be logged"
    return (
        f"Something went wrong that should not have ({type(error).__name__}); "
        f"no confirmed change is lost, and {where}."
    )
