"""How far annotators agree, said with what was counted, and n/a where nothing can be said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import isfinite

import pytest
from hypothesis import given, settings

from annotator.core.model import Annotation, Certainty, Kind, Stance
from annotator.review.compare.agreement import Agreement, agree, overall, pool
from annotator.review.compare.attributions import Aspect, Attribute
from annotator.review.compare.coefficients import ALONE, ONE_VALUE, Measure
from annotator.review.compare.layers import Layer
from annotator.review.compare.matching import match
from annotator.review.compare.pairing import Way
from tests.review.annotated import LENGTH, Taggings, one, tagged, taggings

ANNA_BORIS = "anna", "boris"


def both(anna: list[Annotation], boris: list[Annotation]) -> Agreement:
    return agree(LENGTH, {"anna": anna, "boris": boris})


def measures(agreement: Agreement) -> Iterator[Measure]:
    """Each number there is."""
    for kind in (None, *Kind):
        for way in Way:
            for drawn in (agreement.f1, agreement.precision, agreement.recall):
                yield from (drawn(way, kind).mean, drawn(way, kind).deviation)
            for score in agreement.scores(way, kind):
                yield from (score.f1, score.precision, score.recall)
    for layer in Layer:
        for pair in (None, *agreement.pairs):
            yield from (agreement.alpha(layer, pair), agreement.kappa(layer, pair))
    for aspect in Aspect:
        yield agreement.agrs(aspect).mean
        for first, second in agreement.pairs:
            yield from (agreement.agr(first, second, aspect), agreement.agr(second, first, aspect))
    for attribute in Attribute:
        yield from (agreement.attribute_kappa(attribute), agreement.attribute_alpha(attribute))


# By hand


def test_precision_recall_and_f1_of_a_pair() -> None:
    agreement = both(
        [one("c-1", (0, 10)), one("c-2", (20, 30)), one("q-1", (40, 50))],
        [one("c-3", (0, 10)), one("c-4", (25, 45))],
    )
    score = agreement.score(ANNA_BORIS, Way.EXACT)
    assert score.recall.value == pytest.approx(1 / 3)
    assert score.precision.value == 1 / 2
    assert score.f1.value == 2 / 5
    assert score.f1.counted == (
        "5 annotations: 3 by anna, 2 by boris, 1 in both; untagged text does not count"
    )
    assert agreement.score(ANNA_BORIS, Way.OVERLAP).both == 2  # a quote is no match for a claim
    assert agreement.score(ANNA_BORIS, Way.OVERLAP, Kind.QUOTE).recall.value == 0
    assert agreement.count("anna") == 3
    assert agreement.count("boris", Kind.CLAIM) == 2


def test_f1_is_averaged_over_pairs() -> None:
    tags = [one("c-1", (0, 10))]
    agreement = agree(LENGTH, {"anna": tags, "boris": tags, "carla": [one("c-2", (9, 12))]})
    assert agreement.f1(Way.EXACT).mean.value == pytest.approx(1 / 3)
    assert agreement.f1(Way.EXACT).deviation.value == pytest.approx((2 / 9) ** 0.5)
    assert agreement.f1(Way.OVERLAP).mean.value == 1
    assert agreement.f1(Way.EXACT).mean.counted == "3 pairs"


def test_an_attribution_is_found_again_by_what_it_covers() -> None:
    claim, other = one("c-1", (20, 40)), one("c-2", (50, 60))
    anna = [
        claim,
        other,
        one("a-1", (0, 5), source="kcna", content=("c-1",), via="a-2"),
        one("a-2", (6, 9), source="yonhap"),
        one("a-3", (10, 12), source="rbc", content=("c-2",)),
        one("a-4", (13, 15), source="rbc"),
    ]
    boris = [one("c-9", (30, 35)), one("a-9", (3, 8), source="kcna", content=("c-9",))]
    agreement = both(anna, boris)
    found = {aspect: agreement.agr(*ANNA_BORIS, aspect) for aspect in Aspect}
    assert found[Aspect.CONTENT].value == pytest.approx(2 / 3)  # Yonhap covers what KCNA says
    assert found[Aspect.SOURCE].value == pytest.approx(1 / 3)
    assert found[Aspect.CHAIN].value == 0  # boris has no relay
    assert found[Aspect.CUE].value == 2 / 4
    assert found[Aspect.SOURCE].counted == (
        "3 attributions by anna that have content, 1 of which boris has with content that "
        "overlaps and the same source"
    )
    assert agreement.agr("boris", "anna", Aspect.CONTENT).value == 1
    assert agreement.agrs(Aspect.CONTENT).mean.value == pytest.approx(5 / 6)


def test_the_cue_counts_where_it_is_named_else_the_whole_attribution() -> None:
    anna = [one("a-1", (0, 20), cue=(one("a-0", (15, 20)).spans))]
    assert both(anna, [one("a-2", (0, 20))]).agr(*ANNA_BORIS, Aspect.CUE).value == 1
    assert both(anna, [one("a-2", (0, 14))]).agr(*ANNA_BORIS, Aspect.CUE).value == 0


def test_an_undecided_source_is_the_same_as_none() -> None:
    claim, attribution = one("c-1", (20, 40)), one("a-1", (0, 5), content=("c-1",))
    agreement = both([claim, attribution], [claim, attribution])
    assert agreement.agr(*ANNA_BORIS, Aspect.CONTENT).value == 1
    assert agreement.agr(*ANNA_BORIS, Aspect.SOURCE).value == 0
    assert agreement.agr(*ANNA_BORIS, Aspect.CHAIN).value == 0


def test_attributes_are_compared_over_matched_attributions_only() -> None:
    def attribution(nth: int, **more: object) -> Annotation:
        return one(f"a-{nth}", (nth, nth + 1), **more)

    anna = [attribution(i, source="kcna" if i < 2 else "rbc") for i in range(4)]
    boris = [attribution(i, source="kcna" if i < 3 else "rbc") for i in range(5)]
    agreement = both(anna, boris)
    source = agreement.attribute_kappa(Attribute.SOURCE)
    assert (source.value, source.n) == (0.5, 4)
    assert source.counted == (
        "4 attributions matched, by source; those without a source do not count"
    )
    stance = agreement.attribute_kappa(Attribute.STANCE)
    assert (stance.value, stance.why) == (None, ONE_VALUE)


def test_absent_stance_and_certainty_are_what_they_stand_for() -> None:
    said = [one("a-1", (0, 5)), one("a-2", (6, 9), stance=Stance.DENIES)]
    out = [replace(said[0], stance=Stance.REPORTS, certainty=Certainty.SURE), said[1]]
    agreement = both(said, out)
    assert agreement.attribute_kappa(Attribute.STANCE).value == 1
    assert agreement.attribute_kappa(Attribute.CERTAINTY).why == ONE_VALUE
    assert agreement.attribute_alpha(Attribute.SOURCE).value is None


# What cannot be said


def test_one_annotator_alone_agrees_with_nobody() -> None:
    agreement = agree(LENGTH, {"anna": [one("c-1", (0, 10))]})
    assert {(m.value, m.why) for m in measures(agreement)} == {(None, ALONE)}
    assert all(m.value is None for m in measures(agree(LENGTH, {})))


def test_an_empty_article_has_no_agreement() -> None:
    agreement = agree(0, {"anna": [], "boris": []})
    assert all(m.value is None for m in measures(agreement))
    assert agreement.alpha(Layer.CLAIM).why == "the article is empty"


def test_where_nobody_tagged_a_kind_it_is_said() -> None:
    agreement = both([one("c-1", (0, 10))], [one("c-1", (0, 10))])
    assert agreement.f1(Way.EXACT, Kind.QUOTE).mean.why == "neither tagged any quote"
    assert agreement.alpha(Layer.QUOTE).why == "nobody tagged any quote"
    assert agreement.agr(*ANNA_BORIS, Aspect.CONTENT).why == (
        "anna tagged no attribution with content"
    )
    assert both([], []).alpha(Layer.KINDS).why == "nobody tagged any annotation"


def test_a_text_tagged_from_end_to_end_leaves_nothing_to_tell_apart() -> None:
    whole = [one("c-1", (0, LENGTH))]
    alpha = both(whole, whole).alpha(Layer.CLAIM)
    assert (alpha.value, alpha.why, alpha.n) == (None, ONE_VALUE, LENGTH)


def test_where_one_has_none_the_other_finds_nothing_again() -> None:
    score = both([one("c-1", (0, 10))], []).score(ANNA_BORIS, Way.OVERLAP)
    assert (score.recall.value, score.f1.value) == (0, 0)
    assert (score.precision.value, score.precision.why) == (None, "boris tagged no annotation")


def test_what_is_matched_already_is_not_matched_anew() -> None:
    tags = [one("a-1", (0, 5), source="kcna"), one("a-2", (8, 9), source="rbc")]
    taggings = {"anna": tags, "boris": tags}
    assert agree(LENGTH, taggings, match(taggings)) == both(tags, tags)
    assert agree(LENGTH, taggings, ()).attribute_kappa(Attribute.SOURCE).value is None


# For anything


@settings(max_examples=50)
@given(taggings)
def test_each_number_is_in_its_range_or_has_a_reason(all_: Taggings) -> None:
    for measure in measures(agree(LENGTH, all_)):
        if measure.value is None:
            assert measure.why
        else:
            assert isfinite(measure.value)
            assert -1 <= measure.value <= 1
            assert measure.n


@settings(max_examples=50)
@given(taggings)
def test_the_order_of_annotators_says_nothing(all_: Taggings) -> None:
    turned = dict(reversed(all_.items()))
    assert agree(LENGTH, turned) == agree(LENGTH, all_)


@settings(max_examples=50)
@given(tagged())
def test_a_file_compared_with_itself_agrees_wholly_or_nothing_can_be_said(
    tags: tuple[Annotation, ...],
) -> None:
    same = {"anna": tags, "boris": tags, "carla": tags}
    sourced = [tag for tag in tags if tag.kind is Kind.ATTRIBUTION and not tag.source]
    agreement = agree(LENGTH, same)
    for kind in (None, *Kind):
        for way in Way:
            assert agreement.f1(way, kind).mean.value in (1, None)
    for layer in Layer:
        assert agreement.alpha(layer).value in (1, None)
        assert agreement.kappa(layer).value in (1, None)
    for attribute in Attribute:
        assert agreement.attribute_kappa(attribute).value in (1, None)
    for aspect in (Aspect.CONTENT, Aspect.CUE) if sourced else Aspect:
        assert agreement.agrs(aspect).mean.value in (1, None)


# Over several articles


@settings(max_examples=50)
@given(taggings, taggings)
def test_pooled_articles_count_what_each_counts(one_: Taggings, other: Taggings) -> None:
    first, second = agree(LENGTH, one_), agree(LENGTH, other)
    together = pool([first, second])
    for kind in Kind:
        for who in together.annotators:
            assert together.count(who, kind) == first.count(who, kind) + second.count(who, kind)
    for measure in measures(together):
        assert measure.value is None or -1 <= measure.value <= 1
    assert pool([second, first]) == together


def test_a_pair_is_scored_only_on_what_both_tagged() -> None:
    tags = [one("c-1", (0, 10))]
    first = agree(LENGTH, {"anna": tags, "boris": tags}, article="one")
    second = agree(LENGTH, {"anna": tags, "carla": []}, article="two")
    together = pool([first, second])
    assert together.pairs == (("anna", "boris"), ("anna", "carla"))
    assert together.score(ANNA_BORIS, Way.EXACT).f1.value == 1
    assert together.score(("anna", "carla"), Way.EXACT).f1.value == 0
    assert together.alpha(Layer.CLAIM, ANNA_BORIS).n == LENGTH
    assert together.alpha(Layer.CLAIM).n == 2 * LENGTH
    assert together.kappa(Layer.CLAIM).why == "nothing was rated by all annotators"


def test_articles_come_with_the_worst_first_and_those_without_a_number_last() -> None:
    tags = [one("c-1", (0, 10)), one("c-2", (20, 30))]
    found = overall(
        [
            agree(LENGTH, {"anna": tags, "boris": tags}, article="good"),
            agree(LENGTH, {"anna": [], "boris": []}, article="none"),
            agree(LENGTH, {"anna": tags, "boris": tags[:1]}, article="middling"),
            agree(LENGTH, {"anna": tags, "boris": []}, article="bad"),
        ]
    )
    assert [one.article for one in found.articles] == ["bad", "middling", "good", "none"]
    f1 = found.per_article(lambda one: one.f1(Way.EXACT).mean)
    assert f1.mean.value == pytest.approx((0 + 2 / 3 + 1) / 3)
    assert f1.mean.counted == "3 articles; 1 left out, being n/a"
    assert found.pooled.f1(Way.EXACT).mean.value == pytest.approx(2 * 3 / 9)


def test_nothing_to_compare_is_said() -> None:
    assert overall([]).pooled.f1(Way.EXACT).mean.why == ALONE
    assert overall([]).per_article(lambda one: one.alpha(Layer.ANY)).mean.value is None
