"""Decisions follow what becomes of the agreed annotations that they name."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import replace

from annotator.core import header
from annotator.core.change import Change
from annotator.core.model import Annotation, Decision, Verdict
from annotator.review.sameness import agrees
from annotator.review.standing import Review
from annotator.review.versions import version_of


def follow(change: Change, review: Review) -> Change:
    """The change, with the decisions that name what it edits or deletes following in the step.

    An agreed annotation that is no longer what a colleague tagged makes the decision one of
    changed, and the reverse; one that is deleted, one of rejected.
    """
    was = {annotation.id: annotation for annotation in change.before}
    now = {annotation.id: annotation for annotation in change.after}
    edited = {i for i, one in was.items() if i in now and version_of(one) != version_of(now[i])}
    deleted = was.keys() - now.keys()
    if not edited and not deleted:
        return change
    left = _left(change, review, edited | deleted)
    rejected = [_rejected(one) for one in left if one.as_id in deleted]
    step = _with(change, review, rejected)
    after = replace(review, header=header.changed(review.header, step))
    judged = [_judged(one, now[one.as_id], after) for one in left if one.as_id in edited]
    return _with(step, after, judged)


def _left(change: Change, review: Review, ids: Container[str | None]) -> list[Decision]:
    """The decisions that name one of ``ids`` and that the change does not make itself."""
    made = {one.of for one in (*change.decisions_before, *change.decisions_after)}
    return [one for one in review.header.decisions if one.as_id in ids and one.of not in made]


def _rejected(decision: Decision) -> Decision:
    return replace(decision, verdict=Verdict.REJECTED, as_id=None)


def _judged(decision: Decision, agreed: Annotation, review: Review) -> Decision:
    version = review.reviewed.version(decision.of)
    same = version is not None and agrees(agreed, version, review)
    return replace(decision, verdict=Verdict.ACCEPTED if same else Verdict.CHANGED)


def _with(change: Change, review: Review, decisions: Iterable[Decision]) -> Change:
    """The change with more decisions; ``review`` is as it stands before these."""
    pairs = [(review.decision(one.of), one) for one in decisions]
    return replace(
        change,
        decisions_before=change.decisions_before + tuple(o for o, new in pairs if o and o != new),
        decisions_after=change.decisions_after + tuple(new for old, new in pairs if old != new),
    )
