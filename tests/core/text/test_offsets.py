from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from annotator.core.text.offsets import Utf16Offsets

texts = st.text(
    st.sampled_from("aé \n\u0301👩🤝\u200d𝄞𐍈한語אבعر\u202e\u2028\xa0")
    | st.characters(codec="utf-8")
)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def test_plain_text_counts_the_same_both_ways() -> None:
    offsets = Utf16Offsets("Corea")
    assert [offsets.to_units(i) for i in range(6)] == [0, 1, 2, 3, 4, 5]
    assert [offsets.to_points(i) for i in range(6)] == [0, 1, 2, 3, 4, 5]


def test_one_emoji_shifts_all_that_follows() -> None:
    offsets = Utf16Offsets("a😀b")
    assert [offsets.to_units(i) for i in range(4)] == [0, 1, 3, 4]


def test_a_cursor_inside_a_pair_stands_before_the_character() -> None:
    assert [Utf16Offsets("a😀😀b").to_points(i) for i in range(7)] == [0, 1, 1, 2, 2, 3, 4]


@given(texts)
@example("")
@example("👨‍👩‍👧‍👦")
def test_every_gap_lies_where_the_encoded_text_has_it(text: str) -> None:
    offsets = Utf16Offsets(text)
    counted = [offsets.to_units(point) for point in range(len(text) + 1)]
    assert counted == [units(text[:point]) for point in range(len(text) + 1)]


@given(texts)
def test_there_and_back_is_the_same_gap(text: str) -> None:
    offsets = Utf16Offsets(text)
    gaps = list(range(len(text) + 1))
    assert [offsets.to_points(offsets.to_units(point)) for point in gaps] == gaps


@given(texts)
def test_every_unit_belongs_to_the_character_that_holds_it(text: str) -> None:
    offsets = Utf16Offsets(text)
    holders = [nth for nth, char in enumerate(text) for _ in range(units(char))]
    assert [offsets.to_points(unit) for unit in range(units(text))] == holders
    assert offsets.to_points(units(text)) == len(text)
