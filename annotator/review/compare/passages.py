"""The words of an annotation as they stand in the article, with what differs marked."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from annotator.core.model import Annotation

CONTEXT = 60
"""Code points of the article that are shown on each side."""

_LONGEST = 240
"""Code points of a stretch that is the same in both; a longer one is shown by its ends."""


class StretchPart(StrEnum):
    """What a stretch of words is to an annotation, seen beside another one.

    CONTEXT belongs to neither; TAGGED words are the annotation's, ALONE those of them that the
    other one has not; LACKED words are only the other one's.
    """

    CONTEXT = "context"
    TAGGED = "tagged"
    ALONE = "alone"
    LACKED = "lacked"


class Stretch(NamedTuple):
    """Words of the article, and what they are to the annotation."""

    words: str
    part: StretchPart


def stretches(text: str, annotation: Annotation, other: Annotation | None) -> Iterator[Stretch]:
    """The article from the first to the last word of both, cut wherever either has an edge."""
    both = [one for one in (annotation, other) if one]
    edges = sorted({edge for one in both for span in one.spans for edge in span[:2]})
    for start, end in pairwise(edges):
        yield Stretch(text[start:end], _part(start, annotation, other))


def _part(position: int, annotation: Annotation, other: Annotation | None) -> StretchPart:
    others = other is not None and _covers(other, position)
    if _covers(annotation, position):
        return StretchPart.TAGGED if others or other is None else StretchPart.ALONE
    return StretchPart.LACKED if others else StretchPart.CONTEXT


def _covers(annotation: Annotation, position: int) -> bool:
    return any(span.start <= position < span.end for span in annotation.spans)


def passage(text: str, annotation: Annotation, other: Annotation | None) -> tuple[Stretch, ...]:
    """An annotation's words in the context of their paragraph; that is the same as the other's.

    What only the other one has is context too.
    """
    both = [one for one in (annotation, other) if one]
    start, end = min(one.start for one in both), max(one.end for one in both)
    line_end = text.find("\n", end)
    before = text[text.rfind("\n", 0, start) + 1 : start]
    after = text[end : line_end if line_end >= 0 else None]
    before = f"… {_last(before, CONTEXT)}" if len(before) > CONTEXT else before
    after = f"{_first(after, CONTEXT)} …" if len(after) > CONTEXT else after
    return (
        *([Stretch(before, StretchPart.CONTEXT)] if before else []),
        *map(_shown, stretches(text, annotation, other)),
        *([Stretch(after, StretchPart.CONTEXT)] if after else []),
    )


def _shown(stretch: Stretch) -> Stretch:
    words, part = stretch
    if part is StretchPart.ALONE:
        return stretch
    part = StretchPart.CONTEXT if part is StretchPart.LACKED else part
    return Stretch(shortened(words, _LONGEST, CONTEXT), part)


def shortened(words: str, longest: int, ends: int) -> str:
    """Words of more than ``longest`` code points by ``ends`` of these at each end."""
    if len(words) <= longest:
        return words
    return f"{_first(words, ends)} … {_last(words, ends)}"


def _first(text: str, most: int) -> str:
    """The first code points of a text, cut at a blank."""
    rest, blank, cut = text[:most].rpartition(" ")
    return rest if blank else cut


def _last(text: str, most: int) -> str:
    """The last code points of a text, cut at a blank."""
    cut, blank, rest = text[-most:].partition(" ")
    return rest if blank else cut
