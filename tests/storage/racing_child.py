"""A process that edits and saves when it is told to, past the lock of its rival.

Called with a folder and its own letter. Each line that it reads is the number of a round, for
which it opens the article, makes its edit and says "ready"; the next line lets it save. It then
prints what became of that as JSON: [how often it was asked, the error or null].
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from annotator.core.change import Change, added
from annotator.core.edits import delete, set_note
from annotator.core.errors import AnnotatorError, Collisions
from annotator.core.model import Annotation, Collision
from annotator.core.sources import Registry, Source
from annotator.storage import opening, session
from annotator.storage.disk import journal, lock
from annotator.storage.folder import Folder
from annotator.storage.session import Session


def main() -> None:
    folder, me, mode = Folder(Path(sys.argv[1])), sys.argv[2], sys.argv[3]
    blind(me)
    for line in sys.stdin:
        word = f"{me}{line.strip()}"
        opened = opening.open_session(folder, folder.articles()[0], "anna", Registry())
        opened.session.do(edit(opened.session, me, mode, word))
        say("ready")
        sys.stdin.readline()
        say(json.dumps(save(opened.session)))


def blind(me: str) -> None:
    """Let neither lock nor journal be seen by the other one, as on two computers."""

    def own(path: Path) -> Path:
        return path.with_name(f"{path.stem}.of-{me}.yaml")

    shared = journal.journal_path
    for module in (opening, session):
        module.take_lock = lambda path, *busy: lock.take_lock(own(path), *busy)  # type: ignore[attr-defined]
    for user in (opening, journal):
        user.journal_path = lambda path: shared(own(path))  # type: ignore[attr-defined]


def edit(session: Session, me: str, mode: str, word: str) -> Change:
    tags = session.tagging.annotations()
    if mode == "sources":
        return Change("Source", sources=added(Source(id=word, name=word)))
    if mode == "deleted" and me == "a":
        return delete(session.tagging, [tags[1]])
    return set_note(tags[5 if mode == "different" and me == "a" else 1], word)


def save(session: Session) -> tuple[int, str | None]:
    asked = list[Collision]()

    def ours(collision: Collision) -> Annotation | None:
        asked.append(collision)
        return collision.ours

    try:
        try:
            session.save()
        except Collisions:
            session.save(ours)
        session.close()
    except AnnotatorError as error:
        return len(asked), str(error)
    return len(asked), None


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
