"""Where words stand in a text, for thousands of them: an import may be lost in a long article.

To look through the text for each would cost text times words. What has been looked through more
than a few dozen times gets an index: the places of each few letters that begin at every fourth
code point. Whatever stands anywhere has such letters in it, whichever way it lies.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

_GRAM = 4
"""Code points that are looked up at once; the index has those at each multiple of it."""

_UNINDEXED = 30_000_000
"""Code points that are looked through before there is an index."""

_MOST = 4_000_000_000
"""Code points that are looked through for words which an index does not help to find."""

_CANDIDATES = 200
"""Places that are compared; looking through the text is quicker than comparing more."""


class WordPlaces:
    """The places of words in one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._looked_through = 0
        self._known: dict[str, int | None] = {}

    def once(self, words: str) -> int | None:
        """The first code point of the words, if they stand in the text just once.

        None as well for words that it would take too long to look for, after thousands of others.
        """
        if words not in self._known:
            self._known[words] = self._looked_up(words)
        return self._known[words]

    def _looked_up(self, words: str) -> int | None:
        if not words:
            return None
        if self._looked_through > _UNINDEXED and len(words) >= 2 * _GRAM - 1:
            candidates = self._candidates(words)
            if len(candidates) <= _CANDIDATES:
                found = [at for at in candidates if self._text.startswith(words, at)]
                return found[0] if len(found) == 1 else None
        return self._scanned(words)

    def _scanned(self, words: str) -> int | None:
        if self._looked_through > _MOST:
            return None
        self._looked_through += len(self._text)
        at = self._text.find(words)
        return at if at >= 0 and self._text.find(words, at + 1) < 0 else None

    def _candidates(self, words: str) -> list[int]:
        """Where the words may begin, for each way in which they can lie."""
        found: list[int] = []
        for first in range(_GRAM):
            places = range(first, len(words) - _GRAM + 1, _GRAM)
            rarest = min(places, key=lambda at: len(self._grams.get(words[at : at + _GRAM], ())))
            grams = self._grams.get(words[rarest : rarest + _GRAM], ())
            found += (at - rarest for at in grams if at >= rarest)
            if len(found) > _CANDIDATES:
                break
        return found

    @cached_property
    def _grams(self) -> dict[str, list[int]]:
        grams = defaultdict[str, list[int]](list)
        for at in range(0, len(self._text) - _GRAM + 1, _GRAM):
            grams[self._text[at : at + _GRAM]].append(at)
        return dict(grams)
