"""Words are put where they stand, whatever offsets say."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.core.text.article import Article
from annotator.formats.input import placed

TEXT = "Kim said yes. Park said no."
SAID = TEXT.index("said")
SAID_AGAIN = TEXT.rindex("said")


def start_of(start: int, exact: str, prefix: str = "", suffix: str = "") -> int | None:
    found = placed(Article(TEXT), start, start + len(exact), exact, prefix, suffix)
    return found.start if found else None


def test_words_at_their_offsets_are_there() -> None:
    assert start_of(SAID, "said") == SAID
    assert start_of(SAID, "said", "Kim ", " yes") == SAID


def test_words_that_are_at_their_offsets_by_chance_are_where_their_surroundings_are() -> None:
    assert start_of(SAID, "said", "Park ", " no") == SAID_AGAIN
    assert start_of(SAID_AGAIN, "said", "Kim ") == SAID


def test_surroundings_that_stand_nowhere_take_no_words_from_their_offsets() -> None:
    assert start_of(SAID, "said", "Lee ", " maybe") == SAID


def test_words_elsewhere_are_found_by_their_surroundings_or_where_they_stand_once() -> None:
    assert start_of(0, "said") is None
    assert start_of(0, "said", "Park ") == SAID_AGAIN
    assert start_of(0, "Park", "Lee ", " maybe") == TEXT.index("Park")


@given(st.integers(0, len(TEXT) - 1), st.integers(1, 9), st.integers(0, 9))
def test_what_was_cut_from_a_text_is_back_where_it_was(start: int, length: int, wide: int) -> None:
    end = min(start + length, len(TEXT))
    around = TEXT[max(0, start - wide) : start], TEXT[end : end + wide]
    found = placed(Article(TEXT), start, end, TEXT[start:end], *around)
    assert found
    assert (found.start, found.end) == (start, end)
