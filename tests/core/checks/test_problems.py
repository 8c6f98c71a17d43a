from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core.change import Change
from annotator.core.checks.problem import Code, Problem
from annotator.core.checks.problems import find
from annotator.core.model import Annotation, Kind, Unattributed
from annotator.core.sources import Registry, Source
from annotator.core.tagging import Tagging
from annotator.core.text.article import Article, read_article
from annotator.storage.files.annotation_file import parse_document
from annotator.storage.files.source_file import parse_registry
from tests.core.walks import LONG, random_change

SEEDS = Path(__file__).resolve().parents[3] / "seeds"
SEED = read_article((SEEDS / "corea-del-nord.txt").read_bytes(), "corea-del-nord.txt")
SOURCES = parse_registry((SEEDS / "sources.yaml").read_bytes(), "sources.yaml")
KNOWN = Registry((Source(id="kcna", name="KCNA"), Source(id="izvestia", name="Известия")))

NEWS = Article(
    "«Siamo alleati», dice Kim, «oggi e domani». Secondo la KCNA è falso.\n"
    "Voci infondate, per Seul: voci infondate su «Известия».\n"
    "“Prima ‘seconda’ terza.\n"
)


def tagged(words: str, name: str, nth: int = 0, **more: Any) -> Annotation:
    """The annotation called ``name`` on some words of `NEWS`, the first of them unless said."""
    start = -1
    for _ in range(nth + 1):
        start = NEWS.text.index(words, start + 1)
    return placed(name, (start, start + len(words)), **more)


def placed(name: str, *ranges: tuple[int, int], **more: Any) -> Annotation:
    kind = {"c": Kind.CLAIM, "q": Kind.QUOTE, "a": Kind.ATTRIBUTION}[name[0]]
    if kind is not Kind.ATTRIBUTION:
        more = {"unattributed": Unattributed.ARTICLE, **more}
    return Annotation(id=name, kind=kind, spans=tuple(NEWS.span(*one) for one in ranges), **more)


def found(annotations: Iterable[Annotation], *codes: Code) -> list[Problem]:
    """The problems in `NEWS`, those of the named rules if there are any named."""
    every = filter(None, find(Tagging(annotations), NEWS, KNOWN))
    return [one for one in every if not codes or one.code in codes]


def about(problems: Iterable[Problem]) -> list[tuple[str, ...]]:
    return [one.ids for one in problems]


def seed(annotator: str) -> list[tuple[str, tuple[str, ...], str]]:
    path = SEEDS / "annotations" / f"corea-del-nord.{annotator}.yaml"
    tagging = Tagging(parse_document(path.read_bytes(), path.name).annotations)
    problems = filter(None, find(tagging, SEED, SOURCES))
    return [(one.code, one.ids, SEED.text[one.start : one.end][:22]) for one in problems]


def test_the_seed_as_anna_tagged_it_leaves_nothing_open() -> None:
    assert seed("anna") == []


def test_the_seed_as_boris_tagged_it_leaves_five_things_open() -> None:
    assert seed("boris") == [
        ("empty-attribution", ("a-f0w5xd",), "La notizia è stata rip"),
        ("undecided", ("q-9sb3ma",), '"voci infondate"'),
        ("quote-stops-short", ("q-4pt7he",), '"falsi statunitensi"'),
        ("unquoted-marks", (), '"minacce occidentali"'),
        ("unquoted-marks", (), '"livello di alleanza"'),
    ]


def test_it_is_undecided_who_says_a_claim_until_somebody_does() -> None:
    claim = tagged("voci infondate", "c-1", unattributed=None)
    (problem,) = found([claim], Code.UNDECIDED)
    assert problem.sentence == "It is not decided who says this claim."
    assert (problem.start, problem.end, problem.words) == (claim.start, claim.end, claim.words)
    said = tagged("Secondo la KCNA", "a-1", source="kcna", content=("c-1",))
    assert found([claim, said], Code.UNDECIDED) == []
    assert found([tagged("voci infondate", "c-1")], Code.UNDECIDED) == []


def test_a_quote_inside_an_attributed_claim_is_not_undecided() -> None:
    claim = tagged("«Siamo alleati», dice Kim", "c-1", unattributed=None)
    quote = tagged("«Siamo alleati»", "q-1", unattributed=None)
    said = tagged("Secondo la KCNA", "a-1", source="kcna", content=("c-1",))
    assert about(found([claim, quote], Code.UNDECIDED)) == [("c-1",), ("q-1",)]
    assert found([claim, quote, said], Code.UNDECIDED) == []


def test_an_attribution_without_content_is_empty_unless_somebody_comes_via_it() -> None:
    alone = tagged("Secondo la KCNA", "a-1", source="kcna")
    assert about(found([alone], Code.EMPTY)) == [("a-1",)]
    behind = tagged("dice Kim", "a-2", source="kcna", content=("c-1",), via="a-1")
    assert found([alone, behind], Code.EMPTY) == []


def test_an_attribution_without_a_source_is_told_with_its_cue_and_without() -> None:
    start = NEWS.text.index("Secondo")
    cue = (NEWS.inner_span(start, start + 7),)
    with_cue = tagged("Secondo la KCNA", "a-1", cue=cue)
    bare = tagged("dice Kim", "a-2")
    assert [one.sentence for one in found([with_cue, bare], Code.NO_SOURCE)] == [
        "This attribution has no source.",
        "This attribution has a cue but no source.",
    ]


def test_a_source_that_the_registry_does_not_know_is_told() -> None:
    said = tagged("Secondo la KCNA", "a-1", source="kcnaa")
    (problem,) = found([said], Code.UNKNOWN_SOURCE)
    assert problem.sentence == "The source kcnaa is not in the registry."


def test_quotation_marks_outside_any_quote_are_told_with_their_passage() -> None:
    problems = found([], Code.UNQUOTED)
    assert [(one.words, one.ids) for one in problems] == [
        ("«Siamo alleati»", ()),
        ("«oggi e domani»", ()),
        ("‘seconda’", ()),
        ("“Prima ‘seconda’ terza.", ()),
    ]
    assert problems[-1].sentence.startswith("This quotation mark has no partner")
    assert problems[-1].end == problems[-1].start + 1


def test_marks_inside_a_quote_are_none_outside() -> None:
    quote = tagged("«Siamo alleati», dice Kim, «oggi e domani»", "q-1")
    lone = tagged("“Prima ‘seconda’ terza", "q-2")
    assert found([quote, lone], Code.UNQUOTED) == []


def test_a_claim_on_words_in_marks_does_not_make_them_a_quote() -> None:
    claim = tagged("«Siamo alleati»", "c-1")
    assert found([claim], Code.UNQUOTED)[0].words == "«Siamo alleati»"


def test_marks_around_the_name_of_a_source_are_none_of_a_quote() -> None:
    start = NEWS.text.index("«oggi")
    mention = (NEWS.inner_span(start, start + 15),)
    named = placed("a-1", (start, start + 15), mention=mention)
    words = [one.words for one in found([named], Code.UNQUOTED)]
    assert "«oggi e domani»" not in words
    assert "«Известия»" not in words


@pytest.mark.parametrize(
    "words", ["«Siamo alleati", "Siamo alleati»", "alleati»", "«Siamo", "Siamo alleati"]
)
def test_a_quote_that_leaves_out_a_mark_stops_short(words: str) -> None:
    (problem,) = found([tagged(words, "q-1")], Code.STOPS_SHORT)
    assert problem.ids == ("q-1",)
    assert NEWS.text[problem.start : problem.end] == "«Siamo alleati»"
    assert problem.words == words
    assert "«Siamo alleati»" not in [one.words for one in found([tagged(words, "q-1")])]


@pytest.mark.parametrize(
    "words", ["«Siamo alleati»", "«Siamo alleati», dice Kim", "dice Kim", "Siamo", "‘seconda’"]
)
def test_a_quote_with_both_marks_or_without_an_edge_at_one_does_not(words: str) -> None:
    assert found([tagged(words, "q-1")], Code.STOPS_SHORT) == []


def test_a_quote_in_two_fragments_may_have_a_mark_in_each() -> None:
    start, end = NEWS.text.index("«oggi"), NEWS.text.index("domani»") + 7
    both = placed("q-1", (start, start + 5), (end - 7, end))
    assert found([both], Code.STOPS_SHORT) == []
    assert "«oggi e domani»" not in [one.words for one in found([both], Code.UNQUOTED)]


def test_the_same_words_of_another_kind_elsewhere_are_shown_with_an_example() -> None:
    once = tagged("Voci infondate", "c-1")
    again = tagged("voci infondate", "q-1")
    (problem,) = found([once, again], Code.DIFFERENTLY)
    assert problem.ids == ("q-1", "c-1")
    assert problem.sentence == "This is a quote here, a claim elsewhere."
    assert (problem.start, problem.end) == (again.start, again.end)


def test_what_most_places_have_is_usual() -> None:
    kinds = ("q-1", "c-2", "c-3")
    places = [(0, 15), (16, 31), (32, 47)]
    text = Article("voci infondate; Voci infondate: VOCI INFONDATE.")
    same = [
        Annotation(
            id=name,
            kind=kind,
            spans=(text.span(start, end - 1),),
            unattributed=Unattributed.UNKNOWN,
        )
        for name, kind, (start, end) in zip(
            kinds, (Kind.QUOTE, Kind.CLAIM, Kind.CLAIM), places, strict=True
        )
    ]
    problems = filter(None, find(Tagging(same), text, KNOWN))
    assert [one.ids for one in problems] == [("q-1", "c-2")]


def test_short_words_and_words_on_the_same_place_may_differ() -> None:
    kim = [tagged("oggi", "c-1"), tagged("oggi", "q-2")]
    same = [tagged("dice Kim", "c-3"), tagged("dice Kim", "a-3", source="kcna")]
    assert found([*kim, *same], Code.DIFFERENTLY) == []


def test_two_of_a_kind_on_the_same_words_are_told_once() -> None:
    three = [tagged("dice Kim", f"c-{n}") for n in (1, 2, 3)]
    problems = found(three, Code.TWICE)
    assert about(problems) == [("c-2", "c-1"), ("c-3", "c-1")]
    assert problems[0].sentence == "This is tagged as a claim twice."
    assert found([tagged("dice Kim", "c-1"), tagged("dice Kim", "q-1")], Code.TWICE) == []


def test_two_sources_may_share_the_words_of_their_attributions() -> None:
    one = tagged("dice Kim", "a-1", source="kcna")
    assert found([one, tagged("dice Kim", "a-2", source="izvestia")], Code.TWICE) == []
    assert about(found([one, tagged("dice Kim", "a-2")], Code.TWICE)) == [("a-2", "a-1")]


def test_two_quotes_that_overlap_and_do_not_nest_cross() -> None:
    one, other = placed("q-1", (0, 20)), placed("q-2", (16, 30))
    (problem,) = found([one, other], Code.CROSSING)
    assert problem.ids == ("q-2", "q-1")
    inside = placed("q-3", (1, 14))
    beside = placed("q-4", (30, 35))
    assert found([one, inside, beside], Code.CROSSING) == []
    assert found([one, placed("c-2", (16, 30))], Code.CROSSING) == []


def test_fragments_that_only_alternate_do_not_cross() -> None:
    one = placed("q-1", (0, 5), (20, 25))
    assert found([one, placed("q-2", (10, 15), (30, 35))], Code.CROSSING) == []
    assert len(found([one, placed("q-2", (22, 24), (30, 35))], Code.CROSSING)) == 1


def test_it_can_be_stopped_and_gone_on_with_anywhere() -> None:
    def steps() -> Iterable[Problem | None]:
        return find(Tagging([tagged("voci infondate", "c-1")]), NEWS, KNOWN)

    whole, resumed = list(steps()), iter(steps())
    assert [*islice(resumed, 3), *resumed] == whole
    assert whole.count(None) > 4


def test_a_problem_stays_the_same_while_its_words_and_tags_do() -> None:
    claim = tagged("voci infondate", "c-1", unattributed=None)
    (one,) = found([claim], Code.UNDECIDED)
    (other,) = found([claim, tagged("dice Kim", "c-2")], Code.UNDECIDED)
    assert one.identity == other.identity == ("undecided", ("c-1",), "voci infondate")


@settings(max_examples=40)
@given(st.data(), st.integers(1, 10))
def test_whatever_was_done_problems_name_what_is_there(data: st.DataObject, count: int) -> None:
    tagging = Tagging()
    for _ in range(count):
        change: Change = random_change(data.draw, tagging)
        tagging.apply(change)
    problems = list(filter(None, find(tagging, LONG, KNOWN)))
    assert all(one.start < one.end <= len(LONG.text) for one in problems)
    assert all(i in tagging for one in problems for i in one.ids)
    assert all(one.sentence.endswith(".") and one.words for one in problems)
    quotes = [one for one in problems if one.code is Code.CROSSING]
    assert len({one.ids[0] for one in quotes}) == len(quotes)
