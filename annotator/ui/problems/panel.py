"""Problems: what is still open in the article, each with what mends it, or an answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from annotator.core.model import Answer
from annotator.ui.problems.rows import LINE, ListedProblem, ProblemLine, ProblemRows
from annotator.ui.theme import Theme, palette
from annotator.ui.widgets.boxes import TIGHT, in_column, in_row
from annotator.ui.widgets.line_edits import WritingField
from annotator.ui.widgets.painted_list import PaintedLines, delegate_for
from annotator.ui.widgets.plain import PlainLabel
from annotator.ui.widgets.quiet import quieted
from annotator.ui.widgets.row_model import Index
from annotator.ui.widgets.rows import PAD, RowDelegate, paint_quiet, paint_words

if TYPE_CHECKING:
    from annotator.core.checks.problem import Problem

ROW = 42
LEFT = Qt.AlignmentFlag.AlignLeft
NOT_HERE = "Not a problem here…"
TAKE_BACK = "A problem after all"


class ProblemDelegate(RowDelegate):
    """Paints a problem in two lines; what Enter does stands at the right of the first."""

    def paint_row(self, painter: QPainter, room: QRect, index: Index, colours: QPalette) -> None:
        line = index.data(LINE)
        room = room.adjusted(0, 3, 0, -3)
        middle = room.top() + room.height() // 2
        upper, lower = QRect(room), QRect(room)
        upper.setBottom(middle)
        lower.setTop(middle)
        self._paint_words(painter, upper, line, colours)
        paint_quiet(painter, lower, line.sentence, colours, LEFT)

    def _paint_words(
        self, painter: QPainter, room: QRect, line: ProblemLine, colours: QPalette
    ) -> None:
        if line.fix:
            accent = QPalette(colours)
            link = colours.color(QPalette.ColorRole.Link)
            accent.setColor(QPalette.ColorRole.PlaceholderText, link)
            taken = paint_quiet(painter, room, f"{line.fix} ⏎", accent)
            room.setRight(room.right() - taken - PAD)
        if line.is_answered:
            paint_quiet(painter, room, line.words, colours, LEFT)
        else:
            paint_words(painter, room, line.words, colours)


class ProblemList(PaintedLines):
    """N answers a problem, or takes the answer back."""

    answering = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_N and self.currentIndex().isValid():
            self.answering.emit()
        else:
            super().keyPressEvent(event)


class Problems(QWidget):
    """Lists the problems in text order."""

    mended = Signal(object)
    """The problem that Enter was pressed on: to be mended where that is obvious."""

    picked = Signal(object)
    """The problem to go to."""

    answered = Signal(object, str)
    """A problem, and the reason why it is none here."""

    taken_back = Signal(object)
    """The answer that is to stand no longer."""

    left = Signal()
    """Back to the text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Problems")
        self._open: Sequence[Problem] = ()
        self._answered: Sequence[tuple[Problem, Answer]] = ()
        self._asked: Problem | None = None
        self._selected = ""
        self._rows = ProblemRows()
        self.lines = ProblemList("List of problems", self._rows, ROW)
        delegate_for(self.lines, ProblemDelegate(ROW))
        self.nothing = quieted(PlainLabel("No problems."))
        self.reason = WritingField()
        self.reason.setPlaceholderText("Why is this not a problem here?")
        self.reason.setAccessibleName("Why this is not a problem here")
        self.answer = QPushButton(NOT_HERE)
        self.show_answered = QPushButton()
        self.answer.setAccessibleName(NOT_HERE)
        self.show_answered.setAccessibleName("Show answered")
        self.show_answered.setCheckable(True)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.lines)
        self.show_problems((), ())

    def _lay_out(self) -> None:
        for button in (self.answer, self.show_answered):
            button.setObjectName("quietButton")
        below = in_row(self.answer, 0, self.show_answered, around=TIGHT)
        parts = self.nothing, (self.lines, 1), self.reason, below
        in_column(*parts, inside=self, around=(8, 8, 8, 8), gap=6)
        self.reason.hide()

    def _connect(self) -> None:
        self.lines.clicked.connect(lambda index: self.picked.emit(self._item(index).problem))
        self.lines.moved.connect(lambda index: self.picked.emit(self._item(index).problem))
        self.lines.entered_on.connect(self._enter)
        self.lines.answering.connect(self.begin_answer)
        self.lines.left.connect(self.left)
        self.lines.selectionModel().selectionChanged.connect(lambda *_: self._name_buttons())
        self.lines.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.lines.customContextMenuRequested.connect(self._open_menu)
        self.answer.clicked.connect(self.begin_answer)
        self.show_answered.toggled.connect(lambda _: self._show())
        self.reason.returnPressed.connect(self._answer)
        self.reason.given_up.connect(self._end_answer)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self.setPalette(palette(theme))

    def sizeHint(self) -> QSize:
        return QSize(320, 240)

    # What it shows

    def show_what(
        self, fix_label: Callable[[Problem], str], mark: Callable[[Problem], str]
    ) -> None:
        """Say how a problem's fix is called (empty for none), and which sign its kind has."""
        self._rows.fix_label, self._rows.mark = fix_label, mark

    def show_problems(
        self, unsolved: Sequence[Problem], answered: Sequence[tuple[Problem, Answer]]
    ) -> None:
        """Show what is open, in the order given, and what was answered if that is wanted."""
        self._open, self._answered = unsolved, answered
        self.show_answered.setText(f"Show answered ({len(answered):,})")
        self.show_answered.setVisible(bool(answered))
        self._show()

    def show_selected(self, annotation_id: str) -> None:
        """Mark the row about an annotation; none where it has no problem."""
        self._selected = annotation_id
        index = self.lines.currentIndex()
        if not annotation_id or (
            index.isValid() and annotation_id in self._item(index).problem.ids
        ):
            return
        self.lines.mark(self._rows.row_about(annotation_id))
        self._name_buttons()

    def _show(self) -> None:
        items = [ListedProblem(problem) for problem in self._open]
        if self.show_answered.isChecked():
            items += [ListedProblem(problem, answer) for problem, answer in self._answered]
        self._rows.show(items)
        if not self.lines.hasFocus():
            self.lines.mark(self._rows.row_about(self._selected))
        self.nothing.setVisible(not items)
        self.answer.setVisible(bool(items))
        self._name_buttons()

    def _name_buttons(self) -> None:
        item = self._current()
        self.answer.setText(TAKE_BACK if item and item.answer else NOT_HERE)
        self.answer.setEnabled(item is not None)

    def _item(self, index: QModelIndex) -> ListedProblem:
        return self._rows.items[index.row()]

    def _current(self) -> ListedProblem | None:
        chosen = self.lines.selectedIndexes()
        return self._item(chosen[0]) if chosen else None

    # What is done with it

    def _enter(self, index: QModelIndex) -> None:
        item = self._item(index)
        (self.picked if item.answer else self.mended).emit(item.problem)

    def begin_answer(self) -> None:
        """Ask for the reason why the chosen problem is none; or take its answer back."""
        item = self._current()
        if item and item.answer:
            self.taken_back.emit(item.answer)
        elif item:
            self._asked = item.problem
            self.reason.clear()
            self.reason.show()
            self.reason.setFocus()

    def _answer(self) -> None:
        problem, reason = self._asked, self.reason.text().strip()
        if problem and reason:
            self._end_answer()
            self.answered.emit(problem, reason)

    def _end_answer(self) -> None:
        self._asked = None
        self.reason.hide()
        self.lines.setFocus()

    def _open_menu(self, place: QPoint) -> None:
        index = self.lines.indexAt(place)
        if index.isValid():
            menu = self.menu_for(index)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.lines.viewport().mapToGlobal(place))

    def menu_for(self, index: QModelIndex) -> QMenu:
        """What can be done with the problem in a row."""
        item = self._item(index)
        self.lines.setCurrentIndex(index)
        menu = QMenu(self)
        fix = "" if item.answer else self._rows.label_of(item.problem)
        if fix:
            menu.addAction(fix.capitalize(), lambda: self.mended.emit(item.problem))
        menu.addAction("Go there", lambda: self.picked.emit(item.problem))
        menu.addAction(TAKE_BACK if item.answer else NOT_HERE, self.begin_answer)
        return menu
