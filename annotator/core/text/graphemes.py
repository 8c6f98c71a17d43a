"""What a reader sees as one character, so that no span ends inside it.

The rules are those of Unicode's extended grapheme clusters as far as news text needs them:
combining marks, joiners, variation selectors, emoji with skin tones and tags, pairs of
regional indicators (flags), Hangul jamo. Left out are Indic conjuncts and prepended marks.
Written here rather than taken from a library: the well-kept ones are compiled (`regex`,
`PyICU`), the pure Python one walks through the text from its start, and these rules are all
local. All positions are gaps between code points.
"""

from __future__ import annotations

import unicodedata

_ZWJ = "\u200d"
_EXTENDING = frozenset("\u200c\u200d\u0e33\u0eb3")
_PARTS_OF_EMOJI = (range(0x1F3FB, 0x1F400), range(0xE0020, 0xE0080))
_PICTOGRAPHS = (range(0x2190, 0x2C00), range(0x1F000, 0x20000))
_FLAG = range(0x1F1E6, 0x1F200)
_LEADING = (range(0x1100, 0x1160), range(0xA960, 0xA97D))
_VOWEL = (range(0x1160, 0x11A8), range(0xD7B0, 0xD7C7))
_TRAILING = (range(0x11A8, 0x1200), range(0xD7CB, 0xD7FC))
_SYLLABLE = range(0xAC00, 0xD7A4)


def is_edge(text: str, at: int) -> bool:
    """Whether a span may start or end at the gap ``at``; the text's two ends always are."""
    if not 0 < at < len(text):
        return True
    before, after = text[at - 1], text[at]
    if before.isascii() and after.isascii():
        return True
    if extends(after):
        return _is_control(before)
    if before == _ZWJ:
        return not _among(after, _PICTOGRAPHS)
    if ord(before) in _FLAG and ord(after) in _FLAG:
        return _flags_before(text, at) % 2 == 0
    return not _same_syllable(before, after)


def extends(char: str) -> bool:
    """Whether a character belongs to the one before it: a mark, a joiner, a skin tone."""
    if char.isascii():
        return False
    if unicodedata.category(char)[0] == "M" or char in _EXTENDING:
        return True
    return _among(char, _PARTS_OF_EMOJI)


def next_edge(text: str, position: int, step: int) -> int:
    """The next grapheme edge after ``position`` (``step`` 1) or before it (-1), in the text."""
    position += step
    while 0 < position < len(text) and not is_edge(text, position):
        position += step
    return max(0, min(position, len(text)))


def grapheme_edges(text: str, start: int, end: int) -> tuple[int, int]:
    """The range ``[start, end)``, widened where it would split a grapheme."""
    start, end = max(0, start), min(end, len(text))
    while not is_edge(text, start):
        start -= 1
    while not is_edge(text, end):
        end += 1
    return start, end


def _is_control(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Zl", "Zp"}


def _among(char: str, blocks: tuple[range, ...]) -> bool:
    return any(ord(char) in block for block in blocks)


def _flags_before(text: str, at: int) -> int:
    """How many regional indicators stand in a row before the gap; two make a flag."""
    first = at
    while first and ord(text[first - 1]) in _FLAG:
        first -= 1
    return at - first


def _same_syllable(before: str, after: str) -> bool:
    whole = ord(before) in _SYLLABLE
    if _among(before, _LEADING):
        return _among(after, (*_LEADING, *_VOWEL)) or ord(after) in _SYLLABLE
    open_syllable = _among(before, _VOWEL) or whole and (ord(before) - 0xAC00) % 28 == 0
    if open_syllable and _among(after, _VOWEL):
        return True
    return (whole or _among(before, (*_VOWEL, *_TRAILING))) and _among(after, _TRAILING)
