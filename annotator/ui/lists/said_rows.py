"""Who says what as a model of rows: headings, and under each what is said, changed row by row."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import accumulate
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from annotator.core.chains.who_says import Heading, Said, Voice, said_by
from annotator.core.model import Annotation, Kind, text_order
from annotator.core.sources import Registry
from annotator.core.tagging import Tagging
from annotator.ui.lists.said_lines import Line, entry_line, heading_line, speakers
from annotator.ui.widgets.plain import plain_tip

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
LINE = Role.UserRole
Order = tuple[int, int, str]
Place = tuple[Heading | None, str]
"""Which row: a heading with the id below it, empty for the heading's own."""

_VOICES = list(Voice)


class By(StrEnum):
    """What the rows are grouped by."""

    SOURCE = "By source"
    ORIGIN = "By origin"
    TEXT = "In text order"


@dataclass(eq=False)
class _Group:
    """Rows under one heading; in text order there is one group, with no heading."""

    heading: Heading | None
    keys: list[Order] = field(default_factory=list)
    folded: bool = False

    @property
    def rows(self) -> int:
        return (self.heading is not None) + (0 if self.folded else len(self.keys))

    @property
    def order(self) -> tuple[int, Order, list[str]]:
        """By what is said first; what several say at once, by their ids."""
        if self.heading is None:
            return 0, self.keys[0], []
        speakers = [one or "" for one in (self.heading.source, *self.heading.relays)]
        return _VOICES.index(self.heading.voice), self.keys[0], speakers


class SaidRows(QAbstractListModel):
    """The claims and quotes of a tagging under the headings of those who say them.

    `read` looks at all of them, `update` at a few; the rows of no others are touched.
    """

    def __init__(self) -> None:
        super().__init__()
        self._registry = Registry()
        self._tagging = Tagging()
        self._by = By.SOURCE
        self._said: dict[str, Said] = {}
        self._keys: dict[str, Order] = {}
        self._groups: list[_Group] = []
        self._group_of: dict[Heading | None, _Group] = {}
        self._folded: set[Heading | None] = set()
        self._starts: list[int] = [0]
        self._lines: dict[Place, Line] = {}

    # What it shows

    @property
    def registry(self) -> Registry:
        """What sources are called."""
        return self._registry

    @registry.setter
    def registry(self, registry: Registry) -> None:
        self._registry = registry
        self._lines.clear()

    def clear(self) -> None:
        """Show nothing."""
        self._said, self._keys, self._tagging = {}, {}, Tagging()
        self._folded.clear()
        self._fill()

    def read(self, tagging: Tagging) -> Iterator[None]:
        """Take in a whole tagging in small steps; it is shown with the last one."""
        said: dict[str, Said] = {}
        keys: dict[str, Order] = {}
        for annotation in tagging.annotations():
            if annotation.kind is not Kind.ATTRIBUTION:
                said[annotation.id] = said_by(tagging, annotation)
                keys[annotation.id] = text_order(annotation)
            yield
        self._tagging, self._said, self._keys = tagging, said, keys
        self._fill()

    def group_by(self, by: By) -> None:
        """Group the rows in another way."""
        self._by = by
        self._fill()

    def update(self, ids: Iterable[str]) -> None:
        """Look again at these; what is gone goes."""
        ids = list(ids)
        for annotation_id in ids:
            self._update(annotation_id)
        # Who was told of one row may have asked for others, of which not all was known yet.
        for annotation_id in ids:
            self._forget_lines(annotation_id)

    def fold(self, row: int, folded: bool) -> None:
        """Hide or show what stands below the heading in whose group the row is."""
        group = self._at(row)[0]
        if group.heading is None or group.folded == folded:
            return
        first = self._start(group) + 1
        last = first + len(group.keys) - 1
        (self.beginRemoveRows if folded else self.beginInsertRows)(QModelIndex(), first, last)
        group.folded = folded
        (self._folded.add if folded else self._folded.discard)(group.heading)
        self._count()
        (self.endRemoveRows if folded else self.endInsertRows)()
        self._repaint(first - 1)

    # Rows and what they mean

    def is_folded(self, row: int) -> bool:
        """Whether the group of a row is folded."""
        return self._at(row)[0].folded

    def place_at(self, row: int) -> Place:
        """What stands in a row."""
        group, nth = self._at(row)
        return group.heading, group.keys[nth][2] if nth >= 0 else ""

    def row_of(self, place: Place) -> int | None:
        """The row in which something stands, its heading's where that is folded."""
        group = self._group_of.get(place[0])
        if group is None:
            return None
        start = self._start(group)
        if not place[1]:
            return start
        key = self._keys.get(place[1])
        nth = bisect_left(group.keys, key) if key else len(group.keys)
        if nth == len(group.keys) or group.keys[nth] != key:
            return None
        return start if group.folded else start + (group.heading is not None) + nth

    def row_of_said(self, annotation_id: str) -> int | None:
        """The first row of a claim or quote."""
        headings = self._headings(self._said.get(annotation_id, {}))
        rows = (self.row_of((heading, annotation_id)) for heading in headings)
        return min((row for row in rows if row is not None), default=None)

    def row_of_heading(self, heading: Heading) -> int | None:
        """The row of a heading, whichever way the rows are grouped."""
        wanted = heading.origin if self._by is By.ORIGIN else heading
        return self.row_of((wanted, "")) if wanted in self._group_of else None

    def first_of(self, heading: Heading | None) -> tuple[Annotation | None, Heading | None]:
        """The first thing said under a heading, and the whole chain by which it is said."""
        annotation_id = self._group_of[heading].keys[0][2]
        whole = next(iter(self._own(annotation_id, heading)), None)
        return self._tagging.get(annotation_id), whole

    # What Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._starts[-1]

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if role not in (LINE, Role.DisplayRole, Role.AccessibleTextRole, Role.ToolTipRole):
            return None
        line = self._line(index.row())
        if role == LINE:
            return line
        if role == Role.ToolTipRole:
            return plain_tip(line.whole)
        return line.spoken if role == Role.AccessibleTextRole else line.plain

    def _line(self, row: int) -> Line:
        """What stands in a row, worked out once until it changes."""
        place = self.place_at(row)
        known = self._lines.get(place)
        if known is None:
            known = self._lines[place] = self._new_line(row)
        return known

    def _new_line(self, row: int) -> Line:
        group, nth = self._at(row)
        if nth < 0:
            assert group.heading is not None
            said = (self._said[key[2]] for key in group.keys)
            folded = len(group.keys) if group.folded else 0
            return heading_line(group.heading, said, self.registry, folded)
        annotation_id = group.keys[nth][2]
        annotation = self._tagging.get(annotation_id)
        if annotation is None:  # deleted a moment ago; its row is about to go
            return Line("")
        own = self._own(annotation_id, group.heading)
        quiet = self._beside(group, nth, own)
        said_here = {one: self._said[annotation_id][one] for one in own}
        return entry_line(
            self._tagging, annotation, said_here, quiet, self._in(group.heading)
        )._replace(has_heading=group.heading is not None)

    def _beside(self, group: _Group, nth: int, own: list[Heading]) -> str:
        """What the heading does not say: in text order whoever speaks, below an origin relays."""
        if self._by is By.SOURCE:
            return ""
        if self._by is By.ORIGIN:
            relayed = (one.label(self.registry).partition(" via ")[2] for one in own)
            return ", ".join(f"via {relays}" for relays in relayed if relays)
        before = self._said[group.keys[nth - 1][2]] if nth else {}
        return "" if list(before) == own else speakers(own, self.registry)

    def _in(self, heading: Heading | None) -> Any:
        return lambda one: heading in self._headings(self._said.get(one.id, {}))

    def _own(self, annotation_id: str, heading: Heading | None) -> list[Heading]:
        """The whole chains by which something is said under a heading."""
        whole = list(self._said[annotation_id])
        if self._by is By.ORIGIN:
            return [one for one in whole if one.origin == heading]
        return whole if heading is None else [heading]

    # How

    def _headings(self, said: Said) -> list[Heading | None]:
        if self._by is By.TEXT:
            return [None] if said else []
        if self._by is By.ORIGIN:
            return list(dict.fromkeys(heading.origin for heading in said))
        return list(said)

    def _fill(self) -> None:
        self.beginResetModel()
        self._lines.clear()
        self._group_of = {}
        for annotation_id, said in self._said.items():
            for heading in self._headings(said):
                group = self._group_of.setdefault(heading, _Group(heading))
                group.keys.append(self._keys[annotation_id])
        for group in self._group_of.values():
            group.keys.sort()
            group.folded = group.heading in self._folded
        self._groups = sorted(self._group_of.values(), key=lambda group: group.order)
        self._count()
        self.endResetModel()

    def _count(self) -> None:
        self._starts = [0, *accumulate(group.rows for group in self._groups)]

    def _at(self, row: int) -> tuple[_Group, int]:
        """The group of a row, and the row's place among what is said there, -1 for the heading."""
        nth = bisect_right(self._starts, row) - 1
        group = self._groups[nth]
        return group, row - self._starts[nth] - (group.heading is not None)

    def _start(self, group: _Group) -> int:
        return self._starts[self._groups.index(group)]

    def _update(self, annotation_id: str) -> None:
        annotation = self._tagging.get(annotation_id)
        said = annotation.kind is not Kind.ATTRIBUTION if annotation else False
        new = said_by(self._tagging, annotation) if annotation and said else {}
        key = text_order(annotation) if annotation and said else None
        old_key = self._keys.get(annotation_id)
        before, after = self._headings(self._said.get(annotation_id, {})), self._headings(new)
        kept = [heading for heading in after if heading in before and key == old_key]
        for heading in before:
            if heading not in kept and old_key:
                self._remove(heading, old_key)
        self._forget_lines(annotation_id)
        self._take(annotation_id, new, key)
        for heading in after:
            if heading in kept:
                self._repaint_entry(heading, annotation_id)
            elif key:
                self._insert(heading, key)

    def _forget_lines(self, annotation_id: str) -> None:
        for heading in self._headings(self._said.get(annotation_id, {})):
            self._lines.pop((heading, annotation_id), None)

    def _take(self, annotation_id: str, said: Said, key: Order | None) -> None:
        if key:
            self._said[annotation_id], self._keys[annotation_id] = said, key
        else:
            self._said.pop(annotation_id, None)
            self._keys.pop(annotation_id, None)

    def _insert(self, heading: Heading | None, key: Order) -> None:
        group = self._group_of.get(heading)
        if group is None:
            self._enter(_Group(heading, [key], heading in self._folded))
            return
        row = self._start(group) + (heading is not None) + bisect_left(group.keys, key)
        if not group.folded:
            self.beginInsertRows(QModelIndex(), row, row)
        insort(group.keys, key)
        if not group.folded:
            self._count()
            self.endInsertRows()
        self._after_change_in(group, row)

    def _remove(self, heading: Heading | None, key: Order) -> None:
        group = self._group_of[heading]
        if len(group.keys) == 1:
            self._leave(group)
            return
        nth = bisect_left(group.keys, key)
        row = self._start(group) + (heading is not None) + nth
        if not group.folded:
            self.beginRemoveRows(QModelIndex(), row, row)
        del group.keys[nth]
        if not group.folded:
            self._count()
            self.endRemoveRows()
        self._after_change_in(group, row)

    def _after_change_in(self, group: _Group, row: int) -> None:
        nth = self._groups.index(group)
        around = self._groups[max(0, nth - 1) : nth + 2]
        if around != sorted(around, key=lambda one: one.order):
            self._leave(group)
            self._enter(group)
        else:
            self._repaint(self._starts[nth], row)

    def _enter(self, group: _Group) -> None:
        self._lines.pop((group.heading, ""), None)
        nth = bisect_left(self._groups, group.order, key=lambda one: one.order)
        first = self._starts[nth]
        self.beginInsertRows(QModelIndex(), first, first + group.rows - 1)
        self._groups.insert(nth, group)
        self._group_of[group.heading] = group
        self._count()
        self.endInsertRows()

    def _leave(self, group: _Group) -> None:
        first = self._start(group)
        self.beginRemoveRows(QModelIndex(), first, first + group.rows - 1)
        self._groups.remove(group)
        del self._group_of[group.heading]
        self._count()
        self.endRemoveRows()

    def _repaint_entry(self, heading: Heading | None, annotation_id: str) -> None:
        row = self.row_of((heading, annotation_id))
        if row is not None:
            self._repaint(self._start(self._group_of[heading]), row)

    def _repaint(self, *rows: int) -> None:
        """The rows, and in text order those after them, where another speaker may begin."""
        for row in rows:
            last = min(row + 1, self.rowCount() - 1)
            for stale in range(row, last + 1):
                self._lines.pop(self.place_at(stale), None)
            if row <= last:
                self.dataChanged.emit(self.index(row), self.index(last))
