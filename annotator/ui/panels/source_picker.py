"""The source picker: a small popup at the text that asks who is cited."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotator.core.sources import Registry
from annotator.ui.panels.candidates import Candidate, candidates, other_name
from annotator.ui.panels.parts import about
from annotator.ui.panels.rows import (
    GAP,
    KEY,
    PAD,
    paint_ground,
    paint_key,
    paint_quiet,
    paint_words,
)
from annotator.ui.theme import Theme, palette

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

WIDTH = 440
VISIBLE = 8
FIELD = 28
ROW = 28
EDGE = 6
LINE = 36
"""Pixels that the words themselves may take, when the picker has to go above them."""

CANDIDATE = Role.UserRole


class _Rows(QAbstractListModel):
    """The candidates, and what was typed to find them."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Candidate] = []
        self.typed = ""

    def show(self, rows: list[Candidate], typed: str) -> None:
        self.beginResetModel()
        self._rows, self.typed = rows, typed
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        candidate = self._rows[index.row()]
        if role == CANDIDATE:
            return candidate
        if role in (Role.DisplayRole, Role.AccessibleTextRole):
            return spoken(candidate, self.typed)
        return None


def spoken(candidate: Candidate, typed: str) -> str:
    """All that a row shows, as one line of words."""
    source = candidate.source
    if source is None:
        return f"New source “{candidate.name}”"
    parts = (source.label, other_name(candidate, typed), about(source))
    key = f"key {source.key.upper()}" if source.key else ""
    return ", ".join(filter(None, (*parts, key)))


class _Row(QStyledItemDelegate):
    """Paints a candidate: label and matched name, then what it is and its key at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        candidate: Candidate = index.data(CANDIDATE)
        rows = index.model()
        assert isinstance(rows, _Rows)
        painter.setFont(option.font)
        paint_ground(painter, option)
        room = option.rect.adjusted(PAD, 0, -PAD, 0)
        if candidate.source is None:
            paint_words(painter, room, spoken(candidate, rows.typed), option.palette)
        else:
            _paint_source(painter, room, option, candidate, other_name(candidate, rows.typed))


def _paint_source(
    painter: QPainter,
    room: QRect,
    option: QStyleOptionViewItem,
    candidate: Candidate,
    name: str,
) -> None:
    source, colors = candidate.source, option.palette
    assert source is not None
    if source.key:
        paint_key(painter, room, source.key, colors)
    room.setRight(room.right() - KEY - GAP)
    room.setRight(room.right() - paint_quiet(painter, room, about(source), colors) - GAP)
    room.setLeft(room.left() + paint_words(painter, room, source.label, colors) + GAP)
    paint_quiet(painter, room, name, colors, Qt.AlignmentFlag.AlignLeft)


class SourcePicker(QFrame):
    """Asks for a source: ``chosen`` with a known one, ``created`` with a new one's name.

    ``cancelled`` when it closes with neither.
    """

    chosen = Signal(object)
    created = Signal(str)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAccessibleName("Source picker")
        self._registry = Registry()
        self._words = ""
        self._first: tuple[str, ...] = ()
        self._asking = False
        self._rows = _Rows()
        self.field = _make_field()
        self.list = _make_list(self._rows)
        box = QVBoxLayout(self)
        box.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        box.setSpacing(GAP)
        box.addWidget(self.field)
        box.addWidget(self.list)
        self.field.textEdited.connect(self._show_rows)
        self.list.clicked.connect(self._accept)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self.setPalette(palette(theme))

    def open_at(
        self,
        place: QPoint,
        registry: Registry,
        words: str,
        current: str | None,
        recent: Sequence[str] = (),
    ) -> None:
        """Open below ``place`` (global) to ask who is cited in ``words``.

        Offered first are the source named in the words, ``current`` (a source's id), and
        the ids in ``recent``.
        """
        self._registry, self._words = registry, words
        self._first = (*([current] if current else []), *recent)
        self.field.clear()
        self._show_rows("")
        self._take_size()
        self.move(self._inside_screen(place))
        self._asking = True
        self.show()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that the field leaves to us."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        steps |= {Qt.Key.Key_PageDown: VISIBLE, Qt.Key.Key_PageUp: -VISIBLE}
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._accept(self.list.currentIndex())
        elif step := steps.get(Qt.Key(event.key())):
            self._choose(self.list.currentIndex().row() + step)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._asking:
            self._asking = False
            self.cancelled.emit()

    def _show_rows(self, typed: str) -> None:
        self._rows.show(candidates(self._registry, typed, self._words, self._first), typed)
        self._choose(0)

    def _choose(self, row: int) -> None:
        last = self._rows.rowCount() - 1
        self.list.setCurrentIndex(self._rows.index(max(0, min(row, last))))

    def _accept(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        candidate: Candidate = index.data(CANDIDATE)
        self._asking = False
        self.close()
        if candidate.source is None:
            self.created.emit(candidate.name)
        else:
            self.chosen.emit(candidate.source)

    def _take_size(self) -> None:
        # One size for as long as it is open: a popup that breathes with each key is restless.
        rows = min(VISIBLE, len(self._registry.sources) + 1)
        self.list.setFixedHeight(rows * ROW)
        self.setFixedSize(WIDTH, FIELD + rows * ROW + 2 * EDGE + GAP)

    def _inside_screen(self, place: QPoint) -> QPoint:
        screen = self.screen().virtualSiblingAt(place) or self.screen()
        room = screen.availableGeometry()
        left = max(room.left(), min(place.x(), room.right() - self.width() + 1))
        below = place.y() + self.height() <= room.bottom() + 1
        top = place.y() if below else place.y() - LINE - self.height()
        lowest = room.bottom() - self.height() + 1
        return QPoint(left, max(room.top(), min(top, lowest)))


def _make_field() -> QLineEdit:
    field = QLineEdit()
    field.setPlaceholderText("Who says it?")
    field.setAccessibleName("Name of the source")
    field.setTextMargins(4, 2, 4, 2)
    field.setFixedHeight(FIELD)
    return field


def _make_list(rows: _Rows) -> QListView:
    view = QListView()
    view.setModel(rows)
    view.setItemDelegate(_Row(view))
    view.setAccessibleName("Sources")
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setUniformItemSizes(True)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    # The field keeps the keyboard. The mouse chooses by click only: it lies where the words
    # were selected, under the popup, and its slightest move would choose another source.
    view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    view.viewport().setAutoFillBackground(False)
    return view
