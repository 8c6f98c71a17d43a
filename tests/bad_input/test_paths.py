"""Paths that lead nowhere, names of every kind, and disks that refuse."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest

from annotator.core.errors import StorageError
from annotator.storage.disk.contents import replace_file
from annotator.storage.folder import open_path
from tests.bad_input.sound import YAML, Check, Told, tagging


def test_a_path_that_is_not_there_cannot_be_checked(check: Check) -> None:
    assert check("gone.yaml") == Told(
        "",
        "gone.yaml cannot be checked: it is not there (any more); "
        "look whether it was moved or renamed.\n",
        2,
    )


def test_a_file_that_vanished_after_it_was_listed_is_told(check: Check) -> None:
    Path("annotations/b.anna.yaml").symlink_to("nowhere.yaml")
    told = check(".")
    assert told.out == (
        "annotations/b.anna.yaml:1: cannot be read: it is not there (any more); "
        "look whether it was moved or renamed\n"
    )
    assert told.code == 1


def test_a_file_that_is_a_folder_is_told(check: Check) -> None:
    Path("a.txt").unlink()
    Path("a.txt").mkdir()
    told = check(YAML)
    assert told.out == (
        f"{YAML}:3: article.file: a.txt cannot be read: it is a folder; choose a file\n"
    )


def test_a_folder_without_anything_to_check_is_told(check: Check) -> None:
    Path("empty").mkdir()
    assert check("empty") == Told(
        "",
        "empty: no annotation file (annotations/*.yaml) and no sources.yaml here; "
        "choose another folder.\n",
        2,
    )


def test_an_article_is_not_something_to_check(check: Check) -> None:
    assert check("a.txt") == Told(
        "", "a.txt: neither a folder nor a YAML file (.yaml, .yml); choose one of these.\n", 2
    )


def test_a_folder_without_articles_cannot_be_opened(folder: Path) -> None:
    Path("empty").mkdir()
    with pytest.raises(StorageError) as refusal:
        open_path(Path("empty"))
    assert str(refusal.value) == (
        f"{folder / 'empty'}: no article (.txt or .md) here; choose another folder."
    )


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.ENOSPC, "the disk is full; free some space and try again."),
        (
            errno.EROFS,
            "the folder is read-only; ask for the right to write there, or work on a copy.",
        ),
    ],
    ids=["full disk", "read-only folder"],
)
def test_a_disk_that_refuses_leaves_the_old_file(
    monkeypatch: pytest.MonkeyPatch, number: int, reason: str
) -> None:
    def refuse(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", refuse)
        with pytest.raises(StorageError) as refusal:
            replace_file(Path(YAML), b"new")
    assert str(refusal.value) == f"{YAML} cannot be written: {reason}"
    assert Path(YAML).read_text("utf-8") == tagging()


@pytest.mark.parametrize(
    "stem", ["corea del nord", "📰 notizia", "-dash", "조선", "a'b\"c", "%s {0}", "$(touch x)"]
)
def test_any_name_of_a_file_is_shown_as_it_is(check: Check, stem: str) -> None:
    Path("a.txt").rename(f"{stem}.txt")
    path = Path("annotations") / f"{stem}.anna.yaml"
    path.write_text(tagging(f"../{stem}.txt"), "utf-8")
    Path(YAML).unlink()
    assert check(".") == Told("", "1 file, no format errors\n", 0)
    path.write_text(tagging("../x.txt"), "utf-8")
    assert check(str(path)).out.startswith(f"{path}:3: article.file: x.txt cannot be read")


def test_a_path_with_a_leading_dash_is_checked_after_two_dashes(
    check: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir("annotations")
    Path("-odd.yaml").write_text("- a\n", "utf-8")
    told = check("--", "-odd.yaml")
    assert told.out == "-odd.yaml:1: the file is a list, expected a mapping of keys\n"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names are always text")
def test_a_name_that_is_no_text_can_still_be_told(check: Check) -> None:
    path = os.fsdecode(b"annotations/caff\xe8.yaml")
    Path(path).write_text("- a\n", "utf-8")
    told = check(".")
    assert told.out == (
        "annotations/caff\ufffd.yaml:1: the file is a list, expected a mapping of keys\n"
    )
    assert check(".", "--format", "json").code == 1
