"""Paints the paragraphs in view: fills and layers behind the words, all else over them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from annotator.core.text.hits import Hits
from annotator.ui.page.column import GAP, NUMBERS
from annotator.ui.page.display_list import DisplayList, dashed_pen
from annotator.ui.page.highlights import Highlights, overlapping
from annotator.ui.page.labels import font_of, grid, paint_labels
from annotator.ui.page.lanes import LINE, MOST_LANES, STEP, TagPiece
from annotator.ui.page.layer_painter import paint_layers
from annotator.ui.page.lines import Heights, Range
from annotator.ui.page.mouse import RADIUS, Handles
from annotator.ui.page.paragraph import STRIPES, Paragraph, Style
from annotator.ui.theme import Theme


class ParagraphView(NamedTuple):
    """A paragraph in view: its corner in the viewport, and between which heights of it to paint."""

    paragraph: Paragraph
    corner: QPointF
    heights: Heights
    shapes: DisplayList


def paint_behind_words(
    painter: QPainter, views: Sequence[ParagraphView], style: Style, shown: Highlights
) -> None:
    """Paint what lies behind the words: fills, and all of the layers, so that none hides one."""
    for view in views:
        painter.translate(view.corner)
        view.shapes.paint_fills(painter)
        painter.translate(-view.corner)
    if shown.layers:
        painter.setFont(font_of(style.number_font))
        for view in views:
            painter.translate(view.corner)
            _paint_layers(painter, view, style.theme, shown)
            painter.translate(-view.corner)


def _paint_layers(painter: QPainter, view: ParagraphView, theme: Theme, shown: Highlights) -> None:
    paragraph = view.paragraph
    own = max((stripe.lane for stripe in paragraph.stripes), default=-1) + 1
    right = STRIPES - view.corner.x() - min(own, MOST_LANES) * STEP
    paint_layers(
        painter,
        paragraph.marks(shown.layers),
        view.heights,
        (min(NUMBERS + 6 - view.corner.x(), right - 6), right),
        theme,
        shown.layers_lit,
        from_right=paragraph.lines.from_right,
    )


def paint_over_words(
    painter: QPainter, views: Iterable[ParagraphView], style: Style, shown: Highlights
) -> None:
    """Paint what lies over the words: lines, frames, hits, problems, numbers and chips."""
    for paragraph, corner, heights, shapes in views:
        painter.translate(corner)
        shapes.paint_lines(painter)
        if shown.selected:
            _paint_frames(painter, paragraph.pieces, style.theme, shown.selected)
        if shown.target:
            _paint_frames(painter, paragraph.pieces, style.theme, shown.target, dashed=True)
        if shown.problem_words:
            paint_problem_words(painter, paragraph, shown.problem_words, style.theme, heights)
        if len(shown.hits):
            paint_hits(painter, paragraph, shown.hits, style.theme, heights)
        paint_labels(painter, paragraph.labels(style, shown.lit, heights, grid(painter)))
        painter.translate(-corner)


def _paint_frames(
    painter: QPainter,
    pieces: Iterable[TagPiece],
    theme: Theme,
    framed: str,
    *,
    dashed: bool = False,
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


def paint_problem_words(
    painter: QPainter, paragraph: Paragraph, words: Sequence[Range], theme: Theme, heights: Heights
) -> None:
    """Underline the problem ``words``, disjoint and in text order, between two heights."""
    lines = paragraph.lines
    painter.setPen(dashed_pen(theme.problem, LINE))
    for box in lines.boxes(overlapping(words, *lines.between(heights))):
        middle = box.bottom() + LINE / 2
        painter.drawLine(QPointF(box.left(), middle), QPointF(box.right(), middle))


def paint_hits(
    painter: QPainter, paragraph: Paragraph, hits: Hits, theme: Theme, heights: Heights
) -> None:
    """Outline the hits between two heights, dotted where they are tagged already."""
    lines = paragraph.lines
    places = hits.between(*lines.between(heights))
    color = QColor(theme.text)
    color.setAlphaF(0.75)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for tagged, pen in ((False, QPen(color, 1)), (True, QPen(theme.quiet, 1, Qt.PenStyle.DotLine))):
        painter.setPen(pen)
        ranges = (hits.ranges[nth] for nth in places if hits.is_tagged(nth) is tagged)
        painter.drawRects([box.adjusted(-1, 0, 0, -1) for box in lines.boxes(ranges)])


def paint_selection(
    painter: QPainter, linked: list[float], column: float, found: Handles, theme: Theme
) -> None:
    """Connect the selected line with each linked one, and paint the handles.

    ``linked`` are the heights of the lines, the selected one first; ``column`` is where the
    longest line may end.
    """
    if len(linked) > 1:
        _paint_connectors(painter, linked, column + GAP * 0.7, theme)
    _paint_handles(painter, found, theme)


def _paint_connectors(painter: QPainter, lines: list[float], right: float, theme: Theme) -> None:
    """A thin bracket beside the words: below them it would pass for an underline."""
    left = right - GAP * 0.4
    color = QColor(theme.accent)
    color.setAlphaF(0.7)
    painter.setPen(QPen(color, 1))
    painter.drawLine(QPointF(right, min(lines)), QPointF(right, max(lines)))
    for height in lines:
        painter.drawLine(QPointF(left, height), QPointF(right, height))
    painter.setBrush(color)
    painter.drawEllipse(QPointF(left, lines[0]), 2, 2)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _paint_handles(painter: QPainter, found: Handles, theme: Theme) -> None:
    """A small disc at either end of the selected annotation."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(QPen(theme.page, 1.5))
    painter.setBrush(theme.accent)
    for handle in found.values():
        box = QRectF(handle.x() - RADIUS, handle.y() - RADIUS, 2 * RADIUS, 2 * RADIUS)
        painter.drawEllipse(box)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
