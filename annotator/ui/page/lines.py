"""The lines of a paragraph: where on them a range of its text stands."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QTextBlock, QTextLine

from annotator.core.text.offsets import Utf16Offsets

Range = tuple[int, int]
"""Half-open, in code points."""

Heights = tuple[float, float]
"""From where to where, in block coordinates."""

RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufefc\U00010800-\U0010ffff]")
"""Hebrew, Arabic, Syriac, Thaana, their extensions and presentation forms, and what is rarer."""

TOUCHING = 6.0
"""Pixels, about a blank: runs that are no further apart are painted as one."""


class LineShape(NamedTuple):
    """A line of Qt's: its UTF-16 units ``[start, end)`` in the block, and where its words are."""

    line: QTextLine
    start: int
    end: int
    left: float
    right: float
    top: float
    height: float


class TextLines:
    """The lines of a paragraph that has been laid out; Qt is asked for each of them once.

    ``start`` and ``end`` are its code points, ``left`` is where it begins in the document.
    Places are in block coordinates. Another width or zoom gives other lines.
    """

    def __init__(self, block: QTextBlock, offsets: Utf16Offsets, left: float = 0.0) -> None:
        self.block = block  # not its layout: PySide would hold on to that when it is gone
        self.left = left
        self._offsets = offsets
        self._first, self._length = block.position(), block.length() - 1
        self.start = offsets.to_points(self._first)
        self.end = offsets.to_points(self._first + self._length)
        self._mixed = _is_mixed(block.text())
        self._known: dict[int, LineShape] = {}

    @property
    def from_right(self) -> bool:
        """Whether it is written from right to left."""
        return self.block.textDirection() == Qt.LayoutDirection.RightToLeft

    def boxes(self, ranges: Iterable[Range]) -> Iterator[QRectF]:
        """What ``ranges`` of code points cover of each line."""
        for one, other in ranges:
            start = max(0, self._offsets.to_units(one) - self._first)
            end = min(self._length, self._offsets.to_units(other) - self._first)
            if start < end:
                yield from self._boxes(start, end)

    def _boxes(self, start: int, end: int) -> Iterator[QRectF]:
        layout = self.block.layout()
        number = layout.lineForTextPosition(start).lineNumber()
        for nth in range(number, layout.lineCount()):
            line = self[nth]
            if line.start >= end:
                return
            if self._mixed:
                yield from _visual_runs(line, max(start, line.start), min(end, line.end))
            else:
                yield _one_run(line, start, end)

    def between(self, heights: Heights) -> Range:
        """The code points of the lines between two heights; none where there is no line."""
        lines, (top, bottom) = range(self.block.layout().lineCount()), heights
        first = bisect_left(lines, top, key=lambda n: self[n].top + self[n].height)
        last = bisect_left(lines, bottom, key=lambda n: self[n].top)
        if first >= last:
            return self.start, self.start
        points, block = self._offsets.to_points, self._first
        return points(block + self[first].start), points(block + self[last - 1].end)

    def __getitem__(self, nth: int) -> LineShape:
        known = self._known.get(nth)
        if known is None:
            line = self.block.layout().lineAt(nth)
            start, left = line.textStart(), line.x()
            end, right = start + line.textLength(), left + line.naturalTextWidth()
            known = LineShape(line, start, end, left, right, line.y(), line.height())
            self._known[nth] = known
        return known


def _one_run(line: LineShape, start: int, end: int) -> QRectF:
    """Only the edges of a range are asked for, which is dear; between them lines are whole."""
    left, right = line.left, line.right
    if end < line.end:
        right = min(right, line.line.cursorToX(end)[0])  # type: ignore[index]
    if start > line.start:
        left = line.line.cursorToX(start)[0]  # type: ignore[index]
    return QRectF(left, line.top, right - left, line.height)


def _visual_runs(line: LineShape, start: int, end: int) -> Iterator[QRectF]:
    """In text of both directions the words of a range need not stand side by side."""
    runs = [run.boundingRect() for run in line.line.glyphRuns(start, end - start)]
    edges = sorted((run.left(), run.right()) for run in runs)
    while edges:
        left, right = edges.pop(0)
        while edges and edges[0][0] <= right + TOUCHING:
            right = max(right, edges.pop(0)[1])
        yield QRectF(left, line.top, right - left, line.height)


def _is_mixed(text: str) -> bool:
    return not text.isascii() and RIGHT_TO_LEFT.search(text) is not None
