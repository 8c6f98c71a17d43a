"""The parts of a new attribution: which words name its source, and which report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from annotator.core.model import Annotation
from annotator.core.sources import Registry, Source
from annotator.core.text.article import Article
from annotator.core.text.boundaries import trim
from annotator.suggest.phrases import lowered
from annotator.suggest.rules import Rules, rules_for

Range = tuple[int, int]
Named = tuple[Source, int, int]
"""A source and the code points of its name."""

_LEAD = 80
"""Code points before a name in which its title may begin."""
_IN_BRACKETS = re.compile(r"\s?[(（]([^()（）\n]{1,60})[)）]")
_END_OF_LEAD = re.compile(r'[\n.,;:!?()"“”«»]')


def cues_in(text: str, start: int, end: int, language: str | None) -> list[Range]:
    """The reporting words in ``[start, end)`` code points, in text order."""
    found = rules_for(language).cues.find(lowered(text[start:end]), 0, end - start)
    return [(start + one.start, start + one.end) for one in found]


def propose(
    article: Article, annotation: Annotation, registry: Registry, language: str | None
) -> tuple[Range | None, tuple[Range, ...]]:
    """The mention and the cue of an attribution, as the rules see them: code point ranges.

    The mention is the longest name of its source in its words (of any source, if it has
    none), with the article and title before it and an abbreviation in brackets after it. A
    source that no name stands for may be an unnamed one ("fonti di …").
    """
    text, parts = article.text, [(span.start, span.end) for span in annotation.spans]
    cues = [cue for part in parts for cue in cues_in(text, *part, language)]
    mentions = [one for part in parts for one in _names(text, part, annotation.source, registry)]
    if mentions:
        source, start, end = max(mentions, key=lambda one: one[2] - one[1])
        part = next(one for one in parts if one[0] <= start < one[1])
        mention: Range | None = _whole(text, part, (source, start, end), registry, cues, language)
    else:
        mention = next(_unnamed(text, parts, cues, language), None)
    return mention, tuple(cue for cue in cues if not mention or not _overlap(cue, mention))


def _names(text: str, part: Range, wanted: str | None, registry: Registry) -> Iterator[Named]:
    for source, start, end in registry.mentions(text[slice(*part)]):
        if wanted in (None, source.id):
            yield source, part[0] + start, part[0] + end


def _whole(
    text: str,
    part: Range,
    name: Named,
    registry: Registry,
    cues: Sequence[Range],
    language: str | None,
) -> Range:
    """The whole name, looked for in its own fragment only: a mention does not leave it."""
    source, start, end = name
    by = part[0]
    after = max((cue[1] for cue in cues if by <= cue[1] <= start), default=by)
    words, inner = lowered(text[slice(*part)]), (source, start - by, end - by)
    start, end = whole_name(words, inner, after - by, registry, rules_for(language))
    return start + by, end + by


def whole_name(lower: str, name: Named, after: int, registry: Registry, rules: Rules) -> Range:
    """The name in `lowered` text with what belongs to it: "la … (KCNA)".

    What stands before the code point ``after`` does not.
    """
    source, start, end = name
    bracket = _IN_BRACKETS.match(lower, end)
    if bracket and any(other.id == source.id for other, *_ in registry.mentions(bracket[1])):
        end = bracket.end()
    after = max(after, start - _LEAD)
    after = max((stop.end() for stop in _END_OF_LEAD.finditer(lower, after, start)), default=after)
    lead = rules.lead.search(lower, after, start)
    return (lead.start() if lead else start), end


def _unnamed(
    text: str, parts: Sequence[Range], cues: Sequence[Range], language: str | None
) -> Iterator[Range]:
    """An unnamed source goes as far as its fragment, or as the next reporting words."""
    for start, end in parts:
        for one in rules_for(language).unnamed.find(lowered(text[start:end]), 0, end - start):
            first = start + one.start
            last = min((cue[0] for cue in cues if cue[0] > first), default=end)
            yield trim(text, first, min(last, end))


def _overlap(one: Range, other: Range) -> bool:
    return one[0] < other[1] and other[0] < one[1]
