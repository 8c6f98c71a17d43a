from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from annotator.core.merge import merge, merge_registries
from annotator.core.model import (
    Annotation,
    Answer,
    ArticleRef,
    Collision,
    Decision,
    Document,
    Kind,
    Span,
    Status,
    Verdict,
    text_order,
)
from annotator.core.sources import Registry, Source

REF = ArticleRef(file="../a.txt", sha256="0" * 64, length=100)


def claim(number: int, note: str | None = None) -> Annotation:
    span = Span(number, number + 1, "x")
    return Annotation(id=f"c-{number:06}", kind=Kind.CLAIM, spans=(span,), note=note)


def attribution(number: int, *content: Annotation, via: Annotation | None = None) -> Annotation:
    return Annotation(
        id=f"a-{number:06}",
        kind=Kind.ATTRIBUTION,
        spans=(Span(number, number + 1, "x"),),
        content=tuple(one.id for one in content),
        via=via.id if via else None,
    )


def document(*annotations: Annotation, **header: object) -> Document:
    ordered = tuple(sorted(annotations, key=text_order))
    empty = Document(article=REF, annotator="anna", annotations=ordered)
    return replace(empty, **header)  # type: ignore[arg-type]


def ids(document: Document) -> set[str]:
    return {annotation.id for annotation in document.annotations}


def test_what_each_side_added_alone_is_there() -> None:
    base = document(claim(1))
    merged = merge(base, document(claim(1), claim(2)), document(claim(0), claim(1)))
    assert merged.document == document(claim(0), claim(1), claim(2))
    assert merged.collisions == ()


def test_a_deletion_and_a_change_of_something_else_go_together() -> None:
    base = document(claim(1), claim(2))
    merged = merge(base, document(claim(1)), document(claim(1, "seen"), claim(2)))
    assert merged.document == document(claim(1, "seen"))


def test_two_notes_on_one_claim_collide_and_both_are_carried() -> None:
    base = document(claim(1))
    merged = merge(base, document(claim(1, "mine")), document(claim(1, "yours")))
    assert merged.collisions == (Collision(claim(1).id, claim(1, "mine"), claim(1, "yours")),)
    assert merged.document == base


def test_the_same_change_on_both_sides_is_no_collision() -> None:
    both = document(claim(1, "same"))
    assert merge(document(claim(1)), both, both).document == both


def test_a_collision_is_decided_by_whoever_is_asked() -> None:
    merged = merge(document(claim(1)), document(claim(1, "mine")), document())
    assert merged.resolved(lambda collision: collision.ours) == document(claim(1, "mine"))
    assert merged.resolved(lambda collision: collision.theirs) == document()


def test_deleting_what_the_other_side_just_linked_to_is_asked() -> None:
    target, holder = claim(1), attribution(2)
    linked = document(target, attribution(2, target))
    merged = merge(document(target, holder), linked, document(holder))
    assert merged.collisions == (Collision(target.id, target, None),)
    assert merged.document == linked


def test_a_link_to_what_is_then_deleted_is_mended() -> None:
    target, holder = claim(1), attribution(2)
    linked = document(target, attribution(2, target))
    merged = merge(document(target, holder), linked, document(holder))
    assert merged.resolved(lambda collision: collision.theirs) == document(holder)


def test_a_chain_closes_over_a_deleted_link_in_its_middle() -> None:
    far, middle = attribution(1), attribution(2, via=attribution(1))
    near = attribution(3)
    base = document(far, middle, near)
    ours = document(far, middle, attribution(3, via=middle))
    resolved = merge(base, ours, document(far, near)).resolved(lambda collision: None)
    assert resolved == document(far, attribution(3, via=far))


def test_a_chain_closes_as_the_side_that_kept_its_middle_had_it() -> None:
    far, near = attribution(1), attribution(3)
    base = document(far, attribution(2, via=far), near)
    ours = document(far, attribution(2), attribution(3, via=attribution(2)))
    resolved = merge(base, ours, document(near)).resolved(lambda collision: None)
    assert resolved == document(near)


def test_a_link_that_hung_in_the_air_before_is_left_for_the_checks() -> None:
    dangling = attribution(2, claim(1))
    merged = merge(document(dangling), document(dangling), document(dangling, claim(5)))
    assert merged.collisions == ()
    assert merged.document == document(dangling, claim(5))


def test_status_language_and_unknown_keys_are_merged_one_by_one() -> None:
    base = document(extra=(("x-a", 1),))
    ours = document(status=Status.DONE, extra=(("x-a", 1), ("x-b", 2)))
    theirs = document(article=replace(REF, language="it"), extra=())
    merged = merge(base, ours, theirs)
    assert merged.document == document(
        status=Status.DONE, article=replace(REF, language="it"), extra=(("x-b", 2),)
    )
    assert merged.overruled == ()


def test_a_header_key_that_both_changed_is_named_and_ours_stands() -> None:
    ours = document(article=replace(REF, language="it"))
    theirs = document(article=replace(REF, language="ko"))
    merged = merge(document(), ours, theirs)
    assert merged.document == ours
    assert merged.overruled == ("article language",)


def test_decisions_of_two_sittings_come_together() -> None:
    first, second = (Decision(of=f"anna#c-{n}", verdict=Verdict.ACCEPTED) for n in "12")
    merged = merge(document(), document(decisions=(first,)), document(decisions=(second,)))
    assert merged.document.decisions == (first, second)


def test_answers_come_together_and_two_reasons_stand_beside_each_other() -> None:
    known, mine, yours = (
        Answer(problem="unquoted-marks", exact="«Правда»", reason=reason)
        for reason in ("a name", "a newspaper", "a title")
    )
    base = document(answers=(known,))
    merged = merge(base, document(answers=(known, mine)), document(answers=(known, yours)))
    assert merged.document.answers == (known, mine, yours)
    assert merged.overruled == ()
    assert merge(base, document(), document(answers=(known, yours))).document.answers == (yours,)


def test_sources_that_two_people_added_are_both_known() -> None:
    base, kcna, tass = Registry(), Source(id="kcna", name="KCNA"), Source(id="tass", name="TASS")
    merged, overruled = merge_registries(base, Registry((kcna,)), Registry((tass,)))
    assert merged.sources == (kcna, tass)
    assert overruled == ()


def test_a_source_that_both_changed_keeps_every_alias() -> None:
    mine = Source(id="kcna", name="KCNA", aliases=("조선중앙통신",))
    yours = Source(id="kcna", name="K.C.N.A.", aliases=("ЦТАК",))
    merged, overruled = merge_registries(Registry(), Registry((mine,)), Registry((yours,)))
    assert merged.sources == (replace(mine, aliases=("조선중앙통신", "ЦТАК")),)
    assert overruled == ("kcna",)


@st.composite
def sound_documents(draw: st.DrawFn) -> Document:
    """Documents without dangling links, over a handful of ids so that sides do meet."""
    claims = [claim(n, draw(st.sampled_from([None, "note"]))) for n in _subset(draw)]
    numbers = _subset(draw)
    known = [attribution(n) for n in numbers]
    attributions = []
    for number in numbers:
        content = [one for one in claims if draw(st.booleans())]
        via = draw(st.sampled_from([None, *[a for a in known if a.id != f"a-{number:06}"]]))
        attributions.append(attribution(number, *content, via=via))
    language = draw(st.sampled_from([None, "it", "ko"]))
    return document(*claims, *attributions, article=replace(REF, language=language))


def _subset(draw: st.DrawFn) -> list[int]:
    return sorted(draw(st.sets(st.integers(0, 3))))


@given(sound_documents(), sound_documents())
def test_an_idle_side_takes_over_what_the_other_did(base: Document, theirs: Document) -> None:
    assert merge(base, base, theirs).document == theirs
    assert merge(base, theirs, base).document == theirs
    assert merge(base, base, theirs).collisions == ()


@given(sound_documents(), sound_documents(), sound_documents())
def test_it_does_not_matter_who_merges(base: Document, ours: Document, theirs: Document) -> None:
    one, other = merge(base, ours, theirs), merge(base, theirs, ours)
    assert one.document.annotations == other.document.annotations
    swapped = {Collision(i, our, their) for i, their, our in other.collisions}
    assert set(one.collisions) == swapped


@given(sound_documents(), sound_documents(), sound_documents())
def test_nothing_disappears_that_its_own_side_kept(
    base: Document, ours: Document, theirs: Document
) -> None:
    merged = merge(base, ours, theirs)
    asked = {collision.id for collision in merged.collisions}
    for side, other in ((ours, theirs), (theirs, ours)):
        deleted_by_other = ids(base) - ids(other)
        assert ids(side) <= ids(merged.document) | asked | deleted_by_other
        for annotation in side.annotations:
            if annotation not in base.annotations:
                assert annotation in merged.document.annotations or annotation.id in asked


@given(sound_documents(), sound_documents(), sound_documents(), st.data())
def test_no_link_hangs_in_the_air_after_any_decision(
    base: Document, ours: Document, theirs: Document, data: st.DataObject
) -> None:
    def decide(collision: Collision) -> Annotation | None:
        return data.draw(st.sampled_from([collision.ours, collision.theirs]))

    result = merge(base, ours, theirs).resolved(decide)
    assert {link for one in result.annotations for link in one.links} <= ids(result)
    assert list(result.annotations) == sorted(result.annotations, key=text_order)
