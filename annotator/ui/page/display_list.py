"""What is painted of a paragraph's tags, each kind by colour and by line, ready to be painted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from annotator.core.model import Kind
from annotator.ui.page.lanes import LINE, TagPiece
from annotator.ui.theme import Theme

ROUND = 1.5
"""Radius of a stripe's corners."""

DASHES = [3.0, 2.0]
"""Lengths of a dash and of the gap behind it, in thicknesses of the line."""

Colored = list[tuple[QColor, list[QRectF]]]


class DisplayList(NamedTuple):
    """Fills behind the words, underlines and stripes of a paragraph, in block coordinates."""

    fills: Colored
    """In this order: inner ones lie on outer ones."""
    lines: Colored
    dashes: list[tuple[QPen, list[QLineF]]]
    stripes: Colored

    def paint_fills(self, painter: QPainter) -> None:
        """Paint what lies behind the words."""
        for color, boxes in self.fills:
            for box in boxes:
                painter.fillRect(box, color)

    def paint_lines(self, painter: QPainter) -> None:
        """Paint underlines and stripes."""
        for pen, lines in self.dashes:
            painter.setPen(pen)
            for line in lines:
                painter.drawLine(line)
        painter.setPen(Qt.PenStyle.NoPen)
        for color, boxes in self.lines:
            painter.setBrush(color)
            painter.drawRects(boxes)
        for color, boxes in self.stripes:
            painter.setBrush(color)
            for box in boxes:
                painter.drawRoundedRect(box, ROUND, ROUND)


def display_list(
    pieces: Iterable[TagPiece],
    stripes: Iterable[tuple[Kind, QRectF]],
    theme: Theme,
    lit: frozenset[str],
    problems: frozenset[str],
) -> DisplayList:
    """The display list of pieces, longest first, and of the stripes beside them.

    A piece is underlined in its lane: single, double for quotes, dashed where unattributed;
    one with ``problems`` (ids) is dashed in their colour.
    """
    found = DisplayList([], [], [], [])
    solid: defaultdict[Kind, list[QRectF]] = defaultdict(list)
    dashed: defaultdict[tuple[Kind, bool], list[QRectF]] = defaultdict(list)
    for piece in pieces:
        annotation = piece.annotation
        kind, wrong, hue = annotation.kind, annotation.id in problems, theme.kinds[annotation.kind]
        _add(found.fills, hue.lit if annotation.id in lit else hue.fill, piece.fill)
        strokes = dashed[kind, wrong] if wrong or annotation.unattributed else solid[kind]
        strokes.extend(piece.strokes)
    for (kind, wrong), strokes in dashed.items():
        color = theme.problem if wrong else theme.kinds[kind].line
        pen = dashed_pen(color, LINE if kind is Kind.CLAIM else 1)
        found.dashes.append((pen, [_middle(stroke) for stroke in strokes]))
    found.lines.extend((theme.kinds[kind].line, strokes) for kind, strokes in solid.items())
    for kind, box in stripes:
        _add(found.stripes, theme.kinds[kind].line, box)
    return found


def _add(found: Colored, color: QColor, box: QRectF) -> None:
    if not found or found[-1][0] is not color:
        found.append((color, []))
    found[-1][1].append(box)


def dashed_pen(color: QColor, width: float) -> QPen:
    """A pen for what is wrong or unattributed."""
    pen = QPen(color, width)
    pen.setDashPattern(DASHES)
    return pen


def paint_frames(painter: QPainter, frames: Iterable[QRectF], pen: QPen) -> None:
    """Paint frames with round corners."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    for frame in frames:
        painter.drawRoundedRect(frame, 3, 3)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _middle(stroke: QRectF) -> QLineF:
    height = stroke.center().y()
    return QLineF(stroke.left(), height, stroke.right(), height)
