"""Phrases as a newsroom writes them in a rule file, found in a text.

    ha (detto|riferito)       one of several words
    <have> <adverb>? detto    a list of the file by its name; "?" makes the word before optional
    riportat(o|a|i|e)         endings
    *mente                    any letters, but not in the first word
    -에 따르면                 attached to the word before it

A phrase is found whatever its case and its kind of apostrophe, within one line. It becomes a
pattern without nested repetition and is tried only where its first word stands, so that the
time taken grows with the text alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import NamedTuple

Words = Mapping[str, Sequence[str]]
"""The named lists of a rule file."""

_TOKEN = re.compile(r"(?:\([^()]*\)|[^\s()])+")
_PIECE = re.compile(r"\((?P<group>[^()]*)\)|<(?P<name>[^<>]*)>|(?P<plain>[^()<>?]+)")
_WORD = re.compile(r"\w+")
_BLANKS = r"[^\S\n]+"
_GAP = rf"(?:(?<=')|{_BLANKS})"
_ANY_LETTERS = r"\w{1,30}"
_TYPEWRITTEN = str.maketrans("’‘ʼё", "'''е")
_LONGEST = 60
_MOST = 4000
"""Words that one place of a phrase may stand for; a bound on hostile files."""


class PhraseMatch(NamedTuple):
    """A phrase in a text: ``[start, end)`` in code points, and the rule it belongs to."""

    start: int
    end: int
    rule: str


@dataclass(frozen=True)
class Phrases:
    """Phrases ready for finding: those of separate words by first word, and the attached ones."""

    first_word: re.Pattern[str]
    by_first_word: Mapping[str, Sequence[tuple[str, re.Pattern[str]]]]
    attached: Sequence[tuple[str, re.Pattern[str]]]

    def find(self, text: str, start: int, end: int) -> list[PhraseMatch]:
        """Every phrase in ``[start, end)`` of `lowered` text, in text order.

        Of those that overlap, the first one counts, and of those that begin together the longest.
        """
        hits = sorted(self._hits(text, start, end), key=lambda hit: (hit.start, -hit.end))
        apart: list[PhraseMatch] = []
        for hit in hits:
            if not apart or hit.start >= apart[-1].end:
                apart.append(hit)
        return apart

    def _hits(self, text: str, start: int, end: int) -> Iterator[PhraseMatch]:
        for word in self.first_word.finditer(text, start, end):
            for rule, pattern in self.by_first_word[word.group()]:
                if hit := pattern.match(text, word.start(), end):
                    yield PhraseMatch(*hit.span(), rule)
        for rule, pattern in self.attached:
            for hit in pattern.finditer(text, start, end):
                yield PhraseMatch(*hit.span(), rule)


def lowered(text: str) -> str:
    """``text`` as phrases are compared with it; every code point stays one code point."""
    letters = "".join(set(text))
    lower = "".join(one if len(one := char.lower()) == 1 else char for char in letters)
    return text.translate(str.maketrans(letters, lower.translate(_TYPEWRITTEN)))


def compile_phrases(rules: Mapping[str, Sequence[str]], words: Words) -> Phrases:
    """The phrases of ``rules``, by rule id; raises `ValueError` for one that cannot be read."""
    by_first_word: defaultdict[str, list[tuple[str, re.Pattern[str]]]] = defaultdict(list)
    attached: list[tuple[str, re.Pattern[str]]] = []
    for rule, phrases in rules.items():
        for phrase in phrases:
            pattern = re.compile(phrase_pattern(phrase, words))
            if phrase.startswith("-"):
                attached.append((rule, pattern))
            for first in () if phrase.startswith("-") else _first_words(phrase, words):
                by_first_word[first].append((rule, pattern))
    any_first = re.compile(rf"\b(?:{_tree(by_first_word) or '(?!)'})\b")
    return Phrases(any_first, dict(by_first_word), attached)


def _tree(words: Iterable[str]) -> str:
    """A pattern for any of ``words`` that shares their beginnings: four times as fast as a list."""
    endings: defaultdict[str, list[str]] = defaultdict(list)
    for word in words:
        endings[word[:1]].append(word[1:])
    optional = "?" if endings.pop("", None) else ""
    branches = [re.escape(letter) + _tree(rest) for letter, rest in sorted(endings.items())]
    return f"(?:{'|'.join(branches)}){optional}" if branches else ""


def phrase_pattern(phrase: str, words: Words) -> str:
    """The regular expression of a phrase, as a source, for `lowered` text."""
    pattern, gap = "", ""
    for options, optional in _places(phrase, words):
        either = "|".join(map(_option_pattern, options))
        place = f"{gap}(?:{either})"
        if optional:
            pattern += f"(?:{place})?" if gap else f"(?:{place}{_GAP})?"
        else:
            pattern, gap = pattern + place, _GAP
    if not gap:
        raise ValueError(f"the phrase '{phrase}' has no word that must be there")
    return rf"{pattern}(?:(?<=')|(?!\w))"


def _option_pattern(option: str) -> str:
    blanks = _BLANKS.join(map(re.escape, option.split()))
    return blanks.replace(r"\*", _ANY_LETTERS)


def _first_words(phrase: str, words: Words) -> set[str]:
    firsts: set[str] = set()
    for options, optional in _places(phrase, words):
        begins = {option.split()[0] for option in options}
        if any("*" in one for one in begins):
            raise ValueError(f"the phrase '{phrase}' begins with any letters")
        if any(len(one) > _LONGEST for one in begins):
            raise ValueError(f"the first word of the phrase '{phrase:.40}…' is too long")
        firsts |= {word.group() for one in begins if (word := _WORD.match(one))}
        if not optional:
            break
    return firsts


def _places(phrase: str, words: Words) -> Iterator[tuple[list[str], bool]]:
    """Each place of a phrase: what may stand there, and whether it may be empty."""
    left_over = _TOKEN.sub("", phrase).strip()
    for token in _TOKEN.findall(phrase.removeprefix("-")):
        bare = token.removesuffix("?")
        if left_over or _PIECE.sub("", bare):
            raise ValueError(f"the phrase '{phrase}' has a bracket or '?' too many")
        yield _options(bare, words, phrase), token != bare


def _options(token: str, words: Words, phrase: str) -> list[str]:
    pieces = [_choices(piece, words, phrase) for piece in _PIECE.finditer(token)]
    endless = prod(map(len, pieces)) > _MOST
    options = [] if endless else ["".join(one) for one in product(*pieces)]
    if not options or not all(map(str.strip, options)):
        raise ValueError(f"the phrase '{phrase}' has an empty or an endless choice")
    if any(word.count("*") > 1 for option in options for word in option.split()):
        raise ValueError(f"the phrase '{phrase}' has more than one * in a word")
    return [lowered(option) for option in options]


def _choices(piece: re.Match[str], words: Words, phrase: str) -> list[str]:
    if (name := piece["name"]) is not None:
        if name not in words:
            raise ValueError(f"the phrase '{phrase}' names <{name}>, which is not among words")
        return [option for word in words[name] for option in _options(word, {}, phrase)]
    return piece["group"].split("|") if piece["group"] is not None else [piece["plain"]]
