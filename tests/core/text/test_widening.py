from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.text.graphemes import is_edge
from annotator.core.text.widening import narrow, next_word_edge, steps, widen, word_at

TEXT = (
    "Titolo\n"
    'Kim ha detto: "Siamo pronti. La «svolta vera» è qui. Fine", poi altro. Seconda frase.\n'
    "Coda"
)


def sentence_of(position: int) -> tuple[int, int]:
    """Sentences as a simple finder sees them: up to a full stop and its blanks, or a new line."""
    return sentence_in(TEXT, position)


def sentence_in(text: str, position: int) -> tuple[int, int]:
    found = [hit.span() for hit in re.finditer(r"[^.\n]*(?:\.\s*|\n|$)", text) if hit.group()]
    return next((one for one in found if one[0] <= position < one[1]), (position, position))


def ladder(words: str) -> list[str]:
    start = TEXT.index(words)
    return [TEXT[slice(*one)] for one in steps(TEXT, start, start + len(words), sentence_of)]


def words_of(text: str) -> list[str]:
    """The words as one goes through them from the start, end by end."""
    found, at = [], 0
    while (further := next_word_edge(text, at, 1, "end")) != at:
        found.append(text[slice(*word_at(text, further - 1))])
        at = further
    return found


# Words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("L'invio, dell’XI corpo.", ["L", "invio", "dell", "XI", "corpo"]),
        ("they don't; it’s Kim's", ["they", "don't", "it’s", "Kim's"]),
        ("Kim Jong-gyu -- no-", ["Kim", "Jong-gyu", "no"]),
        ("1,5 e 12:30, 2.000.", ["1,5", "e", "12:30", "2.000"]),
        ("perche\u0301 no\u0301", ["perche\u0301", "no\u0301"]),
        ("연합뉴스는 보도했다.", ["연합뉴스는", "보도했다"]),
        ("北朝鮮がミサイルを発射", ["北朝鮮", "が", "ミサイル", "を", "発射"]),
        ("نقلَت الجزيرة ذلك،", ["نقلَت", "الجزيرة", "ذلك"]),
        ("می\u200cگوید که", ["می\u200cگوید", "که"]),
        ("Ёнхап сообщил", ["Ёнхап", "сообщил"]),
        ("«Sì!» 🤝 ok", ["Sì", "ok"]),
        ("𝔎im", ["𝔎im"]),
        (" .,", []),
    ],
)
def test_words_are_what_readers_take_for_words(text: str, words: list[str]) -> None:
    assert words_of(text) == words


def test_the_word_after_the_caret_comes_before_the_word_before_it() -> None:
    assert word_at("uno,due tre", 4) == (4, 7)
    assert word_at("uno, due", 3) == (0, 3)
    assert word_at("uno , due", 4) == (4, 4)
    assert word_at("", 0) == (0, 0)


def test_an_end_moves_from_end_to_end_and_a_start_from_start_to_start() -> None:
    text = "uno, (due) tre"
    assert [next_word_edge(text, at, 1, "end") for at in (0, 3, 9, 14)] == [3, 9, 14, 14]
    assert [next_word_edge(text, at, -1, "end") for at in (14, 9, 5, 3)] == [9, 3, 3, 3]
    assert [next_word_edge(text, at, 1, "start") for at in (0, 6, 11)] == [6, 11, 11]
    assert [next_word_edge(text, at, -1, "start") for at in (14, 11, 6, 0)] == [11, 6, 0, 0]


@given(st.text(st.sampled_from("ab '’-,.1é\u0301👩\u200d👧한ñ漢カ\n"), max_size=30), st.data())
def test_word_edges_never_split_what_is_one_character(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    start, end = word_at(text, at)
    assert start <= at <= end
    if start < end:
        assert is_edge(text, start)
        assert is_edge(text, end)
        assert word_at(text, start) == (start, end)
        assert next_word_edge(text, end, -1, "start") == start
        assert next_word_edge(text, start, 1, "end") == end


# Widening


def test_from_a_word_to_the_passage_the_sentence_the_paragraph_and_the_article() -> None:
    paragraph = TEXT.split("\n")[1]
    assert ladder("volt") == [
        "volt",
        "svolta",
        "«svolta vera»",
        "La «svolta vera» è qui.",
        '"Siamo pronti. La «svolta vera» è qui. Fine"',
        'Kim ha detto: "Siamo pronti. La «svolta vera» è qui. Fine", poi altro.',
        paragraph,
        TEXT,
    ]


def test_words_selected_between_quotation_marks_widen_to_the_marks() -> None:
    assert ladder("svolta vera")[1] == "«svolta vera»"


def test_a_sentence_that_begins_in_a_quote_takes_the_whole_quote_in() -> None:
    assert ladder("poi altro")[1] == '"Siamo pronti. La «svolta vera» è qui. Fine", poi altro.'


def test_words_of_two_sentences_widen_to_both() -> None:
    assert "Seconda frase." in ladder("altro. Seconda")[2]


def test_a_caret_between_words_widens_to_something() -> None:
    text = "uno , due.\nfine"
    found = steps(text, 4, 4, lambda at: sentence_in(text, at))
    assert [text[slice(*one)] for one in found] == ["", "uno , due.", text]


def test_the_whole_article_is_the_end() -> None:
    assert widen(TEXT, 0, len(TEXT), sentence_of) == (0, len(TEXT))


def test_narrowing_goes_back_the_same_way() -> None:
    origin = (TEXT.index("volt"), TEXT.index("volt") + 2)
    upwards = steps(TEXT, *origin, sentence_of)
    here, downwards = upwards[-1], [upwards[-1]]
    while here != origin:
        here = narrow(TEXT, *here, origin, sentence_of)
        downwards.append(here)
    assert downwards == upwards[::-1]
    assert narrow(TEXT, *origin, origin, sentence_of) == origin


@given(st.text(st.sampled_from('ab. "«»“”\n漢'), max_size=40), st.data())
def test_every_step_holds_the_one_before_and_the_last_is_the_article(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = steps(text, start, end, lambda at: sentence_in(text, at))
    assert found[-1] == (0, len(text))
    for one, wider in pairwise(found):
        assert wider[0] <= one[0] <= one[1] <= wider[1]
        assert wider != one
