"""Tables for training and for whole folders: BIO columns and Parquet."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from pyarrow import parquet

from annotator.core.model import Annotation, ArticleRef, Document, Kind
from annotator.core.sources import Registry
from annotator.core.text.article import Article
from annotator.formats.exporting import export_files
from annotator.formats.format import Left, Tagged
from annotator.formats.tables import bio_columns, jsonl_rows, parquet_rows
from annotator.storage.reading import annotation_files_in
from tests.formats.tagged import tagged

GOLDEN = Path(__file__).parent / "golden"


def nothing(*_: int) -> None: ...


@pytest.fixture
def files(seeds: Path) -> list[Path]:
    return annotation_files_in([seeds])


def columns(text: str, *tags: Annotation) -> tuple[list[list[str]], list[Left]]:
    """The cells of each line, comments and blank lines left out, and what was left."""
    written: dict[str, bytes] = {}
    ref = ArticleRef(file="../a.txt", sha256="0" * 64, length=len(text))
    document = Document(article=ref, annotator="anna", annotations=tags)
    one = Tagged(Article(text), document, Registry(), "a")
    left = bio_columns.write([one], lambda n, data: written.update({n: b"".join(data)}))
    lines = written["annotations.conll"].decode().split("\n")
    return [line.split("\t") for line in lines if "\t" in line], list(left)


def claim(text: str, words: str, number: int = 0) -> Annotation:
    start = text.index(words)
    span = Article(text).span(start, start + len(words))
    return Annotation(id=f"c-00000{number}", kind=Kind.CLAIM, spans=(span,))


def test_the_columns_of_the_sample_are_the_golden_ones(files: list[Path], tmp_path: Path) -> None:
    export_files(bio_columns.FORMAT, files, tmp_path / "all.conll", nothing)
    assert (tmp_path / "all.conll").read_bytes() == (GOLDEN / "sample.conll").read_bytes()


def test_each_token_stands_at_its_code_points(files: list[Path], tmp_path: Path) -> None:
    text = "🥳 «È» l'été,\u00a0조선 שלום."
    lines, _ = columns(text)
    assert [line[0] for line in lines] == [
        "🥳",
        "«",
        "È",
        "»",
        "l",
        "'",
        "été",
        ",",
        "조선",
        "שלום",
        ".",
    ]
    assert all(text[int(line[1]) : int(line[2])] == line[0] for line in lines)


def test_of_two_claims_in_one_another_the_longer_one_counts_and_the_other_is_told() -> None:
    text = "Uno due tre."
    lines, left = columns(text, claim(text, "Uno due tre"), claim(text, "due", 1))
    assert [line[3] for line in lines] == ["B-CLAIM", "I-CLAIM", "I-CLAIM", "O"]
    assert [one.what for one in left] == ["overlapping claim"]


@settings(max_examples=40)
@given(one=tagged())
def test_columns_come_of_any_text_and_have_each_token_once(one: Tagged) -> None:
    written: dict[str, bytes] = {}
    list(bio_columns.write([one], lambda n, data: written.update({n: b"".join(data)})))
    rows = [
        line.split("\t")
        for line in written["annotations.conll"].decode().split("\n")
        if line and not line.startswith("# ")
    ]
    starts = [int(row[1]) for row in rows]
    assert starts == sorted(set(starts))
    for row in rows:
        assert one.article.text[int(row[1]) : int(row[2])] == row[0]
        assert len(row) == 9


def test_parquet_holds_what_json_lines_hold(files: list[Path], tmp_path: Path) -> None:
    export_files(parquet_rows.FORMAT, files, tmp_path / "all.parquet", nothing)
    export_files(jsonl_rows.FORMAT, files, tmp_path / "all.jsonl", nothing)
    lines = (tmp_path / "all.jsonl").read_text("utf-8").splitlines()
    table = parquet.read_table(tmp_path / "all.parquet")
    rows = [{k: v for k, v in row.items() if v is not None} for row in table.to_pylist()]
    assert rows == [json.loads(line) for line in lines]
    assert parquet.ParquetFile(tmp_path / "all.parquet").num_row_groups == len(files)
