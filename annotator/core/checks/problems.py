"""The problems of a tagging: what is left to decide, or to be called no problem with a reason."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from annotator.core.chains.who_says import chains_of
from annotator.core.checks.problem import Code, Identity, Problem, about
from annotator.core.checks.quote_rules import crossing, marks_and_quotes
from annotator.core.model import Annotation, Answer, Kind
from annotator.core.sources import Registry, fold
from annotator.core.tagging import Tagging
from annotator.core.text.article import Article

Rule = Callable[[Tagging, Article, Registry], Iterator[Problem | None]]
"""Finds problems, each with a code of the rule's own; yields None now and then, as `find` does."""

_LONG_WORD = 8
_WORD = re.compile(r"\w+")


def find(
    tagging: Tagging, article: Article, registry: Registry, answers: Iterable[Answer] = ()
) -> Iterator[Problem | None]:
    """All problems but those that are answered, rule by rule, each rule's in text order.

    Yields None now and then, so that a window may stop there and go on later; after a
    change it must begin anew.
    """
    settled = {_identity(answer) for answer in answers}
    for problem in _all(tagging, article, registry):
        yield None if problem and problem.identity in settled else problem


def answered(
    tagging: Tagging, article: Article, registry: Registry, answers: Iterable[Answer]
) -> Iterator[tuple[Problem, Answer] | None]:
    """The problems that `find` leaves out, each with its answer; in slices as there."""
    settled = {_identity(answer): answer for answer in answers}
    for problem in _all(tagging, article, registry):
        answer = settled.get(problem.identity) if problem else None
        yield (problem, answer) if problem and answer else None


def _identity(answer: Answer) -> Identity:
    return answer.problem, answer.of, answer.exact


def _all(tagging: Tagging, article: Article, registry: Registry) -> Iterator[Problem | None]:
    for rule in RULES:
        yield from rule(tagging, article, registry)


def _alone(tagging: Tagging, article: Article, registry: Registry) -> Iterator[Problem | None]:
    for annotation in tagging.annotations():
        yield from _of_one(tagging, registry, annotation)
        yield None


def _of_one(tagging: Tagging, registry: Registry, annotation: Annotation) -> Iterator[Problem]:
    """What is open in one annotation, whatever the others say."""
    if annotation.kind is not Kind.ATTRIBUTION:
        if annotation.unattributed is None and not chains_of(tagging, annotation):
            told = f"It is not decided who says this {annotation.kind}."
            yield about(Code.UNDECIDED, told, annotation)
        return
    if not annotation.content and not tagging.referrers(annotation.id):
        told = "This attribution leads to no claim or quote."
        yield about(Code.EMPTY, told, annotation)
    if annotation.source is None:
        told = f"This attribution has {'a cue but ' if annotation.cue else ''}no source."
        yield about(Code.NO_SOURCE, told, annotation)
    elif annotation.source not in registry.by_id:
        told = f"The source {annotation.source} is not in the registry."
        yield about(Code.UNKNOWN_SOURCE, told, annotation)


def _twice(tagging: Tagging, article: Article, registry: Registry) -> Iterator[Problem | None]:
    """Two of a kind on the same words; attributions of two sources may share theirs."""
    known: defaultdict[object, list[Annotation]] = defaultdict(list)
    for annotation in tagging.annotations():
        same = known[annotation.kind, tuple(span[:2] for span in annotation.spans)]
        first = next((one for one in same if _may_be_one(one, annotation)), None)
        if first:
            told = f"This is tagged as {_a(annotation)} twice."
            yield about(Code.TWICE, told, annotation, first)
        else:
            same.append(annotation)
        yield None


def _may_be_one(one: Annotation, other: Annotation) -> bool:
    return one.source == other.source or None in (one.source, other.source)


def _tagged_differently(
    tagging: Tagging, article: Article, registry: Registry
) -> Iterator[Problem | None]:
    """Words that are of another kind here than in most of the places where they are tagged."""
    places: defaultdict[str, list[Annotation]] = defaultdict(list)
    for annotation in tagging.annotations():
        words = " ".join(_WORD.findall(fold(annotation.words)))
        if " " in words or len(words) >= _LONG_WORD:
            places[words].append(annotation)
        yield None
    for same in places.values():
        yield from _unusual(same)
        yield None


def _unusual(same: Sequence[Annotation]) -> Iterator[Problem]:
    ((usual, _),) = Counter(one.kind for one in same).most_common(1)
    example = next(one for one in same if one.kind is usual)
    for annotation in same:
        if annotation.kind is not usual and annotation.start != example.start:
            told = f"This is {_a(annotation)} here, {_a(example)} elsewhere."
            yield about(Code.DIFFERENTLY, told, annotation, example)


def _a(annotation: Annotation) -> str:
    return f"a{'n' * (annotation.kind is Kind.ATTRIBUTION)} {annotation.kind}"


RULES: tuple[Rule, ...] = (_alone, _twice, _tagged_differently, crossing, marks_and_quotes)
"""All rules, in the order in which they are asked; the list, the page, checks of files and
answers know of a rule by its place here.
"""
