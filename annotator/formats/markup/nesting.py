"""Ranges that may cross, cut so that they nest: what markup needs, which has no crossing."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import Literal, NamedTuple

Mark = Hashable
"""Whatever a range stands for; pieces of one range carry the same one."""


class Piece(NamedTuple):
    """A step through a text: a mark opens, text follows, a mark closes."""

    step: Literal["open", "text", "close"]
    start: int
    end: int
    mark: Mark = None


def nested(start: int, end: int, ranges: Iterable[tuple[int, int, Mark]]) -> Iterator[Piece]:
    """The stretch ``[start, end)`` of a text, in code points, with ``ranges`` in it as markup.

    A range that crosses another one is closed where that one ends and opened again behind;
    longer ones are outside. Parts of ranges beyond the stretch are cut off.
    """
    inside = [(max(a, start), min(b, end), mark) for a, b, mark in ranges]
    starting = sorted((r for r in inside if r[0] < r[1]), key=lambda r: (r[0], -r[1]))
    edges = sorted({start, end, *(at for a, b, _ in starting for at in (a, b))})
    opened: list[tuple[int, int, Mark]] = []
    for at, following in zip(edges, [*edges[1:], end], strict=True):
        yield from _close(opened, at)
        while starting and starting[0][0] == at:
            yield from _open(opened, starting.pop(0), at)
        if at < following:
            yield Piece("text", at, following)


def _close(opened: list[tuple[int, int, Mark]], at: int) -> Iterator[Piece]:
    """Close what ends here; what is opened inside it and goes on is opened again."""
    ending = next((n for n, one in enumerate(opened) if one[1] <= at), None)
    if ending is None:
        return
    for a, _, mark in reversed(opened[ending:]):
        yield Piece("close", a, at, mark)
    going_on = [one for one in opened[ending:] if one[1] > at]
    del opened[ending:]
    for _, b, mark in going_on:
        yield from _open(opened, (at, b, mark), at)


def _open(
    opened: list[tuple[int, int, Mark]], one: tuple[int, int, Mark], at: int
) -> Iterator[Piece]:
    opened.append(one)
    yield Piece("open", at, one[1], one[2])
