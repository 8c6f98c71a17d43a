"""Words are found in a text, however many are looked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.text import word_places
from annotator.core.text.word_places import WordPlaces

LETTERS = "ab é한😀\u0301\n"


class CountedText(str):
    """A text that counts how often it is looked through."""

    times = 0

    def find(self, *args: object) -> int:
        self.times += 1
        return super().find(*args)  # type: ignore[arg-type]


@pytest.fixture
def indexed(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is an index from the first word on."""
    monkeypatch.setattr(word_places, "_UNINDEXED", -1)


def stands_once(text: str, words: str) -> int | None:
    at = text.find(words)
    return at if words and at >= 0 and text.find(words, at + 1) < 0 else None


@pytest.mark.usefixtures("indexed")
@given(st.text(LETTERS, max_size=120), st.data())
def test_with_an_index_it_finds_what_looking_through_would(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    cut = text[start : data.draw(st.integers(start, len(text)))]
    for words in (cut, data.draw(st.text(LETTERS, max_size=20)), cut + "a"):
        assert WordPlaces(text).once(words) == stands_once(text, words)


@pytest.mark.usefixtures("indexed")
def test_a_long_text_is_not_looked_through_for_each_of_thousands() -> None:
    text = CountedText(" ".join(f"word{n} and" for n in range(20_000)))
    places = WordPlaces(text)
    for n in range(5_000):
        assert places.once(f"word{n} and word{n + 1} and") == text.index(f"word{n} and")
        assert places.once(f"word{n} but word{n + 1} and") is None
    assert text.times < 50


def test_what_was_asked_before_is_not_looked_for_again() -> None:
    text = CountedText("Kim said so. " * 100)
    places = WordPlaces(text)
    for _ in range(1000):
        assert places.once("Kim") is None
    assert text.times == 2


def test_words_that_no_index_helps_to_find_are_given_up_in_the_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(word_places, "_MOST", 100_000)
    text = CountedText("da da da " * 1000 + "end")
    places = WordPlaces(text)
    for n in range(1000):
        assert places.once(f"da da da {n}") is None
    assert text.times < 50
    assert WordPlaces(text).once("da end") == len(text) - 6
