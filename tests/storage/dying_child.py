"""Processes that die at each step of a save at which a colleague writes as well.

Called with a folder, in which an article was tagged by anna. For each step a copy of the folder
is made beside it, in which a process edits, saves and is gone before that step; at the
exchange of old and new file the colleague was faster. Prints how many steps a save has.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from shutil import copytree
from typing import Any

from annotator.core.edits import set_note
from annotator.core.sources import Registry
from annotator.storage.disk import replacement
from annotator.storage.files.annotation_file import document_bytes, parse_document
from annotator.storage.folder import Folder
from annotator.storage.opening import open_session

GONE = 9


def main() -> None:
    folder = Path(sys.argv[1])
    for step in count():
        copy = Path(copytree(folder, f"{folder}-{step}"))
        pid = os.fork()
        if not pid:
            save(copy, step)
            os._exit(0)
        if os.waitpid(pid, 0)[1] == 0:
            sys.stdout.write(f"{step}\n")
            return


def save(folder: Path, step: int) -> None:
    session = open_session(Folder(folder), folder / "a.txt", "anna", Registry()).session
    colleague_is_faster(session.path)
    die_at(step)
    session.do(set_note(session.tagging.annotations()[0], "mine"))
    session.close()


def colleague_is_faster(path: Path) -> None:
    real, writes = vars(replacement)["exchange"], iter([True])

    def exchange(one: Path, other: Path) -> Any:
        if next(writes, False):
            document = parse_document(path.read_bytes(), "")
            mine, theirs = document.annotations
            tags = mine, replace(theirs, note="theirs")
            beside = path.with_name("beside")
            beside.write_bytes(document_bytes(replace(document, annotations=tags)))
            beside.replace(path)
        return real(one, other)

    replacement.exchange = exchange  # type: ignore[attr-defined]


def die_at(step: int) -> None:
    """Die before the call to the disk of that number, or right after it."""
    numbers = count()

    def mortal(call: Callable[..., Any]) -> Callable[..., Any]:
        def calling(*given: Any, **named: Any) -> Any:
            before = next(numbers) == step
            if before:
                os._exit(GONE)
            result = call(*given, **named)
            if next(numbers) == step:
                os._exit(GONE)
            return result

        return calling

    for name in ("exchange", "digest_at", "sync_folder", "write_beside"):
        setattr(replacement, name, mortal(getattr(replacement, name)))
    for name in ("rename", "unlink"):
        setattr(Path, name, mortal(getattr(Path, name)))


if __name__ == "__main__":
    main()
