"""The program is killed while an editor tags; nothing that the screen has confirmed is lost."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading

import pytest

from annotator.core.sources import Registry
from annotator.storage.disk.contents import digest
from annotator.storage.files.annotation_file import document_bytes
from annotator.storage.folder import Folder
from annotator.storage.opening import open_session
from tests.e2e.desktop import ROOT, Desktop

pytestmark = pytest.mark.e2e

IN_A_REAL_WINDOW, OFFSCREEN = 10, 10
LONGEST = 0.25
"""Seconds between the first confirmed change and the last moment of a kill."""

BURST = (
    "ctrl+Home", "ctrl+Right", "ctrl+shift+Right", "ctrl+shift+Right", "1", "Escape",
    "ctrl+shift+Right", "k", "ctrl+shift+Right", "2", "u", "ctrl+z", "ctrl+y", "Escape",
    "ctrl+s", "Tab", "Delete", "ctrl+Right", "ctrl+shift+Right", "y", "ctrl+z",
)  # fmt: skip


def test_nothing_is_lost_when_the_real_window_is_killed_under_the_keys(
    screen: Desktop, folder: Folder
) -> None:
    dice, confirmed = random.Random(1), state(folder)
    for _ in range(IN_A_REAL_WINDOW):
        process = screen.start(command(folder))
        assert process.stdout
        assert process.stdout.readline() == "ready -\n"
        keys = screen.start(["xdotool", "key", "--delay", "2", *BURST * 20], quiet=True)
        told = told_until_killed(process, dice.uniform(0, LONGEST))
        keys.kill()
        screen.xdotool("keyup", "ctrl", "keyup", "shift")
        confirmed = refuse_loss(folder, confirmed, told)


def test_nothing_is_lost_when_the_program_is_killed_at_random_moments(folder: Folder) -> None:
    dice, confirmed = random.Random(2), state(folder)
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    for seed in range(OFFSCREEN):
        with subprocess.Popen(
            [*command(folder), str(seed)],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        ) as process:
            told = told_until_killed(process, dice.uniform(0, LONGEST))
        confirmed = refuse_loss(folder, confirmed, told)


def command(folder: Folder) -> list[str]:
    return [sys.executable, "-m", "tests.e2e.telling", str(folder.path), "carla"]


def told_until_killed(process: subprocess.Popen[str], seconds: float) -> list[tuple[str, str]]:
    """What the program tells until it is killed, some seconds after its first confirmed change."""
    assert process.stdout
    told: list[tuple[str, str]] = []
    for line in process.stdout:
        word, _, state = line.strip().partition(" ")
        if word == "done" and not any(known == "done" for known, _ in told):
            threading.Timer(seconds, process.kill).start()
        told.append((word, state))
    assert process.wait() == -signal.SIGKILL
    return [one for one in told if one[0] != "ready"]


def refuse_loss(folder: Folder, before: str, told: list[tuple[str, str]]) -> str:
    """The state that the next start finds, which is the one last confirmed.

    A change that the kill came upon may be there as well, but only whole.
    """
    done = [state for word, state in told if word == "done"]
    assert done
    found = state(folder)
    assert found in {done[-1], told[-1][1]}, f"{len(done)} changes since {before} were confirmed"
    return found


def state(folder: Folder) -> str:
    """The digest of what a new opening finds; it is left as it was found."""
    (article,) = folder.articles()
    session = open_session(folder, article, "carla", Registry()).session
    try:
        assert session.read_only is None
        return digest(document_bytes(session.document()))
    finally:
        session.abandon()
