"""Labels in the margins, chips and numbers: drawn once, then copied.

Words and round corners are dear, and the same few chains come again and again.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from math import ceil
from typing import NamedTuple, Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QTransform

RIM = 2
"""Pixels of the screen around a label's box that its outline may touch."""

Label = tuple[QPointF, QImage]
"""A picture, and where its corner lies in block coordinates."""


class Look(Protocol):
    """All that decides how a label looks, but its size."""

    def __hash__(self) -> int:
        """Labels that look alike share a picture."""

    @property
    def page(self) -> int:
        """The colour behind the label."""

    @property
    def font(self) -> str:
        """The font, as Qt writes it down."""

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw it into ``box``; the painter has the font."""


class NumberLook(NamedTuple):
    """How the number of a paragraph looks."""

    words: str
    font: str
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


def grid(screen: QTransform) -> Grid:
    """The grid under what is painted with that transformation."""
    return Grid(screen.m11(), _part(screen.dx()), _part(screen.dy()))


def _part(place: float) -> float:
    """The part of a pixel, in steps that swallow how it was reckoned."""
    return round(place % 1 * 256) / 256 % 1


def label(look: Look, box: QRectF, on: Grid) -> Label:
    """The picture of a label in ``box``, in block coordinates."""
    right, down = _part(box.left() * on.ratio + on.right), _part(box.top() * on.ratio + on.down)
    picture = _picture(look, (box.width(), box.height()), Grid(on.ratio, right, down))
    return box.topLeft() - QPointF(RIM + right, RIM + down) / on.ratio, picture


@lru_cache(maxsize=500)
def _picture(look: Look, size: tuple[float, float], on: Grid) -> QImage:
    width, height = (ceil(side * on.ratio) + 2 * RIM + 1 for side in size)
    picture = QImage(width, height, QImage.Format.Format_RGB32)
    picture.fill(look.page)
    picture.setDevicePixelRatio(on.ratio)
    font = QFont()
    font.fromString(look.font)
    painter = QPainter(picture)
    painter.setFont(font)
    left, top = (RIM + on.right) / on.ratio, (RIM + on.down) / on.ratio
    look.draw(painter, QRectF(left, top, *size))
    painter.end()
    return picture


def paint_labels(painter: QPainter, found: Iterable[Label]) -> None:
    """Copy the labels to their places."""
    for place, picture in found:
        painter.drawImage(place, picture)
