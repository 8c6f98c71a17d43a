from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from annotator.core.errors import FormatError
from annotator.core.model import Document, Kind, Status
from annotator.storage.files.annotation_file import (
    document_bytes,
    document_errors,
    open_document,
    parse_document,
    parse_with_lines,
)
from tests.storage.documents import documents


@pytest.fixture(params=["anna", "boris"])
def seed(request: pytest.FixtureRequest, seeds: Path) -> bytes:
    return (seeds / "annotations" / f"corea-del-nord.{request.param}.yaml").read_bytes()


@pytest.fixture
def anna(seeds: Path) -> bytes:
    return (seeds / "annotations" / "corea-del-nord.anna.yaml").read_bytes()


def test_the_seed_files_come_out_as_they_went_in(seed: bytes) -> None:
    assert document_errors(seed, "seed.yaml") == []
    assert document_bytes(parse_document(seed, "seed.yaml")) == seed
    assert document_bytes(parse_with_lines(seed, "seed.yaml")[0]) == seed


def test_the_seed_file_means_what_it_says(anna: bytes) -> None:
    document = parse_document(anna, "anna.yaml")
    first = document.annotations[0]
    assert (document.annotator, document.status) == ("anna", Status.DONE)
    assert (document.article.file, document.article.length) == ("../corea-del-nord.txt", 2171)
    assert (len(document.annotations), first.kind) == (23, Kind.ATTRIBUTION)
    assert (first.source, first.content, first.via) == ("north-korea", ("c-8r3tdw",), "a-v5n0ke")
    assert first.mention[0].exact == "la Corea del Nord"
    assert first.spans[0].prefix == "e in Russia\n\nIl 28 aprile 2025, "


@given(documents())
def test_any_document_reads_back_as_it_was_written(document: Document) -> None:
    data = document_bytes(document)
    assert parse_document(data, "a.yaml") == document
    assert document_bytes(parse_document(data, "a.yaml")) == data


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(anna: bytes) -> None:
    foreign = b"\xef\xbb\xbf" + anna.replace(b"\n", b"\r\n")
    assert parse_document(foreign, "anna.yaml") == parse_document(anna, "anna.yaml")


def test_comments_and_another_order_of_keys_are_read(anna: bytes) -> None:
    head, body = anna.split(b"annotations:\n")
    turned = b"# by hand\nannotations:\n" + body + head
    assert parse_document(turned, "anna.yaml") == parse_document(anna, "anna.yaml")


def test_annotations_in_another_order_come_into_text_order(anna: bytes) -> None:
    head, *chunks = anna.split(b"- id: ")
    turned = b"- id: ".join([head, *reversed(chunks)])
    assert document_bytes(parse_document(turned, "anna.yaml")) == anna


def test_a_file_without_status_is_in_progress_and_says_so_when_saved(anna: bytes) -> None:
    document = parse_document(anna.replace(b"status: done\n", b""), "anna.yaml")
    assert document.status is Status.IN_PROGRESS
    assert b"\nstatus: in-progress\n" in document_bytes(document)


def test_keys_of_other_programs_survive_at_every_level(anna: bytes) -> None:
    foreign = (
        anna.replace(b"  language: it\n", b'  language: it\n  x-url: "https"\n')
        .replace(b"status: done\n", b'status: done\nx-tool: {name: "other", version: 1.5}\n')
        .replace(b"  stance: confirms\n", b"  stance: confirms\n  x-score: 0.87\n")
        .replace(b'Corea del Nord"}\n', b'Corea del Nord", x-sure: true}\n')
    )
    document = parse_document(foreign, "anna.yaml")
    assert document.article.extra == (("x-url", "https"),)
    assert document.extra == (("x-tool", {"name": "other", "version": 1.5}),)
    assert document.annotations[0].extra == (("x-score", 0.87),)
    assert document.annotations[0].mention[0].extra == (("x-sure", True),)
    assert document_bytes(document) == foreign


@pytest.mark.parametrize("noise", [b"", b"zzz: 1\nstatus: what\n", b"annotations: 7\n"])
def test_the_file_of_a_newer_program_is_refused_with_one_sentence(
    noise: bytes,
) -> None:
    newer = noise + b"format: source-attribution/3\n"
    [problem] = document_errors(newer, "anna.yaml")
    assert str(problem) == (
        f"anna.yaml:{len(noise.splitlines()) + 1}: a newer program wrote this file "
        "(format source-attribution/3); update this program to open it"
    )


@pytest.mark.parametrize(
    ("data", "line", "what"),
    [
        (b"zzz: 1\nannotations: 7\n", 1, "'format' is missing"),
        (b"format: [1]\n", 1, "'format' is missing"),
        (b"zzz: 1\nformat: source-registry/1\n", 2, "format is 'source-registry/1'"),
    ],
)
def test_a_file_of_another_kind_is_refused_with_one_sentence(
    data: bytes, line: int, what: str
) -> None:
    [problem] = document_errors(data, "anna.yaml")
    sentence = f"anna.yaml:{line}: {what}, expected 'format: source-attribution/1'"
    assert str(problem) == sentence


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            "- id: c-8r3tdw",
            "- id: a-2m7xkq",
            "22: the id a-2m7xkq stands twice, expected a new one",
        ),
        (
            "start: 168, end: 232",
            "start: 300, end: 232",
            "14: the span ends at 232, expected after",
        ),
        (
            "start: 168, end: 232",
            "start: 168, end: 168",
            "14: the span ends at 168, expected after",
        ),
        (
            "start: 646, end: 655",
            "start: 600, end: 655",
            "59: the span starts at 600, expected 632",
        ),
        ("  via: a-v5n0ke\n", "  wia: a-v5n0ke\n", "20: unknown key 'wia', did you mean 'via'?"),
    ],
)
def test_what_cannot_be_tagged_on_is_refused_with_its_line(
    old: str, new: str, sentence: str, anna: bytes
) -> None:
    data = anna.replace(old.encode(), new.encode(), 1)
    with pytest.raises(FormatError) as caught:
        parse_document(data, "anna.yaml")
    assert str(caught.value).startswith(f"anna.yaml:{sentence}")
    assert [str(problem) for problem in document_errors(data, "anna.yaml")] == [str(caught.value)]


def test_broken_yaml_is_one_problem(anna: bytes) -> None:
    [problem] = document_errors(anna.replace(b"status: done", b"status: [done"), "anna.yaml")
    assert "this is not YAML" in str(problem)


def test_one_changed_annotation_is_a_change_of_its_own_lines_only(anna: bytes) -> None:
    document = parse_document(anna, "anna.yaml")
    changed = replace(document.annotations[3], note="look again")
    others = [changed if one.id == changed.id else one for one in document.annotations]
    after = document_bytes(replace(document, annotations=tuple(others)))
    new = [line for line in after.splitlines() if line not in anna.splitlines()]
    assert new == [b'  note: "look again"']
    assert after.replace(b'  note: "look again"\n', b"") == anna


def test_the_writer_keeps_the_text_of_what_has_not_changed(anna: bytes) -> None:
    document, writer = open_document(anna, "anna.yaml")
    assert writer.bytes(document) == anna
    fewer = replace(document, annotations=document.annotations[1:], status=Status.IN_PROGRESS)
    assert writer.bytes(fewer) == document_bytes(fewer)
    assert writer.bytes(document) == anna


def test_the_writer_is_not_fooled_by_an_equal_id(anna: bytes) -> None:
    document, writer = open_document(anna, "anna.yaml")
    first, *others = document.annotations
    changed = replace(document, annotations=(replace(first, stance=None), *others))
    assert writer.bytes(changed) == document_bytes(changed) != anna
