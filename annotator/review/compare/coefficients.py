"""Coefficients of agreement beyond chance, for ratings that have no order (nominal).

Units rated alike are counted together, so that a long text costs no more than a short one.
Each coefficient is n/a, with its reason, where its formula divides nothing by nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from math import fsum, sqrt

from annotator.core.display_text import count

Rating = tuple[Hashable | None, ...]
"""What each annotator in turn says of a unit; None where there is no rating."""

Ratings = Mapping[Rating, int]
"""How many units were rated so."""

ALONE = "one annotator alone; agreement needs two"
NOT_RATED = "nothing was rated by two annotators"
NOT_BY_ALL = "nothing was rated by all annotators"
ONE_VALUE = "only one value was used, so that chance alone would agree as well"


@dataclass(frozen=True, slots=True)
class Measure:
    """A number, what was counted for it, and how many there were (``n``).

    ``value`` is None where the number is not defined (n/a); ``why`` then says the reason.
    """

    value: float | None
    n: int
    counted: str
    why: str = ""

    def __str__(self) -> str:
        return "n/a" if self.value is None else f"{self.value:.3f}"


def share(part: int, n: int, counted: str, why: str) -> Measure:
    """``part`` of ``n``; n/a for the reason ``why`` where n is 0."""
    return Measure(part / n, n, counted) if n else Measure(None, 0, counted, why)


def krippendorff_alpha(ratings: Ratings, noun: str = "unit", about: str = "") -> Measure:
    """Krippendorff's alpha for nominal values, any number of annotators, with gaps.

    alpha = 1 - Do / De, with n_uc the annotators who gave unit u the value c, n_u those who
    rated it (units with n_u < 2 do not count), n_c the sum of n_uc over units, n that of n_c:
    Do = 1 - (1/n) sum_u sum_c n_uc (n_uc - 1) / (n_u - 1), and
    De = 1 - sum_c n_c (n_c - 1) / (n (n - 1)).

    K. Krippendorff, Content Analysis, 2nd ed., Sage 2004, chapter 11. N/a where no unit has
    two ratings, and where only one value was used (De = 0).
    """
    rated = _rated(ratings, at_least=2)
    totals = _totals(rated)
    units, n = sum(rated.values()), sum(totals.values())
    counted = f"{count(units, noun)}{about}"
    if len(totals) < 2:
        return Measure(None, units, counted, ONE_VALUE if totals else _too_few(ratings))
    agreed = fsum(
        units * sum(k * (k - 1) for k in Counter(values).values()) / (len(values) - 1)
        for values, units in rated.items()
    )
    by_chance = sum(k * (k - 1) for k in totals.values()) / (n * (n - 1))
    return Measure(1 - (1 - agreed / n) / (1 - by_chance), units, counted)


def cohen_kappa(ratings: Ratings, noun: str = "unit", about: str = "") -> Measure:
    """Cohen's kappa of two annotators, over the units that both rated.

    kappa = (Po - Pe) / (1 - Pe), with Po the share of units rated alike and
    Pe = sum_c p1c p2c, where p1c and p2c are the shares of value c of either annotator.

    J. Cohen, A coefficient of agreement for nominal scales, Educational and Psychological
    Measurement 20 (1960), 37-46. N/a where nothing was rated by both, and where both used one
    value only (Pe = 1).
    """
    rated = _complete(ratings)
    n = sum(rated.values())
    counted = f"{count(n, noun)}{about}"
    if len(_totals(rated)) < 2:
        return Measure(None, n, counted, ONE_VALUE if n else _too_few(ratings, by_all=True))
    first, second = Counter[Hashable](), Counter[Hashable]()
    for (one, other), units in rated.items():
        first[one] += units
        second[other] += units
    observed = sum(units for (one, other), units in rated.items() if one == other) / n
    by_chance = sum(first[value] * second[value] for value in first) / n**2
    return Measure((observed - by_chance) / (1 - by_chance), n, counted)


def fleiss_kappa(ratings: Ratings, noun: str = "unit", about: str = "") -> Measure:
    """Fleiss' kappa, over the units that all annotators rated.

    kappa = (P - Pe) / (1 - Pe), with N units, m annotators, n_uc those who gave unit u the
    value c: P = sum_u sum_c n_uc (n_uc - 1) / (N m (m - 1)), Pe = sum_c (sum_u n_uc / (N m))².
    For two annotators it is Scott's pi.

    J. L. Fleiss, Measuring nominal scale agreement among many raters, Psychological Bulletin
    76 (1971), 378-382. N/a where nothing was rated by all, and where one value only was used.
    """
    rated = _complete(ratings)
    n, totals = sum(rated.values()), _totals(rated)
    counted = f"{count(n, noun)}{about}"
    if len(totals) < 2:
        return Measure(None, n, counted, ONE_VALUE if n else _too_few(ratings, by_all=True))
    m = len(next(iter(rated)))
    alike = sum(
        units * sum(k * (k - 1) for k in Counter(values).values())
        for values, units in rated.items()
    )
    observed = alike / (n * m * (m - 1))
    by_chance = sum(k * k for k in totals.values()) / (n * m) ** 2
    return Measure((observed - by_chance) / (1 - by_chance), n, counted)


def kappa(ratings: Ratings, noun: str = "unit", about: str = "") -> Measure:
    """Cohen's kappa for two annotators, Fleiss' for more."""
    two = len(next(iter(ratings), ())) == 2
    return (cohen_kappa if two else fleiss_kappa)(ratings, noun, about)


@dataclass(frozen=True, slots=True)
class Spread:
    """The mean of several values of a measure, and their population standard deviation."""

    mean: Measure
    deviation: Measure


def spread(measures: Iterable[Measure], noun: str) -> Spread:
    """Mean and deviation over those that are defined; ``noun`` says over what.

    mean = (1/n) sum x; deviation = sqrt((1/n) sum (x - mean)²), of the population since
    these are all there are. Both n/a where no value is defined.
    """
    measures = tuple(measures)
    values = [measure.value for measure in measures if measure.value is not None]
    n, left_out = len(values), len(measures) - len(values)
    counted = count(n, noun) + (f"; {left_out:,} left out, being n/a" if left_out else "")
    if not values:
        why = _only_reason(measures) if measures else f"there is no {noun}"
        return Spread(Measure(None, 0, counted, why), Measure(None, 0, counted, why))
    mean = fsum(values) / n
    deviation = sqrt(fsum((value - mean) ** 2 for value in values) / n)
    return Spread(Measure(mean, n, counted), Measure(deviation, n, counted))


def _only_reason(measures: tuple[Measure, ...]) -> str:
    reasons = {measure.why for measure in measures}
    return reasons.pop() if len(reasons) == 1 else "n/a in each"


def _rated(ratings: Ratings, at_least: int) -> Ratings:
    """The units with so many ratings; gaps left out of them."""
    rated = Counter[Rating]()
    for values, units in ratings.items():
        given = tuple(value for value in values if value is not None)
        if len(given) >= at_least and units:
            rated[given] += units
    return rated


def _complete(ratings: Ratings) -> Ratings:
    return {
        values: units
        for values, units in ratings.items()
        if units and len(values) > 1 and None not in values
    }


def _totals(rated: Ratings) -> Counter[Hashable]:
    totals = Counter[Hashable]()
    for values, units in rated.items():
        for value in values:
            totals[value] += units
    return totals


def _too_few(ratings: Ratings, *, by_all: bool = False) -> str:
    if ratings and all(len(values) < 2 for values in ratings):
        return ALONE
    return NOT_BY_ALL if by_all else NOT_RATED
