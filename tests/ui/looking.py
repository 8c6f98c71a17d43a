"""Pictures of widgets whose pixels are those of the layout, however fine the screen is."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage, QRegion
from PySide6.QtWidgets import QWidget


def pixels_of(widget: QWidget, part: QRect | None = None) -> QImage:
    """What a widget shows, or a part of it."""
    area = part or widget.rect()
    image = QImage(area.size(), QImage.Format.Format_RGB32)
    image.fill(widget.palette().window().color())
    # Not widget.render: a QGraphicsView hides it behind one that paints its scene alone.
    QWidget.render(widget, image, QPoint(), QRegion(area))
    return image
