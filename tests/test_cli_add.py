"""``annotator add`` on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from annotator.cli import program
from tests.storage.articles_in.files import PAGE, PLAIN


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_bytes(PLAIN.encode("windows-1252"))
    Path("b.html").write_text(PAGE, "utf-8")
    Path("c.pdf").write_bytes(b"%PDF-1.7")
    return tmp_path


def add(*args: str) -> Result:
    return CliRunner().invoke(program, ["add", *args, "-o", "news"])


def test_all_were_added(here: Path) -> None:
    done = add("a.txt", "b.html", "--encoding", "windows-1252")
    assert done.exit_code == 0
    assert done.stdout.splitlines()[0] == (
        f"a.txt: added as a.txt (windows-1252, it, {len(PLAIN)} characters)"
    )
    assert (here / "news" / "a.txt").read_text("utf-8") == PLAIN


def test_again_is_no_mistake(here: Path) -> None:
    add("a.txt", "--encoding", "windows-1252")
    done = add("a.txt", "--encoding", "windows-1252")
    assert (done.exit_code, "is there already as a.txt" in done.stdout) == (0, True)


def test_some_were_refused(here: Path) -> None:
    done = add("c.pdf", "b.html")
    assert done.exit_code == 1
    assert done.stderr.startswith("c.pdf: this is no PDF, or a damaged one")
    assert done.stdout.startswith("b.html: added as b.txt (utf-8, it, ")


def test_all_were_refused(here: Path) -> None:
    done = add("c.pdf", "none.txt", ".")
    assert (done.exit_code, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 3
    assert not (here / "news").exists()
