"""How quotation marks and quotes fit together: what is quoted but no quote, and the reverse.

Each rule is a generator that yields None now and then, so that it can be run in slices.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Sequence

from annotator.core.checks.problem import Code, Problem, about
from annotator.core.model import Annotation, Kind
from annotator.core.sources import Registry
from annotator.core.tagging import Tagging
from annotator.core.text.article import Article
from annotator.core.text.quotation import Passage, marks_paired, paragraphs, quote_pairs


def marks_and_quotes(
    tagging: Tagging, article: Article, registry: Registry
) -> Iterator[Problem | None]:
    """Marks outside quotes, and quotes that stop short of a mark, paragraph by paragraph.

    Marks around the name of a source, or within the mention of one, are none of a quote's.
    """
    for start, end in paragraphs(article.text, 0, len(article.text)):
        pairs: list[tuple[int, int]] = []
        for pair in quote_pairs(article.text, start, end):
            pairs.append(pair)
            yield None
        found, alone = marks_paired(article.text, start, end, pairs)
        yield from _passages(tagging, article, registry, found)
        for at in alone:
            mark = Passage(at, at + 1)
            if not any(_covers(one, mark) for one in _quotes_at(tagging, mark)):
                yield _lone(mark, article)
        yield None


def _passages(
    tagging: Tagging, article: Article, registry: Registry, found: Sequence[Passage]
) -> Iterator[Problem | None]:
    whole, reached = set(found), 0
    for passage in found:
        yield None
        quotes = _quotes_at(tagging, passage)
        if any(_covers(quote, passage) for quote in quotes):
            continue
        unsure = (quote for quote in quotes if (quote.start, quote.end) not in whole)
        short = [quote for quote in unsure if _stops_short(quote, passage)]
        yield from (_stopping_short(quote, passage) for quote in short)
        inner = passage.start < reached or short
        if not inner and not _is_name(tagging, article, registry, passage):
            reached = passage.end
            yield _unquoted(passage, article)


def _stopping_short(quote: Annotation, passage: Passage) -> Problem:
    told = "A quotation mark of this quote is left out."
    return Problem(Code.STOPS_SHORT, (quote.id,), *passage, quote.words, told)


def _unquoted(passage: Passage, article: Article) -> Problem:
    told = "These quotation marks stand outside any quote."
    return Problem(Code.UNQUOTED, (), *passage, article.text[slice(*passage)], told)


def _lone(mark: Passage, article: Article) -> Problem:
    words = article.text[mark.start : mark.start + 24].partition("\n")[0]
    return Problem(Code.UNQUOTED, (), *mark, words, "This quotation mark has no partner.")


def _quotes_at(tagging: Tagging, passage: Passage) -> list[Annotation]:
    return [one for one in tagging.between(*passage) if one.kind is Kind.QUOTE]


def _covers(quote: Annotation, passage: Passage) -> bool:
    return quote.start <= passage.start and passage.end <= quote.end


def _stops_short(quote: Annotation, passage: Passage) -> bool:
    """Whether a quote has one mark of a passage but not the other, or all of it but its marks."""
    start, end = passage
    begins = any(span.start == start for span in quote.spans)
    stops = any(span.end == end for span in quote.spans)
    has_opening = any(span.start <= start < span.end for span in quote.spans)
    has_closing = any(span.start < end <= span.end for span in quote.spans)
    if has_opening or has_closing:
        return begins and not has_closing or stops and not has_opening
    return (quote.start, quote.end) == (start + 1, end - 1)


def _is_name(tagging: Tagging, article: Article, registry: Registry, passage: Passage) -> bool:
    words = article.text[passage.start + 1 : passage.end - 1].strip()
    if not any(map(str.isalnum, words)):
        return True
    named = registry.mentioned_in(words)
    if named and (named[1], named[2]) == (0, len(words)):
        return True
    mentions = (span for one in tagging.between(*passage) for span in one.mention)
    return any(span.start <= passage.start and passage.end <= span.end for span in mentions)


def crossing(tagging: Tagging, article: Article, registry: Registry) -> Iterator[Problem | None]:
    """Quotes that begin inside an earlier one and end outside it, each once."""
    quotes = [one for one in tagging.annotations() if one.kind is Kind.QUOTE]
    going_on: list[tuple[int, int]] = []
    for nth, quote in enumerate(quotes):
        yield None
        del going_on[: bisect_right(going_on, (quote.start, len(quotes)))]
        ends_within = going_on[: bisect_left(going_on, (quote.end, -1))]
        others = (quotes[row] for _, row in reversed(ends_within))
        crossed = next((one for one in others if _overlap(one, quote)), None)
        if crossed:
            told = "This quote crosses the one before it."
            yield about(Code.CROSSING, told, quote, crossed)
        insort(going_on, (quote.end, nth))


def _overlap(one: Annotation, other: Annotation) -> bool:
    return any(a.start < b.end and b.start < a.end for a in one.spans for b in other.spans)
