"""Where the tags of a paragraph lie on the screen: one piece per tag and line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from PySide6.QtCore import QRectF
from PySide6.QtGui import QTextBlock, QTextLine

from annotator.core.chains.lanes import assign_lanes
from annotator.core.model import Annotation, Kind
from annotator.core.text.offsets import Utf16Offsets

RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufefc\U00010800-\U0010ffff]")
"""Hebrew, Arabic, Syriac, Thaana, their extensions and presentation forms, and what is rarer."""

TOUCHING = 6.0
"""Pixels, about a blank: runs that are no further apart are painted as one."""


LANE = 4.0
"""Pixels from one underline to the next below it."""

LINE = 2.0
"""Pixels of an underline's thickness; a quote's double line is two of half of it."""


class Piece(NamedTuple):
    """What one annotation covers of one line, in block coordinates.

    ``box`` holds the words, ``fill`` the underline's lane as well, ``strokes`` the underline.
    """

    annotation: Annotation
    lane: int
    box: QRectF
    fill: QRectF
    strokes: tuple[QRectF, ...]


def new_piece(annotation: Annotation, lane: int, box: QRectF) -> Piece:
    """The piece of ``annotation`` whose words are in ``box``."""
    fill = box.adjusted(-1, -1, 1, 1 + LINE + lane * LANE)
    return Piece(annotation, lane, box, fill, _strokes(annotation.kind, lane, box))


def _strokes(kind: Kind, lane: int, box: QRectF) -> tuple[QRectF, ...]:
    left, width, top = box.left(), box.width(), box.bottom() + lane * LANE
    if kind is not Kind.QUOTE:
        return (QRectF(left, top, width, LINE),)
    return QRectF(left, top - 1, width, 1), QRectF(left, top + 1, width, 1)


def pieces(block: QTextBlock, annotations: list[Annotation], offsets: Utf16Offsets) -> list[Piece]:
    """The pieces of ``annotations`` in ``block``, which has been laid out; longest first."""
    lanes = assign_lanes(annotations)
    lines = _Lines(block)
    longest_first = sorted(annotations, key=lambda a: a.start - a.end)
    return [
        new_piece(annotation, lanes[annotation.id], box)
        for annotation in longest_first
        for start, end in _units_inside(block, annotation, offsets)
        for box in lines.boxes(start, end)
    ]


def in_view(found: list[Piece], top: float, bottom: float) -> list[Piece]:
    """The pieces between two heights of the block: a long paragraph is not all in view."""
    return [piece for piece in found if piece.fill.bottom() > top and piece.fill.top() < bottom]


def boxes(
    block: QTextBlock, ranges: Iterable[tuple[int, int]], offsets: Utf16Offsets
) -> Iterator[QRectF]:
    """What ``ranges`` of code points cover of each line of ``block``, in block coordinates."""
    lines = _Lines(block)
    for start, end in _units_of(block, ranges, offsets):
        yield from lines.boxes(start, end)


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


class _Line(NamedTuple):
    """What Qt says of a line: its units ``[start, end)``, and where its words are."""

    line: QTextLine
    start: int
    end: int
    left: float
    right: float
    top: float
    height: float


class _Lines:
    """The lines of a paragraph that has been laid out, each asked for its place once."""

    def __init__(self, block: QTextBlock) -> None:
        self._layout = block.layout()
        self._mixed = _is_mixed(block.text())
        self._known: dict[int, _Line] = {}

    def boxes(self, start: int, end: int) -> Iterator[QRectF]:
        """What the units ``[start, end)`` cover of each line."""
        number = self._layout.lineForTextPosition(start).lineNumber()
        for nth in range(number, self._layout.lineCount()):
            line = self._known.get(nth) or self._ask(nth)
            if line.start >= end:
                return
            if self._mixed:
                yield from _visual_runs(line, max(start, line.start), min(end, line.end))
            else:
                yield _one_run(line, start, end)

    def _ask(self, nth: int) -> _Line:
        line = self._layout.lineAt(nth)
        start, left = line.textStart(), line.x()
        end, right = start + line.textLength(), left + line.naturalTextWidth()
        found = self._known[nth] = _Line(line, start, end, left, right, line.y(), line.height())
        return found


def _one_run(line: _Line, start: int, end: int) -> QRectF:
    """Only the edges of a span are asked for, which is dear; between them lines are whole."""
    left, right = line.left, line.right
    if end < line.end:
        right = min(right, line.line.cursorToX(end)[0])  # type: ignore[index]
    if start > line.start:
        left = line.line.cursorToX(start)[0]  # type: ignore[index]
    return QRectF(left, line.top, right - left, line.height)


def _visual_runs(line: _Line, start: int, end: int) -> Iterator[QRectF]:
    """In text of both directions the words of a span need not stand side by side."""
    runs = [run.boundingRect() for run in line.line.glyphRuns(start, end - start)]
    edges = sorted((run.left(), run.right()) for run in runs)
    while edges:
        left, right = edges.pop(0)
        while edges and edges[0][0] <= right + TOUCHING:
            right = max(right, edges.pop(0)[1])
        yield QRectF(left, line.top, right - left, line.height)


def _is_mixed(text: str) -> bool:
    return not text.isascii() and RIGHT_TO_LEFT.search(text) is not None
