"""The command ``annotator``: a path alone opens the window at once, all else goes through click.

click takes a twentieth of the time in which the window starts, and a path needs none of it.
"""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import NoReturn

from annotator.core.errors import AnnotatorError

COMPLETION = "_ANNOTATOR_COMPLETE"
"""Set by a shell that asks, through click, for a completion or for the script that asks."""


def main() -> None:
    """Do what is said there; whatever goes wrong ends in a sentence and exit code 2."""
    given = sys.argv[1:]
    if isinstance(sys.stdout, TextIOWrapper):  # the name of a file may be in no encoding at all
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        try:
            _run(given)
        finally:
            sys.stdout.flush()
    except AnnotatorError as error:
        from annotator.core.display_text import escaped

        _end(escaped(str(error)))
    except Exception as error:  # noqa: BLE001  nobody is shown a traceback
        if isinstance(error, OSError) and _is_of_output(error):
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # nothing more is to go there
            _end(f"The output cannot be written ({error.strerror}); send it somewhere else.")
        from annotator.storage.log import log_unexpected

        logged = log_unexpected("A command failed", error)
        where = "the details are in the log" if logged else "it could not be logged"
        _end(f"Something went wrong that should not have ({type(error).__name__}); {where}.")


def _run(given: list[str]) -> None:
    if is_path_alone(*given) and COMPLETION not in os.environ:
        from annotator.ui.launch import open_window

        sys.exit(open_window(Path(given[0]) if given else None))
    import logging

    from annotator.cli import program

    logging.lastResort = None  # what is to be said the commands say; the rest is for the log
    program(prog_name="annotator")


def _is_of_output(error: OSError) -> bool:
    """Whether it was the standard output that could not be written, here or by click."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    module = trace.tb_frame.f_globals.get("__name__", "") if trace else ""
    return module == __name__ or module.startswith("click.")


def _end(sentence: str) -> NoReturn:
    sys.stderr.write(f"{sentence}\n")
    sys.exit(2)


def is_path_alone(*given: str) -> bool:
    """Whether the arguments are nothing, or a path that is there and cannot be a command's name."""
    if len(given) != 1:
        return not given
    name = given[0]
    there = os.path.exists(name)  # noqa: PTH110  for pathlib a name that is too long is an error
    return there and not name.startswith("-") and not name.isalpha()
