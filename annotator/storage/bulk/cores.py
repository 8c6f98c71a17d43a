"""Work on many files, spread over all cores, with its results in order."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from multiprocessing.context import BaseContext
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

FEW = 32
"""Items that are done before a second process would have started."""


def spread(
    work: Callable[[Sequence[T]], R], items: Sequence[T], chunk: int, *, alone: bool = False
) -> Generator[R]:
    """What ``work`` makes of each ``chunk`` of items, in their order.

    Few items, or all of them where ``alone`` is set, are worked on here. Else ``work`` is a
    function of a module, since it is sent to other processes. No more results wait than
    there is work under way, so that memory does not grow with the number of items.
    """
    chunks = [items[start : start + chunk] for start in range(0, len(items), chunk)]
    cores = os.cpu_count() or 1
    if alone or cores == 1 or len(items) <= FEW:
        yield from map(work, chunks)
        return
    pool = ProcessPoolExecutor(cores, _context(), _leave_interrupts_to_parent)
    try:
        yield from _in_order(pool, work, chunks, 2 * cores)
    finally:
        pool.shutdown(cancel_futures=True)


def _in_order(
    pool: ProcessPoolExecutor, work: Callable[[T], R], chunks: Sequence[T], most: int
) -> Iterator[R]:
    waiting = deque[Future[R]]()
    for one in chunks:
        waiting.append(pool.submit(work, one))
        if len(waiting) >= most:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _context() -> BaseContext:
    """How processes begin: beside a window as new ones, since a fork would be left with half of
    what the window has, and could speak to the screen in its name.
    """
    beside_window = threading.current_thread() is not threading.main_thread()
    return get_context("spawn" if beside_window else None)


def _leave_interrupts_to_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
