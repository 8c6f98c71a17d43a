from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.change import Change, added, replaced
from annotator.core.errors import StorageError
from annotator.core.model import Annotation, Kind, Span, Status
from annotator.core.sources import Source
from annotator.storage.disk.journal import (
    Header,
    Journal,
    JournalContents,
    journal_path,
    read_journal,
)
from annotator.storage.files.change_json import decode_change, encode_change
from tests.storage.values import changes

HEADER = Header(starts_from="0" * 64, annotator="Anna Müller")
SPAN = Span(0, 2, "😀\u2028", "", "")
QUOTE = Annotation(id="q-000001", kind=Kind.QUOTE, spans=(SPAN,), note="no\n")
FIRST = Change("Tag quote", added(QUOTE))
SECOND = Change("New source", sources=added(Source(id="kcna", name="KCNA", named=False)))
THIRD = Change("Mark as done", status=replaced(Status.IN_PROGRESS, Status.DONE))


Overwrite = Callable[[bytes, Path], bytes]

FILE = "corea-del-nord.anna.yaml"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return journal_path(tmp_path / FILE)


def written(path: Path, *done: Change) -> Journal:
    journal = Journal(path.with_name(FILE), HEADER)
    for change in done:
        journal.append(change)
    return journal


def test_the_journal_lies_hidden_beside_its_file(path: Path) -> None:
    assert path.name == ".corea-del-nord.anna.journal"


@given(changes)
def test_any_change_survives_its_line(change: Change) -> None:
    line = encode_change(change)
    assert decode_change(line) == change
    assert line.count(b"\n") == 1


@given(st.binary())
def test_no_other_line_is_taken_for_a_change(line: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        decode_change(line)


@pytest.mark.parametrize("line", [b"[]", b"{}", b'{"label":1}', b'{"label":"a","after":[{}]}'])
def test_json_that_is_no_change_is_refused(line: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        decode_change(line)


def test_no_file_is_made_before_the_first_change(path: Path) -> None:
    written(path).close()
    assert read_journal(path) is None


def test_each_change_can_be_read_as_soon_as_it_is_in(path: Path) -> None:
    journal = written(path, FIRST)
    assert read_journal(path) == JournalContents(HEADER, (FIRST,))
    journal.append(SECOND)
    journal.append(THIRD)
    assert read_journal(path) == JournalContents(HEADER, (FIRST, SECOND, THIRD))
    journal.close()


@given(st.integers(min_value=0))
def test_a_power_cut_costs_only_the_line_that_was_being_written(
    tmp_path_factory: pytest.TempPathFactory, cut: int
) -> None:
    path = journal_path(tmp_path_factory.mktemp("cut") / FILE)
    written(path, FIRST, SECOND).close()
    data = path.read_bytes()
    path.write_bytes(data[: cut % (len(data) + 1)])
    whole = path.read_bytes().count(b"\n")
    header = HEADER if whole else None
    assert read_journal(path) == JournalContents(header, (FIRST, SECOND)[: max(0, whole - 1)])


def test_behind_a_broken_line_everything_is_kept_as_it_stands(path: Path) -> None:
    written(path, FIRST, SECOND, THIRD).close()
    lines = path.read_bytes().splitlines(keepends=True)
    lines[2] = b"\0\0\0\n"
    path.write_bytes(b"".join(lines))
    assert read_journal(path) == JournalContents(HEADER, (FIRST,), b"\0\0\0\n" + lines[3])


@pytest.mark.parametrize("first", [b"hello\n", b"[]\n", b'{"format":"other/1"}\n', b"{}\n"])
def test_a_file_that_is_no_journal_is_unreadable_as_a_whole(path: Path, first: bytes) -> None:
    path.write_bytes(first + encode_change(FIRST))
    assert read_journal(path) == JournalContents(None, (), first + encode_change(FIRST))


def test_a_save_leaves_no_journal(path: Path) -> None:
    journal = written(path, FIRST)
    journal.restart(HEADER, [])
    assert not path.exists()
    journal.append(SECOND)
    assert read_journal(path) == JournalContents(HEADER, (SECOND,))
    journal.close()


def test_changes_made_during_a_save_are_in_the_next_journal(path: Path) -> None:
    journal = written(path, FIRST, SECOND)
    after = Header(starts_from="1" * 64, annotator="Anna Müller")
    journal.restart(after, [SECOND])
    journal.append(THIRD)
    assert read_journal(path) == JournalContents(after, (SECOND, THIRD))
    journal.restart(after, [])
    assert not path.exists()


def test_another_session_s_journal_is_not_removed(path: Path) -> None:
    journal = written(path, FIRST)
    path.unlink()
    written(path, SECOND).close()
    journal.restart(HEADER, [])
    assert read_journal(path) == JournalContents(HEADER, (SECOND,))


def overwritten(data: bytes, path: Path) -> bytes:
    """As many other bytes in the same file, as another program writes them over it."""
    other = bytes(byte ^ 1 for byte in data)
    with path.open("r+b") as file:
        file.write(other)
    return other


OTHERS_WORK = {
    "as many bytes": overwritten,
    "the first byte": lambda data, path: overwritten(data[:1], path) + data[1:],
    "fewer": lambda data, path: (path.write_bytes(data[:40]), data[:40])[1],
    "more": lambda data, path: (path.write_bytes(data + b"more"), data + b"more")[1],
}


@pytest.mark.parametrize("long", [1_000_000, 0], ids=["short", "long"])
@pytest.mark.parametrize("write_over", OTHERS_WORK.values(), ids=OTHERS_WORK)
def test_what_somebody_writes_over_it_is_noticed_before_the_next_change_and_kept(
    path: Path, write_over: Overwrite, long: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.storage.disk.journal._LONG", long)
    journal = written(path, FIRST)
    theirs, before = write_over(path.read_bytes(), path), path.stat()
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns + 1_000_000_000))
    assert not journal.is_there()
    journal.append(SECOND)
    assert journal.is_there()
    assert read_journal(path) == JournalContents(HEADER, (FIRST, SECOND))
    (kept,) = path.parent.glob("*.kept-*.jsonl")
    assert kept.read_bytes() == theirs
    journal.append(THIRD)
    journal.close()
    assert read_journal(path) == JournalContents(HEADER, (FIRST, SECOND, THIRD))
    assert list(path.parent.glob("*.kept-*.jsonl")) == [kept]


def test_what_somebody_wrote_over_it_stays_when_all_is_saved(path: Path) -> None:
    journal = written(path, FIRST)
    theirs = overwritten(path.read_bytes(), path)
    journal.restart(HEADER, [])
    assert path.read_bytes() == theirs


def test_what_somebody_wrote_over_it_stays_while_it_cannot_be_kept(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = written(path, FIRST)
    theirs = overwritten(path.read_bytes(), path)
    with monkeypatch.context() as full:
        full.setattr(os, "write", no_more)
        with pytest.raises(StorageError, match="the disk is full; free some space"):
            journal.append(SECOND)
    assert path.read_bytes() == theirs
    journal.append(THIRD)
    assert read_journal(path) == JournalContents(HEADER, (FIRST, THIRD))


@pytest.mark.parametrize("call", ["write", "fdatasync"])
def test_a_full_disk_refuses_the_change_and_spoils_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    journal = written(path, FIRST)
    with monkeypatch.context() as full:
        if call == "write":
            full.setattr(os, "write", half_a_line)
        else:
            full.setattr("annotator.storage.disk.journal._sync", no_space)
        with pytest.raises(StorageError, match="the disk is full; free some space"):
            journal.append(SECOND)
    assert read_journal(path) == JournalContents(HEADER, (FIRST,))
    journal.append(THIRD)
    assert read_journal(path) == JournalContents(HEADER, (FIRST, THIRD))
    journal.close()


def half_a_line(descriptor: int, data: bytes, real: object = os.write) -> int:
    if len(data) > 40:
        return real(descriptor, data[:20])  # type: ignore[operator, no-any-return]
    return no_space(descriptor)


def no_more(_: int, __: bytes) -> int:
    return no_space(0)


def no_space(_: int) -> int:
    raise OSError(28, "No space left on device")
