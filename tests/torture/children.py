"""Work in a child process that tells of it line by line, so that what it told outlives it."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable, Iterator
from typing import NoReturn

from annotator.core.errors import AnnotatorError
from tests.torture.rounds import where

Tell = Callable[[str, str], None]
"""Takes a word and what belongs to it; both have arrived when it returns."""

Told = list[tuple[str, str]]

_LONGEST = 1000
"""Characters of one message: a pipe takes so much at once or not at all."""


class Child:
    """A forked copy of this process that does some work."""

    def __init__(self, work: Callable[[Tell], None]) -> None:
        reading, writing = os.pipe()
        self.pid = os.fork()
        if not self.pid:
            os.close(reading)
            _work(work, writing)
        os.close(writing)
        self._told = os.fdopen(reading, encoding="utf-8")

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """What it tells, until it ends."""
        for line in self._told:
            word, text = json.loads(line)
            yield word, text

    def kill(self) -> None:
        """End it at once, wherever it is."""
        os.kill(self.pid, signal.SIGKILL)

    def end(self) -> Told:
        """What it has yet to tell; returns when it has ended."""
        told = list(self)
        self._told.close()
        os.waitpid(self.pid, 0)
        return told


def _work(work: Callable[[Tell], None], writing: int) -> NoReturn:
    def tell(word: str, text: str) -> None:
        os.write(writing, json.dumps([word, text[:_LONGEST]]).encode() + b"\n")

    try:
        attempt(tell, lambda: work(tell))
    finally:
        os._exit(0)


def attempt(tell: Tell, work: Callable[[], object]) -> bool:
    """Do something that may fail with a sentence, which is told as "refused"; True if it did not.

    Whatever else comes out is told as "traceback".
    """
    try:
        work()
    except AnnotatorError as error:
        tell("refused", str(error))
    except Exception as error:  # noqa: BLE001  it is what is looked for
        tell("traceback", where(error))
    else:
        return True
    return False
