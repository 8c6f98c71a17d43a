"""Where the tags of a paragraph lie on the screen: one piece per tag and line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from PySide6.QtCore import QRectF
from PySide6.QtGui import QTextBlock, QTextLine

from annotator.core.lanes import assign_lanes
from annotator.core.model import Annotation
from annotator.core.offsets import Utf16Offsets

RIGHT_TO_LEFT = range(0x0590, 0x0900)
"""Hebrew, Arabic, Syriac, Thaana and their extensions; presentation forms follow below."""


TOUCHING = 6.0
"""Pixels, about a blank: runs that are no further apart are painted as one."""


class Piece(NamedTuple):
    """What one annotation covers of one line; ``box`` holds the words, in block coordinates."""

    annotation: Annotation
    lane: int
    box: QRectF


def pieces(block: QTextBlock, annotations: list[Annotation], offsets: Utf16Offsets) -> list[Piece]:
    """The pieces of ``annotations`` in ``block``, which has been laid out; longest first."""
    lanes = assign_lanes(annotations)
    mixed = _is_mixed(block.text())
    longest_first = sorted(annotations, key=lambda a: a.start - a.end)
    return [
        Piece(annotation, lanes[annotation.id], box)
        for annotation in longest_first
        for start, end in _units_inside(block, annotation, offsets)
        for box in _boxes(block, start, end, mixed)
    ]


def in_view(found: list[Piece], top: float, bottom: float) -> list[Piece]:
    """The pieces between two heights of the block: a long paragraph is not all in view."""
    return [piece for piece in found if piece.box.bottom() > top and piece.box.top() < bottom]


def boxes(
    block: QTextBlock, ranges: Iterable[tuple[int, int]], offsets: Utf16Offsets
) -> Iterator[QRectF]:
    """What ``ranges`` of code points cover of each line of ``block``, in block coordinates."""
    mixed = _is_mixed(block.text())
    for units in _units_of(block, ranges, offsets):
        yield from _boxes(block, *units, mixed)


def _units_inside(
    block: QTextBlock, annotation: Annotation, offsets: Utf16Offsets
) -> Iterator[tuple[int, int]]:
    """The annotation's spans inside the block, in UTF-16 units from the block's start."""
    return _units_of(block, ((span.start, span.end) for span in annotation.spans), offsets)


def _units_of(
    block: QTextBlock, ranges: Iterable[tuple[int, int]], offsets: Utf16Offsets
) -> Iterator[tuple[int, int]]:
    first, length = block.position(), block.length() - 1
    for one, other in ranges:
        start = max(0, offsets.to_units(one) - first)
        end = min(length, offsets.to_units(other) - first)
        if start < end:
            yield start, end


def _boxes(block: QTextBlock, start: int, end: int, mixed: bool) -> Iterator[QRectF]:
    layout = block.layout()
    for number in range(layout.lineForTextPosition(start).lineNumber(), layout.lineCount()):
        line = layout.lineAt(number)
        first = line.textStart()
        if first >= end:
            return
        inside = max(start, first), min(end, first + line.textLength())
        yield from _visual_runs(line, *inside) if mixed else _one_run(line, *inside)


def _one_run(line: QTextLine, start: int, end: int) -> Iterator[QRectF]:
    """Only the edges of a span are asked for, which is dear; between them lines are whole."""
    left, first = line.x(), line.textStart()
    right = left + line.naturalTextWidth()
    if end < first + line.textLength():
        right = min(right, line.cursorToX(end)[0])  # type: ignore[index]
    if start > first:
        left = line.cursorToX(start)[0]  # type: ignore[index]
    yield QRectF(left, line.y(), right - left, line.height())


def _visual_runs(line: QTextLine, start: int, end: int) -> Iterator[QRectF]:
    """In text of both directions the words of a span need not stand side by side."""
    runs = [run.boundingRect() for run in line.glyphRuns(start, end - start)]
    edges = sorted((run.left(), run.right()) for run in runs)
    while edges:
        left, right = edges.pop(0)
        while edges and edges[0][0] <= right + TOUCHING:
            right = max(right, edges.pop(0)[1])
        yield QRectF(left, line.y(), right - left, line.height())


def _is_mixed(text: str) -> bool:
    return not text.isascii() and any(_right_to_left(char) for char in text)


def _right_to_left(char: str) -> bool:
    code = ord(char)
    return code in RIGHT_TO_LEFT or 0xFB1D <= code <= 0xFEFC or 0x10800 <= code <= 0x10FFF
