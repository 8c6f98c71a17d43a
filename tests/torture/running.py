"""Playing the rounds of a kind on all cores: each batch of rounds in a process of its own.

A round that dies or never ends takes its batch with it, and nothing else; memory that is lost
in a batch is free again after it.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from tests.torture.places import keep_data_in
from tests.torture.rounds import Finding, Harm, Kind, Outcome, Round, where

_CPU_SECONDS, _SECONDS = 30, 180
"""What a round may take: of a core, and by the clock of a machine that is busy otherwise."""

_MEMORY = 1 << 30
"""Bytes that a batch may hold; what wants more ends in a MemoryError, which is a finding."""

_TROUBLES = {signal.SIGPROF: "no end", signal.SIGALRM: "no end", signal.SIGKILL: "killed"}


class Plan(NamedTuple):
    """How a kind is played: from which round on, and as long as ``goes_on`` says so."""

    seed: int
    home: Path
    cores: int
    first: int
    goes_on: Callable[[int], bool]


class Found(NamedTuple):
    """A finding, and the round that it was made in."""

    number: int
    finding: Finding


@dataclass
class Tally:
    """What came of all rounds of a kind."""

    kind: Kind
    rounds: int = 0
    seconds: float = 0
    counts: Counter[str] = field(default_factory=Counter)
    found: list[Found] = field(default_factory=list)

    def harms(self, harm: Harm) -> int:
        """How often something of the sort happened."""
        return sum(one.finding.harm is harm for one in self.found)


class _Batch(NamedTuple):
    numbers: range
    report: Path


def play(kind: Kind, plan: Plan) -> Tally:
    """Play rounds of a kind as the plan says, and add up what came of them."""
    tally, began = Tally(kind), time.monotonic()
    cases = kind.prepare(plan.home)
    batches = _batches(kind, plan, len(cases) if cases is not None else 1 << 60)
    running = dict[int, _Batch]()
    try:
        while _fill(running, batches, plan.cores, lambda one: _begin(kind, plan, one, cases)):
            pid, status = os.wait()
            _end_group(pid)  # what a batch that died has left
            _add_up(tally, running.pop(pid), os.waitstatus_to_exitcode(status))
    finally:
        for pid in running:
            _end_group(pid)
    tally.seconds = time.monotonic() - began
    return tally


def _batches(kind: Kind, plan: Plan, end: int) -> Iterator[range]:
    """The numbers of the rounds of each batch, as long as the plan goes on."""
    number = plan.first
    while number < end and plan.goes_on(number):
        numbers = range(number + 1, min(number + kind.batch, end))
        stop = next((one for one in numbers if not plan.goes_on(one)), numbers.stop)
        yield range(number, stop)
        number = stop


def _fill(
    running: dict[int, _Batch],
    batches: Iterator[range],
    cores: int,
    begin: Callable[[range], tuple[int, _Batch]],
) -> bool:
    """Begin a batch for each core that has none; whether any is running."""
    while len(running) < cores and (numbers := next(batches, None)):
        pid, batch = begin(numbers)
        running[pid] = batch
    return bool(running)


def _begin(
    kind: Kind, plan: Plan, numbers: range, cases: Sequence[Any] | None
) -> tuple[int, _Batch]:
    report = plan.home / f"{numbers.start}.report"
    pid = os.fork()
    if not pid:
        try:
            os.setpgid(0, 0)
            _play_batch(kind, plan, numbers, cases, report)
        finally:
            os._exit(0)
    return pid, _Batch(numbers, report)


def _play_batch(
    kind: Kind, plan: Plan, numbers: range, cases: Sequence[Any] | None, report: Path
) -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, _MEMORY))
    for number in numbers:
        _limit_time()
        dice = Random(f"{plan.seed} {kind.name} {number}")
        home = plan.home / f"{number}"
        home.mkdir()
        keep_data_in(home)
        outcome = _played(kind, Round(number, dice, home, cases[number] if cases else None))
        shutil.rmtree(home, ignore_errors=True)
        with report.open("a", encoding="utf-8") as told:
            told.write(json.dumps([number, outcome.counts, outcome.findings]) + "\n")


def _limit_time() -> None:
    """Let the process die of what takes too long; a new round begins anew."""
    signal.setitimer(signal.ITIMER_PROF, _CPU_SECONDS)
    signal.setitimer(signal.ITIMER_REAL, _SECONDS)


def _played(kind: Kind, play: Round) -> Outcome:
    outcome = Outcome()
    try:
        kind.play(play, outcome)
    except Exception as error:  # noqa: BLE001  it is what is looked for
        outcome.traceback(where(error))
    harms = (one._replace(what=one.what.replace(f"{play.home}/", "")) for one in outcome.findings)
    return Outcome(outcome.counts, list(harms))


def _add_up(tally: Tally, batch: _Batch, exit_code: int) -> None:
    done = 0
    for number, counts, findings in _told(batch.report):
        done += 1
        tally.rounds += 1
        tally.counts.update(counts)
        tally.found += (Found(number, Finding(Harm(harm), what)) for harm, what in findings)
    if done < len(batch.numbers):
        why = _TROUBLES.get(signal.Signals(-exit_code), "died") if exit_code < 0 else "died"
        harm = Finding(Harm.TRACEBACK, f"the process: {why} ({exit_code})")
        tally.found.append(Found(batch.numbers[done], harm))
        shutil.rmtree(batch.report.with_name(f"{batch.numbers[done]}"), ignore_errors=True)
    batch.report.unlink(missing_ok=True)


def _told(report: Path) -> Iterator[tuple[int, dict[str, int], list[list[str]]]]:
    if report.exists():
        for line in report.read_text("utf-8").splitlines():
            yield json.loads(line)


def _end_group(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
