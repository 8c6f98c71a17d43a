"""The agreed annotations as a step of the review would leave them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from annotator.core.chains.chain import would_be_too_long, would_circle
from annotator.core.change import Delta, of_pairs
from annotator.core.model import Annotation, Kind
from annotator.core.tagging import Tagging


class Draft:
    """What a step changes in the agreed annotations, kept sound as it grows.

    A link that would not be sound (to what is of the wrong kind, has no source by decision,
    or would close a circle or make a chain too long) is left out: the colleague meant it of
    another version.
    """

    def __init__(self, tagging: Tagging) -> None:
        self._tagging = tagging
        self._now: dict[str, Annotation | None] = {}
        self._linking = defaultdict[str, set[str]](set)

    def get(self, annotation_id: str | None) -> Annotation | None:
        """An agreed annotation as it would be."""
        if annotation_id in self._now:
            return self._now[annotation_id]
        return self._tagging.get(annotation_id)

    def referrers(self, annotation_id: str) -> list[Annotation]:
        """The agreed annotations that would link to this one."""
        ids = {one.id for one in self._tagging.referrers(annotation_id)}
        holders = map(self.get, sorted(ids | self._linking[annotation_id]))
        return [one for one in holders if one and annotation_id in one.links]

    def _set(self, annotation: Annotation) -> None:
        self._now[annotation.id] = annotation
        for target in annotation.links:
            self._linking[target].add(annotation.id)

    def __contains__(self, annotation_id: object) -> bool:
        """Whether an id is taken, be it by what the step deletes."""
        return annotation_id in self._now or annotation_id in self._tagging

    def put(self, annotation: Annotation) -> None:
        """Let an annotation be as it is given; whoever links to it must be able to."""
        self._set(annotation)
        for holder in self.referrers(annotation.id):
            self._set(self._without_broken_links(holder))

    def remove(self, annotation_id: str) -> None:
        """Delete an annotation; who came via it comes via what it came through."""
        leaving = self.get(annotation_id)
        self._now[annotation_id] = None
        for holder in self.referrers(annotation_id):
            past = leaving.via if leaving and holder.via == annotation_id else holder.via
            self._set(self._without_broken_links(replace(holder, via=past)))

    def link(self, holder_id: str, content: tuple[str, ...], via: str | None) -> None:
        """Give an attribution more content, and ``via`` unless it comes via another one already.

        What it comes via may itself be what ``via`` comes through: then that goes between.
        """
        holder, behind = self.get(holder_id), self.get(via)
        if holder and holder.kind is Kind.ATTRIBUTION:
            free = holder.via is None or (behind and behind.via == holder.via)
            every = tuple(dict.fromkeys((*holder.content, *content)))
            linked = replace(holder, content=every, via=via if via and free else holder.via)
            self._set(self._without_broken_links(linked))

    def _without_broken_links(self, holder: Annotation) -> Annotation:
        content = tuple(i for i in holder.content if self._may_be_content(i))
        via = holder.via if holder.via and self._may_be_via(holder.id, holder.via) else None
        return replace(holder, content=content, via=via)

    def _may_be_content(self, annotation_id: str) -> bool:
        target = self.get(annotation_id)
        is_content = target is not None and target.kind is not Kind.ATTRIBUTION
        return is_content and target is not None and target.unattributed is None

    def _may_be_via(self, holder_id: str, via: str) -> bool:
        target = self.get(via)
        if target is None or target.kind is not Kind.ATTRIBUTION:
            return False
        broken = would_circle(self, holder_id, via) or would_be_too_long(self, holder_id, via)
        return not broken

    def delta(self, last: str | None) -> Delta[Annotation]:
        """What the step changes; of what it leaves, the annotation to be looked at comes last."""
        changed = of_pairs((self._tagging.get(i), now) for i, now in self._now.items())
        return replace(changed, after=tuple(sorted(changed.after, key=lambda one: one.id == last)))
