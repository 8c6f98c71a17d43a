"""Whether an agreed annotation is what a colleague tagged, in all that counts.

Notes, ``x-`` keys and ids never count; a mention or a cue counts where both give one and they
differ by more than a trifle.
"""

from __future__ import annotations

from collections.abc import Sequence

from annotator.core.model import Annotation, Certainty, Span, Stance, address
from annotator.review.compare.boundaries import apart
from annotator.review.compare.matching import Version
from annotator.review.decide.review import Review, Reviewed


def same_versions(one: Version, other: Version, reviewed: Reviewed) -> bool:
    """Whether two versions of an item are the same, links compared by the items they lead to.

    A link to what the other one has not tagged is no difference: that is told there.
    """
    return (
        same_apart_from_links(one.annotation, other.annotation, reviewed)
        and _via(one, reviewed) == _via(other, reviewed)
        and _links_agree(one, other, reviewed)
    )


def same_apart_from_links(one: Annotation, other: Annotation, reviewed: Reviewed) -> bool:
    """Whether two annotations say the same of the same words, whatever they are linked with."""
    return _told(one) == _told(other) and all(
        _same_part(mine, yours, reviewed)
        for mine, yours in ((one.mention, other.mention), (one.cue, other.cue))
    )


def _told(annotation: Annotation) -> tuple[object, ...]:
    return (
        annotation.kind,
        [span[:2] for span in annotation.spans],
        annotation.source,
        annotation.unattributed,
        annotation.stance or Stance.REPORTS,
        annotation.certainty or Certainty.SURE,
    )


def _same_part(one: Sequence[Span], other: Sequence[Span], reviewed: Reviewed) -> bool:
    difference = apart([one, other], reviewed.words) if one and other else None
    return difference is None or difference.trivial


def _via(version: Version, reviewed: Reviewed) -> int | None:
    """The item that a version comes via: what that comes via itself is its own matter."""
    via = version.annotation.via
    return reviewed.number_of.get(address(version.annotator, via)) if via else None


def _links_agree(one: Version, other: Version, reviewed: Reviewed) -> bool:
    ours, theirs = _linked(one, reviewed), _linked(other, reviewed)
    return not (
        _denied(ours, theirs, other.annotator, reviewed)
        or _denied(theirs, ours, one.annotator, reviewed)
    )


def _denied(ours: set[int], theirs: set[int], who: str, reviewed: Reviewed) -> bool:
    """Whether ``who`` means by the links ``theirs`` that one of ours is none.

    So it is where they tagged what it leads to, and where all their links lead elsewhere.
    """
    elsewhere = bool(theirs) and ours.isdisjoint(theirs)
    return any(elsewhere or reviewed.items[item].of(who) for item in ours - theirs)


def _linked(version: Version, reviewed: Reviewed) -> set[int]:
    """The items that a version has as content."""
    addresses = (address(version.annotator, i) for i in version.annotation.content)
    return {reviewed.number_of[of] for of in addresses if of in reviewed.number_of}


def agrees(agreed: Annotation, version: Version, review: Review) -> bool:
    """Whether an agreed annotation is a colleague's version, as far as links are decided.

    What it is linked with beyond the colleague's tags does not count.
    """
    content, via = links_in_review(version, review)
    theirs = review.came_of(version.annotator, agreed.links)
    return (
        same_apart_from_links(agreed, version.annotation, review.reviewed)
        and theirs.intersection(agreed.content) == set(content)
        and (agreed.via if agreed.via in theirs else None) == via
    )


def linked_addresses(version: Version) -> list[str]:
    """The addresses of what a version links to."""
    return [address(version.annotator, link) for link in version.annotation.links]


def links_in_review(version: Version, review: Review) -> tuple[tuple[str, ...], str | None]:
    """The content and via of a version, as the agreed annotations that came of these."""
    content = (review.agreed_as(version.annotator, i) for i in version.annotation.content)
    via = version.annotation.via
    return (tuple(filter(None, content)), review.agreed_as(version.annotator, via) if via else None)
