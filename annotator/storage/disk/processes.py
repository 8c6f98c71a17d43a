"""The processes of this computer: how hidden files and locks name them, and whether they run."""

from __future__ import annotations

import hashlib
import os
import secrets
import sys
from pathlib import Path

_ENDED = (["Z"], ["X"], ["x"])
"""States of a process, as Linux names them, in which it does nothing any more."""


def process_mark() -> str:
    """A new name that tells by which process of which computer it was given."""
    return f"{host_mark()}-{os.getpid()}-{secrets.token_hex(4)}"


def host_mark() -> str:
    """What this computer is called in the names of hidden files."""
    return hashlib.sha256(host_name().encode()).hexdigest()[:8]


def host_name() -> str:
    """What this computer is called."""
    if sys.platform != "win32":
        return os.uname().nodename
    import platform  # which is slow to load

    return platform.node()


def is_running(pid: int) -> bool:
    """Whether a process of this computer has not ended; on Windows nothing tells, so never."""
    if sys.platform == "win32":
        return False
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        pass
    # One that was killed keeps its number until its parent has heard of it.
    return _stat(pid)[:1] not in _ENDED


def born(pid: int) -> str:
    """When a process started, in ticks since boot; empty where the system does not tell."""
    return "".join(_stat(pid)[19:20])


def _stat(pid: int) -> list[str]:
    """What Linux tells of a process, from its state on; nothing elsewhere."""
    try:
        # The name before it, in parentheses, may hold blanks.
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (OSError, ValueError):
        return []
