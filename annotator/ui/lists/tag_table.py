"""The table of all tags as a model: its own order and filter, so that a change costs its rows."""

from __future__ import annotations

from bisect import bisect_left, insort
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from annotator.core.chains.who_says import DECISIONS
from annotator.core.change import Change
from annotator.core.display_text import one_line
from annotator.core.model import Annotation, Kind, text_order
from annotator.core.sources import Registry, fold
from annotator.core.tagging import Tagging
from annotator.ui.theme import LIGHT, MARKS, Theme
from annotator.ui.widgets.plain import plain_tip

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
Key = tuple[Any, ...]
"""What rows are sorted by: the folded words of a column, if by one, and the text order,
which ends in the annotation's id.
"""

MANY = 200
"""Rows from which on showing everything anew is cheaper than row by row."""


class Column(IntEnum):
    """The columns from left to right."""

    KIND = 0
    WORDS = 1
    SOURCE = 2
    NOTE = 3


class TagTable(QAbstractTableModel):
    """The annotations that pass the filter, in text order or sorted by a column.

    A proxy would ask Python for every comparison; here rows stand in a sorted list of keys,
    and a change removes and inserts its own rows by bisection.
    """

    def __init__(self) -> None:
        super().__init__()
        self._tagging = Tagging()
        self._registry = Registry()
        self._theme = LIGHT
        self._wanted = ""
        self._column: Column | None = None
        self._reverse = False
        self._rows: list[Key] = []
        self._keys: dict[str, Key] = {}
        self._haystacks: dict[str, str] = {}

    # What it shows

    def show_tagging(self, tagging: Tagging, registry: Registry) -> None:
        """Show another tagging."""
        self._tagging, self._registry = tagging, registry
        self._haystacks.clear()
        self._fill()

    def show_change(self, change: Change, registry: Registry) -> None:
        """Follow a change that the tagging has applied; only the rows it concerns are touched."""
        self._registry = registry
        concerned = self._concerned(change)
        for annotation_id in concerned:
            self._haystacks.pop(annotation_id, None)
        if len(concerned) > MANY:
            self._fill()
            return
        for annotation_id in concerned:
            self._update(annotation_id)

    def set_theme(self, theme: Theme) -> None:
        """Show the kinds in the colours of another theme."""
        self._theme = theme
        if self._rows:
            last = len(self._rows) - 1
            self.dataChanged.emit(self.index(0, 0), self.index(last, 0), [Role.ForegroundRole])

    def set_filter(self, typed: str) -> None:
        """Show only what has ``typed`` in its words, source, kind or note."""
        self._wanted = fold(typed.strip())
        self._fill()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 for text order."""
        self._column = Column(column) if column >= 0 else None
        self._reverse = self._column is not None and order == Qt.SortOrder.DescendingOrder
        self._fill()

    def row_of(self, annotation_id: str) -> int | None:
        """The row of an annotation, or None when it is not shown."""
        key = self._keys.get(annotation_id)
        return None if key is None else self._flipped(bisect_left(self._rows, key))

    def id_at(self, row: int) -> str:
        """The id of the annotation in a row."""
        annotation_id: str = self._rows[self._flipped(row)][-1]
        return annotation_id

    # What Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        if role == Role.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return Column(section).name.capitalize()
        return super().headerData(section, orientation, role)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        annotation = self._tagging.get(self.id_at(index.row()))
        if annotation is None:
            return None
        column = Column(index.column())
        if role == Role.DisplayRole:
            return one_line(self._text(annotation, column))
        if role == Role.ToolTipRole:
            return plain_tip(one_line(self._text(annotation, column), 1000))
        if role == Role.ForegroundRole and column is Column.KIND:
            return self._hue(annotation.kind)
        return None

    # How

    def _hue(self, kind: Kind) -> QColor:
        return self._theme.kinds[kind].line

    def _text(self, annotation: Annotation, column: Column) -> str:
        if column is Column.KIND:
            return f"{MARKS[annotation.kind]} {annotation.kind}"
        if column is Column.WORDS:
            return annotation.words
        return self._source(annotation) if column is Column.SOURCE else annotation.note or ""

    def _source(self, annotation: Annotation) -> str:
        """The source of an attribution; for a claim or quote, of whoever says it."""
        if annotation.kind is Kind.ATTRIBUTION:
            return self._registry.label(annotation.source)
        if annotation.unattributed:
            return DECISIONS[annotation.unattributed]
        said_by = self._tagging.attributions_of(annotation.id)
        return ", ".join(dict.fromkeys(self._registry.label(a.source) for a in said_by))

    def _concerned(self, change: Change) -> list[str]:
        """The touched annotations, what they say (its source is shown, too), and whoever
        has a source that is now called otherwise.
        """
        touched = dict.fromkeys(change.touched)
        for annotation in (*change.before, *change.after):
            touched |= dict.fromkeys(annotation.content)
        renamed = {source.id for source in change.sources.before}
        renamed |= {source.id for source in change.sources.after}
        holders = (a for a in self._tagging if a.source in renamed) if renamed else ()
        for annotation in holders:
            touched |= dict.fromkeys((annotation.id, *annotation.content))
        return list(touched)

    def _fill(self) -> None:
        self.beginResetModel()
        self._rows = self._keys_in_order()
        self._keys = {key[-1]: key for key in self._rows}
        self.endResetModel()

    def _keys_in_order(self) -> list[Key]:
        if self._column is None and not self._wanted:
            return list(self._tagging.orders())
        return sorted(self._key(a) for a in self._tagging if self._passes(a))

    def _update(self, annotation_id: str) -> None:
        annotation = self._tagging.get(annotation_id)
        old = self._keys.get(annotation_id)
        new = self._key(annotation) if annotation and self._passes(annotation) else None
        if old is not None and old == new:
            row = self._flipped(bisect_left(self._rows, old))
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(Column) - 1))
            return
        if old is not None:
            self._remove(old)
        if new is not None:
            self._insert(new)

    def _remove(self, key: Key) -> None:
        place = bisect_left(self._rows, key)
        row = self._flipped(place)
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._rows[place]
        del self._keys[key[-1]]
        self.endRemoveRows()

    def _insert(self, key: Key) -> None:
        place = bisect_left(self._rows, key)
        row = len(self._rows) - place if self._reverse else place
        self.beginInsertRows(QModelIndex(), row, row)
        insort(self._rows, key)
        self._keys[key[-1]] = key
        self.endInsertRows()

    def _flipped(self, place: int) -> int:
        return len(self._rows) - 1 - place if self._reverse else place

    def _key(self, annotation: Annotation) -> Key:
        if self._column is None:
            return text_order(annotation)
        return (fold(self._text(annotation, self._column)[:80]), *text_order(annotation))

    def _passes(self, annotation: Annotation) -> bool:
        return not self._wanted or self._wanted in self._haystack(annotation)

    def _haystack(self, annotation: Annotation) -> str:
        """All that the filter looks at, folded once; folding is what costs."""
        found = self._haystacks.get(annotation.id)
        if found is None:
            shown = (self._text(annotation, column) for column in Column)
            # A line break keeps what is typed from matching across two columns.
            found = self._haystacks[annotation.id] = fold(
                "\n".join((*shown, *self._names(annotation)))
            )
        return found

    def _names(self, annotation: Annotation) -> tuple[str, ...]:
        source = self._registry.by_id.get(annotation.source or "")
        return source.names if source else ()
