"""The margins beside the words: stripes on the left, chips with chains on the right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from annotator.core.model import Annotation, Kind, Unattributed
from annotator.ui.page.geometry import Piece
from annotator.ui.source_colours import paint_dot
from annotator.ui.theme import Theme

STRIPE = 3.0
STEP = 6.0
"""Pixels from one lane of stripes to the next."""

MOST_LANES = 6

CHIP_HEIGHT = 18.0
CHIP_GAP = 6.0
CHIP_PAD = 8.0
CHIP_DOT = 12.0
"""Pixels for the dot of a source's colour, before the words."""

NARROWEST = 44.0
"""Pixels of words; where there is less room, the chip is a mere dot."""

DOT = 10.0

DECISIONS = {
    Unattributed.ARTICLE: "the article itself",
    Unattributed.UNKNOWN: "source unknown",
}


class Stripe(NamedTuple):
    """How far an annotation reaches in a paragraph, from line top to line bottom."""

    annotation: Annotation
    lane: int
    top: float
    bottom: float


class Chip(NamedTuple):
    """What stands beside a line: the words of the chip, and whose they are."""

    annotation: Annotation
    words: str
    box: QRectF
    color: QColor | None = None
    """Of its source, where that has one."""


def stripes(pieces: list[Piece]) -> list[Stripe]:
    """A stripe for each annotation of a paragraph, lanes apart wherever two would meet."""
    reach: dict[str, tuple[Annotation, float, float]] = {}
    for annotation, _, box in pieces:
        _, top, bottom = reach.get(annotation.id, (annotation, box.top(), box.bottom()))
        reach[annotation.id] = annotation, min(top, box.top()), max(bottom, box.bottom())
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


def paint_stripes(
    painter: QPainter, found: list[Stripe], right: float, theme: Theme, lit: frozenset[str]
) -> None:
    """Paint stripes leftwards from ``right``; where lanes are many they move closer."""
    painter.setPen(Qt.PenStyle.NoPen)
    most = max((stripe.lane for stripe in found), default=0) + 1
    step = min(STEP, STEP * MOST_LANES / most)
    for annotation, lane, top, bottom in found:
        painter.setBrush(theme.kinds[annotation.kind].line)
        width = STRIPE if annotation.id not in lit else STRIPE + 1
        box = QRectF(right - STRIPE - lane * step, top + 1, width, bottom - top)
        painter.drawRoundedRect(box, 1.5, 1.5)


def chips(
    pieces: list[Piece],
    words_of: Callable[[Annotation], str],
    font: QFont,
    left: float,
    right: float,
    color_of: Callable[[Annotation], QColor | None] = lambda annotation: None,
) -> list[Chip]:
    """The chips of a paragraph: each on the line where its annotation begins, side by side.

    ``words_of`` gives the words of an annotation's chip, empty for none; ``left`` and
    ``right`` bound the margin, in block coordinates.
    """
    metrics = QFontMetricsF(font)
    filled: defaultdict[float, float] = defaultdict(lambda: left)
    result = []
    for annotation, line in _first_lines(pieces):
        words = words_of(annotation)
        start = filled[line.top()]
        if not words or right - start < DOT:
            continue
        color = color_of(annotation)
        before = CHIP_DOT if color else 0.0
        room = right - start - 2 * CHIP_PAD - before
        shown, width = _fitting(words, metrics, room) if room >= NARROWEST else ("", 0.0)
        width = width + 2 * CHIP_PAD + before if shown else DOT
        height = CHIP_HEIGHT if shown else DOT
        top = line.center().y() - height / 2 + 1
        result.append(Chip(annotation, shown, QRectF(start, top, width, height), color))
        filled[line.top()] = start + width + CHIP_GAP
    return result


def _fitting(words: str, metrics: QFontMetricsF, room: float) -> tuple[str, float]:
    """The words, elided where they do not fit, and their width; most fit, and eliding is dear."""
    width = metrics.horizontalAdvance(words)
    if width <= room:
        return words, width
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
    return shown, metrics.horizontalAdvance(shown)


def _first_lines(pieces: list[Piece]) -> list[tuple[Annotation, QRectF]]:
    """Each annotation that can have a chip, with its uppermost piece, in reading order."""
    first: dict[str, tuple[Annotation, QRectF]] = {}
    for annotation, _, box in pieces:
        known = first.get(annotation.id)
        if known is None or (box.top(), box.left()) < (known[1].top(), known[1].left()):
            first[annotation.id] = annotation, box
    return sorted(first.values(), key=lambda one: (one[1].top(), one[0].start))


def paint_chips(painter: QPainter, found: list[Chip], theme: Theme, lit: frozenset[str]) -> None:
    """Paint chips: attributions in their colour, decisions without a source in quiet ink."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    for annotation, words, box, color in found:
        hue = theme.kinds[annotation.kind]
        attributed = annotation.kind is Kind.ATTRIBUTION
        fill = (hue.lit if annotation.id in lit else hue.fill) if attributed else theme.page
        painter.setPen(QPen(hue.line if attributed else theme.edge, 0.8))
        painter.setBrush(fill)
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        room = box
        if color and words:
            paint_dot(painter, QPointF(box.left() + CHIP_PAD + 2, box.center().y()), color)
            room = box.adjusted(CHIP_DOT, 0, 0, 0)
        painter.setPen(hue.line if attributed else theme.quiet)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, words)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


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
