"""The verbs that say which words an annotation has, and which of them are mention and cue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Literal

from annotator.core.change import Change
from annotator.core.edits import cut, refuse_unless, update
from annotator.core.errors import EditRefused
from annotator.core.model import Annotation, Kind, Span
from annotator.core.text.article import Article
from annotator.core.text.boundaries import trim
from annotator.core.text.graphemes import grapheme_edges

Range = tuple[int, int]

_STUCK = "There another part of this tag begins; remove one of its parts first."


def move_boundary(
    annotation: Annotation, article: Article, edge: Literal["start", "end"], to: int
) -> Change:
    """Let the annotation start or end at the code point ``to``, all fragments between staying.

    A mention and a cue are cut off where they would stick out. Raises `EditRefused` where the
    edge would pass another one of the annotation, or leave no words.
    """
    ranges = [(span.start, span.end) for span in annotation.spans]
    nth = 0 if edge == "start" else -1
    to = grapheme_edges(article.text, to, to)[nth]
    start, end = (to, ranges[0][1]) if edge == "start" else (ranges[-1][0], to)
    refuse_unless(start < end, _STUCK if len(ranges) > 1 else "A tag needs at least one word.")
    ranges[nth] = start, end
    return _with_ranges("Move boundary", annotation, article, ranges)


def _with_ranges(
    label: str, annotation: Annotation, article: Article, ranges: Sequence[Range]
) -> Change:
    """The annotation on other words, each of ``ranges`` a fragment; mention and cue keep inside."""
    words = all(article.text[slice(*one)].strip() for one in ranges)
    refuse_unless(words, "A tag needs at least one word.")
    moved = replace(annotation, spans=tuple(article.span(*one) for one in ranges))
    mention, cue = (_clipped(moved, one, article) for one in (annotation.mention, annotation.cue))
    return update(label, annotation, replace(moved, mention=mention, cue=cue))


def _clipped(annotation: Annotation, inner: Iterable[Span], article: Article) -> tuple[Span, ...]:
    """What lies in the annotation of ``inner``; what sticks out is cut off to its words."""
    cut_off = []
    for span in inner:
        start, end = max(span.start, annotation.start), min(span.end, annotation.end)
        if (start, end) == (span.start, span.end):
            cut_off.append(span)
        elif start < end and article.text[start:end].strip():
            cut_off.append(article.inner_span(*trim(article.text, start, end)))
    return tuple(cut_off)


def add_fragment(annotation: Annotation, article: Article, start: int, end: int) -> Change:
    """Let the annotation have the words from ``start`` to ``end`` too.

    They are joined with what they overlap, touch, or are parted from by blanks alone.
    """
    ((start, end),) = [(span.start, span.end) for span in cut(article, [(start, end)])]
    for span in annotation.spans:
        if article.text[span.end : start].isspace():
            start = span.end
        if article.text[end : span.start].isspace():
            end = span.start
    ranges = [*((span.start, span.end) for span in annotation.spans), (start, end)]
    spans = cut(article, ranges, raw=True)
    refuse_unless(spans != annotation.spans, "These words are part of the tag already.")
    return update("Add words", annotation, replace(annotation, spans=spans))


def remove_fragment(annotation: Annotation, article: Article, position: int) -> Change:
    """Take away the fragment that holds the code point at ``position``, or ends there."""
    gone = next((s for s in annotation.spans if s.start <= position <= s.end), None)
    if gone is None:
        raise EditRefused("No part of this tag is here.")
    only = "This is the tag's only part; Delete removes the tag."
    refuse_unless(len(annotation.spans) > 1, only)
    ranges = [(span.start, span.end) for span in annotation.spans if span is not gone]
    change = _with_ranges("Remove words", annotation, article, ranges)
    left = change.after[0]
    mention, cue = _outside(left.mention, gone), _outside(left.cue, gone)
    return update("Remove words", annotation, replace(left, mention=mention, cue=cue))


def _outside(inner: Iterable[Span], gone: Span) -> tuple[Span, ...]:
    return tuple(span for span in inner if span.end <= gone.start or gone.end <= span.start)


def set_mention(annotation: Annotation, article: Article, ranges: Sequence[Range]) -> Change:
    """Say by which words the attribution names its source; no ``ranges`` for by none."""
    mention = _inside(annotation, article, ranges, "mention")
    return update("Set mention", annotation, replace(annotation, mention=mention))


def set_cue(annotation: Annotation, article: Article, ranges: Sequence[Range]) -> Change:
    """Say which are the attribution's reporting words; no ``ranges`` for none."""
    cue = _inside(annotation, article, ranges, "cue")
    return update("Set cue", annotation, replace(annotation, cue=cue))


def _inside(
    annotation: Annotation, article: Article, ranges: Sequence[Range], what: str
) -> tuple[Span, ...]:
    is_attribution = annotation.kind is Kind.ATTRIBUTION
    refuse_unless(is_attribution, f"Only an attribution has a {what}.")
    spans = cut(article, ranges) if ranges else ()
    within = all(annotation.start <= s.start and s.end <= annotation.end for s in spans)
    refuse_unless(within, f"The {what} lies inside its attribution; select words of it.")
    return tuple(article.inner_span(span.start, span.end) for span in spans)
