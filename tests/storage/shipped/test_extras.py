"""What an error says of an extra that is not installed can be pasted into a terminal."""

from __future__ import annotations

import shlex
import sys

import pytest
from packaging.requirements import Requirement

from annotator.storage.shipped.extras import install_line
from tests.test_pins import extras


@pytest.mark.parametrize("extra", sorted(extras()))
def test_the_line_installs_what_pyproject_names_where_the_program_runs(extra: str) -> None:
    python, *pip, install = shlex.split(install_line(extra))[:4]
    assert (python, pip, install) == (sys.executable, ["-m", "pip"], "install")
    named = set(map(Requirement, shlex.split(install_line(extra))[4:]))
    assert named == set(map(Requirement, extras()[extra]))


def test_a_python_with_a_blank_in_its_path_is_one_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/Volumes/News Desk/bin/python")
    assert shlex.split(install_line("web"))[0] == "/Volumes/News Desk/bin/python"
