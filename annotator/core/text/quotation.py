"""Quotation marks: which of them open, which close, and which belong together.

Marks pair up like brackets, a mark that spoils the nesting being left alone. What a mark that
can do both does here (the straight ones, “ after „, « in German) is told by its neighbours;
apostrophes inside or at the edge of words ("l’invio", "un po'", "gli anni '80") do neither.
All positions are code points.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from annotator.core.sources import WORD_EDGE

QUOTES = {
    "“": "”",
    "”": "”",
    "„": "“”",
    "«": "»",
    "»": "«",
    "‹": "›",
    "›": "‹",
    "‘": "’",
    "‚": "‘’",
    "「": "」",
    "『": "』",
    "〈": "〉",
    "《": "》",
    '"': '"',
    "'": "'",
}
"""Opening quotation marks, each with the marks that can close it."""

_EITHER_WAY = frozenset("\"'")
_APOSTROPHES = frozenset("'’‘")
_MOSTLY_OPEN = frozenset("“«‹‘„‚「『〈《")
_ELISION = re.compile(r"['’‘](?:ndr|(?:em|tis|twas|til|cause|n)\b|\d\ds?\b)", re.IGNORECASE)
_CUT_SHORT = re.compile(r"(?<![^\W_])(?:po|mo|be|di|fa|va|sta|da|to|ca)\Z", re.IGNORECASE)
_PARAGRAPH = re.compile("[^\n]+")


class Passage(NamedTuple):
    """A quoted passage ``[start, end)``, its two marks included."""

    start: int
    end: int


class Quotation(NamedTuple):
    """The marks of a text: passages, outer before inner, and the places of marks left alone."""

    passages: list[Passage]
    unpaired: list[int]


@cache
def _within() -> re.Pattern[str]:
    """Inside a word. To compile its classes takes milliseconds: not before there is a mark."""
    return re.compile(f"(?!{WORD_EDGE})")


def passages(text: str, start: int, end: int) -> list[Passage]:
    """The quoted passages in the range, in text order, outer before inner.

    None goes across the end of a paragraph, and any two are nested or apart.
    """
    return quotation(text, start, end).passages


def quotation(text: str, start: int, end: int) -> Quotation:
    """As `passages`, with the marks of the range that found no partner in their paragraph.

    An apostrophe is never among these, whatever it was meant for, nor are inches (5").
    """
    found = Quotation([], [])
    for paragraph in paragraphs(text, start, end):
        inside = marks_paired(text, *paragraph, list(quote_pairs(text, *paragraph)))
        found.passages.extend(inside.passages)
        found.unpaired.extend(inside.unpaired)
    return found


def paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The ranges of the lines in a range that are not empty."""
    return (paragraph.span() for paragraph in _PARAGRAPH.finditer(text, start, end))


def marks_paired(text: str, start: int, end: int, pairs: list[tuple[int, int]]) -> Quotation:
    """What `quotation` says of a range of one paragraph whose ``pairs`` are known."""
    left = {mark.start() for mark in _QUOTE.finditer(text, start, end)}.difference(*pairs)
    found = sorted(Passage(opening, closing + 1) for opening, closing in pairs)
    return Quotation(found, sorted(at for at in left if _is_quotation_mark(text, at)))


def _is_quotation_mark(text: str, at: int) -> bool:
    """Whether a mark was surely meant for one: no apostrophe, no inches, nothing in a word."""
    before, mark, after = text[max(0, at - 1) : at], text[at], text[at + 1 : at + 2]
    is_sign = mark == '"' and (before.isdigit() or _within().match(before + after, 1))
    return mark not in _APOSTROPHES and not is_sign


def quote_pairs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The places of the quotation marks of the range that belong together, as they close.

    Neighbours outside of the range, and the ends of paragraphs, play no part.
    """
    waiting: list[tuple[str, int]] = []
    count: Counter[str] = Counter()
    for match in _QUOTE.finditer(text, start, end):
        at, mark = match.start(), match.group()
        before, after = text[max(start, at - 1) : at], text[at + 1 : min(at + 2, end)]
        closes, opens = _faces(before, mark, after)
        if mark in _APOSTROPHES:
            closes = closes and not _CUT_SHORT.search(text, max(start, at - 4), at)
            opens = opens and not _ELISION.match(text, at, end)
        if closes and any(count[opening] for opening in _OPENERS[mark]):
            yield _taken_back_to(mark, waiting, count), at
        elif opens:
            waiting.append((mark, at))
            count[mark] += 1


def _taken_back_to(mark: str, waiting: list[tuple[str, int]], count: Counter[str]) -> int:
    """The place of the innermost opening mark that ``mark`` closes; those inside it are dropped."""
    while True:
        opening, at = waiting.pop()
        count[opening] -= 1
        if opening in _OPENERS[mark]:
            return at


def _openers(pairs: Mapping[str, str]) -> dict[str, str]:
    """Of each mark, those that it can close."""
    marks = {*pairs, *"".join(pairs.values())}
    return {mark: "".join(one for one, ends in pairs.items() if mark in ends) for mark in marks}


_OPENERS = _openers(QUOTES)
_QUOTE = re.compile(f"[{''.join(sorted(_OPENERS))}]")


def _faces(before: str, mark: str, after: str) -> tuple[bool, bool]:
    """Whether a mark can close, and whether it can open if it does not close anything."""
    if mark in _APOSTROPHES and _within().match(before + after, 1):
        return False, False
    lean = _lean(before, after)
    if mark in _EITHER_WAY:
        return _straight(before, mark, after, lean)
    can_close, can_open = bool(_OPENERS[mark]), mark in QUOTES
    if not (can_close and can_open):
        return can_close, can_open
    if mark in _MOSTLY_OPEN:
        between_letters = before.isalnum() and after.isalnum()
        return lean >= 0 and not between_letters, True
    before_word = not before.strip() and after.isalnum()
    return not before_word, lean < 0


def _straight(before: str, mark: str, after: str, lean: int) -> tuple[bool, bool]:
    if lean or _within().match(before + after, 1):
        return lean > 0, lean < 0
    tight = before.isalnum() and after.isalnum()
    return True, tight or mark == '"'


def _lean(before: str, after: str) -> int:
    """-1 for a mark that seems to open, 1 for one that seems to close, 0 where nothing tells."""
    blanks = (not after.strip()) - (not before.strip())
    return blanks or before.isalnum() - after.isalnum()
