"""Pairs are one to one, and as many as can be."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from annotator.core.model import Annotation
from annotator.review.compare.pairing import Way, most_pairs, overlaps, paired
from tests.review.annotated import one, ranges, tagged


def test_what_comes_first_does_not_take_the_only_partner_of_another() -> None:
    long, short = one("c-1", (0, 10)), one("c-2", (0, 5))
    early, late = one("c-3", (3, 5)), one("c-4", (6, 8))
    assert paired([long, short], [early, late])[Way.OVERLAP] == 2


def test_two_halves_of_a_colleagues_tag_are_one_pair() -> None:
    halves = [one("c-1", (0, 10)), one("c-2", (10, 20))]
    whole = [one("c-3", (0, 20))]
    assert paired(halves, whole) == {Way.EXACT: 0, Way.HALF: 1, Way.OVERLAP: 1}


def test_exact_is_all_fragments() -> None:
    split = one("c-1", (0, 5), (8, 12))
    assert paired([split], [one("q-9", (0, 5), (8, 12))])[Way.EXACT] == 1
    assert paired([split], [one("c-2", (0, 5))])[Way.EXACT] == 0
    assert paired([split], [one("c-2", (0, 12))])[Way.EXACT] == 0


def test_iou_counts_the_words_of_fragments_not_the_gaps() -> None:
    split = [one("c-1", (0, 5), (15, 20))]
    assert paired(split, [one("c-2", (0, 20))])[Way.HALF] == 1  # 10 of 20: just half
    assert paired(split, [one("c-2", (0, 21))])[Way.HALF] == 0
    assert paired(split, [one("c-2", (5, 15))]) == {Way.EXACT: 0, Way.HALF: 0, Way.OVERLAP: 0}


def test_the_same_words_tagged_twice_are_two() -> None:
    twice = [one("c-1", (0, 5)), one("c-2", (0, 5))]
    assert paired(twice, twice)[Way.EXACT] == 2
    assert paired(twice, twice[:1])[Way.EXACT] == 1


@given(st.lists(ranges(), max_size=6), st.lists(ranges(), max_size=6))
def test_what_two_share_is_counted_code_point_by_code_point(
    first: list[tuple[tuple[int, int], ...]], second: list[tuple[tuple[int, int], ...]]
) -> None:
    points = [[{i for s, e in r for i in range(s, e)} for r in side] for side in (first, second)]
    expected = {
        (i, j): len(a & b)
        for i, a in enumerate(points[0])
        for j, b in enumerate(points[1])
        if a & b
    }
    assert overlaps(first, second) == expected


@given(st.sets(st.tuples(st.integers(0, 4), st.integers(0, 4))))
def test_there_are_no_more_pairs_than_found(edges: set[tuple[int, int]]) -> None:
    best = max(sum((i, j) in edges for i, j in enumerate(to)) for to in permutations(range(5)))
    assert most_pairs(edges) == best


@given(tagged(), tagged())
def test_a_stricter_way_pairs_no_more_and_sides_do_not_matter(
    first: tuple[Annotation, ...], second: tuple[Annotation, ...]
) -> None:
    pairs = paired(first, second)
    assert pairs[Way.EXACT] <= pairs[Way.HALF] <= pairs[Way.OVERLAP] <= min(len(first), len(second))
    assert pairs == paired(second, first)
    assert set(paired(first, first).values()) == {len(first)}
