"""What a kind of torture is: numbered rounds, each of which can be played again."""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

_OWN = "/annotator/"


class Harm(StrEnum):
    """What must never happen, in the words of the table's columns."""

    LOST = "lost"
    DAMAGED = "damaged"
    TRACEBACK = "tracebacks"


class Finding(NamedTuple):
    """One harm, and a sentence that says what happened."""

    harm: Harm
    what: str


@dataclass
class Outcome:
    """What came of a round: ``counts`` add up to the figure in the table."""

    counts: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)

    def lost(self, what: str) -> None:
        """Something that was confirmed is gone, or was not asked."""
        self.findings.append(Finding(Harm.LOST, what))

    def damaged(self, what: str) -> None:
        """A file is unsound, or something is there that must not be."""
        self.findings.append(Finding(Harm.DAMAGED, what))

    def traceback(self, what: str) -> None:
        """Something other than a sentence for people came out, or nothing ever."""
        self.findings.append(Finding(Harm.TRACEBACK, what))


class Round(NamedTuple):
    """One round: its dice depend on seed, kind and number alone; ``home`` is empty.

    ``case`` is the one of the kind's cases that has this number.
    """

    number: int
    dice: Random
    home: Path
    case: Any = None


class Kind(NamedTuple):
    """A kind of torture, as a line of the table.

    ``figure`` is filled in from the counts. ``batch`` rounds share a process, ``sample`` of
    them belong to the ordinary tests, ``share`` is the weight of its time. ``prepare`` loads what
    all rounds need, in a folder; where it returns cases there are as many rounds as cases.
    """

    name: str
    play: Callable[[Round, Outcome], None]
    figure: str
    batch: int
    sample: int
    share: float
    prepare: Callable[[Path], Sequence[Any] | None] = lambda _home: None


def where(error: BaseException) -> str:
    """An exception with the place in the program that let it through."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if _OWN in frame.filename] or frames
    name = own[-1].filename.rpartition(_OWN)[2]
    return f"{type(error).__name__}: {error} ({name}:{own[-1].lineno})"
