"""What an annotator said, against what was agreed on: how often which became which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

Value = str | None
"""A kind or a source; None where nothing was tagged, or nothing agreed on."""


@dataclass(frozen=True, slots=True)
class Confusion:
    """A table of counts: rows are the annotator's values, columns the agreed ones.

    ``values`` are in the order of rows and columns, nothing (None) last.
    """

    values: tuple[Value, ...]
    counts: Counter[tuple[Value, Value]]

    @staticmethod
    def of(pairs: Iterable[tuple[Value, Value]], order: Iterable[str] = ()) -> Confusion:
        """The table of pairs; what ``order`` does not name follows, the most frequent first."""
        counts = Counter(pairs)
        often = Counter[str]()
        for pair, number in counts.items():
            often.update({value: number for value in pair if value is not None})
        ordered = [value for value in order if value in often]
        rest = sorted(often.keys() - set(ordered), key=lambda value: (-often[value], value))
        return Confusion((*ordered, *rest, None), counts)

    @property
    def rows(self) -> tuple[Value, ...]:
        """The annotator's values that there are."""
        return tuple(v for v in self.values if any(row == v for row, _ in self.counts))

    @property
    def columns(self) -> tuple[Value, ...]:
        """The agreed values that there are."""
        return tuple(v for v in self.values if any(column == v for _, column in self.counts))

    def row_total(self, row: Value) -> int:
        """How often the annotator has a value."""
        return sum(number for (one, _), number in self.counts.items() if one == row)

    @property
    def same(self) -> int:
        """How often what was agreed on is what the annotator has."""
        return sum(number for (row, column), number in self.counts.items() if row == column)

    @property
    def total(self) -> int:
        """All that was counted."""
        return self.counts.total()
