"""The chips in the right margin: at each attribution's line its chain, who has no source too."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple, Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from annotator.core.model import Annotation, Kind
from annotator.core.tagging import Tagging
from annotator.ui.page.labels import FontKey
from annotator.ui.page.lanes import TagPiece
from annotator.ui.page.layers import LayerMark
from annotator.ui.page.lines import Heights
from annotator.ui.sources.colours import paint_dot
from annotator.ui.theme import Theme

CHIP_HEIGHT = 18.0
CHIP_GAP = 6.0
CHIP_PAD = 8.0
CHIP_DOT = 12.0
"""Pixels for the dot of a source's colour, before the words."""

NARROWEST = 44.0
"""Pixels of words; where there is less room, the chip is a mere dot."""

DOT = 10.0


class TagLabels(Protocol):
    """How tags are labelled beside the text."""

    def chip_words(self, tagging: Tagging, annotation: Annotation) -> str:
        """The words of an annotation's chip; empty where it has none."""

    def chip_color(self, annotation: Annotation, theme: Theme) -> QColor | None:
        """The colour of an annotation's source, if it has one."""

    def mark_words(self, mark: LayerMark) -> str:
        """Who has tagged words so, and as what."""


class Chip(NamedTuple):
    """What stands beside a line: the words of the chip, and whose they are."""

    annotation: Annotation
    words: str
    box: QRectF
    color: QColor | None = None
    """Of its source, where that has one."""


class ChipLook(NamedTuple):
    """How a chip looks: its words, their font, and its colours as numbers."""

    words: str
    font: FontKey
    page: int
    fill: int
    edge: int
    ink: int
    dot: int | None

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw the chip into ``box``."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setPen(QPen(QColor(self.edge), 0.8))
        painter.setBrush(QColor(self.fill))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        if self.dot is not None and self.words:
            place = QPointF(box.left() + CHIP_PAD + 2, box.center().y())
            paint_dot(painter, place, QColor(self.dot))
            box = box.adjusted(CHIP_DOT, 0, 0, 0)
        painter.setPen(QColor(self.ink))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.words)


def chip_look(chip: Chip, font: FontKey, theme: Theme, lit: frozenset[str]) -> ChipLook:
    """Attributions wear their colour, decisions without a source quiet ink."""
    page, hue = theme.page.rgb(), theme.kinds[Kind.ATTRIBUTION]
    dot = chip.color.rgb() if chip.color else None
    if chip.annotation.kind is not Kind.ATTRIBUTION:
        return ChipLook(chip.words, font, page, page, theme.edge.rgb(), theme.quiet.rgb(), dot)
    fill = hue.lit if chip.annotation.id in lit else hue.fill
    return ChipLook(chip.words, font, page, fill.rgb(), hue.line.rgb(), hue.line.rgb(), dot)


class ChipMargin(NamedTuple):
    """The margin right of the words, from ``left`` to ``right`` in the document, for chips.

    Chips are kept while it is the same object; where any may be another one, a new one is made.
    """

    labels: TagLabels
    tagging: Tagging
    theme: Theme
    metrics: QFontMetricsF
    left: float
    right: float

    def words(self, annotation: Annotation) -> str:
        """All words of an annotation's chip; empty where it has none."""
        return self.labels.chip_words(self.tagging, annotation)

    def chips(self, pieces: list[TagPiece], corner: float) -> list[Chip]:
        """The chips of a paragraph whose left edge is at ``corner`` in the document.

        Each stands on the line where its annotation begins; those of a line side by side.
        """
        filled: defaultdict[float, float] = defaultdict(lambda: self.left - corner)
        result = []
        for annotation, line in _first_lines(pieces):
            start = filled[line.top()]
            chip = self._chip(annotation, line, start, self.right - corner)
            if chip:
                result.append(chip)
                filled[line.top()] = start + chip.box.width() + CHIP_GAP
        return result

    def _chip(
        self, annotation: Annotation, line: QRectF, start: float, right: float
    ) -> Chip | None:
        words = self.words(annotation)
        if not words or right - start < DOT:
            return None
        color = self.labels.chip_color(annotation, self.theme)
        before = CHIP_DOT if color else 0.0
        room = right - start - 2 * CHIP_PAD - before
        shown, width = _fitting(words, self.metrics, room) if room >= NARROWEST else ("", 0.0)
        width = width + 2 * CHIP_PAD + before if shown else DOT
        height = CHIP_HEIGHT if shown else DOT
        box = QRectF(start, line.center().y() - height / 2 + 1, width, height)
        return Chip(annotation, shown, box, color)


def _fitting(words: str, metrics: QFontMetricsF, room: float) -> tuple[str, float]:
    """The words, elided where they do not fit, and their width; most fit, and eliding is dear."""
    width = metrics.horizontalAdvance(words)
    if width <= room:
        return words, width
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
    return shown, metrics.horizontalAdvance(shown)


def _first_lines(pieces: list[TagPiece]) -> list[tuple[Annotation, QRectF]]:
    """Each annotation that can have a chip, with its uppermost piece, in reading order."""
    first: dict[str, tuple[Annotation, QRectF]] = {}
    for piece in pieces:
        annotation, box = piece.annotation, piece.box
        known = first.get(annotation.id)
        if known is None or (box.top(), box.left()) < (known[1].top(), known[1].left()):
            first[annotation.id] = annotation, box
    return sorted(first.values(), key=lambda one: (one[1].top(), one[0].start))


def chips_between(found: list[Chip], heights: Heights) -> list[Chip]:
    """The chips between two heights of the block."""
    top, bottom = heights
    return [chip for chip in found if chip.box.bottom() > top and chip.box.top() < bottom]
