"""All measures of agreement in one list, for tables and programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import permutations

from annotator.core.model import Kind
from annotator.review.compare.agreement import Agreement, Overall, Pair
from annotator.review.compare.attributions import Aspect, Attribute
from annotator.review.compare.coefficients import Measure, Spread
from annotator.review.compare.layers import Layer
from annotator.review.compare.pairing import Way

KINDS = (*Kind, None)
"""Each kind, then all of them together."""

LAYERS = {
    Kind.CLAIM: (Layer.CLAIM,),
    Kind.QUOTE: (Layer.QUOTE,),
    Kind.ATTRIBUTION: (Layer.ATTRIBUTION,),
    None: (Layer.KINDS, Layer.TAGGED, Layer.ANY),
}
"""What code points are asked about a kind, the most telling layer first."""


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure by name, of which ``kind`` (None for all) and of ``whom`` (nobody for all).

    ``deviation`` goes with a mean.
    """

    whom: tuple[str, ...]
    kind: Kind | None
    name: str
    measure: Measure
    deviation: Measure | None = None


def rows(agreement: Agreement) -> Iterator[MeasureRow]:
    """The measures of all annotators; of spans and attributions the mean over the pairs."""
    for kind in KINDS:
        for way in Way:
            yield f1(agreement, way, kind)
        for layer in LAYERS[kind]:
            yield MeasureRow((), kind, _named("alpha", layer), agreement.alpha(layer))
            yield MeasureRow((), kind, _named("kappa", layer), agreement.kappa(layer))
    for aspect in Aspect:
        yield _mean(Kind.ATTRIBUTION, f"agr, {aspect}", agreement.agrs(aspect))
    for attribute in Attribute:
        kappa, alpha = agreement.attribute_kappa(attribute), agreement.attribute_alpha(attribute)
        yield MeasureRow((), Kind.ATTRIBUTION, f"kappa, {attribute}", kappa)
        yield MeasureRow((), Kind.ATTRIBUTION, f"alpha, {attribute}", alpha)


def article_rows(found: Overall) -> Iterator[MeasureRow]:
    """The mean over the articles: each counts alike, however long it is."""
    for kind in KINDS:
        for way in Way:
            mean = found.per_article(partial(_f1_value, way=way, kind=kind))
            yield _mean(kind, f"F1, {way}, mean of articles", mean)
        layer = LAYERS[kind][0]
        mean = found.per_article(partial(Agreement.alpha, layer=layer))
        yield _mean(kind, f"{_named('alpha', layer)}, mean of articles", mean)


def pair_rows(agreement: Agreement, pair: Pair) -> Iterator[MeasureRow]:
    """The measures of two annotators."""
    for kind in KINDS:
        for way in Way:
            score = agreement.score(pair, way, kind)
            yield MeasureRow(pair, kind, f"precision, {way}", score.precision)
            yield MeasureRow(pair, kind, f"recall, {way}", score.recall)
            yield MeasureRow(pair, kind, f"F1, {way}", score.f1)
        for layer in LAYERS[kind]:
            yield MeasureRow(pair, kind, _named("alpha", layer), agreement.alpha(layer, pair))
            yield MeasureRow(pair, kind, _named("kappa", layer), agreement.kappa(layer, pair))
    for aspect in Aspect:
        for one, other in permutations(pair):
            found = agreement.agr(one, other, aspect)
            yield MeasureRow((one, other), Kind.ATTRIBUTION, f"agr, {aspect}", found)
    for attribute in Attribute:
        found = agreement.attribute_kappa(attribute, pair)
        yield MeasureRow(pair, Kind.ATTRIBUTION, f"kappa, {attribute}", found)


def f1(agreement: Agreement, way: Way, kind: Kind | None = None) -> MeasureRow:
    """F1: of one pair what it is, with all that was counted; of several the mean."""
    scores = agreement.scores(way, kind)
    if len(scores) == 1:
        return MeasureRow((), kind, f"F1, {way}", scores[0].f1)
    return _mean(kind, f"F1, {way}", agreement.f1(way, kind))


def _f1_value(agreement: Agreement, way: Way, kind: Kind | None) -> Measure:
    return agreement.f1(way, kind).mean


def _mean(kind: Kind | None, name: str, found: Spread) -> MeasureRow:
    return MeasureRow((), kind, name, found.mean, found.deviation)


def _named(coefficient: str, layer: Layer) -> str:
    """With what code points are asked about, where the kind does not say it."""
    plain = layer.value in list(Kind)
    return f"{coefficient}, code points" + ("" if plain else f" ({layer})")
