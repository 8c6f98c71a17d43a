"""What is installed away from the checkout is whole: it runs, checks and opens a window."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from annotator import __version__

ROOT = Path(__file__).resolve().parents[1]

OPEN_A_WINDOW = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QTextEdit
from annotator.ui import program

application = program.make_application()

def close_once_the_article_is_shown():
    for window in application.topLevelWidgets():
        if any("Yonhap" in text.toPlainText() for text in window.findChildren(QTextEdit)):
            print("shown by", program.__file__)
            window.close()
            application.quit()

timer = QTimer(interval=20)
timer.timeout.connect(close_once_the_article_is_shown)
timer.start()
sys.exit(program.run(Path(sys.argv[1]), "anna"))
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the commands in an empty environment that holds the wheel and its needs."""
    wheels = tmp_path_factory.mktemp("wheels")
    pip = ["-m", "pip", "--disable-pip-version-check", "-q"]
    run(sys.executable, *pip, "wheel", "--no-build-isolation", "--no-deps", "-w", wheels, ROOT)
    (wheel,) = wheels.glob("*.whl")
    environment = tmp_path_factory.mktemp("away") / "environment"
    run(sys.executable, "-m", "venv", environment)
    commands = environment / ("Scripts" if sys.platform == "win32" else "bin")
    run(commands / "python", *pip, "install", "-c", ROOT / "constraints.txt", wheel)
    return commands


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the seeds, in a folder whose name is not a plain one."""
    return shutil.copytree(ROOT / "seeds", tmp_path / "die Nachrichten 📰")


def run(*command: str | Path) -> str:
    """What the command says; it runs away from the checkout, and must end well."""
    done = subprocess.run(
        list(map(str, command)),
        cwd=Path(sys.base_prefix),
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    assert "Traceback" not in done.stderr
    return done.stdout


def test_the_installed_program_tells_its_version(installed: Path) -> None:
    assert run(installed / "annotator", "--version") == f"annotator {__version__}\n"


def test_the_installed_program_carries_its_data(installed: Path) -> None:
    code = """
from annotator.storage.shipped.resources import resource_path, schema_path, seeds_path
for path in (resource_path("rules/it.yaml"), schema_path("annotation.schema.json"), seeds_path()):
    print(path)
"""
    paths = run(installed / "python", "-c", code).splitlines()
    assert len(paths) == 3
    assert all(path.startswith(str(installed.parent)) for path in paths)


def test_the_installed_program_checks_a_folder(installed: Path, folder: Path) -> None:
    run(installed / "annotator", "check", folder)


def test_the_installed_program_opens_a_window(installed: Path, folder: Path) -> None:
    shown = run(installed / "python", "-c", OPEN_A_WINDOW, folder / "corea-del-nord.txt")
    assert shown.startswith(f"shown by {installed.parent}")
