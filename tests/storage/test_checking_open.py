"""`annotator check --problems`: what is still open in sound files."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from annotator.cli import program
from annotator.storage.check.check import check_files, files_in
from tests.checked import check_file

ANNA = Path("annotations/corea-del-nord.anna.yaml")
BORIS = Path("annotations/corea-del-nord.boris.yaml")

OPEN_IN_BORIS = [
    f'{BORIS}:9: "livello di alleanza" (1843-1864): these quotation marks stand outside any quote',
    f'{BORIS}:9: "minacce occidentali" (1112-1133): these quotation marks stand outside any quote',
    f"{BORIS}:21: a-f0w5xd: this attribution leads to no claim or quote",
    f"{BORIS}:33: q-4pt7he: a quotation mark of this quote is left out",
    f"{BORIS}:37: q-9sb3ma: it is not decided who says this quote",
]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, seeds: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the seeds, which is where we are."""
    copy = tmp_path / "nk-russia"
    shutil.copytree(seeds, copy)
    monkeypatch.chdir(copy)
    return copy


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def lines(path: Path) -> list[str]:
    return [str(finding) for finding in check_file(path, with_problems=True)]


def test_what_is_open_is_told_at_the_line_of_its_tag_or_of_all_tags() -> None:
    assert lines(ANNA) == []
    assert lines(BORIS) == OPEN_IN_BORIS


def test_without_being_asked_nobody_is_told() -> None:
    assert check_file(BORIS) == []


def test_what_was_answered_is_left_out() -> None:
    answer = '- {problem: unquoted-marks, exact: "\\"livello di alleanza\\"", reason: "a title"}'
    change(BORIS, "annotations:\n", f"answers:\n{answer}\nannotations:\n")
    assert len(lines(BORIS)) == 4
    change(BORIS, "livello di alleanza\\", "other words\\")
    assert len(lines(BORIS)) == 5


def test_the_lines_are_those_of_a_file_written_in_another_order() -> None:
    text = BORIS.read_text("utf-8")
    start, end = text.index("- id: q-9sb3ma"), text.index("- id: a-7xd0kg")
    BORIS.write_text(text[:start] + text[end:] + text[start:end], "utf-8")
    last = BORIS.read_text("utf-8")[:start].count("\n")
    assert lines(BORIS)[-1].startswith(f"{BORIS}:{last + len(text[end:].splitlines()) + 1}: q-9sb")


def test_an_unknown_source_is_told_once() -> None:
    change(ANNA, "source: kcna", "source: kcnaa")
    assert lines(ANNA) == [
        f"{ANNA}:37: a-v5n0ke: the source kcnaa is not in the registry (sources.yaml), "
        f"expected kcna"
    ]


def test_on_another_text_only_that_is_told() -> None:
    article = Path("corea-del-nord.txt")
    article.write_text(article.read_text("utf-8") + "PS\n", "utf-8")
    assert [finding.code for finding in check_file(BORIS, with_problems=True)] == [
        "article-changed"
    ]


def test_the_command_tells_of_them_and_ends_with_1() -> None:
    told = CliRunner().invoke(program, ["check", "--problems", "."])
    assert told.stdout.splitlines() == OPEN_IN_BORIS
    assert told.stderr == "3 files, no format errors, 5 problems in 1 file\n"
    assert told.exit_code == 1
    assert CliRunner().invoke(program, ["check", "."]).exit_code == 0
    assert CliRunner().invoke(program, ["check", "--problems", str(ANNA)]).exit_code == 0


def test_programs_get_the_codes() -> None:
    told = CliRunner().invoke(program, ["check", "--problems", "--format", "json", str(BORIS)])
    found = json.loads(told.stdout)
    assert found["format_errors"] == []
    assert [one["code"] for one in found["problems"]] == [
        "unquoted-marks",
        "unquoted-marks",
        "empty-attribution",
        "quote-stops-short",
        "undecided",
    ]


def test_several_processes_are_asked_for_it_too(folder: Path) -> None:
    for number in range(40):
        shutil.copy(BORIS, folder / f"annotations/corea-del-nord.b{number}.yaml")
    report = check_files(files_in([folder]), list[int]().append, with_problems=True)
    assert len(report.found) == 41 * 5
