"""Ranges of an article cut where lines end and put together again, for formats made of lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

Range = tuple[int, int]
Ranges = tuple[Range, ...]
"""Half-open ranges in code points, in text order."""

Joins = Callable[[int, int], bool]

# Whatever some reader of lines takes for the end of one.
_BREAK = re.compile("[\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]+")


def cut_at_lines(text: str, ranges: Iterable[Range]) -> Ranges:
    """The ranges without line ends in them, in more pieces; those that touch become one.

    A range of nothing but line ends is left out, unless there is no other one.
    """
    whole = tuple(ranges)
    pieces = [piece for one in whole for piece in _pieces(text, *one)]
    return merged(pieces or whole, lambda start, end: start == end)


def _pieces(text: str, start: int, end: int) -> list[Range]:
    found, at = list[Range](), start
    for hit in _BREAK.finditer(text, start, end):
        if at < hit.start():
            found.append((at, hit.start()))
        at = hit.end()
    if at < end:
        found.append((at, end))
    return found


def join_lines(text: str, ranges: Iterable[Range]) -> Ranges:
    """The ranges with those put together between which nothing but a line ends."""
    return merged(ranges, lambda start, end: bool(_BREAK.fullmatch(text, start, end)))


def join_words(text: str, ranges: Iterable[Range]) -> Ranges:
    """The ranges with those put together between which there is nothing but a blank."""
    return merged(ranges, lambda start, end: text[start:end].isspace())


def unbroken(text: str) -> str:
    """Text with a blank where a line ends."""
    return _BREAK.sub(" ", text)


def merged(ranges: Iterable[Range], belong: Joins) -> Ranges:
    """The ranges in order, with those put together that overlap or ``belong`` together.

    ``belong`` is asked of the gap between two of them.
    """
    found: list[Range] = []
    for start, end in sorted(ranges):
        if found and (start < found[-1][1] or belong(found[-1][1], start)):
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return tuple(found)
