"""The source picker: a small popup at the text that asks who is cited."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QWidget

from annotator.core.sources import Registry, Source
from annotator.ui.tagging.candidates import Candidate, candidates, other_name
from annotator.ui.widgets.popup import LINE, ROW, Popup
from annotator.ui.widgets.row_model import Index, RowModel
from annotator.ui.widgets.rows import GAP, KEY, RowDelegate, paint_key, paint_quiet, paint_words

Role = Qt.ItemDataRole

WIDTH = 440

CANDIDATE = Role.UserRole


class CandidateRows(RowModel[Candidate]):
    """The candidates, and what was typed to find them."""

    typed = ""

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        candidate = self.items[index.row()]
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
    parts = (source.label, other_name(candidate, typed), source.about)
    key = f"key {source.key.upper()}" if source.key else ""
    return ", ".join(filter(None, (*parts, key)))


class CandidateDelegate(RowDelegate):
    """Paints a candidate: label and matched name, then what it is and its key at the right."""

    def paint_row(self, painter: QPainter, room: QRect, index: Index, colours: QPalette) -> None:
        candidate: Candidate = index.data(CANDIDATE)
        rows = index.model()
        assert isinstance(rows, CandidateRows)
        if candidate.source is None:
            paint_words(painter, room, spoken(candidate, rows.typed), colours)
        else:
            name = other_name(candidate, rows.typed)
            _paint_source(painter, room, candidate.source, name, colours)


def _paint_source(
    painter: QPainter, room: QRect, source: Source, name: str, colours: QPalette
) -> None:
    if source.key:
        paint_key(painter, room, source.key.upper(), colours)
    room.setRight(room.right() - KEY - GAP)
    room.setRight(room.right() - paint_quiet(painter, room, source.about, colours) - GAP)
    room.setLeft(room.left() + paint_words(painter, room, source.label, colours) + GAP)
    paint_quiet(painter, room, name, colours, Qt.AlignmentFlag.AlignLeft)


class SourcePicker(Popup):
    """Asks for a source: ``chosen`` with a known one, ``created`` with a new one's names.

    These are its name and its short one, which may be empty.
    """

    chosen = Signal(object)
    created = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._rows = CandidateRows()
        super().__init__(self._rows, parent, WIDTH)
        self.setAccessibleName("Source picker")
        self._registry = Registry()
        self._words = ""
        self._first: tuple[str, ...] = ()
        self._new: Sequence[Candidate] = ()
        self.field.setPlaceholderText("Who says it?")
        self.field.setAccessibleName("Name of the source")
        self.list.setItemDelegate(CandidateDelegate(ROW, self.list))
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
        self._rows.typed = typed
        self._rows.show(rows)
        self.choose(0)

    def accept(self, index: QModelIndex) -> None:
        """Take the source of a row."""
        candidate: Candidate = index.data(CANDIDATE)
        self.close_accepted()
        if candidate.source is None:
            self.created.emit(candidate.name, candidate.short)
        else:
            self.chosen.emit(candidate.source)
