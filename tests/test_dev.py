"""``./dev`` on a machine that lacks something: it asks once, and says why it cannot go on."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.cli import program
from annotator.ui.launch import QT_ON_DEBIAN

ROOT = Path(__file__).resolve().parents[1]
DEV = (ROOT / "dev").read_text("utf-8")

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is installed")


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A folder of commands that come before the machine's own: nobody is root, nothing is there."""
    commands = {"id": "echo 1000", "ldconfig": ":", "fc-list": ":", "apt-get": "exit 1"}
    for name, does in commands.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{does}\n", "utf-8")
        (tmp_path / name).chmod(0o755)
    return tmp_path


def dev(*arguments: str, commands: Path, script: Path = ROOT / "dev", **more: str) -> list[str]:
    """What ./dev says when it has to stop."""
    done = subprocess.run(
        [script, *arguments],
        env={**os.environ, "PATH": f"{commands}{os.pathsep}{os.environ['PATH']}", **more},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr.splitlines()


def test_who_is_not_root_gets_one_line_with_all_that_is_lacking(bare: Path) -> None:
    sentence, line = dev("test", "tests/core", commands=bare)
    assert sentence.endswith("run this line and start again:")
    assert line.startswith("sudo apt-get update && sudo apt-get install ")
    assert {"libegl1", "libxcb-cursor0", "fonts-dejavu-core", "fonts-nanum"} <= set(line.split())


def test_without_apt_the_packages_are_named(bare: Path) -> None:
    (bare / "apt-get").unlink()
    for name in ("bash", "dirname", "uname", "mkdir", "sort", "tr", "cat"):
        (bare / name).symlink_to(shutil.which(name) or "")
    (bare / "python3").symlink_to(sys.executable)
    (sentence,) = dev("run", commands=bare, PATH=str(bare))
    assert "libegl1" in sentence
    assert "Install what holds them" in sentence


def test_where_there_is_no_network_that_is_said(tmp_path: Path) -> None:
    checkout, commands = tmp_path / "the checkout", tmp_path / "commands"
    checkout.mkdir()
    commands.mkdir()
    for name in ("dev", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, checkout)
    (commands / "python3").symlink_to(sys._base_executable)  # type: ignore[attr-defined]
    nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:9", "PIP_RETRIES": "1", "PIP_FIND_LINKS": ""}
    said = dev(
        "run", "check", "seeds", commands=commands, script=checkout / "dev",
        PIP_CONFIG_FILE=os.devnull, **nowhere,
    )  # fmt: skip
    assert said[0] == (
        "There is no network here, or it does not reach the packages. Connect and start again;"
    )


def test_the_commands_that_need_no_window_ask_for_nothing_of_qt() -> None:
    (without,) = re.findall(r"needs_qt\(\) \{\n +case .*\n +([\w |-]+)\) return 1", DEV)
    painting = {"open", "export"}
    assert set(without.split(" | ")) - {"--help", "--version"} == set(program.commands) - painting


def test_what_the_program_asks_for_is_what_dev_installs() -> None:
    (table,) = re.findall(r"<<'END'\n(.*?)END\n", DEV, re.DOTALL)
    packages = {line.split()[1] for line in table.splitlines()}
    assert set(QT_ON_DEBIAN.removeprefix("sudo apt-get install ").split()) == packages
