"""What a report tells of an annotated article, whatever it is printed on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from annotator.core.chains.who_says import SINGLE_ORIGIN, Group, SaidEntry, by_source, single_origin
from annotator.core.checks.problem import Problem
from annotator.core.checks.problems import find
from annotator.core.display_text import count, one_line
from annotator.core.model import Annotation, Certainty, Kind, Stance, Status
from annotator.core.tagging import Tagging
from annotator.formats.format import Left, Tagged
from annotator.formats.tables.rows import article_name, left_by_rows

LONGEST = 300
NOT_SHOWN = "is not shown on a page"

NOT_ON_A_PAGE = ("the article's note", "answers to problems", "a review's decisions", "x- keys")
"""What a page for reading has no place for, as the help names it."""


class Said(NamedTuple):
    """Something that is said: ``words`` on one line, deeper in where it lies in another one."""

    annotation: Annotation
    words: str
    depth: int
    badges: tuple[str, ...]


class Speaker(NamedTuple):
    """Who says it: a ``name``, the relays behind it ("via KCNA"), and what is said."""

    name: str
    relays: str
    badges: tuple[str, ...]
    said: tuple[Said, ...]


class Report(NamedTuple):
    """All that is told of one annotation file beside its article."""

    tagged: Tagged
    tagging: Tagging
    title: str
    facts: tuple[tuple[str, str], ...]
    speakers: tuple[Speaker, ...]
    problems: tuple[Problem, ...]
    notes: tuple[tuple[Annotation, str], ...]


def report_of(tagged: Tagged) -> Report:
    """The report of one annotation file; problems that are answered are none."""
    tagging = Tagging(tagged.document.annotations)
    found = find(tagging, tagged.article, tagged.registry, tagged.document.answers)
    return Report(
        tagged,
        tagging,
        tagged.title or article_name(tagged),
        tuple(_facts(tagged, tagging)),
        tuple(_speaker(tagged, tagging, group) for group in by_source(tagging)),
        tuple(sorted(filter(None, found), key=lambda one: (one.start, one.end))),
        tuple((one, one.note) for one in tagging if one.note),
    )


def by_tag(report: Report) -> dict[str, list[Problem]]:
    """The problems of each annotation, by its id; those of others are with the one to mend."""
    found: dict[str, list[Problem]] = {}
    for problem in report.problems:
        for one in problem.ids[:1]:
            found.setdefault(one, []).append(problem)
    return found


def left_by_reports(tagged: Tagged) -> Iterator[Left]:
    """What a page for reading has no place for."""
    return left_by_rows(tagged, NOT_SHOWN)


def _facts(tagged: Tagged, tagging: Tagging) -> Iterator[tuple[str, str]]:
    document = tagged.document
    status = "done" if document.status is Status.DONE else "in progress"
    yield "Tagged by", f"{document.annotator} ({status})"
    if document.reviews:
        yield "Reviews", ", ".join(document.reviews)
    yield "Tags", ", ".join(count(tagging.count(kind), kind) for kind in Kind)
    language = f", {document.article.language}" if document.article.language else ""
    name = document.article.file.rpartition("/")[2]
    yield "Article", f"{name}, {len(tagged.article.text):,} characters{language}"
    yield "SHA-256", document.article.sha256


def _speaker(tagged: Tagged, tagging: Tagging, group: Group) -> Speaker:
    source = tagged.registry.by_id.get(group.heading.source or "")
    badges = source.caveats if source else ()
    if all(single_origin(tagging, one.annotation) for one in group.entries):
        badges += (SINGLE_ORIGIN,)
    said = tuple(map(_said, group.entries))
    return Speaker(*group.heading.parts(tagged.registry), badges, said)


def _said(entry: SaidEntry) -> Said:
    badges = []
    if entry.stance and entry.stance is not Stance.REPORTS:
        badges.append(str(entry.stance))
    if entry.annotation.certainty is Certainty.UNSURE:
        badges.append("unsure")
    return Said(
        entry.annotation, one_line(entry.annotation.words, LONGEST), entry.depth, tuple(badges)
    )
