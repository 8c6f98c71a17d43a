"""Spoilt files of every kind: each ends in a sentence of our own, or is right.

Never in another exception, never without end, never in more memory than a batch may have.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random

from annotator.core.errors import AnnotatorError
from tests.torture import spoilt_companions
from tests.torture.borders import FORMATS, samples
from tests.torture.mutating import mutate
from tests.torture.rounds import Kind, Outcome, Round, where

_FILES = 10
"""Files of a round: all of one format, or all beside one annotation file."""

_WEIGHTS = {"article in html": 0.1}
"""What takes ten times as long as the others comes a tenth as often."""

Try = Callable[[Path, Random, Outcome], None]


def play(one: Round, outcome: Outcome) -> None:
    """Several spoilt files of one format, one after the other."""
    attempts = _attempts()
    names = sorted(attempts)
    (name,) = one.dice.choices(names, [_WEIGHTS.get(name, 1) for name in names])
    for number in range(_FILES):
        home = one.home / str(number)
        home.mkdir()
        told = Outcome()
        attempts[name](home, one.dice, told)
        outcome.counts += told.counts
        outcome.counts["files"] += 1
        outcome.findings += [one._replace(what=f"{name}: {one.what}") for one in told.findings]


def _attempts() -> dict[str, Try]:
    readers: dict[str, Try] = {name: partial(_read_spoilt, name) for name in FORMATS}
    return readers | spoilt_companions.ATTEMPTS


def _read_spoilt(name: str, _home: Path, dice: Random, outcome: Outcome) -> None:
    sample = samples()[name]
    data = mutate(sample.data, dice, sample.kind)
    try:
        FORMATS[name](data)
        outcome.counts["right"] += 1
    except AnnotatorError as error:
        outcome.counts["refused"] += 1
        if not str(error).strip():
            outcome.traceback("an error without a sentence")
    except AssertionError as error:
        outcome.damaged(where(error))
    except Exception as error:  # noqa: BLE001  it is what is looked for
        outcome.traceback(where(error))


def _prepare(_home: Path) -> None:
    samples()
    spoilt_companions.written()


KIND = Kind(
    "mutations",
    play,
    "{files:,} files, {refused:,} refused, {right:,} right",
    50,
    30,
    3,
    _prepare,
)
