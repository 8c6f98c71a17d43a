"""The bare text widget that everything is measured against. It knows nothing of ours."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QTextBlockFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextEdit

SIDE = 900
"""Pixels: both text widgets are this wide and high."""


class Bare(QTextEdit):
    """A read-only text with a caret, laid out like the page and with nothing painted on it.

    ``families`` is the font of the page, ``line_height`` its line height in per cent.
    """

    def __init__(self, families: Sequence[str], line_height: float) -> None:
        super().__init__()
        self._own: QTextDocument | None = None
        self._line_height = line_height
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        font = QFont(families)
        font.setStyleHint(QFont.StyleHint.Serif)
        font.setPointSizeF(12)
        self.setFont(font)
        self.resize(SIDE, SIDE)

    def open(self, path: Path) -> None:
        """Read a file and show it; its formats are set before it is laid out."""
        document = QTextDocument(self)
        document.setUndoRedoEnabled(False)
        document.setDefaultFont(self.font())
        paragraph = QTextBlockFormat()
        height = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
        paragraph.setLineHeight(self._line_height, height)
        cursor = QTextCursor(document)
        cursor.setBlockFormat(paragraph)
        cursor.insertText(path.read_text("utf-8"))
        former = self._own
        self.setDocument(document)
        self._own = document
        if former is not None:
            former.deleteLater()
