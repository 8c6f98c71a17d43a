"""The shades of a source's colour, light and dark, and the dot that shows it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from annotator.core.sources import SourceColour
from annotator.ui.theme import Theme

DOT = 8
"""Pixels across."""

_ROOM = 16
_SHARPNESS = 3
"""Pixels of the icon for each one on the screen, enough for any screen."""

_SHADES = {
    SourceColour.RED: ("#c62828", "#ff7b72"),
    SourceColour.ORANGE: ("#d9730d", "#f2a541"),
    SourceColour.YELLOW: ("#b58900", "#e8cf5a"),
    SourceColour.GREEN: ("#2e7d32", "#6fcf75"),
    SourceColour.TEAL: ("#00838f", "#4dd0d9"),
    SourceColour.BLUE: ("#1c69ae", "#67adf2"),
    SourceColour.VIOLET: ("#6a3fb5", "#b79cf2"),
    SourceColour.PINK: ("#c2357f", "#f48fc0"),
    SourceColour.BROWN: ("#795548", "#c0a08f"),
    SourceColour.GREY: ("#757575", "#a8a8a8"),
}


def shade(colour: SourceColour, theme: Theme) -> QColor:
    """The colour as it stands out from the theme's page and chrome."""
    return QColor(_SHADES[colour][theme.dark])


def dot_icon(colour: SourceColour | None, theme: Theme) -> QIcon:
    """A dot of the colour; for none as much room, empty, so that names stay in line."""
    pixmap = QPixmap(_ROOM * _SHARPNESS, _ROOM * _SHARPNESS)
    pixmap.setDevicePixelRatio(_SHARPNESS)
    pixmap.fill(Qt.GlobalColor.transparent)
    if colour is not None:
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_dot(painter, QPointF(_ROOM / 2, _ROOM / 2), shade(colour, theme))
        painter.end()
    return QIcon(pixmap)


def paint_dot(painter: QPainter, middle: QPointF, color: QColor) -> None:
    """Paint the dot around a place."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawEllipse(middle, DOT / 2, DOT / 2)
