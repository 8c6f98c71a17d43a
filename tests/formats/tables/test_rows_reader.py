"""Tables come back, onto the articles of the folder."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core.errors import FormatError
from annotator.core.model import Document
from annotator.core.text.article import Article
from annotator.formats.format import Format, Imported, Left, Tagged
from annotator.formats.importing import import_files
from annotator.formats.tables.csv_rows import FORMAT as CSV
from annotator.formats.tables.jsonl_rows import FORMAT as JSONL
from annotator.storage.disk.contents import Data
from tests.formats.tagged import tagged

GOLDEN = Path(__file__).parents[1] / "golden"
FORMS = pytest.mark.parametrize("form", [CSV, JSONL], ids=["csv", "jsonl"])


def as_rows_can_tell(document: Document) -> Document:
    """The document without what rows have no place for, and without links that lead nowhere.

    An empty note is none.
    """
    there = {one.id for one in document.annotations}
    tags = (
        replace(
            one,
            note=one.note or None,
            content=tuple(link for link in one.content if link in there),
            via=one.via if one.via in there else None,
        )
        for one in document.annotations
    )
    return Document(
        article=replace(document.article, file="", note=None, extra=()),
        annotator=document.annotator,
        status=document.status,
        annotations=tuple(tags),
    )


def read(form: Format, path: Path, article: Article | None) -> list[Imported | Left]:
    assert form.read
    return list(form.read(path, lambda _: article))


@FORMS
@settings(max_examples=40)
@given(one=tagged(st.just(())))
def test_there_and_back_all_that_rows_hold(form: Format, one: Tagged) -> None:
    assert form.write
    if not one.document.annotations:
        return
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "rows"

        def put(name: str, data: Data) -> None:
            path.write_bytes(data if isinstance(data, bytes) else b"".join(data))

        list(form.write([one], put))
        (back,) = read(form, path, one.article)
    assert isinstance(back, Imported)
    assert all(other.line and other.reason.endswith("is not there") for other in back.left)
    assert as_rows_can_tell(back.document) == as_rows_can_tell(one.document)


@FORMS
def test_the_sample_comes_back_to_the_same_bytes(form: Format, seeds: Path, tmp_path: Path) -> None:
    (tmp_path / "corea-del-nord.txt").write_bytes((seeds / "corea-del-nord.txt").read_bytes())
    rows = GOLDEN / f"sample.{form.name}"
    told: list[Left] = []
    done = import_files(form, [rows], tmp_path, None, progress=lambda *_: None, tell=told.append)
    assert (told, done.files) == ([], 2)
    for path in (seeds / "annotations").iterdir():
        assert (tmp_path / path.relative_to(seeds)).read_bytes() == path.read_bytes()


@FORMS
def test_without_its_article_nothing_is_taken(form: Format) -> None:
    found = read(form, GOLDEN / f"sample.{form.name}", None)
    assert [one.line for one in found if isinstance(one, Left)] == (
        [2, 25] if form is CSV else [1, 24]
    )


@pytest.mark.parametrize(
    ("form", "data", "told"),
    [
        (CSV, b"", "empty"),
        (CSV, b"%PDF-1.7", "a PDF"),
        (CSV, b"a,b\n1,2\n", "expected CSV"),
        (CSV, b"sha256,id,kind,spans\n1,2,3,4\n", "no column words"),
        (CSV, b"sha256,id\n\xe9,2\n", r":2: byte 0xe9"),
        (JSONL, b"", "empty"),
        (JSONL, b"T1\tClaim 0 3\tabc\n", "brat"),
        (JSONL, b'{"text": "a", "label": []}\n', "doccano"),
        (JSONL, b'{"sha256": "1", "id"', "JSON"),
    ],
)
def test_another_file_is_told_with_what_it_looks_like(
    form: Format, data: bytes, told: str, tmp_path: Path
) -> None:
    (tmp_path / "rows").write_bytes(data)
    with pytest.raises(FormatError, match=told):
        read(form, tmp_path / "rows", Article("a"))


@FORMS
def test_a_file_of_100_mb_is_not_even_read(form: Format, tmp_path: Path) -> None:
    with (tmp_path / "rows").open("wb") as file:
        file.truncate(100_000_000)
    with pytest.raises(Exception, match="100 MB is too much"):
        read(form, tmp_path / "rows", None)


def test_bad_lines_are_listed_and_the_rest_is_taken(tmp_path: Path) -> None:
    article = Article("Anna dice di sì. Anna.")
    lines = [
        '{"sha256": "1", "id": "c-000001", "kind": "claim", "spans": [[0, 4]], "words": "Anna"}',
        '{"sha256": "1", "id": "c-000002", "kind": "claim", "spans": [[0, 4]], "words": "sì"}',
        '{"sha256": "1", "id": "c-000003", "kind": "claim", "spans": [[1, 3]], "words": "Anna"}',
        '{"sha256": "1", "id": "c-000001", "kind": "claim", "spans": [[5, 9]], "words": "dice"}',
        '{"sha256": "1", "id": "c-000005", "kind": "song", "spans": [[5, 9]], "words": "dice"}',
        '{"sha256": "1", "id": "c-000006", "kind": "claim", "spans": "x", "words": 7}',
        '{"sha256": "1", "id": "c-0000',
    ]
    (tmp_path / "rows").write_text("\n".join(lines), "utf-8")
    found = read(JSONL, tmp_path / "rows", article)
    (one,) = (one for one in found if isinstance(one, Imported))
    assert [tag.words for tag in one.document.annotations] == ["Anna", "sì"]
    left = [*(other for other in found if isinstance(other, Left)), *one.left]
    assert [other.line for other in left] == [6, 7, 3, 4, None]


@pytest.mark.parametrize(
    "spans",
    [
        "[[0, 4.5]]",
        "[[false, 4]]",
        '[["0", 4]]',
        '[[0, "1_0"]]',
        '"0-\u0664"',
        '" 0-4"',
        '"1_0-2_0"',
    ],
)
@pytest.mark.parametrize("key", ["spans", "mention"])
def test_what_is_no_whole_number_is_no_place(tmp_path: Path, spans: str, key: str) -> None:
    places = {"spans": "[[0, 4]]", key: spans}
    cells = ", ".join(f'"{one}": {told}' for one, told in places.items())
    head = '{"sha256": "1", "id": "a-000001", "kind": "attribution", "words": "Anna", '
    (tmp_path / "rows").write_text(f"{head}{cells}}}\n", "utf-8")
    (one,) = read(JSONL, tmp_path / "rows", Article("Anna dice di sì."))
    assert isinstance(one, Imported)
    assert not one.document.annotations
    ((line, why),) = ((other.line, other.reason) for other in one.left)
    assert (line, why.split(" ")[0]) == (1, key)


def test_a_link_to_a_tag_that_is_not_there_is_told_with_its_line(tmp_path: Path) -> None:
    head = '"sha256": "1", "words": "Anna", "spans": [[0, 4]]'
    lines = [
        f'{{{head}, "id": "c-000001", "kind": "claim"}}',
        f'{{{head}, "id": "a-000001", "kind": "attribution", '
        '"content": ["c-000001", "c-000002"], "via": "a-000009"}',
    ]
    (tmp_path / "rows").write_text("\n".join(lines), "utf-8")
    (one,) = read(JSONL, tmp_path / "rows", Article("Anna dice di sì."))
    assert isinstance(one, Imported)
    assert [tag.links for tag in one.document.annotations if tag.id[0] == "a"] == [("c-000001",)]
    assert [(other.line, other.reason) for other in one.left] == [
        (2, "c-000002 is not there"),
        (2, "a-000009 is not there"),
    ]
