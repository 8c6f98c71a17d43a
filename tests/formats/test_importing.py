"""Importing: articles found by hash, nothing overwritten, what is left told and counted."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.core.errors import StorageError
from annotator.formats.format import Find, Imported, Left
from annotator.formats.importing import Arrived, files_of, import_files
from annotator.formats.input import text_beside
from annotator.storage.articles_in.new_files import stem_of
from annotator.storage.check.check import check_files, files_in
from annotator.storage.disk import replacement
from annotator.storage.disk.processes import host_mark
from annotator.storage.files.annotation_file import parse_document
from annotator.storage.files.source_file import parse_registry
from annotator.storage.reading import read_tagged
from tests.formats.toy import TOY


@pytest.fixture
def toys(tmp_path: Path) -> Path:
    folder = tmp_path / "toys" / "deep"
    folder.mkdir(parents=True)
    (folder / "one.toy").write_bytes("Anna dice: è così. 😀\0è così\n".encode())
    (folder / "two.toy").write_bytes(b"Boris denies it.\0Boris\nnot there\n")
    (folder / ".hidden.toy").write_bytes(b"x\0x\n")
    return tmp_path / "toys"


def imported(
    paths: list[Path], folder: Path, who: str | None = "anna"
) -> tuple[Arrived, list[Left]]:
    told: list[Left] = []
    done = import_files(TOY, paths, folder, who, progress=lambda *_: None, tell=told.append)
    return done, told


def test_articles_and_tagging_arrive_and_pass_the_check(toys: Path, tmp_path: Path) -> None:
    done, told = imported([toys], tmp_path / "here")
    assert done == Arrived(read=2, articles=2, files=2, annotations=2, sources=1, left=1)
    assert [(one.line, one.what) for one in told] == [(2, "claim")]
    article, document = read_tagged(tmp_path / "here" / "annotations" / "one.anna.yaml")
    assert document.annotations[0].words == "è così"
    assert article.text == "Anna dice: è così. 😀"
    assert not check_files(files_in([tmp_path / "here"]), lambda _: None).found


def test_the_same_again_changes_nothing(toys: Path, tmp_path: Path) -> None:
    imported([toys], tmp_path / "here")
    before = {p: p.read_bytes() for p in (tmp_path / "here").rglob("*") if p.is_file()}
    done, _ = imported([toys], tmp_path / "here")
    assert (done.known, done.files, done.articles, done.sources) == (2, 0, 0, 0)
    assert before == {p: p.read_bytes() for p in (tmp_path / "here").rglob("*") if p.is_file()}


def test_an_article_that_is_there_is_found_by_its_hash(toys: Path, tmp_path: Path) -> None:
    here = tmp_path / "here"
    here.mkdir()
    (here / "known.txt").write_bytes(b"\xef\xbb\xbfBoris denies it.")
    done, _ = imported([toys], here)
    assert done.articles == 1
    assert (here / "annotations" / "known.anna.yaml").exists()


def test_another_article_of_the_same_name_gets_a_number(toys: Path, tmp_path: Path) -> None:
    here = tmp_path / "here"
    here.mkdir()
    (here / "One.md").write_text("Another one.", "utf-8")
    imported([toys], here)
    assert (here / "one-2.txt").exists()


def test_tagging_that_is_there_is_never_overwritten(toys: Path, tmp_path: Path) -> None:
    imported([toys], tmp_path / "here")
    path = tmp_path / "here" / "annotations" / "one.anna.yaml"
    path.write_bytes(path.read_bytes().replace(b"in-progress", b"done"))
    before = path.read_bytes()
    done, told = imported([toys], tmp_path / "here")
    assert (done.known, done.left) == (1, 2)
    assert any("there already" in one.reason for one in told)
    assert path.read_bytes() == before


def test_without_a_name_nobody_tagged_it(toys: Path, tmp_path: Path) -> None:
    done, told = imported([toys], tmp_path / "here", None)
    assert (done.files, done.articles) == (0, 0)
    assert [one.what for one in told if "whose tagging" in one.reason] == ["the tagging"] * 2


def test_sources_are_added_to_those_that_are_there(toys: Path, tmp_path: Path) -> None:
    here = tmp_path / "here"
    here.mkdir()
    own = "format: source-registry/1\nsources:\n- id: toy-maker\n  name: Somebody\n  aliases: []\n"
    (here / "sources.yaml").write_text(own, "utf-8")
    _, told = imported([toys], here)
    assert (here / "sources.yaml").read_text("utf-8") == own
    assert [one.what for one in told if "Somebody" in one.reason] == ["source toy-maker"] * 2


def test_sources_that_somebody_adds_meanwhile_stay(
    toys: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    path, head = here / "sources.yaml", "format: source-registry/1\nsources:\n"
    path.write_text(f"{head}- id: first\n  name: First\n  aliases: []\n", "utf-8")
    real, times = vars(replacement)["exchange"], iter([True])

    def exchange(one: Path, other: Path) -> object:
        if next(times, False):
            theirs = f"{other.read_text('utf-8')}- id: second\n  name: Second\n  aliases: []\n"
            other.write_text(theirs, "utf-8")
        return real(one, other)

    monkeypatch.setattr(replacement, "exchange", exchange)
    done, _ = imported([toys], here)
    assert done.sources == 1
    ids = parse_registry(path.read_bytes(), "sources.yaml").by_id
    assert ids.keys() == {"first", "second", "toy-maker"}


@pytest.mark.parametrize("indent", ["", "  "])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_people_wrote_beside_their_sources_stays(
    toys: Path, tmp_path: Path, indent: str, end: str
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    path = here / "sources.yaml"
    lines = ("- id: first  # ask Boris", "  name: 'First'", "  aliases: []", "# more to come")
    own = "# Ours.\nformat: source-registry/1\nsources:\n"
    own += "".join(f"{indent}{one}\n" for one in lines)
    path.write_bytes(own.replace("\n", end).encode())
    assert imported([toys], here)[0].sources == 1
    written = path.read_bytes().decode().split(end)
    assert set(own.split("\n")) <= set(written)
    assert [line for line in written if "#" in line] == [x for x in own.split("\n") if "#" in x]
    ids = parse_registry(path.read_bytes(), "sources.yaml").by_id
    assert list(ids) == ["first", "toy-maker"]


def test_a_link_that_nobody_named_is_not_imported_from_elsewhere(
    toys: Path, tmp_path: Path
) -> None:
    (tmp_path / "own.toy").write_bytes(b"My secret.\0secret\n")
    (toys / "deep" / "link.toy").symlink_to(tmp_path / "own.toy")
    done, told = imported([toys], tmp_path / "here")
    assert done.files == 2
    assert "out of the folder" in next(one.reason for one in told if one.what == "the file")
    done, _ = imported([toys / "deep" / "link.toy"], tmp_path / "named")
    assert done.files == 1


def test_what_a_killed_import_was_writing_goes_with_the_next_one(
    toys: Path, tmp_path: Path
) -> None:
    here = tmp_path / "here"
    (here / "annotations").mkdir(parents=True)
    for folder in (here, here / "annotations"):
        (folder / f".{host_mark()}-{2**22 + 1}-0123abcd.tmp").write_bytes(b"half")
    imported([toys], here)
    assert not list(here.rglob(".*"))


def test_many_files_are_spread_over_the_cores(tmp_path: Path) -> None:
    (tmp_path / "toys").mkdir()
    for number in range(40):
        text = f"Article {number} says so.\0says\n"
        (tmp_path / "toys" / f"a{number}.toy").write_text(text, "utf-8")
    done, _ = imported([tmp_path / "toys"], tmp_path / "here")
    assert (done.files, done.articles) == (40, 40)
    written = (tmp_path / "here" / "annotations" / "a7.anna.yaml").read_bytes()
    assert parse_document(written, "a7").annotations[0].words == "says"


def test_a_file_that_cannot_be_read_is_told_and_the_rest_arrives(
    toys: Path, tmp_path: Path
) -> None:
    (toys / "bad.toy").write_bytes(b"")
    done, told = imported([toys], tmp_path / "here")
    assert done.files == 2
    assert "empty" in next(one.reason for one in told if one.what == "the file")


@pytest.mark.parametrize("name", ["missing", "."])
def test_nothing_to_import_is_an_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(StorageError):
        files_of(TOY, [tmp_path / name])


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("../../etc/passwd", "etc-passwd"),
        ("북한 뉴스 😀", "북한-뉴스-😀"),
        ("a\0b:c", "a-b-c"),
        ("...", "article"),
        ("x" * 300, "x" * 80),
    ],
)
def test_no_name_leads_out_of_the_folder(name: str, stem: str) -> None:
    assert stem_of(name) == stem


def test_the_text_is_found_beside_and_in_a_sister_folder(tmp_path: Path) -> None:
    for name in ("ann", "text"):
        (tmp_path / name).mkdir()
    (tmp_path / "text" / "news_item.txt").touch()
    (tmp_path / "ann" / "other.txt").touch()
    assert text_beside(tmp_path / "ann" / "news_item_d473.ann") == (
        tmp_path / "text" / "news_item.txt"
    )
    assert text_beside(tmp_path / "ann" / "other.ann") == tmp_path / "ann" / "other.txt"
    assert text_beside(tmp_path / "ann" / "nowhere.ann") is None


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names of files are always text")
def test_an_article_whose_name_is_not_utf_8_gets_no_tagging_that_could_not_name_it(
    toys: Path, tmp_path: Path
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    (here / os.fsdecode(b"caf\xe9.txt")).write_bytes(b"Boris denies it.")
    _, told = imported([toys / "deep" / "two.toy"], here)
    assert "its name is not UTF-8; rename the article" in told[-1].reason
    assert list((here / "annotations").iterdir()) == []


def test_a_reader_that_stumbles_costs_its_own_file_only(
    toys: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def stumble(path: Path, find: Find) -> Iterator[Imported | Left]:
        if path.name == "one.toy":
            raise ZeroDivisionError
        assert TOY.read
        yield from TOY.read(path, find)

    told: list[Left] = []
    form = replace(TOY, read=stumble)
    done = import_files(
        form, [toys], tmp_path / "here", "anna", progress=lambda *_: None, tell=told.append
    )
    assert (done.read, done.files) == (2, 1)
    assert "it cannot be read" in told[0].reason
    assert "ZeroDivisionError" in caplog.text


def test_a_folder_that_cannot_be_listed_is_told_of(
    toys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scandir = os.scandir

    def closed(path: str | Path) -> object:
        if Path(path).name == "deep":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", closed)
    with pytest.raises(StorageError, match="deep cannot be listed: you may not do that here"):
        files_of(TOY, [toys])


def test_a_file_that_may_not_be_looked_at_is_no_damaged_one(toys: Path, tmp_path: Path) -> None:
    def closed(path: Path, _: Find) -> Iterator[Imported | Left]:
        yield from ()
        raise PermissionError(13, "Permission denied", str(path))

    form, told = replace(TOY, read=closed), list[Left]()
    here, file = tmp_path / "here", toys / "deep" / "one.toy"
    import_files(form, [file], here, "anna", progress=lambda *_: None, tell=told.append)
    assert [one.reason for one in told] == [
        f"{file} cannot be read: you may not do that here; "
        "ask its owner for the right to read and write."
    ]


def test_that_earlier_versions_of_the_sources_are_not_kept_is_told_once(
    toys: Path, tmp_path: Path, own_home: Path
) -> None:
    (own_home / "annotator").write_text("in the way", "utf-8")
    for number in range(40):
        text = f"Anna dice: {number}.\0Anna\n"
        (toys / f"{number}.toy").write_bytes(text.encode())
    done, told = imported([toys], tmp_path / "here")
    (said,) = (one for one in told if one.what == "its versions")
    assert said.reason.startswith("Earlier versions of sources.yaml are not kept: ")
    assert done.left == 1
