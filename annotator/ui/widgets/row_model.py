"""Models of rows that are replaced as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex


class RowModel(QAbstractListModel, Generic[Row]):
    """Rows of values; what a row shows is for heirs to say."""

    def __init__(self) -> None:
        super().__init__()
        self.items: list[Row] = []

    def show(self, items: Sequence[Row]) -> None:
        """Show these."""
        self.beginResetModel()
        self.items = list(items)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.items)


class ChangingRows(RowModel[Row]):
    """Of new rows only what differs is told to the list: what was there before keeps its row."""

    def show(self, items: Sequence[Row]) -> None:
        """Show these; only the rows between the first and the last difference change."""
        new, old = list(items), self.items
        first = _alike(old, new)
        last = _alike(old[first:][::-1], new[first:][::-1])
        self._replace(first, len(old) - last, new[first : len(new) - last])

    def _replace(self, first: int, end: int, new: list[Row]) -> None:
        if first < end:
            self.beginRemoveRows(QModelIndex(), first, end - 1)
            del self.items[first:end]
            self.endRemoveRows()
        if new:
            self.beginInsertRows(QModelIndex(), first, first + len(new) - 1)
            self.items[first:first] = new
            self.endInsertRows()


def _alike(one: Sequence[Row], other: Sequence[Row]) -> int:
    """How many items both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))
