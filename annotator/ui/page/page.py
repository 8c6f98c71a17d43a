"""The page: the widget that shows the tagged article, and what mouse and keyboard do on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetricsF,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextCursor,
    QTextDocument,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QToolTip

from annotator.core.change import Change
from annotator.core.model import Annotation, Kind
from annotator.core.tagging import Tagging
from annotator.core.text.article import Article
from annotator.core.text.hits import Hits
from annotator.ui.page import column, mouse
from annotator.ui.page.article_layout import ArticleLayout
from annotator.ui.page.chips import Chip, TagLabels
from annotator.ui.page.highlights import Highlights, disjoint
from annotator.ui.page.labels import grid_of
from annotator.ui.page.layers import LayerMark, Layers
from annotator.ui.page.lines import Range
from annotator.ui.page.mouse import Edge
from annotator.ui.page.painter import (
    ParagraphView,
    linked_heights,
    paint_behind_words,
    paint_connectors,
    paint_handles,
    paint_over_words,
)
from annotator.ui.page.paragraph import Paragraph, Style, covers, new_style
from annotator.ui.page.scroll_map import ScrollMap
from annotator.ui.theme import LIGHT, Theme, reading_font
from annotator.ui.widgets.plain import plain_tip
from annotator.ui.widgets.slices import Slices
from annotator.ui.widgets.viewport import viewport_of

NOTCH = 120
"""What Qt calls one notch of a wheel, in eighths of a degree."""


class Page(QTextEdit):
    """The article with its tags, read-only, with a caret that the keyboard moves.

    Positions are code points, places are in the viewport.
    """

    clicked = Signal(object)
    """A plain click: the annotations under it (a list, shortest first)."""

    words_chosen = Signal(str)
    """A double click beside all tags; the id that was selected before its first click."""

    marks_clicked = Signal(object)
    """A plain click on other people's tags: the marks under it (a list, shortest first)."""

    hovered = Signal(str)
    """The id of the shortest annotation under the mouse, empty for none; only when it changes."""

    menu_wanted = Signal(object, object)
    """Where on the screen, and the annotations under it."""

    zoom_wanted = Signal(float)
    """By how many points, from Ctrl and the wheel."""

    handle_dragged = Signal(str, int)
    """Which edge of the selected annotation ("start", "end"), and to which code point."""

    words_added = Signal()
    """Words were selected with Ctrl held: they are to become part of the selected annotation."""

    def __init__(self, labels: TagLabels) -> None:
        super().__init__()
        self.labels = labels
        self.theme: Theme = LIGHT
        self.shown = Highlights()
        self.under_mouse = ""
        self._document: QTextDocument | None = None
        self._style: Style | None = None
        self._line_height = column.LINE_HEIGHT
        self._top = 0
        self._before_click = ""
        self._grip: Edge | None = None
        self._pressed: QPointF | None = None
        self._turned = 0
        self._further_clicks = mouse.FurtherClicks()
        self._ahead = Slices(self)
        self._map = ScrollMap()
        self.setVerticalScrollBar(self._map)
        self._set_up()
        self._open(Article(""), Tagging())

    def _set_up(self) -> None:
        self.setObjectName("page")
        self.setAccessibleName("Article text")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setAcceptDrops(False)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self.setCursorWidth(2)
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFont(reading_font(12))
        viewport_of(self).setMouseTracking(True)

    # What is shown

    def show_article(self, article: Article, tagging: Tagging) -> None:
        """Show another article with its tagging, from the top."""
        self.under_mouse = ""
        self.shown = self.shown._replace(selected="", target="", lit=frozenset())
        self._open(article, tagging)
        self._map.show_map(tagging, len(article.text))
        self.verticalScrollBar().setValue(0)

    def _open(self, article: Article, tagging: Tagging) -> None:
        self.article, self.tagging = article, tagging
        self.text = ArticleLayout(article, tagging, self.font(), self._line_height)
        self.offsets = self.text.offsets
        self._show_document()

    def _show_document(self) -> None:
        former, self._document = self._document, self.text.document
        self._document.setParent(self)
        self.setDocument(self._document)
        self._document.documentLayout().documentSizeChanged.connect(self._restyle)
        self._restyle()
        if former is not None:
            former.deleteLater()

    def _restyle(self) -> None:
        """Chips and numbers may be others."""
        self._style = None
        self._ahead.stop()

    def show_change(self, change: Change) -> None:
        """Repaint the paragraphs that a change of the tagging touches."""
        touched = (*change.before, *change.after)
        self.text.forget_tags(touched)
        named = change.sources
        if named or any(one.kind is Kind.ATTRIBUTION for one in touched):
            self._restyle()  # a chain may have changed that begins elsewhere
        self._map.show_change(change)
        self._show(self.shown)

    def show_selected(self, annotation_id: str, lit: frozenset[str]) -> None:
        """Frame one annotation and light up others; empty for none."""
        if (annotation_id, lit) != (self.shown.selected, self.shown.lit):
            self._show(self.shown._replace(selected=annotation_id, lit=lit))

    def show_target(self, annotation_id: str) -> None:
        """Frame the annotation that a link would lead to; empty for none."""
        self._show(self.shown._replace(target=annotation_id))

    def show_hits(self, hits: Hits) -> None:
        """Outline the hits of a search; those of an empty one are gone."""
        self._show(self.shown._replace(hits=hits))

    def show_layers(self, layers: Layers, lit: frozenset[str] = frozenset()) -> None:
        """Show other people's tags; those of ``lit`` (addresses) stand out."""
        self._show(self.shown._replace(layers=layers, layers_lit=lit))
        self._set_line_height(column.ROOMY if layers else column.LINE_HEIGHT)

    def show_problems(self, ids: frozenset[str], words: Iterable[Range]) -> None:
        """Underline annotations, and words that are not tagged, as problems."""
        self._show(self.shown._replace(problems=ids, problem_words=disjoint(words)))

    def _show(self, shown: Highlights) -> None:
        self.shown = shown
        self._ahead.stop()  # what is in view comes first; painting it looks ahead again
        self.viewport().update()

    def set_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self.theme = theme
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, theme.page)
        palette.setColor(QPalette.ColorRole.Text, theme.text)
        palette.setColor(QPalette.ColorRole.Highlight, theme.selection)
        palette.setColor(QPalette.ColorRole.HighlightedText, theme.text)
        self.setPalette(palette)
        self._restyle()
        self._map.set_theme(theme)

    # Positions

    @property
    def caret(self) -> int:
        """Where the caret stands."""
        return self.offsets.to_points(self.textCursor().position())

    @property
    def under_caret(self) -> str:
        """The id of the shortest annotation that the caret stands in, empty for none."""
        found = self.tagging.at(self.caret)
        return found[0].id if found else ""

    @property
    def selection(self) -> Range:
        """The selected range; empty where the caret is."""
        cursor = self.textCursor()
        points = self.offsets.to_points
        return points(cursor.selectionStart()), points(cursor.selectionEnd())

    def select(self, start: int, end: int) -> None:
        """Select a range and bring it into view, caret at ``end``."""
        self._set_cursor(self.offsets.to_units(start), self.offsets.to_units(end))
        self.bring_into_view(end, end)

    def _set_cursor(self, anchor: int, position: int) -> None:
        cursor = self.textCursor()
        cursor.setPosition(anchor)
        cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def put_caret(self, position: int) -> None:
        """Put the caret at a code point, nothing selected, and bring it into view."""
        self.select(position, position)

    def select_sentence(self) -> None:
        """Select the sentence around the caret, less the blanks at its edges."""
        start, end = self.sentence_around(self.caret)
        words = self.article.text[start:end]
        self.select(start + len(words) - len(words.lstrip()), start + len(words.rstrip()))

    def select_paragraph(self) -> None:
        """Select the paragraph around the caret."""
        self._set_cursor(*map(self.offsets.to_units, self.text.paragraph_around(self.caret)))

    def sentence_around(self, position: int) -> Range:
        """The sentence at a code point, inside its paragraph."""
        return self.text.sentence_around(position)

    def paragraph_at(self, position: int) -> int:
        """The number of the paragraph at a code point, as shown in the gutter."""
        return self.text.number_at(position)

    def is_from_right(self, position: int) -> bool:
        """Whether the paragraph at a code point is written from right to left."""
        return self.text.is_from_right(position)

    def bring_into_view(self, start: int, end: int) -> None:
        """Scroll, if need be, so that a range is in view with its underlines.

        The caret stays where it is.
        """
        bar, height = self.verticalScrollBar(), self.viewport().height()
        top = self._box_at(start).top()
        bottom = self._box_at(end).bottom() + column.UNDERLINES
        if bottom > height:
            bar.setValue(bar.value() + min(bottom - height + column.MARGIN, top - column.MARGIN))
        elif top < 0:
            bar.setValue(bar.value() + top - column.MARGIN)

    def _box_at(self, position: int) -> QRect:
        return self.cursorRect(self.text.cursor(position))

    def below(self, position: int) -> QPoint:
        """The place on the screen just below the word at a code point."""
        return self.viewport().mapToGlobal(self._box_at(position).bottomLeft() + QPoint(0, 6))

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copying takes the words from the article, where no-break spaces are still themselves."""
        data = QMimeData()
        start, end = self.selection
        data.setText(self.article.text[start:end])
        return data

    # Width, zoom, and what is in view

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_column()
        self._restyle()
        # What comes or goes above the page moves the words no more than it must.
        down, self._top = self.y() - self._top, self.y()
        bar = self.verticalScrollBar()
        if bar.value():
            bar.setValue(bar.value() + down)

    def _fit_column(self) -> None:
        """Set the column's width; only a change of it lays the text out anew."""
        character = QFontMetricsF(self.font()).averageCharWidth()
        bar = self.verticalScrollBar().sizeHint().width()
        left = column.left_margin(self.width() - bar, character)
        if left != self.viewportMargins().left():
            self.setViewportMargins(left, 0, 0, 0)
        width = column.column_width(self.viewport().width(), character)
        if width != self.lineWrapColumnOrWidth():
            self.setLineWrapColumnOrWidth(width)
            self.text.forget_lines()

    def set_zoom(self, points: float) -> None:
        """Set the reading font's size in points; the first line in view stays where it is."""
        first, place = self._first_in_view()
        self.setFont(reading_font(points))
        self._fit_column()
        self._keep_at(first, place)
        self.text.forget_lines()
        self._restyle()

    def _set_line_height(self, height: int) -> None:
        """Let the lines stand apart so far; caret and the first line in view stay."""
        if height == self._line_height:
            return
        self._line_height = height
        first, place = self._first_in_view()
        cursor = self.textCursor()
        held = cursor.anchor(), cursor.position()
        self.text.lay_out(self.font(), height)
        self._show_document()
        self._set_cursor(*held)
        self._keep_at(first, place)

    def _first_in_view(self) -> Range:
        """The code point at which the first line in view begins, and the line's height in it."""
        first = self.offsets.to_points(self.cursorForPosition(QPoint(column.GUTTER, 0)).position())
        return first, self._box_at(first).top()

    def _keep_at(self, position: int, height: int) -> None:
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self._box_at(position).top() - height)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationFontChange:
            self._restyle()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        if self.shown.selected:  # handles and connectors depend on all that is in view
            self.viewport().update()

    def in_view(self) -> Iterator[tuple[Paragraph, QPointF]]:
        """The paragraphs in view, each with its top left corner."""
        return self._between(0, self.viewport().height())

    def _between(self, top: float, bottom: float) -> Iterator[tuple[Paragraph, QPointF]]:
        scrolled = self.verticalScrollBar().value()
        for paragraph, corner in self.text.between(top + scrolled, bottom + scrolled):
            yield paragraph, corner - QPointF(0, scrolled)

    def visible_range(self) -> Range:
        """The code points from the first to the last paragraph in view."""
        lines = [paragraph.lines for paragraph, _ in self.in_view()]
        return (lines[0].start, lines[-1].end) if lines else (0, 0)

    # What lies at a place

    def chips_in_view(self) -> list[Chip]:
        """The chips beside what is in view, with their places."""
        margin = self._styled().margin
        return [
            chip._replace(box=chip.box.translated(corner))
            for paragraph, corner in self.in_view()
            for chip in paragraph.chips(margin)
        ]

    def _chip_under(self, place: QPointF) -> Chip | None:
        return next((chip for chip in self.chips_in_view() if chip.box.contains(place)), None)

    def annotations_under(self, place: QPointF) -> list[Annotation]:
        """The annotations painted at a place, shortest first, or its chip's."""
        if chip := self._chip_under(place):
            return [chip.annotation]
        found = {
            piece.annotation.id: piece.annotation
            for paragraph, corner in self.in_view()
            for piece in paragraph.pieces
            if covers(piece.box, place - corner)
        }
        return sorted(found.values(), key=lambda a: a.end - a.start)

    def marks_under(self, place: QPointF) -> list[LayerMark]:
        """What the layers have at a place, shortest first."""
        found = {
            piece.mark.annotation.id: piece.mark
            for paragraph, corner in self.in_view()
            for piece in paragraph.marks(self.shown.layers)
            if covers(piece.box, place - corner)
        }
        return sorted(found.values(), key=lambda m: m.annotation.end - m.annotation.start)

    def cut_chip_at(self, place: QPointF) -> str:
        """The whole words of the chip at a place, where it had no room for them."""
        chip = self._chip_under(place)
        words = self._styled().margin.words(chip.annotation) if chip else ""
        return "" if chip and words == chip.words else words

    def handles(self) -> mouse.Handles:
        """The handles of the selected annotation that are in view."""
        annotation = self.tagging.get(self.shown.selected)
        if annotation is None or self.shown.target:
            return {}
        (first, last), down = self.visible_range(), QPointF(0, mouse.RADIUS)
        edges: dict[Edge, int] = {"start": annotation.start, "end": annotation.end}
        found = {
            edge: QPointF(self._box_at(position).bottomLeft()) + down
            for edge, position in edges.items()
            if first <= position <= last
        }
        height = self.viewport().height()
        return {edge: place for edge, place in found.items() if 0 <= place.y() <= height}

    # Painting: fills behind the words, the words by Qt, all else over them

    def paintEvent(self, event: QPaintEvent) -> None:
        style, shown = self._styled(), self.shown
        views = list(self._views(event.rect(), shown))
        painter = QPainter(self.viewport())
        paint_behind_words(painter, views, style, shown)
        painter.end()
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        paint_over_words(painter, views, style, shown)
        if shown.selected:
            heights = linked_heights(self.in_view(), self.tagging, shown.selected)
            paint_connectors(painter, heights, self.lineWrapColumnOrWidth(), self.theme)
            paint_handles(painter, self.handles(), self.theme)
        painter.end()
        self._ahead.begin(self._look_ahead(style, shown))

    def _styled(self) -> Style:
        if self._style is None:
            edges = self.lineWrapColumnOrWidth() + column.GAP, self.viewport().width() - 4.0
            size = self.font().pointSizeF()
            self._style = new_style(self.labels, self.tagging, self.theme, size, edges)
        return self._style

    def _views(self, exposed: QRect, shown: Highlights) -> Iterator[ParagraphView]:
        """What may be seen in a part of the viewport, with room for deep lanes."""
        top, bottom = exposed.top() - column.DEEP, exposed.bottom() + column.REACH
        for paragraph, corner in self._between(top, bottom):
            if paragraph.lines.block.length() > 1:
                heights = top - corner.y(), bottom - corner.y()
                shapes = paragraph.display_list(self.theme, shown.lit, shown.problems, heights)
                yield ParagraphView(paragraph, corner, heights, shapes)

    def _look_ahead(self, style: Style, shown: Highlights) -> Iterator[None]:
        """Work out what a page up or down will show, while this one is being read."""
        height, ratio = self.viewport().height(), self.devicePixelRatioF()
        origin = QPointF(self.viewport().mapTo(self.window(), QPointF(0, 0)))
        top, bottom = -height - column.DEEP, 2 * height + column.REACH
        for paragraph, corner in self._between(top, bottom):
            heights, place = (top - corner.y(), bottom - corner.y()), (origin + corner) * ratio
            paragraph.display_list(style.theme, shown.lit, shown.problems, heights)
            screen = QTransform(ratio, 0, 0, ratio, place.x(), place.y())
            paragraph.labels(style, shown.lit, heights, grid_of(screen))
            yield

    # The mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._grip = mouse.handle_under(self.handles(), event.position())
            if self._grip:
                return
            self._pressed = event.position()
            if self._is_further_click(event):
                return
            self._let_go(event)
        super().mousePressEvent(self._on_line(event))

    def _on_line(self, event: QMouseEvent) -> QMouseEvent:
        return mouse.moved_to(event, self._nearest_line(event.position()))

    def _nearest_line(self, place: QPointF) -> QPointF:
        inside = self.viewport().rect().contains(place.toPoint())
        return mouse.nearest_line(self, place, self._line_height) if inside else place

    def _let_go(self, event: QMouseEvent) -> None:
        """A drag that begins on selected words selects anew; there is nowhere to drop them."""
        cursor = self.textCursor()
        if cursor.hasSelection() and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            bar = self.verticalScrollBar()
            place = bar.value()
            cursor.clearSelection()
            self.setTextCursor(cursor)
            bar.setValue(place)  # Qt has turned the page to where the caret was

    def _is_further_click(self, event: QMouseEvent) -> bool:
        """The third click selects the sentence, the fourth the paragraph."""
        clicks = self._further_clicks.count(event)
        if clicks == 3:
            self.select_sentence()
        elif clicks:
            self.select_paragraph()
        return bool(clicks)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self._is_further_click(event):
            return
        super().mouseDoubleClickEvent(self._on_line(event))
        self._pressed = None
        self._further_clicks.begin(event)
        if self._before_click and not self.shown.selected:
            self.words_chosen.emit(self._before_click)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._grip:
            edge, self._grip = self._grip, None
            self.handle_dragged.emit(edge, self._dropped_at(edge))
            return
        super().mouseReleaseEvent(self._on_line(event))
        pressed, self._pressed = self._pressed, None
        if event.button() is not Qt.MouseButton.LeftButton or pressed is None:
            return
        still = mouse.is_near(event.position(), pressed)
        if not still and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.words_added.emit()
        if still and not self.textCursor().hasSelection():
            self._before_click = self.shown.selected
            self.clicked.emit(self.annotations_under(event.position()))
            if marks := self.marks_under(event.position()):
                self.marks_clicked.emit(marks)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip:
            self._preview(self._grip, event.position())
            return
        super().mouseMoveEvent(self._on_line(event))
        if event.buttons() == Qt.MouseButton.NoButton:
            found = self.annotations_under(event.position())
            self._hover(found[0].id if found else "")

    def _preview(self, edge: Edge, place: QPointF) -> None:
        """While a handle is dragged, the words it would give are selected."""
        annotation = self.tagging.get(self.shown.selected)
        if annotation is not None:
            place = self._nearest_line(place - QPointF(0, mouse.RADIUS * 2))
            unit = self.cursorForPosition(place.toPoint()).position()
            fixed = annotation.end if edge == "start" else annotation.start
            self.select(fixed, self.offsets.to_points(unit))

    def _dropped_at(self, edge: Edge) -> int:
        """Where a dragged handle was let go; where it was if it never moved."""
        annotation = self.tagging.get(self.shown.selected)
        start, end = self.selection
        if annotation is None or start == end:
            edges = (annotation.start, annotation.end) if annotation else (0, 0)
            return edges[edge == "end"]
        return self.caret

    def _hover(self, annotation_id: str) -> None:
        if annotation_id != self.under_mouse:
            self.under_mouse = annotation_id
            self.hovered.emit(annotation_id)

    def event(self, event: QEvent) -> bool:
        """The wheel turns the page from the room beside it, too."""
        if isinstance(event, QWheelEvent):
            self.wheelEvent(event)
            return True
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hover("")
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = QPointF(event.pos())
            marks = "\n".join(map(self.labels.mark_words, self.marks_under(place)))
            tip = self.cut_chip_at(place) or marks
            QToolTip.showText(event.globalPos(), plain_tip(tip), self)
            return True
        return super().viewportEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        under = self.annotations_under(QPointF(event.pos()))
        self.menu_wanted.emit(event.globalPos(), under)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._turned += event.angleDelta().y()  # a touchpad sends many small turns
            steps = int(self._turned / NOTCH)
            if steps:
                self._turned -= steps * NOTCH
                self.zoom_wanted.emit(float(steps))
        else:
            super().wheelEvent(event)
