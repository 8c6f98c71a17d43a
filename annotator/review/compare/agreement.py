"""How far annotators agree: on an article, and over several.

An `Agreement` holds counts only, so that those of several articles add up (`pool`); the
measures are drawn from it. Each says what was counted, and is n/a with its reason where it is
not defined.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import inf
from typing import TypeVar

from annotator.core.display_text import count
from annotator.core.model import Annotation, Kind
from annotator.review.compare.attributions import (
    Aspect,
    Attribute,
    attribute_ratings,
    found_again,
    side,
)
from annotator.review.compare.coefficients import (
    ALONE,
    Measure,
    Rating,
    Spread,
    kappa,
    krippendorff_alpha,
    share,
    spread,
)
from annotator.review.compare.layers import Layer, rated, runs
from annotator.review.compare.matching import Item, match
from annotator.review.compare.pairing import Way, paired

Pair = tuple[str, str]
"""Two annotators who both tagged an article, in the order of their names."""

Direction = tuple[str, str, Aspect]
"""Whose attributions were looked for, with whom, and in which aspect."""

Key = TypeVar("Key")

Drawn = Callable[["Agreement"], Measure]
"""A measure as drawn from the agreement on one article or on several."""

EMPTY = "the article is empty"


@dataclass(frozen=True, slots=True)
class Score:
    """What two annotators tagged, and how much of it can be paired, one to one."""

    pair: Pair
    noun: str
    first: int
    second: int
    both: int

    @property
    def recall(self) -> Measure:
        """The share of the first's tags that the second has too."""
        return self._share(self.pair[0], self.first)

    @property
    def precision(self) -> Measure:
        """The share of the second's tags that the first has too."""
        return self._share(self.pair[1], self.second)

    @property
    def f1(self) -> Measure:
        """F1 = 2 both / (first + second), the harmonic mean of precision and recall.

        G. Hripcsak, A. S. Rothschild, Agreement, the F-measure, and reliability in
        information retrieval, JAMIA 12 (2005), 296-298: what is left of kappa where what
        nobody tagged cannot be counted. N/a where neither tagged any.
        """
        n = self.first + self.second
        one, other = self.pair
        each = f"{self.first:,} by {one}, {self.second:,} by {other}, {self.both:,} in both"
        counted = f"{count(n, self.noun)}: {each}; untagged text does not count"
        return share(2 * self.both, n, counted, f"neither tagged any {self.noun}")

    def _share(self, who: str, n: int) -> Measure:
        counted = f"{count(n, self.noun)} by {who}, {self.both:,} in both"
        return share(self.both, n, counted, f"{who} tagged no {self.noun}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What was counted on one article (``article`` names it), or on several together.

    ``length`` counts code points. ``annotators`` are in the order of their names, ``pairs``
    those of them who tagged the same article. A measure of all annotators counts what is said
    beside it; one of a ``pair`` takes the two in the order in which they stand in ``pairs``.
    """

    article: str
    annotators: tuple[str, ...]
    pairs: tuple[Pair, ...]
    length: int
    tagged: Counter[tuple[str, Kind]]
    tagged_of_pair: Counter[tuple[Pair, str, Kind]]
    matched: Counter[tuple[Pair, Kind, Way]]
    sought: Counter[Direction]
    found: Counter[Direction]
    runs: Counter[Rating]
    attributes: Mapping[Attribute, Counter[Rating]]

    def count(self, annotator: str, kind: Kind | None = None) -> int:
        """How many annotations of a kind, or of all, an annotator has."""
        return sum(self.tagged[annotator, one] for one in _kinds(kind))

    def score(self, pair: Pair, way: Way, kind: Kind | None = None) -> Score:
        """What a pair has in both, of one kind or of all; the same kind in any case."""
        first, second = (
            sum(self.tagged_of_pair[pair, who, one] for one in _kinds(kind)) for who in pair
        )
        both = sum(self.matched[pair, one, way] for one in _kinds(kind))
        return Score(pair, kind or "annotation", first, second, both)

    def scores(self, way: Way, kind: Kind | None = None) -> tuple[Score, ...]:
        """The same for each pair."""
        return tuple(self.score(pair, way, kind) for pair in self.pairs)

    def f1(self, way: Way, kind: Kind | None = None) -> Spread:
        """The mean of F1 over the pairs, and its deviation."""
        return self._spread(score.f1 for score in self.scores(way, kind))

    def precision(self, way: Way, kind: Kind | None = None) -> Spread:
        """The mean of precision over the pairs: which of the two comes first matters to it."""
        return self._spread(score.precision for score in self.scores(way, kind))

    def recall(self, way: Way, kind: Kind | None = None) -> Spread:
        """The mean of recall over the pairs: which of the two comes first matters to it."""
        return self._spread(score.recall for score in self.scores(way, kind))

    def _spread(self, measures: Iterable[Measure]) -> Spread:
        found = spread(measures, "pair")
        return found if self.pairs else Spread(_alone(found.mean), _alone(found.deviation))

    def agr(self, first: str, second: str, aspect: Aspect) -> Measure:
        """The share of the first's attributions that the second has too, in that aspect.

        agr(a || b) = |those of a that b has| / |those of a|; agr(b || a) is another number.
        J. Wiebe, T. Wilson, C. Cardie, Language Resources and Evaluation 39 (2005), 165-210.
        """
        n = self.sought[first, second, aspect]
        which = "" if aspect is Aspect.CUE else " that have content"
        counted = (
            f"{count(n, 'attribution')} by {first}{which}, "
            f"{self.found[first, second, aspect]:,} of which {second} has {aspect.about}"
        )
        why = f"{first} tagged no attribution" + (" with content" if which else "")
        return share(self.found[first, second, aspect], n, counted, why)

    def agrs(self, aspect: Aspect) -> Spread:
        """The mean of agr over the pairs in both directions."""
        ways = (way for one, other in self.pairs for way in ((one, other), (other, one)))
        found = spread((self.agr(*way, aspect) for way in ways), "direction")
        return found if self.pairs else Spread(_alone(found.mean), _alone(found.deviation))

    def alpha(self, layer: Layer, pair: Pair | None = None) -> Measure:
        """Krippendorff's alpha over the code points of a layer, of all annotators or a pair."""
        return self._on_text(krippendorff_alpha, layer, pair)

    def kappa(self, layer: Layer, pair: Pair | None = None) -> Measure:
        """Cohen's kappa over code points for two annotators, Fleiss' for more."""
        return self._on_text(kappa, layer, pair)

    def _on_text(
        self, coefficient: Callable[..., Measure], layer: Layer, pair: Pair | None
    ) -> Measure:
        found = coefficient(_of(self, rated(self.runs, layer), pair), "code point", layer.about)
        if found.value is not None:
            return found
        return Measure(None, found.n, found.counted, self._why(layer, pair) or found.why)

    def _why(self, layer: Layer, pair: Pair | None) -> str:
        """A plainer reason than the coefficient has, if there is one."""
        if not self.pairs:
            return ALONE
        if not self.length:
            return EMPTY
        kinds = [Kind(layer.value)] if layer.value in list(Kind) else list(Kind)
        who = pair or self.annotators
        if not any(self.tagged[one, kind] for one in who for kind in kinds):
            noun = kinds[0] if len(kinds) == 1 else "annotation"
            return f"nobody tagged any {noun}"
        return ""

    def attribute_kappa(self, attribute: Attribute, pair: Pair | None = None) -> Measure:
        """Cohen's or Fleiss' kappa over the attributions that all (or the pair) have."""
        return self._on_attributes(kappa, attribute, pair)

    def attribute_alpha(self, attribute: Attribute, pair: Pair | None = None) -> Measure:
        """Krippendorff's alpha over the attributions that two or more have."""
        return self._on_attributes(krippendorff_alpha, attribute, pair)

    def _on_attributes(
        self, coefficient: Callable[..., Measure], attribute: Attribute, pair: Pair | None
    ) -> Measure:
        about = f" matched, by {attribute}"
        if attribute is Attribute.SOURCE:
            about += "; those without a source do not count"
        ratings = _of(self, self.attributes[attribute], pair)
        found: Measure = coefficient(ratings, "attribution", about)
        if found.value is not None or found.n:
            return found
        why = "no attribution of theirs is matched" if self.pairs else ALONE
        return Measure(None, 0, found.counted, why)


def _kinds(kind: Kind | None) -> tuple[Kind, ...]:
    return (kind,) if kind else tuple(Kind)


def _alone(measure: Measure) -> Measure:
    return Measure(None, 0, measure.counted, ALONE)


def _of(agreement: Agreement, ratings: Counter[Rating], pair: Pair | None) -> Mapping[Rating, int]:
    """The ratings of a pair alone, if one is asked for."""
    if pair is None:
        return ratings
    first, second = map(agreement.annotators.index, pair)
    found = Counter[Rating]()
    for values, n in ratings.items():
        found[values[first], values[second]] += n
    return found


def agree(
    length: int,
    taggings: Mapping[str, Sequence[Annotation]],
    items: Iterable[Item] | None = None,
    article: str = "",
) -> Agreement:
    """Count how far the annotators agree on an article of so many code points.

    ``taggings`` holds each annotator's annotations, in whatever order; ``items`` what `match`
    says of them, where that is known already.
    """
    taggings = {who: taggings[who] for who in sorted(taggings)}
    items = match(taggings) if items is None else items
    annotators, pairs = tuple(taggings), tuple(combinations(taggings, 2))
    tagged = Counter((who, one.kind) for who, all_ in taggings.items() for one in all_)
    sought, found = _attributions_again(pairs, taggings)
    return Agreement(
        article=article,
        annotators=annotators,
        pairs=pairs,
        length=length,
        tagged=tagged,
        tagged_of_pair=_tagged_of_pair(pairs, tagged),
        matched=_matched(pairs, taggings),
        sought=sought,
        found=found,
        runs=runs(length, taggings),
        attributes=attribute_ratings(annotators, items),
    )


def _tagged_of_pair(
    pairs: Iterable[Pair], tagged: Counter[tuple[str, Kind]]
) -> Counter[tuple[Pair, str, Kind]]:
    keys = ((pair, who, kind) for pair in pairs for who in pair for kind in Kind)
    return Counter({(pair, who, kind): tagged[who, kind] for pair, who, kind in keys})


def _matched(
    pairs: Iterable[Pair], taggings: Mapping[str, Sequence[Annotation]]
) -> Counter[tuple[Pair, Kind, Way]]:
    found = Counter[tuple[Pair, Kind, Way]]()
    for kind in Kind:
        of_kind = {who: [a for a in all_ if a.kind is kind] for who, all_ in taggings.items()}
        for pair in pairs:
            for way, n in paired(of_kind[pair[0]], of_kind[pair[1]]).items():
                found[pair, kind, way] = n
    return found


def _attributions_again(
    pairs: Iterable[Pair], taggings: Mapping[str, Sequence[Annotation]]
) -> tuple[Counter[Direction], Counter[Direction]]:
    """Of how many attributions each asked the other, and how many the other has."""
    sides = {who: side(all_) for who, all_ in taggings.items()}
    sought, found = Counter[Direction](), Counter[Direction]()
    for one, other in (way for pair in pairs for way in (pair, pair[::-1])):
        for aspect, (n, of) in found_again(sides[one], sides[other]).items():
            found[one, other, aspect], sought[one, other, aspect] = n, of
    return sought, found


@dataclass(frozen=True, slots=True)
class Overall:
    """The agreement over several articles: ``pooled`` as if they were one, and each by itself.

    ``articles`` has the worst first: by F1 (overlap), then by F1 (exact), n/a last.
    """

    pooled: Agreement
    articles: tuple[Agreement, ...]

    def per_article(self, drawn: Drawn) -> Spread:
        """The mean of a measure over the articles, and its deviation: an average of averages.

        As in ``per_article(lambda one: one.alpha(Layer.CLAIM))``. Articles where it is n/a
        are left out.
        """
        return spread(map(drawn, self.articles), "article")


def overall(agreements: Iterable[Agreement]) -> Overall:
    """The agreement over several articles."""
    agreements = tuple(agreements)
    return Overall(pool(agreements), tuple(sorted(agreements, key=_worst_first)))


def _worst_first(agreement: Agreement) -> tuple[float, float, str]:
    measures = (agreement.f1(way).mean.value for way in (Way.OVERLAP, Way.EXACT))
    overlap, exact = (inf if value is None else value for value in measures)
    return overlap, exact, agreement.article


def pool(agreements: Iterable[Agreement], article: str = "") -> Agreement:
    """All that was counted on several articles, as if they were one.

    An annotator who did not tag an article rates nothing there.
    """
    agreements = tuple(agreements)
    annotators = tuple(sorted({who for one in agreements for who in one.annotators}))
    return Agreement(
        article=article,
        annotators=annotators,
        pairs=tuple(sorted({pair for one in agreements for pair in one.pairs})),
        length=sum(one.length for one in agreements),
        tagged=_sum(one.tagged for one in agreements),
        tagged_of_pair=_sum(one.tagged_of_pair for one in agreements),
        matched=_sum(one.matched for one in agreements),
        sought=_sum(one.sought for one in agreements),
        found=_sum(one.found for one in agreements),
        runs=_sum(_aligned(one.runs, one.annotators, annotators) for one in agreements),
        attributes={
            attribute: _sum(
                _aligned(one.attributes[attribute], one.annotators, annotators)
                for one in agreements
            )
            for attribute in Attribute
        },
    )


def _sum(counters: Iterable[Counter[Key]]) -> Counter[Key]:
    total = Counter[Key]()
    for counter in counters:
        total.update(counter)
    return total


def _aligned(
    ratings: Counter[Rating], now: tuple[str, ...], wanted: tuple[str, ...]
) -> Counter[Rating]:
    """The ratings in the order of other annotators; None of those who rated nothing."""
    if now == wanted:
        return ratings
    places = [now.index(who) if who in now else None for who in wanted]
    found = Counter[Rating]()
    for values, n in ratings.items():
        found[tuple(None if place is None else values[place] for place in places)] += n
    return found
