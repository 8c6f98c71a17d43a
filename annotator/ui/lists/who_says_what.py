"""Who says what: sources with their claims and quotes, beside the article."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPalette,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QComboBox, QWidget

from annotator.core.chains.who_says import Heading, Voice, chains_of, reached_through, touched_by
from annotator.core.change import Change
from annotator.core.model import Annotation, Kind
from annotator.core.sources import Registry
from annotator.core.tagging import Tagging
from annotator.ui.lists.said_lines import Line
from annotator.ui.lists.said_rows import LINE, By, Place, SaidRows
from annotator.ui.sources.colours import DOT, paint_dot, shade
from annotator.ui.theme import LIGHT, Theme, palette
from annotator.ui.widgets.boxes import in_column
from annotator.ui.widgets.painted_list import PaintedLines, badge_width, delegate_for, paint_badge
from annotator.ui.widgets.plain import PlainLabel
from annotator.ui.widgets.quiet import quieted
from annotator.ui.widgets.row_model import Index
from annotator.ui.widgets.rows import PAD, RowDelegate, paint_quiet, paint_words, small
from annotator.ui.widgets.slices import Slices

ROW = 22
STEP = 18
"""Pixels that each depth is further in."""

GAP = 6
LEFT = Qt.AlignmentFlag.AlignLeft
MANY = 200
"""Claims and quotes from which on reading all anew is cheaper than one after the other."""


class SaidDelegate(RowDelegate):
    """Paints a line: bold headings, below them what is said; badges keep their room."""

    theme = LIGHT

    def paint_row(self, painter: QPainter, room: QRect, index: Index, colours: QPalette) -> None:
        line = index.data(LINE)
        room = room.adjusted(-PAD // 2, 0, PAD // 2, 0)
        if line.mark:
            self._paint_said(painter, room, line, colours)
        else:
            self._paint_heading(painter, room, line, colours)

    def _paint_heading(self, painter: QPainter, room: QRect, line: Line, colours: QPalette) -> None:
        plain, bold = QFont(painter.font()), QFont(painter.font())
        bold.setBold(True)
        painter.setFont(bold)
        if line.colour:
            place = QPointF(room.left() + DOT / 2, room.center().y() + 0.5)
            paint_dot(painter, place, shade(line.colour, self.theme))
            room.setLeft(room.left() + DOT + GAP)
        space = _less(room, _width_of(line.badges, plain))
        show = paint_words if line.is_source else _paint_as_quiet
        left = room.left() + show(painter, space, line.words, colours) + GAP
        painter.setFont(plain)
        if line.quiet and left < space.right():
            space.setLeft(left)
            left += paint_quiet(painter, space, line.quiet, colours, LEFT) + GAP
        _paint_badges(painter, room, left, line.badges, colours)

    def _paint_said(self, painter: QPainter, room: QRect, line: Line, colours: QPalette) -> None:
        room.setLeft(room.left() + STEP * (line.has_heading + line.depth))
        if line.quiet:
            width = min(room.width() * 2 // 5, _width(line.quiet, small(painter.font())))
            aside = QRect(room.right() - width, room.top(), width + 1, room.height())
            paint_quiet(painter, aside, line.quiet, colours)
            room.setRight(aside.left() - GAP)
        space = _less(room, _width_of(line.badges, painter.font()))
        taken = paint_words(painter, space, f"{line.mark} {line.words}", colours)
        _paint_badges(painter, room, room.left() + taken + GAP, line.badges, colours)


def _width(words: str, font: QFont) -> int:
    return QFontMetrics(font).horizontalAdvance(words)


def _width_of(badges: tuple[str, ...], font: QFont) -> int:
    metrics = QFontMetrics(small(font))
    return sum(badge_width(metrics, words) + GAP for words in badges)


def _less(room: QRect, pixels: int) -> QRect:
    return room.adjusted(0, 0, -min(pixels, room.width() * 2 // 3), 0)


def _paint_as_quiet(painter: QPainter, room: QRect, words: str, colours: QPalette) -> int:
    quiet = QPalette(colours)
    quiet.setColor(QPalette.ColorRole.Text, colours.color(QPalette.ColorRole.PlaceholderText))
    return paint_words(painter, room, words, quiet)


def _paint_badges(
    painter: QPainter, room: QRect, left: int, badges: tuple[str, ...], colours: QPalette
) -> None:
    for words in badges:
        space = QRect(left, room.top(), room.right() - left, room.height())
        left += paint_badge(painter, space, words, colours) + GAP


class SaidList(PaintedLines):
    """Left and right fold a group and open it again."""

    folding = Signal(int, bool)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and row >= 0:
            self.folding.emit(row, event.key() == Qt.Key.Key_Left)
        else:
            super().keyPressEvent(event)


class WhoSaysWhat(QWidget):
    """Shows who says what. Nothing is worked out while it cannot be seen."""

    picked = Signal(str)
    """The id of the annotation to go to."""

    left = Signal()
    """Back to the text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Who says what")
        self._tagging = Tagging()
        self._selected = ""
        self._stale = False
        self._top: Place | None = None
        self._rows = SaidRows()
        self._slices = Slices(self)
        self.by = QComboBox()
        self.by.setAccessibleName("Group by")
        self.by.addItems(list(By))
        self.lines = SaidList("List of who says what", self._rows, ROW)
        self._row = SaidDelegate(ROW)
        delegate_for(self.lines, self._row)
        self.nothing = quieted(PlainLabel("No claims or quotes yet."))
        self.nothing.hide()
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.lines)

    def _lay_out(self) -> None:
        parts = self.by, self.nothing, (self.lines, 1)
        box = in_column(*parts, inside=self, around=(8, 8, 8, 8), gap=6)
        box.setAlignment(self.by, Qt.AlignmentFlag.AlignLeft)

    def _connect(self) -> None:
        self.by.currentTextChanged.connect(lambda chosen: self._rows.group_by(By(chosen)))
        for signal in (self.lines.clicked, self.lines.entered_on):
            signal.connect(lambda index: self._go(index.row()))
        self.lines.moved.connect(lambda index: self._follow(index.row()))
        for signal in (self.lines.entered_on, self.lines.left):
            signal.connect(self.left)
        self.lines.folding.connect(self._fold)
        self.lines.doubleClicked.connect(lambda index: self._turn(index.row()))
        self._rows.modelAboutToBeReset.connect(self._keep_top)
        self._rows.modelReset.connect(self._restore_top)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self._row.theme = theme
        self.setPalette(palette(theme))

    def sizeHint(self) -> QSize:
        return QSize(320, 240)

    # What it shows

    def show_tagging(self, tagging: Tagging, registry: Registry) -> None:
        """Show another tagging, which stays live: see `show_change`."""
        self._tagging, self._rows.registry, self._selected = tagging, registry, ""
        self._rows.clear()
        self._show_nothing()
        self._read()

    def show_change(self, change: Change, registry: Registry) -> None:
        """Follow a change that the tagging has applied."""
        self._show_nothing()
        if registry is not self._rows.registry:
            self._rows.registry = registry
            self.lines.viewport().update()
        ids = touched_by(change, self._tagging) if self.isVisible() else frozenset()
        if not self.isVisible() or self._slices.under_way or len(ids) > MANY:
            self._read()
            return
        self._rows.update(ids)
        if self._selected in ids:
            self._mark()

    def _show_nothing(self) -> None:
        said = self._tagging.count(Kind.CLAIM) + self._tagging.count(Kind.QUOTE)
        self.nothing.setVisible(not said)

    def show_selected(self, annotation_id: str) -> None:
        """Mark what is selected: its line, or for an attribution the heading of its chain.

        One that nothing is said by has none; it is shown by the first that comes through it.
        """
        self._selected = annotation_id
        self._mark()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._read()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.by.setMaximumWidth(self.width() // 2)

    def _read(self) -> None:
        """Read the tagging when there is somebody to see it: what is small now, so that it is
        there at once; what is large in slices, so that the text need not wait for it.
        """
        self._stale = not self.isVisible()
        begun = self._slices.under_way
        self._slices.stop()
        if not self._stale:
            self._slices.begin(self._rows.read(self._tagging))
            if not begun and len(self._tagging) <= MANY:
                self._slices.go_on()

    def _mark(self) -> None:
        row = self.lines.currentIndex().row()
        if row >= 0 and self._selected and self._rows.place_at(row)[1] == self._selected:
            self.lines.mark(row)
        else:
            self.lines.mark(self._row_of_selected())

    def _row_of_selected(self) -> int | None:
        annotation = self._tagging.get(self._selected)
        if annotation is None or annotation.kind is not Kind.ATTRIBUTION:
            return self._rows.row_of_said(self._selected)
        through = reached_through([annotation], self._tagging)
        rows = (self._row_of_chain(one) for one in through)
        return next((row for row in rows if row is not None), None)

    def _row_of_chain(self, attribution: Annotation) -> int | None:
        (links,) = chains_of(self._tagging, attribution)
        source, *relays = (link.source for link in links)
        return self._rows.row_of_heading(Heading(Voice.SOURCE, source, tuple(relays)))

    def _keep_top(self) -> None:
        row = self.lines.rowAt(0)
        self._top = self._rows.place_at(row) if row >= 0 else None

    def _restore_top(self) -> None:
        row = self._rows.row_of(self._top) if self._top else None
        self._mark()
        if row is not None:
            top = self.lines.ScrollHint.PositionAtTop
            self.lines.scrollTo(self._rows.index(row), top)

    # Where it leads

    def _follow(self, row: int) -> None:
        """The keyboard has come to a line: the text follows, but not to each heading."""
        if self._rows.place_at(row)[1]:
            self._go(row)

    def _go(self, row: int) -> None:
        annotation_id = self._rows.place_at(row)[1]
        self.picked.emit(annotation_id or self._said_first(row))

    def _said_first(self, row: int) -> str:
        """Where a heading leads: to the words by which the first thing below it is attributed."""
        heading, _ = self._rows.place_at(row)
        first, whole = self._rows.first_of(heading)
        assert first is not None
        for one in chains_of(self._tagging, first):
            if whole and tuple(link.source for link in one) == (whole.source, *whole.relays):
                return one[0].id
        return first.id

    def _fold(self, row: int, folded: bool) -> None:
        heading = self._rows.place_at(row)[0]
        self._rows.fold(row, folded)
        if folded and heading is not None:
            self.lines.mark(self._rows.row_of((heading, "")))

    def _turn(self, row: int) -> None:
        """A double click on a heading folds its group, or opens it again."""
        if not self._rows.place_at(row)[1]:
            self._fold(row, not self._rows.is_folded(row))
