"""How many annotations of two annotators can be paired, one to one."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Sequence
from enum import StrEnum

from annotator.core.model import Annotation

Ranges = Sequence[tuple[int, int]]
"""Half-open ranges of code points."""


class Way(StrEnum):
    """When two annotations of a kind count as the same."""

    EXACT = "exact"
    HALF = "IoU ≥ 0.5"
    OVERLAP = "overlap"


def ranges(annotation: Annotation) -> Ranges:
    """Where the fragments of an annotation lie."""
    return tuple((span.start, span.end) for span in annotation.spans)


def overlaps(first: Sequence[Ranges], second: Sequence[Ranges]) -> Counter[tuple[int, int]]:
    """How many code points the i-th of ``first`` shares with the j-th of ``second``.

    Only those that share any are there. The ranges of one thing must not overlap each other,
    else what they share is counted twice. Costs what overlaps, and the sorting.
    """
    shared = Counter[tuple[int, int]]()
    sides = [(start, end, 0, i) for i, one in enumerate(first) for start, end in one]
    sides += [(start, end, 1, j) for j, one in enumerate(second) for start, end in one]
    active: tuple[list[tuple[int, int]], list[tuple[int, int]]] = [], []
    for start, end, side, nth in sorted(sides):
        others = active[1 - side]
        others[:] = [other for other in others if other[0] > start]
        for other_end, other in others:
            pair = (other, nth) if side else (nth, other)
            shared[pair] += min(end, other_end) - start
        active[side].append((end, nth))
    return shared


def paired(first: Sequence[Annotation], second: Sequence[Annotation]) -> dict[Way, int]:
    """The most pairs there can be, one to one, in each way of counting two as the same.

    Exact: the same fragments. IoU: code points shared, of those that either has, half or
    more. Overlap: any code point shared. Kinds are not looked at.
    """
    one, other = ([ranges(a) for a in annotations] for annotations in (first, second))
    shared = overlaps(one, other)
    sizes = [[sum(e - s for s, e in r) for r in side] for side in (one, other)]
    half = [(i, j) for (i, j), k in shared.items() if 3 * k >= sizes[0][i] + sizes[1][j]]
    return {
        Way.EXACT: (Counter(one) & Counter(other)).total(),
        Way.HALF: most_pairs(half),
        Way.OVERLAP: most_pairs(shared),
    }


def most_pairs(edges: Iterable[tuple[int, int]]) -> int:
    """The size of a maximum matching of a bipartite graph.

    By augmenting paths (C. Berge, Two theorems in graph theory, PNAS 43 (1957), 842-844);
    what a search without success has seen can be of no use later and is left out.
    """
    rights = dict[int, list[int]]()
    for left, right in edges:
        rights.setdefault(left, []).append(right)
    mate_of_left, mate_of_right = dict[int, int](), dict[int, int]()
    useless = set[int]()
    for left in rights:
        reached = dict[int, int]()
        free = _free_right(left, rights, mate_of_right, useless, reached)
        if free is None:
            useless |= reached.keys()
        while free is not None:
            via = reached[free]
            mate_of_right[free] = via
            former = mate_of_left.get(via)
            mate_of_left[via], free = free, former
    return len(mate_of_left)


def _free_right(
    left: int,
    rights: dict[int, list[int]],
    mate_of_right: dict[int, int],
    useless: set[int],
    reached: dict[int, int],
) -> int | None:
    """A partner still free, found along an alternating path; ``reached`` tells the way back."""
    waiting = deque([left])
    while waiting:
        here = waiting.popleft()
        for right in rights[here]:
            if right in useless or right in reached:
                continue
            reached[right] = here
            if right not in mate_of_right:
                return right
            waiting.append(mate_of_right[right])
    return None
