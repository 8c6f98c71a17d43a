"""Nothing that files hold steers the terminal in which their names and words are shown."""

from __future__ import annotations

import json
import shutil
import warnings
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from annotator.cli import program
from annotator.formats.format import Left

ESCAPE = "\x1b]0;owned\x07"


@pytest.fixture
def folder(tmp_path: Path, seeds: Path) -> Path:
    """A copy of the seeds."""
    return Path(shutil.copytree(seeds, tmp_path / "nk"))


def run(*given: object) -> Result:
    return CliRunner().invoke(program, [str(one) for one in given])


def test_a_source_is_one_row_whatever_its_name(folder: Path) -> None:
    sources = folder / "sources.yaml"
    text = sources.read_text("utf-8")
    name = r'name: "K\e]0;owned\a\n 9 9 fake"'
    sources.write_text(text.replace("name: Korean Central News Agency", name), "utf-8")
    done = run("sources", folder)
    assert done.exit_code == 0, done.output
    assert "K\\x1b]0;owned\\x07\\n 9 9 fake" in done.output
    assert "\x1b" not in done.output


def test_what_an_import_leaves_is_one_line(folder: Path, tmp_path: Path) -> None:
    entity = {"id": 1, "label": f"{ESCAPE}x\nsecond line", "start_offset": 0, "end_offset": 2}
    task = {"id": 1, "text": "La Corea.", "entities": [entity], "relations": []}
    file = tmp_path / "d.jsonl"
    file.write_text(json.dumps(task) + "\n", "utf-8")
    done = run("import", "--from", "doccano", "--annotator", "zoe", file, "-o", folder)
    assert "\x1b" not in done.output
    assert "\nsecond line" not in done.output


def test_what_is_left_names_its_file_on_one_line() -> None:
    assert str(Left(f"a{ESCAPE}\nb", 1, "label", "unknown")).isprintable()


def test_a_type_system_with_a_feature_twice_warns_nobody(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "cas"
    tagging = folder / "annotations" / "corea-del-nord.anna.yaml"
    assert run("export", tagging, "--to", "cas-xmi", "-o", out).exit_code == 0
    types = next(out.rglob("TypeSystem.xml"))
    text = types.read_text("utf-8")
    start, end = text.index("<featureDescription>"), text.index("</featureDescription>")
    feature = text[start : end + len("</featureDescription>")]
    types.write_text(text.replace(feature, feature * 2, 1), "utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        done = run("import", "--from", "cas-xmi", "--annotator", "zoe", out, "-o", folder)
    assert done.exit_code in (0, 1), done.output
