from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.core.text.quotation import QUOTES, passages, quotation

MARKS = "".join(sorted({*QUOTES, *"".join(QUOTES.values())}))
texts = st.text(st.sampled_from(f"aB7è한好ו \n\xa0.,!?()-{MARKS}"), max_size=40)


def quoted(text: str) -> list[str]:
    return [text[start:end] for start, end in passages(text, 0, len(text))]


def alone(text: str) -> list[int]:
    return quotation(text, 0, len(text)).unpaired


@pytest.mark.parametrize(
    "passage",
    [
        "“Siamo alleati”",
        '"Siamo alleati"',
        "«Siamo alleati»",
        "«\xa0Nous sommes alliés\xa0»",
        "«Мы союзники»",
        "„Wir sind Verbündete“",
        "„Jesteśmy sojusznikami”",
        "»Wir sind Verbündete«",
        "”Vi är allierade”",
        "‘We are allies’",
        "‚Wir sind Verbündete‘",
        "‹alleati›",
        "›alleati‹",
        "'Siamo alleati'",
        "「同盟」",
        "『同盟』",
        "〈동맹〉",
        "《동맹》",
    ],
)
def test_each_pair_of_marks_makes_a_passage(passage: str) -> None:
    for text in (passage, f"Ha detto: {passage}, poi tace.", f"({passage})", f"Dice {passage}!"):
        assert quoted(text) == [passage]
        assert alone(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('"falsi" e "voci infondate"', ['"falsi"', '"voci infondate"']),
        ('l\'"alleato" dell’“amico”', ['"alleato"', "“amico”"]),
        ('("Ciao!"), "un po\'" e "...ma"', ['"Ciao!"', '"un po\'"', '"...ma"']),
        ("'uno' e 'due', 'tre'", ["'uno'", "'due'", "'tre'"]),
        ('그는 "알았다"고 말했다', ['"알았다"']),
        ("'KCNA'가 ‘알았다’고 했다", ["'KCNA'", "‘알았다’"]),
        ('他说"你好"吗', ['"你好"']),
        ("他说“你好”吗", ["“你好”"]),
        ("„Zitat!“, sagte »Er«, «ja»", ["„Zitat!“", "»Er«", "«ja»"]),
        ("detto.”Poi ”ciao”", ["”ciao”"]),
    ],
)
def test_neighbours_tell_what_a_mark_does(text: str, found: list[str]) -> None:
    assert quoted(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“Ha detto ‘no’ a «tutti»”", ["“Ha detto ‘no’ a «tutti»”", "‘no’", "«tutti»"]),
        ("\"Ha detto 'ciao'\"", ["\"Ha detto 'ciao'\"", "'ciao'"]),
        ("«Газета „Правда“»", ["«Газета „Правда“»", "„Правда“"]),
        ('"uno "due" tre"', ['"uno "due" tre"', '"due"']),
        ("“'Ciao'”", ["“'Ciao'”", "'Ciao'"]),
    ],
)
def test_passages_lie_in_passages(text: str, found: list[str]) -> None:
    assert quoted(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "l'invio dell’agenzia, un po' di soldati",
        "gli anni '80 e un po' di vino",
        "la ’ndrangheta e la 'ndrangheta hanno un po' di tempo, da' qua",
        "the soldiers' don't, o’clock, '90s",
        "po' ' di'",
        'צה"ל ו-ארה"ב',
        'un tubo da 5" e uno da 7"',
    ],
)
def test_an_apostrophe_or_a_sign_is_no_quotation_mark(text: str) -> None:
    assert quoted(text) == []
    assert alone(text) == []


def test_an_apostrophe_does_not_end_a_quote() -> None:
    assert quoted("‘un po’ dell’altro’") == ["‘un po’ dell’altro’"]
    assert quoted("'un po' dell'altro'") == ["'un po' dell'altro'"]


def test_a_passage_ends_with_its_paragraph() -> None:
    text = "“Siamo alleati.\n“Lo saremo sempre”, ha detto.\n”"
    assert quoted(text) == ["“Lo saremo sempre”"]
    assert alone(text) == [0, len(text) - 1]


def test_a_mark_that_spoils_the_nesting_is_left_alone() -> None:
    assert quoted('"a «b" c»') == ['"a «b"']
    assert alone('"a «b" c»') == [3, 8]
    assert alone("» suite « mot »") == [0]


def test_only_the_range_is_looked_at_and_places_are_of_the_text() -> None:
    text = "😀 “uno” “due” “tre”"
    start = text.index("“due")
    assert passages(text, start, start + 5) == [(start, start + 5)]
    assert quotation(text, start, start + 4) == ([], [start])


@given(texts)
@example("'‘\"")
def test_passages_nest_or_are_apart_and_keep_to_a_paragraph(text: str) -> None:
    found = passages(text, 0, len(text))
    assert found == sorted(found, key=lambda one: (one.start, -one.end))
    for start, end in found:
        assert "\n" not in text[start:end]
        assert text[end - 1] in QUOTES[text[start]]
    open_ends: list[int] = []
    for start, end in found:
        open_ends = [one for one in open_ends if one > start]
        assert all(end < one for one in open_ends)
        open_ends.append(end)


@given(texts)
def test_every_mark_but_apostrophes_is_paired_or_left_alone(text: str) -> None:
    found = quotation(text, 0, len(text))
    paired = [at for start, end in found.passages for at in (start, end - 1)]
    marks = [at for at, char in enumerate(text) if char in MARKS and char not in "'’‘\""]
    assert len(set(paired)) == len(paired)
    assert set(marks) <= {*paired, *found.unpaired}
    assert not {*paired} & {*found.unpaired}
    assert all(one < other for one, other in pairwise(found.unpaired))


@given(st.lists(texts.map(lambda text: text.replace("\n", " ")), max_size=4))
def test_a_paragraph_is_judged_by_itself(paragraphs: list[str]) -> None:
    whole = [text[start:end] for text in paragraphs for start, end in passages(text, 0, len(text))]
    assert quoted("\n".join(paragraphs)) == whole
