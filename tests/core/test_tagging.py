from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core.change import Change
from annotator.core.checks.format_errors import find_format_errors
from annotator.core.model import Annotation, ArticleRef, Document, Kind, text_order
from annotator.core.tagging import BUCKET, Tagging
from tests.core.builders import NEWS, REGISTRY, a_chain, annotation, now, on
from tests.core.walks import LONG, positions, random_change

REF = ArticleRef(file="../a.txt", sha256=LONG.sha256, length=len(LONG.text))
steps = st.integers(1, 12)


def ids(annotations: list[Annotation]) -> list[str]:
    return [annotation.id for annotation in annotations]


def overlaps(one: Annotation, start: int, end: int) -> bool:
    return any(span.start < end and span.end > start for span in one.spans)


def shortest_first(annotations: list[Annotation]) -> list[Annotation]:
    return sorted(annotations, key=lambda one: (one.end - one.start, text_order(one)))


def naive_at(plain: list[Annotation], gap: int) -> list[Annotation]:
    holding = [one for one in plain if any(s.start < gap < s.end for s in one.spans)]
    touching = [one for one in plain if any(gap in (s.start, s.end) for s in one.spans)]
    return shortest_first(holding or touching)


def check_places(tagging: Tagging, plain: list[Annotation], gap: int, further: int) -> None:
    start, end = sorted((gap, further))
    assert tagging.at(gap) == naive_at(plain, gap)
    held = [one for one in plain if overlaps(one, gap, gap + 1)]
    assert tagging.covering(gap) == shortest_first(held)
    assert tagging.between(start, end) == [one for one in plain if overlaps(one, start, end)]
    assert tagging.after(gap) == next((one for one in plain if one.start >= gap), None)
    assert tagging.before(gap) == next((one for one in plain[::-1] if one.start < gap), None)


def check_order(tagging: Tagging, plain: list[Annotation]) -> None:
    assert list(tagging.annotations()) == plain
    assert len(tagging) == len(plain)
    for kind in Kind:
        assert tagging.count(kind) == sum(one.kind is kind for one in plain)
    for row, one in enumerate(plain):
        assert (tagging.row(one), tagging.at_row(row)) == (row, one)
        assert tagging.neighbour(one, -1) == (plain[row - 1] if row else None)
        assert tagging.neighbour(one, 1) == (plain[row + 1] if row + 1 < len(plain) else None)


def check_links(tagging: Tagging, plain: list[Annotation]) -> None:
    for one in plain:
        leaning = [other for other in plain if one.id in other.links]
        assert tagging.referrers(one.id) == leaning
        assert tagging.attributions_of(one.id) == [a for a in leaning if one.id in a.content]
        near = {other.id for other in leaning} | set(one.links)
        assert {other.id for other in tagging.linked(one.id)} == near


def done(tagging: Tagging, change: Change) -> dict[str, Annotation]:
    """What a plain dict makes of a change that the tagging takes as well."""
    plain = {one.id: one for one in tagging}
    tagging.apply(change)
    gone = {one.id for one in change.before}
    return {i: one for i, one in plain.items() if i not in gone} | {a.id: a for a in change.after}


@given(st.data(), steps)
def test_after_every_step_it_answers_as_a_plain_list_would(data: st.DataObject, count: int) -> None:
    tagging = Tagging()
    for _ in range(count):
        expected = done(tagging, random_change(data.draw, tagging))
        plain = sorted(expected.values(), key=text_order)
        check_order(tagging, plain)
        check_links(tagging, plain)
        check_places(tagging, plain, data.draw(positions(LONG)), data.draw(positions(LONG)))
        for one in plain[:2]:
            check_places(tagging, plain, one.start, one.end)


@given(st.data(), steps)
def test_no_verb_ever_leaves_a_mistake(data: st.DataObject, count: int) -> None:
    tagging = Tagging()
    for _ in range(count):
        tagging.apply(random_change(data.draw, tagging))
        document = Document(article=REF, annotator="anna", annotations=tagging.annotations())
        assert list(find_format_errors(document, LONG, REGISTRY)) == []


@given(st.data(), steps)
def test_undo_goes_back_through_every_state_and_redo_forward_again(
    data: st.DataObject, count: int
) -> None:
    tagging = Tagging()
    states, changes = [tagging.annotations()], []
    for _ in range(count):
        changes.append(random_change(data.draw, tagging))
        tagging.apply(changes[-1])
        states.append(tagging.annotations())
    for change, state in zip(reversed(changes), reversed(states[:-1]), strict=True):
        tagging.apply(change.inverse())
        assert tagging.annotations() == state
    for change, state in zip(changes, states[1:], strict=True):
        tagging.apply(change)
        assert tagging.annotations() == state


@settings(max_examples=30)
@given(st.data())
def test_an_undone_tagging_answers_as_one_that_was_never_worked_on(data: st.DataObject) -> None:
    tagging, untouched = a_chain(), a_chain()
    changes = []
    for _ in range(6):
        changes.append(random_change(data.draw, tagging, NEWS))
        tagging.apply(changes[-1])
    for change in reversed(changes):
        tagging.apply(change.inverse())
    check_order(tagging, list(untouched))
    check_links(tagging, list(untouched))
    check_places(tagging, list(untouched), data.draw(positions(NEWS)), len(NEWS.text))


def test_nothing_is_tagged_yet() -> None:
    tagging = Tagging()
    assert (len(tagging), tagging.annotations(), tagging.count(Kind.CLAIM)) == (0, (), 0)
    assert tagging.at(0) == tagging.covering(0) == tagging.between(0, 9999) == []
    assert tagging.after(0) is tagging.before(0) is tagging.get("c-1") is tagging.get(None) is None
    assert tagging.referrers("c-1") == tagging.linked("c-1") == []


def test_the_first_and_the_last_character_of_the_article_can_be_tagged() -> None:
    length = len(NEWS.text)
    tagging = Tagging([annotation("c-1", (0, 1)), annotation("q-1", (length - 1, length))])
    assert ids(tagging.at(0)) == ids(tagging.covering(0)) == ["c-1"]
    assert ids(tagging.at(length)) == ids(tagging.covering(length - 1)) == ["q-1"]
    assert tagging.covering(length) == tagging.covering(1) == []


def test_the_caret_between_two_touching_tags_stands_in_both_but_within_one_only_in_that() -> None:
    touching = Tagging([annotation("c-1", (0, 9)), annotation("c-2", (9, 20))])
    assert ids(touching.at(9)) == ["c-1", "c-2"]
    assert ids(touching.covering(9)) == ["c-2"]
    held = Tagging([annotation("c-1", (0, 9)), annotation("q-1", (0, 20))])
    assert ids(held.at(9)) == ["q-1"]


def test_the_shortest_comes_first_under_the_caret() -> None:
    nested = [annotation("a-1", (0, 40)), annotation("c-1", (5, 15)), annotation("q-1", (6, 8))]
    assert ids(Tagging(nested).at(7)) == ids(Tagging(nested).covering(7)) == ["q-1", "c-1", "a-1"]


def test_the_gap_between_two_fragments_belongs_to_no_tag() -> None:
    fragments = Tagging([annotation("q-1", (0, 9), (20, 30))])
    assert fragments.at(15) == fragments.between(9, 20) == []
    assert ids(fragments.at(9)) == ids(fragments.between(19, 21)) == ["q-1"]


def test_a_tag_over_line_breaks_is_found_in_the_empty_line_that_it_crosses() -> None:
    crossing = Tagging([annotation("c-1", (62, 100))])
    empty = NEWS.text.index("\n\n") + 1
    assert ids(crossing.between(empty, empty)) == ["c-1"]


@pytest.mark.parametrize("edge", [BUCKET - 1, BUCKET, BUCKET + 1])
def test_a_tag_across_the_edge_of_a_bucket_is_found_on_both_sides(edge: int) -> None:
    span = LONG.span(BUCKET - 5, BUCKET + 5)
    tagging = Tagging([Annotation(id="c-1", kind=Kind.CLAIM, spans=(span,))])
    found = [tagging.at(edge), tagging.covering(edge), tagging.between(edge, edge)]
    assert [ids(one) for one in found] == [["c-1"]] * 3


def test_links_to_what_is_not_there_lead_nowhere() -> None:
    tagging = Tagging([on("Secondo RBC", "a-1", content=("c-gone",), via="a-gone")])
    assert tagging.linked("a-1") == []
    assert ids(tagging.referrers("c-gone")) == ids(tagging.linked("c-gone")) == ["a-1"]


def test_linked_is_what_it_points_to_and_then_what_points_to_it() -> None:
    tagging = a_chain()
    assert ids(tagging.linked("a-kcna")) == ["a-yonhap", "a-rbc"]
    assert ids(tagging.linked("a-rbc")) == ["c-1", "q-1", "a-kcna"]


def test_a_row_past_the_end_is_an_error() -> None:
    with pytest.raises(IndexError):
        a_chain().at_row(5)


def test_it_is_known_where_a_new_tag_would_go() -> None:
    tagging = a_chain()
    assert tagging.row(annotation("c-0", (0, 9))) == 1
    assert now(tagging, "c-1") in tagging.annotations()
    assert "c-1" in tagging
    assert "c-0" not in tagging
