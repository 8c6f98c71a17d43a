from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import time
from pathlib import Path

import pytest

from annotator.core.errors import Locked, StorageError
from annotator.storage.lock import STALE_AFTER, Holder, Lock, _born, lock_path, take_lock


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "corea-del-nord.anna.yaml"


def left_behind(file: Path, *, host: str, pid: int, born: str = "", age: float = 0) -> Path:
    holder = Holder(user="boris", host=host, pid=pid, born=born, since="2026-01-02 14:05")
    path = lock_path(file)
    path.write_text(json.dumps(holder._asdict()))
    os.utime(path, (time.time() - age,) * 2)
    return path


def dead_pid() -> int:
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    return child.pid


def test_a_second_opening_is_told_who_and_since_when(file: Path) -> None:
    lock = take_lock(file)
    with pytest.raises(Locked, match=rf"anna\.yaml is open by .+ on {platform.node()} since 20"):
        take_lock(file)
    lock.release()


def test_a_released_lock_leaves_no_file_and_can_be_taken_again(file: Path) -> None:
    take_lock(file).release()
    assert list(file.parent.iterdir()) == []
    lock = take_lock(file)
    assert lock.is_held()
    lock.release()
    assert not lock.is_held()


def test_the_lock_of_a_dead_process_is_taken_over(file: Path) -> None:
    left_behind(file, host=platform.node(), pid=dead_pid())
    lock = take_lock(file)
    assert lock.is_held()
    lock.release()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells that a process has ended")
def test_the_lock_of_a_killed_process_is_taken_over_before_its_parent_has_heard_of_it(
    file: Path,
) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        left_behind(file, host=platform.node(), pid=child.pid, born=_born(child.pid))
        with pytest.raises(Locked):
            take_lock(file)
        child.kill()
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
        take_lock(file).release()


def test_the_lock_of_a_process_whose_number_was_given_again_is_taken_over(file: Path) -> None:
    left_behind(file, host=platform.node(), pid=os.getpid(), born="1")
    lock = take_lock(file)
    assert lock.is_held()
    lock.release()


def test_a_living_process_of_another_user_keeps_its_lock(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def not_yours(*_: int) -> None:
        raise PermissionError

    taken = take_lock(file)
    monkeypatch.setattr(os, "kill", not_yours)
    with pytest.raises(Locked):
        take_lock(file)
    taken.release()


def test_another_computer_s_lock_counts_for_half_a_day(file: Path) -> None:
    left_behind(file, host="elsewhere", pid=1, age=STALE_AFTER - 60)
    with pytest.raises(Locked, match="by boris on elsewhere since 2026-01-02 14:05"):
        take_lock(file)
    left_behind(file, host="elsewhere", pid=1, age=STALE_AFTER + 60)
    take_lock(file).release()


def test_a_refresh_is_a_sign_of_life(file: Path) -> None:
    lock = take_lock(file)
    os.utime(lock.path, (0, 0))
    lock.refresh()
    assert time.time() - lock.path.stat().st_mtime < STALE_AFTER
    lock.release()


def test_a_lock_that_is_being_written_counts_but_not_for_ever(file: Path) -> None:
    path = lock_path(file)
    path.touch()
    with pytest.raises(Locked, match="open elsewhere"):
        take_lock(file)
    os.utime(path, (0, 0))
    take_lock(file).release()


def test_who_lost_the_lock_knows_it_and_leaves_the_new_one_alone(file: Path) -> None:
    lost = take_lock(file)
    lost.path.unlink()
    taken = take_lock(file)
    assert not lost.is_held()
    lost.release()
    assert taken.is_held()
    taken.release()


def test_where_nothing_can_be_written_there_is_no_lock(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_only(*_: object) -> Lock:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(os, "open", read_only)
    with pytest.raises(StorageError, match="the folder is read-only"):
        take_lock(file)
