"""By which words versions of one thing differ, and whether that is worth a word."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from annotator.core.display_text import count
from annotator.core.model import Span
from annotator.core.text.article import Article
from annotator.core.text.quotation import QUOTES
from annotator.core.text.widening import next_word_edge
from annotator.suggest.language import language_of
from annotator.suggest.phrases import lowered
from annotator.suggest.rules import Rules, rules_for

Range = tuple[int, int]
Extent = Sequence[Span]
"""The words of one version: its fragments."""

_QUOTATION_MARKS = frozenset({*QUOTES, *"".join(QUOTES.values())})


@dataclass(frozen=True, slots=True)
class ArticleWords:
    """The article's text, as it is and lowered, and the rules of its language."""

    text: str
    lowered: str
    rules: Rules

    @staticmethod
    def of(article: Article, language: str | None) -> ArticleWords:
        """The words of an article in the ``language`` that its file states, or a guess at it."""
        rules = rules_for(language_of(article.text, language))
        return ArticleWords(article.text, lowered(article.text), rules)


@dataclass(frozen=True, slots=True)
class Apart:
    """How far versions are apart: ``detail`` as in ``5 words`` or ``quotation marks only``.

    It is trivial where only blanks, punctuation, quotation marks or a leading determiner or
    conjunction ("la", "che", "that") are not in all of them.
    """

    trivial: bool
    detail: str


def apart(extents: Sequence[Extent], words: ArticleWords) -> Apart | None:
    """How far versions are apart; None where all have the same words."""
    uncommon = list(_uncommon(extents))
    if not uncommon:
        return None
    openings = [_opening(extent, words) for extent in extents]
    left = [piece for one in uncommon for piece in _without(one, openings)]
    if any(_says_something(char) for start, end in left for char in words.text[start:end]):
        number = sum(_count(words.text[start:end]) for start, end in uncommon)
        return Apart(False, count(number, "word"))
    return Apart(True, _trifles(uncommon, left, words.text))


def _uncommon(extents: Sequence[Extent]) -> Iterator[Range]:
    """The ranges that some have and others have not."""
    steps = defaultdict[int, int](int)
    for span in (span for extent in extents for span in extent):
        steps[span.start] += 1
        steps[span.end] -= 1
    edges = sorted(edge for edge, step in steps.items() if step)
    depths = accumulate(steps[edge] for edge in edges)
    for (start, end), depth in zip(pairwise(edges), depths, strict=False):
        if 0 < depth < len(extents):
            yield start, end


def _opening(extent: Extent, words: ArticleWords) -> Range:
    """Where the small words stand with which an extent begins; empty where there are none."""
    start, end = extent[0].start, extent[0].end
    found = words.rules.opening.match(words.lowered, start, end)
    return found.span("words") if found else (start, start)


def _without(one: Range, others: Sequence[Range]) -> Iterator[Range]:
    """What is left of a range where others are cut out."""
    start, end = one
    for gone_start, gone_end in sorted(others):
        if start < gone_start < end:
            yield start, gone_start
        if gone_start < end:
            start = max(start, gone_end)
    if start < end:
        yield start, end


def _says_something(char: str) -> bool:
    return unicodedata.category(char)[0] in "LNS"


def _count(text: str) -> int:
    """How many words there are in a text; a part of a word counts, as does a lone symbol."""
    ends, at = 0, 0
    while (end := next_word_edge(text, at, 1, "end")) != at:
        ends, at = ends + 1, end
    return ends or any(map(_says_something, text))


def _trifles(uncommon: Sequence[Range], left: Sequence[Range], text: str) -> str:
    """What a trivial difference consists of, as in ``quotation marks and “che” only``."""
    marks = [char for start, end in left for char in text[start:end] if not char.isspace()]
    small = (text[slice(*one)] for all_ in uncommon for one in _without(all_, left))
    said = [f"“{' '.join(words.split())}”" for words in small if words.strip()]
    names = ["quotation marks" if char in _QUOTATION_MARKS else "punctuation" for char in marks]
    return f"{' and '.join(dict.fromkeys(names + said)) or 'blanks'} only"
