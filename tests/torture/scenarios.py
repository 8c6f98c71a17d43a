"""What an editor does with files, each as a story that the disk can spoil at any call.

The numbered edits are the ones that a story is about: "confirmed" once `Session.do` has
returned, "refused" once it has raised. At the end of a story its process is gone, as after a
crash, and what then lies on the disk is judged.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from annotator.core.change import Change, added
from annotator.core.edits import tag
from annotator.core.model import Annotation, Kind
from annotator.core.sources import Source
from annotator.storage.disk.journal import journal_path
from annotator.storage.files.annotation_file import document_bytes, parse_document
from annotator.storage.session import Session
from tests.torture.children import Child, Tell, Told, attempt
from tests.torture.places import open_as, refuse_damage, tagging_of, untagged_folder
from tests.torture.rounds import Outcome

SOURCE = Source(id="zz", name="Zz")


class Story(NamedTuple):
    """What is told of a story: the numbers of edits that were tried, confirmed and refused."""

    told: Told

    def numbers(self, word: str) -> set[int]:
        """Those of which the word was told."""
        return {int(text) for known, text in self.told if known == word}


class Scenario(NamedTuple):
    """``prepare`` and ``act`` run in one process, the disk failing in ``act`` alone.

    ``after`` goes on in it where it lives, ``again`` in a later one; ``judge`` tells of harm.
    What ``prepare`` returns is handed on.
    """

    name: str
    prepare: Callable[[Path, Tell], Any]
    act: Callable[[Any, Tell], object]
    judge: Callable[[Path, Story, Outcome], None]
    after: Callable[[Any, Tell], object] = lambda _state, _tell: None
    again: Callable[[Path, Tell], None] = lambda _home, _tell: None


def edit(session: Session, number: int, tell: Tell) -> None:
    """Do the edit of that number, telling how it goes."""
    start = number * 10
    tell("tried", str(number))
    change = tag(session.tagging, session.article, Kind.CLAIM, [(start, start + 7)], raw=True)
    done = attempt(tell, lambda: session.do(change))
    tell("confirmed" if done else "refused edit", str(number))


def has(session: Session, number: int) -> bool:
    """Whether the edit of that number is there."""
    return any(one.start == number * 10 and one.end == number * 10 + 7 for one in session.tagging)


def judge_edits(home: Path, story: Story, outcome: Outcome) -> None:
    """Confirmed edits are there at the next opening, refused ones are not; it can be saved."""
    refuse_damage(home, outcome)
    opened = open_as(home)
    session = opened.session
    if session.read_only:
        outcome.damaged(f"opened read-only: {session.read_only}")
        return
    for number in story.numbers("confirmed"):
        if not has(session, number):
            outcome.lost(f"edit {number} was confirmed; reports: {opened.reports}")
    for number in story.numbers("refused edit"):
        if has(session, number):
            outcome.damaged(f"edit {number} was refused and came back")
    _judge_later(session, story, outcome)


def _judge_later(session: Session, story: Story, outcome: Outcome) -> None:
    """What the next opening shows can be saved, and then lies in the file."""
    session.close()
    if session.path.exists() or story.numbers("confirmed"):
        document = parse_document(session.path.read_bytes(), session.path.name)
        if document.annotations != session.tagging.annotations():
            outcome.damaged("the file is not what was saved")


def _open(home: Path, _tell: Tell) -> Session:
    return open_as(untagged_folder(home)).session


def _edited(home: Path, tell: Tell) -> Session:
    session = _open(home, tell)
    edit(session, 0, tell)
    return session


def _saved_and_edited(home: Path, tell: Tell) -> Session:
    session = _edited(home, tell)
    session.save()
    edit(session, 1, tell)
    return session


def _with_source(home: Path, tell: Tell) -> Session:
    session = _saved_and_edited(home, tell)
    session.do(Change("Add source", sources=added(SOURCE)))
    return session


def _changed_elsewhere(home: Path, tell: Tell) -> Session:
    """A colleague has put edit 4 into the file meanwhile."""
    session = _saved_and_edited(home, tell)
    theirs = parse_document(session.path.read_bytes(), session.path.name)
    fourth = Annotation(id="c-aaaaaa", kind=Kind.CLAIM, spans=(session.article.span(40, 47),))
    both = replace(theirs, annotations=(*theirs.annotations, fourth))
    session.path.write_bytes(document_bytes(both))
    tell("confirmed", "4")
    return session


def _left_behind(tail: bytes) -> Callable[[Path, Tell], Desk]:
    """A journal of a program that was killed, with more at its end."""

    def prepare(home: Path, tell: Tell) -> Desk:
        child = Child(lambda tell: edit(_saved_and_edited(home, tell), 2, tell))
        for word, text in child.end():
            tell(word, text)
        with journal_path(tagging_of(home)).open("ab") as journal:
            journal.write(tail)
        return Desk(home)

    return prepare


def _all_saved(home: Path, tell: Tell) -> Desk:
    """A journal that says nothing new: the program was killed before it could remove it."""
    session = _saved_and_edited(home, tell)
    journal = journal_path(session.path)
    data = journal.read_bytes()
    session.close()
    journal.write_bytes(data)
    return Desk(home)


def _stale_lock(home: Path, tell: Tell) -> Desk:
    Child(lambda tell: edit(_edited(home, tell), 1, tell)).end()
    tell("confirmed", "0")
    tell("confirmed", "1")
    return Desk(home)


@dataclass
class Desk:
    """Where an article is opened, and the session once it is."""

    home: Path
    session: Session | None = None

    def open(self) -> None:
        """Open it for anna."""
        self.session = open_as(self.home).session


def _reopen(desk: Desk, tell: Tell) -> None:
    attempt(tell, desk.open)


def _edit_twice(session: Session, tell: Tell) -> None:
    edit(session, 2, tell)
    edit(session, 3, tell)


def _edit_where_open(desk: Desk, tell: Tell) -> None:
    if desk.session and not desk.session.read_only:
        edit(desk.session, 3, tell)
        edit(desk.session, 5, tell)


def _save(session: Session, tell: Tell) -> None:
    attempt(tell, session.save)


def _save_again(session: Session, tell: Tell) -> None:
    edit(session, 2, tell)
    attempt(tell, session.save)
    document = parse_document(session.path.read_bytes(), session.path.name)
    if document != session.document():
        tell("damaged", "after another save the file is not the document")
    edit(session, 3, tell)


def _judge_source(home: Path, story: Story, outcome: Outcome) -> None:
    judge_edits(home, story, outcome)
    session = open_as(home).session
    session.abandon()
    if SOURCE.id not in session.registry.by_id:
        outcome.lost("a confirmed source")


def _judge_kept(home: Path, story: Story, outcome: Outcome) -> None:
    judge_edits(home, story, outcome)
    kept = [path.read_bytes() for path in (home / "annotations").glob("*.kept*")]
    if not any(b"garbage" in data for data in kept):
        outcome.lost("what cannot be read in the journal was not kept aside")
    if any(b"garbage" not in data for data in kept):
        outcome.damaged("a file with what was kept aside is there in part")


def _reopening(name: str, prepare: Callable[[Path, Tell], Desk]) -> Scenario:
    return Scenario(name, prepare, _reopen, judge_edits, _edit_where_open)


SCENARIOS: tuple[Scenario, ...] = (
    Scenario("append first", _open, lambda s, tell: edit(s, 1, tell), judge_edits, _edit_twice),
    Scenario("append next", _edited, lambda s, tell: edit(s, 1, tell), judge_edits, _edit_twice),
    Scenario("save first", _edited, _save, judge_edits, _edit_twice),
    Scenario("save next", _with_source, _save, _judge_source, _edit_twice),
    Scenario("save and again", _saved_and_edited, _save, judge_edits, _save_again),
    Scenario("save what both changed", _changed_elsewhere, _save, judge_edits, _edit_twice),
    Scenario("close", _saved_and_edited, lambda s, tell: attempt(tell, s.close), judge_edits),
    _reopening("lock", _stale_lock),
    _reopening("recover", _left_behind(b"")),
    _reopening("recover a torn journal", _left_behind(b'{"label":"Tag","after":[{"id":"c-zz')),
    _reopening("recover what is saved", _all_saved),
    _reopening("recover a bad journal", _left_behind(b'{"label":"garbage \xff\n'))._replace(
        judge=_judge_kept
    ),
)
