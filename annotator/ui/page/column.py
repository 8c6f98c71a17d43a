"""The column of words: its measures in pixels, and how wide it is in a window of some width."""

from __future__ import annotations

NUMBERS = 40
"""Pixels at the very left, for paragraph numbers."""

GUTTER = 92
"""Pixels left of the words, for paragraph numbers and stripes."""

MARGIN = 24
"""Pixels above the first and right of the longest line."""

GAP = 22
"""Pixels between the longest line and the chips."""

BESIDE = 280
"""Pixels right of the longest line that chips can use, before any room is to spare."""

COLUMN = 70
"""Characters of the reading font in a line."""

CHIPS, SHORTEST = 210, 0.7
"""Pixels that are kept for chips, enough for a chain of three, as long as the line has so much
of its length.
"""

REACH = 12
"""Pixels below the words that still belong to them: their underlines."""

DEEP = 4 * REACH
"""Pixels below a paragraph that its deepest lanes may take."""

UNDERLINES = 14
"""Pixels below a line that its underlines may take."""

LINE_HEIGHT = 170
"""Per cent; leaves room for underlines in several lanes."""

ROOMY = 205
"""Per cent, where other people's lines stand below one's own."""


def column_width(room: float, character: float) -> int:
    """Pixels from the left edge to the end of the longest line, gutter included.

    ``room`` is the width of the view, ``character`` that of a character; both in pixels.
    """
    whole = character * COLUMN
    inside = room - MARGIN
    shorter = max(inside - CHIPS, min(inside, GUTTER + whole * SHORTEST))
    return round(min(GUTTER + whole, max(shorter, GUTTER + 120)))


def left_margin(width: float, character: float) -> int:
    """Pixels left of the page that stand in its middle where a window has room to spare."""
    return max(0, round((width - (GUTTER + character * COLUMN + BESIDE)) / 2))
