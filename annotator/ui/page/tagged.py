"""The article with its tags painted on it: fills, lines, frames, stripes and chips."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QTextBlock
from PySide6.QtWidgets import QApplication, QWidget

from annotator.core.article import Article
from annotator.core.change import Change
from annotator.core.hits import Hits
from annotator.core.model import Annotation
from annotator.core.tagging import Tagging
from annotator.ui.page import geometry, layer_painting, margins, painting
from annotator.ui.page.geometry import Piece
from annotator.ui.page.handles import RADIUS, Edge, Handles, paint_handles
from annotator.ui.page.hits import paint_hits
from annotator.ui.page.layers import Layers, Mark, MarkPiece, mark_pieces
from annotator.ui.page.margins import Chip, Stripe
from annotator.ui.page.open_words import OpenWords, Range, paint_open_words
from annotator.ui.page.scroll_map import ScrollMap
from annotator.ui.page.text import GUTTER, NUMBERS, ArticleText
from annotator.ui.theme import Theme

REACH = 12
"""Pixels below the words that still belong to them: their underlines."""

GAP = 22
"""Pixels between the longest line and the chips."""

Visible = list[tuple[QTextBlock, QPointF, list[Piece]]]


class TaggedText(ArticleText):
    """Paints the tags of what is in view; each paragraph's geometry is worked out once."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tagging = Tagging()
        self.selected = self.target = ""
        self.lit: frozenset[str] = frozenset()
        self.chip_words: Callable[[Annotation], str] = lambda annotation: ""
        self.chip_color: Callable[[Annotation], QColor | None] = lambda annotation: None
        self.mark_words: Callable[[Mark], str] = lambda mark: mark.label
        self._hits = Hits()
        self._layers = Layers()
        self._layers_lit: frozenset[str] = frozenset()
        self._problems: frozenset[str] = frozenset()
        self._open_words = OpenWords()
        self._pieces: dict[int, list[Piece]] = {}
        self._stripes: dict[int, list[Stripe]] = {}
        self._marks: dict[int, list[MarkPiece]] = {}
        self._chips: list[Chip] = []
        self._map = ScrollMap()
        self.setVerticalScrollBar(self._map)

    def show_article(self, article: Article, tagging: Tagging) -> None:
        """Show another article with its tagging, from the top."""
        self.tagging = tagging
        self.selected = self.target = ""
        self.lit = frozenset()
        self._forget()
        self.show_text(article)
        self._map.show_map(tagging, len(article.text))

    def _lay_out_anew(self) -> None:
        super()._lay_out_anew()
        self._forget()
        self.document().documentLayout().documentSizeChanged.connect(self._forget)

    def _forget(self) -> None:
        self._pieces.clear()
        self._stripes.clear()
        self._marks.clear()

    def show_change(self, change: Change) -> None:
        """Repaint the paragraphs that a change of the tagging touches."""
        for annotation in (*change.before, *change.after):
            self._forget_blocks_of(annotation)
        self._map.show_change(change)
        self.viewport().update()

    def _forget_blocks_of(self, annotation: Annotation) -> None:
        document, offsets = self.document(), self.offsets
        for span in annotation.spans:
            first = document.findBlock(offsets.to_units(span.start)).blockNumber()
            last = document.findBlock(offsets.to_units(span.end)).blockNumber()
            for number in range(first, last + 1):
                self._pieces.pop(number, None)
                self._stripes.pop(number, None)
                self._marks.pop(number, None)

    def show_selected(self, annotation_id: str, lit: frozenset[str]) -> None:
        """Frame one annotation and light up others; empty for none."""
        if (annotation_id, lit) != (self.selected, self.lit):
            self.selected, self.lit = annotation_id, lit
            self.viewport().update()

    def show_target(self, annotation_id: str) -> None:
        """Frame the annotation that a link would lead to; empty for none."""
        self.target = annotation_id
        self.viewport().update()

    def show_hits(self, hits: Hits) -> None:
        """Outline the hits of a search; those of an empty one are gone."""
        self._hits = hits
        self.viewport().update()

    def show_layers(self, layers: Layers, lit: frozenset[str] = frozenset()) -> None:
        """Show other people's tags; those of ``lit`` (addresses) stand out."""
        self._layers, self._layers_lit = layers, lit
        self.set_roomy(bool(layers))
        self._marks.clear()
        self.viewport().update()

    def show_problems(self, ids: frozenset[str], words: Iterable[Range]) -> None:
        """Underline annotations, and words that are not tagged, as problems."""
        self._problems, self._open_words = ids, OpenWords(words)
        self.viewport().update()

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        super().set_theme(theme)
        self._map.set_theme(theme)

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
            own, found = self.pieces_of(block), self._layers.between(start, end)
            known = mark_pieces(block, found, own, self.offsets) if found else []
            self._marks[block.blockNumber()] = known
        return known

    def marks_under(self, place: QPointF) -> list[Mark]:
        """What the layers have at a place in the viewport, shortest first."""
        found: dict[str, Mark] = {}
        for block, corner in self.visible_blocks() if self._layers else ():
            for mark, _, box, _ in self.marks_of(block):
                if box.adjusted(-1, -2, 1, REACH).contains(place - corner):
                    found[mark.annotation.id] = mark
        return sorted(found.values(), key=lambda m: m.annotation.end - m.annotation.start)

    def annotations_under(self, place: QPointF) -> list[Annotation]:
        """The annotations painted at a place in the viewport, shortest first, or its chip's."""
        for chip in self._chips:
            if chip.box.contains(place):
                return [chip.annotation]
        found: dict[str, Annotation] = {}
        for block, corner in self.visible_blocks():
            for piece in self.pieces_of(block):
                if piece.box.adjusted(-1, -2, 1, REACH).contains(place - corner):
                    found[piece.annotation.id] = piece.annotation
        return sorted(found.values(), key=lambda a: a.end - a.start)

    def cut_chip_at(self, place: QPointF) -> str:
        """The whole words of the chip at a place, where it had no room for them."""
        for annotation, shown, box, _ in self._chips:
            words = self.chip_words(annotation)
            if box.contains(place) and words != shown:
                return words
        return ""

    # Painting: fills behind the words, the words by Qt, all else over them

    def paintEvent(self, event: QPaintEvent) -> None:
        visible = [
            (block, corner, self.pieces_of(block)) for block, corner in self.visible_blocks()
        ]
        painter = QPainter(self.viewport())
        for _, corner, pieces in visible:
            painter.translate(corner)
            seen = geometry.in_view(pieces, *self._heights(corner))
            painting.paint_fills(painter, seen, self.theme, self.lit)
            painter.translate(-corner)
        if self._layers:
            self._paint_layers(painter, [(block, corner) for block, corner, _ in visible])
        painter.end()
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        self._paint_over_words(painter, visible)
        painter.end()

    def _paint_over_words(self, painter: QPainter, visible: Visible) -> None:
        for block, corner, pieces in visible:
            painter.translate(corner)
            view = self._heights(corner)
            seen = geometry.in_view(pieces, *view)
            painting.paint_lines(painter, seen, self.theme, self._problems)
            if self.selected:
                painting.paint_frames(painter, seen, self.theme, self.selected)
            if self.target:
                painting.paint_frames(painter, seen, self.theme, self.target, dashed=True)
            if self._open_words:
                paint_open_words(painter, block, self._open_words, self.offsets, self.theme, *view)
            if len(self._hits):
                paint_hits(painter, block, self._hits, self.offsets, self.theme, *view)
            right = GUTTER - 10 - corner.x()
            margins.paint_stripes(painter, self.stripes_of(block), right, self.theme, self.lit)
            painter.translate(-corner)
        self._paint_numbers(painter, visible)
        self._paint_chips(painter, visible)
        self._paint_connectors(painter, visible)
        paint_handles(painter, self.handles(), self.theme)

    def _paint_layers(self, painter: QPainter, visible: list[tuple[QTextBlock, QPointF]]) -> None:
        """All of it behind the words, so that no layer ever hides one."""
        painter.setFont(self._small_font(0.6))
        for block, corner in visible:
            painter.translate(corner)
            top, bottom = self._heights(corner)
            marks = self.marks_of(block)
            seen = [one for one in marks if one.box.bottom() > top and one.box.top() < bottom]
            layer_painting.paint_tints(painter, seen, self.theme, self._layers_lit)
            layer_painting.paint_frames(painter, seen, self.theme, self._layers_lit)
            layer_painting.paint_lines(painter, seen, self.theme)
            reversed_ = block.textDirection() == Qt.LayoutDirection.RightToLeft
            layer_painting.paint_labels(painter, seen, self.theme, from_right=reversed_)
            own = max((stripe.lane for stripe in self.stripes_of(block)), default=-1) + 1
            right = GUTTER - 10 - corner.x() - min(own, margins.MOST_LANES) * margins.STEP
            reach = min(NUMBERS + 6 - corner.x(), right - 6), right
            found = layer_painting.mark_stripes(marks)
            by_id = {one.mark.annotation.id: one.mark for one in marks}
            layer_painting.paint_stripes(painter, found, by_id, reach, self.theme)
            painter.translate(-corner)

    def _heights(self, corner: QPointF) -> tuple[float, float]:
        """What can be seen of the paragraph with that corner, with room for deep lanes."""
        return -corner.y() - 4 * REACH, self.viewport().height() - corner.y()

    def handles(self) -> Handles:
        """The handles of the selected annotation that are in view."""
        annotation = self.tagging.get(self.selected)
        if annotation is None or self.target:
            return {}
        height, down = self.viewport().height(), QPointF(0, RADIUS)
        first, last = self.visible_range()
        found: Handles = {}
        edges: tuple[tuple[Edge, int], ...] = ("start", annotation.start), ("end", annotation.end)
        for edge, position in edges:
            if first <= position <= last:
                place = QPointF(self.cursorRect(self._cursor_at(position)).bottomLeft()) + down
                if 0 <= place.y() <= height:
                    found[edge] = place
        return found

    def _small_font(self, share: float) -> QFont:
        font = QApplication.font()
        font.setPointSizeF(max(6.5, self.font().pointSizeF() * share))
        return font

    def _paint_numbers(self, painter: QPainter, visible: Visible) -> None:
        painter.setFont(self._small_font(0.6))
        painter.setPen(self.theme.quiet)
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for block, corner, _ in visible:
            if block.length() > 1 and block.text().strip():
                height = block.layout().lineAt(0).height()
                box = QRectF(0, corner.y(), NUMBERS, height)
                painter.drawText(box, flags, f"¶{self._numbers[block.blockNumber()]}")

    def _paint_chips(self, painter: QPainter, visible: Visible) -> None:
        font = self._small_font(0.68)
        left, right = self.lineWrapColumnOrWidth() + GAP, self.viewport().width() - 4.0
        self._chips = [
            chip._replace(box=chip.box.translated(corner))
            for block, corner, pieces in visible
            for chip in margins.chips(
                self._begun_in(block, pieces),
                self.chip_words,
                font,
                left - corner.x(),
                right - corner.x(),
                self.chip_color,
            )
        ]
        painter.setFont(font)
        margins.paint_chips(painter, self._chips, self.theme, self.lit)

    def _begun_in(self, block: QTextBlock, pieces: list[Piece]) -> list[Piece]:
        """The pieces of what begins in a paragraph, and does not merely go on there."""
        points = self.offsets.to_points
        start, end = points(block.position()), points(block.position() + block.length())
        begun = {
            one.id: any(start <= span.start < end for span in one.spans)
            for one in {piece.annotation.id: piece.annotation for piece in pieces}.values()
        }
        return [piece for piece in pieces if begun[piece.annotation.id]]

    def _paint_connectors(self, painter: QPainter, visible: Visible) -> None:
        if not self.selected:
            return
        linked = {annotation.id for annotation in self.tagging.linked(self.selected)}
        heights: dict[str, float] = {}
        for _, corner, pieces in visible:
            for piece in pieces:
                if piece.annotation.id in linked or piece.annotation.id == self.selected:
                    middle = piece.box.center().y() + corner.y()
                    heights.setdefault(piece.annotation.id, middle)
        start = heights.pop(self.selected, None)
        if start is not None:
            right = self.lineWrapColumnOrWidth() + GAP * 0.7
            lines = [start, *heights.values()]
            margins.paint_connectors(painter, lines, right - GAP * 0.4, right, self.theme)
