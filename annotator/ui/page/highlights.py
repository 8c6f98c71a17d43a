"""What stands out on the page for a while: selection of a tag, hits, problems, colleagues' tags."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from annotator.core.text.hits import Hits
from annotator.ui.page.layers import Layers
from annotator.ui.page.lines import Range


class Highlights(NamedTuple):
    """What stands out, by ids of annotations; ``layers_lit`` are addresses."""

    selected: str = ""
    target: str = ""
    """The annotation that a link would lead to."""
    lit: frozenset[str] = frozenset()
    problems: frozenset[str] = frozenset()
    problem_words: Sequence[Range] = ()
    """Words that are a problem without being tagged: disjoint, in text order."""
    hits: Hits = Hits()
    layers: Layers = Layers()
    layers_lit: frozenset[str] = frozenset()


def disjoint(ranges: Iterable[Range]) -> list[Range]:
    """The same words in text order, each once: dashes over dashes would look like a solid line."""
    found: list[Range] = []
    for start, end in sorted(ranges):
        first, last = found.pop() if found and start < found[-1][1] else (start, end)
        found.append((first, max(last, end)))
    return found


def overlapping(ranges: Sequence[Range], start: int, end: int) -> Sequence[Range]:
    """Those of disjoint ``ranges`` that overlap ``[start, end)``."""
    first = bisect_right(ranges, start, key=lambda one: one[1])
    return ranges[first : bisect_left(ranges, (end,))]
