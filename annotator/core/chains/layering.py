"""A layered layout of a directed graph: columns from left to right, few crossings, no overlaps.

The steps are those of Sugiyama, Tagawa and Toda: turn round what leads back, give each box a
column, lead long edges through the columns between, order each column by barycentres, and
move the boxes towards their neighbours. The same graph always gets the same layout.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter
from itertools import accumulate, pairwise
from typing import Generic, NamedTuple, TypeVar

Key = TypeVar("Key", bound=Hashable)
Arrow = tuple[int, int]
Links = list[list[int]]

SWEEPS = 12
"""Rounds of ordering, at most; it ends as soon as nothing crosses."""

ROUNDS = 7
"""Rounds of moving towards the neighbours, to and fro; odd, so that the last one goes forth."""

STIFF = 8.0
"""How much more straightness counts for a long edge than nearness for a box."""


class Box(NamedTuple):
    """What is to be placed: its size, and the first column (0 at the left) it may stand in.

    One that ``stays`` is not moved on from its column, be its neighbours ever so far away.
    """

    width: float
    height: float
    column: int = 0
    stays: bool = False


class Point(NamedTuple):
    """A place; x grows to the right, y downwards."""

    x: float
    y: float


@dataclass(frozen=True)
class Layout(Generic[Key]):
    """Where everything goes, in the unit of the boxes' sizes.

    ``corners`` are the boxes' upper left corners, ``columns`` the columns they stand in;
    ``routes`` are the edges in the order in which they were given, each as points from the
    side of its first box to the side of its last. Between two points with the same y a route
    passes a column; between the others it may bend as it likes.
    """

    corners: dict[Key, Point]
    columns: dict[Key, int]
    routes: list[list[Point]]
    width: float
    height: float


@dataclass
class _Web:
    """The graph once every edge joins neighbouring columns.

    Numbers below ``len(boxes)`` are boxes, the others bends of ``paths``, one path for each
    edge. ``columns`` hold them in order, ``column_of`` says in which each is, ``before`` and
    ``after`` what it is joined with.
    """

    boxes: list[Box]
    columns: Links
    column_of: list[int]
    paths: list[list[int]]
    before: Links
    after: Links

    def height(self, number: int) -> float:
        return self.boxes[number].height if number < len(self.boxes) else 0.0

    def weight(self, number: int) -> float:
        return 1.0 if number < len(self.boxes) else STIFF


def layered(
    boxes: Mapping[Key, Box],
    edges: Sequence[tuple[Key, Key]],
    *,
    column_gap: float = 72,
    row_gap: float = 12,
) -> Layout[Key]:
    """Lay out ``boxes``; every edge leads to the right, unless it closes a circle.

    No edge may lead from a box to itself.
    """
    numbers = {key: number for number, key in enumerate(boxes)}
    arrows = [(numbers[start], numbers[end]) for start, end in edges]
    back = _leading_back(len(numbers), arrows)
    forward = [(b, a) if n in back else (a, b) for n, (a, b) in enumerate(arrows)]
    web = _web(list(boxes.values()), forward)
    _uncross(web)
    middles = _settled(web, row_gap)
    sides = _sides(web, column_gap)
    routes = [_route(path, web, middles, sides) for path in web.paths]
    return Layout(
        corners={
            key: Point(sides[web.column_of[n]][0], middles[n] - web.height(n) / 2)
            for key, n in numbers.items()
        },
        columns={key: web.column_of[n] for key, n in numbers.items()},
        routes=[route[::-1] if n in back else route for n, route in enumerate(routes)],
        width=max((right for _, right in sides), default=0.0),
        height=max((m + web.height(n) / 2 for n, m in enumerate(middles)), default=0.0),
    )


def _leading_back(count: int, arrows: list[Arrow]) -> set[int]:
    """The arrows that close a circle, by their place, as a walk into the depth meets them."""
    outward: Links = [[] for _ in range(count)]
    for place, (start, _) in enumerate(arrows):
        outward[start].append(place)
    seen, on_the_way, back = set[int](), set[int](), set[int]()
    for root in (number for number in range(count) if number not in seen):
        walk = [(root, iter(outward[root]))]
        seen.add(root)
        on_the_way.add(root)
        while walk:
            number, further = walk[-1]
            arrow = next(further, None)
            if arrow is None:
                on_the_way.discard(number)
                walk.pop()
            elif (end := arrows[arrow][1]) in on_the_way:
                back.add(arrow)
            elif end not in seen:
                seen.add(end)
                on_the_way.add(end)
                walk.append((end, iter(outward[end])))
    return back


def _web(boxes: list[Box], arrows: list[Arrow]) -> _Web:
    column_of = _columns(boxes, arrows)
    paths = []
    for start, end in arrows:
        crossed = range(column_of[start] + 1, column_of[end])
        paths.append([start, *range(len(column_of), len(column_of) + len(crossed)), end])
        column_of += crossed
    columns: Links = [[] for _ in range(max(column_of, default=-1) + 1)]
    for number, column in enumerate(column_of):
        columns[column].append(number)
    before: Links = [[] for _ in column_of]
    after: Links = [[] for _ in column_of]
    for one, other in (pair for path in paths for pair in pairwise(path)):
        after[one].append(other)
        before[other].append(one)
    return _Web(boxes, columns, column_of, paths, before, after)


def _columns(boxes: list[Box], arrows: list[Arrow]) -> list[int]:
    """The column of each box: the first behind all that lead to it, or a later one.

    It moves on towards those that it leads to where that makes more edges shorter than longer.
    """
    leading: dict[int, list[int]] = {number: [] for number in range(len(boxes))}
    led: Links = [[] for _ in boxes]
    for start, end in arrows:
        leading[end].append(start)
        led[start].append(end)
    columns = [box.column for box in boxes]
    order = list(TopologicalSorter(leading).static_order())
    for number in order:
        columns[number] = max((columns[number], *(columns[n] + 1 for n in leading[number])))
    for number in reversed(order):
        if len(led[number]) > len(leading[number]) and not boxes[number].stays:
            columns[number] = min(columns[n] for n in led[number]) - 1
    ranks = {column: rank for rank, column in enumerate(sorted(set(columns)))}
    return [ranks[column] for column in columns]


# The order within the columns


def _uncross(web: _Web) -> None:
    """Order the columns so that few edges cross; text order stays where nothing is gained."""
    best, fewest = web.columns, _crossings(web)
    for sweep in range(SWEEPS):
        if not fewest:
            break
        web.columns = [list(column) for column in web.columns]
        _sweep(web, forth=sweep % 2 == 0, turn_ties=sweep % 4 >= 2)
        _swap_neighbours(web)
        if (now := _crossings(web)) < fewest:
            best, fewest = web.columns, now
    web.columns = best


def _sweep(web: _Web, *, forth: bool, turn_ties: bool) -> None:
    """Order each column by the mean places of what its members are joined with in the former.

    Ties keep their order or turn it round, which leads out where each order seems as good.
    """
    links = web.before if forth else web.after
    shares: dict[int, float] = {}
    for column in web.columns if forth else reversed(web.columns):
        own = {number: (n + 0.5) / len(column) for n, number in enumerate(column)}
        means = {
            number: _mean([shares[n] for n in links[number]]) if links[number] else own[number]
            for number in column
        }
        if turn_ties:
            column.reverse()
        column.sort(key=means.__getitem__)
        shares |= {number: (n + 0.5) / len(column) for n, number in enumerate(column)}


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _swap_neighbours(web: _Web) -> None:
    """Swap two neighbours of a column wherever that takes a crossing away."""
    places = {number: n for column in web.columns for n, number in enumerate(column)}
    for column in web.columns:
        for n in range(len(column) - 1):
            one, other = column[n], column[n + 1]
            if _meeting(web, places, other, one) < _meeting(web, places, one, other):
                column[n], column[n + 1] = other, one
                places[one], places[other] = n + 1, n


def _meeting(web: _Web, places: dict[int, int], upper: int, lower: int) -> int:
    """How many edges of two neighbours cross when ``upper`` stands above ``lower``."""
    total = 0
    for links in (web.before, web.after):
        below = sorted(places[n] for n in links[upper])
        total += sum(len(below) - bisect_right(below, places[n]) for n in links[lower])
    return total


def _crossings(web: _Web) -> int:
    """How many pairs of edges cross between neighbouring columns."""
    return sum(_crossings_between(web, one, other) for one, other in pairwise(web.columns))


def _crossings_between(web: _Web, one: list[int], other: list[int]) -> int:
    places = {number: n for n, number in enumerate(other)}
    ends: list[int] = []
    total = 0
    for number in one:
        own = [places[n] for n in web.after[number]]
        total += sum(len(ends) - bisect_right(ends, end) for end in own)
        for end in own:
            insort(ends, end)
    return total


# Places


def _settled(web: _Web, gap: float) -> list[float]:
    """The y of each middle: near what it is joined with, in order, nothing overlapping."""
    middles = [0.0] * len(web.before)
    for turn in range(ROUNDS):
        forth = turn % 2 == 0
        links = web.before if forth else web.after
        for column in web.columns if forth else reversed(web.columns):
            wanted = [_mean([middles[n] for n in links[v] or [v]]) for v in column]
            for number, middle in zip(column, _apart(web, column, wanted, gap), strict=True):
                middles[number] = middle
    top = min((middles[n] - web.height(n) / 2 for n in range(len(middles))), default=0.0)
    return [middle - top for middle in middles]


def _apart(web: _Web, column: list[int], wanted: list[float], gap: float) -> list[float]:
    """The places nearest to the wanted ones (by squares) at which nothing in a column overlaps.

    Less what stands above each, that is an isotonic regression: whoever would overlap is
    pooled, and a pool stands at the mean of its members.
    """
    distances = [(web.height(a) + web.height(b)) / 2 + gap for a, b in pairwise(column)]
    offsets = list(accumulate(distances, initial=0.0))
    pools: list[tuple[float, float, int]] = []
    for number, want, offset in zip(column, wanted, offsets, strict=True):
        mean, weight, count = want - offset, web.weight(number), 1
        while pools and pools[-1][0] >= mean:
            other, its_weight, members = pools.pop()
            mean = (mean * weight + other * its_weight) / (weight + its_weight)
            weight, count = weight + its_weight, count + members
        pools.append((mean, weight, count))
    flat = (mean for mean, _, count in pools for _ in range(count))
    return [mean + offset for mean, offset in zip(flat, offsets, strict=True)]


def _sides(web: _Web, gap: float) -> list[tuple[float, float]]:
    """The left and right side of each column."""
    widths = [0.0] * len(web.columns)
    for number, box in enumerate(web.boxes):
        column = web.column_of[number]
        widths[column] = max(widths[column], box.width)
    lefts = list(accumulate((width + gap for width in widths), initial=0.0))[:-1]
    return [(left, left + width) for left, width in zip(lefts, widths, strict=True)]


def _route(
    path: list[int], web: _Web, middles: list[float], sides: list[tuple[float, float]]
) -> list[Point]:
    """A path as points: level through each column it passes, and to the edge of its first."""
    first, last = path[0], path[-1]
    left, right = sides[web.column_of[first]]
    points = [Point(left + web.boxes[first].width, middles[first]), Point(right, middles[first])]
    for bend in path[1:-1]:
        points += [Point(side, middles[bend]) for side in sides[web.column_of[bend]]]
    points.append(Point(sides[web.column_of[last]][0], middles[last]))
    return list(dict.fromkeys(points))
