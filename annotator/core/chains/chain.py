"""Chains of sources: through whom words reached the article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from annotator.core.model import Annotation, Kind
from annotator.core.tagging import Tagging

MOST_LINKS = 100
"""Attributions of one chain. No news passed through so many hands, and what is worked out of
chains would take minutes for some that a program has made.
"""


class LinkedAnnotations(Protocol):
    """Annotations by their ids, and by what they link to: a tagging, or one as it would be."""

    def get(self, annotation_id: str | None) -> Annotation | None:
        """The annotation with this id, if there is one."""

    def referrers(self, annotation_id: str) -> Sequence[Annotation]:
        """The annotations that link to this one, by content or via."""


def chain(tagging: LinkedAnnotations, attribution: Annotation) -> list[Annotation]:
    """The attribution, then the one behind which it stands, and so on up through ``via``.

    A dangling or circular ``via``, as a file edited by hand may have, ends the chain, and so
    does the attribution that makes it as long as it may be (`MOST_LINKS`).
    """
    links = {attribution.id: attribution}
    behind = tagging.get(attribution.via)
    while behind and behind.id not in links and len(links) < MOST_LINKS:
        links[behind.id] = behind
        behind = tagging.get(behind.via)
    return list(links.values())


def would_circle(tagging: LinkedAnnotations, attribution_id: str, via: str) -> bool:
    """Whether reaching the article via ``via`` would lead ``attribution_id`` back to itself."""
    target = tagging.get(via)
    return target is not None and attribution_id in [a.id for a in chain(tagging, target)]


def would_be_too_long(tagging: LinkedAnnotations, attribution_id: str, via: str) -> bool:
    """Whether some chain would have more than `MOST_LINKS` attributions by this ``via``."""
    target = tagging.get(via)
    length = len(chain(tagging, target)) if target else 0
    farther = [attribution_id]
    while farther and length <= MOST_LINKS:
        length += 1
        farther = [a.id for i in farther for a in tagging.referrers(i) if a.via == i]
    return length > MOST_LINKS


def too_long(via: Mapping[str, str | None]) -> Iterator[str]:
    """The attributions that have to lose their ``via`` for no chain to be too long.

    ``via`` is that of each by its id. Counted from the article on, each `MOST_LINKS` of a chain
    stay together.
    """
    length: dict[str, int] = {}
    for first in via:
        path: dict[str, None] = {}
        here = first
        while here in via and here not in length and here not in path:
            path[here] = None
            here = via[here] or ""
        before = length.get(here, 0)
        for nth, one in enumerate(reversed(path), before + 1):
            length[one] = nth
            if nth > MOST_LINKS and nth % MOST_LINKS == 1:
                yield one


def connected(tagging: Tagging, annotation_id: str) -> frozenset[str]:
    """Everything that lights up with an annotation: what says it, what it says, and the chain."""
    annotation = tagging.get(annotation_id)
    if annotation is None:
        return frozenset()
    near = [annotation, *tagging.linked(annotation_id)]
    attributions = [a for a in near if a.kind is Kind.ATTRIBUTION]
    behind = (link.id for attribution in attributions for link in chain(tagging, attribution))
    return frozenset((*(a.id for a in near), *behind))
