"""Outputs take their places all together, or none does."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from annotator.core.errors import StorageError
from annotator.storage.disk import contents
from annotator.storage.disk import outputs as module
from annotator.storage.disk.outputs import Outputs

NAMES = ("a.html", "b.html", "c.html")


def everything(top: Path) -> dict[str, bytes]:
    return {str(path.relative_to(top)): path.read_bytes() for path in top.rglob("*.*")}


def write_all(folder: Path, *, replace: bool = False) -> None:
    with Outputs(replace=replace).together(folder) as staging:
        for name in NAMES:
            (staging / name).write_text(f"new {name}", "utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder in which the second of the files is there already."""
    path = tmp_path / "out"
    path.mkdir()
    (path / "b.html").write_text("mine", "utf-8")
    return path


def fails_at(nth: int, call: Callable[..., Any]) -> Callable[..., Any]:
    """The call, which the disk refuses the ``nth`` time."""
    count = 0

    def refuse(*args: Any, **more: Any) -> Any:
        nonlocal count
        count += 1
        if count == nth:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return call(*args, **more)

    return refuse


def test_a_new_folder_comes_to_be_with_all_its_files(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "out"
    with Outputs().together(out) as staging:
        (staging / "a.html").write_text("new", "utf-8")
        assert not out.parent.exists()
    assert everything(tmp_path) == {"deep/out/a.html": b"new"}


def test_nobody_else_reads_what_is_being_written_and_all_are_as_open_as_they_should_be(
    folder: Path, tmp_path: Path
) -> None:
    private, group = folder / "b.html", 12345 if os.geteuid() == 0 else os.getgroups()[-1]
    private.chmod(0o600)
    os.chown(private, -1, group)
    (tmp_path / "usual").mkdir()
    (tmp_path / "usual" / "a.html").touch()
    for out in (folder, tmp_path / "deep" / "out"):
        with Outputs(replace=True).together(out) as staging:
            for name in NAMES:
                (staging / name).write_text(f"new {name}", "utf-8")
            (hidden,) = tmp_path.rglob(".annotator-*.tmp")
            assert stat.S_IMODE(hidden.stat().st_mode) == 0o700
        assert mode(out) == mode(tmp_path / "usual")
        assert mode(out / "a.html") == mode(tmp_path / "usual" / "a.html")
    assert (mode(private), private.stat().st_gid) == (0o600, group)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


WAYS: dict[str, Callable[[Path], object]] = {
    "write": lambda path: Outputs(replace=True).write(path, b"new"),
    "a copy": lambda path: Outputs(replace=True).write_copy(path, b"new"),
    "together": lambda path: write_all(path, replace=True),
}


@pytest.mark.parametrize("name", ["x" * 300, f"{'x' * 300}/out"])
@pytest.mark.parametrize("way", WAYS)
def test_a_name_that_is_too_long_is_refused_in_a_sentence(
    tmp_path: Path, name: str, way: str
) -> None:
    with pytest.raises(StorageError, match="the name is too long"):
        WAYS[way](tmp_path / name)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("way", WAYS)
def test_a_disk_that_cannot_be_looked_at_is_told_of_in_a_sentence(
    folder: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    def refuse(path: object, *_: object, **__: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))

    out = folder if way == "together" else folder / "b.html"
    for call in ("stat", "lstat", "scandir", "listdir", "open"):
        with monkeypatch.context() as patch:
            patch.setattr(os, call, refuse)
            with suppress(StorageError):
                WAYS[way](out)


def test_a_folder_that_is_there_keeps_what_else_it_has(folder: Path) -> None:
    (folder / "z.html").write_text("mine too", "utf-8")
    write_all(folder, replace=True)
    assert everything(folder) == {
        **{name: f"new {name}".encode() for name in NAMES},
        "z.html": b"mine too",
    }


@pytest.mark.parametrize("nth", range(1, 9))
@pytest.mark.parametrize(
    "call", ["os.link", "os.replace", "os.rename", "Path.replace", "Path.mkdir", "Path.rename"]
)
@pytest.mark.parametrize("replace", [True, False])
def test_a_disk_that_refuses_in_between_leaves_everything_as_it_was(
    folder: Path, monkeypatch: pytest.MonkeyPatch, call: str, nth: int, replace: bool
) -> None:
    if not replace:
        (folder / "b.html").unlink()
    before = everything(folder)
    of, name = call.split(".")
    owner: object = {"os": os, "Path": Path}[of]
    monkeypatch.setattr(owner, name, fails_at(nth, getattr(owner, name)))
    try:
        write_all(folder, replace=replace)
        done = True
    except StorageError:
        done = False
    monkeypatch.undo()
    now = {name: f"new {name}".encode() for name in NAMES}
    assert everything(folder) == (now if done else before)


def test_a_disk_without_second_names_gets_all_files_or_none_too(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    before = everything(folder)
    monkeypatch.setattr(os, "link", no_links)
    monkeypatch.setattr(contents, "rename_new", lambda old, new: False)
    monkeypatch.setattr(os, "rename", fails_at(2, os.rename))
    with pytest.raises(StorageError):
        write_all(folder, replace=True)
    assert everything(folder) == before
    monkeypatch.setattr(os, "rename", os.rename)
    write_all(folder, replace=True)
    assert everything(folder) == {name: f"new {name}".encode() for name in NAMES}


def test_a_file_that_comes_in_between_stays(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "b.html").unlink()
    move = module._move

    def somebody_is_first(new: Path, path: Path, old: Path) -> None:
        if path.name == "b.html":
            monkeypatch.setattr(os.path, "lexists", lambda _: False)
            path.write_text("theirs", "utf-8")
        move(new, path, old)

    monkeypatch.setattr(module, "_move", somebody_is_first)
    with pytest.raises(StorageError, match=r"b\.html is there already"):
        write_all(folder)
    monkeypatch.undo()
    assert (folder / "b.html").read_bytes() == b"theirs"


def write_and_stop(folder: Path) -> None:
    with Outputs(replace=True).together(folder) as staging:
        (staging / "a.html").write_text("new", "utf-8")
        raise KeyboardInterrupt


def test_who_stops_leaves_nothing(folder: Path, tmp_path: Path) -> None:
    before = everything(tmp_path)
    for out in (folder, tmp_path / "new" / "out"):
        with pytest.raises(KeyboardInterrupt):
            write_and_stop(out)
    assert everything(tmp_path) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out"]


def test_what_a_killed_export_left_goes_with_the_next_one(folder: Path) -> None:
    left, at_work, others = (folder / f".annotator-{char * 16}.tmp" for char in "abc")
    for path in (left, at_work):
        path.mkdir()
        (path / "a.html").write_text("half", "utf-8")
    others.write_text("of somebody else", "utf-8")
    for path in (left, others):
        os.utime(path, (0, 0))
    write_all(folder, replace=True)
    assert (left.exists(), at_work.exists(), others.exists()) == (False, True, True)


def test_a_copy_of_ones_tagging_may_lie_beside_it_but_never_take_its_place(
    tmp_path: Path, seeds: Path
) -> None:
    here = Path(shutil.copytree(seeds, tmp_path / "nk-russia")) / "annotations"
    data = (here / "corea-del-nord.anna.yaml").read_bytes()
    Outputs(replace=True).write_copy(here / "corea-del-nord.copy.yaml", data)
    assert (here / "corea-del-nord.copy.yaml").read_bytes() == data
    boris = (here / "corea-del-nord.boris.yaml").read_bytes()
    with pytest.raises(StorageError, match="never replaced"):
        Outputs(replace=True).write_copy(here / "corea-del-nord.boris.yaml", data)
    assert (here / "corea-del-nord.boris.yaml").read_bytes() == boris


def test_a_disk_that_knows_no_case_tells_the_same_file_by_its_number(tmp_path: Path) -> None:
    # On such a disk both names lead to one file, as two names of one file do here.
    article = tmp_path / "article.text"
    article.write_text("Yonhap scrive.\n", "utf-8")
    os.link(article, tmp_path / "ARTICLE.TEXT")
    outputs = Outputs(replace=True, reads=[article])
    with pytest.raises(StorageError, match="read here"):
        outputs.refuse(tmp_path / "ARTICLE.TEXT")


def test_what_cannot_be_tidied_up_spoils_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(shutil, "rmtree", refuse)
    write_all(folder, replace=True)
    monkeypatch.undo()
    assert {name: (folder / name).read_text("utf-8") for name in NAMES} == {
        name: f"new {name}" for name in NAMES
    }


@pytest.mark.parametrize(
    "head",
    [
        "format: source-attribution/1\n",
        '"format": source-attribution/2\n',
        "'format' : 'source-registry/1'\n",
        '{format: "article-header/1", sha256: x}\n',
        "# " + "a long comment\n# " * 3000 + "\nformat: source-attribution/1\n",
        "x-a: 1\n" + "# a very long comment\n" * 5000 + "format: source-attribution/1\n",
        "#" + "a comment in one line" * 5000 + "\n" * 70_000 + "format: source-attribution/1\n",
    ],
)
def test_a_file_of_ours_is_never_replaced_whatever_it_is_called(tmp_path: Path, head: str) -> None:
    kept = tmp_path / "old-anna.yaml"
    kept.write_text(head, "utf-8")
    with pytest.raises(StorageError, match="a file of a folder of articles"):
        Outputs(replace=True).write(kept, b"new")
    assert kept.read_text("utf-8") == head
