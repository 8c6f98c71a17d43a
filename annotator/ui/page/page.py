"""The page: the article's text with its tags painted on it, and what the mouse does there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextBlock,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from annotator.core.article import Article
from annotator.core.change import Change
from annotator.core.model import Annotation
from annotator.core.tagging import Tagging
from annotator.ui.page import geometry, painting
from annotator.ui.page.geometry import Piece
from annotator.ui.page.text import GUTTER, ArticleText

REACH = 12
"""Pixels below the words that still belong to them: their underlines."""


class Page(ArticleText):
    """The article with its tags."""

    clicked = Signal(object)
    """A plain click: the annotations under it (a list, shortest first)."""

    hovered = Signal(str)
    """The id of the shortest annotation under the mouse, empty for none; only when it changes."""

    menu_wanted = Signal(object, object)
    """Where on the screen, and the annotations under it."""

    zoom_wanted = Signal(float)
    """By how many points, from Ctrl and the wheel."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tagging = Tagging()
        self.selected = ""
        self.lit: frozenset[str] = frozenset()
        self.under_mouse = ""
        self._pieces: dict[int, list[Piece]] = {}
        self._pressed: QPointF | None = None
        self._double_click: tuple[int, QPointF] = (0, QPointF())
        self.viewport().setMouseTracking(True)

    def show_article(self, article: Article, tagging: Tagging) -> None:
        """Show another article with its tagging, from the top."""
        self.tagging = tagging
        self.selected, self.under_mouse, self.lit = "", "", frozenset()
        self._pieces.clear()
        self.show_text(article)
        self.document().documentLayout().documentSizeChanged.connect(self._pieces.clear)

    def show_change(self, change: Change) -> None:
        """Repaint the paragraphs that a change of the tagging touches."""
        for annotation in (*change.before, *change.after):
            self._forget_blocks_of(annotation)
        self.viewport().update()

    def _forget_blocks_of(self, annotation: Annotation) -> None:
        document, offsets = self.document(), self.offsets
        for span in annotation.spans:
            first = document.findBlock(offsets.to_units(span.start)).blockNumber()
            last = document.findBlock(offsets.to_units(span.end)).blockNumber()
            for number in range(first, last + 1):
                self._pieces.pop(number, None)

    def show_selected(self, annotation_id: str, lit: frozenset[str]) -> None:
        """Frame one annotation and light up others; empty for none."""
        if (annotation_id, lit) != (self.selected, self.lit):
            self.selected, self.lit = annotation_id, lit
            self.viewport().update()

    @property
    def under_caret(self) -> str:
        """The id of the shortest annotation that the caret stands in, empty for none."""
        found = self.tagging.at(self.caret)
        return found[0].id if found else ""

    def pieces_of(self, block: QTextBlock) -> list[Piece]:
        """The pieces of all annotations in a paragraph, worked out once until it changes."""
        known = self._pieces.get(block.blockNumber())
        if known is None:
            points = self.offsets.to_points
            start, end = points(block.position()), points(block.position() + block.length() - 1)
            known = geometry.pieces(block, self.tagging.between(start, end), self.offsets)
            self._pieces[block.blockNumber()] = known
        return known

    def annotations_under(self, place: QPointF) -> list[Annotation]:
        """The annotations painted at a place in the viewport, shortest first."""
        found: dict[str, Annotation] = {}
        for block, corner in self.visible_blocks():
            for piece in self.pieces_of(block):
                if piece.box.adjusted(-1, -2, 1, REACH).contains(place - corner):
                    found[piece.annotation.id] = piece.annotation
        return sorted(found.values(), key=lambda a: a.end - a.start)

    # Painting: fills behind the words, the words by Qt, lines and frames over them

    def paintEvent(self, event: QPaintEvent) -> None:
        visible = [
            (block, corner, self.pieces_of(block)) for block, corner in self.visible_blocks()
        ]
        painter = QPainter(self.viewport())
        for _, corner, pieces in visible:
            painter.translate(corner)
            painting.paint_fills(painter, pieces, self.theme, self.lit)
            painter.translate(-corner)
        painter.end()
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        self._paint_numbers(painter, visible)
        for _, corner, pieces in visible:
            painter.translate(corner)
            painting.paint_lines(painter, pieces, self.theme)
            if self.selected:
                painting.paint_frames(painter, pieces, self.theme, self.selected)
            painter.translate(-corner)
        painter.end()

    def _paint_numbers(
        self, painter: QPainter, visible: list[tuple[QTextBlock, QPointF, list[Piece]]]
    ) -> None:
        font = self.font()
        font.setPointSizeF(max(6.5, font.pointSizeF() * 0.62))
        painter.setFont(font)
        painter.setPen(self.theme.quiet)
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for block, corner, _ in visible:
            if block.length() > 1 and block.text().strip():
                height = block.layout().lineAt(0).height()
                box = QRectF(0, corner.y(), GUTTER - 18, height)
                painter.drawText(box, flags, f"¶{self._numbers[block.blockNumber()]}")

    # The mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed = event.position()
            if self._is_further_click(event):
                return
            self._let_go(event)
        super().mousePressEvent(event)

    def _let_go(self, event: QMouseEvent) -> None:
        """A drag that begins on selected words selects anew; there is nowhere to drop them."""
        if not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            cursor = self.textCursor()
            cursor.clearSelection()
            self.setTextCursor(cursor)

    def _is_further_click(self, event: QMouseEvent) -> bool:
        """The third click selects the sentence, the fourth the paragraph."""
        clicks, place = self._double_click
        near = (event.position() - place).manhattanLength() < QApplication.startDragDistance()
        if not clicks or not near or not self._click_timer_runs(event):
            self._double_click = (0, QPointF())
            return False
        self._double_click = (clicks + 1, place)
        self._last_click = event.timestamp()
        if clicks == 2:
            self.select_sentence()
        else:
            self.select_paragraph()
        return True

    def _click_timer_runs(self, event: QMouseEvent) -> bool:
        return event.timestamp() - self._last_click < QApplication.doubleClickInterval()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self._is_further_click(event):
            return
        super().mouseDoubleClickEvent(event)
        self._pressed = None
        self._double_click = (2, event.position())
        self._last_click = event.timestamp()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        pressed, self._pressed = self._pressed, None
        if event.button() is not Qt.MouseButton.LeftButton or pressed is None:
            return
        still = (event.position() - pressed).manhattanLength() < QApplication.startDragDistance()
        if still and not self.textCursor().hasSelection():
            self.clicked.emit(self.annotations_under(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if event.buttons() == Qt.MouseButton.NoButton:
            found = self.annotations_under(event.position())
            self._hover(found[0].id if found else "")

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hover("")
        return super().viewportEvent(event)

    def _hover(self, annotation_id: str) -> None:
        if annotation_id != self.under_mouse:
            self.under_mouse = annotation_id
            self.hovered.emit(annotation_id)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        under = self.annotations_under(QPointF(event.pos()))
        self.menu_wanted.emit(event.globalPos(), under)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_wanted.emit(1.0 if event.angleDelta().y() > 0 else -1.0)
        else:
            super().wheelEvent(event)
