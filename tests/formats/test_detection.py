"""A file that is something else is called by its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.formats.detection import format_of, looks_like
from annotator.formats.table import FORMATS


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "an empty file"),
        (b"  \n", "an empty file"),
        (b"%PDF-1.7", "a PDF"),
        (b"PAR1\0", "a Parquet file"),
        (b"PK\x03\x04....word/document.xml", "a Word document"),
        (b"PK\x03\x04....", "a zip archive"),
        (b'\xef\xbb\xbf<?xml version="1.0"?>\n<TEI xmlns="">', "a TEI document"),
        (b'<?xml version="1.0"?><xmi:XMI xmlns:xmi="x">', "UIMA CAS XMI"),
        (b"<?xml version='1.0'?><other/>", "XML"),
        (b"\n<!DOCTYPE html><html>", "HTML"),
        (b'{"@context": "http://www.w3.org/ns/anno.jsonld"}', "W3C Web Annotation JSON-LD"),
        (b'{"text": "a", "label": []}\n', "doccano JSON Lines"),
        (b'{"article": "a.txt", "annotator": "anna"}\n', "JSON Lines"),
        (b'[{"id": 1}]', "JSON"),
        (b"[ Photo ] He said", "some other text"),
        (b"T1\tclaim 0 3\tabc\n", "brat standoff"),
        (b"format: source-attribution/1\n", "one of our annotation files"),
        (b"format: source-registry/1\n", "a source registry"),
        (b"article,sha256,length,id\n", "a table with commas"),
        ("Notizia.".encode("utf-16"), "text in UTF-16"),
        (b"\x01\0\x02", "no text"),
        (b"Il ministro ha detto, ieri.", "some other text"),
    ],
)
def test_a_file_is_known_by_its_beginning(data: bytes, what: str) -> None:
    assert looks_like(data) == what


@pytest.mark.parametrize(
    ("name", "data", "form"),
    [
        ("a.json", b'{"%TYPES": {}}', "cas-json"),
        ("a.json", b'[{"annotations": [{"result": []}]}]', "label-studio"),
        ("a.jsonl", b'{"article": "a.txt", "annotator": "anna"}\n', "jsonl"),
        ("a.jsonl", b'{"text": "a", "label": []}\n', "doccano"),
        ("a.txt", b"T1\tclaim 0 3\tabc\n", "brat"),
        ("a.ann", b"", "brat"),
        ("a.csv", b"whatever", "csv"),
        ("a.json", b"[]", None),
        ("a.pdf", b"%PDF-1.7", None),
    ],
)
def test_the_format_of_a_file_is_told_by_its_beginning_then_by_its_name(
    tmp_path: Path, name: str, data: bytes, form: str | None
) -> None:
    (tmp_path / name).write_bytes(data)
    found = format_of(tmp_path / name, [one for one in FORMATS if one.read])
    assert (found.name if found else None) == form


def test_the_format_of_a_folder_is_that_of_the_first_file_that_has_one(tmp_path: Path) -> None:
    forms = [one for one in FORMATS if one.read]
    (tmp_path / "annotation.conf").write_text("[entities]\n")
    assert format_of(tmp_path, forms) is None
    (tmp_path / "b.ann").write_text("")
    found = format_of(tmp_path, forms)
    assert found
    assert found.name == "brat"
