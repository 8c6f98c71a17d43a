"""Bringing back what a journal holds onto the files as they are now.

The files may be older than the journal (the program was killed), newer (it was killed
between saving and removing the journal), or somebody else may have written them. So each
thing is looked at by itself: if the file has it in any of the states that the journal
passed through, the journal's last state is the right one; if not, the file's is somebody
else's work and stays, and the journal's is handed back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import NamedTuple, TypeVar

from annotator.core.change import Change
from annotator.core.header import seen
from annotator.core.model import (
    Annotation,
    Decision,
    Document,
    answer_order,
)
from annotator.core.sources import Registry, Source
from annotator.core.text.article import Article

LABEL = "Recovered changes"

_T = TypeVar("_T", Annotation, Source, Decision)
_V = TypeVar("_V")
_ID, _OF = attrgetter("id"), attrgetter("of")
_States = dict[str, list[_T | None]]
_Pairs = list[tuple[_T | None, _T | None]]


class Recovery(NamedTuple):
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
    tags, sources, decisions = (
        _states(((step.before, step.after) for step in steps), _ID),
        _states(((step.sources_before, step.sources_after) for step in steps), _ID),
        _states(((step.decisions_before, step.decisions_after) for step in steps), _OF),
    )
    there = {annotation.id: annotation for annotation in document.annotations}
    decided = {decision.of: decision for decision in document.decisions}
    fitting, unfitting = _compare(tags, there, lambda tag: misplaced_span(tag, article) is None)
    known, unknown = _compare(sources, registry.by_id, lambda source: True)
    ours, others = _compare(decisions, decided, lambda decision: True)
    change = _rest(_change(fitting, known, ours), steps, document)
    return Recovery(change, _change(unfitting, unknown, others))


def _rest(change: Change, steps: Sequence[Change], document: Document) -> Change:
    """The same with what is never a misfit: whoever else did it did just that."""
    status = next((step.status[1] for step in reversed(steps) if step.status), document.status)
    answers = [(step.answers_before, step.answers_after) for step in steps]
    gone, new = _net(answers, document.answers, answer_order)
    comments = [(step.comments_before, step.comments_after) for step in steps]
    unsaid, said = _net(comments, document.comments, lambda one: (one.of, one.by, one.text))
    shown = dict.fromkeys(name for step in steps for name in step.seen)
    return replace(
        change,
        answers_before=gone,
        answers_after=new,
        comments_before=unsaid,
        comments_after=said,
        status=(document.status, status) if status != document.status else None,
        seen=tuple(name for name in shown if name not in seen(document)),
    )


def misplaced_span(annotation: Annotation, article: Article) -> str | None:
    """The first words of the annotation that do not stand at their place, None if all do."""
    text = article.text
    for span in (*annotation.spans, *annotation.mention, *annotation.cue):
        if text[span.start : span.end] != span.exact:
            return span.exact
    return None


def _net(
    steps: Iterable[tuple[tuple[_V, ...], tuple[_V, ...]]],
    there: Iterable[_V],
    key: Callable[[_V], object],
) -> tuple[tuple[_V, ...], tuple[_V, ...]]:
    """What to take away and what to add, so that all steps are done."""
    last: dict[object, _V | None] = {}
    for before, after in steps:
        last |= {key(one): None for one in before}
        for one in after:
            last.pop(key(one), None)
            last[key(one)] = one
    known = {key(one): one for one in there}
    gone = tuple(one for k, one in known.items() if k in last and last[k] is None)
    return gone, tuple(one for k, one in last.items() if one is not None and k not in known)


def _states(
    steps: Iterable[tuple[tuple[_T, ...], tuple[_T, ...]]], key: Callable[[_T], str]
) -> _States[_T]:
    """All states that each thing went through, by key, in order; None is "not there"."""
    states: _States[_T] = defaultdict(list)
    for before, after in steps:
        old, new = {key(one): one for one in before}, {key(one): one for one in after}
        for one in old | new:
            states[one] += old.get(one), new.get(one)
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
    tags: _Pairs[Annotation], sources: _Pairs[Source], decisions: _Pairs[Decision]
) -> Change:
    return Change(
        label=LABEL,
        before=tuple(old for old, _ in tags if old),
        after=tuple(new for _, new in tags if new),
        sources_before=tuple(old for old, _ in sources if old),
        sources_after=tuple(new for _, new in sources if new),
        decisions_before=tuple(old for old, _ in decisions if old),
        decisions_after=tuple(new for _, new in decisions if new),
    )
