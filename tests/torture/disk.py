"""A disk that fails: the calls made below a folder are counted, and one of them goes wrong.

Python's own file objects call the system from C, where nothing can come between. Those of
``_pyio`` do the same work through ``os``, so they take their place, and the functions of ``os``
are watched. `install` must run before anything of the program is imported.
"""

from __future__ import annotations

import builtins
import ctypes
import errno
import io
import os
import signal
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

_Call = Callable[..., Any]

ON_NAMES = (
    "open", "stat", "lstat", "access", "readlink", "listdir", "scandir", "mkdir", "rmdir",
    "unlink", "remove", "rename", "replace", "link", "symlink", "chmod", "chown", "utime",
    "truncate",
)  # fmt: skip
ON_DESCRIPTORS = (
    "read", "write", "close", "fsync", "fdatasync", "ftruncate", "fstat", "fchmod", "lseek",
)  # fmt: skip
CHANGING = {
    "open", "write", "close", "fsync", "fdatasync", "ftruncate", "truncate", "mkdir", "rename",
    "replace", "link", "symlink", "renameat2",
}  # fmt: skip
"""Calls that need room on the disk."""

_ON_RIGHTS = {*ON_NAMES, "fchmod", "renameat2"} - {"access"}

FAILING: dict[int, set[str]] = {
    errno.ENOSPC: CHANGING,
    errno.EDQUOT: CHANGING,
    errno.EACCES: _ON_RIGHTS,
    errno.EIO: {*ON_NAMES, *ON_DESCRIPTORS, "renameat2"} - {"access"},
    # Python tries all others again.
    errno.EINTR: {"close"},
    # As many network disks say.
    errno.EINVAL: {"renameat2"},
}
"""Which calls can fail with which error."""


class Fault(NamedTuple):
    """What goes wrong: an error of the system, or a kill where that is 0.

    A ``lasting`` one also fails all later calls that can fail so; ``partial`` lets half of
    a write through first.
    """

    error: int
    lasting: bool = False
    partial: bool = False


class _Watch:
    """What is being watched; ``at`` is the number of the call that fails."""

    def __init__(self, below: Path, at: int, fault: Fault | None) -> None:
        self.below, self.at, self.fault = str(below), at, fault
        self.calls: list[str] = []
        self.failed: list[str] = []

    def fails(self, name: str) -> bool:
        self.calls.append(name)
        number, fault = len(self.calls), self.fault
        if not fault or not (number == self.at or (fault.lasting and number > self.at)):
            return False
        return number == self.at or name in FAILING[fault.error]


_watch: _Watch | None = None
_readlink, _fspath = os.readlink, os.fspath


def install() -> None:
    """Put the watched calls in the place of Python's own."""
    for name in ON_NAMES:
        setattr(os, name, _watched(name, getattr(os, name), _path_of))
    for name in ON_DESCRIPTORS:
        setattr(os, name, _watched(name, getattr(os, name), _path_of_open))
    io.open = builtins.open = import_module("_pyio").open
    setattr(ctypes, "CDLL", _Library)  # noqa: B010  to mypy it is a type


def arm(below: Path, at: int = 0, fault: Fault | None = None) -> None:
    """Watch the calls below a folder from now on, and fail the one with the number ``at``."""
    global _watch
    _watch = _Watch(below, at, fault)


def disarm() -> tuple[list[str], list[str]]:
    """Watch no longer; returns the names of all calls, and of those that failed."""
    global _watch
    watch, _watch = _watch, None
    return (watch.calls, watch.failed) if watch else ([], [])


class _Library(ctypes.CDLL):
    """A library in C; of its calls, the one that ``os`` does not have is watched as well."""

    def __getattr__(self, name: str) -> Any:
        call = super().__getattr__(name)
        return _watched_in_c(name, call) if name == "renameat2" else call


def _watched_in_c(name: str, call: _Call) -> _Call:
    """The same for a call that returns -1 and leaves the error's number."""
    watched = _watched(name, call, lambda arguments: os.fsdecode(arguments[3]))

    def inside(*arguments: Any) -> int:
        try:
            return int(watched(*arguments))
        except OSError as error:
            ctypes.set_errno(error.errno or 0)
            return -1

    return inside


def _watched(name: str, call: _Call, path_of: Callable[[Any], str]) -> _Call:
    def watched(*arguments: Any, **named: Any) -> Any:
        watch = _watch
        if watch and arguments and watch.below in path_of(arguments) and watch.fails(name):
            assert watch.fault
            watch.failed.append(name)
            return _fail(name, call, arguments, watch.fault)
        return call(*arguments, **named)

    return watched


def _path_of(arguments: Any) -> str:
    """The path a call is about; of two, the second is the one that changes."""
    last = arguments[1] if len(arguments) > 1 and isinstance(arguments[1], str | Path) else None
    one = last or arguments[0]
    return _path_of_open([one]) if isinstance(one, int) else os.fsdecode(_fspath(one))


def _path_of_open(arguments: Any) -> str:
    try:
        return _readlink(f"/proc/self/fd/{arguments[0]}")
    except OSError:
        return ""


def _fail(name: str, call: _Call, arguments: Any, fault: Fault) -> Any:
    if not fault.error:
        os.kill(os.getpid(), signal.SIGKILL)
    if name == "write" and fault.partial:
        call(arguments[0], bytes(arguments[1])[: len(arguments[1]) // 2])
    if name == "close":  # it is closed all the same
        call(*arguments)
    if name == "access":
        return False
    named = [] if name in ON_DESCRIPTORS else [str(arguments[0])]
    raise OSError(fault.error, os.strerror(fault.error), *named)
