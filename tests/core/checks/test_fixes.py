from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core.change import Change
from annotator.core.checks.fixes import fix
from annotator.core.checks.format_errors import find_format_errors
from annotator.core.checks.problem import Code, Problem
from annotator.core.checks.problems import find
from annotator.core.model import Annotation, ArticleRef, Document, Kind, Stance
from annotator.core.tagging import Tagging
from tests.core.builders import now
from tests.core.checks.test_problems import KNOWN, NEWS, placed, tagged
from tests.core.walks import LONG, random_change


def the(code: Code, tagging: Tagging) -> Problem:
    return next(one for one in find(tagging, NEWS, KNOWN) if one and one.code is code)


def fixed(code: Code, *annotations: Annotation) -> Tagging:
    """The tagging after the first problem of that rule was mended, and it is one no longer."""
    tagging = Tagging(annotations)
    problem = the(code, tagging)
    change = fix(problem, tagging, NEWS, KNOWN)
    assert change
    tagging.apply(change)
    assert problem.identity not in {one.identity for one in find(tagging, NEWS, KNOWN) if one}
    return tagging


def test_words_in_marks_become_a_quote() -> None:
    (quote,) = fixed(Code.UNQUOTED)
    assert (quote.kind, quote.words) == (Kind.QUOTE, "«Siamo alleati»")


def test_a_quote_takes_in_the_mark_that_it_left_out() -> None:
    for words in ("«Siamo", "alleati»", "Siamo alleati"):
        (quote,) = fixed(Code.STOPS_SHORT, tagged(words, "q-1"))
        assert quote.words == "«Siamo alleati»"


def test_of_a_quote_in_fragments_the_one_beside_the_mark_grows() -> None:
    end = NEWS.text.index("domani»") + 7
    split = placed("q-1", (end - 15, end - 10), (end - 7, end - 3))
    (quote,) = fixed(Code.STOPS_SHORT, split)
    assert quote.words == "«oggi … domani»"


def test_a_misspelt_source_is_the_one_that_was_meant() -> None:
    (said,) = fixed(Code.UNKNOWN_SOURCE, tagged("dice Kim", "a-1", source="kcnaa"))
    assert said.source == "kcna"
    tagging = Tagging([tagged("dice Kim", "a-1", source="tass")])
    assert fix(the(Code.UNKNOWN_SOURCE, tagging), tagging, NEWS, KNOWN) is None


def test_of_two_claims_the_first_stays_with_the_links_of_both() -> None:
    first = tagged("voci infondate", "c-1", note="vero?")
    second = tagged("voci infondate", "c-2", unattributed=None, note="no")
    said = tagged("Secondo la KCNA", "a-1", source="kcna", content=("c-2",))
    both = tagged("dice Kim", "a-2", source="kcna", content=("c-1", "c-2"))
    tagging = fixed(Code.TWICE, first, second, said, both)
    assert [one.id for one in tagging] == ["a-2", "a-1", "c-1"]
    assert now(tagging, "c-1") == replace(first, unattributed=None, note="vero?\nno")
    assert now(tagging, "a-1").content == now(tagging, "a-2").content == ("c-1",)


def test_of_two_attributions_the_first_gets_what_only_the_second_had() -> None:
    more: dict[str, Any] = {"source": "kcna", "stance": Stance.DENIES, "via": "a-3"}
    second = tagged("dice Kim", "a-2", content=("c-1", "c-2"), **more)
    first = tagged("dice Kim", "a-1", content=("c-1",))
    behind = tagged("Secondo la KCNA", "a-4", source="kcna", via="a-2")
    claims = [tagged("oggi", "c-1"), tagged("domani", "c-2")]
    nearer = tagged("è falso", "a-3", source="izvestia")
    tagging = fixed(Code.TWICE, first, second, behind, nearer, *claims)
    assert now(tagging, "a-1") == replace(first, content=("c-1", "c-2"), **more)
    assert now(tagging, "a-4").via == "a-1"


def test_two_of_a_chain_are_left_to_the_editor() -> None:
    chain = [tagged("dice Kim", "a-1", source="kcna", via="a-2"), tagged("dice Kim", "a-2")]
    tagging = Tagging(chain)
    assert fix(the(Code.TWICE, tagging), tagging, NEWS, KNOWN) is None


def test_where_an_editor_must_decide_there_is_no_fix() -> None:
    tagging = Tagging(
        [
            placed("q-1", (0, 20), unattributed=None),
            placed("q-2", (16, 30)),
            tagged("Secondo la KCNA", "a-1"),
            tagged("Voci infondate", "c-1"),
            tagged("voci infondate", "a-2"),
        ]
    )
    for code in (Code.UNDECIDED, Code.CROSSING, Code.EMPTY, Code.NO_SOURCE, Code.DIFFERENTLY):
        assert fix(the(code, tagging), tagging, NEWS, KNOWN) is None


def test_a_lone_mark_is_left_to_the_editor() -> None:
    *_, lone = (one for one in find(Tagging(), NEWS, KNOWN) if one)
    assert lone.words.startswith("“Prima")
    assert fix(lone, Tagging(), NEWS, KNOWN) is None


def test_what_has_moved_on_meanwhile_is_not_fixed() -> None:
    short = Tagging([tagged("«Siamo", "q-1")])
    problem = the(Code.STOPS_SHORT, short)
    for later in ([], [tagged("dice Kim", "q-1")]):
        assert fix(problem, Tagging(later), NEWS, KNOWN) is None
    marks = the(Code.UNQUOTED, Tagging())
    assert fix(marks, Tagging([tagged("«Siamo alleati»", "q-9")]), NEWS, KNOWN) is None
    twice = the(Code.TWICE, Tagging([tagged("oggi", "c-1"), tagged("oggi", "c-2")]))
    apart = Tagging([tagged("domani", "c-1"), tagged("oggi", "c-2")])
    assert fix(twice, apart, NEWS, KNOWN) is None


@settings(max_examples=40)
@given(st.data(), st.integers(1, 12))
def test_a_fix_leaves_a_sound_tagging_and_can_be_undone(data: st.DataObject, count: int) -> None:
    tagging = Tagging()
    for _ in range(count):
        change: Change = random_change(data.draw, tagging)
        tagging.apply(change)
    for problem in filter(None, find(tagging, LONG, KNOWN)):
        before, mended = tagging.annotations(), fix(problem, tagging, LONG, KNOWN)
        if mended:
            tagging.apply(mended)
            assert unsound(tagging) <= unsound(Tagging(before))
            tagging.apply(mended.inverse())
        assert tagging.annotations() == before


def unsound(tagging: Tagging) -> set[str]:
    """The codes of real mistakes, those of sources left out."""
    ref = ArticleRef(file="a.txt", sha256=LONG.sha256, length=len(LONG.text))
    document = Document(article=ref, annotator="anna", annotations=tagging.annotations())
    return {one.code for one in find_format_errors(document, LONG, None)}
