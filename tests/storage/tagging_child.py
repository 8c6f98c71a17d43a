"""A process that tags, notes, deletes and saves at random until it is killed.

Called with a folder, a seed, and perhaps a number: then it kills itself right before it
opens, renames or removes a file for that many times. Before each change it prints "try" and
the digest of the document as it will be, and after `Session.do` confirmed it "done" and the
same digest.
"""

from __future__ import annotations

import itertools
import os
import random
import signal
import sys
from dataclasses import replace
from pathlib import Path

from annotator.core.change import Change
from annotator.core.edits import delete, set_note, tag
from annotator.core.model import Document, Kind
from annotator.core.sources import Registry
from annotator.core.tagging import Tagging
from annotator.storage.disk.contents import digest
from annotator.storage.files.annotation_file import document_bytes
from annotator.storage.folder import Folder
from annotator.storage.opening import open_session
from annotator.storage.session import Session


def main() -> None:
    folder, dice = Folder(Path(sys.argv[1])), random.Random(int(sys.argv[2]))
    if len(sys.argv) > 3:
        die_at(int(sys.argv[3]))
    session = open_session(folder, folder.articles()[0], "anna", Registry()).session
    while True:
        change = next_change(session, dice)
        tell("try", foreseen(session, change))
        session.do(change)
        tell("done", session.document())
        if dice.random() < 0.3:
            session.save()


def die_at(number: int) -> None:
    calls = itertools.count(1)

    def watch(event: str, _: object) -> None:
        if event in {"open", "os.rename", "os.remove"} and next(calls) == number:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)


def foreseen(session: Session, change: Change) -> Document:
    tagging = Tagging(session.tagging)
    tagging.apply(change)
    return replace(session.document(), annotations=tagging.annotations())


def tell(word: str, document: Document) -> None:
    sys.stdout.write(f"{word} {digest(document_bytes(document))}\n")
    sys.stdout.flush()


def next_change(session: Session, dice: random.Random) -> Change:
    tags = session.tagging.annotations()
    if tags and dice.random() < 0.5:
        return set_note(dice.choice(tags), str(dice.random()))
    if len(tags) > 9:
        return delete(session.tagging, dice.sample(tags, 3))
    start = dice.randrange(len(session.article.text) - 5)
    return tag(session.tagging, session.article, Kind.CLAIM, [(start, start + 5)], raw=True)


if __name__ == "__main__":
    main()
