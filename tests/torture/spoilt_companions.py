"""The hidden files beside an annotation file, spoilt: journals, locks, half done renamings."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import NamedTuple

from annotator.core.errors import AnnotatorError
from annotator.core.model import Annotation, Document
from annotator.storage.disk.contents import digest
from annotator.storage.disk.journal import journal_path
from annotator.storage.disk.lock import lock_path
from annotator.storage.disk.transaction import FORMAT, JOURNAL
from tests.torture.children import Child, Tell
from tests.torture.mutating import mutate
from tests.torture.places import open_as, refuse_damage, seed_folder, tagging_of
from tests.torture.rounds import Outcome, where
from tests.torture.scenarios import edit, has
from tests.torture.verbs import Hand, next_change

_CHANGES = 12
_LATER = 90
"""The number of the edit that is done after it all."""


class Written(NamedTuple):
    """A journal, and the document before its first change and after each."""

    journal: bytes
    states: tuple[Document, ...]

    @property
    def known(self) -> set[Annotation]:
        """Each annotation in every state that it was in."""
        return {one for state in self.states for one in state.annotations}


@cache
def written() -> Written:
    """What is spoilt: the journal of a few changes."""
    with TemporaryDirectory() as name:
        hand = Hand.at(open_as(seed_folder(Path(name))), Random(1))
        session = hand.session
        states = [session.document()]
        while len(states) <= _CHANGES:
            if change := next_change(hand):
                session.do(change)
                states.append(session.document())
        journal = journal_path(session.path).read_bytes()
        session.abandon()
        return Written(journal, tuple(states))


def _journal(home: Path, dice: Random, outcome: Outcome) -> None:
    """What lies before the damage comes back; no words do that nobody wrote."""
    path = journal_path(tagging_of(seed_folder(home)))
    sound, states = written()
    spoilt = mutate(sound, dice, "binary")
    path.write_bytes(spoilt)
    document = _opened(home, outcome)
    if document is None:
        return
    if set(document.annotations) - written().known:
        outcome.damaged("words came back that nobody wrote")
    kept = list(path.parent.glob("*.kept*"))
    if document not in states[_sound_lines(sound, spoilt) :] and not kept:
        outcome.lost("changes before the damage did not come back")
    _edit_later(home, outcome)


def _opened(home: Path, outcome: Outcome) -> Document | None:
    """The document as the next opening shows it; a refusal is a harm here, and told."""
    try:
        session = open_as(home).session
    except AnnotatorError as error:
        outcome.lost(f"it cannot be opened any more: {error}")
        return None
    session.abandon()
    return session.document()


def _sound_lines(sound: bytes, spoilt: bytes) -> int:
    """How many changes stand before the first byte that is other."""
    pairs = zip(sound, spoilt, strict=False)
    same = next((at for at, (one, other) in enumerate(pairs) if one != other), len(spoilt))
    return max(sound[:same].count(b"\n") - 1, 0)


def _edit_later(home: Path, outcome: Outcome) -> None:
    """An edit that is confirmed after it all is there at the opening after the next crash."""

    def work(tell: Tell) -> None:
        edit(open_as(home).session, _LATER, tell)

    told = Child(work).end()
    session = open_as(home).session
    if ("confirmed", str(_LATER)) in told and not has(session, _LATER):
        outcome.lost("an edit that was confirmed after the damage")
    for word, text in told:
        if word in ("refused", "traceback"):
            outcome.traceback(text)
    session.abandon()
    refuse_damage(home, outcome)


def _lock(home: Path, dice: Random, outcome: Outcome) -> None:
    """Whatever stands in a lock: the article can be opened, read-only at the least."""
    path = lock_path(tagging_of(seed_folder(home)))
    holder = {"user": "anna", "host": "there", "pid": 1 << 30, "born": "1", "since": "2026"}
    path.write_bytes(mutate(json.dumps(holder).encode(), dice, "json"))
    _opened(home, outcome)


def _together(home: Path, dice: Random, outcome: Outcome) -> None:
    """Whatever stands in the journal of a renaming: files are as they were, or as they should."""
    (home / "outside.yaml").write_bytes(b"mine")
    path = tagging_of(seed_folder(home / "inside"))
    old, new = path.read_bytes(), path.read_bytes().replace(b"kcna", b"other")
    path.with_name(f".{path.name}.new").write_bytes(new)
    entry = [path.name, digest(old), digest(new)]
    journal = {"format": FORMAT, "files": [entry, ["../../outside.yaml", digest(b"mine"), "x"]]}
    (path.parent / JOURNAL).write_bytes(mutate(json.dumps(journal).encode(), dice, "json"))
    _opened(home / "inside", outcome)
    if path.read_bytes() not in (old, new) or (home / "outside.yaml").read_bytes() != b"mine":
        outcome.damaged("a file is neither what it was nor what it should become")


def _sounding(attempt: Callable[[Path, Random, Outcome], None]) -> Callable[..., None]:
    """The same, with whatever comes out told as a traceback."""

    def attempted(home: Path, dice: Random, outcome: Outcome) -> None:
        try:
            attempt(home, dice, outcome)
        except Exception as error:  # noqa: BLE001  it is what is looked for
            outcome.traceback(where(error))

    return attempted


ATTEMPTS: dict[str, Callable[[Path, Random, Outcome], None]] = {
    "journal": _sounding(_journal),
    "lock": _sounding(_lock),
    "renaming": _sounding(_together),
}
