"""``annotator compare`` on the command line."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from annotator.start import main


class Told(NamedTuple):
    """What a command wrote, and how it ended."""

    out: str
    err: str
    code: int


@pytest.fixture
def folder(seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(seeds, tmp_path / "nk-russia")
    monkeypatch.chdir(tmp_path)
    return Path("nk-russia")


@pytest.fixture
def anna(folder: Path) -> Path:
    return folder / "annotations" / "corea-del-nord.anna.yaml"


@pytest.fixture
def boris(folder: Path) -> Path:
    return folder / "annotations" / "corea-del-nord.boris.yaml"


class Compare:
    """The command, as typed."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.monkeypatch, self.capsys = monkeypatch, capsys

    def __call__(self, *args: str | Path) -> Told:
        self.monkeypatch.setattr(sys, "argv", ["annotator", "compare", *map(str, args)])
        with pytest.raises(SystemExit) as end:
            main()
        code = end.value.code
        assert isinstance(code, int)
        return Told(*self.capsys.readouterr(), code)


@pytest.fixture
def compare(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Compare:
    return Compare(monkeypatch, capsys)


def test_a_folder_and_its_files_give_the_same_table(
    compare: Compare, folder: Path, anna: Path, boris: Path
) -> None:
    told = compare(folder)
    assert told.out.startswith("1 article, tagged by anna and boris: 5 of 23 items agreed\n")
    assert (told.err, told.code) == ("", 0)
    assert compare(anna, boris) == told


def test_programs_get_json_and_csv(compare: Compare, folder: Path) -> None:
    assert json.loads(compare("--format", "json", folder).out)["overall"]["items"] == 23
    assert compare("--format", "csv", folder).out.startswith("article,annotators,kind,measure,")


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("a.html", "<!DOCTYPE html>"),
        ("a.csv", "article,"),
        ("a.json", "{"),
        ("a.txt", "1 article"),
        ("a", "1 article"),
    ],
)
def test_the_name_of_the_output_tells_its_format(
    compare: Compare, folder: Path, name: str, begins: str
) -> None:
    told = compare(folder, "-o", name)
    assert (told.out, told.code) == (f"{name}\n", 0)
    assert Path(name).read_text("utf-8").startswith(begins)


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.XLSX"])
def test_a_name_that_promises_another_form_is_refused(
    compare: Compare, folder: Path, name: str
) -> None:
    told = compare(folder, "-o", name)
    assert told.code == 2
    assert "name it .html, .csv, .json or .txt" in told.err
    assert not Path(name).exists()


def test_a_format_that_is_asked_for_goes_before_the_name(compare: Compare, folder: Path) -> None:
    compare(folder, "-o", "a.html", "--format", "csv")
    assert Path("a.html").read_text("utf-8").startswith("article,")


def test_what_is_left_out_is_told_and_ends_in_1(compare: Compare, folder: Path, anna: Path) -> None:
    carla = anna.with_name("corea-del-nord.carla.yaml")
    carla.write_text(anna.read_text("utf-8").replace("sha256: 7", "sha256: 0"), "utf-8")
    told = compare(folder)
    assert told.code == 1
    assert told.out.startswith("1 article, tagged by anna and boris")
    assert told.err.startswith(f"{carla}:4: the article has changed since it was tagged")
    assert told.err.count("\n") == 1


def test_nothing_to_compare_ends_in_2(compare: Compare, anna: Path) -> None:
    told = compare(anna)
    assert (told.out, told.code) == ("", 2)
    assert told.err.startswith("No article here has the taggings of two annotators")


def test_a_path_that_is_not_there_ends_in_2(compare: Compare) -> None:
    told = compare("gone")
    assert told.code == 2
    assert told.err.startswith("gone cannot be compared: it is not there")


def test_a_place_that_cannot_be_written_to_ends_in_2(compare: Compare, folder: Path) -> None:
    told = compare(folder, "-o", folder / "gone" / "a.html")
    assert told.code == 2
    assert "cannot be written" in told.err
