"""Which of the names in a sentence some reporting words belong to: the nearest one."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from typing import TypeVar

from annotator.suggest.phrases import PhraseMatch

Range = tuple[int, int]
_N = TypeVar("_N")

FARTHEST = 80
"""Code points between a name and the reporting words that may belong to it."""
_ASIDE = 20
"""What a comma between a name and reporting words counts for, in code points."""

_SENTENCE_END = re.compile(r"[.!?…][\"'»”’)\]]*\s+(?=[^\Wa-zа-я\d_]|\W)|[。！？\n]")
PAUSE = re.compile(r"[,;:()–—]")


def sentence_ends(text: str) -> list[int]:
    """Where the sentences of a text end, in code points."""
    return [end.end() for end in _SENTENCE_END.finditer(text)]


def nearest(
    text: str,
    cue: PhraseMatch,
    names: Sequence[_N],
    place: Callable[[_N], Range],
    ends: Sequence[int],
) -> _N | None:
    """The name nearest to reporting words in their sentence, a pause between them counted in.

    ``names`` are in text order, each at its ``place``; ``ends`` are the `sentence_ends`.
    """
    nth = bisect_right(ends, cue.start)
    first = max(ends[nth - 1] if nth else 0, cue.start - FARTHEST)
    last = min(ends[nth] if nth < len(ends) else len(text), cue.end + FARTHEST)
    rows = range(*(bisect_left(names, at, key=lambda one: place(one)[0]) for at in (first, last)))
    near = [names[row] for row in rows]
    apart = [one for one in near if place(one)[1] <= cue.start or place(one)[0] >= cue.end]
    return min(apart, key=lambda one: _distance(text, cue, place(one)), default=None)


def _distance(text: str, cue: PhraseMatch, name: Range) -> int:
    start, end = (name[1], cue.start) if name[1] <= cue.start else (cue.end, name[0])
    return end - start + _ASIDE * len(PAUSE.findall(text, start, end))
