"""What people wrote, shown as it stands: Qt takes whatever looks like HTML for HTML.

Names, notes, words of articles and names of files go into labels and tooltips through here.
"""

from __future__ import annotations

import re
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

_RUN = re.compile(r"(\S{30})(?=\w)")
_MAY_BREAK = "\u200b"


class PlainLabel(QLabel):
    """A label whose text is never taken for HTML.

    The name of a file may be a word of 250 letters. It is broken where it has no more room,
    rather than that the whole window becomes as wide as it.
    """

    def __init__(self, text: str | QWidget = "", parent: QWidget | None = None) -> None:
        super().__init__(text if isinstance(text, QWidget) else parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText("" if isinstance(text, QWidget) else text)

    def setText(self, text: str) -> None:
        self._text = text
        super().setText(_RUN.sub(rf"\1{_MAY_BREAK}", text))

    def text(self) -> str:
        return self._text


def plain_tip(text: str) -> str:
    """The text for a tooltip, which cannot be told that it is plain: escaped where need be."""
    if "<" not in text:  # nothing without a tag is taken for HTML
        return text
    return f'<div style="white-space: pre-wrap">{escape(text)}</div>'
