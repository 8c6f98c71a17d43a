"""The margins beside the words: stripes on the left, connectors before the chips."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from annotator.core.model import Annotation, Kind
from annotator.ui.page.geometry import Piece
from annotator.ui.theme import Theme

STRIPE = 3.0
STEP = 6.0
"""Pixels from one lane of stripes to the next."""

MOST_LANES = 6


class Stripe(NamedTuple):
    """How far an annotation reaches in a paragraph, from line top to line bottom."""

    annotation: Annotation
    lane: int
    top: float
    bottom: float


def stripes(pieces: list[Piece]) -> list[Stripe]:
    """A stripe for each annotation of a paragraph, lanes apart wherever two would meet."""
    reach: dict[str, tuple[Annotation, float, float]] = {}
    for piece in pieces:
        annotation, first, last = piece.annotation, piece.box.top(), piece.box.bottom()
        _, top, bottom = reach.get(annotation.id, (annotation, first, last))
        reach[annotation.id] = annotation, min(top, first), max(bottom, last)
    lanes: list[list[tuple[float, float]]] = []
    result = []
    for annotation, top, bottom in sorted(reach.values(), key=_shortest_first):
        lane = next((n for n, taken in enumerate(lanes) if _free(taken, top, bottom)), len(lanes))
        if lane == len(lanes):
            lanes.append([])
        lanes[lane].append((top, bottom))
        result.append(Stripe(annotation, lane, top, bottom))
    return result


def _shortest_first(reach: tuple[Annotation, float, float]) -> tuple[float, float, str]:
    annotation, top, bottom = reach
    return bottom - top, top, annotation.id


def _free(taken: list[tuple[float, float]], top: float, bottom: float) -> bool:
    return all(bottom <= first or last <= top for first, last in taken)


def stripe_boxes(
    found: list[Stripe], right: float, heights: tuple[float, float], lit: frozenset[str]
) -> list[tuple[Kind, QRectF]]:
    """Where to paint the stripes that reach between two ``heights``, leftwards from ``right``.

    Where lanes are many they move closer.
    """
    most = max((stripe.lane for stripe in found), default=0) + 1
    step, (highest, lowest) = min(STEP, STEP * MOST_LANES / most), heights
    return [
        (one.kind, QRectF(right - STRIPE - lane * step, top + 1, _width(one, lit), bottom - top))
        for one, lane, top, bottom in found
        if bottom >= highest and top <= lowest
    ]


def _width(annotation: Annotation, lit: frozenset[str]) -> float:
    return STRIPE + 1 if annotation.id in lit else STRIPE


def paint_connectors(
    painter: QPainter, lines: list[float], left: float, right: float, theme: Theme
) -> None:
    """A thin bracket between words and chips: from the selected line to each linked one.

    ``lines`` are the heights of the lines, the selected one first. It keeps off the words,
    where it would pass for an underline.
    """
    if len(lines) < 2:
        return
    color = QColor(theme.accent)
    color.setAlphaF(0.7)
    painter.setPen(QPen(color, 1))
    painter.drawLine(QPointF(right, min(lines)), QPointF(right, max(lines)))
    for height in lines:
        painter.drawLine(QPointF(left, height), QPointF(right, height))
    painter.setBrush(color)
    painter.drawEllipse(QPointF(left, lines[0]), 2, 2)
    painter.setBrush(Qt.BrushStyle.NoBrush)
