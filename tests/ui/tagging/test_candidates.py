from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.core.sources import Registry
from annotator.ui.tagging.candidates import Candidate, candidates, other_name
from tests.ui.values import KCNA, REGISTRY, RUSSIA, RUSSIA_TODAY, YONHAP


def test_the_source_named_in_the_words_comes_first_then_the_rest_in_order() -> None:
    rows = candidates(REGISTRY, "", "secondo Yonhap")
    assert [row.source for row in rows] == [YONHAP, KCNA, RUSSIA_TODAY, RUSSIA]


def test_words_that_name_nobody_leave_the_current_source_first() -> None:
    rows = candidates(REGISTRY, "", "secondo fonti", ["russia", "unknown-id", "yonhap"])
    assert [row.source for row in rows] == [RUSSIA, YONHAP, KCNA, RUSSIA_TODAY]


def test_a_name_in_any_language_finds_its_source() -> None:
    row = candidates(REGISTRY, "조선", "")[0]
    assert row.source is KCNA
    assert other_name(row, "조선") == "조선중앙통신"


def test_case_and_accents_do_not_matter() -> None:
    assert candidates(REGISTRY, "ÁGENZIA", "")[0].source is KCNA


def test_the_alias_that_stands_in_the_words_is_named_beside_the_label() -> None:
    row = candidates(REGISTRY, "", "la Korean Central News Agency dice")[0]
    assert other_name(row, "") == "Korean Central News Agency"


def test_the_label_itself_is_not_repeated_beside_it() -> None:
    assert other_name(candidates(REGISTRY, "kcn", "")[0], "kcn") == ""


def test_a_part_of_known_names_offers_a_new_source_last() -> None:
    rows = candidates(REGISTRY, "Russ", "")
    assert rows == [Candidate(RUSSIA_TODAY), Candidate(RUSSIA), Candidate(None, "Russ")]


def test_a_whole_name_comes_before_longer_ones_and_offers_no_new_source() -> None:
    assert candidates(REGISTRY, "russia ", "") == [Candidate(RUSSIA), Candidate(RUSSIA_TODAY)]


def test_an_unknown_name_offers_only_the_new_source() -> None:
    assert candidates(REGISTRY, " Il Foglio ", "Yonhap") == [Candidate(None, "Il Foglio")]


@given(st.text(max_size=8), st.text(max_size=20))
def test_no_source_is_offered_twice_and_a_new_one_only_last(typed: str, words: str) -> None:
    rows = candidates(REGISTRY, typed, words, ["russia", "russia"])
    ids = [row.source.id for row in rows if row.source]
    assert len(ids) == len(set(ids))
    assert all(row.source for row in rows[:-1])


def test_where_nobody_is_known_the_words_come_before_names_from_elsewhere() -> None:
    reuters = Candidate(None, "Reuters")
    rows = candidates(Registry(), "", "ministero\ndella  Difesa ", (), [reuters])
    assert rows == [Candidate(None, "ministero della Difesa"), reuters]
    assert candidates(Registry(), "", "ha detto " * 9, (), [reuters]) == [reuters]


def test_who_is_cited_in_the_words_comes_before_the_words_themselves() -> None:
    cited, other = Candidate(None, "Ansa", cited=True), Candidate(None, "Reuters")
    assert candidates(Registry(), "", "l'Ansa ha detto", (), [other, cited]) == [cited, other]
