"""Reading a file in a process of its own, which ends when it takes too long or too much memory.

The libraries that read PDF, Word, web pages and messages cannot be held to limits from within.
The process reads one file after the other, and ends when none has come for a while.
"""

from __future__ import annotations

import atexit
import json
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from annotator.core.errors import ArticleError
from annotator.storage.articles_in.found import FoundArticle
from annotator.storage.articles_in.limits import SECONDS
from annotator.storage.log import log_unexpected

PATIENCE = 2 if sys.platform == "win32" else 8
"""Seconds by the clock for each second of the processor's time, as the machine may be busy.

Where the system counts the time that a process has worked, that count ends it long before.
"""

_START = (
    "import sys; sys.path[:] = sys.argv[1:]; "
    "from annotator.storage.articles_in.reader import main; main()"
)
_TIME_UP = [-one for name in ("SIGPROF", "SIGXCPU") if (one := getattr(signal, name, None))]

_TOO_LONG = "reading it takes too long, so that was given up; copy its text and paste it instead"
_TOO_MUCH = "reading it takes too much memory, so that was given up; split it, or paste its text"
BROKEN = "it cannot be read, and the log says why; save it anew, or copy its text and paste it"

"""What is said of a file over which a reader stumbled."""

_idle: list[_Process] = []
_at_work: list[_Process] = []
_lock = threading.Lock()


def read_apart(kind: str, data: bytes, name: str, encoding: str | None) -> FoundArticle:
    """What is found in the bytes of a file of the ``kind`` (a name of `kinds.KINDS`).

    Raises `ArticleError` as the reader of the kind does, and for a file that takes too long or
    too much memory to be read.
    """
    head = {"kind": kind, "name": name, "encoding": encoding, "length": len(data)}
    answer = _ask(json.dumps(head).encode() + b"\n" + data)
    if "found" in answer:
        return FoundArticle(**answer["found"])
    if "failed" in answer:
        log_unexpected(f"{name} could not be read:\n{answer['failed']}")
    raise ArticleError(answer.get("refused") or f"{name}: {_why(answer)}.")


def _why(answer: Mapping[str, Any]) -> str:
    if "memory" in answer:
        return _TOO_MUCH
    return _TOO_LONG if "late" in answer else BROKEN


def _ask(request: bytes) -> dict[str, Any]:
    """The answer of the process that waits for a file, or of a new one."""
    with _lock:
        while _idle:
            waiting = _idle.pop()
            with suppress(_Gone):
                return waiting.ask(request)
        return _Process().ask(request)


class _Gone(Exception):
    """The process ended before it took the request: it had waited too long."""


class _Process:
    """A process that reads files (see `reader`)."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", _START, *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._late = False

    def ask(self, request: bytes) -> dict[str, Any]:
        """The answer to a request; raises `_Gone` where it is not even taken."""
        assert self._process.stdin
        self._late = False
        _at_work.append(self)
        try:
            with suppress(OSError):  # then it is gone, which is seen next
                self._process.stdin.write(request)
                self._process.stdin.flush()
            answer = self._answer()
        except BaseException:
            self.end()
            raise
        finally:
            _at_work.remove(self)
        if answer.get("waits"):
            _idle.append(self)
        else:
            self.end()
        return answer

    def _answer(self) -> dict[str, Any]:
        """What it says at last; in the meantime it says how much more time a file is allowed."""
        answer = self._said(SECONDS)
        if answer is None and not self._late:
            raise _Gone
        while answer and "seconds" in answer:
            answer = self._said(answer["seconds"])
        return answer or self._how_it_ended()

    def _said(self, seconds: float) -> dict[str, Any] | None:
        """The next that it says, None where it ends, or is ended by the clock."""
        assert self._process.stdout
        clock = threading.Timer(PATIENCE * seconds, self.stop)
        clock.daemon = True  # the program may be left meanwhile
        clock.start()
        try:
            line = self._process.stdout.readline()
        finally:
            clock.cancel()
        said: dict[str, Any] | None = json.loads(line) if line.endswith(b"\n") else None
        return said

    def stop(self) -> None:
        """Give up the file that it reads; whoever asked is told so."""
        self._late = True
        self._process.kill()

    def _how_it_ended(self) -> dict[str, Any]:
        code = self._process.wait()
        late = self._late or code in _TIME_UP
        return {"late": True} if late else {"failed": f"the process ended with {code}"}

    def end(self) -> None:
        """End it, and leave nothing of it."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                if pipe:
                    pipe.close()
        self._process.wait()


def give_up() -> None:
    """Give up the file that is being read, if there is one; nothing goes on reading it."""
    for process in _at_work.copy():
        process.stop()


@atexit.register
def _end_all() -> None:
    give_up()
    _end_idle()


def _end_idle() -> None:
    while _idle:
        _idle.pop().end()
