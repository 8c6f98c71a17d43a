from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.suggest.phrases import compile_phrases, lowered

WORDS = {"have": ["ha", "hanno"], "said": ["dett(o|a)", "reso noto"], "adverb": ["*mente", "già"]}


def found(phrase: str, text: str) -> list[str]:
    phrases = compile_phrases({"x": [phrase]}, WORDS)
    return [text[one.start : one.end] for one in phrases.find(lowered(text), 0, len(text))]


@pytest.mark.parametrize(
    ("phrase", "text", "words"),
    [
        ("secondo", "Secondo lui; secondogenito, SECONDO", ["Secondo", "SECONDO"]),
        ("ha (detto|riferito)", "ha detto, ha riferito, ha visto", ["ha detto", "ha riferito"]),
        ("riportat(o|a)", "riportato riportata riportate", ["riportato", "riportata"]),
        (
            "<have> <adverb>? <said> <adverb>?",
            "hanno già detto chiaramente; ha reso noto",
            ["hanno già detto chiaramente", "ha reso noto"],
        ),
        ("già? detto", "già detto e detto", ["già detto", "detto"]),
        ("a dell'", "A dell’agenzia", ["A dell’"]),
        ("-에 따르면", "연합뉴스에 따르면 그는", ["에 따르면"]),
        ("по словам", "По словам\nего; по\xa0словам", ["По словам", "по\xa0словам"]),
        ("сообщен", "сообщён", ["сообщён"]),
        ("(stando a|stando)", "stando a lui", ["stando a"]),
    ],
)
def test_a_phrase_is_found_in_all_its_forms(phrase: str, text: str, words: list[str]) -> None:
    assert found(phrase, text) == words


def test_a_phrase_stands_in_one_line() -> None:
    assert found("ha detto", "ha\ndetto") == []


def test_of_phrases_that_begin_together_the_longest_counts_and_of_others_the_first() -> None:
    phrases = compile_phrases({"short": ["ha", "detto oggi"], "long": ["ha detto"]}, {})
    text = "ha detto oggi"
    assert [(one.start, one.end, one.rule) for one in phrases.find(text, 0, len(text))] == [
        (0, 8, "long")
    ]


def test_only_the_wanted_part_of_the_text_is_searched() -> None:
    phrases = compile_phrases({"x": ["ha detto", "-다고 했다"]}, {})
    assert phrases.find("ha detto ha detto", 1, 16) == []
    assert phrases.find("간다고 했다", 0, 5) == []


def test_no_phrases_find_nothing() -> None:
    assert compile_phrases({}, {}).find("ha detto", 0, 8) == []


@pytest.mark.parametrize(
    ("phrase", "what"),
    [
        ("<nobody> detto", "names <nobody>, which is not among words"),
        ("ha (detto", "a bracket or '?' too many"),
        ("ha de?tto", "a bracket or '?' too many"),
        ("*mente detto", "begins with any letters"),
        ("(ha|) detto", "an empty or an endless choice"),
        ("ha a*b*c", "more than one * in a word"),
        ("ha?", "no word that must be there"),
        ("-", "no word that must be there"),
        ("x" * 99, "is too long"),
        ("(a|b)" * 20, "an empty or an endless choice"),
    ],
)
def test_a_phrase_that_cannot_be_read_says_why(phrase: str, what: str) -> None:
    with pytest.raises(ValueError, match="phrase") as caught:
        compile_phrases({"x": [phrase]}, WORDS)
    assert what in str(caught.value)


@given(st.text())
def test_lower_case_keeps_the_length(text: str) -> None:
    assert len(lowered(text)) == len(text)


@given(
    st.lists(st.text("abà", min_size=1, max_size=4), min_size=1, max_size=8),
    st.text("abà ", max_size=30),
)
def test_any_words_are_found_wherever_they_stand_alone(words: list[str], text: str) -> None:
    phrases = compile_phrases({"x": words}, {})
    alone = [word for word in text.split() if word in words]
    assert [text[one.start : one.end] for one in phrases.find(text, 0, len(text))] == alone
