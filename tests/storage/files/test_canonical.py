from __future__ import annotations

import gc
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.errors import FormatError
from annotator.core.model import Annotation, Document
from annotator.storage.bulk.garbage import paused_collector
from annotator.storage.files.annotation_file import (
    annotation_text,
    document_bytes,
    parse_document,
    parse_with_lines,
    read_annotations,
    split,
)
from tests.storage.documents import documents

plain_documents = documents(extra=st.just(()))


def fast(data: bytes) -> tuple[Annotation, ...] | None:
    halves = split(data)
    found = read_annotations(halves[1]) if halves else None
    return None if found is None else tuple(found[0])


@pytest.fixture
def anna(seeds: Path) -> bytes:
    return (seeds / "annotations" / "corea-del-nord.anna.yaml").read_bytes()


def test_the_seed_goes_the_fast_way(anna: bytes) -> None:
    assert fast(anna) == the_long_way(anna, "anna.yaml").annotations


@given(plain_documents)
def test_both_ways_read_the_same_in_whatever_this_program_writes(document: Document) -> None:
    data = document_bytes(document)
    read = fast(data)
    usual = all(one.source not in ("no", "on", "true") for one in document.annotations)
    assert read == (document.annotations if document.annotations and usual else None)
    assert the_long_way(data, "a.yaml") == document


@given(plain_documents)
def test_each_annotation_comes_with_its_own_lines(document: Document) -> None:
    halves = split(document_bytes(document))
    found = read_annotations(halves[1]) if halves else None
    if halves and found:
        annotations, ends = found
        lines = [halves[1][start:end] for start, end in pairwise([0, *ends])]
        assert lines == [annotation_text(annotation) for annotation in annotations]


@given(
    plain_documents,
    st.data(),
    st.binary(max_size=3)
    | st.sampled_from([b"\n", b'"', b"\\", b"}", b" ", b"#", b"\xe2\x80\xa8"]),
)
def test_an_edited_file_is_never_read_otherwise_than_the_long_way(
    document: Document, data: st.DataObject, new: bytes
) -> None:
    written = document_bytes(document)
    start = data.draw(st.integers(0, len(written)))
    edited = written[:start] + new + written[start + data.draw(st.integers(0, 9)) :]
    check_agreement(edited)


@given(plain_documents, st.data())
def test_lines_moved_or_lost_are_never_read_otherwise_than_the_long_way(
    document: Document, data: st.DataObject
) -> None:
    lines = document_bytes(document).splitlines(keepends=True)
    taken = lines.pop(data.draw(st.integers(0, len(lines) - 1)))
    lines.insert(data.draw(st.integers(0, len(lines))), taken * data.draw(st.integers(0, 2)))
    check_agreement(b"".join(lines))


def check_agreement(data: bytes) -> None:
    assert outcome(parse_document, data) == outcome(the_long_way, data)


def outcome(parse: Callable[[bytes, str], Document], data: bytes) -> Document | str:
    try:
        return parse(data, "a.yaml")
    except FormatError as error:
        return str(error)


def the_long_way(data: bytes, name: str) -> Document:
    return parse_with_lines(data, name)[0]


def lone(line: str) -> str:
    return (
        "- id: a-000001\n"
        "  kind: attribution\n"
        "  source: kcna\n"
        "  spans:\n"
        '  - {start: 1, end: 2, exact: "a", prefix: "", suffix: ""}\n'
    ) + line


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("source: kcna", "source: true"),
        ("source: kcna", "source: 12"),
        ("source: kcna", 'source: "kcna"'),
        ("source: kcna", "source: kcna # sure?"),
        ("kind: attribution", "kind: claim"),
        ("start: 1", "start: 01"),
        ("start: 1", "start: 2"),
        ("start: 1", "start: 1.0"),
        ('"a"', "'a'"),
        ('"a"', '""'),
        ('"a"', r'"\x61"'),
        ('"a"', r'"\/"'),
        ('"a"', r'"\u0041"'),
        ('"a"', r'"\ud800"'),
        ('"a"', '"a\u2028"'),
        ('"a"', '"a\t"'),
        ('"a"', '"a\x85"'),
        ('suffix: ""}', 'suffix: "", x-a: 1}'),
        ('suffix: ""}', 'suffix: ""} # odd'),
        ("  spans", " spans"),
        ("\n", "\r\n"),
        ("  via: a-000002\n", "  via: a-000002\n  x-a: 1\n"),
        ("  via: a-000002\n", "  via: a-000002"),
        ("  via: a-000002\n", "  content: [c-000001, c-000001]\n"),
        ("  via: a-000002\n", "  unattributed: unknown\n"),
        ("  via: a-000002\n", "  note: plain\n"),
        ("  via: a-000002\n", "  via: a-000002\nx-a: 1\n"),
    ],
)
def test_the_slightest_deviation_takes_the_long_way(old: str, new: str) -> None:
    text = lone("  via: a-000002\n")
    assert read_annotations(text) is not None
    assert old in text
    assert read_annotations(text.replace(old, new)) is None


def test_a_line_that_only_ends_like_a_span_takes_the_long_way() -> None:
    line = '  - {start: 3, end: 4, exact: "b", prefix: "", suffix: ""}\n'
    assert read_annotations(lone(line)) is not None
    assert read_annotations(lone(f"  - {{start: 2,{line}")) is None


def test_the_same_id_twice_takes_the_long_way() -> None:
    assert (
        read_annotations(lone("") + lone("").replace("start: 1, end: 2", "start: 5, end: 6"))
        is None
    )


def test_annotations_out_of_order_take_the_long_way() -> None:
    other = lone("").replace("a-000001", "a-000002").replace("start: 1, end: 2", "start: 0, end: 1")
    assert read_annotations(lone("") + other) is None
    assert read_annotations(other + lone("")) is not None


@pytest.mark.parametrize("was_on", [True, False])
def test_the_collector_is_left_as_it_was(was_on: bool) -> None:
    (gc.enable if was_on else gc.disable)()
    try:
        with paused_collector():
            assert not gc.isenabled()
        assert gc.isenabled() is was_on
    finally:
        gc.enable()


def test_annotations_without_a_value_are_refused_either_way(anna: bytes) -> None:
    head = anna[: anna.index(b"\nannotations:\n")] + b"\nannotations:\n"
    assert fast(head) is None
    with pytest.raises(FormatError, match="'annotations' has no value"):
        parse_document(head, "anna.yaml")
