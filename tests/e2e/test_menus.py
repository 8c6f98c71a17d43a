"""Menus by keyboard in the real window: F10 and the folders that were open lately."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from annotator.storage.folder import Folder
from tests.e2e.conftest import work_of
from tests.e2e.desktop import PATIENCE, Desktop, program, wait_for

pytestmark = pytest.mark.e2e


def test_f10_walks_the_menus_and_gives_the_keyboard_back(screen: Desktop, folder: Folder) -> None:
    process = screen.start(program(folder.path / "corea-del-nord.txt", "--annotator", "carla"))
    screen.window("corea-del-nord.txt")
    # To Edit and to Annotate, then back, and out by the same key; then a tag as ever.
    screen.keys("F10", "Right", "Right", "Left", "F10", "ctrl+Home")
    screen.keys("shift+Right", times=5)
    screen.keys("1")
    wait_for(lambda: len(work_of(folder, "carla")) == 1, "the words were tagged")
    # The third menu's first entry is the claim: the same by Enter.
    screen.keys("Escape", "ctrl+End")
    screen.keys("shift+Left", times=5)
    screen.keys("F10", "Right", "Right", "Return")
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
    screen.window("corea-del-nord.txt")
    screen.keys("alt+f", "r", "2")
    screen.window("other.txt")
    screen.keys("ctrl+q")
    assert process.wait(PATIENCE) == 0
