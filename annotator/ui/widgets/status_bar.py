"""The status bar: saved or not, counts, where new tags go, caret, file."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from annotator.core.chains.who_says import chain_words
from annotator.core.display_text import count
from annotator.core.model import Annotation, Kind
from annotator.core.sources import Registry
from annotator.core.tagging import Tagging
from annotator.ui.widgets.boxes import in_row


class _StatusLabel(QLabel):
    """Words that are elided where they have no room; they never ask the window for more."""

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.width()
        )
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()


class StatusBar(QWidget):
    """One quiet line; each part is a label of its own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusBar")
        self.saved = self._part("Saved or not")
        self.counts = self._part("Tags so far")
        self.problems = self._part("Problems")
        self.problems.setObjectName("problems")
        self.destination = self._part("Where new tags go")
        self.hint = self._part("Message")
        self.caret = self._part("Caret position")
        self.file = self._part("File")
        tags = self.saved, self.counts, self.problems, self.destination
        place = self.caret, self.file
        in_row(*tags, (self.hint, 1), *place, inside=self, around=(12, 0, 12, 0), gap=20)

    def _part(self, name: str) -> QLabel:
        label = _StatusLabel(self)
        label.setAccessibleName(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        return label


def counts_sentence(tagging: Tagging) -> str:
    """How many of each kind, as in "10 claims · 1 quote · 8 attributions"."""
    return " · ".join(count(tagging.count(kind), kind) for kind in Kind)


def problems_sentence(number: int) -> str:
    """How many problems there are, as in "2 problems"; empty for none."""
    return count(number, "problem") if number else ""


def destination_sentence(tagging: Tagging, registry: Registry, selected: Annotation | None) -> str:
    """Said beforehand: what a new tag will be linked with."""
    if selected is None:
        return ""
    if selected.kind is Kind.ATTRIBUTION:
        return f"New tags go to → {chain_words(tagging, registry, selected)}"
    return f"A new attribution takes → {shortened(selected.words)}"


def shortened(words: str, most: int = 32) -> str:
    """``words`` on one line, cut after ``most`` code points."""
    line = " ".join(words[: most * 2].split())
    return f"“{line}”" if len(line) <= most else f"“{line[:most].rstrip()}…”"
