from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from annotator.ui.page.highlights import disjoint, overlapping
from annotator.ui.page.lines import Range

PLACES = st.integers(0, 60)
RANGES = st.builds(lambda start, length: (start, start + length), PLACES, st.integers(1, 30))


@given(st.lists(RANGES), PLACES, PLACES)
def test_what_overlaps_a_place_is_found_once_whatever_lies_in_what(
    ranges: list[Range], start: int, end: int
) -> None:
    found = overlapping(disjoint(ranges), start, end)
    wanted = {place for one in ranges for place in range(*one) if start <= place < end}
    assert {place for one in found for place in range(*one) if start <= place < end} == wanted
    assert all(one < end and start < other for one, other in found)
    assert all(one[1] <= following[0] for one, following in pairwise(found))


def test_no_words_are_nothing() -> None:
    assert not disjoint([])
    assert disjoint([(1, 2)])
