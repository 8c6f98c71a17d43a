"""Devices, FIFOs, sockets and links where a folder's files should be, at every command."""

from __future__ import annotations

import json
import os
import socket
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from shutil import copytree, rmtree
from threading import Timer
from typing import Protocol

import pytest

ROOT = Path(__file__).parents[2]
SECRET = "Un segreto di stato che nessuno deve leggere.\n"
GUARD = 120
"""Seconds; a command that waits for a device would wait for ever."""


class Answers(Protocol):
    def __call__(
        self, commands: Sequence[list[str]], folder: Path = ...
    ) -> list[tuple[int, str]]: ...


pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root makes devices")


def fifo(path: Path) -> None:
    os.mkfifo(path)


def device(path: Path) -> None:
    os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, 5))


def socket_(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(path))  # an address may have 100 bytes only


def endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


def circle(path: Path) -> None:
    path.symlink_to(path.name)


def nowhere(path: Path) -> None:
    path.symlink_to("/nowhere/at/all")


def outside(path: Path) -> None:
    """A link to a file, or a folder of files, that is somebody's own."""
    path.symlink_to(os.path.relpath(Path("../own") / path.name, path.parent))


KINDS = [fifo, device, socket_, endless, circle, nowhere, outside]

PLACES = {
    "article": "corea-del-nord.txt",
    "tagging": "annotations/corea-del-nord.boris.yaml",
    "review": "annotations/corea-del-nord.carla.review.yaml",
    "registry": "sources.yaml",
    "header": "corea-del-nord.article.yaml",
    "annotations": "annotations",
}

COMMANDS = [
    ["check", "."],
    ["check", "--problems", "annotations/corea-del-nord.anna.yaml"],
    ["compare", "."],
    ["compare", "corea-del-nord.txt", "-o", "../out/compared.html"],
    ["sources", "."],
    ["feedback", ".", "-o", "../out/feedback"],
    ["export", ".", "--to", "html", "-o", "../out/html"],
    ["export", ".", "--to", "jsonl", "-o", "../out/all.jsonl"],
    ["export", "corea-del-nord.txt", "--to", "brat", "-o", "../out/brat"],
    ["import", "../dora.jsonl", "--from", "jsonl", "--annotator", "dora", "-o", "."],
    ["add", "../new.txt", "-o", "."],
]


@pytest.fixture
def nk_russia(tmp_path: Path, seeds: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with its neighbours: what leaves it, and somebody's own files."""
    folder = Path(copytree(seeds, tmp_path / "nk-russia"))
    for name in ("out", "own"):
        (tmp_path / name).mkdir()
    for name in ("corea-del-nord.txt", *(Path(place).name for place in PLACES.values())):
        (tmp_path / "own" / name).write_text(SECRET)
    (tmp_path / "own" / "annotations").unlink()
    (tmp_path / "own" / "annotations").mkdir()
    (tmp_path / "new.txt").write_text("Un altro articolo.\n")
    (tmp_path / "dora.jsonl").write_text("{}\n")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture(scope="module")
def child() -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.bad_input.commands_child"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as process:
        yield process
        assert process.stdin
        process.stdin.close()


@pytest.fixture
def answers(child: subprocess.Popen[str], nk_russia: Path) -> Answers:
    """Runs commands in the folder, or in another one; exit code and words of each."""

    def run(commands: Sequence[list[str]], folder: Path = nk_russia) -> list[tuple[int, str]]:
        assert child.stdin
        assert child.stdout
        guard = Timer(GUARD, child.kill)
        guard.start()
        for given in commands:
            child.stdin.write(f"{json.dumps([str(folder), given])}\n")
        child.stdin.flush()
        said = [child.stdout.readline() for _ in commands]
        guard.cancel()
        assert all(said), f"waits for ever: {commands[said.index('')]}"
        return [tuple(json.loads(line)) for line in said]

    return run


def contents(top: Path) -> dict[Path, bytes]:
    files = (path for path in top.rglob("*") if path.is_file() and not path.is_symlink())
    return {path.relative_to(top): path.read_bytes() for path in files}


def put(kind: Callable[[Path], None], place: str) -> None:
    path = Path(place)
    if path.is_dir():
        rmtree(path)
    path.unlink(missing_ok=True)
    kind(path)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", KINDS)
def test_no_command_waits_for_it_fails_on_it_or_goes_outside(
    nk_russia: Path, answers: Answers, kind: Callable[[Path], None], place: str
) -> None:
    put(kind, PLACES[place])
    own = contents(nk_russia.parent / "own")
    for (code, said), given in zip(answers(COMMANDS), COMMANDS, strict=True):
        assert code in (0, 1, 2), f"{given}: {said}"
        assert code == 0 or said.strip(), given
        assert "Traceback" not in said
        assert "should not have" not in said
        assert "segreto" not in said
    assert contents(nk_russia.parent / "own") == own
    everything = {**contents(nk_russia), **contents(nk_russia.parent / "out")}
    assert not [path for path, data in everything.items() if b"segreto" in data]
    assert not [path for path, data in everything.items() if b"/own/" in data]
    assert not [path for path in everything if path.suffix in (".tmp", ".swap")]


@pytest.mark.parametrize("kind", KINDS)
def test_what_cannot_be_read_is_said(answers: Answers, kind: Callable[[Path], None]) -> None:
    put(kind, PLACES["tagging"])
    (code, said), *_ = answers([["check", "."]])
    assert code == 1
    assert said.startswith("annotations/corea-del-nord.boris.yaml:1: ")


@pytest.mark.parametrize("kind", [one for one in KINDS if one is not outside])
def test_what_is_named_by_itself_is_not_waited_for_either(
    nk_russia: Path, answers: Answers, kind: Callable[[Path], None]
) -> None:
    commands = []
    for suffix in ("txt", "html", "docx", "pdf", "eml"):
        commands += [["add", f"special.{suffix}", "-o", "../out"]]
    for suffix, form in (("ann", "brat"), ("csv", "csv"), ("jsonl", "jsonl"), ("xmi", "cas-xmi")):
        commands += [["import", f"special.{suffix}", "--from", form, "-o", "../out"]]
    commands += [[command, "special.yaml"] for command in ("check", "compare", "sources")]
    commands += [["feedback", "special.yaml", "-o", "../out"]]
    names = {given[1] for given in commands}
    for name in names:
        kind(Path(name))
    if kind is not nowhere:
        commands += [["compare", ".", "-o", "special.html"]]
        commands += [["export", ".", "--to", "csv", "-o", "special.csv"]]
    before = {name: os.lstat(name) for name in names}
    for (code, said), given in zip(answers(commands), commands, strict=True):
        assert code in (1, 2), f"{given}: {said}"
        assert "special." in said or "/dev/zero" in said or "/nowhere" in said
        assert "Traceback" not in said
        assert "should not have" not in said
    assert all(os.path.samestat(status, os.lstat(name)) for name, status in before.items())
    assert not contents(nk_russia.parent / "out")


@pytest.mark.parametrize(
    "stated",
    [
        "/etc/passwd",
        "../../own/corea-del-nord.txt",
        "../../../../../../../../etc/passwd",
        "/dev/zero",
        "a" * 5000,
        "b/" * 3000,
        '"a\\0b"',
        '"\\ud800"',
        "..",
        "../annotations",
        ".",
    ],
    ids=lambda stated: str(stated)[:12],
)
def test_no_article_is_looked_for_outside_the_folder(
    nk_russia: Path, answers: Answers, stated: str
) -> None:
    path = nk_russia / PLACES["tagging"]
    text = path.read_text("utf-8").replace("../corea-del-nord.txt", stated)
    path.write_text(text, "utf-8")
    for code, said in answers(COMMANDS):
        assert code in (0, 1, 2), said
        assert "Traceback" not in said
        assert "should not have" not in said
        assert len(max(said.split(), default="", key=len)) < 1000
        assert "passwd" not in said
    out = contents(nk_russia.parent / "out")
    assert not [one for one, data in out.items() if b"segreto" in data or b"passwd" in data]


def test_links_that_stay_in_the_folder_are_followed(nk_russia: Path, answers: Answers) -> None:
    for name in ("corea-del-nord.txt", "sources.yaml", PLACES["tagging"]):
        path = nk_russia / name
        (nk_russia / "kept").mkdir(exist_ok=True)
        kept = nk_russia / "kept" / path.name
        path.rename(kept)
        path.symlink_to(kept)
    commands = [["check", "."], ["compare", "."], ["sources", "."]]
    assert [code for code, _ in answers(commands)] == [0, 0, 0]


def test_a_link_that_is_named_is_followed_wherever_it_leads(
    nk_russia: Path, answers: Answers
) -> None:
    links = nk_russia.parent / "links"
    links.mkdir()
    for name in ("folder", "annotations", "tagging.yaml", "article.txt"):
        target = {
            "folder": nk_russia,
            "annotations": nk_russia / "annotations",
            "tagging.yaml": nk_russia / PLACES["tagging"],
            "article.txt": nk_russia / "corea-del-nord.txt",
        }[name]
        (links / name).symlink_to(target)
    commands = [
        ["check", "folder"],
        ["compare", "folder"],
        ["check", "annotations/corea-del-nord.anna.yaml"],
        ["check", "tagging.yaml"],
        ["export", "tagging.yaml", "--to", "csv", "-o", "../out/one.csv"],
        ["sources", "article.txt"],
        ["compare", "article.txt"],
    ]
    said = answers(commands, links)
    assert [code for code, _ in said] == [0] * len(commands), said
