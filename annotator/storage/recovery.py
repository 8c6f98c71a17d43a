"""Bringing back what a journal holds onto the files as they are now.

The files may be older than the journal (the program was killed), newer (it was killed
between saving and removing the journal), or somebody else may have written them. So each
thing is looked at by itself: if the file has it in any of the states that the journal
passed through, the journal's last state is the right one; if not, the file's is somebody
else's work and stays, and the journal's is handed back.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import partial
from typing import Any, NamedTuple, TypeVar

from annotator.core import header
from annotator.core.change import PARTS, Change, Delta, Part, of_pairs
from annotator.core.model import Annotation, Document
from annotator.core.sources import Registry
from annotator.core.text.article import Article

LABEL = "Recovered changes"

T = TypeVar("T")

_States = dict[Hashable, list[T | None]]
_Pairs = list[tuple[T | None, T | None]]


class Recovery(NamedTuple):
    """``change`` leads from the files as they are to the journal's last state.

    ``left_out`` does the same for what would undo somebody else's work, and must not be
    applied.
    """

    change: Change
    left_out: Change


def recover(
    changes: Iterable[Change], document: Document, registry: Registry, article: Article
) -> Recovery:
    """What the journal's ``changes`` add to the document and registry as they were read.

    An annotation whose words are not those of ``article`` is left out as well.
    """
    steps = tuple(changes)
    fitting, unfitting = dict[str, Any](), dict[str, Any]()
    for name, part in PARTS.items():
        passed = _states(part, (step.deltas[name] for step in steps))
        there = {part.key(one): one for one in header.values(name, document, registry)}
        sides = _compare(passed, there, partial(_is_sound, article))
        fitting[name], unfitting[name] = map(of_pairs, sides)
    known = header.seen(document)
    shown = dict.fromkeys(name for step in steps for name in step.seen if name not in known)
    return Recovery(Change(LABEL, **fitting, seen=tuple(shown)), Change(LABEL, **unfitting))


def _is_sound(article: Article, value: object) -> bool:
    return not isinstance(value, Annotation) or misplaced_span(value, article) is None


def misplaced_span(annotation: Annotation, article: Article) -> str | None:
    """The first words of the annotation that do not stand at their place, None if all do."""
    text = article.text
    for span in (*annotation.spans, *annotation.mention, *annotation.cue):
        if text[span.start : span.end] != span.exact:
            return span.exact
    return None


def _states(part: Part[T], deltas: Iterable[Delta[T]]) -> _States[T]:
    """All states that each value of a part went through, by key; None is "not there".

    What was made anew comes last, as it does where there is no other order.
    """
    states: _States[T] = {}
    for delta in deltas:
        old, new = ({part.key(one): one for one in side} for side in (delta.before, delta.after))
        for key in old | new:
            passed = states.get(key, []) if key in old else states.pop(key, [])
            states[key] = [*passed, old.get(key), new.get(key)]
    return states


def _compare(
    states: _States[T], there: Mapping[Hashable, T], is_sound: Callable[[T], bool]
) -> tuple[_Pairs[T], _Pairs[T]]:
    fitting: _Pairs[T] = []
    unfitting: _Pairs[T] = []
    for key, passed in states.items():
        now, last = there.get(key), passed[-1]
        if now != last:
            fits = now in passed and (last is None or is_sound(last))
            (fitting if fits else unfitting).append((now, last))
    return fitting, unfitting
