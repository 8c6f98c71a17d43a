"""What is still open in a tagging: soft problems, each of which may be answered.

A file with problems is a sound file (see `checks` for what is not); they are what is left to
do, or to be called no problem with a reason that the file keeps.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from annotator.core.chains.who_says import chains_of
from annotator.core.checks.quote_rules import OutsideQuotes, StopsShort, crossing, misfits
from annotator.core.model import Annotation, Answer, Kind
from annotator.core.sources import Registry, fold
from annotator.core.tagging import Tagging
from annotator.core.text.article import Article

_LONG_WORD = 8
_WORD = re.compile(r"\w+")


class Code(StrEnum):
    """The rules, by the names they have in files and for programs."""

    UNDECIDED = "undecided"
    EMPTY = "empty-attribution"
    NO_SOURCE = "cue-without-source"
    UNQUOTED = "unquoted-marks"
    STOPS_SHORT = "quote-stops-short"
    UNKNOWN_SOURCE = "unknown-source"
    DIFFERENTLY = "tagged-differently"
    TWICE = "twice"
    CROSSING = "crossing-quotes"


Identity = tuple[str, tuple[str, ...], str]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something open: at the code points ``[start, end)``, told in one ``sentence``.

    ``ids`` are the annotations it is about (none for marks outside any), the one to mend
    first; ``words`` are theirs, or the article's where there are none.
    """

    code: Code
    ids: tuple[str, ...]
    start: int
    end: int
    words: str
    sentence: str

    @property
    def identity(self) -> Identity:
        """What makes it the same problem after other changes: its code, annotations and words."""
        return self.code, self.ids, self.words


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
    annotations = tagging.annotations()
    for annotation in annotations:
        yield from _of_one(tagging, registry, annotation)
        yield None
    yield from _twice(annotations)
    yield from _tagged_differently(annotations)
    for pair in crossing(annotations):
        yield _crossing(*pair) if pair else None
    for misfit in misfits(tagging, article, registry):
        yield _misfit(misfit, article) if misfit else None


def _about(code: Code, sentence: str, annotation: Annotation, *others: Annotation) -> Problem:
    ids = (annotation.id, *(other.id for other in others))
    return Problem(code, ids, annotation.start, annotation.end, annotation.words, sentence)


def _of_one(tagging: Tagging, registry: Registry, annotation: Annotation) -> Iterator[Problem]:
    """What is open in one annotation, whatever the others say."""
    if annotation.kind is not Kind.ATTRIBUTION:
        if annotation.unattributed is None and not chains_of(tagging, annotation):
            told = f"It is not decided who says this {annotation.kind}."
            yield _about(Code.UNDECIDED, told, annotation)
        return
    if not annotation.content and not tagging.referrers(annotation.id):
        told = "This attribution leads to no claim or quote."
        yield _about(Code.EMPTY, told, annotation)
    if annotation.source is None:
        told = f"This attribution has {'a cue but ' if annotation.cue else ''}no source."
        yield _about(Code.NO_SOURCE, told, annotation)
    elif annotation.source not in registry.by_id:
        told = f"The source {annotation.source} is not in the registry."
        yield _about(Code.UNKNOWN_SOURCE, told, annotation)


def _twice(annotations: Sequence[Annotation]) -> Iterator[Problem | None]:
    """Two of a kind on the same words; attributions of two sources may share theirs."""
    known: defaultdict[object, list[Annotation]] = defaultdict(list)
    for annotation in annotations:
        same = known[annotation.kind, tuple(span[:2] for span in annotation.spans)]
        first = next((one for one in same if _may_be_one(one, annotation)), None)
        if first:
            told = f"This is tagged as {_a(annotation)} twice."
            yield _about(Code.TWICE, told, annotation, first)
        else:
            same.append(annotation)
        yield None


def _may_be_one(one: Annotation, other: Annotation) -> bool:
    return one.source == other.source or None in (one.source, other.source)


def _tagged_differently(annotations: Sequence[Annotation]) -> Iterator[Problem | None]:
    """Words that are of another kind here than in most of the places where they are tagged."""
    places: defaultdict[str, list[Annotation]] = defaultdict(list)
    for annotation in annotations:
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
            yield _about(Code.DIFFERENTLY, told, annotation, example)


def _a(annotation: Annotation) -> str:
    return f"a{'n' * (annotation.kind is Kind.ATTRIBUTION)} {annotation.kind}"


def _crossing(one: Annotation, other: Annotation) -> Problem:
    told = "This quote crosses the one before it."
    return _about(Code.CROSSING, told, other, one)


def _misfit(misfit: OutsideQuotes | StopsShort, article: Article) -> Problem:
    start, end = misfit.passage
    if isinstance(misfit, StopsShort):
        quote = misfit.quote
        told = "A quotation mark of this quote is left out."
        return Problem(Code.STOPS_SHORT, (quote.id,), start, end, quote.words, told)
    told = "These quotation marks stand outside any quote."
    if misfit.is_lone:
        told = "This quotation mark has no partner."
        around = article.text[start : start + 24].partition("\n")[0]
        return Problem(Code.UNQUOTED, (), start, end, around, told)
    return Problem(Code.UNQUOTED, (), start, end, article.text[start:end], told)
