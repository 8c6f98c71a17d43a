"""The page widget: shows the article, paints its tags, reports what is selected.

The text goes into Qt and never comes back: whatever leaves this widget is a position in
code points, and the words are read from the article.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

from PySide6.QtCore import QMimeData, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from annotator.core.article import Article
from annotator.core.change import Change
from annotator.core.model import Annotation
from annotator.core.offsets import Utf16Offsets
from annotator.core.tagging import Tagging
from annotator.ui.page import geometry, painting
from annotator.ui.page.geometry import Piece
from annotator.ui.theme import LIGHT, Theme, reading_font

GUTTER = 64
"""Pixels left of the words, for paragraph numbers."""

MARGIN = 24
"""Pixels above the first and right of the longest line."""

COLUMN = 70
"""Characters of the reading font in a line."""

LINE_HEIGHT = 170
"""Per cent; leaves room for underlines in several lanes."""


class Page(QTextEdit):
    """The article on the screen, read-only, with a caret that the keyboard moves."""

    picked = Signal(str)
    """The id of the annotation that was chosen here, empty for none."""

    hovered = Signal(str)
    """The id of the annotation under the mouse, empty for none."""

    zoomed = Signal(float)
    """The new size of the reading font in points."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.article = Article("")
        self.tagging = Tagging()
        self.offsets = Utf16Offsets("")
        self.theme: Theme = LIGHT
        self.selected = ""
        self.lit: frozenset[str] = frozenset()
        self._numbers: list[int] = []
        self._pieces: dict[int, list[Piece]] = {}
        self._laid_out: QSize | None = None
        self._set_up()

    def _set_up(self) -> None:
        self.setObjectName("page")
        self.setAccessibleName("Article text")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setUndoRedoEnabled(False)
        self.setCursorWidth(2)
        self.setMouseTracking(True)
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFont(reading_font(12))
        self.document().documentLayout().documentSizeChanged.connect(self._forget_pieces)

    # What is shown

    def show_article(self, article: Article, tagging: Tagging) -> None:
        """Show another article with its tagging, from the top."""
        self.article, self.tagging = article, tagging
        self.offsets = Utf16Offsets(article.text)
        self._numbers = _paragraph_numbers(article.text)
        self.selected, self.lit = "", frozenset()
        self._pieces.clear()
        self.setPlainText(article.text)
        self._set_formats()
        self.verticalScrollBar().setValue(0)

    def _set_formats(self) -> None:
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        paragraph = QTextBlockFormat()
        paragraph.setLineHeight(
            LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
        )
        cursor.mergeBlockFormat(paragraph)
        frame = self.document().rootFrame().frameFormat()
        frame.setLeftMargin(GUTTER)
        frame.setTopMargin(MARGIN)
        frame.setBottomMargin(MARGIN)
        self.document().rootFrame().setFrameFormat(frame)

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

    def _forget_pieces(self) -> None:
        self._pieces.clear()

    def show_selected(self, annotation_id: str, lit: frozenset[str]) -> None:
        """Frame one annotation and light up others; empty for none."""
        self.selected, self.lit = annotation_id, lit
        self.viewport().update()

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self.theme = theme
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, theme.page)
        palette.setColor(QPalette.ColorRole.Text, theme.text)
        selection = theme.accent.lighter(165) if not theme.dark else theme.accent.darker(230)
        palette.setColor(QPalette.ColorRole.Highlight, selection)
        palette.setColor(QPalette.ColorRole.HighlightedText, theme.text)
        self.setPalette(palette)

    def set_zoom(self, points: float) -> None:
        """Set the reading font's size in points."""
        self.setFont(reading_font(points))
        self._forget_pieces()
        self._fit_column()

    # Positions, always in code points

    @property
    def caret(self) -> int:
        """Where the caret stands, in code points."""
        return self.offsets.to_points(self.textCursor().position())

    @property
    def selection(self) -> tuple[int, int]:
        """The selected range in code points; empty where the caret is."""
        cursor = self.textCursor()
        points = self.offsets.to_points
        return points(cursor.selectionStart()), points(cursor.selectionEnd())

    def select(self, start: int, end: int) -> None:
        """Select a range of code points and bring it into view, caret at ``end``."""
        cursor = self.textCursor()
        cursor.setPosition(self.offsets.to_units(start))
        cursor.setPosition(self.offsets.to_units(end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def put_caret(self, position: int) -> None:
        """Put the caret at a code point, nothing selected, and bring it into view."""
        self.select(position, position)

    def paragraph_at(self, position: int) -> int:
        """The number of the paragraph at a code point, as shown in the gutter."""
        block = self.document().findBlock(self.offsets.to_units(position))
        return self._numbers[block.blockNumber()] if block.isValid() else 0

    # Geometry

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_column()

    def _fit_column(self) -> None:
        """Set the column's width; only a change of it lays the text out anew."""
        column = QFontMetricsF(self.font()).averageCharWidth() * COLUMN
        room = self.viewport().width() - MARGIN
        width = round(min(GUTTER + column, max(room, GUTTER + 120)))
        if width != self.lineWrapColumnOrWidth():
            self.setLineWrapColumnOrWidth(width)
            self._forget_pieces()

    def visible_blocks(self) -> Iterator[tuple[QTextBlock, QPointF]]:
        """The paragraphs in view, each with its top left corner in the viewport."""
        layout = self.document().documentLayout()
        top = self.verticalScrollBar().value()
        bottom = top + self.viewport().height()
        block = self.document().findBlock(layout.hitTest(QPointF(0, top), Qt.HitTestAccuracy.FuzzyHit))
        while block.isValid():
            corner = layout.blockBoundingRect(block).topLeft()
            if corner.y() > bottom:
                return
            yield block, corner - QPointF(0, top)
            block = block.next()

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
                if piece.box.adjusted(-1, -2, 1, 12).contains(place - corner):
                    found[piece.annotation.id] = piece.annotation
        return sorted(found.values(), key=lambda a: a.end - a.start)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        visible = [(corner, self.pieces_of(b), b) for b, corner in self.visible_blocks()]
        painter = QPainter(self.viewport())
        for corner, pieces, _ in visible:
            painter.translate(corner)
            painting.paint_fills(painter, pieces, self.theme, self.lit)
            painter.translate(-corner)
        painter.end()
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        for corner, pieces, block in visible:
            self._paint_number(painter, block, corner)
            painter.translate(corner)
            painting.paint_lines(painter, pieces, self.theme)
            if self.selected:
                painting.paint_frames(painter, pieces, self.theme, self.selected)
            painter.translate(-corner)
        painter.end()

    def _paint_number(self, painter: QPainter, block: QTextBlock, corner: QPointF) -> None:
        if block.length() <= 1 or not block.text().strip():
            return
        number = self._numbers[block.blockNumber()]
        font = self.font()
        font.setPointSizeF(max(6.5, font.pointSizeF() * 0.62))
        painter.setFont(font)
        painter.setPen(self.theme.quiet)
        height = block.layout().lineAt(0).height()
        box = QRectF(0, corner.y(), GUTTER - 18, height)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"¶{number}")

    # What leaves the widget

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copying takes the words from the article, where no-break spaces are still themselves."""
        data = QMimeData()
        start, end = self.selection
        data.setText(self.article.text[start:end])
        return data


def _paragraph_numbers(text: str) -> list[int]:
    """For each block of Qt's, the number of paragraphs with words up to and with it."""
    blocks = text.translate({0x2029: 10, 0xFDD0: 10, 0xFDD1: 10}).split("\n")
    return list(accumulate(bool(block and not block.isspace()) for block in blocks))
