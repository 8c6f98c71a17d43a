"""The chips in the right margin: at each attribution's line its chain, who has no source too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from annotator.core.model import Annotation, Kind
from annotator.ui.page.geometry import Piece
from annotator.ui.page.labels import FontKey
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


def look(chip: Chip, font: FontKey, theme: Theme, lit: frozenset[str]) -> ChipLook:
    """Attributions wear their colour, decisions without a source quiet ink."""
    page, hue = theme.page.rgb(), theme.kinds[Kind.ATTRIBUTION]
    dot = chip.color.rgb() if chip.color else None
    if chip.annotation.kind is not Kind.ATTRIBUTION:
        return ChipLook(chip.words, font, page, page, theme.edge.rgb(), theme.quiet.rgb(), dot)
    fill = hue.lit if chip.annotation.id in lit else hue.fill
    return ChipLook(chip.words, font, page, fill.rgb(), hue.line.rgb(), hue.line.rgb(), dot)


def chips(
    pieces: list[Piece],
    words_of: Callable[[Annotation], str],
    font: QFont,
    left: float,
    right: float,
    color_of: Callable[[Annotation], QColor | None] = lambda annotation: None,
) -> list[Chip]:
    """The chips of a paragraph: each on the line where its annotation begins, side by side.

    ``words_of`` gives the words of an annotation's chip, empty for none; ``left`` and
    ``right`` bound the margin, in block coordinates.
    """
    metrics = QFontMetricsF(font)
    filled: defaultdict[float, float] = defaultdict(lambda: left)
    result = []
    for annotation, line in _first_lines(pieces):
        words = words_of(annotation)
        start = filled[line.top()]
        if not words or right - start < DOT:
            continue
        color = color_of(annotation)
        before = CHIP_DOT if color else 0.0
        room = right - start - 2 * CHIP_PAD - before
        shown, width = _fitting(words, metrics, room) if room >= NARROWEST else ("", 0.0)
        width = width + 2 * CHIP_PAD + before if shown else DOT
        height = CHIP_HEIGHT if shown else DOT
        top = line.center().y() - height / 2 + 1
        result.append(Chip(annotation, shown, QRectF(start, top, width, height), color))
        filled[line.top()] = start + width + CHIP_GAP
    return result


def _fitting(words: str, metrics: QFontMetricsF, room: float) -> tuple[str, float]:
    """The words, elided where they do not fit, and their width; most fit, and eliding is dear."""
    width = metrics.horizontalAdvance(words)
    if width <= room:
        return words, width
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
    return shown, metrics.horizontalAdvance(shown)


def _first_lines(pieces: list[Piece]) -> list[tuple[Annotation, QRectF]]:
    """Each annotation that can have a chip, with its uppermost piece, in reading order."""
    first: dict[str, tuple[Annotation, QRectF]] = {}
    for piece in pieces:
        annotation, box = piece.annotation, piece.box
        known = first.get(annotation.id)
        if known is None or (box.top(), box.left()) < (known[1].top(), known[1].left()):
            first[annotation.id] = annotation, box
    return sorted(first.values(), key=lambda one: (one[1].top(), one[0].start))


def between(found: list[Chip], top: float, bottom: float) -> list[Chip]:
    """The chips between two heights of the block."""
    return [chip for chip in found if chip.box.bottom() > top and chip.box.top() < bottom]
