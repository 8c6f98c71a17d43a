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
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.core.sources import Registry
from annotator.ui.tagging.candidates import Candidate, candidates, other_name
from annotator.ui.widgets.parts import about
from annotator.ui.widgets.popup import LINE, ROW, Popup
from annotator.ui.widgets.rows import (
    GAP,
    KEY,
    PAD,
    paint_ground,
    paint_key,
    paint_quiet,
    paint_words,
)

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

WIDTH = 440

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
        short = f" ({candidate.short})" if candidate.short else ""
        return f"New source “{candidate.name}{short}”"
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
        paint_ground(painter, option, index)
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


class SourcePicker(Popup):
    """Asks for a source: ``chosen`` with a known one, ``created`` with a new one's names.

    These are its name and its short one, which may be empty.
    """

    chosen = Signal(object)
    created = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._rows = _Rows()
        super().__init__(self._rows, parent, WIDTH)
        self.setAccessibleName("Source picker")
        self._registry = Registry()
        self._words = ""
        self._first: tuple[str, ...] = ()
        self._new: Sequence[Candidate] = ()
        self.field.setPlaceholderText("Who says it?")
        self.field.setAccessibleName("Name of the source")
        self.list.setItemDelegate(_Row(self.list))
        self.list.setAccessibleName("Sources")

    def open_at(
        self,
        place: QPoint,
        registry: Registry,
        words: str,
        current: str | None,
        recent: Sequence[str] = (),
        lines: int = LINE,
        room: QRect | None = None,
        new: Sequence[Candidate] = (),
    ) -> None:
        """Open below ``place`` (global) to ask who is cited in ``words``.

        Offered first are the source named in the words, ``current`` (a source's id), and
        the ids in ``recent``, last the ``new`` ones. See `Popup.open` for ``lines`` and
        ``room``.
        """
        self._registry, self._words, self._new = registry, words, new
        self._first = (*([current] if current else []), *recent)
        self.open(place, len(registry.sources) + len(new) + 1, lines, room)

    def show_rows(self, typed: str) -> None:
        """Fill the list with the sources that fit ``typed``."""
        rows = candidates(self._registry, typed, self._words, self._first, self._new)
        self._rows.show(rows, typed)
        self.choose(0)

    def accept(self, index: QModelIndex) -> None:
        """Take the source of a row."""
        candidate: Candidate = index.data(CANDIDATE)
        self.close_accepted()
        if candidate.source is None:
            self.created.emit(candidate.name, candidate.short)
        else:
            self.chosen.emit(candidate.source)
