"""Names of sources that nobody has entered yet: whoever stands beside reporting words.

They are offered as new sources, and enter a registry only when somebody takes them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import pairwise
from typing import NamedTuple

from annotator.core.errors import AnnotatorError
from annotator.core.sources import Registry
from annotator.core.text.article import read_article
from annotator.storage.files.article_header import header_if_sound
from annotator.storage.files.places import read_bytes
from annotator.storage.folder import Folder
from annotator.suggest.language import language_of
from annotator.suggest.nearness import Range, nearest, sentence_ends
from annotator.suggest.phrases import PhraseMatch, lowered
from annotator.suggest.rules import Rules, rules_for

MOST = 10_000
"""Code points of a text that are looked at, so that the time it takes is bounded."""
_LONGEST = 80

_WORD = re.compile(r"(?:[^\W\d_]['’])?[^\W_]+(?:[-.&][^\W_]+)*")
_JOINING = frozenset(
    ("of", "the", "for", "and", "de", "del", "della", "dei", "degli", "di", "da", "du", "la", "von")
)
"""Small words that stand inside names, in any language that writes names with capitals."""
_SHORT = re.compile(r" ?\(([^\W\d_]{2,10})\)")


class Name(NamedTuple):
    """A name as it stands in a text, its ``short`` form where one follows in brackets.

    ``times`` is how often reporting words stand beside it, ``articles`` in how many articles.
    """

    name: str
    short: str | None = None
    times: int = 1
    articles: int = 1


def names_in(text: str, registry: Registry, language: str | None = None) -> list[Name]:
    """Who is made to say something in a text and is not in the registry, the most frequent first.

    ``language`` is the article's own, where its file states one. Without rules for its
    language nothing is found.
    """
    text = text[:MOST]
    rules = rules_for(language_of(text, language))
    cues = rules.cues.find(lowered(text), 0, len(text))
    found = _by_particles if rules.particles else _by_capitals
    names = (_named(text, place) for place in found(text, cues, rules))
    return [one._replace(articles=1) for one in _summed(names) if not _is_known(one, registry)]


def names_in_folder(
    folder: Folder, registry: Registry, progress: Callable[[int, int], object] = lambda *_: None
) -> list[Name]:
    """The same over all articles of a folder; what cannot be read is left out.

    ``progress`` is told how many articles of how many are done, and may stop the work.
    """
    articles, found = folder.articles(), list[Name]()
    for done, path in enumerate(articles):
        progress(done, len(articles))
        with suppress(AnnotatorError):  # opening it tells what is wrong
            header = header_if_sound(path)
            text = read_article(read_bytes(path), str(path)).text
            found += names_in(text, registry, header.language if header else None)
    return _summed(found)


def _summed(names: Iterable[Name]) -> list[Name]:
    """Each name once, the most frequent first; its short form by itself counts for it."""
    times, articles, short = Counter[str](), Counter[str](), dict[str, str]()
    for one in names:
        times[one.name] += one.times
        articles[one.name] += one.articles
        if one.short:
            short.setdefault(one.name, one.short)
    for name, form in short.items():
        if name != form:
            times[name] += times.pop(form, 0)
            articles[name] = max(articles[name], articles.pop(form, 0))
    ranked = times.most_common()
    return [Name(name, short.get(name), often, articles[name]) for name, often in ranked]


def _named(text: str, place: Range) -> Name:
    short = _SHORT.match(text, place[1])
    abbreviated = short and short[1].isupper()
    return Name(text[slice(*place)], short[1] if short and abbreviated else None)


def _is_known(one: Name, registry: Registry) -> bool:
    if (0, len(one.name)) in {hit[1:] for hit in registry.mentions(one.name)}:
        return True
    short = one.short or ""
    return (0, len(short)) in {hit[1:] for hit in registry.mentions(short)}


# Scripts with capital letters


def _by_capitals(text: str, cues: Sequence[PhraseMatch], rules: Rules) -> Iterator[Range]:
    ends = sentence_ends(text)
    names = list(_capitalised(text, cues, rules, {0, *ends}))
    for cue in cues:
        if (place := nearest(text, cue, names, lambda one: one, ends)) is not None:
            yield place


def _capitalised(
    text: str, cues: Sequence[PhraseMatch], rules: Rules, beginnings: Container[int]
) -> Iterator[Range]:
    """Where names stand, as far as capital letters tell."""
    reporting = {at for cue in cues for at in range(cue.start, cue.end)}
    words = [word for word in _WORD.finditer(text) if word.start() not in reporting]
    small = {word.group() for word in words}
    lower = lowered(text)
    for run in _runs(text, words):
        first = run[0].group().lower()
        if first in small and run[0].start() in beginnings:
            del run[0]
        place = _without_lead(lower, run, rules)
        if place and not (text[place[0] - 1 : place[0]] == "(" and text.startswith(")", place[1])):
            yield place  # in brackets it is the short form of what stands before them


def _runs(text: str, words: Iterable[re.Match[str]]) -> Iterator[list[re.Match[str]]]:
    """Capitalised words that follow each other, small words between them included."""
    run: list[re.Match[str]] = []
    joining: list[re.Match[str]] = []
    for word in words:
        before = (run + joining)[-1:]
        adjoins = bool(before) and text[before[0].end() : word.start()] in (" ", "\u00a0")
        if not adjoins:
            if run:
                yield run
            run, joining = [], []
        if word[0][_elided(word)].isupper() or (run and word[0][0].isdigit()):
            run, joining = [*run, *joining, word], []
        elif run and word[0] in _JOINING:
            joining.append(word)
        elif run:
            yield run
            run, joining = [], []
    if run:
        yield run


def _without_lead(lower: str, run: list[re.Match[str]], rules: Rules) -> Range | None:
    """The name in a run, without articles, titles, days and the like at its edges."""
    while run and run[0][0].lower() in rules.no_names:
        del run[0]
    while run and run[-1][0].lower() in rules.no_names:
        del run[-1]
    if not run:
        return None
    text = run[0].string
    start, end = run[0].start(), run[-1].end()
    start, end = _name_start(lower, run, rules), run[-1].end()
    is_name = 1 < end - start <= _LONGEST and lower[start] != text[start]
    return (start, end) if is_name else None


def _name_start(lower: str, run: Sequence[re.Match[str]], rules: Rules) -> int:
    """Where the name begins behind its titles; "Ministry of …" is no title, but the name."""
    start = run[0].start()
    if (elided := _elided(run[0])) and rules.lead.search(lower, start, start + elided):
        start += elided
    for before, word in pairwise(run):
        joined = {before[0], word[0]} & _JOINING
        if not joined and rules.lead.search(lower, start, word.start()):
            start = word.start()
    return start


def _elided(word: re.Match[str]) -> int:
    """How many code points of a word may be an article that is written to it: "l'Ansa"."""
    return 2 if word[0][1:2] in ("'", "’") else 0


# Scripts without

_BEHIND_NAMES = ("according", "citing")
"""The groups of reporting words that are attached to the name; others are to a verb."""


def _by_particles(text: str, cues: Sequence[PhraseMatch], rules: Rules) -> Iterator[Range]:
    """Words to which reporting words are attached, else what the sentence is about."""
    particles = "|".join(map(re.escape, rules.particles))
    topic = re.compile(rf"(?:\w+ )?\w+?(?=(?:{particles})[\s,])")
    attached = re.compile(r"(?:\w+ )?\w+\Z")
    ends = [0, *sentence_ends(text)]
    for cue in cues:
        begin = ends[bisect_right(ends, cue.start) - 1]
        behind_name = cue.rule.partition("/")[2] in _BEHIND_NAMES
        before = attached.search(text, begin, cue.start) if behind_name else None
        if found := before or topic.search(text, begin, cue.start):
            yield found.span()
