"""The README says what is so: its commands run, its examples load, its keys are the program's."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator.core.checks.format_errors import find_format_errors
from annotator.core.text.article import read_article
from annotator.storage.disk.journal import journal_path
from annotator.storage.disk.lock import lock_path
from annotator.storage.files.annotation_file import document_bytes, parse_document
from annotator.storage.files.article_header import header_bytes, parse_header
from annotator.storage.files.source_file import parse_registry
from annotator.ui.app import App
from annotator.ui.settings import Settings
from tests.benchmarks.__main__ import BEGIN, END
from tests.checked import check_file

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")

TESTED_ELSEWHERE = {
    "./dev run": "sets up an environment; what it then starts is annotator, which runs here",
    "./dev test": "is what runs this test",
    "pipx install .": "tests/test_wheel.py installs the wheel into an empty environment",
}

CLOSES_ITSELF = """
import sys
from PySide6.QtCore import QTimer
from annotator.start import main
from annotator.ui import program

make = program.make_application

def make_and_close():
    application = make()
    QTimer.singleShot(0, application.closeAllWindows)
    return application

program.make_application = make_and_close
sys.argv[0] = "annotator"
main()
"""
"""The command line, with a window that closes as soon as its events run."""


def blocks(language: str) -> list[str]:
    """The fenced blocks in that language, also those of a list item, without their indent."""
    found = re.findall(rf"^( *)```{language}\n(.*?)^\1```$", README, re.MULTILINE | re.DOTALL)
    return [re.sub(rf"^{indent}", "", text, flags=re.MULTILINE) for indent, text in found]


def commands() -> list[str]:
    lines = "".join(blocks("console")).splitlines()
    assert all(line.startswith("$ ") for line in lines)
    return [line.removeprefix("$ ") for line in lines]


REVIEW = Path("nk-russia", "annotations", "corea-del-nord.carla.review.yaml")


@pytest.fixture
def here(tmp_path: Path, own_home: Path, seeds: Path) -> Path:
    """A place with the README's folder and its review."""
    shutil.copytree(seeds, tmp_path / "nk-russia")
    (tmp_path / REVIEW).write_bytes(blocks("yaml")[2].encode())
    return tmp_path


@pytest.fixture
def shell(tmp_path: Path, own_home: Path) -> Callable[[str], subprocess.CompletedProcess[str]]:
    """Runs a line in an empty folder as a shell does, where the annotator's name is known."""
    settings = own_home / "config" / "source-attribution-annotator" / "settings.ini"
    settings.parent.mkdir(parents=True)
    settings.write_text("[General]\nannotator=anna\n", "utf-8")
    installed, empty = tmp_path / "bin" / "annotator", tmp_path / "empty"
    for folder in (installed.parent, empty):
        folder.mkdir()
    (tmp_path / "window.py").write_text(CLOSES_ITSELF, "utf-8")
    start = shlex.join([sys.executable, str(tmp_path / "window.py")])
    installed.write_text(f'#!/bin/sh\nexec {start} "$@"\n', "utf-8")
    installed.chmod(0o755)
    path = f"{installed.parent}{os.pathsep}{os.environ['PATH']}"
    own = {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), "PATH": path}

    def run(line: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["sh", "-c", line],
            cwd=empty,
            env={**os.environ, **own},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )

    return run


def test_commands_left_to_other_tests_are_still_in_the_readme() -> None:
    assert set(TESTED_ELSEWHERE) <= set(commands())


def test_the_commands_run_one_after_the_other_in_an_empty_folder(
    shell: Callable[[str], subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    failed: dict[str, str] = {}
    for line in (one for one in commands() if one not in TESTED_ELSEWHERE):
        if line.startswith("annotator feedback"):  # the review that it needs, as it is said there
            (tmp_path / "empty" / REVIEW).write_bytes(blocks("yaml")[2].encode())
        ended = shell(line)
        if ended.returncode or "Traceback" in ended.stderr:
            failed[line] = f"{ended.returncode}: {ended.stdout}{ended.stderr}"
    assert failed == {}
    assert (tmp_path / "empty" / "tagged.png").read_bytes().startswith(b"\x89PNG")


def test_the_way_to_a_review_is_told_before_it_is_needed() -> None:
    assert f"`{REVIEW.as_posix()}`" in README.partition("$ annotator feedback")[0]


def test_the_lines_for_the_shells_are_those_that_complete() -> None:
    for shell in ("bash", "zsh", "fish"):
        assert f"_ANNOTATOR_COMPLETE={shell}_source annotator" in README


def test_the_annotation_file_is_cut_from_the_sample(seeds: Path) -> None:
    example = blocks("yaml")[0].encode()
    shown = parse_document(example, "README.md")
    sample = (seeds / "annotations" / "corea-del-nord.anna.yaml").read_bytes()
    assert set(shown.annotations) <= set(parse_document(sample, "sample").annotations)
    assert document_bytes(shown) == example


def test_the_annotation_file_has_no_problem(seeds: Path) -> None:
    article = read_article((seeds / "corea-del-nord.txt").read_bytes(), "corea-del-nord.txt")
    shown = parse_document(blocks("yaml")[0].encode(), "README.md")
    registry = parse_registry(blocks("yaml")[1].encode(), "README.md")
    assert not list(find_format_errors(shown, article, registry))


def test_the_review_is_one_of_the_sample(here: Path) -> None:
    example = blocks("yaml")[2].encode()
    review = here / REVIEW
    assert review.read_bytes() == example
    assert check_file(review) == []
    assert document_bytes(parse_document(example, "README.md")) == example


def test_the_header_is_one_of_the_sample(here: Path) -> None:
    example = blocks("yaml")[3].encode()
    beside = here / "nk-russia" / "corea-del-nord.article.yaml"
    beside.write_bytes(example)
    assert check_file(beside) == []
    assert header_bytes(parse_header(example, "README.md")) == example


def test_the_sources_are_cut_from_the_sample(seeds: Path) -> None:
    shown = parse_registry(blocks("yaml")[1].encode(), "README.md")
    sample = parse_registry((seeds / "sources.yaml").read_bytes(), "sources.yaml")
    assert set(shown.sources) <= set(sample.sources)


def keys_table(app: App) -> str:
    """The table of keys as the README is to have it."""
    lines = ["| keys | what they do |", "| --- | --- |"]
    for command in app.actions.commands:
        if command.keys:
            label = command.label.replace("&", "").rstrip("…")
            lines.append(f"| {' or '.join(f'`{key}`' for key in command.keys)} | {label} |")
    return "\n".join(lines)


def test_the_keys_are_those_of_the_program(qtbot: QtBot) -> None:
    app = App(Settings())
    qtbot.addWidget(app.window)
    table = keys_table(app)
    assert table in README, f"the README's table of keys is to be:\n{table}"


def test_there_is_a_place_for_the_table_of_speed() -> None:
    place = README.partition(BEGIN)[2].partition(END)[0]
    assert place.lstrip().startswith("| measure |")


def test_what_is_linked_or_shown_is_there() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    assert links
    assert not [link for link in links if not (ROOT / link).exists()]


def test_the_pictures_are_small_enough_to_be_loaded() -> None:
    pictures = [ROOT / link for link in re.findall(r"!\[[^]]*\]\(([^)]+)\)", README)]
    assert len(pictures) == 4
    assert all(picture.stat().st_size < 300_000 for picture in pictures)


def test_journal_and_lock_are_called_as_the_readme_says() -> None:
    (tree,) = (block for block in blocks("text") if block.startswith("nk-russia/"))
    annotations = Path("annotations/corea-del-nord.anna.yaml")
    for path in (annotations, journal_path(annotations), lock_path(annotations)):
        assert f" {path.as_posix()} " in tree


@pytest.mark.skipif(sys.platform != "linux", reason="the paths of this system are compared")
def test_the_programs_own_files_lie_where_the_readme_says(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from platformdirs import user_config_path, user_data_path, user_log_path

    from annotator.storage.log import APP

    for kind in ("CONFIG", "DATA", "STATE"):
        monkeypatch.delenv(f"XDG_{kind}_HOME")
    places = {
        user_config_path(APP, appauthor=False) / "settings.ini",
        user_log_path(APP, appauthor=False) / "annotator.log",
        user_data_path(APP, appauthor=False) / "sample",
        user_data_path(APP, appauthor=False) / "backups",
    }
    for place in places:
        assert f"`~/{place.relative_to(own_home).as_posix()}`" in README
