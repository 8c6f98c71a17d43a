"""The hits of a search in one article: in order, and which of them are tagged already."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable

from annotator.core.change import Change
from annotator.core.model import Annotation, Kind
from annotator.core.text.boundaries import trim

Range = tuple[int, int]


class Hits:
    """Where some words stand, as `find` gives it; kept up with the tagging by `follow`.

    A hit counts as tagged when an annotation has exactly its words, trimmed as a tag is or
    as they stand, and is of the sort asked for: of ``kind``, and attributed to ``source``;
    None means any. A lookup costs a bisection, so that many hits cost no more than few.
    """

    def __init__(self, text: str = "", ranges: Iterable[Range] = ()) -> None:
        self.ranges = list(ranges)
        self.kind: Kind | None = None
        self.source: str | None = None
        self._text = text
        self._starts = [start for start, _ in self.ranges]
        self._ends = [end for _, end in self.ranges]
        self._tags: Counter[int] = Counter()

    def __len__(self) -> int:
        return len(self.ranges)

    @property
    def tagged(self) -> int:
        """How many hits are tagged so already."""
        return len(self._tags)

    def is_tagged(self, nth: int) -> bool:
        """Whether the hit at that place is tagged so already."""
        return nth in self._tags

    def from_on(self, position: int) -> int:
        """The place of the first hit that starts at or after a code point; their number past
        the last one.
        """
        return bisect_left(self._starts, position)

    def between(self, start: int, end: int) -> range:
        """The places of the hits that overlap ``[start, end)``."""
        return range(bisect_right(self._ends, start), bisect_left(self._starts, end))

    def place_of(self, annotation: Annotation) -> int | None:
        """The place of the hit whose words the annotation has, if it has those of one."""
        words = annotation.start, annotation.end
        nth = bisect_right(self._ends, words[0])
        if len(annotation.spans) > 1 or nth == len(self.ranges):
            return None
        hit = self.ranges[nth]
        within = hit[0] <= words[0] and words[1] <= hit[1]
        return nth if within and words in (hit, trim(self._text, *hit)) else None

    def ask(self, kind: Kind | None, source: str | None, annotations: Iterable[Annotation]) -> None:
        """Ask for another sort of tags, among all ``annotations`` of the article."""
        self.kind, self.source = kind, source
        self._tags.clear()
        for annotation in annotations:
            self._count(annotation, 1)

    def follow(self, change: Change) -> None:
        """Take in a change of the tagging."""
        for annotation in change.before:
            self._count(annotation, -1)
        for annotation in change.after:
            self._count(annotation, 1)

    def _count(self, annotation: Annotation, number: int) -> None:
        same_kind = self.kind in (None, annotation.kind)
        if not same_kind or self.source not in (None, annotation.source):
            return
        nth = self.place_of(annotation)
        if nth is not None:
            self._tags[nth] += number
            if self._tags[nth] <= 0:
                del self._tags[nth]
