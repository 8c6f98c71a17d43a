"""Painting the hits of a search: a thin outline, dotted where a hit is tagged so already."""

from __future__ import annotations

from bisect import bisect_left

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTextBlock

from annotator.core.text.hits import Hits
from annotator.core.text.offsets import Utf16Offsets
from annotator.ui.page import geometry
from annotator.ui.theme import Theme


def paint_hits(
    painter: QPainter,
    block: QTextBlock,
    hits: Hits,
    offsets: Utf16Offsets,
    theme: Theme,
    top: float,
    bottom: float,
) -> None:
    """Outline the hits in the lines of a paragraph between ``top`` and ``bottom``.

    Both are in block coordinates: a paragraph may be longer than the view by far.
    """
    start, end = (offsets.to_points(unit) for unit in units_in_view(block, top, bottom))
    places = hits.between(start, end)
    open_ones = [hits.ranges[nth] for nth in places if not hits.is_tagged(nth)]
    done = [hits.ranges[nth] for nth in places if hits.is_tagged(nth)]
    color = QColor(theme.text)
    color.setAlphaF(0.75)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(color, 1))
    painter.drawRects(_outlines(block, open_ones, offsets))
    painter.setPen(QPen(theme.quiet, 1, Qt.PenStyle.DotLine))
    painter.drawRects(_outlines(block, done, offsets))


def units_in_view(block: QTextBlock, top: float, bottom: float) -> tuple[int, int]:
    """The UTF-16 positions of the lines in view; nothing where the paragraph has no line."""
    layout = block.layout()
    lines = range(layout.lineCount())
    first = bisect_left(lines, top, key=lambda n: layout.lineAt(n).rect().bottom())
    last = bisect_left(lines, bottom, key=lambda n: layout.lineAt(n).y())
    if first >= last:
        return block.position(), block.position()
    ending = layout.lineAt(last - 1)
    start = layout.lineAt(first).textStart()
    return block.position() + start, block.position() + ending.textStart() + ending.textLength()


def _outlines(
    block: QTextBlock, ranges: list[tuple[int, int]], offsets: Utf16Offsets
) -> list[QRectF]:
    boxes = geometry.boxes(block, ranges, offsets) if ranges else ()
    return [box.adjusted(-1, 0, 0, -1) for box in boxes]
