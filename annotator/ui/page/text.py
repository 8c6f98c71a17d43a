"""The article in a Qt text widget: what is shown, and positions in code points.

The text goes into Qt and never comes back: whatever leaves this widget is a position in
code points, and the words are read from the article.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QTextBoundaryFinder
from PySide6.QtGui import (
    QFontMetricsF,
    QPalette,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from annotator.core.text.article import Article
from annotator.core.text.offsets import Utf16Offsets
from annotator.ui.page.pointing import nearest_line
from annotator.ui.theme import LIGHT, Theme, reading_font

NUMBERS = 40
"""Pixels at the very left, for paragraph numbers."""

GUTTER = 92
"""Pixels left of the words, for paragraph numbers and stripes."""

MARGIN = 24
"""Pixels above the first and right of the longest line."""

BESIDE = 280
"""Pixels right of the longest line that chips can use, before any room is to spare."""

COLUMN = 70
"""Characters of the reading font in a line."""

CHIPS, SHORTEST = 210, 0.7
"""Pixels that are kept for chips, enough for a chain of three, as long as the line has so much
of its length.
"""

UNDERLINES = 14
"""Pixels below a line that its underlines may take."""

LINE_HEIGHT = 170
"""Per cent; leaves room for underlines in several lanes."""

ROOMY = 205
"""Per cent, where other people's lines stand below one's own."""


class ArticleText(QTextEdit):
    """The article on the screen, read-only, with a caret that the keyboard moves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.article = Article("")
        self.offsets = Utf16Offsets("")
        self.theme: Theme = LIGHT
        self._numbers: list[int] = []
        self._document: QTextDocument | None = None
        self._top = 0
        self._line_height = LINE_HEIGHT
        self.widening_began = self.widened = (0, 0)
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
        self.setAcceptDrops(False)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self.setCursorWidth(2)
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFont(reading_font(12))

    def show_text(self, article: Article) -> None:
        """Show another article from the top."""
        self.article = article
        self.offsets = Utf16Offsets(article.text)
        self._numbers = _paragraph_numbers(article.text)
        self._lay_out_anew()
        self.verticalScrollBar().setValue(0)

    def _lay_out_anew(self) -> None:
        former = self._document
        self._document = self._new_document(self.article.text)
        self.setDocument(self._document)
        if former is not None:
            former.deleteLater()

    def set_roomy(self, roomy: bool) -> None:
        """Let the lines stand further apart; caret and the first line in view stay."""
        height = ROOMY if roomy else LINE_HEIGHT
        if height == self._line_height:
            return
        self._line_height = height
        first = self.offsets.to_points(self.cursorForPosition(QPoint(GUTTER, 0)).position())
        place = self.cursorRect(self._cursor_at(first)).top()
        cursor = self.textCursor()
        held = cursor.anchor(), cursor.position()
        self._lay_out_anew()
        cursor = self.textCursor()
        cursor.setPosition(held[0])
        cursor.setPosition(held[1], QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.cursorRect(self._cursor_at(first)).top() - place)

    def _new_document(self, text: str) -> QTextDocument:
        """A document with all its formats set before it is laid out.

        Setting them on one that is shown costs a layout of the whole text: 900 ms at 1 MB
        rather than 10.
        """
        document = QTextDocument(self)
        document.setUndoRedoEnabled(False)
        document.setDefaultFont(self.font())
        frame = document.rootFrame().frameFormat()
        frame.setLeftMargin(GUTTER)
        frame.setTopMargin(MARGIN)
        frame.setBottomMargin(MARGIN)
        document.rootFrame().setFrameFormat(frame)
        paragraph = QTextBlockFormat()
        paragraph.setLineHeight(
            self._line_height, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
        )
        cursor = QTextCursor(document)
        cursor.setBlockFormat(paragraph)
        cursor.insertText(text)
        return document

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self.theme = theme
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, theme.page)
        palette.setColor(QPalette.ColorRole.Text, theme.text)
        palette.setColor(QPalette.ColorRole.Highlight, theme.selection)
        palette.setColor(QPalette.ColorRole.HighlightedText, theme.text)
        self.setPalette(palette)

    def set_zoom(self, points: float) -> None:
        """Set the reading font's size in points; the first line in view stays where it is."""
        first = self.cursorForPosition(QPoint(GUTTER, 0))
        place = self.cursorRect(first).top()
        self.setFont(reading_font(points))
        self._fit_column()
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.cursorRect(first).top() - place)

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
        self.bring_into_view(end, end)

    def put_caret(self, position: int) -> None:
        """Put the caret at a code point, nothing selected, and bring it into view."""
        self.select(position, position)

    def select_sentence(self) -> None:
        """Select the sentence around the caret, less the blanks at its edges."""
        start, end = self.sentence_around(self.caret)
        words = self.article.text[start:end]
        self.select(start + len(words) - len(words.lstrip()), start + len(words.rstrip()))

    def sentence_around(self, position: int) -> tuple[int, int]:
        """The sentence at a code point, inside its paragraph, as Qt's boundary finder sees it."""
        block = self.document().findBlock(self.offsets.to_units(position))
        first = self.offsets.to_points(block.position())
        last = self.offsets.to_points(block.position() + block.length() - 1)
        paragraph = self.article.text[first:last]
        offsets = Utf16Offsets(paragraph)
        finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Sentence, paragraph)
        finder.setPosition(offsets.to_units(min(position - first + 1, last - first)))
        start = max(0, finder.toPreviousBoundary())
        end = finder.toNextBoundary()
        return first + offsets.to_points(start), last if end < 0 else first + offsets.to_points(end)

    def select_paragraph(self) -> None:
        """Select the paragraph around the caret."""
        block = self.textCursor().block()
        self._select_units(block.position(), block.position() + block.length() - 1)

    def _select_units(self, start: int, end: int) -> None:
        cursor = self.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def bring_into_view(self, start: int, end: int) -> None:
        """Scroll, if need be, so that a range of code points is in view with its underlines.

        The caret stays where it is.
        """
        bar, height = self.verticalScrollBar(), self.viewport().height()
        top = self.cursorRect(self._cursor_at(start)).top()
        bottom = self.cursorRect(self._cursor_at(end)).bottom() + UNDERLINES
        if bottom > height:
            bar.setValue(bar.value() + min(bottom - height + MARGIN, top - MARGIN))
        elif top < 0:
            bar.setValue(bar.value() + top - MARGIN)

    def nearest_line(self, place: QPointF) -> QPointF:
        """A place in the viewport; where it is between two lines, one on the nearer of them."""
        inside = self.viewport().rect().contains(place.toPoint())
        return nearest_line(self, place, self._line_height) if inside else place

    def _cursor_at(self, position: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(self.offsets.to_units(position))
        return cursor

    def paragraph_at(self, position: int) -> int:
        """The number of the paragraph at a code point, as shown in the gutter."""
        block = self.document().findBlock(self.offsets.to_units(position))
        return self._numbers[block.blockNumber()] if block.isValid() else 0

    def is_from_right(self, position: int) -> bool:
        """Whether the paragraph at a code point is written from right to left."""
        block = self.document().findBlock(self.offsets.to_units(position))
        return block.textDirection() == Qt.LayoutDirection.RightToLeft

    def below(self, position: int) -> QPoint:
        """The place on the screen just below the word at a code point."""
        corner = self.cursorRect(self._cursor_at(position)).bottomLeft() + QPoint(0, 6)
        return self.viewport().mapToGlobal(corner)

    # Geometry

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_column()
        self._stay()

    def _stay(self) -> None:
        """What comes or goes above the page moves the words no more than it must."""
        down, self._top = self.y() - self._top, self.y()
        bar = self.verticalScrollBar()
        if bar.value():
            bar.setValue(bar.value() + down)

    def _fit_column(self) -> None:
        """Set the column's width; only a change of it lays the text out anew."""
        column = QFontMetricsF(self.font()).averageCharWidth() * COLUMN
        self._centre(GUTTER + column + BESIDE)
        room = self.viewport().width() - MARGIN
        shorter = max(room - CHIPS, min(room, GUTTER + column * SHORTEST))
        width = round(min(GUTTER + column, max(shorter, GUTTER + 120)))
        if width != self.lineWrapColumnOrWidth():
            self.setLineWrapColumnOrWidth(width)

    def _centre(self, wanted: float) -> None:
        """Where there is room to spare, the page stands in the middle of it."""
        spare = self.width() - self.verticalScrollBar().sizeHint().width() - wanted
        left = max(0, round(spare / 2))
        if left != self.viewportMargins().left():
            self.setViewportMargins(left, 0, 0, 0)

    def event(self, event: QEvent) -> bool:
        """The wheel turns the page from the room beside it, too."""
        if isinstance(event, QWheelEvent):
            self.wheelEvent(event)
            return True
        return super().event(event)

    def visible_blocks(self) -> Iterator[tuple[QTextBlock, QPointF]]:
        """The paragraphs in view, each with its top left corner in the viewport."""
        return self.blocks_between(0, self.viewport().height())

    def blocks_between(self, top: float, bottom: float) -> Iterator[tuple[QTextBlock, QPointF]]:
        """The paragraphs between two heights of the viewport, with their top left corners."""
        layout = self.document().documentLayout()
        scrolled = self.verticalScrollBar().value()
        # Above the first line Qt names any paragraph of a text not laid out to its end.
        place = QPointF(0, max(top + scrolled, MARGIN))
        first = layout.hitTest(place, Qt.HitTestAccuracy.FuzzyHit)
        block, origin = self.document().findBlock(first), QPointF(0, scrolled)
        while block.isValid():
            corner = layout.blockBoundingRect(block).topLeft() - origin
            if corner.y() > bottom:
                return
            yield block, corner
            block = block.next()

    def visible_range(self) -> tuple[int, int]:
        """The code points from the first to the last paragraph in view."""
        blocks = [block for block, _ in self.visible_blocks()]
        if not blocks:
            return 0, 0
        points = self.offsets.to_points
        return points(blocks[0].position()), points(blocks[-1].position() + blocks[-1].length() - 1)

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
    return list(accumulate(int(bool(block.strip())) for block in blocks))
