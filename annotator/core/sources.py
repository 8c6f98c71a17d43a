"""The source registry: who can be named as saying something."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from annotator.core.model import Extra

# Thai to Tibetan, Myanmar, Hangul, Khmer, kana, Han: written without blanks, or with
# particles on the word, so that their letters never make a name part of a longer word.
_UNSPACED = (
    "\u0e00-\u0fff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u318f"
    "\u3400-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff"
)
_LETTER = rf"[^\W_{_UNSPACED}]"
WORD_EDGE = rf"(?:(?<!{_LETTER})|(?!{_LETTER}))"
"""A pattern for a gap that no word of a script with blanks between its words goes across."""


class SourceType(StrEnum):
    """What kind of source it is."""

    NEWS_AGENCY = "news-agency"
    STATE_MEDIA = "state-media"
    NEWSPAPER = "newspaper"
    BROADCASTER = "broadcaster"
    SOCIAL_MEDIA = "social-media"
    GOVERNMENT = "government"
    INTELLIGENCE = "intelligence"
    MILITARY = "military"
    ORGANISATION = "organisation"
    COMPANY = "company"
    PERSON = "person"
    WITNESS = "witness"
    DOCUMENT = "document"
    OTHER = "other"


WEIGHED = (SourceType.STATE_MEDIA, SourceType.SOCIAL_MEDIA)
"""Types of source that an editor weighs what is said by."""


class SourceColour(StrEnum):
    """By which a source can be told at a glance; each theme has its own shade of it."""

    RED = "red"
    ORANGE = "orange"
    YELLOW = "yellow"
    GREEN = "green"
    TEAL = "teal"
    BLUE = "blue"
    VIOLET = "violet"
    PINK = "pink"
    BROWN = "brown"
    GREY = "grey"


LocalAliases = tuple[tuple[str, tuple[str, ...]], ...]
"""For each language, by its code, the names that a source has in articles of that language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An entry of the registry.

    ``key`` is the single letter that tags with this source at once; ``country`` an ISO
    3166 alpha-2 code; ``named`` is false for sources that the articles leave anonymous.
    ``aliases`` are names in any language, ``aliases_in`` those of one language each.
    """

    id: str
    name: str
    short: str | None = None
    key: str | None = None
    type: SourceType | None = None
    country: str | None = None
    colour: SourceColour | None = None
    named: bool = True
    aliases: tuple[str, ...] = ()
    aliases_in: LocalAliases = ()
    extra: Extra = ()

    @property
    def label(self) -> str:
        """The name for chips and chains: the short one where there is one."""
        return self.short or self.name

    @property
    def kind(self) -> str:
        """Its type in words, as in "state media"; empty where that is not said."""
        return self.type.replace("-", " ") if self.type else ""

    @property
    def about(self) -> str:
        """What kind of source it is and where: "state media · KP"."""
        return " · ".join(filter(None, (self.kind, self.country)))

    @property
    def caveats(self) -> tuple[str, ...]:
        """What an editor weighs its words by: "state media", "unnamed"; often nothing."""
        kind = self.kind if self.type in WEIGHED else ""
        return tuple(filter(None, (kind, "" if self.named else "unnamed")))

    @property
    def names(self) -> tuple[str, ...]:
        """Everything it goes by, in any language, without repeats."""
        local = (name for _, names in self.aliases_in for name in names)
        return tuple(dict.fromkeys(filter(None, (self.short, self.name, *self.aliases, *local))))


@dataclass(frozen=True)
class Registry:
    """The sources a team knows, in the order of their file.

    ``order`` holds their ids, and those of sources that are gone, which undo brings back to
    where they were.
    """

    sources: tuple[Source, ...] = ()
    extra: Extra = ()
    order: tuple[str, ...] = field(default=(), compare=False, repr=False)

    @cached_property
    def by_id(self) -> dict[str, Source]:
        """Sources by id."""
        return {source.id: source for source in self.sources}

    @cached_property
    def by_key(self) -> dict[str, Source]:
        """Sources by their single key; on a clash the first one keeps it."""
        keyed = [(source.key, source) for source in reversed(self.sources) if source.key]
        return {key.lower(): source for key, source in keyed}

    @cached_property
    def _folded(self) -> list[tuple[str, Source]]:
        names = [(" ".join(fold(name).split()), s) for s in self.sources for name in s.names]
        return [(name, source) for name, source in names if name]

    @cached_property
    def _by_alias(self) -> dict[str, Source]:
        return dict(reversed(self._folded))

    @cached_property
    def _alias_pattern(self) -> re.Pattern[str] | None:
        names = sorted({name for name, _ in self._folded}, key=len, reverse=True)
        either = "|".join(r"\s+".join(map(re.escape, name.split())) for name in names)
        # Most places are ruled out by their first letter, much faster than by the edge.
        begins = f"(?=[{re.escape(''.join({name[0] for name in names}))}])"
        return re.compile(f"{begins}{WORD_EDGE}(?:{either}){WORD_EDGE}") if names else None

    def label(self, source_id: str | None) -> str:
        """How the window calls a source; an unknown id is shown as it stands."""
        if source_id is None:
            return "no source"
        source = self.by_id.get(source_id)
        return source.label if source else source_id

    def colour(self, source_id: str | None) -> SourceColour | None:
        """By which colour a source can be told, if it has one."""
        source = self.by_id.get(source_id or "")
        return source.colour if source else None

    def search(self, typed: str) -> list[Source]:
        """Sources any of whose names contains ``typed``; those that begin with it come first."""
        wanted = fold(typed.strip())
        ranks: dict[str, int] = {}
        for name, source in self._folded:
            rank = _rank(name, wanted)
            if rank is not None:
                ranks[source.id] = min(rank, ranks.get(source.id, rank))
        return sorted((self.by_id[i] for i in ranks), key=lambda source: ranks[source.id])

    def mentioned_in(self, words: str) -> tuple[Source, int, int] | None:
        """The source whose longest alias stands in ``words``, with the alias's place there.

        Returns (source, start, end) in code points, or None; see `mentions`.
        """
        return max(self.mentions(words), key=_length, default=None)

    def mentions(self, words: str) -> Iterator[tuple[Source, int, int]]:
        """Every source named in ``words``, in text order: (source, start, end) in code points.

        Aliases are whole words where scripts separate words by blanks; their own blanks may
        be line breaks too. Of two that begin at one place, the longer one is meant.
        """
        if self._alias_pattern is None:
            return
        for hit in self._alias_pattern.finditer(fold(words)):
            yield self._by_alias[" ".join(hit.group().split())], hit.start(), hit.end()

    def changed(self, before: Iterable[Source], after: Iterable[Source]) -> Registry:
        """The registry with the sources of ``after`` in the place of those of ``before``.

        One that gets another id stays where it was, one that was there before comes back there.
        """
        gone, come = {one.id: one for one in before}, {one.id: one for one in after}
        leaving, entering = gone.keys() - come.keys(), come.keys() - self.by_id.keys()
        places = (*self.order, *self.by_id)
        if len(leaving) == len(entering) == 1:
            (old,), (new,) = leaving, entering
            places = tuple(new if one == old else one for one in places)
        order = tuple(dict.fromkeys((*places, *come)))
        left = {i: one for i, one in (self.by_id | come).items() if i not in leaving}
        return Registry(tuple(left[i] for i in order if i in left), self.extra, order)


def united(*several: LocalAliases) -> LocalAliases:
    """The aliases of several in one, languages and names each once, in the order they come."""
    found: dict[str, dict[str, None]] = {}
    for language, names in (one for aliases in several for one in aliases):
        found.setdefault(language, {}).update(dict.fromkeys(names))
    return tuple((language, tuple(names)) for language, names in found.items())


def fold(text: str) -> str:
    """``text`` for comparison without case and accents; every code point stays one code point."""
    letters = "".join(set(text))
    return text.translate(str.maketrans(letters, "".join(map(_fold_char, letters))))


def _fold_char(char: str) -> str:
    if char.isascii():
        return char.lower()
    base = unicodedata.normalize("NFD", char)[0]
    lower = base.lower()
    keep_whole = "\uac00" <= char <= "\ud7a3"
    return char if keep_whole else (lower if len(lower) == 1 else base)


def _rank(name: str, wanted: str) -> int | None:
    if name.startswith(wanted):
        return 0
    if f" {wanted}" in name:
        return 1
    return 2 if wanted in name else None


def _length(mention: tuple[Source, int, int]) -> int:
    return mention[2] - mention[1]


def new_source_id(name: str, taken: Iterable[str]) -> str:
    """A readable id made of ``name`` in ``[a-z0-9-]`` that is not among ``taken``."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "source"
    stem = stem if stem[0].isalpha() else f"s-{stem}"
    used, number, candidate = set(taken), 1, stem
    while candidate in used:
        number += 1
        candidate = f"{stem}-{number}"
    return candidate
