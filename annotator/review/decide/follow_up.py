"""Decisions follow what becomes of the agreed annotations that they name."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace

from annotator.core import header
from annotator.core.change import PARTS, Change, of_pairs
from annotator.core.model import Annotation, Decision, Verdict
from annotator.review.compare.matching import Version
from annotator.review.decide.review import Review
from annotator.review.decide.sameness import agrees, linked_addresses, same_versions
from annotator.review.decide.versions import version_of


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
    named = ([one for one in left if one.as_id == i] for i in sorted(edited))
    pairs = zip(named, sorted(edited), strict=True)
    return _with(step, after, [one for names, i in pairs for one in judged(names, now[i], after)])


def _left(change: Change, review: Review, ids: Container[str | None]) -> list[Decision]:
    """The decisions that name one of ``ids`` and that the change does not make itself."""
    made = set(change.decisions.keys(PARTS["decisions"].key))
    return [one for one in review.header.decisions if one.as_id in ids and one.of not in made]


def _rejected(decision: Decision) -> Decision:
    return replace(decision, verdict=Verdict.REJECTED, as_id=None)


def judged(decisions: Sequence[Decision], agreed: Annotation, review: Review) -> Iterator[Decision]:
    """The decisions that name an agreed annotation, each as accepted or as changed.

    As long as links are undecided, two versions that differ in them may both look like what was
    agreed on: then those count that were accepted before, and if there are none, none does.
    """
    found = ((one, review.reviewed.version(one.of)) for one in decisions)
    alike = {one.of: v for one, v in found if v and agrees(agreed, v, review)}
    accepted = [one.of for one in decisions if one.verdict is Verdict.ACCEPTED]
    sure = [alike[of] for of in accepted if of in alike]
    for one in decisions:
        same = one.of in alike and _stands_out(alike[one.of], sure, alike.values(), review)
        yield replace(one, verdict=Verdict.ACCEPTED if same else Verdict.CHANGED)


def _stands_out(
    version: Version, sure: Sequence[Version], alike: Iterable[Version], review: Review
) -> bool:
    if sure:
        return any(v is version or same_versions(v, version, review.reviewed) for v in sure)
    if all(review.decision(of) for of in linked_addresses(version)):
        return True
    return all(v is version or same_versions(v, version, review.reviewed) for v in alike)


def _with(change: Change, review: Review, decisions: Iterable[Decision]) -> Change:
    """The change with more decisions; ``review`` is as it stands before these."""
    pairs = [(review.decision(one.of), one) for one in decisions]
    return replace(change, decisions=change.decisions + of_pairs(pairs))
