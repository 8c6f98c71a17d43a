"""Where a selection really begins and ends: blanks and stray punctuation left out."""

from __future__ import annotations

PAIRS = {
    "“": "”",
    "”": "”",
    "„": "“”",
    "«": "»",
    "»": "«",
    "‹": "›",
    "‘": "’",
    "‚": "‘’",
    "「": "」",
    "『": "』",
    "〈": "〉",
    "《": "》",
    "(": ")",
    "[": "]",
    "（": "）",
    "【": "】",
    '"': '"',
}
"""Opening marks, each with the marks that can close it."""

_OPENING = frozenset(PAIRS)
_CLOSING = frozenset("".join(PAIRS.values())) - {"’", "‘"}
_STRAY = frozenset(",;:.·،؛。、，；：-‐–—•*")


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The range ``[start, end)`` of code points less blanks and stray punctuation at its edges.

    Quotation marks and brackets stay where their partner is inside the range; a full stop
    that belongs to an abbreviation ("U.S.") stays, and so do "?" and "!", which carry
    meaning. A range of nothing but punctuation is only trimmed of blanks; one of nothing
    but blanks comes back empty.
    """
    start, end = _trim_blanks(text, start, end)
    first, last = start, end
    while first < last:
        if text[first].isspace() or _stray_at_start(text, first, last):
            first += 1
        elif text[last - 1].isspace() or _stray_at_end(text, first, last):
            last -= 1
        else:
            return first, last
    return start, end


def _trim_blanks(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _stray_at_start(text: str, start: int, end: int) -> bool:
    mark = text[start]
    if mark in _OPENING:
        return not any(close in text[start + 1 : end] for close in PAIRS[mark])
    return mark in _STRAY and not _signs_number(text, start, end) or mark in _CLOSING


def _signs_number(text: str, start: int, end: int) -> bool:
    return start + 1 < end and text[start] in "-–." and text[start + 1].isdigit()


def _stray_at_end(text: str, start: int, end: int) -> bool:
    mark = text[end - 1]
    if mark == "." and _is_abbreviation(text, start, end):
        return False
    if mark in _CLOSING:
        return not any(_opens_for(mark, opening) for opening in text[start : end - 1])
    return mark in _STRAY or mark in _OPENING


def _opens_for(closing: str, opening: str) -> bool:
    return closing in PAIRS.get(opening, "")


def _is_abbreviation(text: str, start: int, end: int) -> bool:
    word = text[start:end].rsplit(maxsplit=1)[-1]
    return "." in word[:-1] and any(char.isalpha() for char in word) and ".." not in word
