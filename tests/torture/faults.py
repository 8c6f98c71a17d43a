"""Each call to the disk of each scenario fails, once and for good, in every way it can.

Or the program is killed right before it: then the same is done again afterwards.
"""

from __future__ import annotations

import errno
import json
import shutil
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from random import Random
from typing import NamedTuple

from annotator.core.errors import AnnotatorError
from tests.torture import disk
from tests.torture.children import Child, Tell, Told
from tests.torture.disk import Fault
from tests.torture.folder_scenarios import FOLDER_SCENARIOS
from tests.torture.looking_scenarios import LOOKING_SCENARIOS
from tests.torture.places import keep_data_in
from tests.torture.review_scenarios import REVIEW_SCENARIOS
from tests.torture.rounds import Finding, Kind, Outcome, Round
from tests.torture.scenarios import SCENARIOS, Scenario, Story

_SCENARIOS = (*SCENARIOS, *REVIEW_SCENARIOS, *FOLDER_SCENARIOS, *LOOKING_SCENARIOS)
_ALL = {scenario.name: scenario for scenario in _SCENARIOS}
KILL = Fault(0)


class Case(NamedTuple):
    """What goes wrong in which scenario at which of its calls."""

    scenario: str
    at: int
    call: str
    fault: Fault

    def __str__(self) -> str:
        how = errno.errorcode.get(self.fault.error, "killed")
        more = " for good" * self.fault.lasting + " after half of it" * self.fault.partial
        return f"[{how} at call {self.at}, {self.call}{more}]"


def calls_of(scenario: Scenario, home: Path) -> list[str]:
    """The calls to the disk that a scenario makes when all goes well.

    It is played in this process, so that its later children find everything loaded.
    """
    home.mkdir()
    keep_data_in(home)
    told: Told = []
    _tell_all(scenario, home, 0, None, lambda word, text: told.append((word, text)))
    shutil.rmtree(home)
    return [name for word, text in told if word == "calls" for name in json.loads(text)]


def _cases(home: Path, ways: Sequence[str]) -> list[Case]:
    found = [
        Case(name, at, call, fault)
        for name, scenario in _ALL.items()
        for at, call in enumerate(calls_of(scenario, home / f"calls of {name}"), 1)
        for fault in (_faults_of(call) if ways == "faults" else [KILL])
    ]
    Random(1).shuffle(found)
    return found


def _faults_of(call: str) -> Iterator[Fault]:
    for error, failing in disk.FAILING.items():
        if call in failing:
            yield Fault(error)
            yield Fault(error, lasting=True)
            if call == "write":
                yield Fault(error, partial=True)
                yield Fault(error, lasting=True, partial=True)


def play(one: Round, outcome: Outcome) -> None:
    """A scenario with its fault, and again after it; then what lies there is judged."""
    case: Case = one.case
    scenario, told = _ALL[case.scenario], Outcome()
    first = Child(partial(_tell_all, scenario, one.home, case.at, case.fault)).end()
    second = Child(partial(scenario.again, one.home)).end()
    _judge(scenario, one.home, [*first, *second], told)
    outcome.counts["calls"] += 1
    for harm, what in told.findings:
        outcome.findings.append(Finding(harm, f"{case.scenario}: {what} {case}"))


def _judge(scenario: Scenario, home: Path, told: Told, outcome: Outcome) -> None:
    for word, text in told:
        if word == "traceback":
            outcome.traceback(text)
        elif word == "damaged":
            outcome.damaged(text)
    try:
        scenario.judge(home, Story(told), outcome)
    except AnnotatorError as error:
        outcome.lost(f"it cannot be opened any more: {error}")


def _tell_all(scenario: Scenario, home: Path, at: int, fault: Fault | None, tell: Tell) -> None:
    state = scenario.prepare(home, tell)
    disk.arm(home, at, fault)
    scenario.act(state, tell)
    calls, failed = disk.disarm()
    for part in range(0, len(calls), 50):
        tell("calls", json.dumps(calls[part : part + 50]))
    tell("failed", str(len(failed)))
    scenario.after(state, tell)


KIND = Kind(
    "faults",
    play,
    "{calls:,} calls failed",
    50,
    60,
    3,
    partial(_cases, ways="faults"),
)
KILLS_BETWEEN = Kind(
    "kills-between",
    play,
    "a kill before each of {calls:,} calls",
    50,
    30,
    1,
    partial(_cases, ways="kills"),
)
