"""From a caret to a word, a quoted passage, a sentence, a paragraph, the article, and back.

Words are what stands between blanks and punctuation. An elided article ("l'") is a word of
its own, an English ending ("don't") and a hyphenated name are not cut. Chinese, Japanese and
Thai, written without blanks, are cut where the script changes; a Korean word keeps its
particles, an Arabic one its vowel signs. All positions are code points.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Literal

from annotator.core.text.graphemes import is_edge
from annotator.core.text.quotation import passages

Range = tuple[int, int]
SentenceOf = Callable[[int], Range]
"""The sentence around the gap at a position; the window asks Qt's boundary finder."""

_SCRIPTS = {
    "han": "\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff",
    "hiragana": "\u3041-\u309f",
    "katakana": "\u30a0-\u30ff\u31f0-\u31ff",
    "unspaced": "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff",
}
_ENDING = re.compile(r"['’](?:s|t|d|m|re|ve|ll)\b", re.IGNORECASE)
_NUMBER_POINT = re.compile(r"(?<=\d)[.,:](?=\d)")
_HYPHENS = frozenset("-\u2010\u2011")


def word_at(text: str, position: int) -> Range:
    """The word that the gap at ``position`` touches, the one after it before the one before it.

    Empty where no word touches it.
    """
    start = end = position
    if not _in_word(text, position):
        if position == 0 or not _in_word(text, position - 1):
            return position, position
        start = position - 1
    while _goes_on(text, start):
        start -= 1
    end = max(end, start + 1)
    while _goes_on(text, end):
        end += 1
    return start, end


def next_word_edge(text: str, position: int, step: int, edge: Literal["start", "end"]) -> int:
    """Where the ``edge`` of a span comes to stand when it moves by a word.

    ``step`` is 1 forwards, -1 backwards. A start moves to where a word starts, an end to
    where one ends; where no further word is, it stays.
    """
    there = position + step
    while 0 <= there <= len(text):
        if _is_word_edge(text, there, edge):
            return there
        there += step
    return position


def _is_word_edge(text: str, at: int, edge: Literal["start", "end"]) -> bool:
    inner = at if edge == "start" else at - 1
    return inner >= 0 and _in_word(text, inner) and not _goes_on(text, at)


def _in_word(text: str, at: int) -> bool:
    """Whether the character at ``at`` is part of a word."""
    if at >= len(text):
        return False
    return _script(text, at) != "" or bool(at and _joins(text, at))


def _goes_on(text: str, at: int) -> bool:
    """Whether one word goes on across the gap at ``at``."""
    if not 0 < at < len(text):
        return False
    if _joins(text, at):
        return _script(text, at - 1) != ""
    if _joins(text, at - 1):
        return _in_word(text, at - 1)
    before, after = _script(text, at - 1), _script(text, at)
    return not is_edge(text, at) or before == after != ""


def _joins(text: str, at: int) -> bool:
    """Whether a mark at ``at`` holds a word together: hyphen, English ending, decimal point."""
    mark = text[at]
    if mark in _HYPHENS:
        return bool(at and text[at - 1].isalpha() and text[at + 1 : at + 2].isalpha())
    if mark in "'’":
        return bool(at and text[at - 1].isalpha() and _ENDING.match(text, at))
    return bool(_NUMBER_POINT.match(text, at))


def _script(text: str, at: int) -> str:
    """What a character can be joined with into a word; a grapheme counts as its first."""
    while not is_edge(text, at):
        at -= 1
    char = text[at]
    if not char.isalnum():
        return ""
    if char.isascii():
        return "spaced"
    return next((name for name, one in _scripts().items() if one.match(char)), "spaced")


@cache
def _scripts() -> dict[str, re.Pattern[str]]:
    """The characters of each script; compiled when first asked for, since that takes a while."""
    return {name: re.compile(f"[{characters}]") for name, characters in _SCRIPTS.items()}


def widen(text: str, start: int, end: int, sentence_of: SentenceOf) -> Range:
    """The next wider thing around ``[start, end)``; at the whole article, the same again.

    Word, quoted passage with its marks (without them a quote would stop short), sentence,
    paragraph, article: the shortest of them that holds all of the range and more.
    """
    wider = (
        one
        for one in _around(text, start, end, sentence_of)
        if one[0] <= start and end <= one[1] and one != (start, end)
    )
    return min(wider, key=lambda one: one[1] - one[0], default=(start, end))


def steps(text: str, start: int, end: int, sentence_of: SentenceOf) -> list[Range]:
    """All that widening goes through from ``[start, end)`` on, which is the first of them."""
    found = [(start, end)]
    while found[-1] != (0, len(text)):
        found.append(widen(text, *found[-1], sentence_of))
    return found


def narrow(text: str, start: int, end: int, origin: Range, sentence_of: SentenceOf) -> Range:
    """One step back towards ``origin``, the range from which widening began."""
    passed = steps(text, *origin, sentence_of)
    inside = [one for one in passed if one != (start, end) and start <= one[0] and one[1] <= end]
    return inside[-1] if inside else (start, end)


def _around(text: str, start: int, end: int, sentence_of: SentenceOf) -> Iterable[Range]:
    """Everything that might come next around a range, in no order."""
    yield word_at(text, start)[0], word_at(text, max(start, end - 1))[1]
    paragraph = _paragraph(text, start, end)
    quoted = [(one.start, one.end) for one in passages(text, *paragraph)]
    yield from quoted
    yield _sentence(text, start, end, sentence_of, quoted)
    yield paragraph
    yield 0, len(text)


def _paragraph(text: str, start: int, end: int) -> Range:
    closing = text.find("\n", end)
    return text.rfind("\n", 0, start) + 1, len(text) if closing < 0 else closing


def _sentence(
    text: str, start: int, end: int, sentence_of: SentenceOf, quoted: list[Range]
) -> Range:
    """The sentences of both ends, with every quoted passage whole that begins or ends in them."""
    first, last = sentence_of(start)[0], sentence_of(max(start, end - 1))[1]
    words = text[first:last]
    first, last = first + len(words) - len(words.lstrip()), first + len(words.rstrip())
    for opening, closing in quoted:
        if (opening < first < closing) != (opening < last < closing):
            first, last = min(first, opening), max(last, closing)
    return first, last
