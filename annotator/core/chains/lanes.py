"""Lanes below the words, so that lines of tags that meet do not lie on each other."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.core.model import Annotation


def assign_lanes(
    annotations: list[Annotation], taken: Iterable[tuple[Annotation, int]] = ()
) -> dict[str, int]:
    """The underline lane of each annotation: 0 is next to the words, inner above outer.

    ``taken`` are lanes of others that lie above: those that meet them go below them.
    """
    lanes: dict[str, int] = {}
    placed: list[list[Annotation]] = []
    above = list(taken)
    for annotation in sorted(annotations, key=lambda a: (a.end - a.start, a.start, a.id)):
        least = 1 + max((n for other, n in above if _meets(annotation, [other])), default=-1)
        free = (n for n in range(least, len(placed)) if not _meets(annotation, placed[n]))
        lane = next(free, max(least, len(placed)))
        placed += [[] for _ in range(len(placed), lane + 1)]
        placed[lane].append(annotation)
        lanes[annotation.id] = lane
    return lanes


def _meets(annotation: Annotation, row: list[Annotation]) -> bool:
    return any(annotation.start < other.end and other.start < annotation.end for other in row)
