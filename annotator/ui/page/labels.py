"""Labels in the margins, chips and numbers: drawn once, then copied.

Words and round corners are dear, and the same few chains come again and again.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from math import ceil
from typing import NamedTuple, Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPaintEngine, QPainter, QTransform
from PySide6.QtWidgets import QApplication

RIM = 2
"""Pixels of the screen around a label's box that its outline may touch."""


class FontKey(NamedTuple):
    """The window's font, by Qt's name for it, at so many points."""

    name: str
    points: float


def font_key(points: float) -> FontKey:
    """The key of the window's font at a size."""
    font = QApplication.font()
    font.setPointSizeF(points)
    return FontKey(font.key(), points)


def font_of(key: FontKey) -> QFont:
    """The window's font at the key's size."""
    font = QApplication.font()
    font.setPointSizeF(key.points)
    return font


class LabelLook(Protocol):
    """All that decides how a label looks, but its size."""

    def __hash__(self) -> int:
        """Labels that look alike share a picture."""

    @property
    def page(self) -> int:
        """The colour behind the label."""

    @property
    def font(self) -> FontKey:
        """The font of its words."""

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw it into ``box``; the painter has the font."""


class NumberLook(NamedTuple):
    """How the number of a paragraph looks."""

    words: str
    font: FontKey
    page: int
    ink: int

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw the number at the right edge of ``box``."""
        painter.setPen(QColor(self.ink))
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, flags, self.words)


class Grid(NamedTuple):
    """How a paragraph lies on the pixels of the screen: its corner, in parts of such a pixel."""

    ratio: float
    """Pixels of the screen in one of ours."""
    right: float
    down: float


class Label(NamedTuple):
    """A label in block coordinates; without a picture where there are no pixels, as on paper."""

    look: LabelLook
    box: QRectF
    place: QPointF = QPointF()
    picture: QImage | None = None


def grid(painter: QPainter) -> Grid | None:
    """The grid under what is painted; None where that is not of pixels."""
    if painter.paintEngine().type() != QPaintEngine.Type.Raster:
        return None
    return grid_of(painter.deviceTransform())


def grid_of(screen: QTransform) -> Grid:
    """The grid under what is painted with that transformation."""
    return Grid(screen.m11(), _part(screen.dx()), _part(screen.dy()))


def _part(place: float) -> float:
    """The part of a pixel, in steps that swallow how it was reckoned."""
    return round(place % 1 * 256) / 256 % 1


def label(look: LabelLook, box: QRectF, on: Grid | None) -> Label:
    """The label that looks so in ``box``."""
    if on is None:
        return Label(look, box)
    right, down = _part(box.left() * on.ratio + on.right), _part(box.top() * on.ratio + on.down)
    picture = _picture(look, (box.width(), box.height()), Grid(on.ratio, right, down))
    return Label(look, box, box.topLeft() - QPointF(RIM + right, RIM + down) / on.ratio, picture)


@lru_cache(maxsize=500)
def _picture(look: LabelLook, size: tuple[float, float], on: Grid) -> QImage:
    width, height = (ceil(side * on.ratio) + 2 * RIM + 1 for side in size)
    picture = QImage(width, height, QImage.Format.Format_RGB32)
    picture.fill(look.page)
    picture.setDevicePixelRatio(on.ratio)
    painter = QPainter(picture)
    left, top = (RIM + on.right) / on.ratio, (RIM + on.down) / on.ratio
    _draw(painter, look, QRectF(left, top, *size))
    painter.end()
    return picture


def _draw(painter: QPainter, look: LabelLook, box: QRectF) -> None:
    painter.save()
    painter.setFont(font_of(look.font))
    look.draw(painter, box)
    painter.restore()


def paint_labels(painter: QPainter, found: Iterable[Label]) -> None:
    """Copy the labels to their places, or draw them where they have no picture."""
    for look, box, place, picture in found:
        if picture:
            painter.drawImage(place, picture)
        else:
            _draw(painter, look, box)
