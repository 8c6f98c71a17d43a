"""``python -m tests.e2e.by_keyboard``: the whole seed article tagged by keyboard alone.

Starts the program for a new annotator on a desktop of its own, presses the keys below, as an
editor at home in the program would, and compares the file that comes of it with the sample.
Prints how many key presses it took (a key with its modifiers is one), and how many mouse actions.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from dataclasses import replace
from functools import partial
from pathlib import Path

from annotator.core.model import Annotation, Document, Span
from annotator.storage.files.annotation_file import parse_document
from annotator.storage.folder import Folder
from tests.e2e.conftest import work_of
from tests.e2e.desktop import PATIENCE, ROOT, Desktop, desktop, program, wait_for

ARTICLE = "corea-del-nord.txt"
NOTE = '"1,5 e 12 unità" reads like thousands lost in translation; check against the original wire.'


def several(keys: str) -> list[str]:
    """Keys with blanks between them, "*" and a number behind those pressed several times."""
    presses = []
    for one in keys.split():
        key, _, times = one.partition("*")
        presses += [key] * int(times or 1)
    return presses


PARTS: list[tuple[int, list[str]]] = [
    # North Korea confirms, with a claim as its content; the stance is chosen in the inspector.
    (1, several("Ctrl+Shift+E*2 Ctrl+Right*5 Ctrl+Shift+E*2 Ctrl+Right*7 Ctrl+Shift+Right*11 N")),
    (2, several("Ctrl+Right*2 Ctrl+Shift+Right*11 1 Return Shift+Tab*3 C Esc")),
    # Yonhap, and behind it KCNA.
    (3, several("Right Ctrl+Shift+E Ctrl+Right Ctrl+Shift+Right*10 Y")),
    (4, several("Ctrl+Right Ctrl+Shift+Right*9 Shift+K Esc")),
    # A claim of the article's own.
    (5, several("Ctrl+Right Ctrl+Shift+Right*6 1 U Esc")),
    # Pyongyang denies, with two quotes.
    (6, several("Ctrl+Right*2 Ctrl+Shift+Right*9 N")),
    (8, several("Ctrl+Right*7 Ctrl+Shift+E 2 Ctrl+Right*2 Ctrl+Shift+E 2")),
    (8, several("Return Shift+Tab*3 Down*2 Esc")),
    # KCNA, and its claim.
    (9, several("Ctrl+Right*3 Ctrl+Shift+Right*3 K")),
    (10, several("Ctrl+Right Ctrl+Shift+Right*20 1 Esc")),
    # A sentence, cut down to the claim in it; who says it, as the picker proposes; its quotes.
    (11, several("Right Ctrl+Shift+E Ctrl+Right Ctrl+Shift+Right Ctrl+Shift+E 1")),
    (12, several("Alt+Shift+Right*10 Ctrl+Left Ctrl+Shift+Left*11 3 Return")),
    (13, several("Esc Ctrl+Right*6 Ctrl+Shift+E 2")),
    (14, several("Ctrl+Shift+E*2 Ctrl+Left Right Ctrl+Shift+E 2 Esc")),
    # Reports, found by three letters, in two parts; two claims, one unsure, with a note.
    (15, several("Ctrl+Right*6 Ctrl+Shift+Right*16 3 R E P Return")),
    (16, several("Ctrl+Right*6 Ctrl+Shift+Right*2 + C Ctrl+Shift+Right*7 1")),
    (17, several("Ctrl+Right Ctrl+Shift+Right*10 1")),
    (17, [*several("Tab*2 Return"), *NOTE, *several("Shift+Tab U Esc Esc")]),
    # The treaty, by the article itself.
    (18, several("Left Ctrl+Shift+E Ctrl+Right*2 Ctrl+Shift+Right Ctrl+Shift+E 1 U Esc")),
    # What RBC says stands in it; then words of nobody known.
    (19, several("Ctrl+Right Ctrl+Shift+Right Ctrl+Shift+E 1 Alt+Shift+Right*4")),
    (20, several("Ctrl+Left Ctrl+Shift+Left*4 R Esc")),
    (21, several("Right Ctrl+Shift+E*2 Ctrl+Left Right Ctrl+Shift+E 2 U*2 Esc")),
    # South Korean intelligence.
    (22, several("Ctrl+Right*2 Ctrl+Shift+Right Ctrl+Shift+E 1 Alt+Shift+Right*6")),
    (23, several("Ctrl+Left Ctrl+Shift+Left*6 I Esc")),
    # North Korea is put behind KCNA; done.
    (23, several("Ctrl+Home Tab L Right*2 Return Ctrl+Return")),
]
"""Keys, and how many annotations there are once they are pressed."""

KEYS = [key for _, keys in PARTS for key in keys]
MOUSE_ACTIONS = 0
LEAVE = "Ctrl+Q"

NAMES = {"Ctrl": "ctrl", "Shift": "shift", "Alt": "alt", "Esc": "Escape", "Space": "space"}
"""What xdotool calls what Qt calls otherwise."""


def for_xdotool(key: str) -> str:
    """A key as xdotool names it; a single letter is the key without Shift, as Qt means it."""
    if len(key) == 1:
        return key.lower() if key.isascii() and key.isalnum() else f"U{ord(key):04X}"
    *modifiers, last = key.split("+")
    last = NAMES.get(last, last.lower() if len(last) == 1 else last)
    return "+".join([*(NAMES[one] for one in modifiers), last])


def tag_by_keyboard(screen: Desktop, folder: Folder, annotator: str) -> Document:
    """Tag the article in the real program, and read the file that it leaves."""
    article = folder.path / ARTICLE
    screen.lay_keys("it")
    process = screen.start(program(article, "--annotator", annotator))
    for expected, keys in PARTS:
        screen.window(ARTICLE)  # which has the keyboard again, where a popup had it before
        screen.keys(*map(for_xdotool, keys))
        # Who looks at what a key has done loses none: a popup that closes takes some with it.
        wait_for(partial(is_tagged, folder, annotator, expected), f"{expected} were tagged")
    screen.keys(for_xdotool(LEAVE))
    if process.wait(PATIENCE) != 0:
        raise RuntimeError("the program ended with an error")
    return document_at(folder.annotation_file(article, annotator))


def is_tagged(folder: Folder, annotator: str, expected: int) -> bool:
    """Whether so many annotations are on the disk, saved or not."""
    return len(work_of(folder, annotator)) == expected


def document_at(path: Path) -> Document:
    """An annotation file, read."""
    return parse_document(path.read_bytes(), path.name)


def by_words(document: Document) -> tuple[object, ...]:
    """What the file says, each link given as the words that it points to, ids left out."""
    words = {one.id: _place(one.spans) for one in document.annotations}

    def named(one: Annotation) -> Annotation:
        content = tuple(sorted(words[i] for i in one.content))
        via = words[one.via] if one.via else None
        return replace(one, id="", content=content, via=via)

    article = replace(document.article, language=None)  # a new file does not state it
    return article, document.status, tuple(map(named, document.annotations))


def _place(spans: tuple[Span, ...]) -> str:
    return " … ".join(f"{span.start}: {span.exact}" for span in spans)


def main() -> None:
    """Tag a copy of the seeds, compare, and print what it took."""
    with tempfile.TemporaryDirectory(prefix="annotator-") as name, desktop(Path(name)) as screen:
        folder = Folder(Path(shutil.copytree(ROOT / "seeds", Path(name) / "seeds")))
        made = tag_by_keyboard(screen, folder, "carla")
        sample = document_at(folder.annotation_file(folder.path / ARTICLE, "anna"))
    same = by_words(made) == by_words(sample)
    sys.stdout.write(
        f"{len(made.annotations)} annotations, {'the same as' if same else 'other than'} the "
        f"sample's: {len(KEYS)} key presses, {MOUSE_ACTIONS} mouse actions\n"
    )
    sys.exit(not same)


if __name__ == "__main__":
    main()
