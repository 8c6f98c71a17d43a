"""The page: the tagged article, and what mouse and caret do on it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from annotator.core.tagging import Tagging
from annotator.core.text.article import Article
from annotator.ui.page.handles import RADIUS, Edge, handle_under
from annotator.ui.page.pointing import at
from annotator.ui.page.tagged import TaggedText
from annotator.ui.widgets.plain import plain_tip
from annotator.ui.widgets.viewport import viewport_of

NOTCH = 120
"""What Qt calls one notch of a wheel, in eighths of a degree."""


class Page(TaggedText):
    """The article with its tags, and the signals of the hand on it."""

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

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.under_mouse = ""
        self._before_click = ""
        self._grip: Edge | None = None
        self._pressed: QPointF | None = None
        self._turned = 0
        self._double_click: tuple[int, QPointF] = (0, QPointF())
        viewport_of(self).setMouseTracking(True)

    def show_article(self, article: Article, tagging: Tagging) -> None:
        """Show another article with its tagging, from the top."""
        self.under_mouse = ""
        super().show_article(article, tagging)

    @property
    def under_caret(self) -> str:
        """The id of the shortest annotation that the caret stands in, empty for none."""
        found = self.tagging.at(self.caret)
        return found[0].id if found else ""

    # The mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._grip = handle_under(self.handles(), event.position())
            if self._grip:
                return
            self._pressed = event.position()
            if self._is_further_click(event):
                return
            self._let_go(event)
        super().mousePressEvent(self._on_line(event))

    def _on_line(self, event: QMouseEvent) -> QMouseEvent:
        return at(event, self.nearest_line(event.position()))

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
        super().mouseDoubleClickEvent(self._on_line(event))
        self._pressed = None
        self._double_click = (2, event.position())
        self._last_click = event.timestamp()
        if self._before_click and not self.selected:
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
        still = (event.position() - pressed).manhattanLength() < QApplication.startDragDistance()
        if not still and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.words_added.emit()
        if still and not self.textCursor().hasSelection():
            self._before_click = self.selected
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
        annotation = self.tagging.get(self.selected)
        if annotation is not None:
            place = self.nearest_line(place - QPointF(0, RADIUS * 2))
            unit = self.cursorForPosition(place.toPoint()).position()
            fixed = annotation.end if edge == "start" else annotation.start
            self.select(fixed, self.offsets.to_points(unit))

    def _dropped_at(self, edge: Edge) -> int:
        """Where a dragged handle was let go; where it was if it never moved."""
        annotation = self.tagging.get(self.selected)
        start, end = self.selection
        if annotation is None or start == end:
            edges = (annotation.start, annotation.end) if annotation else (0, 0)
            return edges[edge == "end"]
        return self.caret

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hover("")
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = QPointF(event.pos())
            marks = "\n".join(map(self.mark_words, self.marks_under(place)))
            tip = self.cut_chip_at(place) or marks
            QToolTip.showText(event.globalPos(), plain_tip(tip), self)
            return True
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
            self._turned += event.angleDelta().y()  # a touchpad sends many small turns
            steps = int(self._turned / NOTCH)
            if steps:
                self._turned -= steps * NOTCH
                self.zoom_wanted.emit(float(steps))
        else:
            super().wheelEvent(event)
