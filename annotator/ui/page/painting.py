"""Painting tags: fills behind the words, lines below them, each kind by colour and by line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from annotator.core.model import Kind
from annotator.ui.page.geometry import LINE, Piece
from annotator.ui.theme import Theme

ROUND = 1.5
"""Radius of a stripe's corners."""

DASHES = [3.0, 2.0]
"""Lengths of a dash and of the gap behind it, in thicknesses of the line."""


Colored = list[tuple[QColor, list[QRectF]]]


class Ink(NamedTuple):
    """What is painted of a paragraph, in block coordinates, ready for the painter."""

    fills: Colored
    """Behind the words, in this order: inner ones lie on outer ones."""
    lines: Colored
    dashes: list[tuple[QPen, list[QLineF]]]
    stripes: Colored


def ink(
    pieces: Iterable[Piece],
    stripes: Iterable[tuple[Kind, QRectF]],
    theme: Theme,
    lit: frozenset[str],
    problems: frozenset[str],
) -> Ink:
    """The ink of pieces, longest first, and of the stripes beside them.

    A piece is underlined in its lane: single, double for quotes, dashed where unattributed;
    one with ``problems`` (ids) is dashed in their colour.
    """
    found = Ink([], [], [], [])
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
        pen = dashes(color, LINE if kind is Kind.CLAIM else 1)
        found.dashes.append((pen, [_middle(stroke) for stroke in strokes]))
    found.lines.extend((theme.kinds[kind].line, strokes) for kind, strokes in solid.items())
    for kind, box in stripes:
        _add(found.stripes, theme.kinds[kind].line, box)
    return found


def _add(found: Colored, color: QColor, box: QRectF) -> None:
    if not found or found[-1][0] is not color:
        found.append((color, []))
    found[-1][1].append(box)


def dashes(color: QColor, width: float) -> QPen:
    """A pen of dashes."""
    pen = QPen(color, width)
    pen.setDashPattern(DASHES)
    return pen


def _middle(stroke: QRectF) -> QLineF:
    height = stroke.center().y()
    return QLineF(stroke.left(), height, stroke.right(), height)


def paint_fills(painter: QPainter, found: Ink) -> None:
    """Paint what lies behind the words."""
    for color, boxes in found.fills:
        for box in boxes:
            painter.fillRect(box, color)


def paint_lines(painter: QPainter, found: Ink) -> None:
    """Paint underlines and stripes."""
    for pen, lines in found.dashes:
        painter.setPen(pen)
        for line in lines:
            painter.drawLine(line)
    painter.setPen(Qt.PenStyle.NoPen)
    for color, boxes in found.lines:
        painter.setBrush(color)
        painter.drawRects(boxes)
    for color, boxes in found.stripes:
        painter.setBrush(color)
        for box in boxes:
            painter.drawRoundedRect(box, ROUND, ROUND)


def paint_frames(
    painter: QPainter, pieces: Iterable[Piece], theme: Theme, framed: str, *, dashed: bool = False
) -> None:
    """Frame an annotation, line by line: the selected one, or (dashed) the target of a link."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    style = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
    painter.setPen(QPen(theme.accent, 1.6, style))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    for piece in pieces:
        if piece.annotation.id == framed:
            # No wider than the words: the comma behind them must stay legible.
            painter.drawRoundedRect(piece.fill.adjusted(0, -1, 0, 1), 3, 3)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
