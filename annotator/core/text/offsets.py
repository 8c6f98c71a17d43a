"""Translating between code points, in which we count, and UTF-16 units, in which Qt counts."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class Utf16Offsets:
    """The positions of one text in both counts; each answer costs a binary search.

    Only characters beyond U+FFFF take two units, so it is enough to know where those are.
    """

    def __init__(self, text: str) -> None:
        found = _ASTRAL.finditer(text) if _has_astral(text) else ()
        self._points = array("L", (match.start() for match in found))
        self._units = array("L", (point + nth for nth, point in enumerate(self._points)))

    def to_units(self, point: int) -> int:
        """The UTF-16 position of the gap before the code point ``point``."""
        return point + bisect_left(self._points, point)

    def to_points(self, unit: int) -> int:
        """The code point position of a UTF-16 position; inside a pair, the gap before it."""
        return unit - bisect_left(self._units, unit)


def _has_astral(text: str) -> bool:
    """Whether a character takes two units: encoding says so at a tenth of the search."""
    return len(text.encode("utf-16-le", "surrogatepass")) > 2 * len(text)
