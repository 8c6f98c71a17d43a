"""Chains of sources: through whom words reached the article."""

from __future__ import annotations

from annotator.core.model import Annotation
from annotator.core.tagging import Tagging


def chain(tagging: Tagging, attribution: Annotation) -> list[Annotation]:
    """The attribution, then the one behind which it stands, and so on up through ``via``.

    A dangling or circular ``via``, as a file edited by hand may have, ends the chain.
    """
    links = [attribution]
    while (behind := tagging.get(links[-1].via)) and behind not in links:
        links.append(behind)
    return links


def would_circle(tagging: Tagging, attribution_id: str, via: str) -> bool:
    """Whether reaching the article via ``via`` would lead ``attribution_id`` back to itself."""
    target = tagging.get(via)
    return target is not None and attribution_id in [a.id for a in chain(tagging, target)]
