"""What a change does, in words: what comes, what goes, and what becomes another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from itertools import chain
from typing import Any, NamedTuple, TypeVar

from annotator.core.change import PARTS, Change, Delta, Part
from annotator.core.model import Answer, Comment, Decision, Status
from annotator.core.sources import Registry, Source
from annotator.core.tagging import Tagging
from annotator.core.version_words import tell_apart

T = TypeVar("T")


class Sort(StrEnum):
    """What happens to a thing."""

    ADDS = "adds"
    REMOVES = "removes"
    CHANGES = "changes"


class Effect(NamedTuple):
    """One thing that a change does. ``was`` and ``becomes`` are words, empty for what is not."""

    sort: Sort
    was: str
    becomes: str


def effects(change: Change, tagging: Tagging, registry: Registry) -> list[Effect]:
    """All that the change does to tags, sources, review and answers, tags first.

    ``tagging`` knows the tags on both sides, ``registry`` their sources, so that links and
    sources are told by their words and names.
    """
    rest = (_of_part(change.deltas[name], PARTS[name], words) for name, words in _WORDS.items())
    return [*_of_tags(change, tagging, registry), *chain.from_iterable(rest)]


def _of_tags(change: Change, tagging: Tagging, registry: Registry) -> Iterator[Effect]:
    was = {one.id: one for one in change.before}
    now = {one.id: one for one in change.after}
    for i in change.touched:
        old, new = tell_apart(was.get(i), now.get(i), tagging, registry)
        yield _effect(old if i in was else "", new if i in now else "")


def _of_part(delta: Delta[T], part: Part[T], words: Callable[[T], str]) -> Iterator[Effect]:
    was, now = ({part.key(one): words(one) for one in side} for side in (delta.before, delta.after))
    for key in delta.keys(part.key):
        yield _effect(was.get(key, ""), now.get(key, ""))


def _effect(was: str, becomes: str) -> Effect:
    sort = Sort.CHANGES if was and becomes else Sort.REMOVES if was else Sort.ADDS
    return Effect(sort, was, becomes)


def _source(source: Source) -> str:
    return f"source {source.id}: {', '.join(source.names)}"


def _decision(decision: Decision) -> str:
    reason = f", “{decision.reason}”" if decision.reason else ""
    return f"decision on {decision.of}: {decision.verdict}{reason}"


def _comment(comment: Comment) -> str:
    return f"comment of {comment.by} on {comment.of}: “{comment.text}”"


def _answer(answer: Answer) -> str:
    return f"no problem here: “{answer.exact}”, “{answer.reason}”"


def _status(status: Status) -> str:
    return f"the work is {status}"


_WORDS: dict[str, Callable[[Any], str]] = {
    "sources": _source,
    "decisions": _decision,
    "comments": _comment,
    "answers": _answer,
    "status": _status,
}
"""How a value of each part is told, in the order of the effects."""


def counted(found: Iterable[Effect]) -> str:
    """How many things are added, removed and changed: "adds 2, removes 1"; else empty."""
    numbers = Counter(one.sort for one in found)
    return ", ".join(f"{sort} {numbers[sort]:,}" for sort in Sort if numbers[sort])
