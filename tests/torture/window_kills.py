"""SIGKILL of the real window, offscreen, under random keys: what it confirmed is there again.

A round is a folder in which the program is started, killed and looked at several times.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from tests.torture.children import Told
from tests.torture.kills import judge, state
from tests.torture.places import REVIEWER, refuse_damage, seed_folder
from tests.torture.rounds import Kind, Outcome, Round

_LIVES = 2
_ROOT = Path(__file__).resolve().parents[2]


def play(one: Round, outcome: Outcome) -> None:
    """Several lives of the program in one folder."""
    seed_folder(one.home)
    before = state(one.home, _WHO)
    for _ in range(_LIVES):
        told = _live(one)
        outcome.counts["kills"] += 1
        outcome.counts["edits"] += sum(word == "done" for word, _ in told)
        before = judge(one.home, _WHO, before, [("done", before), *told], outcome)
        refuse_damage(one.home, outcome)


_WHO = "dora"
"""Carla reviews; the window tags."""


def _live(one: Round) -> Told:
    """What the window told until it was killed, some confirmed changes after its start."""
    changes, seconds = one.dice.randrange(1, 60), one.dice.uniform(0, 0.02)
    seed = str(one.dice.randrange(10**6))
    command = [sys.executable, "-m", "tests.e2e.telling", str(one.home), _WHO, seed]
    told: Told = []
    with subprocess.Popen(
        command, cwd=_ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as window:
        assert window.stdout
        for line in window.stdout:
            word, _, text = line.strip().partition(" ")
            told += [(word, text)] if word != "ready" else []
            changes -= word == "done"
            if not changes:
                time.sleep(seconds)
                window.kill()
    return told


assert _WHO != REVIEWER
KIND = Kind("window-kills", play, "{kills:,} kills, {edits:,} confirmed edits", 1, 1, 1)
