"""The lines of brat's standoff: text bounds, events, attributes, normalisations, notes, relations.

As described in brat's manual (https://brat.nlplab.org/standoff.html).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from annotator.formats.fragments import Ranges

Args = tuple[tuple[str, str], ...]
"""Roles with the ids of what plays them; the number of ``Content2`` is left out."""


@dataclass(frozen=True, slots=True)
class Text:
    """``T1 Claim 0 4;6 9<tab>words``: a type and its words."""

    id: str
    type: str
    ranges: Ranges
    words: str | None
    line: int


@dataclass(frozen=True, slots=True)
class Event:
    """``E1 Attribution:T1 Cue:T2``: its type, its trigger, and what plays a role in it."""

    id: str
    type: str
    trigger: str
    args: Args
    line: int


@dataclass(frozen=True, slots=True)
class Mark:
    """``A1 Stance E1 denies``: an attribute of something."""

    id: str
    type: str
    target: str
    value: str
    line: int


@dataclass(frozen=True, slots=True)
class Norm:
    """``N1 Reference E1 Sources:kcna<tab>KCNA``: an entry of some registry."""

    id: str
    target: str
    registry: str
    entry: str
    label: str
    line: int


@dataclass(frozen=True, slots=True)
class Note:
    """``#1 AnnotatorNotes E1<tab>text``: what somebody remarked on something."""

    id: str
    type: str
    target: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class BratRelation:
    """``R1 Type Arg1:T1 Arg2:T2`` or ``* Equiv T1 T2``: things that belong together."""

    id: str
    type: str
    args: Args
    line: int


Line = Text | Event | Mark | Norm | Note | BratRelation


@dataclass(slots=True)
class Standoff:
    """A file by kinds of lines; ``broken`` has the numbers of the other ones, and why."""

    texts: dict[str, Text] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    marks: list[Mark] = field(default_factory=list)
    norms: list[Norm] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    relations: list[BratRelation] = field(default_factory=list)
    broken: list[tuple[int, str, str]] = field(default_factory=list)


def parse(text: str) -> Standoff:
    """All lines of a file; those that are none of brat's are listed as broken."""
    found, taken = Standoff(), set[str]()
    for number, line in enumerate(text.split("\n"), 1):
        if line := line.rstrip("\r"):
            _take(line, number, found, taken)
    return found


def _take(line: str, number: int, found: Standoff, taken: set[str]) -> None:
    grammar = _GRAMMARS.get(line[0])
    hit = grammar[0].fullmatch(line) if grammar else None
    if not grammar or not hit:
        why = _why_broken(line) if grammar else "not a line of brat standoff"
        found.broken.append((number, _shortened(line), why))
    elif hit[1] in taken and hit[1] not in ("*", "#"):
        why = f"the id {hit[1]} stands twice, the first one counts"
        found.broken.append((number, _shortened(line), why))
    else:
        taken.add(hit[1])
        _sort_in(grammar[1](hit, number), found)


def _why_broken(line: str) -> str:
    if "\t" not in line:
        return "there is no tab after its id"
    if line[0] == "T" and re.match(r"T\S+\t\S+ \d+ \d+.*", line):
        return "its offsets cannot be read"
    return "a part of it is missing or out of place"


def _shortened(line: str) -> str:
    plain = line.replace("\t", " ")
    return plain if len(plain) <= 60 else f"{plain[:59]}…"


def _sort_in(line: Line, found: Standoff) -> None:
    match line:
        case Text():
            found.texts[line.id] = line
        case Event():
            found.events[line.id] = line
        case Mark():
            found.marks.append(line)
        case Norm():
            found.norms.append(line)
        case Note():
            found.notes.append(line)
        case BratRelation():
            found.relations.append(line)


def _text(hit: re.Match[str], line: int) -> Text:
    pairs = (pair.split() for pair in hit[3].split(";"))
    ranges = tuple((int(start), int(end)) for start, end in pairs)
    return Text(hit[1], hit[2], ranges, hit[4], line)


def _event(hit: re.Match[str], line: int) -> Event:
    return Event(hit[1], hit[2], hit[3], _args(hit[4]), line)


def _args(written: str) -> Args:
    pairs = (one.partition(":") for one in written.split())
    return tuple((role.rstrip("0123456789"), target) for role, _, target in pairs)


def _mark(hit: re.Match[str], line: int) -> Mark:
    return Mark(hit[1], hit[2], hit[3], (hit[4] or "").strip(), line)


def _norm(hit: re.Match[str], line: int) -> Norm:
    return Norm(hit[1], hit[2], hit[3], hit[4], (hit[5] or "").strip(), line)


def _note(hit: re.Match[str], line: int) -> Note:
    return Note(hit[1], hit[2], hit[3], (hit[4] or "").strip(), line)


def _relation(hit: re.Match[str], line: int) -> BratRelation:
    return BratRelation(hit[1], hit[2], _args(hit[3]), line)


def _equivalence(hit: re.Match[str], line: int) -> BratRelation:
    return BratRelation(hit[1], hit[2], tuple(("", one) for one in hit[3].split()), line)


_Maker = Callable[[re.Match[str], int], Line]

_NUMBERS = r"[0-9]{1,9} [0-9]{1,9}"
# Each part ends where the next one can begin and nowhere else: a line is matched in one go.
_ROLE = r"[^\s:]+:\S+"
_MARK = re.compile(r"([AM]\w+)\t(\S+) (\S+)( .*)?")
_GRAMMARS: dict[str, tuple[re.Pattern[str], _Maker]] = {
    "T": (re.compile(rf"(T\w+)\t(\S+) ({_NUMBERS}(?:;{_NUMBERS})*)(?:\t(.*))?"), _text),
    "E": (re.compile(rf"(E\w+)\t([^\s:]+):(\S+)((?: {_ROLE})*)\s*"), _event),
    "A": (_MARK, _mark),
    "M": (_MARK, _mark),
    "N": (re.compile(r"(N\w+)\t\S+ (\S+) ([^\s:]+):(\S+)(?:\t(.*))?"), _norm),
    "#": (re.compile(r"(#\w*)\t(\S+) (\S+)(?:\t(.*))?"), _note),
    "R": (re.compile(rf"(R\w+)\t(\S+) ({_ROLE} {_ROLE})\s*"), _relation),
    "*": (re.compile(r"(\*)\t(\S+)((?: \S+)+)\s*"), _equivalence),
}
