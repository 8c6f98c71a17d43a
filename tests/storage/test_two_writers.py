"""Two computers save the same file at the same moment, and know nothing of each other's lock."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from shutil import copytree

import pytest

from annotator.storage.files.annotation_file import parse_document
from annotator.storage.files.source_file import parse_registry

ROOT = Path(__file__).parents[2]
ROUNDS = 100

Outcome = tuple[int, str | None]


@pytest.fixture
def nk_russia(tmp_path: Path, seeds: Path) -> Path:
    return Path(copytree(seeds, tmp_path / "nk-russia"))


@contextmanager
def writer(folder: Path, name: str, mode: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.storage.racing_child", str(folder), name, mode]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as child:
        try:
            yield child
        finally:
            assert child.stdin
            child.stdin.close()


def answers(children: Sequence[subprocess.Popen[str]], line: str) -> list[str]:
    """What both say to a line that is given to both before either is heard."""
    for child in children:
        assert child.stdin
        child.stdin.write(f"{line}\n")
        child.stdin.flush()
    return [child.stdout.readline().strip() for child in children if child.stdout]


def rounds(folder: Path, mode: str) -> Iterator[tuple[int, list[Outcome]]]:
    """Let two processes save at once, from the same files each time; what each one says."""
    start = {path: path.read_bytes() for path in files(folder)}
    with ExitStack() as ending:
        both = [ending.enter_context(writer(folder, name, mode)) for name in "ab"]
        for number in range(ROUNDS):
            for path in files(folder):
                path.write_bytes(start[path]) if path in start else path.unlink()
            assert answers(both, str(number)) == ["ready", "ready"]
            yield number, [tuple(json.loads(line)) for line in answers(both, "save")]


def files(folder: Path) -> list[Path]:
    tagging = folder / "annotations" / "corea-del-nord.anna.yaml"
    return [*folder.glob("sources.yaml"), tagging]


def notes(folder: Path) -> set[str | None]:
    path = folder / "annotations" / "corea-del-nord.anna.yaml"
    return {one.note for one in parse_document(path.read_bytes(), path.name).annotations}


def left_over(folder: Path, seeds: Path) -> set[Path]:
    names = [{path.relative_to(top) for path in top.rglob("*")} for top in (folder, seeds)]
    return names[0] - names[1]


def test_edits_of_different_tags_are_both_there_in_the_end(nk_russia: Path, seeds: Path) -> None:
    for number, outcomes in rounds(nk_russia, "different"):
        assert outcomes == [(0, None), (0, None)]
        assert {f"a{number}", f"b{number}"} <= notes(nk_russia)
    assert not left_over(nk_russia, seeds)


@pytest.mark.parametrize("mode", ["same", "deleted"])
def test_edits_of_the_same_tag_are_always_asked_about(
    nk_russia: Path, seeds: Path, mode: str
) -> None:
    for number, outcomes in rounds(nk_russia, mode):
        assert sorted(outcomes) == [(0, None), (1, None)]
        # Whoever was asked took the own version.
        asked = "ab"[[count for count, _ in outcomes].index(1)]
        there = notes(nk_russia) & {f"a{number}", f"b{number}"}
        assert there == ({f"{asked}{number}"} if (mode, asked) != ("deleted", "a") else set())
    assert not left_over(nk_russia, seeds)


def test_sources_that_both_add_are_both_there_in_the_end(nk_russia: Path, seeds: Path) -> None:
    for number, outcomes in rounds(nk_russia, "sources"):
        assert outcomes == [(0, None), (0, None)]
        path = nk_russia / "sources.yaml"
        assert {f"a{number}", f"b{number}"} <= parse_registry(path.read_bytes(), "").by_id.keys()
    assert not left_over(nk_russia, seeds)
