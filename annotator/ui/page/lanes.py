"""Tags in lanes: their underlines below one another, their stripes beside one another."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRectF

from annotator.core.chains.lanes import assign_lanes
from annotator.core.model import Annotation, Kind
from annotator.ui.page.lines import Heights, TextLines

LANE = 4.0
"""Pixels from one underline to the next below it."""

LINE = 2.0
"""Pixels of an underline's thickness; a quote's double line is two of half of it."""

STRIPE = 3.0
STEP = 6.0
"""Pixels from one lane of stripes to the next."""

MOST_LANES = 6


class TagPiece(NamedTuple):
    """What one annotation covers of one line, in block coordinates.

    ``box`` holds the words, ``fill`` the underline's lane as well, ``strokes`` the underline.
    """

    annotation: Annotation
    lane: int
    box: QRectF
    fill: QRectF
    strokes: tuple[QRectF, ...]


def new_piece(annotation: Annotation, lane: int, box: QRectF) -> TagPiece:
    """The piece of ``annotation`` whose words are in ``box``."""
    fill = box.adjusted(-1, -1, 1, 1 + LINE + lane * LANE)
    return TagPiece(annotation, lane, box, fill, _strokes(annotation.kind, lane, box))


def _strokes(kind: Kind, lane: int, box: QRectF) -> tuple[QRectF, ...]:
    left, width, top = box.left(), box.width(), box.bottom() + lane * LANE
    if kind is not Kind.QUOTE:
        return (QRectF(left, top, width, LINE),)
    return QRectF(left, top - 1, width, 1), QRectF(left, top + 1, width, 1)


def tag_pieces(lines: TextLines, annotations: list[Annotation]) -> list[TagPiece]:
    """The pieces of ``annotations`` on the lines of a paragraph, longest annotation first."""
    lanes = assign_lanes(annotations)
    return [
        new_piece(annotation, lanes[annotation.id], box)
        for annotation in sorted(annotations, key=lambda a: a.start - a.end)
        for box in lines.boxes((span.start, span.end) for span in annotation.spans)
    ]


def in_view(found: list[TagPiece], heights: Heights) -> list[TagPiece]:
    """The pieces between two heights: a long paragraph is not all in view."""
    top, bottom = heights
    return [piece for piece in found if piece.fill.bottom() > top and piece.fill.top() < bottom]


class Stripe(NamedTuple):
    """How far an annotation reaches in a paragraph, from line top to line bottom."""

    annotation: Annotation
    lane: int
    top: float
    bottom: float


def stripes(pieces: list[TagPiece]) -> list[Stripe]:
    """A stripe for each annotation of a paragraph, lanes apart wherever two would meet."""
    reach: dict[str, tuple[Annotation, float, float]] = {}
    for piece in pieces:
        annotation, first, last = piece.annotation, piece.box.top(), piece.box.bottom()
        _, top, bottom = reach.get(annotation.id, (annotation, first, last))
        reach[annotation.id] = annotation, min(top, first), max(bottom, last)
    lanes: list[list[Heights]] = []
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


def _free(taken: list[Heights], top: float, bottom: float) -> bool:
    return all(bottom <= first or last <= top for first, last in taken)


def stripe_boxes(
    found: list[Stripe], right: float, heights: Heights, lit: frozenset[str]
) -> list[tuple[Kind, QRectF]]:
    """Where to paint the stripes that reach between two ``heights``, leftwards from ``right``.

    Where lanes are many they move closer; those ``lit`` are a pixel wider.
    """
    most = max((stripe.lane for stripe in found), default=0) + 1
    step, (highest, lowest) = min(STEP, STEP * MOST_LANES / most), heights
    return [
        (
            one.kind,
            QRectF(right - STRIPE - lane * step, top + 1, STRIPE + (one.id in lit), bottom - top),
        )
        for one, lane, top, bottom in found
        if bottom >= highest and top <= lowest
    ]
