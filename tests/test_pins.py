"""What is installed is what was tried, and nothing names where it came from."""

from __future__ import annotations

import os
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import requires, version
from pathlib import Path
from typing import Any

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

ROOT = Path(__file__).resolve().parents[1]
PYTHONS = ("3.11", "3.12", "3.13")


def asked_for(whom: str = "all") -> list[Requirement]:
    """The requirements of pyproject.toml: of the ``program`` alone, its ``extras``, or all."""
    project = project_file()
    dev = project["project"]["optional-dependencies"]["dev"]
    dev = [line for line in dev if not line.startswith(project["project"]["name"])]
    of_extras = [line for lines in extras().values() for line in lines]
    building = project["build-system"]["requires"]
    program = project["project"]["dependencies"]
    lines = {
        "program": program,
        "extras": of_extras,
        "all": [*program, *of_extras, *dev, *building],
    }
    return [Requirement(line) for line in lines[whom]]


def extras() -> dict[str, list[str]]:
    """The requirements of each extra that users may choose."""
    optional: dict[str, list[str]] = project_file()["project"]["optional-dependencies"]
    return {extra: lines for extra, lines in optional.items() if extra != "dev"}


def project_file() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def pins(python: str) -> dict[str, str]:
    """The versions in constraints.txt by name, as they hold for this Python on this system."""
    environment = {"python_version": python, "python_full_version": f"{python}.0"}
    found: dict[str, str] = {}
    for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        pin = Requirement(line)
        if pin.marker is None or pin.marker.evaluate(environment):
            assert canonicalize_name(pin.name) not in found, f"{pin.name} is pinned twice"
            found[canonicalize_name(pin.name)] = exact_version(pin)
    return found


def exact_version(pin: Requirement) -> str:
    (only,) = pin.specifier
    assert re.fullmatch(r"==[^*]+", str(only)), f"{pin} is not exact"
    return only.version


@pytest.mark.parametrize("python", PYTHONS)
def test_every_requirement_has_one_exact_pin_that_satisfies_it(python: str) -> None:
    pinned = pins(python)
    for requirement in asked_for():
        if requirement.marker is None or requirement.marker.evaluate({"python_version": python}):
            assert requirement.specifier.contains(pinned[canonicalize_name(requirement.name)])


def test_what_the_requirements_need_is_pinned_too_and_installed_so() -> None:
    pinned = pins(default_environment()["python_version"])
    for name in needed(asked_for()):
        assert pinned[name] == version(name), f"{name} is not the pinned one; run ./dev test"


def needed(requirements: list[Requirement]) -> set[str]:
    """The names of these requirements and of all that they need in turn, on this system."""
    found, waiting = set[str](), list(requirements)
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        if name not in found and holds_here(requirement):
            found.add(name)
            waiting += map(Requirement, requires(name) or ())
    return found


def holds_here(requirement: Requirement) -> bool:
    return requirement.marker is None or requirement.marker.evaluate({"extra": ""})


def test_python_3_11_never_gets_the_qt_that_kills_it() -> None:
    (for_311,) = (
        requirement
        for requirement in asked_for("program")
        if requirement.name == "PySide6-Essentials"
        and requirement.marker
        and requirement.marker.evaluate({"python_version": "3.11"})
    )
    assert not for_311.specifier.contains("6.12.0")
    assert tuple(map(int, pins("3.11")["pyside6-essentials"].split("."))) < (6, 12)
    assert pins("3.11")["shiboken6"] == pins("3.11")["pyside6-essentials"]


def test_calls_that_return_nothing_leave_none_alone(qtbot: QtBot) -> None:
    widget, thing = QWidget(), QObject()
    qtbot.addWidget(widget)
    before = sys.getrefcount(None)
    for _ in range(3000):
        widget.update()
        thing.setObjectName("a thing")
    assert sys.getrefcount(None) > before - 100


HOSTS = [
    "pypi" + ".org",
    "pythonhosted" + ".org",
    "anaconda" + ".org",
    "conda" + ".io",
    "npmjs" + ".org",
    "jfrog" + ".io",
    "artifact" + "ory",
    "devpi" + ".",
    "debian" + ".org",
    "ubuntu" + ".com",
    "index" + "-url",
    "find" + "-links",
]
MACHINE_PATH = re.compile(r"(?<![\w.~:/-])/(?:work|root|opt|home/\w+|Users/\w+)(?:/|\b)")
NOT_OURS = {".git", ".venv", "__pycache__", "build", "dist", "node_modules"}


def texts() -> Iterator[tuple[Path, str]]:
    """Every text file of the checkout, less what tools leave behind."""
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [
            name
            for name in folders
            if name not in NOT_OURS and not name.endswith(("_cache", ".egg-info", "hypothesis"))
        ]
        ours = (Path(folder, name) for name in names if name not in NOT_OURS)
        for path in filter(Path.is_file, ours):
            data = path.read_bytes()
            if b"\0" not in data:
                yield path, data.decode("utf-8", "replace")


def test_no_file_names_a_package_host_or_a_path_of_one_machine() -> None:
    for path, text in texts():
        assert not [host for host in HOSTS if host in text.lower()], path
        assert not MACHINE_PATH.search(text), f"{path}: {MACHINE_PATH.search(text)}"


@pytest.mark.parametrize("path", ["/ro" + "ot/x", "see /ho" + "me/anna/a.txt", "'/wo" + "rk/main'"])
def test_a_path_of_one_machine_would_be_seen(path: str) -> None:
    assert MACHINE_PATH.search(path)
