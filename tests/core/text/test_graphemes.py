from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.text.graphemes import grapheme_edges, is_edge, next_edge

WHOLE = {
    "a decomposed é": "e\u0301",
    "two marks on a letter": "a\u0323\u0302",
    "a family": "👩\u200d👩\u200d👧",
    "a skin tone": "👍\U0001f3fd",
    "a red heart": "❤\ufe0f",
    "a keycap": "1\ufe0f\u20e3",
    "the flag of Italy": "🇮🇹",
    "the flag of Scotland": "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
    "a syllable of jamo": "\u1112\u1161\u11ab",
    "an open syllable and its end": "가\u11a8",
    "a Hindi letter and its vowel": "कि",
    "a Thai am": "นำ",
    "a Persian joint": "می\u200c",
}
TRICKY = st.text(
    st.sampled_from("ae \n\u0301\u200d\ufe0f🇮🇹🇰🇷👩👧\u1112\u1161\u11ab가각한\U0001f3fd")
)


@pytest.mark.parametrize("whole", WHOLE.values(), ids=WHOLE)
def test_nothing_ends_inside(whole: str) -> None:
    text = f"x{whole}y"
    inside = range(2, len(whole) + 1)
    joined = [at for at in inside if not is_edge(text, at)]
    # The Persian word has two letters, and the first of them stands alone.
    assert joined == [*inside][1 if whole.startswith("م") else 0 :]


def test_flags_in_a_row_are_parted_two_by_two() -> None:
    assert [at for at in range(9) if is_edge("🇮🇹🇰🇷🇷🇺🇮🇹", at)] == [0, 2, 4, 6, 8]


def test_whole_syllables_and_plain_letters_stand_alone() -> None:
    for text in ("한국", "가나", "각시", "el", "é!", "ですか"):
        assert all(is_edge(text, at) for at in range(len(text) + 1))


def test_a_mark_at_the_start_of_a_line_is_not_drawn_into_the_line_before() -> None:
    assert is_edge("a\n\u0301b", 2)


@given(TRICKY, st.integers(0, 30), st.integers(0, 30))
def test_a_range_is_widened_to_edges_and_no_further(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    first, last = grapheme_edges(text, start, end)
    assert first <= start
    assert end <= last
    assert is_edge(text, first)
    assert is_edge(text, last)
    assert not any(is_edge(text, at) for at in (*range(first + 1, start + 1), *range(end, last)))


@given(TRICKY)
def test_steps_lead_through_the_same_edges_in_both_directions(text: str) -> None:
    forwards, backwards = [0], [len(text)]
    while forwards[-1] < len(text):
        forwards.append(next_edge(text, forwards[-1], 1))
    while backwards[-1] > 0:
        backwards.append(next_edge(text, backwards[-1], -1))
    assert forwards == backwards[::-1]
    assert next_edge(text, len(text), 1) == len(text)
    assert next_edge(text, 0, -1) == 0
