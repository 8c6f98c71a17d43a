"""The agreed annotations as a step of the review would leave them."""

from __future__ import annotations

from dataclasses import replace

from annotator.core.chains.chain import MOST_LINKS
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

    def get(self, annotation_id: str | None) -> Annotation | None:
        """An agreed annotation as it would be."""
        if annotation_id in self._now:
            return self._now[annotation_id]
        return self._tagging.get(annotation_id)

    def __contains__(self, annotation_id: object) -> bool:
        """Whether an id is taken, be it by what the step deletes."""
        return annotation_id in self._now or annotation_id in self._tagging

    def put(self, annotation: Annotation) -> None:
        """Let an annotation be as it is given; whoever links to it must be able to."""
        self._now[annotation.id] = annotation
        for holder in self._tagging.referrers(annotation.id):
            if now := self.get(holder.id):
                self._now[holder.id] = self._without_broken_links(now)

    def remove(self, annotation_id: str) -> None:
        """Delete an annotation; who came via it comes via what it came through."""
        leaving = self.get(annotation_id)
        self._now[annotation_id] = None
        for holder in self._tagging.referrers(annotation_id):
            if now := self.get(holder.id):
                past = leaving.via if leaving and now.via == annotation_id else now.via
                self._now[holder.id] = self._without_broken_links(replace(now, via=past))

    def link(self, holder_id: str, content: tuple[str, ...], via: str | None) -> None:
        """Give an attribution more content, and ``via`` unless it comes via another one already.

        What it comes via may itself be what ``via`` comes through: then that goes between.
        """
        holder, behind = self.get(holder_id), self.get(via)
        if holder and holder.kind is Kind.ATTRIBUTION:
            free = holder.via is None or (behind and behind.via == holder.via)
            every = tuple(dict.fromkeys((*holder.content, *content)))
            linked = replace(holder, content=every, via=via if via and free else holder.via)
            self._now[holder_id] = self._without_broken_links(linked)

    def _without_broken_links(self, holder: Annotation) -> Annotation:
        content = tuple(i for i in holder.content if self._may_be_content(i))
        via = holder.via if holder.via and self._may_be_via(holder.id, holder.via) else None
        return replace(holder, content=content, via=via)

    def _may_be_content(self, annotation_id: str) -> bool:
        target = self.get(annotation_id)
        is_content = target is not None and target.kind is not Kind.ATTRIBUTION
        return is_content and target is not None and target.unattributed is None

    def _may_be_via(self, holder_id: str, via: str | None) -> bool:
        target, seen = self.get(via), {holder_id}
        sound = target is not None and target.kind is Kind.ATTRIBUTION
        while sound and target:
            sound = target.id not in seen and len(seen) < MOST_LINKS
            seen.add(target.id)
            target = self.get(target.via)
        return sound

    def delta(self, last: str | None) -> Delta[Annotation]:
        """What the step changes; of what it leaves, the annotation to be looked at comes last."""
        changed = of_pairs((self._tagging.get(i), now) for i, now in self._now.items())
        return replace(changed, after=tuple(sorted(changed.after, key=lambda one: one.id == last)))
