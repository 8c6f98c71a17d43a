"""What stands in a file above its annotations, and how a change alters it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import Any

from annotator.core.change import PARTS, Change, difference
from annotator.core.model import Decision, Document
from annotator.core.sources import Registry

SEEN = "x-seen"
"""The key under which a file says whose tagging its annotator asked to see while tagging."""

_EMPTY = Registry()
_OF = attrgetter("of")
_HEADER = [name for name in PARTS if name not in ("annotations", "sources")]


def decision_on(decisions: Sequence[Decision], of: str) -> Decision | None:
    """What was decided on an address, if anything; decisions are in the order of files."""
    place = bisect_left(decisions, of, key=_OF)
    found = decisions[place : place + 1]
    return found[0] if found and found[0].of == of else None


def seen(header: Document) -> tuple[str, ...]:
    """Whose tagging the annotator asked to see while tagging, by name."""
    names = dict(header.extra).get(SEEN)
    return tuple(map(str, names)) if isinstance(names, list) else ()


def with_seen(header: Document, names: Iterable[str]) -> Document:
    """The same, saying that these annotators' tagging was seen as well."""
    known = set(seen(header))
    if known.issuperset(new := set(names)):
        return header
    every = sorted(known | new)
    return replace(header, extra=tuple((dict(header.extra) | {SEEN: every}).items()))


def without_seen(header: Document, names: Iterable[str]) -> Document:
    """The same, as if these annotators' tagging had not been seen."""
    gone = set(names)
    left = [name for name in seen(header) if name not in gone]
    extra = dict(header.extra) | {SEEN: left}
    if not left:
        del extra[SEEN]
    return replace(header, extra=tuple(extra.items()))


def values(name: str, document: Document, registry: Registry = _EMPTY) -> tuple[Any, ...]:
    """What a part of document and registry holds; one that is a single value holds just that."""
    found = registry.sources if name == "sources" else getattr(document, name)
    return found if isinstance(found, tuple) else (found,)


def fits(header: Document, change: Change) -> bool:
    """Whether the change knows what is here: what it takes away is there, what it adds is not."""
    return all(_fits(header, name, change) for name in _HEADER)


def _fits(header: Document, name: str, change: Change) -> bool:
    part, there = PARTS[name], values(name, header)

    def standing(value: Any) -> Any:
        return next(iter(there[part.place(there, value)]), None)

    return change.deltas[name].fits(part.key, standing)


def changed(header: Document, change: Change) -> Document:
    """The header as the change leaves it."""
    new = {
        name: delta.applied(PARTS[name], values(name, header))
        for name, delta in change.deltas.items()
        if delta and name in _HEADER
    }
    single = {name: new[name][0] for name in new if not isinstance(getattr(header, name), tuple)}
    return with_seen(replace(header, **(new | single)), change.seen)


def change_between(
    label: str, old: tuple[Document, Registry], new: tuple[Document, Registry]
) -> Change:
    """The change that leads from one state of document and registry to another."""
    parts: dict[str, Any] = {
        name: difference(part.key, values(name, *old), values(name, *new))
        for name, part in PARTS.items()
    }
    known = seen(old[0])
    return Change(label, **parts, seen=tuple(n for n in seen(new[0]) if n not in known))
