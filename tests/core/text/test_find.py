from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.model import Kind
from annotator.core.tagging import Tagging
from annotator.core.text.find import FoldedText, already_tagged, find, remaining, tag_all
from annotator.core.text.graphemes import is_edge
from tests.core.builders import NEWS, a_chain, on, refused

LETTERS = st.text(st.sampled_from("aàAbß İıe\u0301\u0327éÉñ한국Ёё’'\n\xa0"), max_size=40)


def hits(text: str, wanted: str, **how: bool) -> list[str]:
    return [text[slice(*hit)] for hit in find(text, wanted, **how)]


def test_case_and_accents_do_not_count() -> None:
    text = "Città, CITTÀ, citta e Citta\u0300; perché no"
    assert hits(text, "città") == ["Città", "CITTÀ", "citta", "Citta\u0300"]
    assert hits(text, "CITTA") == hits(text, "città") == hits(text, "citta\u0300")


def test_where_they_count_only_the_same_is_found() -> None:
    assert hits("Città, città, citta", "città", fold_case=False) == ["città"]


def test_half_of_a_letter_is_never_found() -> None:
    assert hits("e\u0301 e", "e", fold_case=False) == ["e"]
    assert list(find("e\u0301 e", "e", fold_case=False)) == [(3, 4)]
    assert hits("👩\u200d👧 👧", "👧") == ["👧"]
    assert hits("कि क", "क") == ["क"]


def test_offsets_do_not_shift_where_lower_case_is_longer() -> None:
    assert list(find("İİ Kim", "kim")) == [(3, 6)]


def test_typographic_and_typewriter_marks_are_the_same() -> None:
    assert hits("l’invio di “truppe”", 'l\'invio di "truppe"') == ["l’invio di “truppe”"]


def test_a_no_break_space_is_a_blank_but_a_new_line_is_none() -> None:
    assert hits("Kim\xa0Jong-gyu\nKim\nJong-gyu", "kim jong") == ["Kim\xa0Jong"]


def test_whole_words_are_whole_where_blanks_part_words() -> None:
    text = "ha chance, Ha! e\u0301ha 연합뉴스는"
    assert list(find(text, "ha", whole_word=True)) == [(0, 2), (11, 13)]
    assert hits(text, "연합뉴스", whole_word=True) == ["연합뉴스"]
    assert hits("a ab a", "a", whole_word=True, fold_case=False) == ["a", "a"]


def test_a_word_that_is_none_hides_no_whole_one_that_it_overlaps() -> None:
    assert list(find("ba a a", "a a", whole_word=True)) == [(3, 6)]


@pytest.mark.parametrize("wanted", ["", " ", "\n", "\u0301"])
def test_nothing_is_found_nowhere(wanted: str) -> None:
    assert hits("a b\n e\u0301", wanted) == []


def test_signs_of_patterns_are_only_signs() -> None:
    assert hits("1,5 (a.b*) [x] a+b", "(a.b*) [") == ["(a.b*) ["]


@given(LETTERS, LETTERS, st.booleans(), st.booleans())
def test_every_hit_is_what_was_wanted(text: str, wanted: str, folded: bool, whole: bool) -> None:
    found = list(find(FoldedText(text), wanted, fold_case=folded, whole_word=whole))
    assert found == sorted(found)
    assert all(one[1] <= two[0] for one, two in pairwise(found))
    for start, end in found:
        assert is_edge(text, start)
        assert is_edge(text, end)
        assert same(text[start:end], wanted) if folded else text[start:end] == wanted


def same(one: str, other: str) -> bool:
    return bare(one) == bare(other)


def bare(text: str) -> str:
    plain = FoldedText(text).folded
    return "".join(" " if c.isspace() else c for c in plain if not unicodedata.combining(c))


@given(LETTERS.filter(str.strip), LETTERS, LETTERS)
def test_what_stands_between_blanks_is_found(wanted: str, before: str, after: str) -> None:
    wanted = wanted.strip().replace("\n", "")
    if bare(wanted).strip():
        assert wanted in hits(f"{before}\n{wanted}\n{after}", wanted) or not_alone(wanted)


def not_alone(wanted: str) -> bool:
    """A mark at the start belongs to what stands before it, and is passed over."""
    return bool(unicodedata.combining(wanted[0]))


# Tagging what was found


def test_all_hits_are_tagged_in_one_step_and_taken_back_in_one() -> None:
    tagging = Tagging()
    found = list(find(NEWS.text, "la"))
    change = tag_all(tagging, NEWS, Kind.CLAIM, found)
    assert change.label == f"Tag {len(found)} claims"
    tagging.apply(change)
    assert [(a.start, a.end) for a in tagging] == found
    tagging.apply(change.inverse())
    assert len(tagging) == 0


def test_what_is_tagged_so_already_is_left_out() -> None:
    tagging = Tagging([on("KCNA", "a-1", source="kcna"), on("Yonhap", "a-2", source="rbc")])
    found = [*find(NEWS.text, "kcna"), *find(NEWS.text, "yonhap")]
    assert [already_tagged(tagging, Kind.ATTRIBUTION, "kcna", hit) for hit in found] == [
        tagging.get("a-1"),
        None,
    ]
    assert already_tagged(tagging, None, None, found[1]) == tagging.get("a-2")
    assert already_tagged(tagging, Kind.CLAIM, None, found[0]) is None
    change = tag_all(tagging, NEWS, Kind.ATTRIBUTION, found, "kcna")
    assert [(a.words, a.source) for a in change.after] == [("Yonhap", "kcna")]
    assert change.label == "Tag attribution"


def test_hits_are_trimmed_as_any_tag_is_and_counted_so() -> None:
    tagging = Tagging([on("KCNA", "c-1")])
    found = list(find(NEWS.text, " KCNA."))
    assert NEWS.text[slice(*found[0])] == " KCNA."
    assert remaining(tagging, NEWS, Kind.CLAIM, found) == []


def test_where_nothing_remains_it_says_so() -> None:
    tagging = a_chain()
    found = list(find(NEWS.text, "Pyongyang ha inviato truppe in Russia"))
    sentence = refused(lambda: tag_all(tagging, NEWS, Kind.CLAIM, found))
    assert sentence == "All of these words are tagged so already."


def test_only_attributions_have_a_source() -> None:
    sentence = refused(lambda: tag_all(Tagging(), NEWS, Kind.QUOTE, [(0, 9)], "kcna"))
    assert sentence == "Only an attribution has a source."
