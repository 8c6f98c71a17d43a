"""The command line starts without Qt, finds its command, and ends in a sentence."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import CliRunner

from annotator import __version__
from annotator.cli import program
from annotator.core.errors import StorageError
from annotator.start import main

WITHOUT_QT = """
import sys

class NoQt:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"PySide6", "shiboken6"}:
            raise ImportError(f"{name} is blocked", name=name)

sys.meta_path.insert(0, NoQt())
sys.argv[0] = "annotator"
from annotator.start import main
main()
"""

Opened = list[tuple[str | None, str | None]]
Run = Callable[[Path | None, str | None], int]


def put_in_place_of_the_window(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    window = ModuleType("annotator.ui.program")
    monkeypatch.setattr(window, "run", run, raising=False)
    monkeypatch.setitem(sys.modules, "annotator.ui.program", window)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Opened:
    """What the window was asked to open, as (path, annotator); it never really opens."""
    calls: Opened = []

    def run(path: Path | None, annotator: str | None) -> int:
        calls.append((str(path) if path else None, annotator))
        return 0

    put_in_place_of_the_window(run, monkeypatch)
    return calls


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def without_qt(*args: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", WITHOUT_QT, *args],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, **environment},
    )


def test_the_version_is_told_without_qt() -> None:
    told = without_qt("--version")
    assert (told.stdout, told.returncode) == (f"annotator {__version__}\n", 0)


def test_the_help_names_the_commands_without_qt() -> None:
    told = without_qt("--help")
    assert told.returncode == 0
    assert "[PATH]" in told.stdout
    assert "open" in told.stdout


def test_a_window_without_qt_ends_in_a_sentence_and_no_traceback() -> None:
    told = without_qt(QT_QPA_PLATFORM="offscreen")
    assert told.returncode == 2
    assert "PySide6" in told.stderr
    assert "Traceback" not in told.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
def test_a_window_without_a_display_ends_in_a_sentence() -> None:
    told = without_qt(QT_QPA_PLATFORM="", DISPLAY="", WAYLAND_DISPLAY="")
    assert told.returncode == 2
    assert "no display" in told.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
@pytest.mark.parametrize(("platform", "reason"), [("xcb", "display :9999"), ("no", 'plugin "no"')])
def test_a_display_that_does_not_answer_ends_in_a_sentence(platform: str, reason: str) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "annotator"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "QT_QPA_PLATFORM": platform, "DISPLAY": ":9999"},
    )
    assert told.returncode == 2
    (line,) = told.stderr.splitlines()
    assert line.startswith("No window can be opened here: ")
    assert reason in line


def test_a_sentence_that_a_person_can_mend_by_is_all_that_is_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(path: Path | None, annotator: str | None) -> int:
        raise StorageError("corea.txt: somebody took it away; ask who did.")

    put_in_place_of_the_window(fail, monkeypatch)
    monkeypatch.setattr(sys, "argv", ["annotator"])
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == 2
    assert capsys.readouterr().err == "corea.txt: somebody took it away; ask who did.\n"


def test_the_window_opens_with_nothing(opened: Opened) -> None:
    assert CliRunner().invoke(program, []).exit_code == 0
    assert opened == [(None, None)]


@pytest.mark.parametrize("name", ["corea del nord.txt", "📰.txt", "open.txt", "북한.txt"])
def test_an_argument_that_is_no_command_is_a_path(here: Path, opened: Opened, name: str) -> None:
    (here / name).write_text("Notizia.", "utf-8")
    assert CliRunner().invoke(program, [name, "--annotator", "anna"]).exit_code == 0
    assert opened == [(name, "anna")]


def test_the_name_may_stand_before_the_path(here: Path, opened: Opened) -> None:
    assert CliRunner().invoke(program, ["--annotator", "anna", str(here)]).exit_code == 0
    assert opened == [(str(here), "anna")]


def test_a_path_with_a_leading_dash_is_opened_after_two_dashes(here: Path, opened: Opened) -> None:
    (here / "-odd.txt").write_text("Notizia.", "utf-8")
    assert CliRunner().invoke(program, ["--", "-odd.txt"]).exit_code == 0
    assert opened == [("-odd.txt", None)]


def test_a_file_with_the_name_of_a_command_is_opened_by_its_path(
    here: Path, opened: Opened
) -> None:
    (here / "open").write_text("Notizia.", "utf-8")
    assert CliRunner().invoke(program, ["./open"]).exit_code == 0
    assert [Path(path or "").name for path, _ in opened] == ["open"]


def test_a_path_that_is_not_there_ends_in_a_sentence(here: Path, opened: Opened) -> None:
    result = CliRunner().invoke(program, ["gone.txt"])
    assert result.exit_code == 2
    assert "gone.txt" in result.stderr
    assert not opened


def test_export_lists_its_formats_from_the_table_without_qt() -> None:
    told = without_qt("export", "--help")
    assert told.returncode == 0
    assert {"csv", "jsonl", "png"} <= {line.split()[0] for line in told.stdout.splitlines() if line}


def test_a_format_that_there_is_not_is_told_with_those_there_are() -> None:
    result = CliRunner().invoke(program, ["export", ".", "--to", "docx97", "-o", "x"])
    assert result.exit_code == 2
    assert "csv" in result.stderr


def test_a_picture_without_qt_ends_in_a_sentence(seeds: Path, here: Path) -> None:
    told = without_qt("export", str(seeds), "--to", "png", "-o", "pictures")
    assert told.returncode == 2
    assert "PySide6" in told.stderr
    assert "Traceback" not in told.stderr


def test_a_table_is_exported_without_qt(seeds: Path, here: Path) -> None:
    told = without_qt("export", str(seeds), "--to", "csv", "-o", str(here / "all.csv"))
    assert told.returncode == 0
    assert told.stdout == f"{here / 'all.csv'}\n"
    assert "2 annotation files exported." in told.stderr
