"""Proposals for a whole article: quoted passages, and reporting words beside a known source.

They cover part of what there is to tag and are not always right, so they stay a layer of their
own: never saved, and accepted one by one. A paragraph that stands in the article twice, as a
headline does, gets none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from annotator.core.model import Kind
from annotator.core.sources import Registry
from annotator.core.text.article import Article
from annotator.core.text.quotation import passages
from annotator.suggest.nearness import PAUSE, nearest, sentence_ends
from annotator.suggest.parts import Named, whole_name
from annotator.suggest.phrases import PhraseMatch, lowered
from annotator.suggest.rules import rules_for

Range = tuple[int, int]

LONGEST_QUOTE = 2000
"""Code points; what is quoted at greater length is seldom one quote."""
_ONE_SPAN = 40
"""Code points of words between a name and its reporting words that are tagged with them."""

_PARAGRAPH = re.compile(r"[^\n]+")


class Suggestion(NamedTuple):
    """A proposed annotation: its ``ranges`` of code points, and the rule it comes from."""

    kind: Kind
    ranges: tuple[Range, ...]
    rule: str
    source: str | None = None


def suggestions(article: Article, registry: Registry, language: str | None) -> list[Suggestion]:
    """All proposals for an article, in text order."""
    text = article.text
    repeated = _repeated_paragraphs(text)
    found = [*_quotes(text), *_attributions(text, registry, language)]
    starts = [start for start, _ in repeated]
    kept = (one for one in found if not _within(one.ranges[0][0], starts, repeated))
    return sorted(kept, key=lambda one: one.ranges[0])


def _repeated_paragraphs(text: str) -> list[Range]:
    paragraphs = [paragraph.span() for paragraph in _PARAGRAPH.finditer(text)]
    counts = Counter(text[slice(*one)].strip() for one in paragraphs)
    return [one for one in paragraphs if counts[text[slice(*one)].strip()] > 1]


def _within(position: int, starts: Sequence[int], ranges: Sequence[Range]) -> bool:
    nth = bisect_right(starts, position) - 1
    return nth >= 0 and position < ranges[nth][1]


def _quotes(text: str) -> Iterator[Suggestion]:
    """The outermost quoted passages that have words in them."""
    reached = 0
    for passage in passages(text, 0, len(text)):
        start, end = passage.start, passage.end
        if start < reached or end - start > LONGEST_QUOTE:
            continue
        reached = end
        if any(map(str.isalnum, text[start:end])):
            yield Suggestion(Kind.QUOTE, ((start, end),), "quotation-marks")


def _attributions(text: str, registry: Registry, language: str | None) -> Iterator[Suggestion]:
    """Each name with the reporting words that stand nearest to it of all names of the sentence."""
    lower, rules = lowered(text), rules_for(language)
    names = list(registry.mentions(text))
    ends = sentence_ends(text)
    pairs: dict[Named, list[PhraseMatch]] = {}
    for cue in rules.cues.find(lower, 0, len(lower)):
        if (name := nearest(text, cue, names, lambda one: one[1:], ends)) is not None:
            pairs.setdefault(name, []).append(cue)
    for name, own in pairs.items():
        near = [(cue.start, cue.end) for cue in own]
        after = max((cue[1] for cue in near if cue[1] <= name[1]), default=0)
        mention = whole_name(lower, name, after, registry, rules)
        yield Suggestion(Kind.ATTRIBUTION, _joined(text, [mention, *near]), own[0].rule, name[0].id)


def _joined(text: str, ranges: Sequence[Range]) -> tuple[Range, ...]:
    """The ranges in text order; what only few words without a pause part becomes one."""
    joined: list[Range] = []
    for start, end in sorted(ranges):
        gap = text[joined[-1][1] : start] if joined else ""
        if joined and len(gap) <= _ONE_SPAN and not PAUSE.search(gap):
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((start, end))
    return tuple(joined)
