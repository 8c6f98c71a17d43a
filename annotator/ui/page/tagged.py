"""The article with its tags painted on it: fills, lines, frames, stripes and chips."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QTextBlock
from PySide6.QtWidgets import QWidget

from annotator.core.change import Change
from annotator.core.model import Annotation
from annotator.core.tagging import Tagging
from annotator.core.text.article import Article
from annotator.core.text.hits import Hits
from annotator.ui.page import labels, layer_painting, margins, painting
from annotator.ui.page.handles import RADIUS, Edge, Handles, paint_handles
from annotator.ui.page.hits import paint_hits
from annotator.ui.page.layers import Layers, Mark
from annotator.ui.page.marked import DEEP, GAP, NUMBER_FONT, REACH, Heights, MarkedText
from annotator.ui.page.open_words import OpenWords, Range, paint_open_words
from annotator.ui.page.painting import Ink
from annotator.ui.page.scroll_map import ScrollMap
from annotator.ui.page.text import GUTTER, NUMBERS
from annotator.ui.theme import Theme


class Part(NamedTuple):
    """What is painted of a paragraph, between two heights of it."""

    block: QTextBlock
    corner: QPointF
    heights: Heights
    ink: Ink


class TaggedText(MarkedText):
    """Paints the tags of what is in view."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mark_words: Callable[[Mark], str] = lambda mark: mark.label
        self._hits = Hits()
        self._layers_lit: frozenset[str] = frozenset()
        self._open_words = OpenWords()
        self._map = ScrollMap()
        self.setVerticalScrollBar(self._map)

    def show_article(self, article: Article, tagging: Tagging) -> None:
        """Show another article with its tagging, from the top."""
        super().show_article(article, tagging)
        self._map.show_map(tagging, len(article.text))

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        super().set_theme(theme)
        self._map.set_theme(theme)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        if self.selected:  # handles and connectors depend on all that is in view
            self.viewport().update()

    def show_change(self, change: Change) -> None:
        """Repaint the paragraphs that a change of the tagging touches."""
        super().show_change(change)
        self._map.show_change(change)

    def show_selected(self, annotation_id: str, lit: frozenset[str]) -> None:
        """Frame one annotation and light up others; empty for none."""
        if (annotation_id, lit) != (self.selected, self.lit):
            turned = self.lit ^ lit
            self.selected, self.lit = annotation_id, lit
            self.forget_looks_of(turned)
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
        self.set_layers(layers)
        self._layers_lit = lit
        self.viewport().update()

    def show_problems(self, ids: frozenset[str], words: Iterable[Range]) -> None:
        """Underline annotations, and words that are not tagged, as problems."""
        self.problems, self._open_words = ids, OpenWords(words)
        self.forget_colours()
        self.viewport().update()

    def marks_under(self, place: QPointF) -> list[Mark]:
        """What the layers have at a place in the viewport, shortest first."""
        found: dict[str, Mark] = {}
        for block, corner in self.visible_blocks() if self.layers else ():
            for mark, _, box, _ in self.marks_of(block):
                if box.adjusted(-1, -2, 1, REACH).contains(place - corner):
                    found[mark.annotation.id] = mark
        return sorted(found.values(), key=lambda m: m.annotation.end - m.annotation.start)

    def annotations_under(self, place: QPointF) -> list[Annotation]:
        """The annotations painted at a place in the viewport, shortest first, or its chip's."""
        found: dict[str, Annotation] = {}
        for block, corner in self.visible_blocks():
            for chip in self.chips_of(block):
                if chip.box.contains(place - corner):
                    return [chip.annotation]
            for piece in self.pieces_of(block):
                if piece.box.adjusted(-1, -2, 1, REACH).contains(place - corner):
                    found[piece.annotation.id] = piece.annotation
        return sorted(found.values(), key=lambda a: a.end - a.start)

    def cut_chip_at(self, place: QPointF) -> str:
        """The whole words of the chip at a place, where it had no room for them."""
        for annotation, shown, box, _ in self.chips_in_view():
            words = self.chip_words(annotation)
            if box.contains(place) and words != shown:
                return words
        return ""

    # Painting: fills behind the words, the words by Qt, all else over them

    def paintEvent(self, event: QPaintEvent) -> None:
        parts = list(self._parts(event.rect()))
        painter = QPainter(self.viewport())
        for part in parts:
            painter.translate(part.corner)
            painting.paint_fills(painter, part.ink)
            painter.translate(-part.corner)
        if self.layers:
            self._paint_layers(painter, parts)
        painter.end()
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        self._paint_over_words(painter, parts)
        painter.end()
        self.look_ahead()

    def _parts(self, exposed: QRect) -> Iterator[Part]:
        """What may be seen in a part of the viewport, with room for deep lanes."""
        top, bottom = exposed.top() - DEEP, exposed.bottom() + REACH
        for block, corner in self.blocks_between(top, bottom):
            if block.length() > 1:
                heights = top - corner.y(), bottom - corner.y()
                yield Part(block, corner, heights, self.ink_of(block, heights))

    def _paint_over_words(self, painter: QPainter, parts: list[Part]) -> None:
        for part in parts:
            painter.translate(part.corner)
            painting.paint_lines(painter, part.ink)
            self._paint_marks(painter, part)
            on = labels.grid(painter)
            labels.paint_labels(painter, self.labels_of(part.block, part.heights, on))
            painter.translate(-part.corner)
        self._paint_connectors(painter)
        paint_handles(painter, self.handles(), self.theme)

    def _paint_marks(self, painter: QPainter, part: Part) -> None:
        """What is only there at times: frames, words that are a problem, hits of a search."""
        block, _, heights, _ = part
        if self.selected:
            painting.paint_frames(painter, self.pieces_of(block), self.theme, self.selected)
        if self.target:
            pieces = self.pieces_of(block)
            painting.paint_frames(painter, pieces, self.theme, self.target, dashed=True)
        if self._open_words:
            paint_open_words(painter, block, self._open_words, self.offsets, self.theme, *heights)
        if len(self._hits):
            paint_hits(painter, block, self._hits, self.offsets, self.theme, *heights)

    def _paint_layers(self, painter: QPainter, parts: list[Part]) -> None:
        """All of it behind the words, so that no layer ever hides one."""
        painter.setFont(self.small_font(NUMBER_FONT))
        for block, corner, (top, bottom), _ in parts:
            painter.translate(corner)
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

    def _paint_connectors(self, painter: QPainter) -> None:
        if not self.selected:
            return
        linked = {annotation.id for annotation in self.tagging.linked(self.selected)}
        heights: dict[str, float] = {}
        for block, corner in self.visible_blocks():
            for piece in self.pieces_of(block):
                if piece.annotation.id in linked or piece.annotation.id == self.selected:
                    middle = piece.box.center().y() + corner.y()
                    heights.setdefault(piece.annotation.id, middle)
        start = heights.pop(self.selected, None)
        if start is not None:
            right = self.lineWrapColumnOrWidth() + GAP * 0.7
            lines = [start, *heights.values()]
            margins.paint_connectors(painter, lines, right - GAP * 0.4, right, self.theme)
