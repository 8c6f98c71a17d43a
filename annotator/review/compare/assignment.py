"""The assignment of rows to columns that weighs most."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from heapq import heappop, heappush
from operator import itemgetter
from typing import NamedTuple


class _Path(NamedTuple):
    """The cheapest way from a row to a free column.

    ``reached`` has the distance of each column on the way, ``came`` the row it was reached from.
    """

    end: int
    reached: dict[int, int]
    came: dict[int, int]


class _State(NamedTuple):
    """What rows and columns are worth at the margin, and who has what so far.

    ``weights`` has each row's by column, the heaviest first.
    """

    weights: Sequence[Sequence[tuple[int, int]]]
    worth: list[int]
    price: defaultdict[int, int]
    owner: dict[int, int]
    column_of: dict[int, int]


def assign(rows: Sequence[Mapping[int, int]]) -> dict[int, int]:
    """Give rows one of their columns each, none twice, so that the sum of weights is greatest.

    A row is its weights (above 0) by column (0 or above); the answer has the column of each row
    that got one. It is exact: shortest augmenting paths (Kuhn 1955, Jonker & Volgenant 1987) over
    the columns that there are, each ended at the first free one, so that rows which share
    columns with few others cost little however many there are.
    """
    # Each row may fall back on a column of its own that weighs nothing: it gets none.
    weights = [_heaviest_first({**row, ~nth: 0}) for nth, row in enumerate(rows)]
    worth = [row[0][1] for row in weights]
    state = _State(weights, worth, defaultdict(int), {}, {})
    for row in range(len(rows)):
        path = _shortest_path(row, state)
        _revalue(row, path, state)
        _augment(path, state)
    return {row: column for row, column in state.column_of.items() if column >= 0}


def _heaviest_first(row: Mapping[int, int]) -> list[tuple[int, int]]:
    return sorted(row.items(), key=itemgetter(1), reverse=True)


def _shortest_path(row: int, state: _State) -> _Path:
    reached: dict[int, int] = {}
    came: dict[int, int] = {}
    nearest: dict[int, int] = {}
    heap: list[tuple[int, int]] = []
    here, distance = row, 0
    bound = state.worth[row] + 1  # its own column, which weighs nothing, is free in any case
    while True:
        base = distance + state.worth[here]
        for column, weight in state.weights[here]:
            if base - weight >= bound:
                break  # prices are never below 0: all further columns are too far away
            away = base + state.price[column] - weight
            if away < bound and column not in reached and away < nearest.get(column, bound):
                nearest[column], came[column] = away, here
                heappush(heap, (away, column))
                if column not in state.owner:
                    bound = away
        distance, end = heappop(heap)
        while end in reached:
            distance, end = heappop(heap)
        reached[end] = distance
        if end not in state.owner:
            return _Path(end, reached, came)
        here = state.owner[end]


def _revalue(row: int, path: _Path, state: _State) -> None:
    """Keep worth + price ≥ weight everywhere, with equality wherever a row has its column."""
    length = path.reached[path.end]
    state.worth[row] -= length
    for column, distance in path.reached.items():
        if column != path.end:
            state.worth[state.owner[column]] -= length - distance
            state.price[column] += length - distance


def _augment(path: _Path, state: _State) -> None:
    """Hand each column on the way to the row from which it was reached."""
    column: int | None = path.end
    while column is not None:
        taker = path.came[column]
        left = state.column_of.get(taker)
        state.owner[column], state.column_of[taker] = taker, column
        column = left
