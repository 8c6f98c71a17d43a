from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

import pytest

from annotator import start
from annotator.cli import program
from annotator.core.errors import AnnotatorError
from annotator.ui import launch


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path | None, str | None]]:
    """What the window was opened on, instead of opening it."""
    told: list[tuple[Path | None, str | None]] = []

    def note(path: Path | None = None, annotator: str | None = None) -> int:
        told.append((path, annotator))
        return 7

    monkeypatch.setattr(launch, "open_window", note)
    return told


def run(monkeypatch: pytest.MonkeyPatch, *given: str) -> object:
    """The exit code of the command with these arguments."""
    monkeypatch.setattr(sys, "argv", ["annotator", *given])
    with pytest.raises(SystemExit) as left:
        start.main()
    return left.value.code


@pytest.mark.parametrize("name", ["corea del nord.txt", "nk-russia", "😀.txt", "2024"])
def test_a_path_alone_opens_the_window_without_the_command_line(
    name: str, opened: list[object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / name).touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "annotator.cli", None)  # importing it fails
    assert run(monkeypatch, name) == 7
    assert run(monkeypatch) == 7
    assert opened == [(Path(name), None), (None, None)]


@pytest.mark.parametrize("given", [("nk-russia", "--annotator", "boris"), ("open", "nk-russia")])
def test_what_click_reads_opens_the_same_window(
    given: tuple[str, ...], opened: list[object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "nk-russia").mkdir()
    monkeypatch.chdir(tmp_path)
    assert run(monkeypatch, *given) == 7
    assert opened == [(Path("nk-russia"), "boris" if "boris" in given else None)]


@pytest.mark.parametrize("given", [("gone.txt",), ("-v",), ("a" * 5_000 + ".txt",)])
def test_what_is_not_there_is_told_by_the_command_line(
    given: tuple[str, ...], opened: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(monkeypatch, *given) == 2
    assert opened == []


def test_a_file_with_the_name_of_a_command_does_not_hide_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in program.commands:
        (tmp_path / name).touch()
        assert not start.is_path_alone(name)
        assert start.is_path_alone(f"./{name}")


def test_what_a_person_can_mend_ends_in_its_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object) -> int:
        raise AnnotatorError("There is no display here.")

    monkeypatch.setattr(launch, "open_window", refuse)
    assert run(monkeypatch) == 2
    assert capsys.readouterr().err == "There is no display here.\n"


@pytest.mark.parametrize(
    "error", [ValueError("x"), OSError(5, "Input/output error"), MemoryError()]
)
def test_whatever_nobody_expected_is_one_sentence_and_the_rest_is_in_the_log(
    error: Exception,
    own_home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(*_: object) -> int:
        raise error

    monkeypatch.setattr(launch, "open_window", fail)
    logger = logging.getLogger("annotator")
    monkeypatch.setattr(logger, "propagate", False)
    assert run(monkeypatch) == 2
    (handler,) = logger.handlers
    handler.close()
    logger.removeHandler(handler)
    told = capsys.readouterr().err
    kind = type(error).__name__
    assert told == (
        f"Something went wrong that should not have ({kind}); the details are in the log.\n"
    )
    (log,) = (own_home / "state").rglob("annotator.log")
    assert "Traceback" in log.read_text("utf-8")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device here is always full")
@pytest.mark.parametrize("command", [("sources", "{}", "--format", "csv"), ("check", "--help")])
def test_an_output_that_cannot_be_written_ends_in_a_sentence(
    command: tuple[str, ...], seeds: Path
) -> None:
    given = [one.format(seeds) for one in command]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "annotator", *given],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.startswith("The output cannot be written (No space left on device)")
    assert done.stderr.count("\n") == 1
