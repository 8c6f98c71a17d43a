"""Reporting words in a part of an article."""

from __future__ import annotations

from annotator.suggest.phrases import lowered
from annotator.suggest.rules import rules_for

Range = tuple[int, int]


def cues_in(text: str, start: int, end: int, language: str | None) -> list[Range]:
    """The reporting words in ``[start, end)`` code points, in text order."""
    found = rules_for(language).cues.find(lowered(text[start:end]), 0, end - start)
    return [(start + one.start, start + one.end) for one in found]
