"""``python -m tests.e2e.review_by_keyboard``: the sample's two annotators, reviewed by keyboard.

Starts the program for a reviewer on a desktop of its own and presses the keys below: everything
that agrees and every trifle at once, then item after item, with a reason, a comment, a decision
that is undone, one that is edited in the text, and a claim that nobody had tagged. Prints how
many key presses it took and leaves the review file in the folder that may be named behind it.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

from annotator.core.model import Document
from annotator.core.tagging import Tagging
from annotator.review.decide.review import Review, Reviewed
from annotator.review.decide.state import ItemState, progress
from annotator.storage.colleagues import read_colleagues
from annotator.storage.folder import Folder
from tests.e2e.by_keyboard import ARTICLE, document_at, for_xdotool, several
from tests.e2e.desktop import PATIENCE, ROOT, Desktop, desktop, program, wait_for

REASON = "nobody says so; it is how the article puts it."
COMMENT = "boris, this is what he stresses: did you leave it out on purpose?"

PARTS: list[tuple[int, list[str]]] = [
    (5, [*several("Ctrl+R Ctrl+Shift+P"), *"all that agree", "Return"]),
    (6, [*several("Ctrl+Shift+P"), *"longer", "Return"]),
    # The chain, the whole claim, both attributions of one sentence.
    (10, several("A 1 A A")),
    # Rejected by mistake and taken back, then rejected with the reason.
    (10, several("X Ctrl+Z")),
    (11, [*several("Shift+X"), *REASON, "Return"]),
    # Two that are linked otherwise, a boundary, and what the minister stresses.
    (15, several("A 1 2 A")),
    (16, ["C", *COMMENT, "Return", "A"]),
    (17, several("1")),
    # Taken, and a word taken off its end in the text.
    (18, several("E Alt+Left Space")),
    (22, several("A A A A")),
    (23, several("1")),
    # The headline, which nobody had tagged; done.
    (23, several("Esc Ctrl+Home Ctrl+Shift+Right*11 1 U Esc Ctrl+Return")),
]
"""Keys, and how many items are decided once they are pressed."""

KEYS = [key for _, keys in PARTS for key in keys]


def review_by_keyboard(screen: Desktop, folder: Folder, reviewer: str) -> Path:
    """Review the article in the real program; gives the file that it leaves."""
    article = folder.path / ARTICLE
    process = screen.start(program(article, "--annotator", reviewer))
    for expected, keys in PARTS:
        screen.window(ARTICLE)  # which has the keyboard again, where a popup had it before
        screen.keys(*map(for_xdotool, keys))
        wait_for(partial(is_decided, folder, reviewer, expected), f"{expected} were decided")
    screen.keys(for_xdotool("Ctrl+Q"))
    if process.wait(PATIENCE) != 0:
        raise RuntimeError("the program ended with an error")
    return folder.review_file(article, reviewer)


def is_decided(folder: Folder, reviewer: str, expected: int) -> bool:
    """Whether so many items are decided in the file: each decision is saved at once."""
    path = folder.review_file(folder.path / ARTICLE, reviewer)
    return path.exists() and decided(folder, document_at(path)) == expected


def decided(folder: Folder, document: Document) -> int:
    """How many items a review has decided."""
    reviewed = Reviewed.of(read_colleagues(folder, folder.path / ARTICLE))
    review = Review(Tagging(document.annotations), document, reviewed)
    return progress(review)[ItemState.DECIDED]


def check(path: Path) -> subprocess.CompletedProcess[str]:
    """What ``annotator check`` says of a file."""
    return subprocess.run(program("check", path), capture_output=True, text=True, cwd=ROOT)


def main() -> None:
    """Review a copy of the seeds, check the file, and print what it took."""
    with tempfile.TemporaryDirectory(prefix="annotator-") as name, desktop(Path(name)) as screen:
        folder = Folder(Path(shutil.copytree(ROOT / "seeds", Path(name) / "seeds")))
        path = review_by_keyboard(screen, folder, "carla")
        checked, document = check(path), document_at(path)
        if len(sys.argv) > 1:
            shutil.copy(path, sys.argv[1])
    sys.stdout.write(
        f"{len(document.decisions)} decisions, {len(document.annotations)} agreed annotations, "
        f"{len(KEYS)} key presses\n{checked.stdout}{checked.stderr}"
    )
    sys.exit(checked.returncode)


if __name__ == "__main__":
    main()
