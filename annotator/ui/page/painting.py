"""Painting tags: fills behind the words, lines below them, each kind by colour and by line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from annotator.core.model import Kind
from annotator.ui.page.geometry import Piece
from annotator.ui.theme import Theme

LANE = 4.0
"""Pixels from one underline to the next below it."""

LINE = 2.0
"""Pixels of an underline's thickness; a quote's double line is two of half of it."""

DASHES = [3.0, 2.0]
"""Lengths of a dash and of the gap behind it, in thicknesses of the line."""


def _fill(piece: Piece) -> QRectF:
    return piece.box.adjusted(-1, -1, 1, 1 + LINE + piece.lane * LANE)


def paint_fills(
    painter: QPainter, pieces: Iterable[Piece], theme: Theme, lit: frozenset[str]
) -> None:
    """Fill behind the words, longest spans first, so that inner ones show on outer ones."""
    painter.setPen(Qt.PenStyle.NoPen)
    for piece in pieces:
        hue = theme.kinds[piece.annotation.kind]
        painter.fillRect(_fill(piece), hue.lit if piece.annotation.id in lit else hue.fill)


def paint_lines(
    painter: QPainter, pieces: Iterable[Piece], theme: Theme, problems: frozenset[str]
) -> None:
    """Underline each piece in its lane: single, double for quotes, dashed when unattributed.

    Those with ``problems`` (ids) are dashed in the colour of problems.
    """
    solid: defaultdict[Kind, list[QRectF]] = defaultdict(list)
    for piece in pieces:
        if piece.annotation.id in problems:
            _dash(painter, piece, theme.problem)
        elif piece.annotation.unattributed:
            _dash(painter, piece, theme.kinds[piece.annotation.kind].line)
        else:
            solid[piece.annotation.kind].extend(_strokes(piece))
    painter.setPen(Qt.PenStyle.NoPen)
    for kind, strokes in solid.items():
        painter.setBrush(theme.kinds[kind].line)
        painter.drawRects(strokes)


def _strokes(piece: Piece) -> list[QRectF]:
    box = piece.box
    top = box.bottom() + piece.lane * LANE
    if piece.annotation.kind is not Kind.QUOTE:
        return [QRectF(box.left(), top, box.width(), LINE)]
    left, width = box.left(), box.width()
    return [QRectF(left, top - 1, width, 1), QRectF(left, top + 1, width, 1)]


def _dash(painter: QPainter, piece: Piece, color: QColor) -> None:
    pen = QPen(color, LINE if piece.annotation.kind is Kind.CLAIM else 1)
    pen.setDashPattern(DASHES)
    painter.setPen(pen)
    left, right = piece.box.left(), piece.box.right()
    for stroke in _strokes(piece):
        middle = stroke.center().y()
        painter.drawLine(QPointF(left, middle), QPointF(right, middle))


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
            painter.drawRoundedRect(_fill(piece).adjusted(0, -1, 0, 1), 3, 3)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
