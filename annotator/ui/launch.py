"""Opening the window from the command line: is there a display, and is Qt all there?"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from annotator.core.errors import AnnotatorError
from annotator.storage.bulk.garbage import paused_collector

QT_ON_DEBIAN = (
    "sudo apt-get install libegl1 libgl1 libx11-xcb1 libdbus-1-3 libfontconfig1 libglib2.0-0 "
    "libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-randr0 libxcb-shape0 libxcb-sync1 "
    "libxcb-xfixes0 libxcb-xkb1 libxkbcommon-x11-0"
)


def open_window(path: Path | None = None, annotator: str | None = None) -> int:
    """Open the window on ``path`` until it is closed; returns the exit code.

    Raises `AnnotatorError` where there is no display, or where Qt is not all there.
    """
    if sys.platform == "linux" and not _has_display():
        raise AnnotatorError(
            "There is no display here for a window to open on; "
            "annotator export PATH --to png -o FILE draws a picture instead."
        )
    try:
        with paused_collector():  # a module that is loaded stays
            from annotator.ui.program import run
    except ImportError as error:
        explain_missing_qt(error)
        raise
    return run(path, annotator)


def _has_display() -> bool:
    return any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")))


def explain_missing_qt(error: ImportError) -> None:
    """Raise the sentence on what to install, unless what is missing is a part of our own."""
    if (error.name or "").startswith("annotator"):
        return
    raise AnnotatorError(
        f"The window needs Qt, and this part of it is missing: {error}; "
        f"install it and start again; on Debian and Ubuntu: {QT_ON_DEBIAN}"
    ) from error
