"""Words that are a problem without being tagged: a dashed underline."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QTextBlock

from annotator.core.text.offsets import Utf16Offsets
from annotator.ui.page import geometry
from annotator.ui.page.geometry import LINE
from annotator.ui.page.hits import units_in_view
from annotator.ui.page.painting import dashes
from annotator.ui.theme import Theme

Range = tuple[int, int]


class OpenWords:
    """Half-open ranges of code points, found by place.

    Those that lie in each other are one: dashes over dashes would look like a solid line.
    """

    def __init__(self, ranges: Iterable[Range] = ()) -> None:
        self._ranges: list[Range] = []
        for start, end in sorted(ranges):
            first, last = self._ranges.pop() if self._reaches(start) else (start, end)
            self._ranges.append((first, max(last, end)))

    def _reaches(self, start: int) -> bool:
        return bool(self._ranges) and start < self._ranges[-1][1]

    def __bool__(self) -> bool:
        return bool(self._ranges)

    def between(self, start: int, end: int) -> list[Range]:
        """Those that overlap ``[start, end)``, in text order."""
        first = bisect_right(self._ranges, start, key=lambda one: one[1])
        return self._ranges[first : bisect_left(self._ranges, (end,))]


def paint_open_words(
    painter: QPainter,
    block: QTextBlock,
    words: OpenWords,
    offsets: Utf16Offsets,
    theme: Theme,
    top: float,
    bottom: float,
) -> None:
    """Underline the words in the lines of a paragraph between ``top`` and ``bottom``.

    Both are in block coordinates: a paragraph may be longer than the view by far.
    """
    start, end = (offsets.to_points(unit) for unit in units_in_view(block, top, bottom))
    painter.setPen(dashes(theme.problem, LINE))
    for box in geometry.boxes(block, words.between(start, end), offsets):
        middle = box.bottom() + LINE / 2
        painter.drawLine(QPointF(box.left(), middle), QPointF(box.right(), middle))
