"""A paragraph with its tags: where each of them lies on the page, worked out once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from math import inf
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF

from annotator.core.tagging import Tagging
from annotator.ui.page.chips import Chip, ChipMargin, TagLabels, chip_look, chips_between
from annotator.ui.page.column import GUTTER, NUMBERS, REACH
from annotator.ui.page.display_list import DisplayList, display_list
from annotator.ui.page.labels import FontKey, Grid, Label, NumberLook, font_key, font_of, label
from annotator.ui.page.lanes import Stripe, TagPiece, in_view, stripe_boxes, stripes, tag_pieces
from annotator.ui.page.layers import LayerPiece, Layers, layer_pieces
from annotator.ui.page.lines import Heights, TextLines
from annotator.ui.theme import Theme

MANY = 200
"""Pieces of a paragraph; where there are more, only those in view are painted, not kept."""

STRIPES = GUTTER - 10
"""Where in the document the stripes end, leftwards from the words."""

CHIP, NUMBER, SMALLEST = 0.68, 0.6, 6.5
"""Sizes of the window's font as shares of the reading font's, but no fewer points than the last."""

WHOLE: Heights = (-inf, inf)


class Style(NamedTuple):
    """What all paragraphs share in how they look: colours, the margin of chips, small fonts."""

    theme: Theme
    margin: ChipMargin
    chip_font: FontKey
    number_font: FontKey


def new_style(
    labels: TagLabels, tagging: Tagging, theme: Theme, points: float, edges: tuple[float, float]
) -> Style:
    """The style for a reading font of so many points, with chips between two ``edges``."""
    chip, number = (font_key(max(SMALLEST, points * share)) for share in (CHIP, NUMBER))
    margin = ChipMargin(labels, tagging, theme, QFontMetricsF(font_of(chip)), *edges)
    return Style(theme, margin, chip, number)


class Paragraph:
    """A paragraph with its tags as they are now, in block coordinates.

    Other tags give another paragraph on the same lines; another width or zoom gives other lines.
    All else is handed in; what was worked out is kept while the same is handed in again.
    """

    def __init__(self, lines: TextLines, number: int, tagging: Tagging) -> None:
        self.lines = lines
        self.number = number
        self._tagging = tagging
        self._marks: tuple[Layers, list[LayerPiece]] | None = None
        self._chips: tuple[ChipMargin, list[Chip]] | None = None
        self._painted: tuple[object, DisplayList] | None = None
        self._labels: tuple[object, list[Label]] | None = None

    # What its tags alone decide

    @cached_property
    def pieces(self) -> list[TagPiece]:
        """The pieces of all annotations, longest first."""
        return tag_pieces(self.lines, self._tagging.between(self.lines.start, self.lines.end))

    @cached_property
    def stripes(self) -> list[Stripe]:
        """The stripes beside it."""
        return stripes(self.pieces)

    @cached_property
    def _ids(self) -> frozenset[str]:
        return frozenset(piece.annotation.id for piece in self.pieces)

    @cached_property
    def _begun(self) -> list[TagPiece]:
        """The pieces of what begins here, and does not merely go on."""
        start, end = self.lines.start, self.lines.end
        return [
            piece
            for piece in self.pieces
            if any(start <= span.start <= end for span in piece.annotation.spans)
        ]

    # What is handed in decides, too

    def marks(self, layers: Layers) -> list[LayerPiece]:
        """The pieces of the layers."""
        if self._marks is None or self._marks[0] is not layers:
            found = layers.between(self.lines.start, self.lines.end)
            pieces = layer_pieces(self.lines, found, self.pieces) if found else []
            self._marks = layers, pieces
        return self._marks[1]

    def chips(self, margin: ChipMargin) -> list[Chip]:
        """The chips beside it."""
        if self._chips is None or self._chips[0] is not margin:
            self._chips = margin, margin.chips(self._begun, self.lines.left)
        return self._chips[1]

    def display_list(
        self, theme: Theme, lit: frozenset[str], problems: frozenset[str], heights: Heights
    ) -> DisplayList:
        """What is painted of its tags, at least between two heights.

        Those ``lit`` stand out, those that have ``problems`` (both ids) have their colour.
        """
        key = theme, lit & self._ids, problems & self._ids
        if self._painted and self._painted[0] == key:
            return self._painted[1]
        whole, pieces = len(self.pieces) <= MANY, self.pieces
        heights, pieces = (WHOLE, pieces) if whole else (heights, in_view(pieces, heights))
        beside = stripe_boxes(self.stripes, STRIPES - self.lines.left, heights, key[1])
        found = display_list(pieces, beside, *key)
        if whole:
            self._painted = key, found
        return found

    def labels(
        self, style: Style, lit: frozenset[str], heights: Heights, on: Grid | None
    ) -> list[Label]:
        """Its number and its chips, at least those between two heights."""
        chips = self.chips(style.margin)
        key = style, chips, lit & self._ids, on
        if self._labels and self._labels[0] == key:
            return self._labels[1]
        whole, (theme, _, font, _) = len(chips) <= MANY, style
        shown = chips if whole else chips_between(chips, heights)
        looks = ((chip_look(chip, font, theme, key[2]), chip.box) for chip in shown)
        found = [*self._number(style, on), *(label(look, box, on) for look, box in looks)]
        if whole:
            self._labels = key, found
        return found

    def _number(self, style: Style, on: Grid | None) -> Iterator[Label]:
        if self.lines.block.text().strip():
            theme, height = style.theme, self.lines[0].height
            box = QRectF(-self.lines.left, 0, NUMBERS, height)
            font, colors = style.number_font, (theme.page.rgb(), theme.quiet.rgb())
            yield label(NumberLook(f"¶{self.number}", font, *colors), box, on)


def covers(box: QRectF, place: QPointF) -> bool:
    """Whether a place is on the words in a box, or on their underlines."""
    return box.adjusted(-1, -2, 1, REACH).contains(place)
