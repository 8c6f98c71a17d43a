"""The article with its tagging: what is to be painted of it, worked out once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import inf

from PySide6.QtCore import QEvent, QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QResizeEvent, QTextBlock, QTransform
from PySide6.QtWidgets import QApplication, QWidget

from annotator.core.change import Change
from annotator.core.model import Annotation, Kind
from annotator.core.tagging import Tagging
from annotator.core.text.article import Article
from annotator.ui.page import chips, geometry, labels, margins, painting
from annotator.ui.page.chips import Chip
from annotator.ui.page.geometry import Piece
from annotator.ui.page.labels import Grid, Label, NumberLook, label
from annotator.ui.page.layers import Layers, MarkPiece, mark_pieces
from annotator.ui.page.margins import Stripe
from annotator.ui.page.painting import Ink
from annotator.ui.page.text import GUTTER, NUMBERS, ArticleText
from annotator.ui.theme import Theme
from annotator.ui.widgets.slices import Slices

REACH = 12
"""Pixels below the words that still belong to them: their underlines."""

GAP = 22
"""Pixels between the longest line and the chips."""

DEEP = 4 * REACH
"""Pixels below a paragraph that its deepest lanes may take."""

CHIP_FONT, NUMBER_FONT = 0.68, 0.6
"""Sizes, as shares of the reading font's."""

MANY = 200
"""Pieces of a paragraph; where there are more, only those in view are painted, not kept."""

Heights = tuple[float, float]
"""From where to where, in block coordinates."""


class MarkedText(ArticleText):
    """Knows the geometry of each paragraph's tags, and of a page up and down beforehand."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tagging = Tagging()
        self.selected = self.target = ""
        self.lit: frozenset[str] = frozenset()
        self.problems: frozenset[str] = frozenset()
        self.chip_words: Callable[[Annotation], str] = lambda annotation: ""
        self.chip_color: Callable[[Annotation], QColor | None] = lambda annotation: None
        self.layers = Layers()
        self._pieces: dict[int, list[Piece]] = {}
        self._stripes: dict[int, list[Stripe]] = {}
        self._marks: dict[int, list[MarkPiece]] = {}
        self._chips: dict[int, list[Chip]] = {}
        self._inks: dict[int, Ink] = {}
        self._labels: dict[int, tuple[Grid | None, list[Label]]] = {}
        self._ahead = Slices(self)

    def show_article(self, article: Article, tagging: Tagging) -> None:
        """Show another article with its tagging, from the top."""
        self.tagging = tagging
        self.selected = self.target = ""
        self.lit = frozenset()
        self.show_text(article)

    def _lay_out_anew(self) -> None:
        super()._lay_out_anew()
        self._ahead.stop()
        self._forget()
        self.document().documentLayout().documentSizeChanged.connect(self._forget)

    # Forgetting

    def _forget(self) -> None:
        self._pieces.clear()
        self._stripes.clear()
        self._marks.clear()
        self._chips.clear()
        self.forget_colours()

    def forget_colours(self) -> None:
        """The same is where it was, but looks otherwise."""
        self._ahead.stop()  # what is in view comes first; painting it looks ahead again
        self._inks.clear()
        self._labels.clear()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationFontChange:
            self._forget()

    def set_layers(self, layers: Layers) -> None:
        """Have other people's tags on the page, whose lines stand apart for them."""
        self.layers = layers
        self._marks.clear()
        self.set_roomy(bool(layers))

    def set_zoom(self, points: float) -> None:
        """Set the reading font's size in points."""
        super().set_zoom(points)
        self._forget()

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        super().set_theme(theme)
        self._chips.clear()  # they carry their source's colour
        self.forget_colours()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._chips.clear()
        self._labels.clear()

    def show_change(self, change: Change) -> None:
        """Repaint the paragraphs that a change of the tagging touches."""
        touched = (*change.before, *change.after)
        for annotation in touched:
            self._forget_blocks_of(annotation)
        named = change.sources
        if named or any(one.kind is Kind.ATTRIBUTION for one in touched):
            self._chips.clear()  # a chain may have changed that begins elsewhere
            self._labels.clear()
        self._ahead.stop()
        self.viewport().update()

    def _forget_blocks_of(self, annotation: Annotation) -> None:
        for number in self._blocks_of(annotation):
            self._pieces.pop(number, None)
            self._stripes.pop(number, None)
            self._marks.pop(number, None)
            self._chips.pop(number, None)
            self._inks.pop(number, None)
            self._labels.pop(number, None)

    def forget_looks_of(self, ids: frozenset[str]) -> None:
        """These annotations look otherwise; where they are many, anything may."""
        if len(ids) > MANY:
            self.forget_colours()
            return
        for annotation in filter(None, map(self.tagging.get, ids)):
            for number in self._blocks_of(annotation):
                self._inks.pop(number, None)
                self._labels.pop(number, None)
        self._ahead.stop()

    def _blocks_of(self, annotation: Annotation) -> Iterator[int]:
        document, offsets = self.document(), self.offsets
        for span in annotation.spans:
            first = document.findBlock(offsets.to_units(span.start)).blockNumber()
            last = document.findBlock(offsets.to_units(span.end)).blockNumber()
            yield from range(first, last + 1)

    # Working out

    def pieces_of(self, block: QTextBlock) -> list[Piece]:
        """The pieces of all annotations in a paragraph, worked out once until it changes."""
        known = self._pieces.get(block.blockNumber())
        if known is None:
            points = self.offsets.to_points
            start, end = points(block.position()), points(block.position() + block.length() - 1)
            known = geometry.pieces(block, self.tagging.between(start, end), self.offsets)
            self._pieces[block.blockNumber()] = known
        return known

    def stripes_of(self, block: QTextBlock) -> list[Stripe]:
        """The stripes beside a paragraph, worked out once until it changes."""
        known = self._stripes.get(block.blockNumber())
        if known is None:
            known = self._stripes[block.blockNumber()] = margins.stripes(self.pieces_of(block))
        return known

    def marks_of(self, block: QTextBlock) -> list[MarkPiece]:
        """The pieces of the layers in a paragraph, worked out once until it changes."""
        known = self._marks.get(block.blockNumber())
        if known is None:
            points = self.offsets.to_points
            start, end = points(block.position()), points(block.position() + block.length() - 1)
            own, found = self.pieces_of(block), self.layers.between(start, end)
            known = mark_pieces(block, found, own, self.offsets) if found else []
            self._marks[block.blockNumber()] = known
        return known

    def chips_of(self, block: QTextBlock) -> list[Chip]:
        """The chips beside a paragraph, worked out once until anything changes."""
        known = self._chips.get(block.blockNumber())
        if known is None:
            corner = self._left_of(block)
            left, right = self.lineWrapColumnOrWidth() + GAP, self.viewport().width() - 4.0
            font, edges = self.small_font(CHIP_FONT), (left - corner, right - corner)
            words, color = self.chip_words, self.chip_color
            known = chips.chips(self._begun_in(block), words, font, *edges, color)
            self._chips[block.blockNumber()] = known
        return known

    def _begun_in(self, block: QTextBlock) -> list[Piece]:
        """The pieces of what begins in a paragraph, and does not merely go on there."""
        points, pieces = self.offsets.to_points, self.pieces_of(block)
        start, end = points(block.position()), points(block.position() + block.length())
        begun = {
            one.id: any(start <= span.start < end for span in one.spans)
            for one in {piece.annotation.id: piece.annotation for piece in pieces}.values()
        }
        return [piece for piece in pieces if begun[piece.annotation.id]]

    def chips_in_view(self) -> list[Chip]:
        """The chips beside what is in view, with their places in the viewport."""
        return [
            chip._replace(box=chip.box.translated(corner))
            for block, corner in self.visible_blocks()
            for chip in self.chips_of(block)
        ]

    def ink_of(self, block: QTextBlock, heights: Heights) -> Ink:
        """The ink of a paragraph, at least that between two heights of it."""
        known, pieces = self._inks.get(block.blockNumber()), self.pieces_of(block)
        if known is None and len(pieces) > MANY:
            return self._ink(block, geometry.in_view(pieces, *heights), heights)
        if known is None:
            known = self._inks[block.blockNumber()] = self._ink(block, pieces, (-inf, inf))
        return known

    def _ink(self, block: QTextBlock, pieces: list[Piece], heights: Heights) -> Ink:
        right = GUTTER - 10 - self._left_of(block)
        stripes = margins.stripe_boxes(self.stripes_of(block), right, heights, self.lit)
        return painting.ink(pieces, stripes, self.theme, self.lit, self.problems)

    def labels_of(self, block: QTextBlock, heights: Heights, on: Grid | None) -> list[Label]:
        """The number of a paragraph and its chips, at least those between two heights of it."""
        found = self.chips_of(block)
        if len(found) > MANY:
            return self._new_labels(block, chips.between(found, *heights), on)
        known = self._labels.get(block.blockNumber())
        if known is None or known[0] != on:
            known = self._labels[block.blockNumber()] = on, self._new_labels(block, found, on)
        return known[1]

    def _new_labels(self, block: QTextBlock, found: list[Chip], on: Grid | None) -> list[Label]:
        font = labels.font_key(self.small_font(CHIP_FONT))
        looks = ((chips.look(chip, font, self.theme, self.lit), chip.box) for chip in found)
        return [*self._number(block, on), *(label(look, box, on) for look, box in looks)]

    def _number(self, block: QTextBlock, on: Grid | None) -> Iterator[Label]:
        if block.text().strip():
            height = block.layout().lineAt(0).height()
            box = QRectF(-self._left_of(block), 0, NUMBERS, height)
            words = f"¶{self._numbers[block.blockNumber()]}"
            font = labels.font_key(self.small_font(NUMBER_FONT))
            look = NumberLook(words, font, self.theme.page.rgb(), self.theme.quiet.rgb())
            yield label(look, box, on)

    def _left_of(self, block: QTextBlock) -> float:
        return self.document().documentLayout().blockBoundingRect(block).left()

    def small_font(self, share: float) -> QFont:
        """The window's font at a share of the reading font's size."""
        font = QApplication.font()
        font.setPointSizeF(max(6.5, self.font().pointSizeF() * share))
        return font

    @property
    def looks_ahead(self) -> bool:
        """Whether something near is still being worked out."""
        return self._ahead.under_way

    def look_ahead(self) -> None:
        """Work out what a page up or down will show, while this one is being read."""
        self._ahead.begin(self._look_ahead())

    def _look_ahead(self) -> Iterator[None]:
        height, ratio = self.viewport().height(), self.devicePixelRatioF()
        origin = QPointF(self.viewport().mapTo(self.window(), QPointF(0, 0)))
        top, bottom = -height - DEEP, 2 * height + REACH
        for block, corner in self.blocks_between(top, bottom):
            heights, place = (top - corner.y(), bottom - corner.y()), (origin + corner) * ratio
            self.ink_of(block, heights)
            screen = QTransform(ratio, 0, 0, ratio, place.x(), place.y())
            self.labels_of(block, heights, labels.grid_of(screen))
            yield
