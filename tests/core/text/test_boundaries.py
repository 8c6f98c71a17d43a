from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.core.text.boundaries import PAIRS, trim

MARKS = "".join({*PAIRS, *"".join(PAIRS.values())})
texts = st.text(
    st.sampled_from(f"aB7è한אع🤝\u0301 \n\xa0\u200f.,;:…-–—'’?!%，。،*{MARKS}"), max_size=30
)


def trimmed(text: str, selected: str | None = None) -> str:
    start = text.index(selected or text)
    first, last = trim(text, start, start + len(selected or text))
    return text[first:last]


@pytest.mark.parametrize(
    "selected",
    [" Seul \n", ", Seul,", "Seul.", "— Seul;", "Seul…", "Seul...", "• Seul:", "\xa0Seul\u3000"],
)
def test_blanks_and_stray_punctuation_go(selected: str) -> None:
    assert trimmed(selected) == "Seul"


@pytest.mark.parametrize(
    "quoted",
    [
        "“Seul”",
        "„Seul“",
        "”Seul”",
        "«Seul»",
        "«\xa0Seul\xa0»",
        "»Seul«",
        "‘Seul’",
        "‚Seul‘",
        '"Seul"',
        "‹Seul›",
        "(Seul)",
        "[Seul]",
        "「首尔」",
        "『首尔』",
        "《首尔》",
        "（首尔）",
        "【首尔】",
        "“«Seul»”",
        "(“Seul”)",
        '"צה"ל"',
    ],
)
def test_marks_that_pair_up_stay(quoted: str) -> None:
    assert trimmed(quoted) == quoted
    assert trimmed(f" {quoted}., ") == quoted


@pytest.mark.parametrize(
    ("selected", "left"),
    [
        ("la KCNA)", "la KCNA"),
        ("(la KCNA", "la KCNA"),
        ("“Siamo alleati", "Siamo alleati"),
        ("alleati”, ha detto “", "alleati”, ha detto"),
        ("” ha detto", "ha detto"),
        ("«voci» e «", "«voci» e"),
        ('"falsi" e "', '"falsi" e'),
        ('" e "voci"', 'e "voci"'),
        ("(a) e b)", "(a) e b"),
        ("[“Seul]”", "[“Seul]”"),
        ("’ disse", "disse"),
        ("“Seul „tace”", "Seul „tace”"),
    ],
)
def test_a_mark_without_its_partner_goes(selected: str, left: str) -> None:
    assert trimmed(selected) == left


def test_a_pair_inside_is_no_business_of_the_edges() -> None:
    assert trimmed(', i "falsi" (statunitensi) qui.') == 'i "falsi" (statunitensi) qui'


def test_a_partner_outside_the_selection_does_not_count() -> None:
    assert trimmed("Ha detto “siamo pronti” oggi", "“siamo") == "siamo"


@pytest.mark.parametrize("word", ["U.S.", "S.p.A.", "p.es.", "т.д.", "negli U.S.A.", "Ph.D."])
def test_an_abbreviation_keeps_its_stop(word: str) -> None:
    assert trimmed(f"{word},") == word


@pytest.mark.parametrize(
    ("text", "word"),
    [("Apple Inc. said", "Apple Inc."), ("gas, petrolio ecc., oggi", "petrolio ecc.")],
)
def test_a_stop_after_which_the_sentence_goes_on_stays(text: str, word: str) -> None:
    assert trimmed(text, word) == word


@pytest.mark.parametrize(
    "text", ["Seul. Poi", "Seul.", "Seul.\nal piano", "Seul... poi", "kcna.kp. Poi", "12.30. Poi"]
)
def test_the_stop_of_a_sentence_goes(text: str) -> None:
    sentence = text.partition(" ")[0].partition("\n")[0]
    assert trimmed(text, sentence) == sentence.rstrip(".")


@pytest.mark.parametrize(
    "words", ["l’invio", "dell'agenzia", "i soldati’", "’ndrangheta", "'80s", 'צה"ל', "un po'"]
)
def test_apostrophes_stay_within_and_at_the_edge_of_words(words: str) -> None:
    assert trimmed(f" {words}, ") == words


@pytest.mark.parametrize(
    "words", ["Perché?", "Mai!", "Davvero?!", "¿Por qué?", "为什么？", "لماذا؟"]
)
def test_what_carries_meaning_stays(words: str) -> None:
    assert trimmed(f"{words} ") == words


@pytest.mark.parametrize(
    "words", ["-5", "–5 gradi", ".5", "12 %", "100 €", "#Seul", "@kcna", "C++"]
)
def test_signs_stay(words: str) -> None:
    assert trimmed(f"{words}, ") == words


@pytest.mark.parametrize(
    ("selected", "left"),
    [("他说。", "他说"), ("，首尔、", "首尔"), ("قال ذلك،", "قال ذلك"), ("؛نعم۔", "نعم")],
)
def test_punctuation_of_other_scripts_goes(selected: str, left: str) -> None:
    assert trimmed(selected) == left


def test_marks_of_direction_that_nobody_sees_go() -> None:
    assert trimmed("\u200fקול\u200e \ufeff") == "קול"


@pytest.mark.parametrize("marks", [".", "...", "().,", "?", "—", '"', "「", "، ؛"])
def test_a_selection_of_nothing_but_punctuation_is_kept(marks: str) -> None:
    assert trimmed(f" {marks}\n", f" {marks}\n") == marks


@pytest.mark.parametrize("blanks", ["", " ", "\n\n", "\xa0\u3000\t", "\u200b"])
def test_of_nothing_but_blanks_nothing_is_left(blanks: str) -> None:
    text = f"Seul{blanks}tace"
    start, end = trim(text, 4, 4 + len(blanks))
    assert start == end


ranges = texts.flatmap(
    lambda text: st.tuples(st.just(text), st.integers(0, len(text)), st.integers(0, len(text))).map(
        lambda drawn: (drawn[0], *sorted(drawn[1:]))
    )
)


@given(ranges)
@example(('"" a"', 0, 5))
def test_trimming_never_grows_and_twice_is_once(drawn: tuple[str, int, int]) -> None:
    text, start, end = drawn
    first, last = trim(text, start, end)
    assert start <= first <= last <= end
    assert trim(text, first, last) == (first, last)


@given(ranges)
def test_no_word_is_lost(drawn: tuple[str, int, int]) -> None:
    text, start, end = drawn
    first, last = trim(text, start, end)
    lost = text[start:first] + text[last:end]
    assert not any(char.isalnum() or char in "?!%\u0301🤝" for char in lost)


@given(st.sampled_from(sorted(PAIRS)), texts)
def test_whatever_stands_between_them_a_pair_stays(opening: str, inner: str) -> None:
    words = "".join(char for char in inner if char not in MARKS).strip("\u200f \n\xa0")
    quoted = f"{opening}x{words}y{PAIRS[opening][0]}"
    assert trimmed(f"; {quoted}. ", f"; {quoted}. ") == quoted
