"""Format errors of a review beside the taggings that it is of."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from annotator.core.checks.format_errors import AtPlace
from annotator.core.model import Comment, Decision, Document, addressed

_GONE = "the id of a tag that is there, or no {name}"


def find_review_errors(review: Document, tagged: Mapping[str, Container[str]]) -> Iterator[AtPlace]:
    """What a review is of and is not there; ``tagged`` holds the ids in each tagging there is."""
    for number, who in enumerate(review.reviews):
        if who not in tagged:
            what = f"reviews: there is no tagging of this text by {who} here that can be read"
            yield AtPlace("no-colleague", None, ("reviews", number), what, "their file beside this")
    for number, decision in enumerate(review.decisions):
        yield from _target_errors("decision", number, decision, tagged)
    for number, comment in enumerate(review.comments):
        yield from _target_errors("comment", number, comment, tagged)


def _target_errors(
    name: str, number: int, one: Decision | Comment, tagged: Mapping[str, Container[str]]
) -> Iterator[AtPlace]:
    who, annotation_id = addressed(one.of)
    if who in tagged and annotation_id not in tagged[who]:
        what = f"the {name} is on {one.of}, which is no longer in the tagging of {who}"
        place = (f"{name}s", number, "of")
        yield AtPlace("target-gone", None, place, what, _GONE.format(name=name))
