"""How other programs count: in which units, and in which of an article's forms."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate

from annotator.core.text.article import Article
from annotator.core.text.offsets import Utf16Offsets

Count = Callable[[int], int]
"""A position of theirs as one of ours: a code point of the article."""

Sample = tuple[int, int, str]
"""Start and end as they count, and the words that stand there."""

_ENOUGH = 200


def best_count(raw: str, article: Article, samples: Iterable[Sample]) -> Count:
    """The count by which most of the ``samples`` have their words.

    ``raw`` is the text as they had it, with its own line ends and mark. Code points come
    first; where they do not fit, UTF-16 units (Java, JavaScript, Qt) and bytes are tried.
    """
    if raw == article.text and raw.isascii():
        return _same
    wanted = [sample for _, sample in zip(range(_ENOUGH), samples, strict=False)]
    best: Count = _same
    most = -1
    for count in _counts(raw, article):
        fitting = sum(_fits(article.text, count, sample) for sample in wanted)
        if fitting > most:
            best, most = count, fitting
        if most == len(wanted):
            break
    return best


def _fits(text: str, count: Count, sample: Sample) -> bool:
    start, end, words = sample
    return " ".join(text[count(start) : count(end)].split()) == " ".join(words.split())


def _counts(raw: str, article: Article) -> Iterator[Count]:
    yield _same
    to_ours = _without_marks(raw)
    if raw != article.text:
        yield to_ours
    units = Utf16Offsets(raw)
    yield lambda at: to_ours(units.to_points(at))
    units_of_ours = Utf16Offsets(article.text)
    yield units_of_ours.to_points
    ends = array("Q", accumulate(len(char.encode()) for char in raw))
    yield lambda at: to_ours(bisect_right(ends, at))


def _same(at: int) -> int:
    return at


def _without_marks(raw: str) -> Count:
    """From code points of the raw text to those of the article, which has LF and no BOM."""
    dropped = [0] if raw.startswith("\ufeff") else []
    at = raw.find("\r\n")
    while at >= 0:
        dropped.append(at)
        at = raw.find("\r\n", at + 2)
    return lambda position: position - bisect_left(dropped, position)
