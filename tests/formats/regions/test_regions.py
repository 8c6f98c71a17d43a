"""Tools of labelled regions: Label Studio and doccano, out and back."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core.chains.chain import MOST_LINKS
from annotator.core.checks.format_errors import find_format_errors
from annotator.core.errors import AnnotatorError
from annotator.core.model import Certainty, Document, Kind
from annotator.core.text.article import Article
from annotator.formats.exporting import export_files
from annotator.formats.format import Format, Imported, Left, Tagged
from annotator.formats.importing import import_files
from annotator.formats.regions import doccano, label_studio
from annotator.storage.files.annotation_file import parse_document
from annotator.storage.reading import annotation_files_in
from tests.formats.tagged import REGISTRY, tagged

GOLDEN = Path(__file__).parents[1] / "golden"
BOTH = pytest.mark.parametrize(
    "form", [label_studio.FORMAT, doccano.FORMAT], ids=lambda form: form.name
)
TEXT = "🥳 Secondo la KCNA, è vero."


def nothing(*_: int) -> None: ...


def back(form: Format, one: Tagged, folder: Path) -> Imported:
    """What is read from what is written."""
    path = folder / f"x{form.suffixes[0]}"
    assert form.write
    for _ in form.write([one], lambda _, data: _write(path, data)):
        pass
    (found,) = read(form, path)
    assert isinstance(found, Imported)
    return found


def _write(path: Path, data: Any) -> None:
    path.write_bytes(data if isinstance(data, bytes) else b"".join(data))


def read(form: Format, path: Path) -> list[Imported | Left]:
    assert form.read
    return list(form.read(path, lambda _: None))


@BOTH
def test_the_sample_is_the_golden_one(form: Format, seeds: Path, tmp_path: Path) -> None:
    out = tmp_path / f"sample-{form.name}{form.suffixes[0]}"
    export_files(form, annotation_files_in([seeds]), out, nothing)
    assert out.read_bytes() == (GOLDEN / out.name).read_bytes()


@BOTH
def test_the_sample_comes_back_with_its_ids_spans_and_links(
    form: Format, seeds: Path, tmp_path: Path
) -> None:
    told: list[Left] = []
    golden = GOLDEN / f"sample-{form.name}{form.suffixes[0]}"
    import_files(form, [golden], tmp_path, None, progress=nothing, tell=told.append)
    assert told == []
    for path in (seeds / "annotations").iterdir():
        there = document(tmp_path / "annotations" / path.name)
        assert shape(there) == shape(document(path))
        assert list(find_format_errors(there, None, None)) == []


def document(path: Path) -> Document:
    return parse_document(path.read_bytes(), path.name)


def shape(document: Document) -> list[tuple[Any, ...]]:
    return [
        (a.id, a.kind, a.source, a.spans, a.mention, a.cue, a.content, a.via)
        for a in document.annotations
    ]


def test_label_studio_carries_attributes_and_notes_too(seeds: Path, tmp_path: Path) -> None:
    golden = GOLDEN / "sample-label-studio.json"
    import_files(
        label_studio.FORMAT, [golden], tmp_path, None, progress=nothing, tell=lambda _: None
    )
    name = Path("annotations") / "corea-del-nord.anna.yaml"
    there, sample = document(tmp_path / name), document(seeds / name)
    assert there.annotations == sample.annotations


@BOTH
@settings(max_examples=40)
@given(one=tagged(st.just(())))
def test_what_was_read_once_is_read_the_same_again(form: Format, one: Tagged) -> None:
    """The first reading leaves what would be unsound; from then on nothing changes."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as name:
        first = back(form, one, Path(name))
        again = back(form, replace(one, document=first.document), Path(name))
    assert again.document.annotations == first.document.annotations
    assert again.article == one.article
    assert again.left == ()
    assert [
        p.what
        for p in find_format_errors(first.document, None, REGISTRY)
        if p.code != "unknown-source"
    ] == []


@settings(max_examples=40)
@given(one=tagged(st.just(())))
def test_no_words_are_lost_whatever_the_script(one: Tagged) -> None:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as name:
        found = back(label_studio.FORMAT, one, Path(name))
    kept = {a.id: a for a in found.document.annotations}
    for tag in one.document.annotations:
        assert kept[tag.id].spans == tag.spans


# --- files of others


def task(*results: dict[str, Any], text: str = TEXT) -> list[dict[str, Any]]:
    return [{"data": {"text": text}, "annotations": [{"result": list(results)}]}]


def region(start: int, end: int, label: str, words: str | None = None) -> dict[str, Any]:
    value: dict[str, Any] = {"start": start, "end": end, "labels": [label]}
    if words:
        value["text"] = words
    return {"id": f"r{start}", "type": "labels", "value": value}


def take(tmp_path: Path, tasks: object) -> Imported:
    path = tmp_path / "tasks.json"
    path.write_text(json.dumps(tasks), "utf-8")
    (found,) = read(label_studio.FORMAT, path)
    assert isinstance(found, Imported)
    return found


def test_offsets_of_label_studio_count_utf_16_units(tmp_path: Path) -> None:
    found = take(tmp_path, task(region(3, 18, "attribution", "Secondo la KCNA")))
    (tag,) = found.document.annotations
    assert (tag.start, tag.end, tag.words) == (2, 17, "Secondo la KCNA")


def test_words_out_of_place_are_found_where_they_stand_once(tmp_path: Path) -> None:
    found = take(tmp_path, task(region(0, 4, "claim", "è vero")))
    assert [tag.words for tag in found.document.annotations] == ["è vero"]


def test_whatever_cannot_be_taken_is_named(tmp_path: Path) -> None:
    stray = {"type": "relation", "from_id": "r0", "to_id": "nowhere", "labels": ["content"]}
    rating = {"type": "rating", "id": "r3", "value": {"rating": 3}}
    found = take(tmp_path, task(region(3, 18, "PER"), region(99, 120, "claim"), stray, rating))
    assert found.document.annotations == ()
    assert [(one.what, one.reason) for one in found.left] == [
        ("result of type rating", "we have no place for it"),
        ("region PER", "neither claim, quote nor attribution"),
        ("region claim 99-120", "its words stand neither there nor once elsewhere"),
        ("relation content", "one of its ends is not there"),
    ]


def test_doccano_triples_of_plain_projects_are_taken(tmp_path: Path) -> None:
    path = tmp_path / "all.jsonl"
    lines = [
        {"text": TEXT, "label": [[2, 17, "attribution:kcna"], [19, 25, "CLAIM"], [0, 1, "emoji"]]},
        {"nothing": 1},
    ]
    path.write_text("\n".join(map(json.dumps, lines)) + "\n{broken\n", "utf-8")
    found, empty, broken = read(doccano.FORMAT, path)
    assert isinstance(found, Imported)
    assert [(a.kind, a.words, a.source) for a in found.document.annotations] == [
        (Kind.ATTRIBUTION, "Secondo la KCNA", "kcna"),
        (Kind.CLAIM, "è vero", None),
    ]
    assert [str(one).removeprefix(str(path)) for one in found.left] == [
        ":1: entity emoji: neither claim, quote nor attribution"
    ]
    assert [str(one).removeprefix(str(path)) for one in (empty, broken)] == [
        ":2: the line: it has no text",
        ":3: the line: the JSON breaks off or is broken here "
        "(Expecting property name enclosed in double quotes)",
    ]


def test_links_that_would_close_a_circle_are_left(tmp_path: Path) -> None:
    text = "A dice B dice C."
    marks = [region(0, 6, "attribution"), region(7, 13, "attribution")]
    links = [
        {"type": "relation", "from_id": start, "to_id": end, "labels": ["via"]}
        for start, end in (("r0", "r7"), ("r7", "r0"))
    ]
    found = take(tmp_path, task(*marks, *links, text=text))
    assert [one.reason for one in found.left] == ["it would close a circle"]


@pytest.mark.parametrize("longest_first", [False, True])
def test_a_chain_of_too_many_is_cut_where_it_is_too_long(
    tmp_path: Path, longest_first: bool
) -> None:
    many = 2 * MOST_LINKS + 1
    marks = [region(n, n + 1, "attribution") for n in range(many)]
    links = [
        {"type": "relation", "from_id": f"r{n + 1}", "to_id": f"r{n}", "labels": ["via"]}
        for n in range(many - 1)
    ]
    ordered = links[::-1] if longest_first else links
    found = take(tmp_path, task(*marks, *ordered, text="A" * many))
    left = {one.reason for one in found.left}
    assert (len(found.left), left) == (2, {"a chain has at most 100 attributions"})
    assert not list(find_format_errors(found.document, Article("A" * many), None))


BAD = {
    "empty": (b"", "the file is empty"),
    "blank": (b" \n", "the file is empty"),
    "broken off": (b'[{"data": {"text": "A', "broken"),
    "a PDF": (b"%PDF-1.7\n", "this looks like a PDF"),
    "XML": (b"<a/>", "this looks like XML"),
    "another encoding": ('[{"data": {"text": "è"}}]'.encode("latin-1"), "is not UTF-8"),
    "other JSON": (b'{"a": 1}', "no tasks"),
    "deep": (b"[" * 100_000, "too deep"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_gets_its_sentence(name: str, tmp_path: Path) -> None:
    data, sentence = BAD[name]
    path = tmp_path / "x.json"
    path.write_bytes(data)
    with pytest.raises(AnnotatorError, match=sentence) as caught:
        read(label_studio.FORMAT, path)
    assert str(path) in str(caught.value)


def test_values_that_we_do_not_know_are_left(tmp_path: Path) -> None:
    stance = {"id": "r3", "type": "choices", "from_name": "stance", "value": {"choices": ["howls"]}}
    mood = {"id": "r3", "type": "choices", "from_name": "mood", "value": {"choices": ["bad"]}}
    unsure = {"value": {"choices": ["unsure"]}}
    sure = {"id": "r3", "type": "choices", "from_name": "certainty", **unsure}
    found = take(tmp_path, task(region(3, 18, "attribution"), stance, mood, sure))
    (tag,) = found.document.annotations
    assert (tag.stance, tag.certainty) == (None, Certainty.UNSURE)
    assert [one.what for one in found.left] == ["mood bad", "stance howls"]


def test_an_article_of_one_region_of_each_tool_is_the_same_article(tmp_path: Path) -> None:
    found = take(tmp_path, task(region(3, 18, "attribution")))
    assert found.article == Article(TEXT)
