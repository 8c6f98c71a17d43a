"""Menus by keyboard in the real window: F10 and the folders that were open lately."""

from __future__ import annotations

import shutil
from pathlib import Path
from subprocess import Popen

import pytest

from annotator.storage.folder import Folder
from tests.e2e.conftest import work_of
from tests.e2e.desktop import PATIENCE, Desktop, program, wait_for

pytestmark = pytest.mark.e2e


class Menus:
    """The menus of a program: after each key it is waited for what the key is to bring about.

    A busy machine may take long to open one, and X gives a key to whoever has the keyboard then.
    """

    def __init__(self, screen: Desktop, process: Popen[str], window: str) -> None:
        self._screen, self._process, self._window = screen, process, window

    @property
    def _open(self) -> set[str]:
        return self._screen.menus(self._process, self._window)

    def open(self, key: str) -> None:
        """Press a key that opens a menu, in the place of another one or beside it."""
        before = self._open
        self._screen.keys(key)
        wait_for(lambda: self._open - before, f"{key} opened a menu")

    def leave(self, key: str) -> None:
        """Press a key after which no menu is open."""
        self._screen.keys(key)
        wait_for(lambda: not self._open, f"{key} closed the menus")


def test_f10_walks_the_menus_and_gives_the_keyboard_back(screen: Desktop, folder: Folder) -> None:
    process = screen.start(program(folder.path / "corea-del-nord.txt", "--annotator", "carla"))
    menus = Menus(screen, process, screen.window("corea-del-nord.txt"))
    # To Edit and to Annotate, then back, and out by the same key; then a tag as ever.
    for key in ("F10", "Right", "Right", "Left"):
        menus.open(key)
    menus.leave("F10")
    screen.keys("ctrl+Home")
    screen.keys("shift+Right", times=5)
    screen.keys("1")
    wait_for(lambda: len(work_of(folder, "carla")) == 1, "the words were tagged")
    # The third menu's first entry is the claim: the same by Enter.
    screen.keys("Escape", "ctrl+End")
    screen.keys("shift+Left", times=5)
    for key in ("F10", "Right", "Right"):
        menus.open(key)
    menus.leave("Return")
    wait_for(lambda: len(work_of(folder, "carla")) == 2, "the menu tagged the words")
    screen.keys("ctrl+q")
    assert process.wait(PATIENCE) == 0


def test_a_recent_folder_is_opened_by_keyboard(
    screen: Desktop, folder: Folder, tmp_path: Path, seeds: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(seeds / "corea-del-nord.txt", other / "other.txt")
    first = screen.start(program(other, "--annotator", "carla"))
    screen.window("other.txt")
    screen.keys("ctrl+q")
    assert first.wait(PATIENCE) == 0
    process = screen.start(program(folder.path))
    menus = Menus(screen, process, screen.window("corea-del-nord.txt"))
    menus.open("alt+f")
    menus.open("r")
    menus.leave("2")
    screen.window("other.txt")
    screen.keys("ctrl+q")
    assert process.wait(PATIENCE) == 0
