"""The table of kinds: each line of it is one of ``./dev torture``."""

from __future__ import annotations

from tests.torture import faults, kills, mutations, races, soak, window_kills, writers
from tests.torture.rounds import Kind

KINDS: tuple[Kind, ...] = (
    kills.KIND,
    window_kills.KIND,
    faults.KILLS_BETWEEN,
    faults.KIND,
    mutations.KIND,
    writers.KIND,
    races.KIND,
    soak.KIND,
)
