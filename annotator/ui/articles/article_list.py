"""The folder's articles, each with how far it is; below them who has tagged the open one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import QFrame, QListView, QWidget

from annotator.core.display_text import count, escaped, shown_name
from annotator.core.errors import AnnotatorError
from annotator.core.model import Kind
from annotator.core.sources import fold
from annotator.storage.folder import ArticleState, Stage
from annotator.ui.articles.annotators import Annotators
from annotator.ui.theme import LIGHT, Theme, palette
from annotator.ui.widgets.boxes import in_column
from annotator.ui.widgets.line_edits import filter_field
from annotator.ui.widgets.plain import plain_tip
from annotator.ui.widgets.quiet import heading
from annotator.ui.widgets.row_model import Index, RowModel
from annotator.ui.widgets.rows import GAP, RowDelegate, paint_quiet, paint_words
from annotator.ui.widgets.viewport import viewport_of

Role = Qt.ItemDataRole
StateOf = Callable[[Path], ArticleState]

FILTERED = 8
"""Articles from which on a filter is worth its room."""

ROW = 27
DOT = 4.0
PATH = Role.UserRole


def state_words(state: ArticleState | None) -> str:
    """How far an article is, in a word or two; None for one that cannot be read."""
    if state is None:
        return "unreadable"
    if state.stage is Stage.UNTOUCHED:
        return "–"
    if state.stage is Stage.IN_PROGRESS:
        return count(state.count, "tag")
    return state.stage.value


def live_state(former: ArticleState | None, done: bool, count: int) -> ArticleState:
    """How far an article is with what is not saved yet; a review stays one."""
    if former is not None and former.stage is Stage.REVIEWED:
        return ArticleState(Stage.REVIEWED, count)
    return ArticleState(Stage.DONE if done else Stage.IN_PROGRESS, count)


class ArticleRows(RowModel[Path]):
    """The articles that pass the filter; each one's state is asked for when it is first shown."""

    def __init__(self) -> None:
        super().__init__()
        self._articles: list[tuple[str, Path]] = []
        self._state_of: StateOf = lambda path: ArticleState(Stage.UNTOUCHED, 0)
        self._states: dict[Path, ArticleState | None] = {}

    def show_folder(self, articles: Sequence[Path], state_of: StateOf, typed: str) -> None:
        self._articles = [(fold(path.stem), path) for path in articles]
        self._state_of = state_of
        self._states.clear()
        self.filter(typed)

    def filter(self, typed: str) -> None:
        wanted = fold(typed.strip())
        self.show([path for name, path in self._articles if wanted in name])

    def refresh(self, path: Path) -> None:
        self._states.pop(path, None)
        self._repaint(path)

    def follow(self, path: Path, done: bool, count: int) -> None:
        former = self._states.get(path)
        new = live_state(former, done, count)
        if new != former:
            self._states[path] = new
            self._repaint(path)

    def _repaint(self, path: Path) -> None:
        if path in self.items:
            row = self.index(self.items.index(path))
            self.dataChanged.emit(row, row)

    def state(self, path: Path) -> ArticleState | None:
        if path not in self._states:
            try:
                self._states[path] = self._state_of(path)
            except AnnotatorError:
                # Opening the article will tell what is wrong; the list only marks it.
                self._states[path] = None
        return self._states[path]

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        path = self.items[index.row()]
        if role == Role.DisplayRole:
            return shown_name(path.stem)
        if role == Role.ToolTipRole:
            return plain_tip(escaped(path.name))
        if role == Role.AccessibleTextRole:
            state = state_words(self.state(path)).replace("–", "untouched")
            return f"{shown_name(path.stem)}, {state}"
        return path if role == PATH else None


class ArticleDelegate(RowDelegate):
    """Paints an article: a dot for its state, its name, and its state in words."""

    theme = LIGHT

    def paint_row(self, painter: QPainter, room: QRect, index: Index, colours: QPalette) -> None:
        rows, path = index.model(), index.data(PATH)
        assert isinstance(rows, ArticleRows)
        state = rows.state(path)
        self._paint_dot(painter, QPointF(room.left() + DOT, room.center().y() + 0.5), state)
        room.setLeft(room.left() + 2 * int(DOT) + GAP)
        taken = paint_quiet(painter, room, state_words(state), colours)
        left = room.adjusted(0, 0, -taken - GAP, 0)
        # Names that begin alike are told apart by their ends.
        paint_words(painter, left, index.data(), colours, Qt.TextElideMode.ElideMiddle)

    def _paint_dot(self, painter: QPainter, center: QPointF, state: ArticleState | None) -> None:
        theme = self.theme
        colors = {
            Stage.IN_PROGRESS: theme.kinds[Kind.CLAIM].line,
            Stage.DONE: theme.kinds[Kind.ATTRIBUTION].line,
            Stage.REVIEWED: theme.accent,
        }
        color = colors.get(state.stage) if state else theme.problem
        painter.setPen(Qt.PenStyle.NoPen if color else QPen(theme.quiet, 1))
        painter.setBrush(color if color else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(center, DOT, DOT)


class ArticleView(QListView):
    """A list that tells when Enter is pressed, on every system alike."""

    entered_on = Signal(QModelIndex)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.entered_on.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class ArticleList(QWidget):
    """Lists the articles; ``chosen`` carries the path of the one to open."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Articles")
        self._articles: list[Path] = []
        self._current: Path | None = None
        self._rows = ArticleRows()
        self._delegate = ArticleDelegate(ROW, self)
        self.filter = filter_field("Filter articles…")
        self.filter.hide()
        self.list = _make_list(self._rows, self._delegate)
        self.annotators = Annotators()
        parts = heading("Articles"), self.filter, (self.list, 1), self.annotators, 0
        in_column(*parts, inside=self, around=(10, 12, 10, 8), gap=8)
        self.filter.textChanged.connect(self._filter)
        for signal in (self.list.clicked, self.list.entered_on):
            signal.connect(lambda index: self.chosen.emit(index.data(PATH)))

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self.setPalette(palette(theme))
        self.annotators.set_theme(theme)
        self._delegate.theme = theme
        self.list.viewport().update()

    def show_folder(
        self, articles: Sequence[Path], current: Path | None, state_of: StateOf
    ) -> None:
        """Show a folder's articles in the order given, and mark the ``current`` one.

        ``state_of`` is asked for what is on the screen only, and once (see `refresh`).
        """
        if list(articles) != self._articles:
            self.filter.clear()
        self._articles, self._current = list(articles), current
        self.filter.setVisible(len(articles) >= FILTERED)
        self._rows.show_folder(articles, state_of, self.filter.text())
        self._mark_current()

    def refresh(self, path: Path) -> None:
        """Forget how far an article was; it is asked for again."""
        self._rows.refresh(path)

    def follow(self, path: Path, done: bool, count: int) -> None:
        """Show how far an article is that is being worked on and not saved yet."""
        self._rows.follow(path, done, count)

    def step(self, by: int) -> Path | None:
        """The next (+1) or previous (-1) article among those shown, if there is one."""
        shown = set(self._rows.items)
        at = self._articles.index(self._current) if self._current in self._articles else -1
        ahead = self._articles[at + 1 :] if by > 0 else self._articles[: max(at, 0)][::-1]
        return next((path for path in ahead if path in shown), None)

    def sizeHint(self) -> QSize:
        return QSize(200, 400)

    def _filter(self, typed: str) -> None:
        self._rows.filter(typed)
        self._mark_current()

    def _mark_current(self) -> None:
        # No higher than its rows, so that the annotators stand right below them.
        self.list.setMaximumHeight(ROW * max(1, len(self._rows.items)) + 2)
        if self._current in self._rows.items:
            self.list.setCurrentIndex(self._rows.index(self._rows.items.index(self._current)))


def _make_list(rows: ArticleRows, delegate: ArticleDelegate) -> ArticleView:
    view = ArticleView()
    view.setModel(rows)
    view.setItemDelegate(delegate)
    view.setAccessibleName("List of articles")
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setUniformItemSizes(True)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    viewport_of(view).setAutoFillBackground(False)
    return view
