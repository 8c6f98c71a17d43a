from __future__ import annotations

from pathlib import Path

import pytest

from annotator.storage.disk.kept_files import keep_aside, move_aside


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "a.anna.yaml"


def test_what_is_kept_aside_never_lands_on_an_older_one(file: Path) -> None:
    first, second = keep_aside(file, b"1"), keep_aside(file, b"2")
    assert (first.name, second.name) == ("a.anna.kept-1.jsonl", "a.anna.kept-2.jsonl")
    assert (first.read_bytes(), second.read_bytes()) == (b"1", b"2")


def test_the_same_is_kept_once(file: Path) -> None:
    for data in (b"1", b"2", b"1", b"2"):
        keep_aside(file, data)
    assert len(list(file.parent.iterdir())) == 2


def test_a_link_of_that_name_is_neither_read_nor_written_through(file: Path) -> None:
    outside = file.with_name("outside")
    file.with_name("a.anna.kept-1.jsonl").symlink_to(outside)
    assert keep_aside(file, b"1").name == "a.anna.kept-2.jsonl"
    assert not outside.exists()


def test_what_is_moved_aside_stays_what_it_is(file: Path) -> None:
    keep_aside(file, b"1")
    odd = file.with_name("odd")
    odd.symlink_to("nowhere")
    aside = move_aside(odd, file)
    assert aside.name == "a.anna.kept-2.jsonl"
    assert aside.is_symlink()
    assert not odd.is_symlink()
