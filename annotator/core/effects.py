"""What a change does, in words: what comes, what goes, and what becomes another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple, TypeVar

from annotator.core.change import Change
from annotator.core.model import Answer, Comment, Decision
from annotator.core.sources import Registry, Source
from annotator.core.tagging import Tagging
from annotator.core.version_words import tell_apart

_T = TypeVar("_T")
_K = TypeVar("_K", bound=Hashable)


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
    return [
        *_of_tags(change, tagging, registry),
        *_pairs(change.sources_before, change.sources_after, lambda one: one.id, _source),
        *_pairs(change.decisions_before, change.decisions_after, lambda one: one.of, _decision),
        *_pairs(change.comments_before, change.comments_after, lambda one: one, _comment),
        *_pairs(change.answers_before, change.answers_after, lambda one: one, _answer),
        *_of_status(change),
    ]


def _of_tags(change: Change, tagging: Tagging, registry: Registry) -> Iterator[Effect]:
    was = {one.id: one for one in change.before}
    now = {one.id: one for one in change.after}
    for i in dict.fromkeys((*was, *now)):
        old, new = tell_apart(was.get(i), now.get(i), tagging, registry)
        yield _effect(old if i in was else "", new if i in now else "")


def _pairs(
    before: Iterable[_T], after: Iterable[_T], key: Callable[[_T], _K], told: Callable[[_T], str]
) -> Iterator[Effect]:
    was, now = ({key(one): told(one) for one in side} for side in (before, after))
    for i in dict.fromkeys((*was, *now)):
        yield _effect(was.get(i, ""), now.get(i, ""))


def _effect(was: str, becomes: str) -> Effect:
    sort = Sort.CHANGES if was and becomes else Sort.REMOVES if was else Sort.ADDS
    return Effect(sort, was, becomes)


def _of_status(change: Change) -> Iterator[Effect]:
    if change.status:
        was, now = change.status
        yield Effect(Sort.CHANGES, f"the work is {was}", f"the work is {now}")


def _source(source: Source) -> str:
    return f"source {source.id}: {', '.join(source.names)}"


def _decision(decision: Decision) -> str:
    reason = f", “{decision.reason}”" if decision.reason else ""
    return f"decision on {decision.of}: {decision.verdict}{reason}"


def _comment(comment: Comment) -> str:
    return f"comment of {comment.by} on {comment.of}: “{comment.text}”"


def _answer(answer: Answer) -> str:
    return f"no problem here: “{answer.exact}”, “{answer.reason}”"


def counted(found: Iterable[Effect]) -> str:
    """How many things are added, removed and changed: "adds 2, removes 1"; else empty."""
    numbers = Counter(one.sort for one in found)
    return ", ".join(f"{sort} {numbers[sort]:,}" for sort in Sort if numbers[sort])
