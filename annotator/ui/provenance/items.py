"""The items of the provenance drawing: boxes by shape and colour, steps as curves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import log2

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontInfo,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QApplication, QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from annotator.core.chains.layering import Point
from annotator.core.chains.provenance import Node, ProvenanceStep, Shape
from annotator.core.model import Kind
from annotator.ui.sources.colours import DOT, paint_dot, shade
from annotator.ui.theme import Hue, Theme, mixed, reading_font
from annotator.ui.widgets.plain import plain_tip
from annotator.ui.widgets.rows import isolated

PAD = 10.0
BESIDE_DOT = 6.0
ARROW = 7.0
EAR = 9.0
"""The folded corner of the article's sheet."""

LEAVES = (Shape.CLAIM, Shape.QUOTE, Shape.FOLDED)


@dataclass(frozen=True)
class Fonts:
    """The fonts of a picture: words of the article, names, and quiet second lines."""

    words: QFont
    names: QFont
    quiet: QFont

    def of(self, shape: Shape) -> QFont:
        """The font of a node's first line."""
        return self.words if shape in (Shape.CLAIM, Shape.QUOTE) else self.names


def fonts() -> Fonts:
    """The fonts in the size that the desktop gives its own words."""
    names = _resolved(QApplication.font(), "sans-serif")
    quiet = QFont(names)
    names.setWeight(QFont.Weight.DemiBold)
    quiet.setPointSizeF(names.pointSizeF() * 0.85)
    return Fonts(_resolved(reading_font(names.pointSizeF() * 1.05), "serif"), names, quiet)


def _resolved(font: QFont, kin: str) -> QFont:
    """The font by the name it really has: an SVG names it to programs that know no other."""
    result = QFont(font)
    result.setFamilies([QFontInfo(font).family(), kin])
    return result


class NodeItem(QGraphicsItem):
    """A box of the picture."""

    def __init__(self, node: Node, box: QRectF, theme: Theme, fonts: Fonts) -> None:
        super().__init__()
        self.node = node
        self.lit = False
        self.current = False
        self._box, self._theme, self._fonts = box, theme, fonts
        self.setToolTip(plain_tip("\n".join(filter(None, (node.label, node.detail)))))
        self.setZValue(2)

    def boundingRect(self) -> QRectF:
        return self._box.adjusted(-4, -4, 7, 7)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        paint_ground(painter, self._box, self.node.key.shape, self._theme, lit=self.lit)
        self._paint_words(painter)
        if self.current:
            painter.setPen(QPen(self._theme.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self._box.adjusted(-2.5, -2.5, 2.5, 2.5), 5, 5)

    def _paint_words(self, painter: QPainter) -> None:
        node = self.node
        room = self._box.adjusted(PAD, 0, -PAD, -underlines(node.key.shape))
        font = self._fonts.of(node.key.shape)
        line = QFontMetricsF(font).height()
        second = QFontMetricsF(self._fonts.quiet).height() if node.detail else 0.0
        top = room.center().y() - (line + second) / 2
        if node.colour:
            place = QPointF(room.left() + DOT / 2, top + line / 2)
            paint_dot(painter, place, shade(node.colour, self._theme))
            room.setLeft(room.left() + before_words(node))
        _paint_line(painter, room, top, node.label, font, ink(node.key.shape, self._theme))
        if node.detail:
            _paint_line(
                painter, room, top + line, node.detail, self._fonts.quiet, self._theme.quiet
            )


def before_words(node: Node) -> float:
    """The pixels that the dot of a source's colour takes before the words."""
    return DOT + BESIDE_DOT if node.colour else 0.0


def _paint_line(
    painter: QPainter, room: QRectF, top: float, words: str, font: QFont, color: QColor
) -> None:
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    painter.setPen(color)
    own = isolated(words)
    shown = metrics.elidedText(own, Qt.TextElideMode.ElideRight, room.width() + 1)
    painter.drawText(QPointF(room.left(), top + metrics.ascent()), shown)


def underlines(shape: Shape) -> float:
    """The pixels that a shape's underlines take at the foot of its box."""
    return {Shape.CLAIM: 3.0, Shape.QUOTE: 6.0}.get(shape, 0.0)


def ink(shape: Shape, theme: Theme) -> QColor:
    """The colour of a node's words."""
    colors = {
        Shape.SOURCE: theme.kinds[Kind.ATTRIBUTION].line,
        Shape.UNATTRIBUTED: theme.quiet,
        Shape.OPEN: theme.problem,
    }
    return colors.get(shape, theme.text)


def paint_ground(
    painter: QPainter, box: QRectF, shape: Shape, theme: Theme, *, lit: bool = False
) -> None:
    """What makes a shape: its ground, and its line, so that nobody depends on colour."""
    if shape in (Shape.CLAIM, Shape.QUOTE):
        kind = Kind.CLAIM if shape is Shape.CLAIM else Kind.QUOTE
        _paint_underlined(painter, box, theme.kinds[kind], 1 if shape is Shape.CLAIM else 2, lit)
    elif shape is Shape.ARTICLE:
        _paint_sheet(painter, box, theme)
    else:
        hue = theme.kinds[Kind.ATTRIBUTION]
        source, dashed = shape is Shape.SOURCE, shape in (Shape.UNATTRIBUTED, Shape.OPEN)
        edge = ink(shape, theme) if source or dashed else theme.edge
        if shape is Shape.FOLDED:
            _paint_card(painter, box.translated(3, 3), edge, theme.page)
        ground = (hue.lit if lit else hue.fill) if source else theme.chosen if lit else theme.page
        style = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
        _paint_card(painter, box, edge, ground, style, 10 if source or dashed else 3)


def _paint_card(
    painter: QPainter,
    box: QRectF,
    edge: QColor,
    ground: QColor,
    style: Qt.PenStyle = Qt.PenStyle.SolidLine,
    radius: float = 3,
) -> None:
    painter.setPen(QPen(edge, 1, style))
    painter.setBrush(ground)
    painter.drawRoundedRect(box, radius, radius)


def _paint_underlined(painter: QPainter, box: QRectF, hue: Hue, lines: int, lit: bool) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(hue.lit if lit else hue.fill)
    painter.drawRect(box)
    painter.setPen(QPen(hue.line, 1.4))
    for number in range(lines):
        y = box.bottom() - 0.7 - 3 * number
        painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))


def _paint_sheet(painter: QPainter, box: QRectF, theme: Theme) -> None:
    corner = box.topRight()
    below, beside = corner + QPointF(0, EAR), corner - QPointF(EAR, 0)
    painter.setPen(QPen(theme.text, 1.2))
    painter.setBrush(theme.page)
    sheet = [box.topLeft(), beside, below, box.bottomRight(), box.bottomLeft()]
    painter.drawPolygon(QPolygonF(sheet))
    painter.drawPolyline(QPolygonF([beside, beside + QPointF(0, EAR), below]))


class StepItem(QGraphicsItem):
    """A step from node to node: thin to the source, then an arrow, broader if taken often."""

    def __init__(self, step: ProvenanceStep, route: list[Point], theme: Theme) -> None:
        super().__init__()
        self.step = step
        self.lit = False
        self._path = curve(route)
        self._end = QPointF(*route[-1])
        self._arrow = ARROW if route[-1].x < route[0].x else -ARROW
        self._said = step.start.shape in LEAVES
        self._width = 1.0 if self._said else 1.2 + 0.5 * log2(max(1, step.times))
        share = 0.3 if self._said else 0.8
        self._calm = mixed(theme.edge.name(), theme.quiet.name(), share)
        self._bright = theme.accent

    def boundingRect(self) -> QRectF:
        return self._path.boundingRect().adjusted(-ARROW, -ARROW, ARROW, ARROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        color = self._bright if self.lit else self._calm
        painter.setPen(QPen(color, self._width + (0.6 if self.lit else 0)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(self._path)
        if not self._said:
            back, side = QPointF(self._arrow, 0), QPointF(0, ARROW * 0.55)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color)
            painter.drawPolygon(
                QPolygonF([self._end, self._end + back + side, self._end + back - side])
            )


class TimesItem(QGraphicsItem):
    """How often a step is taken, as ``×3`` on its line."""

    def __init__(self, times: int, middle: QPointF, theme: Theme, fonts: Fonts) -> None:
        super().__init__()
        self._words, self._font, self._theme = f"×{times}", fonts.quiet, theme
        metrics = QFontMetricsF(fonts.quiet)
        self._box = QRectF(0, 0, metrics.horizontalAdvance(self._words) + 4, metrics.ascent())
        self._box.moveCenter(middle)
        self.setZValue(1.5)

    def boundingRect(self) -> QRectF:
        return self._box.adjusted(-1, -1, 1, 3)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.fillRect(self._box, self._theme.page)
        painter.setFont(self._font)
        painter.setPen(self._theme.quiet)
        painter.drawText(self._box.bottomLeft() + QPointF(2, -1), self._words)


def curve(route: Iterable[Point]) -> QPainterPath:
    """A route as a curve, level wherever it meets a box or passes a column."""
    points = [QPointF(*point) for point in route]
    path = QPainterPath(points[0])
    for one, other in pairwise(points):
        middle = (one.x() + other.x()) / 2
        path.cubicTo(QPointF(middle, one.y()), QPointF(middle, other.y()), other)
    return path
