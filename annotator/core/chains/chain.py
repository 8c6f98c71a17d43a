"""Chains of sources: through whom words reached the article."""

from __future__ import annotations

from annotator.core.model import Annotation, Kind
from annotator.core.tagging import Tagging


def chain(tagging: Tagging, attribution: Annotation) -> list[Annotation]:
    """The attribution, then the one behind which it stands, and so on up through ``via``.

    A dangling or circular ``via``, as a file edited by hand may have, ends the chain.
    """
    links = {attribution.id: attribution}
    behind = tagging.get(attribution.via)
    while behind and behind.id not in links:
        links[behind.id] = behind
        behind = tagging.get(behind.via)
    return list(links.values())


def would_circle(tagging: Tagging, attribution_id: str, via: str) -> bool:
    """Whether reaching the article via ``via`` would lead ``attribution_id`` back to itself."""
    target = tagging.get(via)
    return target is not None and attribution_id in [a.id for a in chain(tagging, target)]


def connected(tagging: Tagging, annotation_id: str) -> frozenset[str]:
    """Everything that lights up with an annotation: what says it, what it says, and the chain."""
    annotation = tagging.get(annotation_id)
    if annotation is None:
        return frozenset()
    near = [annotation, *tagging.linked(annotation_id)]
    attributions = [a for a in near if a.kind is Kind.ATTRIBUTION]
    behind = (link.id for attribution in attributions for link in chain(tagging, attribution))
    return frozenset((*(a.id for a in near), *behind))
