"""The command line starts without Qt, finds its command, and ends in a sentence."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import click
import pytest
from click.testing import CliRunner

from annotator import __version__
from annotator.cli import program
from annotator.core.errors import StorageError
from annotator.start import main
from annotator.storage.bulk.source_counts import SourceUse

WITHOUT_QT = """
import sys

class NoQt:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"PySide6", "shiboken6"}:
            raise ImportError(f"{name} is blocked", name=name)

sys.meta_path.insert(0, NoQt())
sys.argv[0] = "annotator"
from annotator.start import main
from annotator.storage.bulk.source_counts import SourceUse
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
    assert {"csv", "pdf", "png"} <= {line.split()[0] for line in told.stdout.splitlines() if line}


def test_the_list_of_formats_draws_in_nothing_of_the_window() -> None:
    told = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "annotator", "export", "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    drawn_in = {line.rpartition("|")[2].strip() for line in told.stderr.splitlines()}
    assert "annotator.formats.painted" in drawn_in
    assert not [name for name in drawn_in if name.startswith(("annotator.ui", "PySide6"))]


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


# Help that is whole


COMMANDS = ("", *program.commands)


def help_of(command: str, width: int) -> str:
    told = CliRunner().invoke(program, [*command.split(), "--help"], terminal_width=width)
    assert told.exit_code == 0
    return told.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_no_help_is_cut_or_wider_than_the_terminal(command: str) -> None:
    lines = help_of(command, 80).splitlines()
    assert not [line for line in lines if line.endswith("...") and not line.startswith("Usage:")]
    assert not [line for line in lines if len(line) > 80]


@pytest.mark.parametrize("command", program.commands)
def test_every_option_says_what_it_is_for(command: str) -> None:
    options = (one for one in program.commands[command].params if isinstance(one, click.Option))
    assert not [one.name for one in options if not one.help]


def test_the_help_of_sources_explains_every_column() -> None:
    told = help_of("sources", 80)
    assert not [field for field in SourceUse._fields if f"\n  {field}  " not in told]


def test_the_help_shows_the_option_for_the_annotators_name() -> None:
    assert "--annotator NAME" in help_of("", 80)


# What is misspelled


def refused(*words: str) -> str:
    told = CliRunner().invoke(program, words)
    assert told.exit_code == 2
    return told.stderr.splitlines()[-1]


def misspellings() -> list[tuple[str, str]]:
    """Each command with two letters turned round, and with one left out."""
    names = [name for name in program.commands if len(name) > 3]
    turned = [(name, f"{name[:2]}{name[3]}{name[2]}{name[4:]}") for name in names]
    return [*turned, *((name, name[:-2] + name[-1]) for name in names)]


@pytest.mark.parametrize(("command", "misspelled"), misspellings())
def test_a_misspelled_command_is_told_from_a_path(
    here: Path, opened: Opened, command: str, misspelled: str
) -> None:
    assert f" Did you mean {command}" in refused(misspelled)
    assert f"mean {command}" in refused(misspelled, "nk-russia", "--format", "json")
    assert not opened


@pytest.mark.parametrize("command", ["", "open", "check", "export --to csv -o out"])
def test_a_misspelled_path_is_told_with_the_one_it_resembles(
    here: Path, opened: Opened, command: str
) -> None:
    (here / "texts" / "nk-russia").mkdir(parents=True)
    said = refused(*command.split(), "texts/nk-rusia")
    assert said.endswith("Did you mean texts/nk-russia?")
    assert not opened


def test_a_misspelled_option_and_format_are_told_with_what_was_meant(here: Path) -> None:
    assert "Did you mean --annotator?" in refused("--anotator", "anna").replace("'", "")
    assert "Did you mean --version?" in refused("--versoin").replace("'", "")
    assert "Did you mean --help?" in refused("--hlep", "texts").replace("'", "")
    assert "Did you mean --annotator?" in refused("--anotator=anna", "texts").replace("'", "")
    assert "Did you mean --problems?" in refused("check", "--problem", ".").replace("'", "")
    assert "Did you mean csv?" in refused("export", ".", "--to", "cvs", "-o", "x")


def test_what_resembles_nothing_is_only_said_not_to_be_there(here: Path) -> None:
    assert refused("zzz") == "Error: There is no file, folder or command zzz."


# The sample


def test_the_sample_is_copied_into_a_new_folder(here: Path, seeds: Path) -> None:
    told = CliRunner().invoke(program, ["sample", "nk-russia"])
    assert (told.exit_code, told.stdout) == (0, "The sample is in nk-russia.\n")
    names = sorted(path.relative_to(seeds) for path in seeds.rglob("*"))
    assert sorted(path.relative_to("nk-russia") for path in Path("nk-russia").rglob("*")) == names


def test_the_sample_is_never_copied_over_anything(here: Path) -> None:
    Path("texts").mkdir()
    with pytest.raises(StorageError, match="texts is there already"):
        CliRunner().invoke(program, ["sample", "texts"], catch_exceptions=False)
    assert not list(Path("texts").iterdir())
