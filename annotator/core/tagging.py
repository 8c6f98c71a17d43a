"""The live tagging of one article: annotations in order, by place and by link.

A change costs what it touches, not what there is: lookups by place go through buckets of
the text, and the order is kept by bisection.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from operator import itemgetter

from annotator.core.change import PARTS, Change
from annotator.core.errors import StaleChange
from annotator.core.model import Annotation, Kind, text_order

BUCKET = 1024
"""Code points of text in a bucket: about one screen."""

_Order = tuple[int, int, str]
_ID = itemgetter(2)
_BY_ID = PARTS["annotations"].key


class Tagging:
    """All annotations of a file, indexed; changed only by `apply`."""

    def __init__(self, annotations: Iterable[Annotation] = ()) -> None:
        self._by_id = {annotation.id: annotation for annotation in annotations}
        self._order: list[_Order] = []
        self._counts: Counter[Kind] = Counter()
        self._buckets: defaultdict[int, set[str]] = defaultdict(set)
        for annotation in self._by_id.values():
            self._order.append(text_order(annotation))
            self._counts[annotation.kind] += 1
            self._place(annotation)
        self._order.sort()

    @cached_property
    def _referrers(self) -> defaultdict[str, set[str]]:
        """Who links to an annotation; worked out when it is first asked for, not at opening."""
        referrers: defaultdict[str, set[str]] = defaultdict(set)
        for annotation in self._by_id.values():
            for target in annotation.links:
                referrers[target].add(annotation.id)
        return referrers

    def __len__(self) -> int:
        return len(self._by_id)

    def __contains__(self, annotation_id: object) -> bool:
        return annotation_id in self._by_id

    def __iter__(self) -> Iterator[Annotation]:
        """The annotations in text order."""
        return map(self._by_id.__getitem__, map(_ID, self._order))

    def get(self, annotation_id: str | None) -> Annotation | None:
        """The annotation of that id, if there is one."""
        return self._by_id.get(annotation_id) if annotation_id else None

    def annotations(self) -> tuple[Annotation, ...]:
        """All of them as they are now, in text order."""
        return tuple(self)

    def orders(self) -> list[_Order]:
        """The `text_order` of all of them as they are now, sorted."""
        return self._order.copy()

    def count(self, kind: Kind) -> int:
        """How many there are of a kind."""
        return self._counts[kind]

    def row(self, annotation: Annotation) -> int:
        """The place of an annotation in text order, or where it would go."""
        return bisect_left(self._order, text_order(annotation))

    def at_row(self, row: int) -> Annotation:
        """The annotation at a place in text order; raises `IndexError` past the end."""
        return self._by_id[self._order[row][2]]

    def apply(self, change: Change) -> None:
        """Put the annotations of ``change.after`` in the place of those of ``change.before``.

        Raises `StaleChange`, having done nothing, when they are not as the change knew them.
        """
        self.refuse_stale(change)
        for annotation in change.before:
            self._leave(annotation)
        for annotation in change.after:
            self._enter(annotation)

    def refuse_stale(self, change: Change) -> None:
        """Raise `StaleChange` unless the change starts from exactly what is here."""
        if not change.annotations.fits(_BY_ID, lambda one: self._by_id.get(one.id)):
            raise StaleChange(f"“{change.label}” no longer fits: the tag was changed meanwhile.")

    def at(self, position: int) -> list[Annotation]:
        """The annotations whose words touch the gap at ``position``, shortest first.

        A gap at the edge of an annotation counts as inside only if nothing holds it fully.
        """
        near = self.between(position - 1, position + 1)
        inside = [a for a in near if any(s.start < position < s.end for s in a.spans)]
        touching = [a for a in near if any(s.start <= position <= s.end for s in a.spans)]
        return sorted(inside or touching, key=lambda a: (a.end - a.start, text_order(a)))

    def covering(self, position: int) -> list[Annotation]:
        """The annotations that hold the code point at ``position``, shortest first."""
        near = self.between(position, position + 1)
        return sorted(near, key=lambda a: (a.end - a.start, text_order(a)))

    def between(self, start: int, end: int) -> list[Annotation]:
        """The annotations with a span that overlaps ``[start, end)``, in text order.

        An empty range, as of an empty line, is overlapped by what goes on across it.
        """
        buckets = self._buckets
        ids: set[str] = set()
        first = max(0, start)
        for bucket in range(first // BUCKET, max(first, end - 1) // BUCKET + 1):
            if bucket in buckets:
                ids |= buckets[bucket]
        found = (self._by_id[i] for i in ids)
        hits = [a for a in found if any(s.start < end and s.end > start for s in a.spans)]
        hits.sort(key=text_order)
        return hits

    def after(self, position: int) -> Annotation | None:
        """The first annotation in text order that starts at or after ``position``."""
        row = bisect_left(self._order, (position,))
        return self.at_row(row) if row < len(self._order) else None

    def before(self, position: int) -> Annotation | None:
        """The last annotation in text order that starts before ``position``."""
        row = bisect_left(self._order, (position,))
        return self.at_row(row - 1) if row else None

    def neighbour(self, annotation: Annotation, step: int) -> Annotation | None:
        """The annotation ``step`` places further in text order, if there is one."""
        row = bisect_right(self._order, text_order(annotation)) - 1 + step
        return self.at_row(row) if 0 <= row < len(self._order) else None

    def referrers(self, annotation_id: str) -> list[Annotation]:
        """The annotations that link to this one, by content or via, in text order."""
        ids = self._referrers.get(annotation_id, ())
        return sorted((self._by_id[i] for i in ids), key=text_order)

    def attributions_of(self, annotation_id: str) -> list[Annotation]:
        """The attributions that have this claim or quote as content, in text order."""
        referrers = self.referrers(annotation_id)
        # Looking through long contents only for a link that is none, of a file edited by hand.
        return [a for a in referrers if a.via != annotation_id or annotation_id in a.content]

    def linked(self, annotation_id: str) -> list[Annotation]:
        """Everything one link away from this annotation, in either direction."""
        annotation = self._by_id.get(annotation_id)
        outward = [self._by_id[i] for i in annotation.links if i in self] if annotation else []
        return outward + [a for a in self.referrers(annotation_id) if a not in outward]

    def _enter(self, annotation: Annotation) -> None:
        self._by_id[annotation.id] = annotation
        self._counts[annotation.kind] += 1
        self._place(annotation)
        for target in annotation.links:
            self._referrers[target].add(annotation.id)
        insort(self._order, text_order(annotation))

    def _place(self, annotation: Annotation) -> None:
        for span in annotation.spans:
            first, last = span.start // BUCKET, (span.end - 1) // BUCKET
            self._buckets[first].add(annotation.id)
            for bucket in range(first + 1, last + 1):
                self._buckets[bucket].add(annotation.id)

    def _leave(self, annotation: Annotation) -> None:
        del self._by_id[annotation.id]
        self._counts[annotation.kind] -= 1
        for span in annotation.spans:
            for bucket in range(span.start // BUCKET, (span.end - 1) // BUCKET + 1):
                self._buckets[bucket].discard(annotation.id)
        for target in annotation.links:
            self._referrers[target].discard(annotation.id)
        del self._order[bisect_left(self._order, text_order(annotation))]
