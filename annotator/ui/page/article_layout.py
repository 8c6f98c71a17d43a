"""An article as Qt lays it out, without a window: its paragraphs, and positions in code points.

The text goes into Qt and never comes back: the words are read from the article.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import accumulate

from PySide6.QtCore import QPointF, Qt, QTextBoundaryFinder
from PySide6.QtGui import QFont, QTextBlock, QTextBlockFormat, QTextCursor, QTextDocument

from annotator.core.model import Annotation
from annotator.core.tagging import Tagging
from annotator.core.text.article import Article
from annotator.core.text.offsets import Utf16Offsets
from annotator.ui.page.column import GUTTER, MARGIN
from annotator.ui.page.lines import Range, TextLines
from annotator.ui.page.paragraph import Paragraph


class ArticleLayout:
    """An article and its tagging, paragraph by paragraph.

    What was worked out of a paragraph is kept until its lines may be others (width, zoom:
    `forget_lines`) or its tags are (`forget_tags`).
    """

    def __init__(self, article: Article, tagging: Tagging, font: QFont, line_height: int) -> None:
        self.article, self.tagging = article, tagging
        self.offsets = Utf16Offsets(article.text)
        self.numbers = _paragraph_numbers(article.text)
        """Of each of Qt's blocks, the number of paragraphs with words up to and with it."""
        self._paragraphs: dict[int, Paragraph] = {}
        self.lay_out(font, line_height)

    def lay_out(self, font: QFont, line_height: int) -> None:
        """Make the ``document`` anew; ``line_height`` is per cent of the letters'."""
        self.document = _document(self.article.text, font, line_height)
        self.document.contentsChanged.connect(self.forget_lines)
        self.document.documentLayout().documentSizeChanged.connect(self.forget_lines)
        self.forget_lines()

    # Paragraphs

    def between(self, top: float, bottom: float) -> Iterator[tuple[Paragraph, QPointF]]:
        """The paragraphs between two heights of the document, each with its top left corner."""
        layout = self.document.documentLayout()
        # Above the first line Qt names any paragraph of a text not laid out to its end.
        place = QPointF(0, max(top, MARGIN))
        block = self.document.findBlock(layout.hitTest(place, Qt.HitTestAccuracy.FuzzyHit))
        while block.isValid():
            corner = layout.blockBoundingRect(block).topLeft()
            if corner.y() > bottom:
                return
            yield self._paragraph(block, corner.x()), corner
            block = block.next()

    def _paragraph(self, block: QTextBlock, left: float) -> Paragraph:
        number = block.blockNumber()
        known = self._paragraphs.get(number)
        if known is None:
            lines = TextLines(block, self.offsets, left)
            known = self._paragraphs[number] = Paragraph(lines, self.numbers[number], self.tagging)
        return known

    def forget_lines(self) -> None:
        """The lines may be others."""
        self._paragraphs.clear()

    def forget_tags(self, touched: Iterable[Annotation]) -> None:
        """The tags of these annotations' paragraphs are others; their lines stay."""
        for annotation in touched:
            for span in annotation.spans:
                first, last = (self._block(at).blockNumber() for at in (span.start, span.end))
                for number in range(first, last + 1):
                    if known := self._paragraphs.get(number):
                        renewed = Paragraph(known.lines, known.number, self.tagging)
                        self._paragraphs[number] = renewed

    # Positions in code points

    def cursor(self, position: int) -> QTextCursor:
        """Qt's cursor at a code point."""
        cursor = QTextCursor(self.document)
        cursor.setPosition(self.offsets.to_units(position))
        return cursor

    def _block(self, position: int) -> QTextBlock:
        return self.document.findBlock(self.offsets.to_units(position))

    def number_at(self, position: int) -> int:
        """The number of the paragraph at a code point, as shown in the gutter."""
        block = self._block(position)
        return self.numbers[block.blockNumber()] if block.isValid() else 0

    def is_from_right(self, position: int) -> bool:
        """Whether the paragraph at a code point is written from right to left."""
        return self._block(position).textDirection() == Qt.LayoutDirection.RightToLeft

    def paragraph_around(self, position: int) -> Range:
        """The paragraph at a code point."""
        block, points = self._block(position), self.offsets.to_points
        return points(block.position()), points(block.position() + block.length() - 1)

    def sentence_around(self, position: int) -> Range:
        """The sentence at a code point, inside its paragraph, as Qt's boundary finder sees it."""
        first, last = self.paragraph_around(position)
        paragraph = self.article.text[first:last]
        offsets = Utf16Offsets(paragraph)
        finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Sentence, paragraph)
        finder.setPosition(offsets.to_units(min(position - first + 1, last - first)))
        start = max(0, finder.toPreviousBoundary())
        end = finder.toNextBoundary()
        return first + offsets.to_points(start), last if end < 0 else first + offsets.to_points(end)


def _document(text: str, font: QFont, line_height: int) -> QTextDocument:
    """A document with all its formats set before it is laid out.

    Setting them on one that is shown costs a layout of the whole text: 900 ms at 1 MB rather
    than 10.
    """
    document = QTextDocument()
    document.setUndoRedoEnabled(False)
    document.setDefaultFont(font)
    frame = document.rootFrame().frameFormat()
    frame.setLeftMargin(GUTTER)
    frame.setTopMargin(MARGIN)
    frame.setBottomMargin(MARGIN)
    document.rootFrame().setFrameFormat(frame)
    paragraph = QTextBlockFormat()
    proportional = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
    paragraph.setLineHeight(line_height, proportional)
    cursor = QTextCursor(document)
    cursor.setBlockFormat(paragraph)
    if text[:1] in _BYTE_ORDER_MARKS:  # at the start of a text it would be left out, as its mark
        cursor.insertText(f" {text}")
        cursor.setPosition(0)
        cursor.deleteChar()
    else:
        cursor.insertText(text)
    return document


_BYTE_ORDER_MARKS = ("\ufeff", "\ufffe")


def _paragraph_numbers(text: str) -> list[int]:
    blocks = text.translate({0x2029: 10, 0xFDD0: 10, 0xFDD1: 10}).split("\n")
    return list(accumulate(int(bool(block.strip())) for block in blocks))
