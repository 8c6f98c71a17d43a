"""What differs between versions, marked for the eye: words at the edges, and what is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise
from typing import NamedTuple

from annotator.core.chains.who_says import DECISIONS, chain_words
from annotator.core.model import Annotation, Kind
from annotator.core.sources import Registry
from annotator.core.tagging import Tagging

CONTEXT = 40
"""Code points that are shown at each end of a long stretch that two versions share."""


class Stretch(NamedTuple):
    """Words that a version has, or lacks; ``same`` where the other version has them too."""

    words: str
    has: bool
    same: bool


def stretches(text: str, version: Annotation, other: Annotation) -> Iterator[Stretch]:
    """A version's words beside those of another one, in text order; "…" is what neither has."""
    edges = sorted({edge for one in (version, other) for s in one.spans for edge in s[:2]})
    for start, end in pairwise(edges):
        has, others = _covers(version, start), _covers(other, start)
        words = text[start:end] if has or others else " … "
        yield Stretch(words, has or not others, has == others)


def _covers(annotation: Annotation, position: int) -> bool:
    return any(span.start <= position < span.end for span in annotation.spans)


def marked(text: str, version: Annotation, other: Annotation) -> str:
    """A version's words as rich text: what only it has is underlined, what it lacks struck out."""
    shown = (_shown(stretch) for stretch in stretches(text, version, other))
    return "".join(shown).replace("\n", " ")


def _shown(stretch: Stretch) -> str:
    words = escape(_shortened(stretch.words) if stretch.same else stretch.words)
    if stretch.same:
        return words
    return f"<b><u>{words}</u></b>" if stretch.has else f"<s>{words}</s>"


def _shortened(words: str) -> str:
    """Long words in common without their middle, cut at blanks."""
    if len(words) <= 2 * CONTEXT + 8:
        return words
    left, right = words[:CONTEXT].rpartition(" ")[0], words[-CONTEXT:].partition(" ")[2]
    return f"{left or words[:CONTEXT]} … {right or words[-CONTEXT:]}"


def told(tagging: Tagging, registry: Registry, annotation: Annotation) -> tuple[str, ...]:
    """What a version says beside its words: kind, who says it, stance, certainty; "" for nothing.

    Always as many parts in the same order, so that versions can be compared part by part.
    """
    return (
        annotation.kind.value,
        _said_by(tagging, registry, annotation),
        annotation.stance.value if annotation.stance else "",
        annotation.certainty.value if annotation.certainty else "",
    )


def _said_by(tagging: Tagging, registry: Registry, annotation: Annotation) -> str:
    if annotation.kind is Kind.ATTRIBUTION:
        return chain_words(tagging, registry, annotation)
    if annotation.unattributed:
        return DECISIONS[annotation.unattributed]
    by = tagging.attributions_of(annotation.id)
    return ", ".join(chain_words(tagging, registry, one) for one in by)


def told_marked(parts: Sequence[str], others: Sequence[str]) -> str:
    """What a version says, as rich text; what another one says otherwise is underlined."""
    pairs = zip(parts, others, strict=True)
    return " · ".join(_part(one, other) for one, other in pairs if one or other)


def _part(one: str, other: str) -> str:
    if one == other:
        return escape(one)
    return f"<b><u>{escape(one)}</u></b>" if one else f"<s>{escape(other)}</s>"
