"""The rule files: what reporting words, titles and unnamed sources look like in a language."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from annotator.core.errors import FormatError
from annotator.storage.disk.contents import read_bytes
from annotator.storage.files.file_format import other_format
from annotator.storage.files.schema import schema_errors
from annotator.storage.shipped.resources import resource_path
from annotator.storage.yaml.reader import read_tree
from annotator.storage.yaml.tree import Path
from annotator.suggest.phrases import Phrases, compile_phrases, phrase_pattern

FORMAT = "source-rules/1"
SCHEMA = "rules.schema.json"
LANGUAGES = ("it", "en", "ko", "ru")

_NOTHING = compile_phrases({}, {})
_ANY = r"[\w'-]+"
_NOWHERE = re.compile(r"(?!)")


@dataclass(frozen=True)
class Rules:
    """The rules of one language; without any, nothing is found.

    ``cues`` and ``unnamed`` are phrases by rule id. ``lead`` matches, at the end of `lowered`
    text, what belongs to a name that follows: an article, a title with its article. ``opening``
    matches, where words begin, those ``words`` that add nothing to them: "che", "that", "the".
    """

    language: str = ""
    cues: Phrases = field(default_factory=lambda: _NOTHING)
    unnamed: Phrases = field(default_factory=lambda: _NOTHING)
    lead: re.Pattern[str] = _NOWHERE
    opening: re.Pattern[str] = _NOWHERE
    stop_words: frozenset[str] = frozenset()
    no_names: frozenset[str] = frozenset()
    particles: tuple[str, ...] = ()


@cache
def rules_for(language: str | None) -> Rules:
    """The rules that come with the program for a language, by its code; empty ones for others.

    Raises `FormatError` if the file was edited into something unreadable.
    """
    if language not in LANGUAGES:
        return Rules()
    path = resource_path(f"rules/{language}.yaml")
    return parse_rules(read_bytes(path), str(path))


def parse_rules(data: bytes, name: str) -> Rules:
    """The rules in the bytes of the file ``name``; raises `FormatError` with the line."""
    tree = read_tree(data, name)
    for error in filter(None, [other_format(tree, FORMAT, name)]):
        raise error
    for error in schema_errors(tree, SCHEMA, name):
        raise error
    raw = tree.value
    for path, phrase in _phrases(raw):
        try:
            compile_phrases({"": [phrase]}, raw.get("words", {}))
        except ValueError as error:
            what = "a phrase as the comment at the top of the file shows them"
            raise FormatError(name, tree.line(path), str(error), what) from error
    return _rules(raw)


def _phrases(raw: dict[str, Any]) -> list[tuple[Path, str]]:
    listed: list[tuple[Path, str]] = [
        (("cues", rule, nth), phrase)
        for rule, phrases in raw["cues"].items()
        for nth, phrase in enumerate(phrases)
    ]
    for key in ("conjunctions", "determiners", "titles", "unnamed"):
        listed += [((key, nth), phrase) for nth, phrase in enumerate(raw.get(key, ()))]
    return listed


def _rules(raw: dict[str, Any]) -> Rules:
    words = raw.get("words", {})
    language = raw["language"]
    cues = {f"{language}/{rule}": phrases for rule, phrases in raw["cues"].items()}
    return Rules(
        language=language,
        cues=compile_phrases(cues, words),
        unnamed=compile_phrases({f"{language}/unnamed": raw.get("unnamed", ())}, words),
        lead=_lead(raw.get("determiners", ()), raw.get("titles", ()), words),
        opening=_opening([*raw.get("conjunctions", ()), *raw.get("determiners", ())], words),
        stop_words=frozenset(raw["stop_words"]),
        no_names=frozenset((*raw["stop_words"], *raw.get("no_names", ()))),
        particles=tuple(raw.get("particles", ())),
    )


def _lead(
    determiners: Sequence[str], titles: Sequence[str], words: Mapping[str, Sequence[str]]
) -> re.Pattern[str]:
    """An article, a title and what stands between title and name: "il ministro degli Esteri"."""
    determiner = _any_of(determiners, words)
    article = rf"(?<!\w){determiner}(?:(?<=')|\s+)"
    # An article right before the name would begin another phrase: "al governo la Yonhap".
    more = rf"(?:(?:\s+{_ANY}){{0,3}}\s+(?!{determiner}){_ANY})?"
    title = rf"(?<!\w){_any_of(titles, words)}{more}\s+"
    return re.compile(rf"(?:{article}(?:{_ANY}\s+){{0,3}}?)?{title}\Z|{article}\Z")


def _opening(phrases: Sequence[str], words: Mapping[str, Sequence[str]]) -> re.Pattern[str]:
    return re.compile(rf"\W*(?<!\w)(?P<words>(?:{_any_of(phrases, words)}(?:(?<=')|\s+))+)")


def _any_of(phrases: Sequence[str], words: Mapping[str, Sequence[str]]) -> str:
    patterns = [phrase_pattern(phrase, words) for phrase in phrases]
    return f"(?:{'|'.join(patterns)})" if patterns else "(?!)"
