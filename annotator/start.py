"""The command ``annotator``: a path alone opens the window at once, all else goes through click.

click takes a twentieth of the time in which the window starts, and a path needs none of it.
"""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper
from pathlib import Path

from annotator.core.errors import AnnotatorError

COMPLETION = "_ANNOTATOR_COMPLETE"
"""Set by a shell that asks, through click, for a completion or for the script that asks."""


def main() -> None:
    """Do what is said there; whatever goes wrong ends in a sentence and exit code 2."""
    given = sys.argv[1:]
    if isinstance(sys.stdout, TextIOWrapper):  # the name of a file may be in no encoding at all
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        if is_path_alone(*given) and COMPLETION not in os.environ:
            from annotator.ui.launch import open_window

            sys.exit(open_window(Path(given[0]) if given else None))
        from annotator.cli import program

        program(prog_name="annotator")
    except AnnotatorError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)
    except Exception as error:  # noqa: BLE001  nobody is shown a traceback
        from annotator.storage.log import log_unexpected

        logged = log_unexpected("A command failed", error)
        where = "the details are in the log" if logged else "it could not be logged"
        told = f"Something went wrong that should not have ({type(error).__name__}); {where}."
        sys.stderr.write(f"{told}\n")
        sys.exit(2)


def is_path_alone(*given: str) -> bool:
    """Whether the arguments are nothing, or a path that is there and cannot be a command's name."""
    if len(given) != 1:
        return not given
    name = given[0]
    there = os.path.exists(name)  # noqa: PTH110  for pathlib a name that is too long is an error
    return there and not name.startswith("-") and not name.isalpha()
