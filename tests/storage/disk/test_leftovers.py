from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.core.sources import Registry
from annotator.storage.disk import leftovers, replacement
from annotator.storage.disk.contents import digest, replace_file
from annotator.storage.disk.processes import host_mark
from annotator.storage.folder import Folder
from annotator.storage.opening import open_session
from tests.storage.hands import do_tag, note, on_disk

ROOT = Path(__file__).parents[3]
DEAD = 2**22 + 1
"""A number that no process has: Linux gives none above 2²²."""


def test_a_save_that_dies_at_any_step_loses_neither_our_work_nor_a_colleagues(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.txt").write_text("Le truppe sono in Russia.\n")
    session = open_session(Folder(folder), folder / "a.txt", "anna", Registry()).session
    tags = do_tag(session, 0, 9), do_tag(session, 10, 14)
    note(session, tags[0].id, "first")
    session.close()
    command = [sys.executable, "-m", "tests.storage.dying_child", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    steps = int(done.stdout)
    assert steps > 10
    wrote, restored = 0, 0
    for step in range(steps):
        left = Path(f"{folder}-{step}")
        hidden = [path.read_bytes() for path in left.rglob(".*") if path.suffix != ".lock"]
        theirs_written = any(b'"theirs"' in one for one in (*hidden, *contents(left)))
        opened = open_session(Folder(left), left / "a.txt", "anna", Registry())
        notes = [tag.note for tag in opened.session.tagging]
        # The edit is the first thing on the disk: before it there was none.
        assert notes[0] == "mine" or b"mine" not in b"".join((*hidden, *contents(left)))
        assert notes[1] == ("theirs" if theirs_written else None)
        opened.session.save()
        assert [tag.note for tag in on_disk(opened.session).annotations] == notes
        opened.session.close()
        assert not list(left.rglob(".*"))
        assert not list(left.rglob("*kept*"))
        wrote += theirs_written
        restored += any("taken back" in sentence for sentence in opened.reports)
    assert wrote > 5
    assert restored > 0


def contents(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in (folder / "annotations").glob("*.yaml")]


def left_by(pid: int, folder: Path, name: str, new: bytes, old: bytes, holds: bytes) -> Path:
    """What a process leaves that dies between exchanging two files and looking at the old one."""
    marks = replacement.label(name), digest(new)[:16], digest(old)[:16], host_mark()
    swap = folder / f".{'-'.join(marks)}-{pid}-0123abcd.swap"
    swap.write_bytes(holds)
    return swap


def test_what_was_replaced_goes_back_where_nobody_wrote_since(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"new")
    left_by(DEAD, tmp_path, "a.yaml", b"new", b"old", b"theirs")
    told = leftovers.restore(tmp_path)
    assert told == ("A save of a.yaml that had been cut short was taken back.",)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.yaml": b"theirs"}


@pytest.mark.parametrize("there", [b"newest", None])
def test_what_was_replaced_is_kept_and_told_where_somebody_wrote_since(
    tmp_path: Path, there: bytes | None
) -> None:
    if there:
        (tmp_path / "a.yaml").write_bytes(there)
    left_by(DEAD, tmp_path, "a.yaml", b"new", b"old", b"theirs")
    (told,) = leftovers.restore(tmp_path)
    name = "a.yaml.kept-1" if there else "saved-elsewhere.yaml.kept-1"
    assert told == f"What somebody saved while a save was cut short is kept in {name}."
    assert (tmp_path / name).read_bytes() == b"theirs"
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize("holds", [b"new", b"old"])
def test_what_nobody_needs_does_not_stay(tmp_path: Path, holds: bytes) -> None:
    (tmp_path / "a.yaml").write_bytes(b"whatever")
    left_by(DEAD, tmp_path, "a.yaml", b"new", b"old", holds)
    assert leftovers.restore(tmp_path) == ()
    assert [path.name for path in tmp_path.iterdir()] == ["a.yaml"]


def test_what_a_running_program_is_busy_with_is_left_alone(tmp_path: Path) -> None:
    swap = left_by(os.getpid(), tmp_path, "a.yaml", b"new", b"old", b"theirs")
    assert leftovers.restore(tmp_path) == ()
    assert list(tmp_path.iterdir()) == [swap]


def test_a_link_or_a_device_of_such_a_name_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"secret")
    swap = left_by(DEAD, tmp_path, "a.yaml", b"new", b"old", b"theirs")
    swap.unlink()
    swap.symlink_to("secret")
    assert leftovers.restore(tmp_path) == ()
    swap.unlink()
    os.mkfifo(swap)
    assert leftovers.restore(tmp_path) == ()
    assert stat.S_ISFIFO(swap.stat().st_mode)


def test_what_a_killed_save_was_writing_is_swept_up_but_not_what_is_being_written(
    tmp_path: Path,
) -> None:
    dead = tmp_path / f".{host_mark()}-{DEAD}-0123abcd.tmp"
    mine = tmp_path / f".{host_mark()}-{os.getpid()}-0123abcd.tmp"
    elsewhere = tmp_path / f".01234567-{DEAD}-0123abcd.tmp"
    hours_ago = tmp_path / f".01234567-{DEAD}-76543210.tmp"
    others = tmp_path / ".of-somebody.tmp"
    for path in (dead, mine, elsewhere, hours_ago, others):
        path.write_bytes(b"half")
    for path in (hours_ago, others):
        os.utime(path, (0, 0))
    leftovers.sweep(tmp_path)
    assert set(tmp_path.iterdir()) == {mine, elsewhere, others}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells that a process has ended")
def test_what_a_killed_save_left_is_swept_up_before_its_parent_has_heard_of_it(
    tmp_path: Path,
) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        left = tmp_path / f".{host_mark()}-{child.pid}-0123abcd.tmp"
        left.write_bytes(b"half")
        leftovers.sweep(tmp_path)
        assert left.exists()
        child.kill()
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
        leftovers.sweep(tmp_path)
        assert not left.exists()


def test_the_name_of_a_temporary_file_says_whose_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as killed:
        killed.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(OSError(5, "killed")))
        killed.setattr(Path, "unlink", lambda *_: (_ for _ in ()).throw(OSError(5, "killed")))
        with pytest.raises(Exception, match="cannot be written"):
            replace_file(tmp_path / "a.yaml", b"data")
    (left,) = tmp_path.iterdir()
    leftovers.sweep(tmp_path)
    assert left.exists()
    os.utime(left, (0, 0))
    leftovers.sweep(tmp_path)
    assert not left.exists()
