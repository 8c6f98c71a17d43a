"""What stands in a file above its annotations, and how a change alters it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from operator import attrgetter

from annotator.core.change import Change
from annotator.core.checks import answers
from annotator.core.model import Comment, Decision, Document

SEEN = "x-seen"
"""The key under which a file says whose tagging its annotator asked to see while tagging."""

_OF = attrgetter("of")


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


def fits(header: Document, change: Change) -> bool:
    """Whether the change knows what is here: what it takes away is there, what it adds is not."""
    return (
        (not change.status or change.status[0] is header.status)
        and answers.fits(header.answers, change)
        and _decisions_fit(header.decisions, change)
        and _comments_fit(header.comments, change)
    )


def _decisions_fit(there: Sequence[Decision], change: Change) -> bool:
    leaving = {one.of for one in change.decisions_before}
    new = (one for one in change.decisions_after if one.of not in leaving)
    known = all(decision_on(there, one.of) == one for one in change.decisions_before)
    return known and not any(decision_on(there, one.of) for one in new)


def _comments_fit(there: Sequence[Comment], change: Change) -> bool:
    leaving = change.comments_before
    new = (one for one in change.comments_after if one not in leaving)
    return all(one in there for one in leaving) and not any(one in there for one in new)


def changed(header: Document, change: Change) -> Document:
    """The header as the change leaves it."""
    if change.status:
        header = replace(header, status=change.status[1])
    if change.answers_before or change.answers_after:
        header = replace(header, answers=answers.changed(header.answers, change))
    if change.decisions_before or change.decisions_after:
        header = replace(header, decisions=_decisions(header.decisions, change))
    if change.comments_before or change.comments_after:
        header = replace(header, comments=_comments(header.comments, change))
    return with_seen(header, change.seen)


def _decisions(there: Sequence[Decision], change: Change) -> tuple[Decision, ...]:
    kept = list(there)
    for one in change.decisions_before:
        kept[_slot(kept, one.of)] = []
    for one in change.decisions_after:
        kept[_slot(kept, one.of)] = [one]
    return tuple(kept)


def _slot(decisions: Sequence[Decision], of: str) -> slice:
    """Where a decision stands, or would stand: one place or none."""
    start = bisect_left(decisions, of, key=_OF)
    there = decision_on(decisions, of) is not None
    return slice(start, start + there)


def _comments(there: Sequence[Comment], change: Change) -> tuple[Comment, ...]:
    kept = (one for one in there if one not in change.comments_before)
    return (*kept, *change.comments_after)
