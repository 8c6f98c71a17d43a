"""What a comparison found, in sentences: the whole in one, and what was counted for what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from annotator.core.display_text import count, escaped
from annotator.review.compare.agreement import Agreement
from annotator.review.compare.attributions import Aspect, Attribute
from annotator.review.compare.coefficients import Measure
from annotator.review.compare.folders import Comparison
from annotator.review.compare.measures import KINDS, LAYERS
from annotator.review.compare.pairing import Way

ABOUT_ITEMS = "An item with several differences counts with each of them."


def headline(comparison: Comparison) -> str:
    """All in one sentence, as in ``1 article, tagged by anna and boris: 5 of 23 items agreed``."""
    number = len(comparison.articles)
    who = [escaped(name) for name in comparison.overall.pooled.annotators]
    named = f"{', '.join(who[:-1])} and {who[-1]}"
    counts = comparison.counts
    told = f"{count(number, 'article')}, tagged by {named}: "
    told += f"{counts.agreed:,} of {counts.items:,} items agreed"
    if comparison.alone:
        told += f"; {comparison.alone:,} more tagged by one alone"
    return told


def about_kinds(agreement: Agreement) -> Iterator[str]:
    """What the measures by kind count, and why some of them are n/a."""
    pairs = len(agreement.pairs)
    mean = "" if pairs == 1 else f" Mean of {pairs:,} pairs of annotators ± deviation."
    kappa = "Cohen's" if len(agreement.annotators) == 2 else "Fleiss'"
    yield f"F1: tags of one kind, paired one to one; untagged text does not count.{mean}"
    yield (
        f"alpha (Krippendorff's), kappa ({kappa}): {agreement.length:,} code points, each "
        "in or out of a kind; of all, each by the kinds it is tagged with; untagged text counts."
    )
    for kind in KINDS:
        layer = LAYERS[kind][0]
        named = {
            **{f"F1 {way}": agreement.f1(way, kind).mean for way in Way},
            "alpha": agreement.alpha(layer),
            "kappa": agreement.kappa(layer),
        }
        yield from _reasons(kind or "all", named)


def _reasons(where: str, named: Mapping[str, Measure]) -> Iterator[str]:
    """Why measures are n/a; those with one reason together."""
    reasons: dict[str, list[str]] = {}
    for name, measure in named.items():
        if measure.value is None:
            reasons.setdefault(measure.why, []).append(name)
    for why, names in reasons.items():
        yield f"n/a ({where}: {', '.join(names)}): {why}."


def agrs(agreement: Agreement) -> dict[str, Measure]:
    """The mean of agr over the directions, by aspect."""
    return {aspect: agreement.agrs(aspect).mean for aspect in Aspect}


def kappas(agreement: Agreement) -> dict[str, Measure]:
    """Kappa over the matched attributions, by attribute."""
    return {attribute: agreement.attribute_kappa(attribute) for attribute in Attribute}


def about_attributions(agreement: Agreement) -> Iterator[str]:
    """What the measures on attributions count, and why some of them are n/a."""
    yield (
        "agr: the share of one's attributions that the other has with overlapping content (and "
        "the same source, chain), or cue; mean of all directions."
    )
    found = kappas(agreement)
    counted = (f"{name} {measure.n:,}" for name, measure in found.items())
    yield f"kappa: over attributions that are matched ({', '.join(counted)})."
    yield from _reasons("agr", agrs(agreement))
    yield from _reasons("kappa", found)
