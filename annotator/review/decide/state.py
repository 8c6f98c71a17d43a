"""How far a review is: what is decided, what changed since, and what is left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from enum import StrEnum

from annotator.core.model import Decision, Verdict, addressed
from annotator.review.compare.matching import Item, Version
from annotator.review.decide.review import Review
from annotator.review.decide.sameness import agrees


class ItemState(StrEnum):
    """How far an item is, in the words of the work list."""

    OPEN = "open"
    DECIDED = "decided"
    QUESTION = "question"
    CHANGED = "changed since"


def state_of(review: Review, item: Item) -> ItemState:
    """How far an item is.

    It has changed since where a colleague changed or added a version after it was decided
    (see `changed_versions`), or where versions were decided on apart that are one item by now.
    """
    decisions = review.decisions(item)
    if not decisions:
        return ItemState.OPEN
    if any(decision.verdict is Verdict.QUESTION for decision in decisions):
        return ItemState.QUESTION
    apart = len(decisions) < len(item.versions) or len({one.as_id for one in decisions}) > 1
    return ItemState.CHANGED if apart or any(changed_versions(review, item)) else ItemState.DECIDED


def changed_versions(review: Review, item: Item) -> Iterator[Version]:
    """The versions of an item that a colleague changed or added since it was decided.

    An accepted one that still is what was agreed on, as when a source got another id in all
    files, is not among them.
    """
    for version in item.versions:
        decision = review.decision(version.address)
        known = decision.version if decision else ""
        differs = known is not None and known != review.reviewed.digest(version)
        if differs and not (decision and _is_still_accepted(review, decision, version)):
            yield version


def _is_still_accepted(review: Review, decision: Decision, version: Version) -> bool:
    agreed = review.tagging.get(decision.as_id)
    is_accepted = decision.verdict is Verdict.ACCEPTED
    return is_accepted and agreed is not None and agrees(agreed, version, review)


def progress(review: Review) -> Counter[ItemState]:
    """How many items are in each state."""
    return Counter(state_of(review, item) for item in review.reviewed.items)


def gone(review: Review) -> list[Decision]:
    """The decisions on what a colleague has deleted since.

    Those on a colleague whose file is not there, or cannot be read now, are not among them.
    """
    return [
        decision
        for decision in review.header.decisions
        if addressed(decision.of)[0] in review.reviewed.taggings
        and decision.of not in review.reviewed.number_of
    ]
