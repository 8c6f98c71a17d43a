"""Python's collector of cycles, kept away from where thousands of values are made at once."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused_collector() -> Iterator[None]:
    """Without the collector, which finds nothing while thousands of values are made.

    What was made counts as old afterwards: else the next handful of objects would have it
    look through all of them at once, which takes as long as a fifth of reading them.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.unfreeze()
        if was_on:
            gc.enable()
