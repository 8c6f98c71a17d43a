"""Who has tagged the article; colleagues' tags are hidden until somebody asks for them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QLabel, QSizePolicy, QWidget

from annotator.core.display_text import shown_name
from annotator.ui.page.layer_painter import paint_sign
from annotator.ui.theme import Theme, palette
from annotator.ui.widgets.boxes import in_column, in_row
from annotator.ui.widgets.plain import PlainLabel, plain_tip
from annotator.ui.widgets.quiet import heading, quieted
from annotator.ui.widgets.rows import PAD, small


class Annotator(NamedTuple):
    """A line of the list.

    ``digit`` is the sign of the annotator's layer; ``fixed`` where it cannot be hidden.
    """

    name: str
    digit: int
    tags: int
    you: bool = False
    shown: bool = False
    fixed: bool = False

    @property
    def shown_as(self) -> str:
        """The name on one line."""
        return shown_name(self.name)

    @property
    def told(self) -> str:
        """How many tags, and whether they are one's own: "you · 23"."""
        return f"you · {self.tags:,}" if self.you else f"{self.tags:,}"


class Sign(QWidget):
    """An annotator's digit and stripe, as they are on the page."""

    def __init__(self, digit: int) -> None:
        super().__init__()
        self.digit = digit
        self.setFixedSize(QSize(22, 18))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(small(self.font()))
        color = self.palette().placeholderText().color()
        paint_sign(painter, QRectF(self.rect()), self.digit, color)
        painter.end()


class Annotators(QWidget):
    """Lists the annotators of the article, each with a box that shows or hides what they tagged."""

    toggled = Signal(str, bool)
    """Whose tags are to be shown, or hidden, by the user's hand."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Annotators")
        # A long name is cut rather than that the text has less room.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._shown: tuple[Annotator, ...] = ()
        self.boxes: dict[str, QCheckBox] = {}
        self._counts: dict[str, QLabel] = {}
        self._box = in_column(heading("Annotators"), inside=self, around=(0, 8, 0, 0), gap=6)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self.setPalette(palette(theme))

    def show_annotators(self, annotators: Sequence[Annotator]) -> None:
        """Show these, in the order given."""
        checked = all(self.boxes[one.name].isChecked() == one.shown for one in self._shown)
        uncounted = [[one._replace(tags=0) for one in these] for these in (annotators, self._shown)]
        if checked and uncounted[0] == uncounted[1]:
            self._show_counts(annotators)
            return
        focused = next((name for name, box in self.boxes.items() if box.hasFocus()), None)
        self._shown = tuple(annotators)
        self._forget_rows()
        for annotator in annotators:
            self._box.addWidget(self._row(annotator))
        self.setVisible(bool(annotators))
        if focused in self.boxes:
            self.boxes[focused].setFocus()

    def _show_counts(self, annotators: Sequence[Annotator]) -> None:
        """The numbers alone change with every tag, for which no row is made anew."""
        for annotator in set(annotators).difference(self._shown):
            self._counts[annotator.name].setText(annotator.told)
            self.boxes[annotator.name].setAccessibleName(_spoken(annotator))
        self._shown = tuple(annotators)

    def _forget_rows(self) -> None:
        self.boxes.clear()
        self._counts.clear()
        while self._box.count() > 1:
            item = self._box.takeAt(1)
            if item and (line := item.widget()):
                line.hide()
                line.deleteLater()

    def _row(self, annotator: Annotator) -> QWidget:
        line = QWidget()
        box = self.boxes[annotator.name] = _check_box(annotator)
        box.toggled.connect(partial(self.toggled.emit, annotator.name))
        count = self._counts[annotator.name] = quieted(PlainLabel(annotator.told))
        count.setFont(small(count.font()))
        in_row((box, 1), Sign(annotator.digit), count, inside=line, around=(PAD, 0, PAD, 0), gap=4)
        return line


def _check_box(annotator: Annotator) -> QCheckBox:
    box = QCheckBox(annotator.shown_as.replace("&", "&&"))
    box.setChecked(annotator.shown)
    box.setEnabled(not annotator.fixed)
    box.setAccessibleName(_spoken(annotator))
    box.setMinimumWidth(40)
    if not annotator.fixed:
        box.setToolTip(plain_tip(f"Show or hide what {annotator.shown_as} has tagged"))
    return box


def _spoken(annotator: Annotator) -> str:
    tags = "1 tag" if annotator.tags == 1 else f"{annotator.tags:,} tags"
    you = "you, " if annotator.you else ""
    return f"{annotator.shown_as}, {you}{tags}, sign {annotator.digit}"
