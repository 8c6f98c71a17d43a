"""Who holds a lock: a person, a computer, and a process that may have ended."""

from __future__ import annotations

import getpass
import json
import os
import time
from typing import NamedTuple

from annotator.storage.disk.processes import born, host_name, is_running

_LONGEST = 200
_LARGEST_PID = 2**31 - 1


class Holder(NamedTuple):
    """Who holds a lock: ``since`` is local time for people, ``born`` the process's start."""

    user: str
    host: str
    pid: int
    born: str
    since: str

    def __str__(self) -> str:
        return f"by {self.user} on {self.host} since {self.since}"


def this_process() -> Holder:
    """The holder of the locks that are taken here, now."""
    pid = os.getpid()
    since = time.strftime("%Y-%m-%d %H:%M")
    return Holder(user=user_name(), host=host_name(), pid=pid, born=born(pid), since=since)


def holder_bytes(holder: Holder) -> bytes:
    """What stands in the lock of a holder; older programs read just these keys."""
    return json.dumps(holder._asdict()).encode()


def read_holder(data: bytes) -> Holder | None:
    """The holder in the bytes of a lock; None where they are not what `holder_bytes` writes."""
    try:
        holder = Holder(**json.loads(data))
    except (ValueError, TypeError, RecursionError):
        return None
    words = (holder.user, holder.host, holder.born, holder.since)
    is_sound = type(holder.pid) is int and 0 < holder.pid <= _LARGEST_PID
    return holder if is_sound and all(map(_is_line, words)) else None


def _is_line(value: object) -> bool:
    """Whether it is text that a sentence can take."""
    return isinstance(value, str) and len(value) <= _LONGEST and value.isprintable()


def is_here(holder: Holder) -> bool:
    """Whether it is a process of this computer, of which can be told whether it has ended."""
    return holder.host == host_name()


def is_this_process(holder: Holder) -> bool:
    """Whether it is the process that asks."""
    return is_here(holder) and holder.pid == os.getpid() and holder.born == born(holder.pid)


def is_alive(holder: Holder) -> bool:
    """Whether a process of this computer has not ended, and its number is not another's by now."""
    # Where nothing tells, as on Windows, removing its open file fails if it is alive.
    return is_running(holder.pid) and holder.born == born(holder.pid)


def user_name(unknown: str = "somebody") -> str:
    """Who is logged in; ``unknown`` where the system does not tell."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return unknown
