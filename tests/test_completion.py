"""The shells complete commands, options, formats and paths, and no window opens meanwhile."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.cli import program
from tests.test_cli import WITHOUT_QT

SHELLS = ("bash", "zsh", "fish")

IN_BASH = """
compopt() { :; }  # works only while a person presses Tab
eval "$1"
COMP_WORDS=(annotator "${@:2}") COMP_CWORD=$(($# - 1))
_annotator_completion annotator "${@: -1}" ""
printf '%s\\n' "${COMPREPLY[@]}"
"""


def asked(instruction: str, **environment: str) -> str:
    """What the command says to a shell that asks; it runs without Qt, as in a window it cannot."""
    told = subprocess.run(
        [sys.executable, "-c", WITHOUT_QT],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "_ANNOTATOR_COMPLETE": instruction, **environment},
    )
    assert (told.stderr, told.returncode) == ("", 0)
    return told.stdout


def offered(*words: str) -> list[tuple[str, str]]:
    """What is offered for the last one of the words: kind and value."""
    given = {"COMP_WORDS": " ".join(("annotator", *words)), "COMP_CWORD": str(len(words))}
    lines = asked("bash_complete", **given).splitlines()
    return [(kind, value) for kind, _, value in (line.partition(",") for line in lines)]


@pytest.mark.parametrize("shell", SHELLS)
def test_each_shell_gets_its_script(shell: str) -> None:
    script = asked(f"{shell}_source")
    assert "_annotator_completion" in script
    if shutil.which(shell):
        subprocess.run([shell, "-n"], input=script, text=True, check=True)


@pytest.mark.parametrize("shell", SHELLS)
def test_each_shell_is_offered_the_commands(shell: str) -> None:
    words = {"COMP_WORDS": "annotator ", "COMP_CWORD": "" if shell == "fish" else "1"}
    told = asked(f"{shell}_complete", **words)
    assert [name for name in program.commands if name not in told] == []


def test_the_first_word_may_be_a_command_or_a_path() -> None:
    assert offered("co") == [("file", "co"), ("plain", "compare")]


def test_the_first_word_may_be_an_option_of_the_program_or_of_the_window() -> None:
    assert offered("--") == [
        ("plain", "--annotator"),
        ("plain", "--help"),
        ("plain", "--version"),
    ]


@pytest.mark.parametrize(
    ("words", "offer"),
    [
        (("nk-russia", "--an"), [("plain", "--annotator")]),
        (("check", "nk"), [("file", "nk")]),
        (("check", "--pro"), [("plain", "--problems")]),
        (("export", "nk-russia", "--to", "json"), [("plain", "jsonl"), ("plain", "jsonld")]),
        (("import", "nk-russia", "--from", "doc"), [("plain", "doccano")]),
        (("compare", "nk-russia", "--format", "h"), [("plain", "html")]),
        (("add", "saved/co"), [("file", "saved/co")]),
        (("add", "saved/corea.html", "-o", "nk"), [("dir", "nk")]),
    ],
)
def test_what_is_offered_fits_the_place(
    words: tuple[str, ...], offer: list[tuple[str, str]]
) -> None:
    assert offered(*words) == offer


@pytest.mark.skipif(not shutil.which("bash"), reason="there is no bash here")
def test_bash_completes_with_the_script(tmp_path: Path) -> None:
    annotator = tmp_path / "annotator"
    annotator.write_text(f"#!/bin/sh\nexec '{sys.executable}' -m annotator \"$@\"\n", "utf-8")
    annotator.chmod(0o755)
    told = subprocess.run(
        ["bash", "-c", IN_BASH, "bash", asked("bash_source"), "exp"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"},
    )
    assert told.stdout == "export\n"
