"""Runs say of the text what a look at each code point would say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given, settings

from annotator.core.model import Annotation, Kind
from annotator.review.compare.coefficients import Rating, krippendorff_alpha
from annotator.review.compare.layers import Layer, rated, runs
from tests.review.annotated import LENGTH, Taggings, one, taggings

NONE: frozenset[Kind] = frozenset()


def naive(who: tuple[Annotation, ...], at: int) -> frozenset[Kind]:
    return frozenset(a.kind for a in who for s in a.spans if s.start <= at < s.end)


@settings(max_examples=50)
@given(taggings)
def test_alpha_is_that_of_each_code_point_rated_by_itself(all_: Taggings) -> None:
    found = runs(LENGTH, all_)
    points = [[naive(who, at) for who in all_.values()] for at in range(LENGTH)]
    for layer in Layer:
        units = [tuple(map(layer.value_of, point)) for point in points]
        assert krippendorff_alpha(rated(found, layer)).value == plain_alpha(units)


def plain_alpha(units: Sequence[Rating]) -> object:
    """From the matrix of coincidences, pair of values by pair of values."""
    coincidences = Counter[tuple[object, object]]()
    for unit in units:
        values = [value for value in unit if value is not None]
        for i, a in enumerate(values):
            for j, b in enumerate(values):
                if i != j:
                    coincidences[a, b] += 1 / (len(values) - 1)  # type: ignore[assignment]
    totals = Counter[object]()
    for (a, _), share in coincidences.items():
        totals[a] += share
    n = totals.total()
    by_chance = sum(totals[a] * totals[b] for a in totals for b in totals if a != b)
    observed = sum(share for (a, b), share in coincidences.items() if a != b)
    return pytest.approx(1 - (n - 1) * observed / by_chance) if by_chance else None


def test_overlapping_tags_of_a_kind_are_one_stretch() -> None:
    anna = (one("c-1", (0, 10)), one("c-2", (5, 20)), one("q-1", (8, 12)))
    claim = frozenset({Kind.CLAIM})
    assert runs(30, {"anna": anna}) == {
        (claim,): 16,
        (claim | {Kind.QUOTE},): 4,
        (NONE,): 10,
    }


def test_untagged_text_counts_only_where_it_is_said_to() -> None:
    found = runs(30, {"anna": (one("c-1", (0, 10)),), "boris": (one("q-1", (0, 10)),)})
    assert rated(found, Layer.KINDS).total() == 30
    assert rated(found, Layer.TAGGED)[None, None] == 20
    for layer in Layer:
        assert "untagged text" in layer.about


def test_who_did_not_tag_the_article_rates_nothing_in_it() -> None:
    assert rated({(NONE, None): 30}, Layer.CLAIM) == {(False, None): 30}


def test_an_empty_text_has_no_runs() -> None:
    assert runs(0, {"anna": (), "boris": ()}) == {}
