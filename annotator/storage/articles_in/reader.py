"""The process in which files are read that could do harm (see `apart`)."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
import traceback
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from annotator.core.errors import AnnotatorError
from annotator.storage.articles_in import limits

MEMORY = 420_000_000
"""Bytes that the process may ask for; the program itself and its libraries come on top."""

_LARGE = 250_000_000
"""Bytes; a process that has grown beyond it reads no further file."""

_PATIENCE = 30.0
"""Seconds after which a process ends that is asked for nothing more."""


def main() -> None:
    """Read one file after the other, each as it is asked for on the standard input.

    A request is a line of JSON and the bytes of the file. Answers are lines of JSON: first, and
    whenever more time is allowed, ``seconds``; at the end what was ``found``, the sentence with
    which the file is ``refused``, or how it ``failed``.
    """
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)  # whatever a library prints is no answer
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory()
    began = 0.0
    limits.listen(lambda seconds: _allow(answers, began + seconds - time.process_time()))
    waits = True
    while waits and (line := _next_line()):
        head = json.loads(line)
        data = sys.stdin.buffer.read(head["length"])
        began = time.process_time()
        limits.allow(limits.SECONDS)
        answer = _answer(head, data)
        waits = _size() < _LARGE
        _set_clock(0)
        _say(answers, answer | {"waits": waits})


def _next_line() -> bytes:
    clock = threading.Timer(_PATIENCE, os._exit, [0])
    clock.daemon = True
    clock.start()
    line = sys.stdin.buffer.readline()
    clock.cancel()
    return line


def _answer(head: dict[str, Any], data: bytes) -> dict[str, Any]:
    # Loaded here, where the time is counted and what goes wrong is told.
    from annotator.storage.articles_in.kinds import KINDS

    try:
        read = next(one.read for one in KINDS if one.name == head["kind"])
        return {"found": asdict(read(data, head["name"], head["encoding"]))}
    except AnnotatorError as error:
        return {"refused": str(error)}
    except MemoryError:
        return {"memory": True}
    except Exception:  # noqa: BLE001  whatever it is, the other process logs it
        return {"failed": traceback.format_exc()}


def _allow(answers: IO[str], seconds: float) -> None:
    """Let the file take that much longer; none at all is no time either, rather than no limit."""
    left = max(seconds, 0.001)
    _set_clock(left)
    _say(answers, {"seconds": left})


def _set_clock(seconds: float) -> None:
    """Let the system end the process once it has worked for so long; Windows has no such clock."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _say(answers: IO[str], answer: dict[str, Any]) -> None:
    answers.write(json.dumps(answer) + "\n")
    answers.flush()


def _limit_memory() -> None:
    """Bound what the process may ask for; only Linux counts that, and nothing else with it."""
    if sys.platform == "linux":
        import resource

        with suppress(OSError, ValueError):  # a system that is stricter already
            resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))


def _size() -> int:
    """The most bytes that the process has had so far, where the system tells that."""
    if sys.platform == "linux":
        # Not by getrusage: Linux counts what the program had that started this one.
        status = Path("/proc/self/status").read_text()
        return int(status.partition("VmHWM:")[2].split()[0]) * 1024
    if sys.platform == "win32":
        return 0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
