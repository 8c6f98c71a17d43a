"""Labels that stand back: headings, and what is said beside something; or stand out, if need be."""

from __future__ import annotations

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QLabel

from annotator.ui.widgets.plain import PlainLabel


def heading(text: str) -> QLabel:
    """A quiet heading in capitals; screen readers get it as it is written."""
    label = PlainLabel(text)
    font = QFont(label.font())
    font.setBold(True)
    font.setPointSizeF(font.pointSizeF() * 0.85)
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 1)
    font.setCapitalization(QFont.Capitalization.AllUppercase)
    label.setFont(font)
    return quieted(label)


def quieted(label: QLabel) -> QLabel:
    """The label in the palette's quiet colour, whatever the palette becomes."""
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label


def coloured(label: QLabel, color: QColor) -> None:
    """Let the label's words have a colour of their own."""
    palette = label.palette()
    palette.setColor(label.foregroundRole(), color)
    label.setPalette(palette)
