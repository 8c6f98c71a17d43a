from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from annotator.cli import program
from annotator.core.errors import FormatError
from annotator.storage.bulk.source_counts import SourceUse, as_csv, as_json, as_text, count_sources
from annotator.storage.reading import annotation_files_in

Counts = dict[str, tuple[int, int, int, int, int]]

ANNA: Counts = {
    "kim-jong-gyu": (1, 2, 3, 0, 1),
    "north-korea": (1, 2, 3, 0, 1),
    "intelligence-reports": (2, 0, 2, 0, 1),
    "kcna": (2, 0, 1, 1, 1),
    "rbc": (1, 0, 1, 0, 1),
    "south-korean-intelligence": (1, 0, 1, 0, 1),
    "yonhap": (1, 0, 0, 1, 1),
}
"""Claims, quotes, as origin, as relay, articles: counted in the file by hand."""

BOTH: Counts = {
    "kim-jong-gyu": (2, 3, 5, 0, 1),
    "north-korea": (2, 3, 5, 0, 1),
    "intelligence-reports": (3, 0, 3, 0, 1),
    "kcna": (3, 0, 2, 1, 1),
    "rbc": (2, 0, 2, 0, 1),
    "yonhap": (2, 0, 1, 1, 1),
    "south-korean-intelligence": (1, 0, 1, 0, 1),
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, seeds: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the seeds, which is where we are."""
    copy = tmp_path / "nk-russia"
    shutil.copytree(seeds, copy)
    monkeypatch.chdir(copy)
    return copy


def file_of(annotator: str) -> Path:
    return Path(f"annotations/corea-del-nord.{annotator}.yaml")


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def uses(*paths: Path) -> list[SourceUse]:
    return count_sources(annotation_files_in(paths))


def counts(*paths: Path) -> Counts:
    return {use.source: use[2:] for use in uses(*paths)}


def test_the_seed_as_anna_tagged_it() -> None:
    found = counts(file_of("anna"))
    assert found == ANNA
    assert list(found) == list(ANNA)


def test_both_taggings_of_the_seed_are_counted_and_their_article_once() -> None:
    found = counts(Path())
    assert found == BOTH
    assert list(found) == list(BOTH)


def test_a_file_that_is_named_twice_counts_once() -> None:
    assert counts(file_of("anna"), Path("annotations/../") / file_of("anna")) == ANNA


def test_articles_add_up(folder: Path) -> None:
    shutil.copy(folder / "corea-del-nord.txt", folder / "other.txt")
    text = file_of("anna").read_text("utf-8").replace("../corea-del-nord.txt", "../other.txt")
    Path("annotations/other.anna.yaml").write_text(text, "utf-8")
    doubled = {source: tuple(2 * number for number in row) for source, row in ANNA.items()}
    assert counts(file_of("anna"), Path("annotations/other.anna.yaml")) == doubled


def test_a_review_is_not_counted_with_what_it_reviews(folder: Path) -> None:
    shutil.copy(file_of("anna"), folder / "annotations/corea-del-nord.carla.review.yaml")
    assert counts(Path()) == BOTH


def test_a_source_that_the_registry_does_not_know_is_listed_without_a_name() -> None:
    change(file_of("anna"), "source: rbc", "source: rbk")
    (unknown,) = (use for use in uses(file_of("anna")) if use.source == "rbk")
    assert unknown == SourceUse("rbk", None, 1, 0, 1, 0, 1)
    assert "rbk                        (not in sources.yaml)\n" in as_text(uses(file_of("anna")))


def test_who_is_named_but_says_nothing_is_listed_with_its_article() -> None:
    change(file_of("anna"), "  content: [c-e1x8gt]\n", "")
    assert counts(file_of("anna"))["rbc"] == (0, 0, 0, 0, 1)
    assert list(counts(file_of("anna")))[-1] == "rbc"


def test_what_is_said_by_one_source_in_two_ways_is_one_claim() -> None:
    change(file_of("anna"), "content: [c-m2p7vg]", "content: [c-m2p7vg, c-8r3tdw]")
    assert counts(file_of("anna"))["kcna"] == (2, 0, 2, 1, 1)


def test_a_broken_file_is_named() -> None:
    change(file_of("boris"), "status: done", "status: dune")
    with pytest.raises(FormatError, match=r"boris\.yaml:8: status"):
        uses(Path())


def test_the_table_has_its_numbers_in_columns() -> None:
    lines = as_text(uses(file_of("anna"))).splitlines()
    assert lines[0] == (
        "    claims    quotes    origin     relay  articles  source                     name"
    )
    assert lines[4] == (
        "         2         0         1         1         1  "
        "kcna                       Korean Central News Agency"
    )
    assert len(lines) == 8


def test_spreadsheets_and_programs_get_the_same() -> None:
    found = uses(Path())
    rows = list(csv.DictReader(as_csv(found).splitlines()))
    told = json.loads(as_json(found))
    assert [tuple(row) for row in rows] == [SourceUse._fields] * len(found)
    assert [{key: str(value) for key, value in one.items()} for one in told] == rows
    assert SourceUse(**told[0]) == found[0]


@pytest.mark.parametrize(("form", "write"), [("text", as_text), ("csv", as_csv), ("json", as_json)])
def test_the_command_writes_each_of_them(form: str, write: object) -> None:
    told = CliRunner().invoke(program, ["sources", ".", "--format", form])
    assert told.exit_code == 0
    assert callable(write)
    assert told.stdout == write(uses(Path()))
