"""A folder whose files' names are in no encoding: found, worked on and written out."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bad_input.sound import TEXT, tagging

BAD = os.fsdecode(b"\xff\xfe notizia")


@pytest.fixture
def odd(folder: Path) -> Path:
    """The folder, with a second article of such a name that anna and boris have tagged."""
    (folder / f"{BAD}.txt").write_text(TEXT, "utf-8")
    # The name cannot stand in the file; the same text under a name that can is beside it.
    for who in ("anna", "boris"):
        text = tagging().replace("annotator: anna", f"annotator: {who}")
        (folder / "annotations" / f"{BAD}.{who}.yaml").write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (["check", "."], 0),
        (["check", "--format", "json", "."], 0),
        (["check", f"annotations/{BAD}.anna.yaml"], 0),
        (["check", f"annotations/{BAD}.gone.yaml"], 2),
        (["compare", f"annotations/{BAD}.anna.yaml", f"annotations/{BAD}.boris.yaml"], 0),
        (["compare", f"{BAD}.txt"], 0),
        (["compare", f"{BAD}.txt", "-o", "compared.html"], 0),
        (["compare", f"{BAD}.txt", "-o", "compared.json"], 0),
        (["compare", f"{BAD}.txt", "-o", f"{BAD}.csv"], 0),
        (["sources", "."], 0),
        (["export", ".", "--to", "html", "-o", "pages"], 0),
        (["export", f"annotations/{BAD}.anna.yaml", "--to", "brat", "-o", BAD], 0),
        (["add", f"{BAD}.txt", "-o", "new"], 0),
        (["add", f"{BAD}.txt", "-o", f"new-{BAD}"], 0),
    ],
)
def test_every_command_takes_such_names_and_shows_them(
    odd: Path, root: Path, given: list[str], code: int
) -> None:
    environment = {**os.environ, "PYTHONPATH": str(root), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "annotator", *given]
    done = subprocess.run(command, cwd=odd, env=environment, capture_output=True, check=False)
    said = (done.stdout + done.stderr).decode("utf-8")
    assert "Traceback" not in said
    assert "should not have" not in said
    assert done.returncode == code, said
