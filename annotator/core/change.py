"""The one mechanism: the parts of a document as they were, and as they are."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any, Generic, NamedTuple, TypeVar

from annotator.core.model import (
    Annotation,
    Answer,
    Comment,
    Decision,
    Status,
    answer_order,
    comment_key,
    text_order,
)
from annotator.core.sources import Source

T = TypeVar("T")

_ID, _OF = attrgetter("id"), attrgetter("of")

Key = Callable[[T], Hashable]
"""What tells one value of a part from the others."""

Order = Callable[[T], Any]
"""The sort key of the values of a part in a file."""


@dataclass(frozen=True, slots=True)
class Delta(Generic[T]):
    """Values of one part as they were and as they are.

    One that is only in ``after`` is created, one only in ``before`` is deleted.
    """

    before: tuple[T, ...] = ()
    after: tuple[T, ...] = ()

    def __bool__(self) -> bool:
        """Whether it changes anything."""
        return self.before != self.after

    def __add__(self, other: Delta[T]) -> Delta[T]:
        """Both in one."""
        return Delta(self.before + other.before, self.after + other.after)

    @property
    def inverse(self) -> Delta[T]:
        """The delta that takes this one back."""
        return Delta(self.after, self.before)

    def keys(self, key: Key[T]) -> tuple[Hashable, ...]:
        """The keys of all values that it touches, each once."""
        return tuple(dict.fromkeys(map(key, (*self.before, *self.after))))

    def fits(self, key: Key[T], there: Callable[[T], T | None]) -> bool:
        """Whether what it takes away is there as it is, and what it adds is not; each once.

        ``there`` gives the value that has the key of another one, if there is one.
        """
        leaving, entering = set(map(key, self.before)), set(map(key, self.after))
        return (
            len(leaving) == len(self.before)
            and len(entering) == len(self.after)
            and all(there(one) == one for one in self.before)
            and not any(there(one) for one in self.after if key(one) not in leaving)
        )

    def applied(self, part: Part[T], values: Sequence[T]) -> tuple[T, ...]:
        """The values of a part as the delta leaves them; without an order, new ones come last."""
        if part.order is None:
            leaving = set(map(part.key, self.before))
            return (*(one for one in values if part.key(one) not in leaving), *self.after)
        kept = list(values)
        for one in self.before:
            kept[part.place(kept, one)] = []
        for one in self.after:
            kept[part.place(kept, one)] = [one]
        return tuple(kept)


def added(*values: T) -> Delta[T]:
    """Values that come."""
    return Delta(after=values)


def removed(*values: T) -> Delta[T]:
    """Values that go."""
    return Delta(before=values)


def replaced(old: T, new: T) -> Delta[T]:
    """One value in the place of another."""
    return Delta((old,), (new,))


def of_pairs(pairs: Iterable[tuple[T | None, T | None]]) -> Delta[T]:
    """The delta of values as they were and as they are, None where there is none."""
    uneven = [(old, new) for old, new in pairs if old != new]
    return Delta(tuple(old for old, _ in uneven if old), tuple(new for _, new in uneven if new))


def difference(key: Key[T], was: Iterable[T], now: Iterable[T]) -> Delta[T]:
    """The delta that leads from the values that a part had to those that it has."""
    old, new = ({key(one): one for one in side} for side in (was, now))
    return of_pairs((old.get(k), new.get(k)) for k in old | new)


class Part(NamedTuple, Generic[T]):
    """How the values of a part are told apart and ordered; without ``order`` as they came."""

    key: Key[T]
    order: Order[T] | None = None

    def place(self, values: Sequence[T], value: T) -> slice:
        """Where the value with the same key stands, or would stand: one place or none."""
        if self.order is None:
            found = (n for n, one in enumerate(values) if self.key(one) == self.key(value))
            start = next(found, len(values))
        else:
            start = bisect_left(values, self.order(value), key=self.order)
        there = start < len(values) and self.key(values[start]) == self.key(value)
        return slice(start, start + there)

    def ordered(self, values: Iterable[T]) -> tuple[T, ...]:
        """The values as they stand in a file."""
        return tuple(sorted(values, key=self.order) if self.order else values)


NOTHING: Delta[Any] = Delta()
"""What changes nothing."""


def _part(key: Key[Any], order: Order[Any] | None = None) -> dict[str, Part[Any]]:
    return {"part": Part(key, order)}


@dataclass(frozen=True, slots=True)
class Change:
    """One step of work under the name it has in the menu: for each part, what was and what is.

    Each part but ``sources``, which are the registry's, is a field of the `Document` as well.
    Undo is the same change read backwards, save for ``seen``: whose tagging was shown cannot
    be unseen.
    """

    label: str
    annotations: Delta[Annotation] = field(default=NOTHING, metadata=_part(_ID, text_order))
    sources: Delta[Source] = field(default=NOTHING, metadata=_part(_ID))
    answers: Delta[Answer] = field(default=NOTHING, metadata=_part(answer_order, answer_order))
    decisions: Delta[Decision] = field(default=NOTHING, metadata=_part(_OF, _OF))
    comments: Delta[Comment] = field(default=NOTHING, metadata=_part(comment_key))
    status: Delta[Status] = field(default=NOTHING, metadata=_part(lambda status: "status"))
    seen: tuple[str, ...] = ()

    @property
    def deltas(self) -> dict[str, Delta[Any]]:
        """Each part by its name."""
        return {name: getattr(self, name) for name in PARTS}

    def inverse(self) -> Change:
        """The change that takes this one back."""
        back: dict[str, Any] = {name: delta.inverse for name, delta in self.deltas.items()}
        return Change(self.label, **back)

    def __bool__(self) -> bool:
        """Whether the change changes anything."""
        return bool(self.seen) or any(self.deltas.values())

    @property
    def before(self) -> tuple[Annotation, ...]:
        """The annotations that the step touches, as they were."""
        return self.annotations.before

    @property
    def after(self) -> tuple[Annotation, ...]:
        """The annotations that the step touches, as they are."""
        return self.annotations.after

    @property
    def touched(self) -> tuple[str, ...]:
        """The ids of all annotations that were or are part of the step, each once."""
        return tuple(dict.fromkeys(one.id for one in (*self.before, *self.after)))

    @property
    def size(self) -> int:
        """How many things the step touches, of whatever sort they are."""
        touched = (delta.keys(PARTS[name].key) for name, delta in self.deltas.items())
        return len(self.seen) + sum(map(len, touched))


PARTS: dict[str, Part[Any]] = {
    one.name: one.metadata["part"] for one in fields(Change) if "part" in one.metadata
}
"""The parts of a document, by the name of their field in `Change`."""
