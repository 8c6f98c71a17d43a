"""What the source picker offers: which sources, in which order, by which of their names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from annotator.core.sources import Registry, Source, fold

LONGEST_NAME = 60
"""Code points of words that may be the name of a source by themselves."""


class Candidate(NamedTuple):
    """One row of the picker: a known source, or (``source`` is None) a new one called ``name``.

    For a known source ``name`` is the one that stands in the words it is picked for; a new one
    may have a ``short`` name as well, and be ``cited`` in these words.
    """

    source: Source | None
    name: str = ""
    short: str = ""
    cited: bool = False


def candidates(
    registry: Registry,
    typed: str,
    words: str,
    first: Sequence[str] = (),
    new: Sequence[Candidate] = (),
) -> list[Candidate]:
    """The rows for what is ``typed``, the one to choose at the top.

    While nothing is typed: the source named in ``words``, those whose ids are in ``first``,
    then the rest as the registry has them, then the ``new`` ones that the article names; of
    these, who is cited in the words comes first where they name no known source. Where nobody
    is known or cited the words themselves come first, as a new source: no name from elsewhere
    in the article is chosen for them. What was typed is offered as a new source last, unless
    some source is called exactly so.
    """
    wanted = fold(typed.strip())
    if not wanted:
        return _untyped(registry, words, first, new)
    found = registry.search(typed)
    exact = [source for source in found if _is_called(source, wanted)]
    if exact:
        return [Candidate(source) for source in dict.fromkeys([*exact, *found])]
    fitting = [one for one in new if wanted in fold(f"{one.name} {one.short}")]
    named = any(wanted in (fold(one.name), fold(one.short)) for one in fitting)
    return [*map(Candidate, found), *fitting, *([] if named else [Candidate(None, typed.strip())])]


def _untyped(
    registry: Registry, words: str, first: Sequence[str], new: Sequence[Candidate]
) -> list[Candidate]:
    rows: dict[str, Candidate] = {}
    if hit := registry.mentioned_in(words):
        source, start, end = hit
        rows[source.id] = Candidate(source, words[start:end])
    known = (registry.by_id[i] for i in first if i in registry.by_id)
    cited = [] if rows else [one for one in new if one.cited]
    for source in (*known, *registry.sources):
        rows.setdefault(source.id, Candidate(source))
    own = [] if cited or rows else _own_name(words)
    return [*cited, *own, *rows.values(), *(one for one in new if one not in cited)]


def _own_name(words: str) -> list[Candidate]:
    """The words as the name of a new source, if they are short enough for one."""
    name = " ".join(words.split())
    return [Candidate(None, name)] if 0 < len(name) <= LONGEST_NAME else []


def _is_called(source: Source, wanted: str) -> bool:
    # Folding keeps lengths, so that most names need not be folded to be ruled out.
    return any(len(name) == len(wanted) and fold(name) == wanted for name in source.names)


def other_name(candidate: Candidate, typed: str) -> str:
    """The name by which the source was found, if that is not the label it is shown under."""
    source = candidate.source
    if source is None:
        return ""
    name = _matched(source, typed) if typed.strip() else candidate.name
    return "" if fold(name) == fold(source.label) else name


def _matched(source: Source, typed: str) -> str:
    """The first of the source's names that begins with ``typed``, else one that holds it."""
    wanted = fold(typed.strip())
    holding = [name for name in source.names if wanted in fold(name)]
    beginning = [name for name in holding if fold(name).startswith(wanted)]
    return (beginning or holding or [source.label])[0]
