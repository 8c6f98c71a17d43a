"""What people wrote, shown as it stands: Qt takes whatever looks like HTML for HTML.

Names, notes, words of articles and names of files go into labels and tooltips through here.
"""

from __future__ import annotations

from html import escape
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel


class PlainLabel(QLabel):
    """A label whose text is never taken for HTML."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.setTextFormat(Qt.TextFormat.PlainText)


def plain_tip(text: str) -> str:
    """The text for a tooltip, which cannot be told that it is plain: escaped where need be."""
    if "<" not in text:  # nothing without a tag is taken for HTML
        return text
    return f'<div style="white-space: pre-wrap">{escape(text)}</div>'
