"""The handles of the selected annotation: discs below its first and its last character."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from annotator.ui.theme import Theme

Edge = Literal["start", "end"]

Handles = dict[Edge, QPointF]
"""Where the handles in view are, in the viewport."""

RADIUS = 4.0
GRIP = 9.0
"""Pixels around a handle that still take hold of it."""


def handle_under(found: Handles, place: QPointF) -> Edge | None:
    """The handle that a press at ``place`` takes hold of."""
    for edge, handle in found.items():
        if (handle - place).manhattanLength() <= GRIP:
            return edge
    return None


def paint_handles(painter: QPainter, found: Handles, theme: Theme) -> None:
    """A small disc at either end."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(QPen(theme.page, 1.5))
    painter.setBrush(theme.accent)
    for handle in found.values():
        box = QRectF(handle.x() - RADIUS, handle.y() - RADIUS, 2 * RADIUS, 2 * RADIUS)
        painter.drawEllipse(box)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
