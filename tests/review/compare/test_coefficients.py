"""The coefficients give the numbers that their authors printed, and n/a where there is none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from math import floor
from statistics import fmean, pstdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.review.compare.coefficients import (
    ALONE,
    NOT_BY_ALL,
    NOT_RATED,
    ONE_VALUE,
    Measure,
    Rating,
    Ratings,
    cohen_kappa,
    fleiss_kappa,
    kappa,
    krippendorff_alpha,
    spread,
)

Coefficient = Callable[..., Measure]
COEFFICIENTS = krippendorff_alpha, cohen_kappa, fleiss_kappa

# Rows: what the first annotator said; columns: what the second did.
ARTSTEIN_POESIO = (20, 20), (10, 50)
"""R. Artstein, M. Poesio, Computational Linguistics 34 (2008), 555-596, their first example."""
ARTSTEIN_POESIO_THREE = (46, 6, 0), (0, 32, 0), (0, 6, 10)
"""Theirs with three categories."""
COHEN = (88, 14, 18), (10, 40, 10), (2, 6, 12)
"""J. Cohen, Educational and Psychological Measurement 20 (1960), 37-46, his second example."""

# How many of the annotators put each unit into each category.
WIKIPEDIA = """
    0 0 0 0 14 / 0 2 6 4 2 / 0 0 3 5 6 / 0 3 9 2 0 / 2 2 8 1 1
    7 7 0 0 0 / 3 2 6 3 0 / 2 5 3 2 2 / 6 5 2 1 0 / 0 2 2 3 7
"""
"""Wikipedia, Fleiss' kappa: 14 annotators, 10 units, 5 categories."""
FLEISS = """
    0 0 0 6 0 / 0 3 0 0 3 / 0 1 4 0 1 / 0 0 0 0 6 / 0 3 0 3 0 / 2 0 4 0 0 / 0 0 4 0 2
    2 0 3 1 0 / 2 0 0 4 0 / 0 0 0 0 6 / 1 0 0 5 0 / 1 1 0 4 0 / 0 3 3 0 0 / 1 0 0 5 0
    0 2 0 3 1 / 0 0 5 0 1 / 3 0 0 1 2 / 5 1 0 0 0 / 0 2 0 4 0 / 1 0 2 0 3 / 0 0 0 0 6
    0 1 0 5 0 / 0 2 0 1 3 / 2 0 0 4 0 / 1 0 0 4 1 / 0 5 0 1 0 / 4 0 0 0 2 / 0 2 0 4 0
    1 0 5 0 0 / 0 0 0 0 6
"""
"""J. L. Fleiss, Psychological Bulletin 76 (1971), 378-382: 6 psychiatrists, 30 patients."""

# One line an annotator, a point where there is no rating.
KRIPPENDORFF = (
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)
"""K. Krippendorff, Content Analysis, 2nd ed. 2004, chapter 11: 4 observers, 12 units."""
THREE_BY_FIFTEEN = (
    ". . . . . 3 4 1 2 1 1 3 3 . 3",
    "1 . 2 1 3 3 4 3 . . . . . . .",
    ". . 2 1 3 4 4 . 2 1 1 3 3 . 4",
)
"""Wikipedia, Krippendorff's alpha: 3 coders, 15 units."""


def square(table: Sequence[Sequence[int]]) -> Ratings:
    return Counter({(i, j): n for i, row in enumerate(table) for j, n in enumerate(row)})


def tallied(table: str) -> Ratings:
    rows = [list(map(int, row.split())) for row in table.replace("\n", "/").split("/")]
    return Counter(
        tuple(category for category, n in enumerate(row) for _ in range(n)) for row in rows if row
    )


def lines(*annotators: str) -> Ratings:
    columns = zip(*(one.split() for one in annotators), strict=True)
    return Counter(tuple(None if one == "." else one for one in column) for column in columns)


@pytest.mark.parametrize(
    ("coefficient", "ratings", "published"),
    [
        (cohen_kappa, square(ARTSTEIN_POESIO), ".348"),
        (fleiss_kappa, square(ARTSTEIN_POESIO), ".341"),  # of two: Scott's pi
        (cohen_kappa, square(COHEN), ".492"),
        (fleiss_kappa, tallied(WIKIPEDIA), ".210"),
        (fleiss_kappa, tallied(FLEISS), ".430"),
        (krippendorff_alpha, lines(*KRIPPENDORFF), ".743"),
        (krippendorff_alpha, lines(*THREE_BY_FIFTEEN), ".691"),
    ],
)
def test_the_published_number_comes_out(
    coefficient: Coefficient, ratings: Ratings, published: str
) -> None:
    assert str(coefficient(ratings)).lstrip("0") == published


@pytest.mark.parametrize(
    ("coefficient", "published"),
    [(cohen_kappa, 801), (fleiss_kappa, 799), (krippendorff_alpha, 800)],
)
def test_the_example_with_three_categories_comes_out(
    coefficient: Coefficient, published: int
) -> None:
    value = coefficient(square(ARTSTEIN_POESIO_THREE)).value or 0
    assert floor(1000 * value) == published  # cut off there after three digits, not rounded


def test_the_number_says_how_many_units_it_is_drawn_from() -> None:
    alpha = krippendorff_alpha(lines(*KRIPPENDORFF), "patient", " of the clinic")
    assert (alpha.n, alpha.counted) == (11, "11 patients of the clinic")  # the last has one rating
    assert cohen_kappa(square(COHEN)).counted == "200 units"


def test_kappa_is_cohens_for_two_and_fleiss_for_more() -> None:
    assert kappa(square(ARTSTEIN_POESIO)) == cohen_kappa(square(ARTSTEIN_POESIO))
    assert kappa(tallied(WIKIPEDIA)) == fleiss_kappa(tallied(WIKIPEDIA))


def test_kappa_counts_only_what_all_have_rated() -> None:
    gaps = Counter({**square(COHEN), (0, None): 50, (None, None): 50})
    assert kappa(gaps) == kappa(square(COHEN))
    by_all: Ratings = {("a", "b", "c"): 2, ("a", "b", "b"): 3}
    assert kappa({**by_all, ("a", None, "b"): 9}) == kappa(by_all)


@pytest.mark.parametrize("coefficient", COEFFICIENTS)
@pytest.mark.parametrize(
    ("ratings", "why"),
    [
        ({}, {NOT_RATED, NOT_BY_ALL}),
        ({("a", "a"): 0}, {NOT_RATED, NOT_BY_ALL}),
        ({("a", None): 7, (None, "b"): 3}, {NOT_RATED, NOT_BY_ALL}),
        ({("a", "a"): 7}, {ONE_VALUE}),
        ({("a",): 7, ("b",): 2}, {ALONE}),
    ],
)
def test_where_the_formula_has_no_value_there_is_a_reason(
    coefficient: Coefficient, ratings: Ratings, why: set[str]
) -> None:
    measure = coefficient(ratings)
    assert measure.value is None
    assert measure.why in why
    assert str(measure) == "n/a"


def test_two_who_use_one_value_each_agree_in_nothing() -> None:
    apart: Ratings = {("a", "b"): 10}
    assert (cohen_kappa(apart).value, fleiss_kappa(apart).value) == (0, -1)


values = st.sampled_from("abc")
rated = st.integers(2, 4).flatmap(
    lambda m: st.dictionaries(st.tuples(*[st.none() | values] * m), st.integers(0, 30), max_size=8)
)


def defined(coefficient: Coefficient, ratings: Ratings) -> float | None:
    if coefficient is cohen_kappa:
        ratings = two(ratings)
    return coefficient(ratings).value


def two(ratings: Ratings) -> Ratings:
    found = Counter[Rating]()
    for given_, n in ratings.items():
        found[given_[:2]] += n
    return found


@pytest.mark.parametrize("coefficient", COEFFICIENTS)
@given(ratings=rated)
def test_a_coefficient_lies_between_minus_one_and_one(
    coefficient: Coefficient, ratings: Ratings
) -> None:
    value = defined(coefficient, ratings)
    assert value is None or -1 <= value <= 1


@pytest.mark.parametrize("coefficient", COEFFICIENTS)
@given(ratings=rated, shuffled=st.permutations(range(4)))
def test_the_order_of_annotators_does_not_matter(
    coefficient: Coefficient, ratings: Ratings, shuffled: list[int]
) -> None:
    ratings = two(ratings) if coefficient is cohen_kappa else ratings
    turned = Counter[Rating]()
    for given_, n in ratings.items():
        turned[tuple(given_[i] for i in shuffled if i < len(given_))] += n
    assert coefficient(turned).value == pytest.approx(coefficient(ratings).value)


@pytest.mark.parametrize("coefficient", COEFFICIENTS)
@given(st.dictionaries(values, st.integers(1, 30), min_size=1))
def test_who_rates_alike_agrees_wholly_or_nothing_can_be_said(
    coefficient: Coefficient, of_value: dict[str, int]
) -> None:
    value = coefficient({(one, one): n for one, n in of_value.items()}).value
    assert value == (1 if len(of_value) > 1 else None)


@given(st.lists(st.floats(0, 1), min_size=1))
def test_mean_and_deviation_are_those_of_the_population(numbers: list[float]) -> None:
    measured = spread((Measure(one, 1, "") for one in numbers), "pair")
    assert measured.mean.value == pytest.approx(fmean(numbers))
    assert measured.deviation.value == pytest.approx(pstdev(numbers))


def test_a_mean_says_what_it_leaves_out() -> None:
    measured = spread([Measure(0.5, 1, ""), Measure(None, 0, "", "nothing there")], "pair")
    assert (measured.mean.value, measured.deviation.value) == (0.5, 0)
    assert measured.mean.counted == "1 pair; 1 left out, being n/a"


def test_a_mean_of_nothing_is_not_a_number() -> None:
    assert spread([], "pair").mean == Measure(None, 0, "0 pairs", "there is no pair")
    nothing = Measure(None, 0, "", "nothing there")
    assert spread([nothing, nothing], "pair").deviation.why == "nothing there"
