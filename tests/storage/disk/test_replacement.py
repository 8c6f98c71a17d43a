from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.errors import ChangedOnDisk, Overtaken, StorageError
from annotator.storage.disk import contents, replacement
from annotator.storage.files.annotation_file import document_bytes, parse_document
from annotator.storage.session import Session
from tests.storage.conftest import Open
from tests.storage.hands import do_tag, note, on_disk

STEPS = ["write_beside", "digest_at", "exchange", "name_new", "sync_folder", "digest"]
"""What a replacement does; a colleague's write may come before and after each."""

Act = Callable[[int], object]


@contextmanager
def interrupted(act: Act, module: Any = replacement) -> Iterator[None]:
    """Call ``act`` before each step of a replacement, with the number of the step."""
    numbers, busy = count(), list[bool]()

    def meddling(step: Callable[..., Any], *given: Any) -> Any:
        if not busy:
            busy.append(True)
            act(next(numbers))
            busy.clear()
        return step(*given)

    with pytest.MonkeyPatch.context() as patched:
        for name in STEPS:
            patched.setattr(module, name, partial(meddling, getattr(module, name)))
        yield


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_replaced_only_if_it_holds_what_was_read(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    replacement.replace_unchanged(path, b"1", None)
    replacement.replace_unchanged(path, b"2", b"1")
    for old in (b"1", None):
        with pytest.raises(Overtaken, match=r"a\.yaml is being changed elsewhere"):
            replacement.replace_unchanged(path, b"3", old)
    assert path.read_bytes() == b"2"
    path.unlink()
    with pytest.raises(Overtaken):
        replacement.replace_unchanged(path, b"3", b"2")
    assert names(tmp_path) == []


@pytest.mark.parametrize("old", [b"old", None])
def test_what_is_written_at_any_step_is_never_lost(tmp_path: Path, old: bytes | None) -> None:
    for step in range(30):
        folder = tmp_path / str(step)
        folder.mkdir()
        path, done = folder / "a.yaml", list[int]()
        if old is not None:
            path.write_bytes(old)

        def write(now: int, *, path: Path = path, step: int = step, done: list[int] = done) -> None:
            if now == step:
                (path.parent / "theirs").write_bytes(b"theirs")
                (path.parent / "theirs").replace(path)
                done.append(now)

        with interrupted(write):
            try:
                replacement.replace_unchanged(path, b"ours", old)
            except Overtaken:
                assert path.read_bytes() == b"theirs"
        if not done:
            assert step > 3
            break
        # Theirs stands: what came before ours was given back, what came later replaced it.
        assert path.read_bytes() == b"theirs"
        assert names(folder) == ["a.yaml"]


@given(steps=st.sets(st.integers(0, 12), max_size=5))
def test_whoever_writes_however_often_at_whatever_steps_keeps_his_work(
    tmp_path_factory: pytest.TempPathFactory, steps: set[int]
) -> None:
    folder = tmp_path_factory.mktemp("race")
    path = folder / "a.yaml"
    path.write_bytes(b"0")
    written = list[bytes]()

    def add(now: int) -> None:
        """What a colleague does who reads, adds a line and replaces the file."""
        if now in steps:
            written.append(f"theirs {now}".encode())
            beside = folder / "theirs"
            beside.write_bytes(path.read_bytes() + b"\n" + written[-1])
            beside.replace(path)

    def ours() -> None:
        there = path.read_bytes()
        replacement.replace_unchanged(path, there + b"\nours", there)

    with interrupted(add):
        replacement.until_unchanged(path, ours)
    lines = {line for one in folder.iterdir() for line in one.read_bytes().split(b"\n")}
    assert {b"ours", *written} <= lines
    assert not [name for name in names(folder) if name.startswith(".")]


def test_a_version_that_two_others_overtook_is_kept_and_told(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"old")

    theirs = iter([b"second", b"third"])
    real = vars(replacement)["exchange"]

    def meddled(one: Path, other: Path) -> Any:
        """Before the first exchange and before the second one somebody writes."""
        if data := next(theirs, None):
            replace_whole(other, data)
        return real(one, other)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(replacement, "exchange", meddled)
        with pytest.raises(Overtaken) as raised:
            replacement.replace_unchanged(path, b"ours", b"old")
    assert (tmp_path / raised.value.kept).read_bytes() == b"second"
    assert path.read_bytes() == b"third"
    assert names(tmp_path) == ["a.yaml", "a.yaml.kept-1"]


def replace_whole(path: Path, data: bytes) -> None:
    beside = path.with_name("theirs")
    beside.write_bytes(data)
    beside.replace(path)


def test_where_names_cannot_be_exchanged_the_file_is_compared_right_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"old")
    monkeypatch.setattr(replacement, "exchange", lambda one, other: False)
    monkeypatch.setattr(contents, "rename_new", lambda one, other: False)
    replacement.replace_unchanged(path, b"new", b"old")
    assert path.read_bytes() == b"new"
    with pytest.raises(Overtaken):
        replacement.replace_unchanged(path, b"newer", b"old")
    replacement.replace_unchanged(tmp_path / "b.yaml", b"new", None)
    with pytest.raises(Overtaken):
        replacement.replace_unchanged(tmp_path / "b.yaml", b"newer", None)
    assert names(tmp_path) == ["a.yaml", "b.yaml"]


def test_somebody_who_never_stops_is_told_and_stands(tmp_path: Path) -> None:
    path, numbers = tmp_path / "a.yaml", count()

    def attempt() -> None:
        there = path.read_bytes() if path.exists() else None
        path.write_bytes(str(next(numbers)).encode())
        replacement.replace_unchanged(path, b"ours", there)

    with pytest.raises(ChangedOnDisk, match="is being changed all the time"):
        replacement.until_unchanged(path, attempt)
    assert path.read_bytes() == str(replacement.TRIES - 1).encode()


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_what_is_written_is_as_private_as_what_it_replaces_from_the_first_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: int
) -> None:
    path, seen = tmp_path / "a.yaml", list[int]()
    path.write_bytes(b"old")
    path.chmod(mode)

    def pieces() -> Iterator[bytes]:
        for piece in (b"n", b"ew"):
            seen.extend(stat.S_IMODE(one.stat().st_mode) for one in tmp_path.glob(".*"))
            yield piece

    real = os.open

    def created(path: Path, flags: int, mode: int = 0o777) -> int:
        if flags & os.O_CREAT:
            seen.append(mode)
        return real(path, flags, mode)

    monkeypatch.setattr(os, "open", created)
    contents.replace_file(path, pieces())
    assert seen == [0o600, mode, mode]
    assert stat.S_IMODE(path.stat().st_mode) == mode


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_a_file_stays_its_owners_and_its_groups(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"old")
    os.chown(path, 1234, 5678)
    replacement.replace_unchanged(path, b"new", b"old")
    assert (path.stat().st_uid, path.stat().st_gid) == (1234, 5678)


def test_a_group_that_cannot_be_kept_opens_the_file_to_no_other_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"old")
    path.chmod(0o664)

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "chown", refuse)
    like = os.stat_result((0o100664, 0, 0, 1, os.getuid(), os.getgid() + 1, 3, 0, 0, 0))
    contents.share(path, like)
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


@pytest.mark.skipif(os.geteuid() != 0, reason="only root makes devices")
@pytest.mark.parametrize("kind", [stat.S_IFCHR, stat.S_IFIFO, stat.S_IFSOCK])
def test_a_device_is_never_replaced_by_a_file(tmp_path: Path, kind: int) -> None:
    path = tmp_path / "null"
    os.mknod(path, kind | 0o666, os.makedev(1, 3))
    for replace_it in (
        contents.replace_file,
        lambda p, d: replacement.replace_unchanged(p, d, b""),
    ):
        with pytest.raises(StorageError, match="not an ordinary file"):
            replace_it(path, b"new")
    assert stat.S_IFMT(path.stat().st_mode) == kind
    assert names(tmp_path) == ["null"]


def test_a_save_takes_in_what_a_colleague_writes_at_any_of_its_steps(open_as: Open) -> None:
    """Two people at one file: each one's tag is there, and what both changed is asked."""
    for step in range(40):
        session = open_as().session
        if not len(session.tagging):
            for start in (0, 8, 18):
                do_tag(session, start, start + 5)
        session.save()
        ours, theirs = session.tagging.annotations()[:2]
        note(session, ours.id, f"ours {step}")
        done = list[int]()

        def write(now: int, *, one: Session = session, step: int = step, at: list[int] = done,
                  tag_id: str = theirs.id) -> None:  # fmt: skip
            if now == step:
                note_on_disk(one, tag_id, f"theirs {step}")
                at.append(now)

        with interrupted(write):
            session.save()
        notes = {tag.note for tag in on_disk(session).annotations}
        session.close()
        if not done:
            assert step > 4
            return
        assert {f"ours {step}", f"theirs {step}"} <= notes
    raise AssertionError("a save with so many steps")


def note_on_disk(session: Session, tag_id: str, words: str) -> None:
    document = parse_document(session.path.read_bytes(), "")
    tags = (replace(t, note=words) if t.id == tag_id else t for t in document.annotations)
    replace_whole(session.path, document_bytes(replace(document, annotations=tuple(tags))))
