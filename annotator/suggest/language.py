"""A small guess at the language of an article, among those that there are rules for."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from annotator.suggest.phrases import lowered
from annotator.suggest.rules import LANGUAGES, rules_for

_ENOUGH = 20_000
"""Code points that are looked at."""
_LETTERS = {"ko": re.compile("[\uac00-\ud7a3]"), "ru": re.compile("[\u0400-\u04ff]")}
_LETTER = re.compile(r"[^\W\d_]")


@lru_cache(maxsize=4)  # asked for with every new attribution, of the same text
def language_of(text: str, stated: str | None = None) -> str | None:
    """The code of the article's language: the one ``stated`` in its file, or a guess.

    None where there are no rules for it, or nothing tells.
    """
    if stated:
        code = re.split("[-_]", stated.lower())[0]
        return code if code in LANGUAGES else None
    sample = text[:_ENOUGH]
    letters = len(_LETTER.findall(sample))
    for language, own in _LETTERS.items():
        if len(own.findall(sample)) > letters / 3:
            return language
    return _by_stop_words(sample)


def _by_stop_words(sample: str) -> str | None:
    words = Counter(re.findall(r"\w+", lowered(sample)))
    latin = [language for language in LANGUAGES if language not in _LETTERS]
    seen = {one: sum(words[word] for word in rules_for(one).stop_words) for one in latin}
    best = max(latin, key=seen.__getitem__)
    return best if seen[best] else None
