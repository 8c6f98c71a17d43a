"""The command line of the torture: which kinds, how long, from which seed."""

from __future__ import annotations

import logging
import os
import shutil
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from pathlib import Path
from random import SystemRandom

from tests.torture.kinds import KINDS
from tests.torture.rounds import Kind
from tests.torture.running import Plan, Tally, play
from tests.torture.table import drawn, failures, harmed, put_into_readme

_MINUTES = 5.0


def main() -> None:
    """Play what is asked for in a home of its own, and say what came of it."""
    asked = _asked(sys.argv[1:])
    kinds = [kind for kind in KINDS if not asked.only or kind.name in asked.only]
    with tempfile.TemporaryDirectory(prefix="annotator-torture-", dir=_memory_disk()) as name:
        _live_in(Path(name))
        tallies = [_play(kind, kinds, asked, Path(name)) for kind in kinds]
    sys.stdout.write(drawn(tallies, asked.seed))
    if asked.readme:
        put_into_readme(drawn(tallies, asked.seed))
    sys.exit(harmed(tallies))


def _asked(arguments: Sequence[str]) -> Namespace:
    parser = ArgumentParser(prog="./dev torture", description="Kill, fail, mutate, race and soak.")
    parser.add_argument("--minutes", type=float, default=_MINUTES, help="for all kinds together")
    names = [kind.name for kind in KINDS]
    parser.add_argument("--only", action="append", choices=names, help="this kind; repeatable")
    parser.add_argument("--seed", type=int, default=SystemRandom().randrange(10**6))
    parser.add_argument("--round", type=int, help="this round alone, to see a failure again")
    parser.add_argument("--sample", action="store_true", help="the rounds of ./dev test")
    parser.add_argument("--readme", action="store_true", help="put the table into the README")
    parser.add_argument("--cores", type=int, default=len(os.sched_getaffinity(0)))
    return parser.parse_args(arguments)


def _memory_disk() -> str | None:
    """Where files never wait for a disk, as far as the system has such a place."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def _live_in(home: Path) -> None:
    """Let nothing of the user's matter, or be touched."""
    for kind in ("CACHE", "CONFIG", "DATA", "STATE"):
        os.environ[f"XDG_{kind}_HOME"] = str(home / kind.lower())
    os.environ |= {"HOME": str(home), "ANNOTATOR_DATA_DIR": str(home / "annotator")}
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    logging.disable()  # what is logged is told by outcomes


def _play(kind: Kind, kinds: Sequence[Kind], asked: Namespace, home: Path) -> Tally:
    share = kind.share / sum(one.share for one in kinds)
    goes_on = _until(kind, asked, time.monotonic() + asked.minutes * 60 * share)
    own = home / kind.name
    own.mkdir()
    tally = play(kind, Plan(asked.seed, own, asked.cores, asked.round or 0, goes_on))
    shutil.rmtree(own, ignore_errors=True)
    for line in (f"{kind.name}: {tally.rounds:,} rounds", *failures(tally, asked.seed)):
        sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
    return tally


def _until(kind: Kind, asked: Namespace, end: float) -> Callable[[int], bool]:
    if asked.round is not None:
        return lambda number: number == asked.round
    if asked.sample:
        return lambda number: number < kind.sample
    return lambda number: time.monotonic() < end
