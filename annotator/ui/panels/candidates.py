"""What the source picker offers: which sources, in which order, by which of their names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from annotator.core.sources import Registry, Source, fold


class Candidate(NamedTuple):
    """One row of the picker: a known source, or (``source`` is None) a new one called ``name``.

    For a known source ``name`` is the one that stands in the words it is picked for.
    """

    source: Source | None
    name: str = ""


def candidates(
    registry: Registry, typed: str, words: str, first: Sequence[str] = ()
) -> list[Candidate]:
    """The rows for what is ``typed``, the one to choose at the top.

    While nothing is typed: the source named in ``words``, those whose ids are in ``first``,
    then the rest as the registry has them. A new source is offered last, unless some source
    is called exactly so.
    """
    wanted = fold(typed.strip())
    if not wanted:
        return _untyped(registry, words, first)
    found = registry.search(typed)
    exact = [source for source in found if _is_called(source, wanted)]
    if exact:
        return [Candidate(source) for source in dict.fromkeys([*exact, *found])]
    return [*map(Candidate, found), Candidate(None, typed.strip())]


def _untyped(registry: Registry, words: str, first: Sequence[str]) -> list[Candidate]:
    rows: dict[str, Candidate] = {}
    if hit := registry.mentioned_in(words):
        source, start, end = hit
        rows[source.id] = Candidate(source, words[start:end])
    known = (registry.by_id[i] for i in first if i in registry.by_id)
    for source in (*known, *registry.sources):
        rows.setdefault(source.id, Candidate(source))
    return list(rows.values())


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
