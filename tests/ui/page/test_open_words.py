from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.ui.page.open_words import OpenWords, Range

PLACES = st.integers(0, 60)
RANGES = st.builds(lambda start, length: (start, start + length), PLACES, st.integers(1, 30))


@given(st.lists(RANGES), PLACES, PLACES)
def test_what_overlaps_a_place_is_found_whatever_lies_in_what(
    ranges: list[Range], start: int, end: int
) -> None:
    wanted = sorted(one for one in ranges if one[0] < end and one[1] > start)
    assert OpenWords(ranges).between(start, end) == wanted


def test_no_words_are_nothing() -> None:
    assert not OpenWords()
    assert OpenWords([(1, 2)])
