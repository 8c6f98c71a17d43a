"""Where a selection really begins and ends: blanks and stray punctuation left out."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import chain

from annotator.core.text.quotation import QUOTES, quote_pairs

BRACKETS = {"(": ")", "[": "]", "（": "）", "【": "】"}
PAIRS = QUOTES | BRACKETS
"""Opening marks of both sorts, each with the marks that can close it."""

_MARKS = {*PAIRS, *"".join(PAIRS.values())}
_CLOSED_BY = {closing: opening for opening, closing in BRACKETS.items()}
_BRACKET = re.compile(f"[{re.escape(''.join({*BRACKETS, *_CLOSED_BY}))}]")
_APOSTROPHES = frozenset("'’")
_STRAY = (frozenset(",;:.…·،؛۔。、，；：．｡､・।*•-‐‑‒–—―־") | _MARKS) - _APOSTROPHES
_UNSEEN = frozenset("\u200b\u200e\u200f\u2060\ufeff")
_LONGEST_ABBREVIATION = 20
_ABBREVIATION = re.compile(r"(?<!\w)([^\W\d_]{1,2}\.){2,}\Z")
_GOES_ON = re.compile(r"[,;:]|[ \xa0](?P<letter>[^\W\d_])")


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The range ``[start, end)`` of code points less blanks and stray punctuation at its edges.

    Quotation marks and brackets stay where their partner is inside the range; a full stop
    that belongs to an abbreviation ("U.S.", "Inc. said") stays, and so do "?" and "!", which
    carry meaning. A range without a letter or digit is only trimmed of blanks; one of
    nothing but blanks comes back empty.
    """
    start, end = _trim_blanks(text, start, end)
    if not any(text[at].isalnum() for at in range(start, end)):
        return start, end
    paired = _paired(text, start, end)
    while _is_blank(text[start]) or start not in paired and _stray_at_start(text, start):
        start += 1
    while _is_blank(text[end - 1]) or end - 1 not in paired and _stray_at_end(text, start, end):
        end -= 1
    return start, end


def _trim_blanks(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and _is_blank(text[start]):
        start += 1
    while start < end and _is_blank(text[end - 1]):
        end -= 1
    return start, end


def _is_blank(char: str) -> bool:
    return char.isspace() or char in _UNSEEN


def _paired(text: str, start: int, end: int) -> set[int]:
    """The places of all marks that have their partner in the range."""
    paired = set(chain.from_iterable(quote_pairs(text, start, end)))
    waiting: defaultdict[str, list[int]] = defaultdict(list)
    for match in _BRACKET.finditer(text, start, end):
        at, mark = match.start(), match.group()
        if mark in BRACKETS:
            waiting[mark].append(at)
        elif partners := waiting[_CLOSED_BY[mark]]:
            paired |= {partners.pop(), at}
    return paired


def _stray_at_start(text: str, start: int) -> bool:
    mark, following = text[start], text[start + 1 : start + 2]
    if mark in _APOSTROPHES:
        return _is_blank(following)
    signs_number = mark in "-–." and following.isdigit()
    return mark in _STRAY and not signs_number


def _stray_at_end(text: str, start: int, end: int) -> bool:
    mark = text[end - 1]
    if mark in _APOSTROPHES:
        return _is_blank(text[end - 2])
    return mark in _STRAY and not (mark == "." and _is_abbreviation(text, start, end))


def _is_abbreviation(text: str, start: int, end: int) -> bool:
    """Whether the stop at the end belongs to letters (U.S.), or the sentence goes on after it."""
    if _ABBREVIATION.search(text, max(start, end - _LONGEST_ABBREVIATION), end):
        return True
    following = _GOES_ON.match(text, end)
    letter = following and following["letter"]
    return bool(following) and text[end - 2].isalpha() and (not letter or letter.islower())
