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


class Part(StrEnum):
    """What a stretch of words is to an annotation, seen beside another one."""

    CONTEXT = "context"
    TAGGED = "tagged"
    ALONE = "alone"


class Stretch(NamedTuple):
    """Words of the article; `Part.ALONE` where the annotation has them and the other has not."""

    words: str
    part: Part


def passage(text: str, annotation: Annotation, other: Annotation | None) -> tuple[Stretch, ...]:
    """An annotation's words in the context of their paragraph; that is the same as the other's."""
    both = [one for one in (annotation, other) if one]
    start, end = min(one.start for one in both), max(one.end for one in both)
    line_end = text.find("\n", end)
    before = text[text.rfind("\n", 0, start) + 1 : start]
    after = text[end : line_end if line_end >= 0 else None]
    return (
        *_context(_left(before, len(before))),
        *_within(text, annotation, other),
        *_context(_right(after, 0)),
    )


def _context(words: str) -> Iterator[Stretch]:
    if words:
        yield Stretch(words, Part.CONTEXT)


def _left(text: str, end: int) -> str:
    """What stands before ``end``, cut at a blank."""
    start = max(0, end - CONTEXT)
    if not start:
        return text[:end]
    cut, blank, rest = text[start:end].partition(" ")
    return f"… {rest if blank else cut}"


def _right(text: str, start: int) -> str:
    """What stands from ``start`` on, cut at a blank."""
    end = start + CONTEXT
    if end >= len(text):
        return text[start:]
    rest, blank, cut = text[start:end].rpartition(" ")
    return f"{rest if blank else cut} …"


def _within(text: str, annotation: Annotation, other: Annotation | None) -> Iterator[Stretch]:
    both = [one for one in (annotation, other) if one]
    edges = sorted({edge for one in both for span in one.spans for edge in span[:2]})
    for start, end in pairwise(edges):
        has = _covers(annotation, start)
        alone = has and other is not None and not _covers(other, start)
        part = Part.ALONE if alone else Part.TAGGED if has else Part.CONTEXT
        yield Stretch(text[start:end] if alone else _shortened(text[start:end]), part)


def _covers(annotation: Annotation, position: int) -> bool:
    return any(span.start <= position < span.end for span in annotation.spans)


def _shortened(words: str) -> str:
    if len(words) <= _LONGEST:
        return words
    return f"{_right(words, 0)} {_left(words, len(words)).removeprefix('… ')}"
