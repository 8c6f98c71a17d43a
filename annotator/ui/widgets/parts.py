"""Small parts that several panels share: headings, filters, and how things are called."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPalette
from PySide6.QtWidgets import QLabel, QLineEdit

from annotator.core.model import Kind
from annotator.core.sources import Source
from annotator.ui.widgets.plain import PlainLabel

MARKS = {Kind.CLAIM: "◆", Kind.QUOTE: "❝", Kind.ATTRIBUTION: "▸"}
"""A sign for each kind beside its colour, for those who cannot tell the colours apart."""


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


class _Filter(QLineEdit):
    """The arrow down goes on to what is filtered, which is next."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
        else:
            super().keyPressEvent(event)


class WritingField(QLineEdit):
    """One line to write in; Esc gives it up."""

    given_up = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)


def filter_field(placeholder: str) -> QLineEdit:
    """A field for the words that a list is narrowed by."""
    field = _Filter()
    field.setPlaceholderText(placeholder)
    field.setAccessibleName(placeholder.rstrip("…"))
    field.setClearButtonEnabled(True)
    field.setTextMargins(4, 2, 4, 2)
    return field


def about(source: Source) -> str:
    """What kind of source it is and where: "state media · KP"."""
    kind = source.type.replace("-", " ") if source.type else None
    return " · ".join(filter(None, (kind, source.country)))
