"""The whole seed article, tagged by keyboard alone in the real window."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.storage.folder import Folder
from tests.e2e.by_keyboard import (
    ARTICLE,
    KEYS,
    MOUSE_ACTIONS,
    NOTE,
    by_words,
    document_at,
    for_xdotool,
    tag_by_keyboard,
)
from tests.e2e.desktop import Desktop


@pytest.mark.e2e
def test_keys_alone_lead_to_what_the_sample_holds(screen: Desktop, folder: Folder) -> None:
    made = tag_by_keyboard(screen, folder, "carla")
    sample = document_at(folder.annotation_file(folder.path / ARTICLE, "anna"))
    assert made.annotator == "carla"
    assert by_words(made) == by_words(sample)


def test_the_readme_says_how_many_key_presses_it_takes(root: Path) -> None:
    readme = " ".join((root / "README.md").read_text("utf-8").split())
    assert MOUSE_ACTIONS == 0
    assert f"a note of {len(NOTE)} characters" in readme
    assert f"takes {len(KEYS)} key presses and no mouse" in readme


def test_keys_are_named_for_xdotool() -> None:
    keys = ["Ctrl+Shift+E", "N", "Shift+K", "+", "Esc", "Alt+Shift+Right", "1", " "]
    named = ["ctrl+shift+e", "n", "shift+k", "U002B", "Escape", "alt+shift+Right", "1", "U0020"]
    assert [for_xdotool(key) for key in keys] == named
