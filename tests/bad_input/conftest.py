from __future__ import annotations

import sys
from pathlib import Path

import pytest

from annotator.start import main
from tests.bad_input.sound import TEXT, YAML, Check, Told, tagging


@pytest.fixture
def check(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Check:
    """The command ``annotator check`` with these arguments."""

    def run(*args: str) -> Told:
        monkeypatch.setattr(sys, "argv", ["annotator", "check", *args])
        with pytest.raises(SystemExit) as end:
            main()
        return Told(*capsys.readouterr(), end.value.code)

    return run


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A sound folder with one article and its tagging, which is where we are."""
    (tmp_path / "annotations").mkdir()
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / YAML).write_bytes(tagging().encode())
    monkeypatch.chdir(tmp_path)
    return tmp_path
