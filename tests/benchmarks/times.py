"""Two times side by side: ours, and that of a bare text widget."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from typing import NamedTuple


class Times(NamedTuple):
    """Seconds, as medians over the rounds: ours, and the bare widget's."""

    ours: float
    bare: float

    @property
    def ratio(self) -> float:
        """How many times as long ours takes."""
        return self.ours / self.bare


def median_times(rounds: int, ours: Callable[[], float], bare: Callable[[], float]) -> Times:
    """Medians of interleaved rounds, so that a busy machine slows both."""
    pairs = [(ours(), bare()) for _ in range(rounds)]
    return Times(*map(statistics.median, zip(*pairs, strict=True)))
