"""Bringing back what a journal holds onto the files as they are now.

The files may be older than the journal (the program was killed), newer (it was killed
between saving and removing the journal), or somebody else may have written them. So each
thing is looked at by itself: if the file has it in any of the states that the journal
passed through, the journal's last state is the right one; if not, the file's is somebody
else's work and stays, and the journal's is handed back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from annotator.core.article import Article
from annotator.core.change import Change
from annotator.core.model import Annotation, Answer, Document, Status, answer_order
from annotator.core.sources import Registry, Source

LABEL = "Recovered changes"

_T = TypeVar("_T", Annotation, Source)
_States = dict[str, list[_T | None]]
_Pairs = list[tuple[_T | None, _T | None]]


@dataclass(frozen=True, slots=True)
class Recovery:
    """``change`` leads from the files as they are to the journal's last state.

    ``misfits`` does the same for what would undo somebody else's work, and must not be
    applied.
    """

    change: Change
    misfits: Change


def recover(
    changes: Iterable[Change], document: Document, registry: Registry, article: Article
) -> Recovery:
    """What the journal's ``changes`` add to the document and registry as they were read.

    An annotation whose words are not those of ``article`` is a misfit as well.
    """
    steps = tuple(changes)
    tags, sources = (
        _states((step.before, step.after) for step in steps),
        _states((step.sources_before, step.sources_after) for step in steps),
    )
    there = {annotation.id: annotation for annotation in document.annotations}
    fitting, unfitting = _compare(tags, there, lambda tag: misplaced_span(tag, article) is None)
    known, unknown = _compare(sources, registry.by_id, lambda source: True)
    status = next((step.status[1] for step in reversed(steps) if step.status), document.status)
    change = _change(fitting, known, (document.status, status))
    gone, new = _answers(steps, document)
    change = replace(change, answers_before=gone, answers_after=new)
    return Recovery(change, _change(unfitting, unknown))


def misplaced_span(annotation: Annotation, article: Article) -> str | None:
    """The first words of the annotation that do not stand at their place, None if all do."""
    text = article.text
    for span in (*annotation.spans, *annotation.mention, *annotation.cue):
        if text[span.start : span.end] != span.exact:
            return span.exact
    return None


def _answers(
    steps: Iterable[Change], document: Document
) -> tuple[tuple[Answer, ...], tuple[Answer, ...]]:
    """The answers to take away and to add; whoever else did either did the same."""
    last: dict[object, Answer | None] = {}
    for step in steps:
        last |= {answer_order(one): None for one in step.answers_before}
        last |= {answer_order(one): one for one in step.answers_after}
    there = {answer_order(one): one for one in document.answers}
    gone = tuple(one for key, one in there.items() if key in last and last[key] is None)
    return gone, tuple(one for key, one in last.items() if one and key not in there)


def _states(steps: Iterable[tuple[tuple[_T, ...], tuple[_T, ...]]]) -> _States[_T]:
    """All states that each thing went through, by id, in order; None is "not there"."""
    states: _States[_T] = defaultdict(list)
    for before, after in steps:
        old, new = {one.id: one for one in before}, {one.id: one for one in after}
        for key in old | new:
            states[key] += old.get(key), new.get(key)
    return states


def _compare(
    states: _States[_T], there: Mapping[str, _T], is_sound: Callable[[_T], bool]
) -> tuple[_Pairs[_T], _Pairs[_T]]:
    fitting: _Pairs[_T] = []
    unfitting: _Pairs[_T] = []
    for key, passed in states.items():
        now, last = there.get(key), passed[-1]
        if now != last:
            fits = now in passed and (last is None or is_sound(last))
            (fitting if fits else unfitting).append((now, last))
    return fitting, unfitting


def _change(
    tags: _Pairs[Annotation], sources: _Pairs[Source], status: tuple[Status, Status] | None = None
) -> Change:
    return Change(
        label=LABEL,
        before=tuple(old for old, _ in tags if old),
        after=tuple(new for _, new in tags if new),
        sources_before=tuple(old for old, _ in sources if old),
        sources_after=tuple(new for _, new in sources if new),
        status=status if status and status[0] != status[1] else None,
    )
