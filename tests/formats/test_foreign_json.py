"""JSON of other programs: what is not of the type that is asked for is named with its place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.errors import FormatError
from annotator.formats.cas import reader
from annotator.formats.foreign_json import Foreign, Unexpected, decoded, decoded_items, shown
from annotator.formats.format import Format, Imported, Left
from annotator.formats.jsonld import format
from annotator.formats.regions import doccano, label_studio
from annotator.formats.tables import jsonl_rows

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=20,
)


def complaint(written: str) -> tuple[int, str]:
    with pytest.raises(Unexpected) as caught:
        decoded(written)
    return caught.value.line, str(caught.value)


@given(values)
def test_json_is_read_as_it_is(value: Any) -> None:
    try:
        written = json.dumps(value, indent=1, ensure_ascii=False)
        written.encode()
    except UnicodeEncodeError:
        return
    assert decoded(written) == value
    items = [item for _, item in decoded_items(written)]
    assert items == (value if isinstance(value, list) else [value])


def test_items_come_with_the_lines_where_they_begin() -> None:
    assert list(decoded_items('[\n1,\n\n {"a":\n2}, 3\n]\n')) == [(2, 1), (4, {"a": 2}), (5, 3)]


@pytest.mark.parametrize(
    ("written", "line", "what"),
    [
        ('{"a": 1,\n"b"', 2, "breaks off or is broken"),
        ("[1,\n2] 3", 2, "something follows"),
        ('{"a":\n' + "[" * 100_000, 2, "nested too deeply"),
        ("[\n" + "9" * 5000 + "]", 2, "too many digits"),
        ('{"a":\n"\\ud800"}', 2, "half a character"),
        ('{"a":\n"\\udc00\\ud800"}', 2, "half a character"),
        ("[" + "0," * 2_000_000 + "0]", 1, "holds too much"),
    ],
)
def test_what_is_no_json_for_us_is_said_with_its_line(written: str, line: int, what: str) -> None:
    found, sentence = complaint(written)
    assert what in sentence
    assert found == line


@pytest.mark.parametrize("written", ['"\\ud83d\\ude00"', '"\\\\ud800"', '"\\\\\\\\ud800"'])
def test_whole_characters_and_escaped_backslashes_are_no_halves(written: str) -> None:
    assert decoded(written) == json.loads(written)


def test_a_wrong_type_is_named_with_the_way_to_it() -> None:
    task = Foreign({"a": [{"b": 3}], "c": True})
    with pytest.raises(Unexpected, match=r"^a\[0\]\.b is the number 3, expected text$"):
        task.get("a").items()[0].get("b").text()
    with pytest.raises(Unexpected, match=r"^c is true, expected a whole number$"):
        task.get("c").number()
    assert (task.get("d").text(), task.get("d").items(), task.get("d").number()) == ("", [], None)
    odd: list[object] = [[], {}, 10**30, "x" * 99]
    assert list(map(shown, odd)) == ["a list", "a mapping", "a large number", f"“{'x' * 40}”"]


# In each format

ODD: list[Any] = [None, True, 7, 1.5, 10**30, "x", [], {}, [[]], [None], [{}], {"id": {}}]
TEXT = "Secondo la KCNA."
REGION = {"id": "r", "type": "labels", "value": {"start": 0, "end": 7, "labels": ["claim"]}}
LINK = {"type": "relation", "from_id": "r", "to_id": "r", "labels": ["content"]}
TASK = {
    "data": {"text": TEXT, "name": "a", "language": "it"},
    "annotations": [{"completed_by": {"email": "a"}, "result": [REGION, LINK]}],
}
LINE = {
    "text": TEXT,
    "name": "a",
    "annotator": "anna",
    "entities": [{"id": 1, "label": "claim", "start_offset": 0, "end_offset": 7, "key": "c"}],
    "label": [[0, 7, "claim"]],
    "relations": [{"id": 1, "from_id": 1, "to_id": 1, "type": "content"}],
}
ROW = {
    "article": "a.txt",
    "sha256": "1",
    "annotator": "anna",
    "id": "c-000001",
    "kind": "claim",
    "spans": [[0, 7]],
    "words": "Secondo",
    "content": [],
    "source": "kcna",
    "source_name": "KCNA",
}
PAGE = {
    "@context": ["http://www.w3.org/ns/anno.jsonld", {"sa": "urn:source-attribution:"}],
    "sa:article": {"schema:text": TEXT},
    "items": [
        {
            "id": "c-000001",
            "body": [{"value": "claim", "purpose": "tagging"}],
            "target": {"selector": [{"type": "TextPositionSelector", "start": 0, "end": 7}]},
        }
    ],
}
JSON_FORMATS = [
    (label_studio.FORMAT, [TASK]),
    (doccano.FORMAT, LINE),
    (jsonl_rows.FORMAT, ROW),
    (format.FORMAT, PAGE),
]


def places(value: Any) -> list[tuple[Any, Any]]:
    """Each list or mapping with each of its keys."""
    if not isinstance(value, list | dict):
        return []
    keys = list(value) if isinstance(value, dict) else list(range(len(value)))
    return [(value, key) for key in keys] + [p for key in keys for p in places(value[key])]


@pytest.mark.parametrize(("form", "sound"), JSON_FORMATS, ids=lambda x: getattr(x, "name", ""))
def test_any_value_of_any_other_type_is_left_or_refused(
    form: Format, sound: Any, tmp_path: Path
) -> None:
    for number in range(len(places(sound))):
        for odd in ODD:
            spoilt = json.loads(json.dumps(sound))
            holder, key = places(spoilt)[number]
            holder[key] = odd
            read(form, json.dumps(spoilt), tmp_path)


def read(form: Format, written: str, folder: Path) -> list[Imported | Left]:
    from annotator.core.text.article import Article

    path = folder / f"a{form.suffixes[0]}"
    path.write_text(written, "utf-8")
    assert form.read
    try:
        return list(form.read(path, lambda _: Article(TEXT)))
    except FormatError:
        return []


def test_what_is_left_of_a_task_says_where_and_why(tmp_path: Path) -> None:
    broken = json.loads(json.dumps(TASK))
    broken["annotations"][0]["result"][0]["value"]["start"] = "zero"
    found, wrong = read(label_studio.FORMAT, json.dumps([broken, {"data": 3}], indent=1), tmp_path)
    assert isinstance(found, Imported)
    (odd, *_) = found.left
    assert str(odd).removeprefix(str(tmp_path)) == (
        "/a.json:2: a region: "
        "annotations[0].result[0].value.start is “zero”, expected a whole number"
    )
    assert str(wrong).endswith(": task 2: data is the number 3, expected a mapping")


def test_a_cas_with_other_features_than_ours_is_left(tmp_path: Path) -> None:
    for name in ("begin", "label", "key", "rest"):
        tag = type("Tag", (), {"begin": 0, "end": 7, "label": "claim", "xmiID": 1, name: {}})()
        from annotator.core.text.article import Article
        from annotator.formats.regions.regions import RegionDocument

        scene = RegionDocument("a.xmi", None, Article(TEXT))
        list(reader._regions([tag], scene))
        list(reader._known_rests([tag], scene))
        assert [one for one in scene.left if name in one.reason], name
