"""The log: where the details of an unexpected error go, since nobody is shown a traceback."""

from __future__ import annotations

import logging
from functools import cached_property
from pathlib import Path

APP = "source-attribution-annotator"

_log = logging.getLogger("annotator")


def log_unexpected(what: str, error: Exception | None = None) -> bool:
    """Write an error that nobody expected into the log, with its traceback; whether that is so.

    A command of the command line starts the log with the first one.
    """
    if not _log.hasHandlers():
        start_log()
    if not _log.hasHandlers():  # then Python itself would write the traceback to the screen
        return False
    _log.error("%s", what, exc_info=error)
    return True


def start_log() -> Path | None:
    """Log to a file of the user's; None where that cannot be written."""
    from platformdirs import user_log_path  # a module of its own for each system

    path = user_log_path(APP, appauthor=False) / "annotator.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.open("a", encoding="utf-8").close()
    except OSError:
        return None
    _log.addHandler(Log(path))
    return path


class Log(logging.Handler):
    """The log's file, opened for the first record: on most days there is none."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))

    @cached_property
    def _file(self) -> logging.Handler:
        from logging.handlers import RotatingFileHandler

        file = RotatingFileHandler(self._path, maxBytes=1_000_000, backupCount=2, encoding="utf-8")
        file.setFormatter(self.formatter)
        return file

    def emit(self, record: logging.LogRecord) -> None:
        self._file.handle(record)

    def close(self) -> None:
        if "_file" in vars(self):
            self._file.close()
        super().close()
