"""One table of fields for each mapping: held against the schemas, with the numbers of formats."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.errors import FormatError
from annotator.core.merge import merge
from annotator.core.model import Annotation, Document, Extra, Kind, Unattributed
from annotator.core.sources import Registry
from annotator.formats.exporting import export_files
from annotator.formats.format import Format, Imported
from annotator.formats.table import FORMATS
from annotator.storage.check.check import check_files
from annotator.storage.files import annotation_file, article_header, source_file
from annotator.storage.files.annotation_file import (
    ANNOTATION,
    ANNOTATIONS,
    ANSWER,
    ARTICLE,
    COMMENT,
    DECISION,
    DOCUMENT,
    INNER_SPAN,
    SPAN,
    document_bytes,
    document_errors,
    open_document,
    parse_document,
    parse_with_lines,
)
from annotator.storage.files.article_header import HEADER, ORIGINAL
from annotator.storage.files.canonical import read_items
from annotator.storage.files.file_format import FileFormat, other_format
from annotator.storage.files.forms import WORDS, choice
from annotator.storage.files.record import EXTRA, Field, Listed, Once, Record
from annotator.storage.files.source_file import REGISTRY, SOURCE
from annotator.storage.folder import Folder
from annotator.storage.opening import open_session
from annotator.storage.shipped.resources import schema_path
from annotator.storage.yaml.reader import read_tree
from tests.storage.documents import documents

FORMATS_OF_FILES: dict[str, tuple[FileFormat[Any], dict[str, Record[Any]]]] = {
    "annotations": (
        annotation_file.FORMAT,
        {
            "": DOCUMENT,
            "article": ARTICLE,
            "annotation": ANNOTATION,
            "span": SPAN,
            "innerSpan": INNER_SPAN,
            "decision": DECISION,
            "comment": COMMENT,
            "answer": ANSWER,
        },
    ),
    "sources": (source_file.FORMAT, {"": REGISTRY, "source": SOURCE}),
    "header": (article_header.FORMAT, {"": HEADER, "original": ORIGINAL}),
}
TABLES = [
    pytest.param(form, place, record, id=f"{name} {place}")
    for name, (form, records) in FORMATS_OF_FILES.items()
    for place, record in records.items()
]


# The tables and the schemas


@pytest.mark.parametrize(("form", "place", "record"), TABLES)
def test_each_table_has_the_keys_of_its_schema_in_their_order(
    form: FileFormat[Any], place: str, record: Record[Any]
) -> None:
    rule = rule_of(form, place)
    keys = [key for key in rule["properties"] if not key.startswith("x-")]
    own = [one.key for one in record.fields if one is not EXTRA]
    assert keys == ["format", *own] if place == "" else own
    needed = {one.key for one in record.fields if one.needed}
    assert set(rule["required"]) - {"format"} == needed
    assert (EXTRA in record.fields) == ("^x-" in rule["patternProperties"])
    assert rule["additionalProperties"] is False


@pytest.mark.parametrize(("form", "place", "record"), TABLES)
def test_each_field_of_a_value_is_in_its_table(
    form: FileFormat[Any], place: str, record: Record[Any]
) -> None:
    make: Any = record.make
    values = getattr(make, "_fields", None) or [one.name for one in fields(make) if one.compare]
    assert {one.attribute for one in record.fields} == set(values)


@pytest.mark.parametrize(("form", "place", "record"), TABLES)
def test_a_key_stands_beside_the_one_that_the_schema_asks_for(
    form: FileFormat[Any], place: str, record: Record[Any]
) -> None:
    meant = {(one.key, one.beside) for one in record.fields if one.beside}
    meant |= {(one.beside, one.key) for one in record.fields if one.beside and one.always}
    asked = rule_of(form, place).get("dependentRequired", {})
    assert {(key, other) for key, others in asked.items() for other in others} == meant


def test_the_schema_lets_a_kind_have_what_the_table_does() -> None:
    conditions = rule_of(annotation_file.FORMAT, "annotation")["allOf"]
    for kind in Kind:
        refused = {
            key
            for one in conditions
            if kind in kinds_in(one["if"])
            for key in one["then"]["properties"]
        }
        assert refused == {one.key for one in ANNOTATION.fields if one.on and kind not in one.on}


def kinds_in(condition: dict[str, Any]) -> list[str]:
    kind = condition["properties"]["kind"]
    return kind.get("enum") or [kind["const"]]


@pytest.mark.parametrize("form", [one for one, _ in FORMATS_OF_FILES.values()])
def test_the_schema_knows_the_numbers_of_the_table_and_no_others(form: FileFormat[Any]) -> None:
    rule = rule_of(form, "")["properties"]["format"]
    numbers = [f"{form.family}/{number + 1}" for number in range(form.record.newest)]
    assert (rule.get("enum") or [rule["const"]]) == numbers


@pytest.mark.parametrize("form", [one for one, _ in FORMATS_OF_FILES.values()])
def test_the_schema_refuses_a_key_below_the_number_that_it_came_with(
    form: FileFormat[Any],
) -> None:
    schema = rule_of(form, "")
    refused = {
        (key, number)
        for one in schema.get("allOf", ())
        for number in one["if"]["properties"]["format"]["enum"]
        for key in refused_in(one["then"])
    }
    meant = {
        (f"{place}.{one.key}", f"{form.family}/{number}")
        for known, records in FORMATS_OF_FILES.values()
        if known is form
        for place, record in records.items()
        for one in record.fields
        for number in range(1, one.since)
    }
    assert refused == meant


def refused_in(rule: Any, place: str = "") -> Iterator[str]:
    """The keys that are refused, each as ``mapping.key``; lists of mappings are called so too."""
    for key, below in rule.get("properties", {}).items():
        if below is False:
            yield f"{place}.{key}"
        else:
            yield from refused_in(below.get("items", below), key)


def rule_of(form: FileFormat[Any], place: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(schema_path(form.schema).read_bytes())
    return schema["$defs"][place] if place else schema


# The number of an annotation file


@pytest.fixture
def anna(seeds: Path) -> bytes:
    return (seeds / "annotations" / "corea-del-nord.anna.yaml").read_bytes()


@pytest.fixture
def folder(seeds: Path, tmp_path: Path) -> Folder:
    """The seed folder, with a note on the article in anna's file."""
    copytree(seeds, tmp_path / "nk-russia")
    folder = Folder(tmp_path / "nk-russia")
    path = folder.annotation_file(folder.articles()[0], "anna")
    path.write_bytes(document_bytes(noted(path.read_bytes(), "twice translated")))
    return folder


def noted(data: bytes, note: str | None) -> Document:
    document = parse_document(data, "anna.yaml")
    return replace(document, article=replace(document.article, note=note))


def test_a_file_has_the_lowest_number_that_can_hold_it(anna: bytes) -> None:
    with_note = document_bytes(noted(anna, "Agency copy, twice translated."))
    assert with_note.startswith(b"format: source-attribution/2\n")
    assert b'  language: it\n  note: "Agency copy, twice translated."\nannotator' in with_note
    assert parse_document(with_note, "anna.yaml") == noted(anna, "Agency copy, twice translated.")
    assert document_bytes(noted(with_note, None)) == anna


def test_the_writer_of_an_open_file_goes_up_and_down_with_it(anna: bytes) -> None:
    document, writer = open_document(anna, "anna.yaml")
    with_note = noted(anna, "twice translated")
    assert writer.bytes(with_note) == document_bytes(with_note)
    assert writer.bytes(document) == anna


def test_a_higher_number_than_it_needs_is_read_and_comes_out_as_the_lowest(anna: bytes) -> None:
    high = anna.replace(b"attribution/1", b"attribution/2")
    assert document_errors(high, "anna.yaml") == []
    assert document_bytes(parse_document(high, "anna.yaml")) == anna


@pytest.mark.parametrize("by_hand", [b"", b"# by hand\n"])
def test_a_key_that_the_number_does_not_have_is_refused_with_the_one_that_has(
    anna: bytes, by_hand: bytes
) -> None:
    data = by_hand + document_bytes(noted(anna, "x")).replace(b"attribution/2", b"attribution/1")
    with pytest.raises(FormatError) as caught:
        parse_document(data, "anna.yaml")
    line = 7 + by_hand.count(b"\n")
    what = "'note' needs format source-attribution/2, expected 'format: source-attribution/2'"
    assert str(caught.value) == f"anna.yaml:{line}: {what}"
    assert [str(one) for one in document_errors(data, "anna.yaml")] == [str(caught.value)]


@given(documents(), documents())
def test_files_of_different_numbers_are_merged(one: Document, other: Document) -> None:
    ours = replace(one, article=replace(one.article, note=None))
    theirs = replace(ours, article=replace(one.article, note="twice translated"))
    for first, second in ((ours, theirs), (theirs, ours)):
        merged = merge(ours, first, second)
        assert merged.document == theirs
        assert document_bytes(merged.document).startswith(b"format: source-attribution/2\n")
    assert merge(theirs, ours, theirs).document == ours
    both = merge(ours, replace(ours, article=replace(one.article, note="once")), theirs)
    assert (both.document.article.note, both.overruled) == ("once", ("article note",))


def test_both_numbers_lie_in_one_folder(folder: Folder) -> None:
    article = folder.articles()[0]
    files = list(folder.annotation_files(article).values())
    numbers = [path.read_bytes().partition(b"\n")[0][-1:] for path in files]
    assert numbers == [b"2", b"1"]
    assert check_files(files, lambda _: None).found == ()
    session = open_session(folder, article, "anna", Registry()).session
    assert session.document().article.note == "twice translated"
    session.close()
    assert parse_document(files[0].read_bytes(), "a").article.note == "twice translated"


@pytest.mark.parametrize(
    "form", [one for one in FORMATS if one.write and not one.paints], ids=lambda one: one.name
)
def test_an_export_that_has_no_place_for_the_note_counts_it(
    form: Format, folder: Folder, tmp_path: Path
) -> None:
    path = folder.annotation_file(folder.articles()[0], "anna")
    done = export_files(form, [path], tmp_path / "out", lambda _: None)
    lossless = {"brat", "jsonld", "cas-xmi", "cas-json"}
    assert done.lost["note on the article"] == (form.name not in lossless)


@pytest.mark.parametrize("name", ["brat", "jsonld", "cas-xmi", "cas-json"])
def test_the_note_comes_back_from_formats_without_loss(
    name: str, folder: Folder, tmp_path: Path
) -> None:
    form = next(one for one in FORMATS if one.name == name)
    path = folder.annotation_file(folder.articles()[0], "anna")
    (tmp_path / "out").mkdir()
    export_files(form, [path], tmp_path / "out", lambda _: None)
    written = (tmp_path / "out").rglob("*")
    found = next(one for one in written if one.is_file() and one.name.endswith(form.suffixes))
    assert form.read
    (came,) = form.read(found, lambda _: None)
    assert isinstance(came, Imported)
    assert came.document.article.note == "twice translated"


@given(documents(extra=st.just(())))
def test_keys_are_written_in_the_order_of_the_table(document: Document) -> None:
    raw = parse_with_lines(document_bytes(document), "a.yaml")[1].value
    in_order(raw, DOCUMENT, "format")
    in_order(raw["article"], ARTICLE)
    for one in raw["annotations"]:
        in_order(one, ANNOTATION)
        for span in one["spans"]:
            in_order(span, SPAN)


def in_order(raw: dict[str, Any], record: Record[Any], *first: str) -> None:
    known = [*first, *(one.key for one in record.fields)]
    assert list(raw) == [key for key in known if key in raw]


# What a table can say of keys to come


def test_a_kind_may_get_a_key_later_than_another() -> None:
    table = Record(
        Annotation,
        *(
            replace(one, on={**(one.on or {}), Kind.ATTRIBUTION: 2})
            if one.key == "unattributed"
            else one
            for one in ANNOTATION.fields
        ),
    )
    claim = Annotation(id="c-000001", kind=Kind.CLAIM, spans=())
    undecided = replace(claim, unattributed=Unattributed.ARTICLE)
    nobody = replace(undecided, kind=Kind.ATTRIBUTION)
    assert [table.number(one) for one in (claim, undecided, nobody)] == [1, 1, 2]
    assert Listed(table).number((claim, nobody)) == table.newest == 2
    assert Listed(ANNOTATION).number((claim, nobody)) == ANNOTATIONS.newest == 1


@dataclass(frozen=True)
class Toy:
    """A source with keys of three numbers."""

    id: str
    kind: Kind | None = None
    place: str | None = None
    extra: Extra = ()


@dataclass(frozen=True)
class Toys:
    """A file of them."""

    toys: tuple[Toy, ...] = ()
    extra: Extra = ()


TOY = Record(
    Toy,
    Field("id", WORDS, needed=True),
    Field("kind", choice(Kind), since=2),
    Field("place", WORDS, since=3),
    EXTRA,
)
TOYS = Listed(TOY, once=Once("id", "{} stands twice", "another"))
BOX = FileFormat("toy", "", Record(Toys, EXTRA, Field("toys", TOYS, needed=True), indent=""))

words = st.text(st.characters(codec="utf-8"), min_size=1, max_size=5)
toys = st.builds(Toy, words, st.none() | st.sampled_from(Kind), st.none() | words)


@given(st.lists(toys, unique_by=lambda one: one.id, max_size=4).map(tuple))
def test_a_toy_of_a_table_is_written_and_read_both_ways(found: tuple[Toy, ...]) -> None:
    box = Toys(found)
    text = BOX.text(box)
    tree = read_tree(text.encode(), "toys.yaml")
    assert BOX.record.read(tree.value) == box
    assert list(BOX.record.rule_errors((), tree.value)) == []
    number = max([1, *(3 if one.place else 2 if one.kind else 1 for one in found)])
    assert text.startswith(f"format: toy/{number}\n")
    if found:
        items = read_items(TOYS, text.partition("toys:\n")[2])
        strange = any(char in text for char in "\u2028\u2029\ufeff\ufffe\uffff")
        assert strange or items == (list(found), items[1] if items else [])


@pytest.mark.parametrize(("number", "read"), [(0, False), (1, True), (3, True), (4, False)])
def test_a_table_says_which_numbers_are_read(number: int, read: bool) -> None:
    tree = read_tree(f"format: toy/{number}\n".encode(), "toys.yaml")
    assert (other_format(tree, BOX.newest, "toys.yaml") is None) is read
    assert BOX.newest == "toy/3"
