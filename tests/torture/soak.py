"""A long session: any verbs, undone and redone, saved and reopened, without leaving a trace.

The document is compared with the file at each save and with what it was at each undo, and the
memory of the process between one part of the session and another.
"""

from __future__ import annotations

import gc
import os
from pathlib import Path

from annotator.core.change import Change
from annotator.core.errors import StaleChange
from annotator.storage.files.annotation_file import document_bytes, parse_document
from annotator.storage.session import Session
from tests.torture.places import REVIEWER, open_as, refuse_damage, seed_folder
from tests.torture.rounds import Kind, Outcome, Round
from tests.torture.verbs import Hand, next_change

_PARTS, _STEPS = 8, 120
_WARM = 2
"""Parts after which caches are filled and memory must not grow any more."""

_MEGABYTES = 12


def play(one: Round, outcome: Outcome) -> None:
    """A session of several parts; between them it is saved, closed and opened again."""
    seed_folder(one.home)
    who = one.dice.choice(("anna", REVIEWER))
    began = 0
    for part in range(_PARTS):
        _part(one, who, outcome)
        if part == _WARM:
            began = _resident()
    grown = (_resident() - began) >> 20
    outcome.counts["sessions"] += 1
    outcome.counts["megabytes"] += max(grown, 0)
    if grown > _MEGABYTES:
        outcome.damaged(f"memory grew by {grown} MB in {_PARTS - _WARM} parts of a session")
    refuse_damage(one.home, outcome)


def _part(one: Round, who: str, outcome: Outcome) -> None:
    hand = Hand.at(open_as(one.home, who), one.dice)
    session = hand.session
    before, done = _bytes(session), list[Change]()
    for _ in range(_STEPS):
        if change := next_change(hand):
            session.do(change)
            done.append(change)
            outcome.counts["changes"] += 1
        if one.dice.random() < 0.05:
            _save(session, outcome)
    _walk_back_and_forth(session, before, done, outcome)
    session.close()
    _compare_with_file(session, outcome)


def _walk_back_and_forth(
    session: Session, before: bytes, done: list[Change], outcome: Outcome
) -> None:
    after = _bytes(session)
    try:
        for change in reversed(done):
            session.do(change.inverse())
        if _bytes(session) != before:
            outcome.damaged("everything undone is not what was there before")
        for change in done:
            session.do(change)
        if _bytes(session) != after:
            outcome.damaged("everything redone is not what was there before")
    except StaleChange as error:
        outcome.damaged(f"a step could not be undone or redone: {error}")


def _save(session: Session, outcome: Outcome) -> None:
    session.save()
    _compare_with_file(session, outcome)


def _compare_with_file(session: Session, outcome: Outcome) -> None:
    if not session.path.exists():
        return
    data = session.path.read_bytes()
    if data != _bytes(session):
        outcome.damaged("the file is not the document")
    if document_bytes(parse_document(data, session.path.name)) != data:
        outcome.damaged("the file is written otherwise when it is loaded and saved")


def _bytes(session: Session) -> bytes:
    return document_bytes(session.document())


def _resident() -> int:
    """Bytes of memory that the process has, without what only waits to be collected."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


KIND = Kind(
    "soak",
    play,
    "{sessions:,} sessions, {changes:,} changes, + {megabytes:,} MB in all",
    4,
    1,
    1,
)
