"""Paints the paragraphs in view: fills and layers behind the words, all else over them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from annotator.core.tagging import Tagging
from annotator.core.text.hits import Hits
from annotator.ui.page.column import GAP, NUMBERS
from annotator.ui.page.display_list import DisplayList, dashed_pen, paint_frames
from annotator.ui.page.highlights import Highlights, overlapping
from annotator.ui.page.labels import font_of, grid, paint_labels
from annotator.ui.page.lanes import LINE, MOST_LANES, STEP
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
            _paint_frame(painter, paragraph, shown.selected, style.theme, Qt.PenStyle.SolidLine)
        if shown.target:
            _paint_frame(painter, paragraph, shown.target, style.theme, Qt.PenStyle.DashLine)
        if shown.problem_words:
            paint_problem_words(painter, paragraph, shown.problem_words, style.theme, heights)
        if len(shown.hits):
            paint_hits(painter, paragraph, shown.hits, style.theme, heights)
        paint_labels(painter, paragraph.labels(style, shown.lit, heights, grid(painter)))
        painter.translate(-corner)


def _paint_frame(
    painter: QPainter, paragraph: Paragraph, framed: str, theme: Theme, line: Qt.PenStyle
) -> None:
    """Frame an annotation, line by line, no wider than its words: a comma stays legible."""
    fills = (one.fill for one in paragraph.pieces if one.annotation.id == framed)
    frames = (fill.adjusted(0, -1, 0, 1) for fill in fills)
    paint_frames(painter, frames, QPen(theme.accent, 1.6, line))


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


def linked_heights(
    in_view: Iterable[tuple[Paragraph, QPointF]], tagging: Tagging, selected: str
) -> list[float]:
    """How high the selected annotation is, then those linked with it; nothing if out of view."""
    wanted = {selected, *(annotation.id for annotation in tagging.linked(selected))}
    heights: dict[str, float] = {}
    for paragraph, corner in in_view:
        for piece in paragraph.pieces:
            if piece.annotation.id in wanted:
                heights.setdefault(piece.annotation.id, piece.box.center().y() + corner.y())
    start = heights.pop(selected, None)
    return [] if start is None else [start, *heights.values()]


def paint_connectors(painter: QPainter, lines: list[float], column: float, theme: Theme) -> None:
    """A thin bracket right of the ``column``, from the first height in ``lines`` to the others."""
    if len(lines) < 2:
        return
    right = column + GAP * 0.7
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


def paint_handles(painter: QPainter, found: Handles, theme: Theme) -> None:
    """A small disc at either end of the selected annotation."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(QPen(theme.page, 1.5))
    painter.setBrush(theme.accent)
    for handle in found.values():
        box = QRectF(handle.x() - RADIUS, handle.y() - RADIUS, 2 * RADIUS, 2 * RADIUS)
        painter.drawEllipse(box)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
