"""Paints layers, all of it behind the words: thin lines, digits, stripes with patterns."""

from __future__ import annotations

from collections import defaultdict

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from annotator.core.model import Kind
from annotator.ui.page.display_list import paint_frames
from annotator.ui.page.lanes import LANE, LINE, new_piece, stripes
from annotator.ui.page.layers import LayerPiece
from annotator.ui.page.lines import Heights
from annotator.ui.theme import Theme

Pieces = list[LayerPiece]
Reach = tuple[float, float]
"""From where to where across a line, in block coordinates."""

STEP = 5.0
"""Pixels from one column of stripes to the next; each further digit takes `BESIDE` more."""

BESIDE = 2.5
TINT = 0.5
"""How much of its kind's fill an attribution of a layer has."""

FADED = 0.75
"""How much of its kind's colour a line of a layer has."""

DASHES = [4.0, 3.0]
PATTERNS: tuple[list[float], ...] = ([], [4, 2.5], [1.2, 2.2], [6, 2, 1.2, 2], [9, 4])
"""Lengths of strokes and gaps, in widths, of the first annotator's stripe, the second's, …"""


def paint_layers(
    painter: QPainter,
    pieces: Pieces,
    heights: Heights,
    reach: Reach,
    theme: Theme,
    lit: frozenset[str],
    *,
    from_right: bool,
) -> None:
    """Paint the layers' ``pieces`` in a paragraph between two heights, and stripes in ``reach``.

    What is ``lit`` (addresses) stands out. The digits have the painter's font.
    """
    top, bottom = heights
    seen = [one for one in pieces if one.box.bottom() > top and one.box.top() < bottom]
    _paint_tints(painter, seen, theme, lit)
    framed = [one for one in seen if not lit.isdisjoint(one.mark.addresses)]
    frames = (one.box.adjusted(-2, -1, 2, LINE + 1 + one.lane * LANE) for one in framed)
    paint_frames(painter, frames, QPen(theme.accent, 1.2))
    _paint_lines(painter, seen, theme)
    _paint_digits(painter, seen, theme, from_right=from_right)
    _paint_stripes(painter, pieces, reach, theme)


def _paint_tints(painter: QPainter, found: Pieces, theme: Theme, lit: frozenset[str]) -> None:
    """A hint of their colour behind attributions, more of it behind what is ``lit`` (addresses)."""
    painter.setPen(Qt.PenStyle.NoPen)
    for mark, lane, box, _ in found:
        fill = theme.kinds[mark.annotation.kind].fill
        area = box.adjusted(-1, 0, 1, LINE + lane * LANE)
        if not lit.isdisjoint(mark.addresses):
            painter.fillRect(area, fill)
        elif mark.annotation.kind is Kind.ATTRIBUTION:
            painter.fillRect(area, _faded(fill, TINT))


def _paint_lines(painter: QPainter, found: Pieces, theme: Theme) -> None:
    """A thin line for each piece, two for a quote, dashed where it was decided unattributed."""
    for mark, lane, box, _ in found:
        pen = QPen(_faded(theme.kinds[mark.annotation.kind].line, FADED), 1)
        if mark.annotation.unattributed:
            pen.setDashPattern(DASHES)
        painter.setPen(pen)
        for below in (-1, 1) if mark.annotation.kind is Kind.QUOTE else (0,):
            height = round(box.bottom() + lane * LANE) + below + 0.5
            painter.drawLine(QPointF(box.left(), height), QPointF(box.right(), height))


def _paint_digits(painter: QPainter, found: Pieces, theme: Theme, *, from_right: bool) -> None:
    """The digits of those who tagged it, hanging where a line begins; the font is the painter's.

    Lines below one another have their digits beside one another.
    """
    metrics = QFontMetricsF(painter.font())
    height, taken = metrics.capHeight() + 3, defaultdict[float, list[Reach]](list)
    for mark, lane, box, begins in found:
        if not begins:
            continue
        width = metrics.horizontalAdvance(mark.label) + 3
        left = box.right() - width if from_right else box.left()
        left = _free_place(taken[box.top()], left, width, from_right)
        ground = QRectF(left, box.bottom() + lane * LANE + LINE, width, height)
        painter.fillRect(ground, theme.page)
        painter.setPen(theme.kinds[mark.annotation.kind].line)
        painter.drawText(QPointF(left + 1.5, ground.bottom() - 1), mark.label)


def _free_place(taken: list[Reach], left: float, width: float, from_right: bool) -> float:
    """The first place from ``left`` on where nothing stands yet; it is taken now."""
    for first, last in sorted(taken, reverse=from_right):
        if first < left + width and left < last:
            left = first - width if from_right else last
    taken.append((left, left + width))
    return left


def _paint_stripes(painter: QPainter, pieces: Pieces, reach: Reach, theme: Theme) -> None:
    """Stripes leftwards from the right of ``reach``: a stroke in the pattern of each who tagged
    it so; where lanes are many they move closer, so that they keep within it.
    """
    found = stripes([new_piece(mark.annotation, lane, box) for mark, lane, box, _ in pieces])
    marks = {mark.annotation.id: mark for mark, *_ in pieces}
    left, right = reach
    most = max((len(mark.digits) for mark in marks.values()), default=1)
    lanes = max((stripe.lane for stripe in found), default=0) + 1
    step = min(STEP + BESIDE * (most - 1), (right - left) / lanes)
    for annotation, lane, top, bottom in found:
        for nth, digit in enumerate(marks[annotation.id].digits):
            painter.setPen(_stripe_pen(_faded(theme.kinds[annotation.kind].line, FADED), digit))
            across = right - lane * step - nth * BESIDE
            painter.drawLine(QPointF(across, top + 1), QPointF(across, bottom))


def paint_sign(painter: QPainter, room: QRectF, digit: int, color: QColor) -> None:
    """An annotator's stripe and digit beside each other, for a list of annotators."""
    painter.setPen(_stripe_pen(color, digit))
    painter.drawLine(QPointF(room.left() + 4, room.top()), QPointF(room.left() + 4, room.bottom()))
    painter.setPen(color)
    words = room.adjusted(9, 0, 0, 0)
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, str(digit))


def _stripe_pen(color: QColor, digit: int) -> QPen:
    pen = QPen(color, 1.4)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if pattern := PATTERNS[(digit - 1) % len(PATTERNS)]:
        pen.setDashPattern(pattern)
    return pen


def _faded(color: QColor, share: float) -> QColor:
    result = QColor(color)
    result.setAlphaF(share)
    return result
