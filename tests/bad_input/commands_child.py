"""A process that runs commands one after the other.

Each line that it reads is JSON, a folder and a list of arguments; for each it prints, as a line of
JSON, the exit code and all that the command said there. A traceback has the exit code -1.
"""

from __future__ import annotations

import io
import json
import os
import sys
import traceback
from contextlib import redirect_stderr, redirect_stdout

from annotator.start import main


def run(*given: str) -> tuple[int, str]:
    """The exit code of the command line, and what it said."""
    said = io.StringIO()
    sys.argv = ["annotator", *given]
    with redirect_stdout(said), redirect_stderr(said):
        try:
            main()
        except SystemExit as leaving:
            return int(leaving.code or 0), said.getvalue()
        except BaseException:  # noqa: BLE001  whatever it is, a person would see it
            traceback.print_exc()
    return -1, said.getvalue()


if __name__ == "__main__":
    for line in sys.stdin:
        folder, given = json.loads(line)
        os.chdir(folder)
        sys.stdout.write(f"{json.dumps(run(*given))}\n")
        sys.stdout.flush()
