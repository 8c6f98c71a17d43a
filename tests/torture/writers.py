"""Two who write the same file at the same moment, past the lock: from two computers, or git.

Whatever both did to different things must be in the file in the end; what both did to the same
thing must have been asked.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from functools import partial
from itertools import chain
from pathlib import Path
from random import Random
from typing import NamedTuple

from annotator.core.edits import delete, set_note
from annotator.core.errors import Collisions
from annotator.core.model import Annotation, Collision
from annotator.core.registry_edits import add_source
from annotator.core.sources import Source
from annotator.storage.files.annotation_file import document_bytes, parse_document
from annotator.storage.files.source_file import parse_registry
from annotator.storage.session import Session
from tests.torture.children import Child, Tell, Told
from tests.torture.places import open_as, refuse_damage, seed_folder, tagging_of
from tests.torture.rounds import Kind, Outcome, Round

_APART = 0.002
"""Seconds within which both begin to save."""

_REPEATS = 5


class Meeting(NamedTuple):
    """What both do, how b saves it, and what must be true in the end."""

    edit: Callable[[str, Session], None]
    judge: Callable[[Path, dict[str, Told], Outcome], None]
    b_saves: Callable[[Session, Tell], None]


def play(one: Round, outcome: Outcome) -> None:
    """Every way to meet, several times."""
    for number in range(_REPEATS):
        for name, meeting in MEETINGS.items():
            home = one.home / f"{name}-{number}"
            home.mkdir()
            told = Outcome()
            _meet(seed_folder(home), meeting, one.dice, told)
            outcome.counts += told.counts
            outcome.findings += [one._replace(what=f"{name}: {one.what}") for one in told.findings]


def _meet(home: Path, meeting: Meeting, dice: Random, outcome: Outcome) -> None:
    gate = Gate()
    children = {
        who: Child(partial(_write, home, who, meeting, gate, dice.uniform(0, _APART)))
        for who in "ab"
    }
    ready = [next(iter(child)) for child in children.values()]
    gate.open()
    told = {who: child.end() for who, child in children.items()}
    outcome.counts["meetings"] += 1
    for word, text in (*ready, *chain(*told.values())):
        outcome.counts[word] += 1
        if word in ("refused", "traceback"):
            outcome.traceback(text)
    refuse_damage(home, outcome)
    meeting.judge(home, told, outcome)


class Gate:
    """Both wait before it; it opens for all at once."""

    def __init__(self) -> None:
        self._reading, self._writing = os.pipe()

    def wait(self) -> None:
        """Return when it is open."""
        os.close(self._writing)
        os.read(self._reading, 1)

    def open(self) -> None:
        """Let everybody through."""
        os.close(self._writing)
        os.close(self._reading)


def _write(home: Path, who: str, meeting: Meeting, gate: Gate, seconds: float, tell: Tell) -> None:
    _work_apart(who)
    session = open_as(home).session
    meeting.edit(who, session)
    tell("ready", who)
    gate.wait()
    time.sleep(seconds)
    (_save if who == "a" else meeting.b_saves)(session, tell)


def _save(session: Session, tell: Tell) -> None:
    try:
        report = session.save()
    except Collisions:
        tell("asked", "")
        report = session.save(_ours)
    tell("merged" if report.merged else "saved", "")


def _replace(session: Session, tell: Tell) -> None:
    """As git or an editor does it, who look at nothing."""
    other = session.path.with_name("other")
    other.write_bytes(document_bytes(session.document()))
    other.replace(session.path)
    tell("replaced", "")


def _ours(collision: Collision) -> Annotation | None:
    return collision.ours


def _work_apart(who: str) -> None:
    """Let locks and journals lie under names of one's own, as if on another computer's disk."""
    for name in ("lock_path", "journal_path"):
        for module in [one for key, one in sys.modules.items() if key.startswith("annotator.")]:
            if path_of := getattr(module, name, None):
                setattr(module, name, partial(_apart, path_of, who))


def _apart(path_of: Callable[[Path], Path], who: str, path: Path) -> Path:
    own = path_of(path)
    return own.with_name(f"{own.stem}.{who}{own.suffix}")


def _tags(session: Session) -> tuple[Annotation, ...]:
    return session.tagging.annotations()


def _note_different(who: str, session: Session) -> None:
    session.do(set_note(_tags(session)[0 if who == "a" else 5], f"note of {who}"))


def _note_same(who: str, session: Session) -> None:
    session.do(set_note(_tags(session)[0], f"note of {who}"))


def _delete_or_note(who: str, session: Session) -> None:
    one = _tags(session)[1]
    session.do(delete(session.tagging, [one]) if who == "a" else set_note(one, "note of b"))


def _new_source(who: str, session: Session) -> None:
    session.do(add_source(session.registry, Source(id=f"source-{who}", name=f"Source {who}")))


def _notes(home: Path) -> set[str | None]:
    document = parse_document(tagging_of(home).read_bytes(), "the file")
    return {one.note for one in document.annotations}


def _judge_both(home: Path, _told: dict[str, Told], outcome: Outcome) -> None:
    for who in "ab":
        if f"note of {who}" not in _notes(home):
            outcome.lost("what one of two had saved is not in the file")


def _judge_other(home: Path, _told: dict[str, Told], outcome: Outcome) -> None:
    if "note of b" not in _notes(home):
        outcome.lost("what another program had written is not in the file")


def _judge_asked(_home: Path, told: dict[str, Told], outcome: Outcome) -> None:
    if not any(word == "asked" for words in told.values() for word, _ in words):
        outcome.lost("both changed the same annotation, and nobody was asked")


def _judge_sources(home: Path, _told: dict[str, Told], outcome: Outcome) -> None:
    found = parse_registry((home / "sources.yaml").read_bytes(), "sources.yaml").by_id
    for who in "ab":
        if f"source-{who}" not in found:
            outcome.lost("a source that one of two had saved is not in the registry")


MEETINGS = {
    "different annotations": Meeting(_note_different, _judge_both, _save),
    "the same annotation": Meeting(_note_same, _judge_asked, _save),
    "a deletion and a change": Meeting(_delete_or_note, _judge_asked, _save),
    "sources": Meeting(_new_source, _judge_sources, _save),
    "another program": Meeting(_note_different, _judge_other, _replace),
}

KIND = Kind("writers", play, "{meetings:,} meetings, {merged:,} merged, {asked:,} asked", 10, 4, 1)
