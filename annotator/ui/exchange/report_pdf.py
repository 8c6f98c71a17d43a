"""An annotated article as PDF: the page of the window on sheets, then who says what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from math import ceil, floor
from unicodedata import bidirectional

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import (
    QFont,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QRegion,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QApplication, QWidget

from annotator.core.display_text import one_line
from annotator.core.model import Kind
from annotator.formats.format import Left, Put, Tagged
from annotator.formats.reports.report import Report, by_tag, left_by_reports, report_of
from annotator.storage.shipped.templates import render
from annotator.ui.exchange.picture import ensure_application, let_go, page_of
from annotator.ui.page.page import Page
from annotator.ui.theme import LIGHT

FOOTER = 26
"""Pixels at the foot of each sheet."""

BELOW_HEAD = 18
"""Pixels between the head of the first sheet and the article."""

MARGINS = QMarginsF(12, 14, 12, 10)
"""Millimetres around a sheet."""

Sheet = Callable[[QPainter], None]


def write_pdfs(files: Iterable[Tagged], put: Put) -> Iterator[Left]:
    """A PDF for each annotation file."""
    ensure_application()
    for tagged in files:
        put(f"{tagged.name}.pdf", as_pdf(report_of(tagged)))
        yield from left_by_reports(tagged)


def as_pdf(report: Report) -> bytes:
    """The sheets, each with its number and of what it is at the foot."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    page = _page(report)
    writer = _writer(buffer, page)
    writer.setTitle(report.title)
    room = QRectF(0, 0, writer.width(), writer.height() - FOOTER)
    sheets = [*_article_sheets(report, page, room), *_word_sheets(report, room)]
    painter = QPainter(writer)
    for number, sheet in enumerate(sheets, start=1):
        if number > 1:
            writer.newPage()
        painter.save()
        sheet(painter)
        painter.restore()
        _paint_foot(painter, report, room, f"page {number} of {len(sheets)}")
    painter.end()
    let_go(page)
    return bytes(data.data())


def _page(report: Report) -> Page:
    tagged = report.tagged
    page = page_of(tagged.article, report.tagging, tagged.registry, LIGHT)
    _show_parts(page, report)
    words = [(one.start, one.end) for one in report.problems if not one.ids]
    page.show_problems(frozenset(by_tag(report)), words)
    return page


def _show_parts(page: Page, report: Report) -> None:
    """Mentions bold and cues in italics: a page that nobody tags on may have its own letters."""
    cursor, units = QTextCursor(page.document()), page.offsets.to_units
    for one in report.tagging:
        for spans, letters in ((one.mention, _mention), (one.cue, _cue)):
            for span in spans:
                cursor.setPosition(units(span.start))
                cursor.setPosition(units(span.end), QTextCursor.MoveMode.KeepAnchor)
                cursor.mergeCharFormat(letters(span.exact))


def _mention(_: str) -> QTextCharFormat:
    bold = QTextCharFormat()
    bold.setFontWeight(QFont.Weight.Bold)
    return bold


def _cue(words: str) -> QTextCharFormat:
    """Italics; scripts that have none, and perhaps no letters in such a font, are coloured."""
    letters = QTextCharFormat()
    if words.lower() != words.upper():
        letters.setFontItalic(True)
    else:
        letters.setForeground(LIGHT.kinds[Kind.ATTRIBUTION].line)
    return letters


def _writer(buffer: QBuffer, page: Page) -> QPdfWriter:
    """An A4 sheet that counts in the page's own pixels: so its fonts have their sizes."""
    writer = QPdfWriter(buffer)
    writer.setCreator("source-attribution-annotator")
    writer.setResolution(page.logicalDpiY())
    layout = QPageLayout(
        QPageSize(QPageSize.PageSizeId.A4),
        QPageLayout.Orientation.Portrait,
        MARGINS,
        QPageLayout.Unit.Millimeter,
    )
    writer.setPageLayout(layout)
    return writer


# The article


def _article_sheets(report: Report, page: Page, room: QRectF) -> Iterator[Sheet]:
    scale = room.width() / page.width()
    head = _text("pdf_head.html", report, room)
    down = head.size().height() + BELOW_HEAD
    heights = (room.height() - down) / scale, room.height() / scale
    for nth, part in enumerate(_slices(page, *heights)):
        yield _article_sheet(page, part, scale, (head, down) if nth == 0 else None)


def _article_sheet(
    page: Page, part: tuple[int, int], scale: float, head: tuple[QTextDocument, float] | None
) -> Sheet:
    def paint(painter: QPainter) -> None:
        if head:
            head[0].drawContents(painter)
            painter.translate(0, head[1])
        painter.scale(scale, scale)
        _paint_part(painter, page, *part)

    return paint


def _paint_part(painter: QPainter, page: Page, top: int, bottom: int) -> None:
    """Paint what the page has between two heights, scrolled to where it is."""
    page.resize(page.width(), bottom - top)
    bar = page.verticalScrollBar()
    bar.setValue(top)
    painter.setClipRect(QRect(0, 0, page.width(), bottom - top))
    region = QRect(0, top - bar.value(), page.width(), bottom - top)
    flags = QWidget.RenderFlag.DrawChildren
    page.render(painter, QPoint(0, 0), QRegion(region), flags)


def _slices(page: Page, first: float, others: float) -> Iterator[tuple[int, int]]:
    """The page cut between lines into parts as high as that; the first one may be lower."""
    tops = [*_line_tops(page), page.document().size().height()]
    start, room = tops[0], first
    for line, following in pairwise(tops):
        if following - start > room and line > start:
            yield _whole(start, line)
            start, room = line, others
    yield _whole(start, tops[-1])


def _whole(top: float, bottom: float) -> tuple[int, int]:
    """Whole pixels within: Qt draws every line of which it sees the edge."""
    return ceil(top) + 1, floor(bottom) - 1


def _line_tops(page: Page) -> Iterator[float]:
    """Where each line of the article begins."""
    document = page.document()
    layout, block = document.documentLayout(), document.begin()
    while block.isValid():
        top = layout.blockBoundingRect(block).top()
        lines = block.layout()
        yield from (top + lines.lineAt(n).y() for n in range(lines.lineCount()))
        block = block.next()


# Words beside it


def _word_sheets(report: Report, room: QRectF) -> Iterator[Sheet]:
    text = _text("pdf_words.html", report, room)
    text.setPageSize(room.size())
    for number in range(text.pageCount()):
        yield _word_sheet(text, room, number)


def _word_sheet(text: QTextDocument, room: QRectF, number: int) -> Sheet:
    def paint(painter: QPainter) -> None:
        painter.translate(0, -number * room.height())
        text.drawContents(painter, room.translated(0, number * room.height()))

    return paint


def _text(template: str, report: Report, room: QRectF) -> QTextDocument:
    text = QTextDocument()
    text.setDocumentMargin(0)
    text.setDefaultFont(_font(9))
    text.setHtml(render(template, report=report, one_line=one_line, own=own))
    text.setTextWidth(room.width())
    return text


def own(words: str) -> str:
    """Words to be read from right to left, for a line that is not: Qt's HTML knows no bdi."""
    leftward = any(bidirectional(one) in ("R", "AL") for one in words)
    return f"\u2068{words}\u2069" if leftward else words


def _font(points: float) -> QFont:
    font = QApplication.font()
    font.setPointSizeF(points)
    return font


def _paint_foot(painter: QPainter, report: Report, room: QRectF, number: str) -> None:
    box = QRectF(0, room.bottom(), room.width(), FOOTER)
    painter.setFont(_font(7.5))
    painter.setPen(LIGHT.quiet)
    whose = f"{own(report.title)} · tagged by {report.tagged.document.annotator}"
    bottom = Qt.AlignmentFlag.AlignBottom
    painter.drawText(box, bottom | Qt.AlignmentFlag.AlignLeft, one_line(whose, 90))
    painter.drawText(box, bottom | Qt.AlignmentFlag.AlignRight, number)
