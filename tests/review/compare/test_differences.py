from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.model import Annotation, Certainty, Stance, Unattributed
from annotator.core.tagging import Tagging
from annotator.review.compare.differences import Compared, Difference, compare
from annotator.review.compare.matching import match
from tests.review.taggings import (
    ARTICLE,
    make,
    seed_article,
    seed_document,
    seed_registry,
    tagged,
    taggings,
)


def compared(**made: Iterable[Annotation]) -> tuple[Compared, ...]:
    """What differs between the taggings of `ARTICLE` by the annotators named."""
    known = {name: Tagging(one) for name, one in made.items()}
    return compare(match(known), known, ARTICLE, "it")


def told(compared: Compared) -> str:
    return "; ".join(f"{one.difference}: {one.detail}".rstrip(": ") for one in compared.findings)


def difference(anna: Annotation, boris: Annotation) -> str:
    """What differs between two versions of one thing."""
    (one,) = compared(anna=[anna], boris=[boris])
    return told(one)


def test_the_sample_taggings_differ_in_exactly_this() -> None:
    taggings = {name: Tagging(seed_document(name).annotations) for name in ("anna", "boris")}
    found = compare(match(taggings), taggings, seed_article(), "it", seed_registry())
    assert [
        f"{one.item.start}-{one.item.end} {one.item.versions[0].address}: {told(one)}"
        for one in found
    ] == [
        "168-232 anna#a-2m7xkq: chain: North Korea via KCNA via Yonhap / North Korea",
        "237-315 anna#c-8r3tdw: boundary: 6 words",
        "424-529 anna#a-v5n0ke: boundary: 9 words; chain: KCNA via Yonhap / KCNA",
        "424-483 anna#a-9hc4yb: only some: anna",
        "531-569 anna#c-t1jz6p: only some: anna",
        '578-655 anna#a-kq83fm: links: anna: "voci infondate"',
        "693-713 anna#q-0ay5hs: trivial boundary: quotation marks only",
        "716-732 anna#q-w6b2nd: links: anna: North Korea",
        "735-750 anna#a-x4e9rt: agreed",
        "752-942 anna#c-m2p7vg: boundary: 14 words",
        '944-1009 anna#a-d8s1zc: links: anna: “le azioni di Pyongyang "rispettano pien…”; '
        'boris: "rispettano pienamente il diritto inter…; boris: "minacce occidentali"',
        "1014-1133 anna#c-6kf0wq: only some: anna",
        "1037-1086 anna#q-b7n3xe: agreed",
        "1112-1133 anna#q-y5r8ja: kind: quote / claim",
        "1165-1294 anna#a-1tg6ph: boundary: 2 words",
        "1295-1384 anna#c-3zw9sd: boundary: 8 words",
        "1345-1384 anna#c-n0v4kb: only some: anna",
        "1387-1567 anna#c-h9d2ym: only some: anna",
        "1569-1590 anna#a-5jq7rc: agreed",
        "1592-1721 anna#c-e1x8gt: agreed",
        "1843-1864 anna#q-z6m0fv: only some: anna",
        "1867-1904 anna#a-p4b9wn: source: ROK intelligence / Yonhap",
        "1909-2149 anna#c-s7k2ha: agreed",
    ]


@pytest.mark.parametrize(
    ("anna", "boris", "detail"),
    [
        ((0, 15), (0, 15), "agreed"),
        ((17, 30), (18, 29), "trivial boundary: quotation marks only"),
        ((0, 15), (0, 17), "trivial boundary: punctuation only"),
        ((8, 15), (11, 15), "trivial boundary: “la” only"),
        ((44, 61), (44, 62), "trivial boundary: blanks only"),
        ((44, 82), (48, 81), "trivial boundary: punctuation and “che” only"),
        ((15, 30), (18, 30), "trivial boundary: punctuation and quotation marks only"),
        ((64, 81), (66, 81), "trivial boundary: “l'” only"),
        ((8, 15), (8, 10), "boundary: 1 word"),
        ((8, 15), (8, 9), "boundary: 2 words"),
        ((0, 15), (11, 15), "boundary: 2 words"),
        ((44, 61), (44, 60), "boundary: 1 word"),
    ],
)
def test_a_boundary_is_trivial_or_so_many_words(
    anna: tuple[int, int], boris: tuple[int, int], detail: str
) -> None:
    assert difference(make("c-1", anna), make("c-2", boris)) == detail
    assert difference(make("c-1", boris), make("c-2", anna)) == detail


def test_fragments_parted_by_a_blank_alone_are_the_same_words() -> None:
    boris = make("c-2", (8, 10), (11, 15))
    assert difference(make("c-1", (8, 15)), boris) == "trivial boundary: blanks only"


def test_a_language_without_rules_has_no_small_words() -> None:
    anna, boris = Tagging([make("c-1", (8, 15))]), Tagging([make("c-2", (11, 15))])
    both = {"anna": anna, "boris": boris}
    (one,) = compare(match(both), both, ARTICLE, "xx")
    assert told(one) == "boundary: 1 word"


def test_several_differences_hold_at_once() -> None:
    anna = make("c-1", (44, 81), certainty=Certainty.UNSURE)
    assert difference(anna, make("q-1", (48, 72))) == (
        "boundary: 4 words; kind: claim / quote; details: certainty: unsure / sure"
    )


def test_what_is_absent_means_what_it_stands_for() -> None:
    anna = make("a-1", (0, 15), stance=Stance.REPORTS, certainty=Certainty.SURE)
    assert difference(anna, make("a-2", (0, 15))) == "agreed"


def test_notes_and_unknown_keys_never_count() -> None:
    anna = make("c-1", (44, 61), note="hm", extra=(("x-a", 1),))
    assert difference(anna, make("c-2", (44, 61))) == "agreed"


def test_a_mention_counts_where_both_give_one_and_more_than_trifles_differ() -> None:
    def attribution(name: str, *mention: tuple[int, int]) -> Annotation:
        return make(name, (0, 15), mention=tuple(ARTICLE.inner_span(*one) for one in mention))

    given = attribution("a-1", (8, 15))
    assert difference(given, attribution("a-2")) == "agreed"
    assert difference(given, attribution("a-2", (11, 15))) == "agreed"
    assert difference(given, attribution("a-2", (0, 15))) == "details: mention: 1 word"


def test_a_stance_counts() -> None:
    anna = make("a-1", (0, 15), stance=Stance.DENIES)
    assert difference(anna, make("a-2", (0, 15))) == "details: stance: denies / reports"


def test_the_article_itself_is_another_voice_than_nobody_or_a_source() -> None:
    anna = make("c-1", (44, 61), unattributed=Unattributed.ARTICLE)
    boris = make("c-2", (44, 61))
    assert difference(anna, boris) == "details: said by: the article itself / undecided"
    kcna = make("a-2", (0, 15), content=("c-2",))
    found = compared(anna=[anna], boris=[boris, kcna])
    assert list(map(told, found)) == [
        "only some: boris",
        "details: said by: the article itself / a source",
    ]


def test_a_source_is_told_and_not_its_chain_as_well() -> None:
    yonhap = make("a-9", (17, 30), source="yonhap")
    anna = [make("a-1", (0, 15), source="kcna", via="a-9"), yonhap]
    boris = [make("a-2", (0, 15), source="rbc"), yonhap]
    assert list(map(told, compared(anna=anna, boris=boris))) == ["source: kcna / rbc", "agreed"]


def test_a_chain_differs_where_the_relays_do() -> None:
    yonhap = make("a-9", (17, 30), source="yonhap")
    anna = [make("a-1", (0, 15), source="kcna", via="a-9"), yonhap]
    boris = [make("a-2", (0, 15), source="kcna"), yonhap]
    assert told(compared(anna=anna, boris=boris)[0]) == "chain: kcna via yonhap / kcna"


KCNA, SEUL = make("a-1", (0, 15), source="kcna"), make("a-2", (48, 61), source="seul")
CLAIM = make("c-1", (64, 81))


def saying(attribution: Annotation, *content: str) -> Annotation:
    return make(
        attribution.id,
        (attribution.start, attribution.end),
        source=attribution.source,
        content=content,
    )


def test_a_claim_that_others_say_differs_on_both_ends_of_the_links() -> None:
    anna, boris = [saying(KCNA, "c-1"), SEUL, CLAIM], [KCNA, saying(SEUL, "c-1"), CLAIM]
    assert list(map(told, compared(anna=anna, boris=boris))) == [
        "links: anna: “l'opinione di Kim”",
        "links: boris: “l'opinione di Kim”",
        "links: anna: kcna; boris: seul",
    ]


def test_a_link_to_what_a_colleague_has_not_tagged_is_told_there_alone() -> None:
    anna, boris = [saying(KCNA, "c-1"), CLAIM], [CLAIM]
    assert list(map(told, compared(anna=anna, boris=boris))) == ["only some: anna", "agreed"]


def test_links_to_different_places_that_only_one_has_tagged_do_differ() -> None:
    anna, boris = [saying(KCNA, "c-1"), CLAIM], [saying(SEUL, "c-1"), CLAIM]
    assert list(map(told, compared(anna=anna, boris=boris))) == [
        "only some: anna",
        "only some: boris",
        "links: anna: kcna; boris: seul",
    ]


def test_a_quote_that_a_claim_around_it_attributes_is_said_by_the_same() -> None:
    around, quote = make("c-1", (17, 81)), make("q-1", (64, 81))
    anna = [saying(KCNA, "c-1"), around, quote]
    boris = [saying(KCNA, "c-1", "q-1"), around, quote]
    assert [told(one) for one in compared(anna=anna, boris=boris)][1:] == ["agreed", "agreed"]


def test_a_link_into_nothing_is_no_link() -> None:
    assert difference(saying(KCNA, "c-9"), make("a-2", (0, 15), source="kcna")) == "agreed"


def test_of_three_those_who_have_nothing_are_missing() -> None:
    (one,) = compared(anna=[CLAIM], boris=[], carla=[make("q-1", (64, 81))])
    assert told(one) == "only some: anna, carla; kind: claim / quote"
    assert one.missing == ("boris",)
    assert not one.agreed


@given(tagged(), st.integers(2, 4))
def test_a_file_against_its_copies_is_agreed_throughout(
    made: tuple[Annotation, ...], copies: int
) -> None:
    found = compared(**{f"copy{nth}": made for nth in range(copies)})
    assert len(found) == len(made)
    assert all(one.agreed for one in found)


@given(taggings(), st.data())
def test_the_order_of_annotators_changes_no_type_of_difference(
    given_: dict[str, tuple[Annotation, ...]], data: st.DataObject
) -> None:
    def types(order: Iterable[str]) -> list[list[Difference]]:
        found = compared(**{name: given_[name] for name in order})
        return [[finding.difference for finding in one.findings] for one in found]

    assert types(given_) == types(data.draw(st.permutations(list(given_))))


@given(taggings())
def test_agreed_stands_alone_and_every_item_has_a_finding(
    given_: dict[str, tuple[Annotation, ...]],
) -> None:
    for one in compared(**given_):
        assert one.findings
        assert not one.agreed or (len(one.findings) == 1 and not one.missing)
        assert one.has(Difference.ONLY) == bool(one.missing)
