"""Several windows find a stale lock: one of them gets it, and knows."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Barrier, Thread

import pytest

from annotator.core.errors import Locked
from annotator.storage.disk import lock as locks
from annotator.storage.disk.lock import STALE_AFTER, Lock, lock_path, locked_by, take_lock
from tests.storage.disk.test_lock import Clock, left_behind, left_dead, names


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "corea-del-nord.anna.yaml"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(locks, "monotonic", clock)
    return clock


def test_a_lock_that_was_renewed_while_it_was_taken_over_stays(
    file: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = left_behind(file)
    assert locked_by(file)
    clock.seconds += STALE_AFTER
    before = path.read_bytes()
    meanwhile(monkeypatch, lambda: os.utime(path, (60, 60)))
    with pytest.raises(Locked):
        take_lock(file)
    assert path.read_bytes() == before
    assert names(file) == [path.name]


def meanwhile(monkeypatch: pytest.MonkeyPatch, happens: Callable[[], object]) -> None:
    """Let something happen once, when the next lock has just been found to be stale."""
    is_stale = locks._is_stale

    def found(path: Path, look: locks._Look) -> bool:
        stale = is_stale(path, look)
        monkeypatch.setattr(locks, "_is_stale", is_stale)
        happens()
        return stale

    monkeypatch.setattr(locks, "_is_stale", found)


def test_whoever_finds_a_stale_lock_does_not_take_the_lock_that_has_replaced_it(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left_dead(file)
    faster: list[Lock] = []
    meanwhile(monkeypatch, lambda: faster.append(take_lock(file)))
    with pytest.raises(Locked):
        take_lock(file)
    assert faster[0].is_held()
    faster[0].release()
    assert names(file) == []


def test_nor_the_lock_of_a_third_one(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left_dead(file)
    third: list[Lock] = []

    def others() -> None:
        take_lock(file).release()
        third.append(take_lock(file))

    meanwhile(monkeypatch, others)
    with pytest.raises(Locked):
        take_lock(file)
    assert third[0].is_held()
    third[0].release()


@pytest.mark.parametrize("contenders", [2, 3, 8])
def test_of_those_who_take_over_a_stale_lock_at_once_one_gets_it(
    file: Path, contenders: int
) -> None:
    dead = left_dead(file).read_bytes()
    for _ in range(40):
        lock_path(file).write_bytes(dead)
        taken = at_once(file, contenders)
        assert [lock.is_held() for lock in taken] == [True]
        taken[0].release()
        assert names(file) == []


def at_once(file: Path, contenders: int) -> list[Lock]:
    taken: list[Lock] = []
    start = Barrier(contenders)

    def contend() -> None:
        start.wait()
        with suppress(Locked):
            taken.append(take_lock(file))

    threads = [Thread(target=contend) for _ in range(contenders)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken


@pytest.mark.parametrize("after", ["before the rename", "after it"])
def test_who_was_killed_while_taking_over_does_not_stand_in_the_way(
    file: Path, monkeypatch: pytest.MonkeyPatch, after: str
) -> None:
    path = left_dead(file)
    dead = path.read_bytes()
    with monkeypatch.context() as killed:
        killed.setattr(locks, "_replace", interrupt)
        killed.setattr(Lock, "release", lambda claim: claim.path.write_bytes(dead))
        with pytest.raises(KeyboardInterrupt):
            take_lock(file)
    assert any(name.endswith(".claim") for name in names(file))
    if after == "after it":
        path.unlink()
    lock = take_lock(file)
    assert names(file) == [path.name]
    lock.release()


def interrupt(*_: object) -> Lock:
    raise KeyboardInterrupt
