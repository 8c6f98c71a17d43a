"""How long a file may take to be read: so many seconds, and more of them as text comes of it."""

from __future__ import annotations

from collections.abc import Callable

SECONDS = 5.0
"""Of the processor's time, for a file of usual size, which takes less than one."""

_listeners: list[Callable[[float], object]] = []


def allow(seconds: float) -> None:
    """Let the file take so many seconds of the processor's time in all, from its beginning on.

    Said by a reader that has got on with a large file. It means nothing where no limit is kept
    (see `apart`).
    """
    for listener in _listeners:
        listener(seconds)


def listen(listener: Callable[[float], object]) -> None:
    """Have it called with the seconds whenever they are allowed."""
    _listeners.append(listener)
