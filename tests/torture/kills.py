"""SIGKILL at any moment of a session: what was confirmed is there at the next opening.

A round is a folder in which anna tags and carla reviews in turn, each until she is killed:
from outside after a while, or at one of her own calls to the disk. Before each change the
child tells "try" and the digest of the document as it will be, and once `Session.do` has
returned "done" and the same digest.
"""

from __future__ import annotations

import threading
import time
from functools import partial
from pathlib import Path
from random import Random

from annotator.core.change import Change
from annotator.core.errors import StaleChange
from annotator.core.model import Document
from annotator.storage.disk.contents import digest
from annotator.storage.files.annotation_file import document_bytes
from annotator.storage.saving import PreparedSave, WrittenSave
from annotator.storage.session import Session
from tests.torture import disk
from tests.torture.children import Child, Tell, Told
from tests.torture.places import REVIEWER, open_as, refuse_damage, seed_folder
from tests.torture.rounds import Kind, Outcome, Round
from tests.torture.verbs import Hand, foreseen, next_change

_LIVES = 6
_CALLS = 160
"""Calls to the disk among which a child dies by itself."""


def play(one: Round, outcome: Outcome) -> None:
    """Several lives in one folder, each ended by a kill and looked at right after it."""
    seed_folder(one.home)
    states = {who: state(one.home, who) for who in ("anna", REVIEWER)}
    for _ in range(_LIVES):
        who = one.dice.choice(("anna", "anna", REVIEWER))
        told = _live(one, who)
        outcome.counts["kills"] += 1
        outcome.counts["edits"] += sum(word == "done" for word, _ in told)
        states[who] = judge(one.home, who, states[who], told, outcome)
        refuse_damage(one.home, outcome)


def _live(one: Round, who: str) -> Told:
    """What a child told until it was killed."""
    at = one.dice.randrange(1, _CALLS) if one.dice.random() < 0.5 else 0
    seed, changes, seconds = one.dice.random(), one.dice.randrange(1, 40), one.dice.uniform(0, 0.01)
    child = Child(partial(_work, one.home, who, seed, at))
    told: Told = []
    for word, text in child:
        told.append((word, text))
        changes -= word == "done"
        if not changes and not at:
            time.sleep(seconds)
            child.kill()
            break
    return told + child.end()


def _work(home: Path, who: str, seed: float, at: int, tell: Tell) -> None:
    """Do whatever comes to mind, until the kill."""
    disk.arm(home, at, disk.Fault(0) if at else None)
    worker = _Worker(home, who, Random(seed), tell)
    while True:
        worker.step()


class _Worker:
    """Somebody at work, who tells what was confirmed; saves beside it as the window does."""

    def __init__(self, home: Path, who: str, dice: Random, tell: Tell) -> None:
        self.home, self.who, self.dice, self.tell = home, who, dice, tell
        self.saving: tuple[threading.Thread, PreparedSave, list[WrittenSave]] | None = None
        self.open()

    def open(self) -> None:
        """Begin, with what the last time left."""
        self.hand = Hand.at(open_as(self.home, self.who), self.dice)
        self.done: list[Change] = []
        self.confirm()

    def confirm(self) -> None:
        """Tell what must be there from now on."""
        self.tell("done", digest_of(self.hand.session.document()))

    def step(self) -> None:
        """One change, and perhaps a save after it."""
        chance = self.dice.random()
        if chance < 0.15 and self.done:
            self.do(self.done.pop().inverse())
        elif change := next_change(self.hand):
            self.do(change)
            self.done = [] if change.seen or change.sources.after else [*self.done, change][-9:]
        self.finish_saving()
        if chance > 0.97 and not self.saving:
            self.hand.session.close()
            self.open()
        elif chance > 0.75 and not self.saving:
            self.save(beside=chance > 0.85)

    def do(self, change: Change) -> None:
        """Tell what is tried, do it, and tell that it is done."""
        session = self.hand.session
        try:
            self.tell("try", digest_of(foreseen(session, change)))
            session.do(change)
        except StaleChange:  # a save brought in something else: nothing has happened
            return self.confirm()
        self.confirm()
        for source in change.sources.after:
            self.tell("source", source.id)
        return None

    def save(self, beside: bool) -> None:
        """Save here, or in a thread, as the window does."""
        if not beside:
            self.hand.session.save()
            self.confirm()
        elif prepared := self.hand.session.prepare_save():
            written: list[WrittenSave] = []
            thread = threading.Thread(target=lambda: written.append(prepared.write()))
            thread.start()
            self.saving = thread, prepared, written

    def finish_saving(self) -> None:
        """Take in what a thread has saved, if it has."""
        if self.saving and not self.saving[0].is_alive():
            _, prepared, written = self.saving
            self.hand.session.finish_save(prepared, written[0])
            self.saving = None
            self.confirm()


def judge(home: Path, who: str, before: str, told: Told, outcome: Outcome) -> str:
    """Open it again, and tell of all that is not as it was confirmed; returns what is there.

    A change that the kill came upon may be there as well, but only whole.
    """
    done = [text for word, text in told if word == "done"]
    if done and done[0] != before:
        outcome.lost(f"{who}: what the last opening found was no longer there at the next")
    for word, text in told:
        if word in ("refused", "traceback"):
            outcome.traceback(f"while tagging: {text}")
    session = open_as(home, who).session
    now = digest_of(session.document())
    if now not in {(done or [before])[-1], *(text for word, text in told[-1:] if word == "try")}:
        outcome.lost(f"{who}: not the last of {len(done)} confirmed states")
    missing = {text for word, text in told if word == "source"} - set(session.registry.by_id)
    if missing:
        outcome.lost(f"{who}: {len(missing)} confirmed sources")
    _leave(session, outcome)
    return now


def _leave(session: Session, outcome: Outcome) -> None:
    if session.read_only:
        outcome.damaged(f"opened read-only: {session.read_only}")
    for kept in session.path.parent.glob("*.kept*"):
        outcome.damaged(f"something was kept aside: {kept.name}")
    session.abandon()


def state(home: Path, who: str) -> str:
    """The digest of what a new opening finds; it is left as it was found."""
    session = open_as(home, who).session
    session.abandon()
    return digest_of(session.document())


def digest_of(document: Document) -> str:
    """The digest of a document as it would be saved."""
    return digest(document_bytes(document))


KIND = Kind("kills", play, "{kills:,} kills, {edits:,} confirmed edits", 10, 8, 3)
