"""Tables: one row for each annotation, with chain and origin."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from annotator.formats.exporting import export_files
from annotator.formats.tables.csv_rows import FORMAT as CSV
from annotator.formats.tables.jsonl_rows import FORMAT as JSONL
from annotator.storage.reading import annotation_files_in

GOLDEN = Path(__file__).parents[1] / "golden"


@pytest.fixture
def files(seeds: Path) -> list[Path]:
    return annotation_files_in([seeds])


def test_the_csv_of_the_sample_is_the_golden_one(files: list[Path], tmp_path: Path) -> None:
    export_files(CSV, files, tmp_path / "all.csv", lambda _: None)
    assert (tmp_path / "all.csv").read_bytes() == (GOLDEN / "sample.csv").read_bytes()


def test_the_jsonl_of_the_sample_is_the_golden_one(files: list[Path], tmp_path: Path) -> None:
    export_files(JSONL, files, tmp_path / "all.jsonl", lambda _: None)
    assert (tmp_path / "all.jsonl").read_bytes() == (GOLDEN / "sample.jsonl").read_bytes()


def test_a_row_says_by_whom_and_through_whom(files: list[Path], tmp_path: Path) -> None:
    export_files(CSV, files[:1], tmp_path / "a.csv", lambda _: None)
    text = (tmp_path / "a.csv").read_bytes().decode("utf-8-sig")
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}
    assert len(rows) == 23
    claim = rows["c-8r3tdw"]
    assert claim["said_by"] == "North Korea via KCNA via Yonhap"
    assert (claim["chain"], claim["origin"]) == ("north-korea kcna yonhap", "north-korea")
    assert rows["a-1tg6ph"]["spans"] == "1165-1254 1278-1294"


def test_both_hold_the_same(files: list[Path], tmp_path: Path) -> None:
    export_files(CSV, files, tmp_path / "a.csv", lambda _: None)
    export_files(JSONL, files, tmp_path / "a.jsonl", lambda _: None)
    text = (tmp_path / "a.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    lines = (tmp_path / "a.jsonl").read_text("utf-8").splitlines()
    assert [row["id"] for row in rows] == [json.loads(line)["id"] for line in lines]
