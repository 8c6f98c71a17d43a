"""Whatever the disk refuses: what was confirmed is there at the next opening, the rest is not."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from annotator.core.edits import tag
from annotator.core.errors import AnnotatorError, StorageError
from annotator.core.model import Kind
from annotator.storage.folder import Folder
from annotator.storage.opening import open_session
from annotator.storage.session import Session
from tests.storage.conftest import DEFAULT, TEXT
from tests.storage.faults import CALLS, Disk, refusing

NUMBERS = [errno.EIO, errno.ENOSPC]


class Desk:
    """Tags one word after the other and knows which were confirmed."""

    def __init__(self, path: Path) -> None:
        path.mkdir()
        (path / "a.txt").write_bytes(TEXT.encode())
        self.folder = Folder(path)
        self.confirmed: set[int] = set()
        self.refused: set[int] = set()
        self.session = self.open()

    def open(self) -> Session:
        return open_session(self.folder, self.folder.path / "a.txt", "anna", DEFAULT).session

    def tag(self, start: int) -> None:
        session = self.session
        change = tag(session.tagging, session.article, Kind.CLAIM, [(start, start + 1)], raw=True)
        try:
            session.do(change)
        except StorageError:
            self.refused.add(start)
        else:
            self.confirmed.add(start)

    def save(self) -> None:
        with suppress(StorageError):
            self.session.save()

    def kill(self) -> None:
        """What is left of the session is what lies on the disk."""
        copy = self.folder.path.with_name("after")
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self.folder.path, copy)
        for lock in copy.rglob(".*.lock"):
            lock.unlink()
        self.session.abandon()
        self.folder = Folder(copy)

    def check(self) -> None:
        """Everything confirmed came back, and nothing that was refused."""
        session = self.open()
        assert session.read_only is None
        assert {one.start for one in session.tagging} == self.confirmed
        session.close()
        # A file that could not be removed is swept up when this process has ended.
        left = {path.name for path in self.folder.annotations.glob("*") if path.suffix != ".tmp"}
        assert left <= {"a.anna.yaml"}


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desk]:
    return (Desk(tmp_path / str(number)) for number in range(10_000))


def calls_of(desk: Desk, work: Callable[[Desk], None], calls: tuple[str, ...]) -> int:
    disk = Disk(0, 0, for_good=False, calls=calls)
    with refusing(disk):
        work(desk)
    desk.session.abandon()
    return disk.count


def first(desk: Desk) -> None:
    desk.tag(1)


def later(desk: Desk) -> None:
    desk.tag(2)


def saved(desk: Desk) -> None:
    desk.save()


BEFORE: dict[str, list[int]] = {"first": [], "later": [1], "saved": [1, 3]}


def prepared(desk: Desk, name: str) -> Desk:
    for start in BEFORE[name]:
        desk.tag(start)
    return desk


@pytest.mark.parametrize("for_good", [False, True], ids=["once", "for good"])
@pytest.mark.parametrize("number", NUMBERS, ids=errno.errorcode.get)
@pytest.mark.parametrize("work", [first, later, saved])
@pytest.mark.parametrize("then", ["go on", "leave", "save"])
def test_whichever_call_fails_nothing_is_lost_and_nothing_comes_back(
    desks: Iterator[Desk], work: Callable[[Desk], None], number: int, for_good: bool, then: str
) -> None:
    name = work.__name__
    for nth in range(1, calls_of(prepared(next(desks), name), work, CALLS) + 1):
        desk = prepared(next(desks), name)
        with refusing(Disk(number, nth, for_good=for_good, calls=CALLS)):
            work(desk)
        if then == "go on":
            desk.tag(5)
            desk.tag(6)
            desk.kill()
        elif then == "save":
            desk.tag(5)
            desk.session.close()
        else:
            desk.session.abandon()
        desk.check()


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("work", [later, saved])
def test_where_one_call_fails_for_good_and_the_program_is_killed_it_is_the_same(
    desks: Iterator[Desk], work: Callable[[Desk], None], call: str
) -> None:
    name = work.__name__
    for nth in range(1, calls_of(prepared(next(desks), name), work, (call,)) + 1):
        desk = prepared(next(desks), name)
        with refusing(Disk(errno.EIO, nth, for_good=True, calls=(call,))):
            work(desk)
            desk.tag(9)
        desk.kill()
        desk.check()


def test_a_write_that_cannot_be_taken_back_does_not_spoil_what_follows(
    desks: Iterator[Desk],
) -> None:
    desk = prepared(next(desks), "later")
    with refusing(Disk(errno.EIO, 1, for_good=True, calls=("write", "ftruncate", "rename"))):
        desk.tag(2)
    for start in (3, 4):
        desk.tag(start)
    assert desk.refused == {2}
    desk.kill()
    desk.check()


def test_a_number_that_was_closed_with_an_error_is_not_written_to_again(
    desks: Iterator[Desk], tmp_path: Path
) -> None:
    desk = prepared(next(desks), "saved")
    with refusing(Disk(errno.EIO, 1, for_good=True, calls=("close",))):
        desk.save()
    victims = [os.open(tmp_path / f"{n}.txt", os.O_RDWR | os.O_CREAT) for n in range(20)]
    for start in (4, 5):
        desk.tag(start)
    desk.save()
    desk.session.abandon()
    for victim in victims:
        assert os.pread(victim, 99, 0) == b""
        os.close(victim)
    desk.check()


def test_a_journal_that_cannot_be_removed_is_not_added_to(desks: Iterator[Desk]) -> None:
    desk = prepared(next(desks), "saved")
    journal = next(desk.folder.annotations.glob(".*.journal"))
    with refusing(Disk(errno.EBUSY, 1, for_good=True, calls=("unlink",))):
        desk.save()
        assert journal.exists()
    desk.tag(9)
    desk.kill()
    desk.check()


def test_a_torn_journal_that_cannot_be_removed_is_not_added_to(desks: Iterator[Desk]) -> None:
    desk = prepared(next(desks), "later")
    desk.session.close()
    journal = desk.folder.annotations / ".a.anna.journal"
    journal.write_bytes(
        b'{"format": "source-attribution-journal/1", "starts_from": null, "annotator": "anna"}\n'
        b'{"label":"torn'
    )
    with refusing(Disk(errno.EBUSY, 1, for_good=True, calls=("unlink",))), suppress(AnnotatorError):
        desk.session = desk.open()
    desk.tag(9)
    desk.kill()
    desk.check()
