"""Deciding on colleagues' tagging: each verb returns the `Change` on the review's own document.

An accepted version becomes an agreed annotation with an id of the review's file; its links lead
to what came of what the colleague linked. What is not decided yet is linked when it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum

from annotator.core.change import Change, added, of_pairs
from annotator.core.errors import EditRefused
from annotator.core.ids import new_id
from annotator.core.model import Annotation, Comment, Decision, Kind, Verdict, address
from annotator.review.compare.differences import Compared, Difference
from annotator.review.compare.matching import Item, Version
from annotator.review.decide.draft import Draft
from annotator.review.decide.follow_up import follow, judged
from annotator.review.decide.review import Review
from annotator.review.decide.sameness import same_versions
from annotator.review.decide.state import ItemState, state_of

__all__ = [
    "ItemState",
    "Which",
    "accept",
    "accept_all",
    "comment",
    "explain",
    "follow",
    "forget",
    "keep",
    "question",
    "reject",
    "reopen",
    "state_of",
]

Choice = tuple[Item, Version]
Verdicts = Mapping[str, Decision | None]


class Which(StrEnum):
    """What is accepted in one step, in the words of the menu."""

    AGREED = "Accept all that agree"
    LONGER = "Accept all trivial boundaries, longer span"
    SHORTER = "Accept all trivial boundaries, shorter span"


def accept(review: Review, item: Item, version: Version, reason: str | None = None) -> Change:
    """Let a version become the agreed annotation; the others are accepted too, or changed.

    An item that was decided before is decided anew, and keeps its agreed id. ``reason`` is for
    those whose version it is not.
    """
    kind = version.annotation.kind
    return _accept(review, [(item, version)], f"Accept {kind}", reason)


def accept_all(review: Review, compared: Iterable[Compared], which: Which) -> Change:
    """Accept, in one step, what is open and needs no thought.

    Raises `EditRefused` where there is nothing of the sort.
    """
    chosen = [
        (one.item, _choice(one.item, which))
        for one in compared
        if _is_of(one, which) and state_of(review, one.item) is ItemState.OPEN
    ]
    if not chosen:
        raise EditRefused("Nothing of the sort is left to be decided.")
    return _accept(review, chosen, which)


def _is_of(compared: Compared, which: Which) -> bool:
    differences = [finding.difference for finding in compared.findings]
    wanted = Difference.AGREED if which is Which.AGREED else Difference.TRIVIAL_BOUNDARY
    return differences == [wanted]


def _choice(item: Item, which: Which) -> Version:
    """The version to take; where several will do, the one that says more of its source."""

    def rank(version: Version) -> tuple[int, int]:
        length = sum(span.end - span.start for span in version.annotation.spans)
        parts = bool(version.annotation.mention) + bool(version.annotation.cue)
        return {Which.LONGER: length, Which.SHORTER: -length}.get(which, 0), parts

    return max(item.versions, key=rank)


def _accept(
    review: Review, chosen: Sequence[Choice], label: str, reason: str | None = None
) -> Change:
    draft, ids, verdicts = Draft(review.tagging), dict[str, str](), dict[str, Decision | None]()
    for item, version in chosen:
        agreed = _put_in(draft, review, item, version)
        ids |= {one.address: agreed for one in item.versions}
        verdicts |= _accepted(review, item, version, agreed, reason)
    for item, _ in chosen:
        for one in item.versions:
            decision = verdicts[one.address]
            if decision and decision.verdict is Verdict.ACCEPTED:
                _link_onwards(draft, review, one, ids)
            _link_back(draft, review, one, ids)
    last = ids[chosen[-1][1].address] if len(chosen) == 1 else None
    return _step(review, label, draft, verdicts, last)


def _put_in(draft: Draft, review: Review, item: Item, version: Version) -> str:
    """Make a version the agreed annotation of its item, without links yet; returns its id."""
    own = _own(review, item)
    fitting = (i for i in own if _is_like(review.tagging.get(i), version.annotation))
    agreed = next(fitting, None) or new_id(version.annotation.kind, draft)
    for other in own:
        if other != agreed:
            draft.remove(other)
    draft.put(replace(version.annotation, id=agreed, content=(), via=None))
    return agreed


def _is_like(agreed: Annotation | None, annotation: Annotation) -> bool:
    """Whether an id may be kept: an attribution never becomes anything else, nor the reverse."""
    is_attribution = annotation.kind is Kind.ATTRIBUTION
    return agreed is not None and (agreed.kind is Kind.ATTRIBUTION) == is_attribution


def _own(review: Review, item: Item) -> list[str]:
    """The ids of the agreed annotations that came of this item and of no other one."""
    here = {version.address for version in item.versions}
    ids = {one.as_id: None for one in review.decisions(item) if one.as_id in review.tagging}
    naming = (one for one in review.header.decisions if one.as_id in ids) if ids else ()
    others = {one.as_id for one in naming if one.of not in here}
    return [i for i in ids if i and i not in others]


def _accepted(
    review: Review, item: Item, chosen: Version, agreed: str, reason: str | None
) -> dict[str, Decision | None]:
    """The decisions by which one version is taken: accepted where it is the same, or changed."""
    found: dict[str, Decision | None] = {}
    for version in item.versions:
        is_chosen = version.address == chosen.address
        same = is_chosen or same_versions(version, chosen, review.reviewed)
        verdict = Verdict.ACCEPTED if same else Verdict.CHANGED
        why = None if same else _told(reason)
        found[version.address] = _decision(review, version, verdict, agreed, why)
    return found


def _decision(
    review: Review,
    version: Version,
    verdict: Verdict,
    agreed: str | None = None,
    reason: str | None = None,
) -> Decision:
    old = review.decision(version.address)
    return Decision(
        of=version.address,
        verdict=verdict,
        as_id=agreed,
        reason=reason,
        version=review.reviewed.digest(version),
        extra=old.extra if old else (),
    )


def _told(reason: str | None) -> str | None:
    return (reason or "").strip() or None


# --- links


def _link_onwards(draft: Draft, review: Review, version: Version, ids: Mapping[str, str]) -> None:
    """Link an agreed annotation with what came of that which a version links to."""

    def agreed(annotation_id: str) -> str | None:
        here = ids.get(address(version.annotator, annotation_id))
        return here or review.agreed_as(version.annotator, annotation_id)

    content = tuple(filter(None, map(agreed, version.annotation.content)))
    via = version.annotation.via
    draft.link(ids[version.address], content, agreed(via) if via else None)


def _link_back(draft: Draft, review: Review, version: Version, ids: Mapping[str, str]) -> None:
    """Link what was accepted earlier with this, where the colleague linked them."""
    who, target = version.annotator, version.annotation.id
    for holder in review.reviewed.taggings[who].referrers(target):
        of = address(who, holder.id)
        agreed = review.agreed_as(who, holder.id)
        if agreed and of not in ids and _leads(review, of):
            content = (ids[version.address],) if target in holder.content else ()
            draft.link(agreed, content, ids[version.address] if holder.via == target else None)


def _leads(review: Review, of: str) -> bool:
    """Whether the agreed annotation has its links from this version.

    It has them from the accepted ones, or, if the reviewer changed it by hand, from any.
    """
    decision, item = review.decision(of), review.reviewed.item(of)
    others = review.decisions(item) if item else []
    accepted = {one.as_id for one in others if one.verdict is Verdict.ACCEPTED}
    if decision is None or decision.verdict is Verdict.ACCEPTED:
        return decision is not None
    return decision.as_id not in accepted


# --- other verdicts


def reject(review: Review, item: Item, reason: str | None = None) -> Change:
    """Decide that nothing is to be tagged here; what was agreed on is deleted."""
    return _without_agreed(review, item, "Reject", Verdict.REJECTED, reason)


def question(review: Review, item: Item, reason: str | None = None) -> Change:
    """Put an item back until a question is answered; what was agreed on is deleted."""
    return _without_agreed(review, item, "Question", Verdict.QUESTION, reason)


def _without_agreed(
    review: Review, item: Item, label: str, verdict: Verdict, reason: str | None
) -> Change:
    why = _told(reason)
    decided = (_decision(review, version, verdict, None, why) for version in item.versions)
    return _withdraw(review, item, label, {one.of: one for one in decided})


def reopen(review: Review, item: Item) -> Change:
    """Take back what was decided on an item; what was agreed on is deleted."""
    return _withdraw(review, item, "Reopen", {one.of: None for one in review.decisions(item)})


def _withdraw(review: Review, item: Item, label: str, verdicts: Verdicts) -> Change:
    draft = Draft(review.tagging)
    for agreed in _own(review, item):
        draft.remove(agreed)
    return _step(review, label, draft, verdicts)


def keep(review: Review, item: Item) -> Change:
    """Let a decision stand although colleagues changed their versions since.

    Raises `EditRefused` where nothing was decided.
    """
    decisions = review.decisions(item)
    if not decisions:
        raise EditRefused("Nothing is decided here yet; accept a version or reject them all.")
    agreed, draft = review.tagging.get(review.agreed(item)), Draft(review.tagging)
    for other in _own(review, item):
        if agreed and other != agreed.id:
            draft.remove(other)
    kept = [_kept(review, version, agreed, decisions[0]) for version in item.versions]
    told = judged(kept, agreed, review) if agreed else kept
    return _step(review, "Keep as decided", draft, {one.of: one for one in told})


def _kept(review: Review, version: Version, agreed: Annotation | None, other: Decision) -> Decision:
    """The decision on a version as it is by now; on a new one, as on the ``other``."""
    old = review.decision(version.address)
    verdict = old.verdict if old else Verdict.CHANGED if agreed else other.verdict
    reason = old.reason if old else other.reason
    return _decision(review, version, verdict, agreed.id if agreed else None, reason)


def explain(review: Review, item: Item, reason: str) -> Change:
    """Say to colleagues why; blanks alone take the reason away. It is for all but the accepted."""
    why = _told(reason)
    found = (one for one in review.decisions(item) if one.verdict is not Verdict.ACCEPTED)
    told = {one.of: replace(one, reason=why) for one in found}
    return _step(review, "Give a reason", Draft(review.tagging), told)


def forget(review: Review, decisions: Iterable[Decision]) -> Change:
    """Take back decisions, as on what colleagues deleted; what was agreed on stays."""
    leaving: Verdicts = {one.of: None for one in decisions}
    return _step(review, "Forget decisions", Draft(review.tagging), leaving)


def comment(review: Review, of: str, by: str, text: str) -> Change:
    """Write a remark, a question or an answer on a colleague's annotation.

    Raises `EditRefused` for nothing but blanks, and for what was written there already.
    """
    new = Comment(of=of, by=by, text=text.strip())
    if not new.text:
        raise EditRefused("Write a few words first.")
    if any((one.of, one.by, one.text) == (of, by, new.text) for one in review.header.comments):
        raise EditRefused("You have written just that here already.")
    return Change("Comment", comments=added(new))


def _step(
    review: Review, label: str, draft: Draft, verdicts: Verdicts, last: str | None = None
) -> Change:
    decisions = of_pairs((review.decision(of), new) for of, new in verdicts.items())
    return follow(Change(label, draft.delta(last), decisions=decisions), review)
