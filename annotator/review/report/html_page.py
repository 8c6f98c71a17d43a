"""What a comparison found, as a page for the browser and the printer."""

from __future__ import annotations

from annotator.review.compare.agreement import Agreement, Pair
from annotator.review.compare.attributions import Aspect, Attribute
from annotator.review.compare.coefficients import Measure
from annotator.review.compare.differences import Difference
from annotator.review.compare.folders import Comparison
from annotator.review.compare.layers import Layer
from annotator.review.compare.measures import KINDS, LAYERS, f1
from annotator.review.compare.pairing import Way
from annotator.review.report.sentences import (
    ABOUT_ITEMS,
    about_attributions,
    about_kinds,
    agrs,
    headline,
    kappas,
)
from annotator.storage.shipped.templates import render


def as_html(comparison: Comparison) -> str:
    """Everything on one page, with all articles; numbers say on hovering what was counted."""
    agreement = comparison.overall.pooled

    return render(
        "compare.html",
        headline=headline(comparison),
        about_items=ABOUT_ITEMS,
        about_kinds=list(about_kinds(agreement)),
        about_attributions=list(about_attributions(agreement)),
        agreement=agreement,
        counts=comparison.counts,
        differences=[(one, comparison.counts.differences[one]) for one in Difference],
        kinds=KINDS,
        layers=LAYERS,
        ways=list(Way),
        aspects=list(dict.fromkeys([*map(str, Aspect), *map(str, Attribute)])),
        attributions=[("agr", agrs(agreement)), ("kappa", kappas(agreement))],
        pairs=_pairs(agreement),
        f1=f1,
        articles=comparison.articles,
        sentences=comparison.sentences,
    )


def _pairs(agreement: Agreement) -> dict[str, dict[Pair, Measure]]:
    """What the maps of pairs show, by title."""
    found = {
        f"F1, {way}": {pair: agreement.score(pair, way).f1 for pair in agreement.pairs}
        for way in (Way.EXACT, Way.OVERLAP)
    }
    return {
        **found,
        "alpha": {pair: agreement.alpha(Layer.KINDS, pair) for pair in agreement.pairs},
    }
