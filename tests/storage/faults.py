"""A disk that refuses: calls of `os` that fail, once or for good, as a disk lets them fail."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

CALLS = (
    *("open", "write", "fsync", "fdatasync", "ftruncate", "close"),
    *("rename", "replace", "link", "unlink", "chmod", "utime"),
)


class Disk:
    """Counts the calls to the disk, and lets the ``nth`` of those in ``calls`` fail.

    With ``for_good`` all that follow fail too. What fails has happened in part: half of the
    bytes are written, and a file that cannot be closed is closed all the same.
    """

    def __init__(self, number: int, nth: int, *, for_good: bool, calls: tuple[str, ...]) -> None:
        self.number, self.nth, self.for_good, self.calls = number, nth, for_good, calls
        self.count = 0

    def refuses(self) -> bool:
        self.count += 1
        return self.count == self.nth or (self.for_good and self.count > self.nth)

    def failing(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            if not self.refuses():
                return real(*given, **named)
            if name == "write":
                real(given[0], bytes(given[1])[: len(given[1]) // 2])
            elif name == "close":
                real(*given)
            raise OSError(self.number, os.strerror(self.number))

        return call


@contextmanager
def refusing(disk: Disk) -> Iterator[None]:
    """Within this the disk refuses."""
    with pytest.MonkeyPatch.context() as patched:
        for name in disk.calls:
            patched.setattr(os, name, disk.failing(name, getattr(os, name)))
        patched.setattr("annotator.storage.disk.journal._sync", os.fdatasync)
        yield
