"""Fields of one line: for a name, for words to filter by, and for writing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit


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


def named_line(name: str, text: str = "") -> QLineEdit:
    """A field with the name that a screen reader says."""
    field = QLineEdit(text)
    field.setAccessibleName(name)
    return field


def filter_field(placeholder: str) -> QLineEdit:
    """A field for the words that a list is narrowed by."""
    field = _Filter()
    field.setPlaceholderText(placeholder)
    field.setAccessibleName(placeholder.rstrip("…"))
    field.setClearButtonEnabled(True)
    field.setTextMargins(4, 2, 4, 2)
    return field
