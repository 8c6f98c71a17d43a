"""Labels for a page that stands alone."""

from __future__ import annotations

from PySide6.QtGui import QColor

from annotator.core.model import Annotation
from annotator.core.tagging import Tagging
from annotator.ui.page.layers import LayerMark
from annotator.ui.theme import Theme


class PlainLabels:
    """A chip with the source's id beside what has one, or with what was decided; no colours."""

    def chip_words(self, tagging: Tagging, annotation: Annotation) -> str:
        return annotation.unattributed or annotation.source or ""

    def chip_color(self, annotation: Annotation, theme: Theme) -> QColor | None:
        return None

    def mark_words(self, mark: LayerMark) -> str:
        return mark.label


class NoLabels(PlainLabels):
    """No chips."""

    def chip_words(self, tagging: Tagging, annotation: Annotation) -> str:
        return ""
