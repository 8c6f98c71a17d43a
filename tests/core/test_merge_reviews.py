"""Two windows on one review: what each decided goes together, and no decision leads nowhere."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from annotator.core.merge import merge
from annotator.core.model import (
    Annotation,
    ArticleRef,
    Collision,
    Comment,
    Decision,
    Document,
    Kind,
    Span,
    Verdict,
)

REF = ArticleRef(file="../a.txt", sha256="0" * 64, length=100)
AGREED = Annotation(id="c-000001", kind=Kind.CLAIM, spans=(Span(1, 2, "x"),))
ACCEPTED = Decision(of="anna#c-00000a", verdict=Verdict.ACCEPTED, as_id=AGREED.id)
OTHER = Decision(of="boris#c-00000b", verdict=Verdict.CHANGED, as_id=AGREED.id)


def review(*decisions: Decision, agreed: bool = True, **more: object) -> Document:
    found = Document(
        article=REF,
        annotator="carla",
        annotations=(AGREED,) if agreed else (),
        reviews=("anna",),
        decisions=tuple(sorted(decisions, key=lambda one: one.of)),
    )
    return replace(found, **more)  # type: ignore[arg-type]


def test_both_sides_decisions_are_there_in_the_order_of_files() -> None:
    merged = merge(review(), review(OTHER), review(ACCEPTED))
    assert merged.document == review(ACCEPTED, OTHER)
    assert merged.overruled == ()


def test_what_one_side_took_back_is_taken_back() -> None:
    assert merge(review(ACCEPTED, OTHER), review(ACCEPTED, OTHER), review(OTHER)).document == (
        review(OTHER)
    )


def test_of_two_decisions_on_one_tag_ours_stands_and_theirs_is_told() -> None:
    ours = replace(ACCEPTED, verdict=Verdict.REJECTED, as_id=None)
    theirs = replace(ACCEPTED, verdict=Verdict.QUESTION, as_id=None)
    merged = merge(review(ACCEPTED), review(ours), review(theirs))
    assert merged.document == review(ours)
    assert merged.overruled == ("decision on anna#c-00000a",)


def test_colleagues_that_either_side_reviews_are_reviewed() -> None:
    ours, theirs = ("anna", "dora"), ("anna", "boris")
    merged = merge(review(), review(reviews=ours), review(reviews=theirs)).document
    assert set(merged.reviews) == {"anna", "boris", "dora"}
    assert merged.reviews[0] == "anna"


def test_comments_of_both_stand_after_those_that_were_there() -> None:
    first, ours, theirs = (Comment(of="anna#c-00000a", by="c", text=text) for text in "abc")
    merged = merge(
        review(comments=(first,)),
        review(comments=(first, ours)),
        review(comments=(first, theirs)),
    ).document
    assert merged.comments[0] == first
    assert set(merged.comments[1:]) == {ours, theirs}


def test_deleting_what_the_other_side_decided_for_is_asked() -> None:
    ours, theirs = review(ACCEPTED, OTHER), review(agreed=False)
    merged = merge(review(ACCEPTED), ours, theirs)
    assert merged.collisions == (Collision(AGREED.id, AGREED, None),)
    assert merged.resolved(lambda collision: collision.ours).annotations == (AGREED,)
    deleted = merged.resolved(lambda collision: None)
    assert deleted.annotations == ()
    assert deleted.decisions == (replace(OTHER, verdict=Verdict.REJECTED, as_id=None),)


def test_a_decision_that_led_nowhere_before_is_left_for_the_checks() -> None:
    base = review(ACCEPTED, agreed=False)
    merged = merge(base, review(ACCEPTED, OTHER, agreed=False), base)
    assert merged.collisions == ()
    assert merged.document.decisions == (ACCEPTED, OTHER)


_decisions = st.lists(
    st.builds(
        Decision,
        of=st.sampled_from(["anna#c-00000a", "anna#c-00000c", "boris#c-00000b"]),
        verdict=st.sampled_from([Verdict.REJECTED, Verdict.QUESTION]),
    ),
    unique_by=lambda one: one.of,
).map(lambda found: review(*found))


@given(_decisions, _decisions, _decisions)
def test_merging_is_the_same_from_either_side_but_for_what_both_decided(
    base: Document, ours: Document, theirs: Document
) -> None:
    one, other = merge(base, ours, theirs), merge(base, theirs, ours)
    disputed = {name.removeprefix("decision on ") for name in one.overruled}
    assert set(one.overruled) == set(other.overruled)

    def settled(document: Document) -> list[Decision]:
        return [decision for decision in document.decisions if decision.of not in disputed]

    assert settled(one.document) == settled(other.document)
    assert merge(base, ours, ours).document == ours
    assert merge(base, base, theirs).document == theirs
