from __future__ import annotations

import errno
import os
import resource
import socket
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.errors import StorageError
from annotator.storage.disk import contents

NAMES = ["with spaces.yaml", "emoji 😀.yaml", "-leading-dash.yaml", "조선.yaml"]


def refuse(number: int) -> Callable[..., int]:
    def refusal(*_: object, **__: object) -> int:
        raise OSError(number, os.strerror(number))

    return refusal


@pytest.mark.parametrize("name", NAMES)
def test_what_was_written_is_read_back(tmp_path: Path, name: str) -> None:
    contents.replace_file(tmp_path / name, b"first")
    contents.replace_file(tmp_path / name, b"second")
    assert contents.read_bytes(tmp_path / name) == b"second"
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_name_that_begins_with_a_dash_works_from_its_own_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    contents.replace_file(Path("-x.yaml"), b"data")
    assert contents.read_bytes(Path("-x.yaml")) == b"data"


@given(data=st.binary())
def test_any_bytes_survive(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "bytes"
    contents.replace_file(path, data)
    assert contents.read_bytes(path) == data


def test_the_mode_of_the_old_file_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"old")
    path.chmod(0o664)
    contents.replace_file(path, b"new")
    assert stat.S_IMODE(path.stat().st_mode) == 0o664


def test_a_new_file_gets_what_the_umask_allows(tmp_path: Path) -> None:
    path, before = tmp_path / "a.yaml", os.umask(0o027)
    try:
        contents.replace_file(path, b"new")
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_link_keeps_pointing_where_it_did(tmp_path: Path) -> None:
    real, link = tmp_path / "real.yaml", tmp_path / "link.yaml"
    real.write_bytes(b"old")
    link.symlink_to(real)
    contents.replace_file(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


@pytest.mark.parametrize("call", ["open", "fsync", "replace"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EIO])
def test_a_failing_disk_leaves_the_old_file_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"old")
    with monkeypatch.context() as broken:
        broken.setattr(os, call, refuse(number))
        with pytest.raises(StorageError, match=r"a\.yaml cannot be written: "):
            contents.replace_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_is_told_as_such_and_the_old_file_stands(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"old")
    script = (
        "import sys; from pathlib import Path\n"
        "from annotator.storage.disk.contents import replace_file\n"
        "replace_file(Path(sys.argv[1]), b'x' * 100_000)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)],
        cwd=Path(__file__).parents[3],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert "the disk is full; free some space" in done.stderr
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_vanished_is_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"gone\.txt cannot be read: it is not there"):
        contents.read_bytes(tmp_path / "gone.txt")
    assert contents.read_if_there(tmp_path / "gone.txt") is None


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="it is a folder; choose a file"):
        contents.read_bytes(tmp_path)
    with pytest.raises(StorageError, match="it is a folder; choose a file"):
        contents.replace_file(tmp_path, b"new")


def test_a_file_one_may_not_read_says_whom_to_ask(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_bytes(b"theirs")
    monkeypatch.setattr(os, "open", refuse(errno.EACCES))
    with pytest.raises(StorageError, match="ask its owner"):
        contents.read_bytes(tmp_path / "a.txt")


def special_files(folder: Path) -> Iterator[Path]:
    os.mkfifo(folder / "fifo")
    os.mknod(folder / "null", stat.S_IFCHR | 0o666, os.makedev(1, 3))
    (folder / "zero").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(folder / "socket"))  # an address may have 100 bytes only
        yield from (folder / name for name in ("fifo", "null", "zero", "socket"))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root makes devices")
def test_what_is_no_ordinary_file_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    for path in special_files(tmp_path):
        with pytest.raises(StorageError, match="it is not an ordinary file; remove it"):
            contents.read_bytes(path)
        with pytest.raises(OSError, match="No such device"):
            contents.open_regular(path, os.O_WRONLY | os.O_CREAT)


def test_a_link_is_followed_only_where_that_is_wanted(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("real")
    (tmp_path / "round").symlink_to("round")
    (tmp_path / "real").write_bytes(b"real")
    assert contents.read_bytes(tmp_path / "link") == b"real"
    for name in ("link", "round"):
        with pytest.raises(OSError, match="symbolic links"):
            contents.open_regular(tmp_path / name, os.O_RDONLY | os.O_NOFOLLOW)
    with pytest.raises(StorageError, match="it is a link; put the file itself"):
        contents.read_bytes(tmp_path / "round")


def test_what_is_larger_than_any_file_of_ours_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "sparse").open("wb") as file:
        file.truncate(1 << 40)
    with pytest.raises(StorageError, match="1,099,512 MB is too much for one file"):
        contents.read_bytes(tmp_path / "sparse")


def test_a_new_file_never_takes_the_place_of_another_one(tmp_path: Path) -> None:
    contents.create_file(tmp_path / "new.txt", b"first")
    with pytest.raises(StorageError, match="there already"):
        contents.create_file(tmp_path / "new.txt", b"second")
    assert [path.name for path in tmp_path.iterdir()] == ["new.txt"]
    assert (tmp_path / "new.txt").read_bytes() == b"first"


def test_a_file_may_be_written_in_pieces_and_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"a"
        raise StorageError("the rest cannot be read")

    contents.replace_file(tmp_path / "whole.txt", iter([b"a", b"b"]))
    with pytest.raises(StorageError):
        contents.replace_file(tmp_path / "half.txt", pieces())
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"whole.txt": b"ab"}


def test_new_files_are_written_together_and_those_that_are_there_are_left(tmp_path: Path) -> None:
    (tmp_path / "7.txt").write_bytes(b"old")
    errors = contents.create_files({tmp_path / f"{n}.txt": b"new" for n in range(40)})
    assert list(errors) == [tmp_path / "7.txt"]
    assert "there already" in str(errors[tmp_path / "7.txt"])
    there = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert there == {f"{n}.txt": b"old" if n == 7 else b"new" for n in range(40)}
