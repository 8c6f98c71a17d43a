from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.chains.chain import MOST_LINKS
from annotator.core.checks.format_errors import AtPlace, find_format_errors
from annotator.core.model import (
    Annotation,
    ArticleRef,
    Decision,
    Document,
    Kind,
    Span,
    Unattributed,
    Verdict,
)
from annotator.core.sources import Registry, Source
from annotator.core.text.article import Article

ARTICLE = Article(
    "La KCNA ha detto: “siamo pronti”. Yonhap lo ha riferito il 28 aprile 2025 da Seul."
)
REF = ArticleRef(file="../a.txt", sha256=ARTICLE.sha256, length=len(ARTICLE.text))
REGISTRY = Registry((Source(id="kcna", name="KCNA"), Source(id="yonhap", name="Yonhap")))

QUOTE = Annotation(id="q-000001", kind=Kind.QUOTE, spans=(ARTICLE.span(18, 32),))
KCNA = Annotation(
    id="a-00kcna",
    kind=Kind.ATTRIBUTION,
    spans=(ARTICLE.span(0, 16),),
    source="kcna",
    mention=(ARTICLE.inner_span(3, 7),),
    cue=(ARTICLE.inner_span(8, 16),),
    content=("q-000001",),
    via="a-yonhap",
)
YONHAP = Annotation(
    id="a-yonhap", kind=Kind.ATTRIBUTION, spans=(ARTICLE.span(34, 55),), source="yonhap"
)


def document(*annotations: Annotation, ref: ArticleRef = REF) -> Document:
    return Document(article=ref, annotator="anna", annotations=annotations)


def errors(*annotations: Annotation, article: Article | None = ARTICLE) -> list[AtPlace]:
    return list(find_format_errors(document(*annotations), article, REGISTRY))


def only(*annotations: Annotation) -> AtPlace:
    [error] = errors(*annotations)
    return error


def told(error: AtPlace) -> str:
    return f"{error.what}, expected {error.expected}"


def with_span(start: int, end: int, exact: str = "x") -> Annotation:
    return replace(QUOTE, spans=(Span(start, end, exact, "", ""),))


def test_a_sound_tagging_has_no_problems() -> None:
    assert errors(KCNA, QUOTE, YONHAP) == []


def test_without_article_and_registry_only_the_document_itself_is_judged() -> None:
    odd = replace(KCNA, source="tass", spans=(Span(0, 16, "something else", "", ""),))
    assert list(find_format_errors(document(odd, QUOTE, YONHAP), None, None)) == []


def test_an_article_that_was_changed_since_is_told_by_its_hash_alone() -> None:
    old = replace(REF, sha256="7c4738d45440" + "0" * 52, length=3)
    [error] = find_format_errors(document(ref=old), ARTICLE, REGISTRY)
    assert error.code == "article-changed"
    assert error.place == ("article", "sha256")
    assert told(error) == (
        "the article was changed since it was tagged: its sha256 was 7c4738d45440…, "
        f"expected {ARTICLE.sha256[:12]}…"
    )


def test_a_wrong_length_of_the_right_article_is_told() -> None:
    [error] = find_format_errors(document(ref=replace(REF, length=81)), ARTICLE, REGISTRY)
    assert error.place == ("article", "length")
    assert told(error) == "the article's length is 81, expected 82 code points"


@pytest.mark.parametrize(
    ("start", "end", "code", "sentence"),
    [
        (
            20,
            10,
            "reversed-span",
            "the span is reversed, it starts at 20 and ends at 10, expected a start before the end",
        ),
        (5, 5, "empty-span", "the span from 5 to 5 is empty, expected at least one character"),
        (
            80,
            83,
            "out-of-range",
            "the span 80-83 does not lie in the article, expected offsets from 0 to 82",
        ),
        (
            -2,
            3,
            "out-of-range",
            "the span -2-3 does not lie in the article, expected offsets from 0 to 82",
        ),
    ],
)
def test_offsets_that_name_no_words_are_told(
    start: int, end: int, code: str, sentence: str
) -> None:
    error = only(with_span(start, end))
    assert (error.code, error.annotation) == (code, "q-000001")
    assert error.place == ("annotations", 0, "spans", 0)
    assert told(error) == sentence


def test_words_that_are_not_those_at_their_offsets_are_shown_beside_those_that_are() -> None:
    error = only(with_span(19, 25, "siate"))
    assert error.code == "wrong-exact"
    assert error.place == ("annotations", 0, "spans", 0, "exact")
    assert told(error) == "exact is “siate”, expected “siamo ” as in the article"


def test_long_words_are_shown_where_they_begin_to_differ() -> None:
    right = ARTICLE.text[:60]
    error = only(with_span(0, 60, right[:50] + "!" + right[51:]))
    assert told(error) == (
        "exact is “…ap lo ha rif!rito il 2”, expected “…ap lo ha riferito il 2” as in the article"
    )


def test_a_difference_that_cannot_be_seen_is_spelled_out() -> None:
    error = only(with_span(0, 7, "La\xa0KCNA"))
    assert told(error) == r"exact is “La\xa0KCNA”, expected “La KCNA” as in the article"


def test_context_that_does_not_stand_around_the_words_is_told() -> None:
    span = ARTICLE.span(18, 32)._replace(prefix="ha detto; ", suffix=". Kyodo")
    prefix, suffix = errors(replace(QUOTE, spans=(span,)))
    assert prefix.place == ("annotations", 0, "spans", 0, "prefix")
    assert told(prefix) == "prefix is “ha detto; ”, expected “ha detto: ” as in the article"
    assert suffix.place == ("annotations", 0, "spans", 0, "suffix")
    assert told(suffix) == "suffix is “. Kyodo”, expected “. Yonha” as in the article"


def test_of_words_that_are_not_there_the_context_is_not_told() -> None:
    span = ARTICLE.span(18, 32)._replace(exact="another", prefix="x", suffix="y")
    assert only(replace(QUOTE, spans=(span,))).code == "wrong-exact"


def test_context_shorter_than_ours_is_accepted() -> None:
    span = ARTICLE.span(18, 32)._replace(prefix=": ", suffix="")
    assert errors(replace(QUOTE, spans=(span,))) == []


def test_context_longer_than_the_article_allows_is_told() -> None:
    span = ARTICLE.span(3, 7)._replace(prefix="Da La ")
    assert only(replace(QUOTE, spans=(span,))).code == "wrong-prefix"


def test_fragments_that_overlap_are_told() -> None:
    error = only(replace(QUOTE, spans=(ARTICLE.span(0, 7), ARTICLE.span(3, 16))))
    assert (error.code, error.place) == ("overlap", ("annotations", 0, "spans", 1))
    assert told(error) == "the fragments 0-7 and 3-16 overlap, expected fragments that do not"


def test_fragments_out_of_order_are_told() -> None:
    error = only(replace(QUOTE, spans=(ARTICLE.span(8, 16), ARTICLE.span(0, 7))))
    assert (error.code, error.place) == ("fragment-order", ("annotations", 0, "spans", 1))
    sentence = "the fragments 8-16 and 0-7 are out of order, expected fragments in text order"
    assert told(error) == sentence


def test_fragments_that_touch_are_accepted() -> None:
    assert errors(replace(QUOTE, spans=(ARTICLE.span(0, 7), ARTICLE.span(7, 16)))) == []


@pytest.mark.parametrize("key", ["mention", "cue"])
def test_a_mention_or_cue_outside_its_attribution_is_told(key: str) -> None:
    outside = {key: (ARTICLE.inner_span(34, 40),)}
    error = only(replace(KCNA, **outside), QUOTE, YONHAP)  # type: ignore[arg-type]
    assert (error.code, error.place) == ("outside", ("annotations", 0, key, 0))
    sentence = f"the {key} 34-40 lies outside its attribution, expected words within 0-16"
    assert told(error) == sentence


def test_a_mention_between_the_fragments_of_its_attribution_is_accepted() -> None:
    split = (ARTICLE.span(0, 2), ARTICLE.span(8, 16))
    assert errors(replace(KCNA, spans=split), QUOTE, YONHAP) == []


def test_the_words_of_a_mention_are_compared_too() -> None:
    error = only(replace(KCNA, mention=(Span(3, 7, "TASS"),)), QUOTE, YONHAP)
    assert error.place == ("annotations", 0, "mention", 0, "exact")


def test_an_id_that_is_there_twice_is_told_the_second_time() -> None:
    error = only(QUOTE, replace(QUOTE, spans=(ARTICLE.span(41, 55),)))
    assert (error.code, error.place) == ("duplicate-id", ("annotations", 1, "id"))
    assert told(error) == "the id q-000001 is there twice, expected each id once"


def test_equal_annotations_are_duplicates_like_others() -> None:
    assert only(QUOTE, replace(QUOTE)).code == "duplicate-id"
    assert only(QUOTE, QUOTE).code == "duplicate-id"


def test_a_source_that_the_registry_does_not_know_is_told_with_a_near_one() -> None:
    error = only(replace(YONHAP, source="yonhapp"))
    assert (error.code, error.place) == ("unknown-source", ("annotations", 0, "source"))
    sentence = "the source yonhapp is not in the registry (sources.yaml), expected yonhap"
    assert told(error) == sentence
    assert only(replace(YONHAP, source="tass")).expected == "the id of a source there"


def test_content_that_is_not_there_is_told() -> None:
    error = only(KCNA, YONHAP)
    assert (error.code, error.place) == ("dangling-content", ("annotations", 0, "content", 0))
    assert told(error) == (
        "content q-000001 is not in this file, expected the id of a claim or quote in it"
    )


def test_content_that_is_an_attribution_is_told() -> None:
    error = only(replace(KCNA, content=("a-yonhap",)), YONHAP)
    assert (error.code, error.place) == ("content-kind", ("annotations", 0, "content", 0))
    assert told(error) == "content a-yonhap is an attribution, expected a claim or a quote"


def test_content_linked_twice_is_told() -> None:
    error = only(replace(KCNA, content=("q-000001", "q-000001")), QUOTE, YONHAP)
    assert (error.code, error.place) == ("linked-twice", ("annotations", 0, "content", 1))
    assert told(error) == "content q-000001 is linked twice, expected each id once"


def test_a_via_that_is_not_there_is_told() -> None:
    error = only(KCNA, QUOTE)
    assert (error.code, error.place) == ("dangling-via", ("annotations", 0, "via"))
    assert (
        told(error) == "via a-yonhap is not in this file, expected the id of an attribution in it"
    )


def test_a_via_that_is_no_attribution_is_told() -> None:
    error = only(replace(KCNA, via="q-000001"), QUOTE)
    assert (error.code, error.place) == ("via-kind", ("annotations", 0, "via"))
    assert told(error) == "via q-000001 is a quote, expected an attribution"


def test_a_circle_is_told_once_at_its_first_member_with_all_of_them() -> None:
    outsider = replace(YONHAP, id="a-000000", via="a-yonhap")
    error = only(outsider, KCNA, QUOTE, replace(YONHAP, via="a-00kcna"))
    assert (error.code, error.annotation) == ("circle", "a-00kcna")
    assert error.place == ("annotations", 1, "via")
    assert told(error) == (
        "a-00kcna via a-yonhap via a-00kcna is a circle, expected a chain that ends"
    )


def test_an_attribution_via_itself_is_a_circle() -> None:
    assert only(replace(YONHAP, via="a-yonhap")).what == "a-yonhap via a-yonhap is a circle"


def test_a_chain_of_too_many_is_told_where_it_has_to_be_cut() -> None:
    ids = [f"a-{n:06}" for n in range(MOST_LINKS + 50)]
    chained = [replace(YONHAP, id=one, via=v) for one, v in zip(ids, [None, *ids], strict=False)]
    error = only(*chained)
    assert (error.code, error.annotation) == ("long-chain", ids[MOST_LINKS])
    assert error.place == ("annotations", MOST_LINKS, "via")
    assert told(error) == (
        f"the chain from {ids[MOST_LINKS]} on has more than 100 attributions, expected at most 100"
    )


def test_a_claim_without_a_source_that_an_attribution_covers_is_a_contradiction() -> None:
    error = only(KCNA, replace(QUOTE, unattributed=Unattributed.ARTICLE), YONHAP)
    assert (error.code, error.place) == ("contradiction", ("annotations", 1, "unattributed"))
    assert told(error) == (
        "it is unattributed, and yet content of a-00kcna, expected one or the other"
    )


def test_decisions_of_a_review_must_lead_somewhere() -> None:
    decisions = (
        Decision(of="boris#q-0ay5hs", verdict=Verdict.REJECTED),
        Decision(of="anna#q-0ay5hs", verdict=Verdict.CHANGED, as_id="q-000009"),
        Decision(of="anna#q-000001", verdict=Verdict.ACCEPTED, as_id="q-000001"),
    )
    review = replace(document(QUOTE), annotator="carla", reviews=("anna",), decisions=decisions)
    stranger, dangling = find_format_errors(review, ARTICLE, REGISTRY)
    assert stranger.place == ("decisions", 0, "of")
    assert told(stranger) == (
        "the decision is on boris#q-0ay5hs, and boris is not among reviews, "
        "expected a tag of a reviewed annotator"
    )
    assert dangling.place == ("decisions", 1, "as")
    assert told(dangling) == (
        "the decision's as: q-000009 is not in this file, "
        "expected the id of an agreed annotation in it"
    )


texts = st.text(st.sampled_from("ab \n“”é😀한ع\u0301"), min_size=1, max_size=40)


@given(texts, st.data())
def test_spans_cut_from_a_text_never_disagree_with_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    article = Article(text)
    ref = ArticleRef(file="../a.txt", sha256=article.sha256, length=len(text))
    tagged = replace(QUOTE, spans=(article.span(start, end),))
    assert list(find_format_errors(document(tagged, ref=ref), article, None)) == []


@given(texts, texts)
def test_words_of_another_text_are_told_in_one_line(told_words: str, text: str) -> None:
    article = Article(text)
    tagged = replace(QUOTE, spans=(Span(0, len(text), told_words),))
    ref = ArticleRef(file="../a.txt", sha256=article.sha256, length=len(text))
    found = list(find_format_errors(document(tagged, ref=ref), article, None))
    assert bool(found) == (told_words != text)
    assert all("\n" not in told(error) and len(told(error)) < 600 for error in found)


@given(st.lists(st.integers(0, 7), min_size=8, max_size=8))
def test_every_chain_that_does_not_end_leads_into_a_circle_that_is_told(vias: list[int]) -> None:
    links = {f"a-00000{row}": f"a-00000{via}" for row, via in enumerate(vias) if via != row}
    chained = [
        replace(YONHAP, id=f"a-00000{row}", via=links.get(f"a-00000{row}")) for row in range(8)
    ]
    circles = list(find_format_errors(document(*chained), ARTICLE, REGISTRY))
    in_circles = [name for p in circles for name in p.what.split()[:-4:2]]
    assert sorted(in_circles) == sorted(i for i in links if returns_to_itself(i, links))


def returns_to_itself(start: str, links: dict[str, str]) -> bool:
    here: str | None = start
    for _ in links:
        here = links.get(here) if here else None
        if here == start:
            return True
    return False
