"""No command with an output writes over what is the user's, however its path is spelled."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from annotator.cli import program
from annotator.storage.files.annotation_file import document_bytes
from tests.review.scripted import scripted_review

ANNA = "annotations/corea-del-nord.anna.yaml"
REVIEW = "annotations/corea-del-nord.carla.review.yaml"

OWN = (
    "corea-del-nord.txt",
    "untagged.md",
    "linked.txt",
    "added.txt",
    "added.article.yaml",
    "sources.yaml",
    ANNA,
    "annotations/corea-del-nord.boris.yaml",
    REVIEW,
    "annotations/corea-del-nord.anna.kept-1.jsonl",
    "annotations/.corea-del-nord.anna.journal",
    "annotations/.corea-del-nord.anna.lock",
    "elsewhere/anna.of-last-week",
    "elsewhere/article-of-the-link.text",
)
"""What an editor has in a folder of articles, and has put aside from it."""

FILE_COMMANDS = {
    "compare": ("compare", "."),
    "compare two files": ("compare", ANNA, "annotations/corea-del-nord.boris.yaml"),
    "one file for all": ("export", ".", "--to", "csv"),
    "one file of one": ("export", ANNA, "--to", "jsonl"),
    "a file for each": ("export", ANNA, "--to", "html"),
    "another file for each": ("export", ANNA, "--to", "tei"),
}
"""Commands that write one file, which stands behind -o."""

SPELLINGS: dict[str, Callable[[Path], Path]] = {
    "as it is": lambda path: path,
    "absolute": lambda path: path.absolute(),
    "with a detour": lambda path: Path("annotations", "..", path),
    "through a link": lambda path: linked(path, "out.csv"),
    "through a link to a link": lambda path: linked(linked(path, "one"), "two.html"),
    "through a linked folder": lambda path: linked(path.parent, "folder") / path.name,
}


def linked(path: Path, name: str) -> Path:
    """A link to ``path``, elsewhere."""
    link = Path("..", name)
    link.symlink_to(path.absolute())
    return link


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of articles with everything that an editor may have there."""
    seeds = Path(__file__).resolve().parents[1] / "seeds"
    here = Path(shutil.copytree(seeds, tmp_path_factory.mktemp("made") / "nk-russia"))
    review = document_bytes(scripted_review().document())
    (here / REVIEW).write_bytes(review.replace(b"file: ../a.txt", b"file: ../corea-del-nord.txt"))
    (here / "untagged.md").write_text("Yonhap scrive.\n", "utf-8")
    elsewhere = here / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "article-of-the-link.text").write_text("TASS scrive.\n", "utf-8")
    (here / "linked.txt").symlink_to("elsewhere/article-of-the-link.text")
    (elsewhere / "added.txt").write_text("La KCNA scrive.\n", "utf-8")
    assert run("add", elsewhere / "added.txt", "-o", here).exit_code == 0
    shutil.copy(here / ANNA, elsewhere / "anna.of-last-week")
    for name in OWN[-5:-2]:
        (here / name).write_text("{}\n", "utf-8")
    return here


@pytest.fixture
def folder(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that folder; it is where we are."""
    here = Path(shutil.copytree(made, tmp_path / "nk-russia", symlinks=True))
    monkeypatch.chdir(here)
    return here


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(program, list(map(str, args)), catch_exceptions=True)


def refused(result: Result) -> str:
    """What a command said that refused to write; `start` ends it with 2."""
    assert result.exit_code != 0
    assert not isinstance(result.exception, SystemExit)
    return str(result.exception)


def everything(top: Path) -> dict[str, bytes | str]:
    """All that lies below a folder, hidden or not."""
    found = sorted(top.rglob("*"))
    return {
        path.relative_to(top).as_posix(): "folder" if path.is_dir() else path.read_bytes()
        for path in found
    }


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("own", OWN)
def test_no_command_writes_over_what_is_the_users_own(
    folder: Path, own: str, spelling: str
) -> None:
    out = SPELLINGS[spelling](Path(own))
    before = everything(folder.parent)
    for command in FILE_COMMANDS.values():
        for force in ((), ("--force",)):
            assert str(out) in refused(run(*command, "-o", out, *force)), command
    assert everything(folder.parent) == before


@pytest.mark.parametrize("command", FILE_COMMANDS.values(), ids=FILE_COMMANDS)
def test_another_file_is_replaced_only_where_that_is_asked_for(
    folder: Path, command: tuple[str, ...]
) -> None:
    out = Path("../report.html")
    out.write_text("mine", "utf-8")
    out.chmod(0o640)
    assert "--force" in refused(run(*command, "-o", out))
    assert out.read_text("utf-8") == "mine"
    assert run(*command, "-o", out, "--force").exit_code == 0
    written = out.read_bytes()
    assert written not in (b"mine", b"")
    assert out.stat().st_mode & 0o777 == 0o640
    # What would be the same is there, too.
    assert "--force" in refused(run(*command, "-o", out))
    assert out.read_bytes() == written


@pytest.mark.parametrize("command", FILE_COMMANDS.values(), ids=FILE_COMMANDS)
def test_a_link_that_is_replaced_goes_on_leading_where_it_did(
    folder: Path, command: tuple[str, ...]
) -> None:
    Path("../reports").mkdir()
    real = Path("../reports/real.html")
    real.write_text("mine", "utf-8")
    link = linked(real, "link.html")
    assert run(*command, "-o", link, "--force").exit_code == 0
    assert link.is_symlink()
    assert real.read_bytes() != b"mine"
    assert [path.name for path in real.parent.iterdir()] == ["real.html"]


@pytest.mark.parametrize(
    "name",
    ["new.txt", "new.md", "NEW.TXT", "SOURCES.yaml", "x.article.yaml", "annotations/new.dora.yaml"],
)
@pytest.mark.parametrize("command", FILE_COMMANDS.values(), ids=FILE_COMMANDS)
def test_what_would_be_taken_for_a_file_of_the_folder_is_refused(
    folder: Path, name: str, command: tuple[str, ...]
) -> None:
    before = everything(folder)
    sentence = refused(run(*command, "-o", name, "--force"))
    assert "would be taken for" in sentence or "is never replaced" in sentence
    assert everything(folder) == before


def test_a_folder_that_is_read_holds_articles_before_anything_else_is_there(
    folder: Path, tmp_path: Path
) -> None:
    plain = tmp_path / "plain"
    (plain / "tagged").mkdir(parents=True)
    shutil.copy("corea-del-nord.txt", plain)
    for who in ("anna", "boris"):
        shutil.copy(f"annotations/corea-del-nord.{who}.yaml", plain / "tagged")
    before = everything(plain)
    for command in (("compare",), ("export", "--to", "csv")):
        for name in ("corea-del-nord.txt", "new.txt"):
            refused(run(*command, *plain.glob("tagged/*"), "-o", plain / name, "--force"))
    assert everything(plain) == before


def test_a_text_beside_no_article_may_be_written_and_replaced(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "agreement.txt"
    assert run("compare", ".", "-o", out).exit_code == 0
    refused(run("compare", ".", "-o", out))
    assert run("compare", ".", "-o", out, "--force").exit_code == 0


@pytest.mark.parametrize("name", ["mine.txt", "mine.md", "MINE.TXT"])
def test_somebodys_first_articles_are_never_replaced(
    folder: Path, tmp_path: Path, name: str
) -> None:
    own = tmp_path / "new folder" / name
    own.parent.mkdir()
    own.write_text("La KCNA scrive.\n", "utf-8")
    assert "may be an article" in refused(run("compare", ".", "-o", own, "--force"))
    assert own.read_text("utf-8") == "La KCNA scrive.\n"


FOLDER_COMMANDS = {
    "feedback": (("feedback", "."), "feedback-anna.html"),
    "brat": (("export", ".", "--to", "brat"), "corea-del-nord.anna.ann"),
    "brat's own": (("export", ".", "--to", "brat"), "annotation.conf"),
    "web annotations": (("export", ".", "--to", "jsonld"), "corea-del-nord.anna.jsonld"),
    "one into a folder": (("export", ANNA, "--to", "html"), "corea-del-nord.anna.html"),
    "Word": (("export", ".", "--to", "docx"), "corea-del-nord.boris.docx"),
}
"""Commands that write into the folder behind -o, and the name of one of the files."""


@pytest.mark.parametrize(("command", "name"), FOLDER_COMMANDS.values(), ids=FOLDER_COMMANDS)
def test_a_folder_gets_all_files_or_none(folder: Path, command: tuple[str, ...], name: str) -> None:
    out = Path("../out")
    out.mkdir()
    (out / name).write_text("mine", "utf-8")
    (out / "letter.doc").write_text("mine too", "utf-8")
    before = everything(out)
    assert "--force" in refused(run(*command, "-o", out))
    assert everything(out) == before
    assert run(*command, "-o", out, "--force").exit_code == 0
    after = everything(out)
    assert after.pop("letter.doc") == b"mine too"
    assert after.pop(name) != b"mine"
    assert not [one for one in after if Path(one).name.startswith(".")]


@pytest.mark.parametrize(("command", "name"), FOLDER_COMMANDS.values(), ids=FOLDER_COMMANDS)
@pytest.mark.parametrize("kind", ["article", "tagging", "header"])
def test_a_file_of_a_folder_never_takes_the_place_of_the_users_own(
    folder: Path, command: tuple[str, ...], name: str, kind: str
) -> None:
    out = Path("../out")
    out.mkdir()
    own = {"article": "corea-del-nord.txt", "tagging": ANNA, "header": "added.article.yaml"}[kind]
    for link in (os.link, os.symlink):
        link(Path(own).absolute(), out / name)
        before = everything(folder.parent)
        refused(run(*command, "-o", out, "--force"))
        assert everything(folder.parent) == before
        (out / name).unlink()


def test_texts_of_brat_do_not_become_articles_of_the_folder(folder: Path) -> None:
    before = everything(folder)
    assert "would be taken for an article" in refused(run("export", ".", "--to", "brat", "-o", "."))
    assert everything(folder) == before


def test_new_folders_of_a_refused_export_are_not_there_afterwards(folder: Path) -> None:
    Path(ANNA).write_text("format: source-attribution/1\nwrong: 1\n", "utf-8")
    before = everything(folder.parent)
    for form in ("csv", "brat", "html"):
        assert "anna" in refused(run("export", ANNA, "--to", form, "-o", "../a/b/c"))
    Path("annotations/corea-del-nord.boris.yaml").write_text("format: nothing\n", "utf-8")
    before = everything(folder.parent)
    for form in ("csv", "brat", "html", "jsonl", "bio"):
        assert "anna" in refused(run("export", ".", "--to", form, "-o", "../a/b/c", "--force"))
    assert everything(folder.parent) == before


@pytest.mark.parametrize("command", FILE_COMMANDS.values(), ids=FILE_COMMANDS)
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_no_place_for_an_output(folder: Path, command: tuple[str, ...]) -> None:
    os.mkfifo("../out")
    assert "not an ordinary file" in refused(run(*command, "-o", "../out", "--force"))


def test_a_folder_is_no_place_for_a_comparison(folder: Path) -> None:
    assert "is a folder" in refused(run("compare", ".", "-o", "annotations", "--force"))


def test_what_comes_in_takes_no_place_of_what_is_there(folder: Path, tmp_path: Path) -> None:
    assert run("export", ANNA, "--to", "brat", "-o", "../brat").exit_code == 0
    Path("elsewhere/untagged.md").write_text("Un altro testo.\n", "utf-8")
    before = everything(folder)
    came = run("import", "../brat", "--from", "brat", "--annotator", "boris", "-o", ".")
    assert came.exit_code == 1
    assert "left as it is" in came.output
    assert run("add", "elsewhere/untagged.md", "-o", ".").exit_code == 0
    after = everything(folder)
    assert {name: after[name] for name in before} == before
    assert "untagged-2.md" in after


def test_a_folder_with_an_added_article_is_compared_without_complaint(folder: Path) -> None:
    Path("in.html").write_text("<p>La KCNA scrive che tutto va bene a Mosca.</p>" * 9, "utf-8")
    assert run("add", "in.html", "-o", ".").exit_code == 0
    for where in (".", "annotations/.."):
        done = run("compare", where)
        assert (done.exit_code, done.stderr) == (0, "")


def test_the_tagging_of_somebody_called_article_is_compared(folder: Path) -> None:
    text = Path(ANNA).read_text("utf-8").replace("annotator: anna", "annotator: article")
    Path("annotations/corea-del-nord.article.yaml").write_text(text, "utf-8")
    assert "anna, article and boris" in run("compare", ".").stdout
