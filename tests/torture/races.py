"""Several processes take over a stale lock at once: one of them has it, and keeps its work."""

from __future__ import annotations

import json
import os
import time
from functools import partial
from pathlib import Path

from annotator.core.edits import set_note
from annotator.storage.disk.lock import lock_path
from tests.torture.children import Child, Tell
from tests.torture.places import open_as, refuse_damage, seed_folder, tagging_of
from tests.torture.rounds import Kind, Outcome, Round
from tests.torture.writers import Gate

_REPEATS = 10


def play(one: Round, outcome: Outcome) -> None:
    """Several takeovers, each in a folder of its own."""
    for number in range(_REPEATS):
        home = one.home / str(number)
        home.mkdir()
        _race(seed_folder(home), one.dice.choice((2, 3, 5)), one, outcome)


def _race(home: Path, runners: int, one: Round, outcome: Outcome) -> None:
    """All run at once; nobody ends before all have said whether they have it."""
    _leave_stale_lock(home, one)
    start, end = Gate(), Gate()
    late = [one.dice.uniform(0, 0.0005) for _ in range(runners)]
    children = [Child(partial(_run, home, who, start, end, late[who])) for who in range(runners)]
    start.open()
    first = [next(iter(child)) for child in children]
    end.open()
    told = [*first, *(one for child in children for one in child.end())]
    holders = [text for word, text in first if word == "has it"]
    outcome.counts["takeovers"] += 1
    outcome.counts["runners"] += runners
    if len(holders) != 1:
        outcome.damaged(f"{len(holders)} of {runners} believed that they had the lock")
    for word, text in told:
        if word in ("refused", "traceback"):
            outcome.traceback(text)
    _judge(home, {text for word, text in told if word == "done"}, outcome)


def _run(home: Path, who: int, start: Gate, end: Gate, seconds: float, tell: Tell) -> None:
    start.wait()
    time.sleep(seconds)
    session = open_as(home).session
    tell("has none" if session.read_only else "has it", str(who))
    end.wait()
    if not session.read_only:
        note = f"note of {who}"
        session.do(set_note(session.tagging.annotations()[who], note))
        tell("done", note)


def _leave_stale_lock(home: Path, one: Round) -> None:
    """As a process leaves it that was killed: its number is nobody's any more."""
    gone = {"user": "x", "host": os.uname().nodename, "pid": 1 << 30, "born": "1", "since": "?"}
    kind = one.dice.choice(["written by the program", "an old one"])
    if kind == "an old one":
        lock_path(tagging_of(home)).write_text(json.dumps(gone))
    else:
        Child(lambda tell: tell("opened", str(open_as(home).session.path))).end()


def _judge(home: Path, notes: set[str], outcome: Outcome) -> None:
    refuse_damage(home, outcome)
    session = open_as(home).session
    if session.read_only:
        outcome.damaged(f"opened read-only: {session.read_only}")
    session.abandon()
    for note in notes - {one.note for one in session.tagging}:
        outcome.lost(f"a confirmed {note}")


KIND = Kind("races", play, "{takeovers:,} takeovers by {runners:,} processes", 10, 4, 1)
