from __future__ import annotations

import errno
import json
import os
import platform
import stat
import subprocess
import sys
from pathlib import Path
from threading import enumerate as enumerate_threads

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.errors import Locked, StorageError
from annotator.storage.disk import lock as locks
from annotator.storage.disk.contents import replace_file
from annotator.storage.disk.lock import (
    STALE_AFTER,
    Lock,
    lock_path,
    locked_by,
    renew_all,
    take_lock,
)
from annotator.storage.disk.lock_holder import Holder
from annotator.storage.disk.processes import born


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "corea-del-nord.anna.yaml"


class Clock:
    """This computer's own clock, which tests turn on."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(locks, "monotonic", clock)
    return clock


def left_behind(
    file: Path, *, host: str = "elsewhere", pid: int = 1, born: str = "", stamp: float = 0
) -> Path:
    holder = Holder(user="boris", host=host, pid=pid, born=born, since="2026-01-02 14:05")
    path = lock_path(file)
    path.write_text(json.dumps(holder._asdict()))
    os.utime(path, (stamp, stamp))
    return path


def left_dead(file: Path) -> Path:
    """The lock of a process of this computer that has ended."""
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    return left_behind(file, host=platform.node(), pid=child.pid)


def names(file: Path) -> list[str]:
    return sorted(path.name for path in file.parent.iterdir())


def test_a_second_opening_is_told_who_and_since_when(file: Path) -> None:
    lock = take_lock(file)
    with pytest.raises(Locked, match=rf"anna\.yaml is open by .+ on {platform.node()} since 20"):
        take_lock(file)
    lock.release()


def test_a_released_lock_leaves_no_file_and_can_be_taken_again(file: Path) -> None:
    take_lock(file).release()
    assert names(file) == []
    lock = take_lock(file)
    assert lock.is_held()
    assert names(file) == [lock.path.name]
    lock.release()
    assert not lock.is_held()


def test_the_lock_of_a_dead_process_is_taken_over(file: Path) -> None:
    left_dead(file)
    assert locked_by(file) is None
    lock = take_lock(file)
    assert lock.is_held()
    assert names(file) == [lock.path.name]
    lock.release()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells that a process has ended")
def test_the_lock_of_a_killed_process_is_taken_over_before_its_parent_has_heard_of_it(
    file: Path,
) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        left_behind(file, host=platform.node(), pid=child.pid, born=born(child.pid))
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


@pytest.mark.parametrize("stamp", [0.0, 1e9, 4e9], ids=["1970", "2001", "2096"])
def test_another_computer_s_lock_is_stale_when_it_was_not_renewed_for_ten_minutes(
    file: Path, clock: Clock, stamp: float
) -> None:
    path = left_behind(file, stamp=stamp)
    for _ in range(3):
        with pytest.raises(Locked, match="by boris on elsewhere since 2026-01-02 14:05"):
            take_lock(file)
        clock.seconds += STALE_AFTER - 1
        assert locked_by(file) == "by boris on elsewhere since 2026-01-02 14:05"
        os.utime(path, (stamp := stamp + 60, stamp))
    assert locked_by(file)
    clock.seconds += STALE_AFTER
    assert locked_by(file) is None
    take_lock(file).release()
    assert names(file) == []


def test_a_lock_that_is_held_is_renewed_and_no_other(file: Path) -> None:
    lock = take_lock(file)
    os.utime(lock.path, (0, 0))
    renew_all()
    assert lock.path.stat().st_mtime > 0
    other = left_behind(file.with_name("other.anna.yaml"))
    lock.path.unlink()
    other.rename(lock.path)
    renew_all()
    assert lock.path.stat().st_mtime == 0
    lock.release()
    assert lock.path.exists()


def test_one_thread_renews_all_locks_whatever_the_window_does(file: Path) -> None:
    taken = [take_lock(file.with_name(f"{number}.anna.yaml")) for number in range(3)]
    assert [thread.name for thread in enumerate_threads()].count("locks") == 1
    for lock in taken:
        lock.release()


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
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(os, "open", read_only)
    with pytest.raises(StorageError, match="the folder is read-only"):
        take_lock(file)


def test_a_disk_without_second_names_has_locks_too(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    left_dead(file)
    lock = take_lock(file)
    with pytest.raises(Locked):
        take_lock(file)
    assert names(file) == [lock.path.name]
    lock.release()
    assert names(file) == []


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_a_lock_is_as_private_as_the_tagging(file: Path, mode: int) -> None:
    file.touch()
    file.chmod(mode)
    lock = take_lock(file)
    assert stat.S_IMODE(lock.path.stat().st_mode) == mode
    lock.release()


def test_a_lock_that_cannot_be_closed_is_released_and_its_number_forgotten(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock, close = take_lock(file), os.close

    def closed_with_error(descriptor: int) -> None:
        close(descriptor)
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as failing:
        failing.setattr(os, "close", closed_with_error)
        lock.release()
    assert not file.parent.joinpath(lock.path.name).exists()
    other = os.open(file, os.O_WRONLY | os.O_CREAT)
    lock.release()
    os.fstat(other)
    os.close(other)


nonsense = st.one_of(
    st.binary(max_size=60),
    st.sampled_from([b"[" * 100_000, b"{" * 4000, b"null", b"1" * 5000, b"\0" * 500, b'"x"']),
    st.fixed_dictionaries(
        {
            "user": st.sampled_from(["eve", "", "a\0b", "a\nb", 1, None, ["x"], "x" * 5000]),
            "host": st.sampled_from(["elsewhere", platform.node(), "../..", {}, True]),
            "pid": st.sampled_from([0, -1, 1, 10**30, -(10**30), "x", True, 1.5, None, []]),
            "born": st.sampled_from(["", "1", 0, None]),
            "since": st.sampled_from(["x", "2026", [], "\ud800"]),
        }
    ).map(lambda values: json.dumps(values).encode()),
)


@given(nonsense)
def test_whatever_stands_in_a_lock_it_is_told_in_a_sentence_and_stale_in_the_end(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    file = tmp_path_factory.mktemp("lock") / "a.anna.yaml"
    lock_path(file).write_bytes(data)
    with pytest.MonkeyPatch.context() as patched:
        clock = Clock()
        patched.setattr(locks, "monotonic", clock)
        assert str(locked_by(file)).isprintable()
        clock.seconds += STALE_AFTER
        take_lock(file).release()
    assert names(file) == []


@pytest.mark.parametrize("kind", ["link", "dangling link", "pipe"])
def test_a_lock_that_is_no_file_is_not_opened_and_replaced_in_the_end(
    file: Path, clock: Clock, kind: str
) -> None:
    path, outside = lock_path(file), file.parent / "outside"
    if kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to(outside)
    if kind == "link":
        outside.write_bytes(b"private")
    with pytest.raises(Locked, match="open elsewhere"):
        take_lock(file)
    clock.seconds += STALE_AFTER
    lock = take_lock(file)
    assert lock.is_held()
    assert path.is_file()
    assert not path.is_symlink()
    lock.release()
    assert outside.exists() == (kind == "link")
    assert kind != "link" or outside.read_bytes() == b"private"


def test_a_folder_in_the_place_of_a_lock_is_told(file: Path, clock: Clock) -> None:
    lock_path(file).mkdir()
    with pytest.raises(Locked):
        take_lock(file)
    clock.seconds += STALE_AFTER
    with pytest.raises(StorageError, match="it is a folder"):
        take_lock(file)
    assert names(file) == [lock_path(file).name]


@pytest.fixture
def plain_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that knows no second names, and renames over what is there."""

    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    monkeypatch.setattr(locks, "rename_new", lambda *_: False)


def test_a_plain_disk_has_locks_too(file: Path, plain_disk: None) -> None:
    left_dead(file)
    lock = take_lock(file)
    with pytest.raises(Locked):
        take_lock(file)
    assert names(file) == [lock.path.name]
    lock.release()
    assert names(file) == []


def test_a_lock_that_could_not_be_written_locks_nobody_out(
    file: Path, plain_disk: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, count = os.write, iter(range(9))

    def full(descriptor: int, data: bytes) -> int:
        if next(count) == 1:  # the first is the one beside it
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(descriptor, data)

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(StorageError, match="the disk is full"):
            take_lock(file)
    assert names(file) == []
    take_lock(file).release()


def test_an_empty_lock_that_a_kill_left_locks_for_some_seconds_only(
    file: Path, clock: Clock, plain_disk: None
) -> None:
    lock_path(file).touch()
    assert locked_by(file) == "elsewhere"
    with pytest.raises(Locked):
        take_lock(file)
    clock.seconds += 10
    assert locked_by(file) is None
    take_lock(file).release()
    assert names(file) == []


def test_a_lock_that_may_not_be_read_is_not_taken_for_an_empty_one(
    file: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    left_behind(file)

    def closed(*_: object) -> int:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(locks, "open_regular", closed)
    assert locked_by(file) == "elsewhere"
    clock.seconds += STALE_AFTER - 1
    assert locked_by(file) == "elsewhere"


def test_a_lock_that_windows_does_not_let_us_replace_is_held(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left_dead(file)  # on Windows nobody can tell whether a process has ended

    def in_use(*_: object) -> None:
        raise PermissionError(errno.EACCES, "The process cannot access the file")

    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(Path, "replace", in_use)
    with pytest.raises(Locked, match="is open by boris"):
        take_lock(file)
    assert names(file) == [lock_path(file).name]


def test_a_disk_that_knows_no_modes_has_locks_all_the_same(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise OSError(errno.ENOTSUP, "Operation not supported")

    file.write_bytes(b"old")
    monkeypatch.setattr(os, "chmod", unknown)
    take_lock(file).release()
    replace_file(file, b"new")
    assert file.read_bytes() == b"new"
