from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest

from annotator.core import model, sources
from annotator.storage.files.schema import schema_errors
from annotator.storage.shipped.resources import schema_path
from annotator.storage.yaml.reader import read_tree

SOUND = """\
format: source-attribution/1
article:
  file: ../a.txt
  sha256: aa00000000000000000000000000000000000000000000000000000000000000
  length: 100
annotator: anna
annotations:
- id: a-000001
  kind: attribution
  source: kcna
  spans:
  - {start: 1, end: 2, exact: "a", prefix: "", suffix: ""}
  content: [c-000001]
- id: c-000001
  kind: claim
  spans:
  - {start: 3, end: 4, exact: "b", prefix: "", suffix: ""}
"""


def sentences(text: str) -> list[str]:
    tree = read_tree(text.encode(), "anna.yaml")
    return [str(error) for error in schema_errors(tree, "annotation.schema.json", "anna.yaml")]


def test_a_sound_file_has_no_problems() -> None:
    assert sentences(SOUND) == []


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("source: kcna", "sorce: kcna", "10: unknown key 'sorce', did you mean 'source'?"),
        (
            "  length: 100",
            "  length: 100\n  zzz: 1",
            "6: unknown key 'zzz', expected one of file, sha256, length, language, note, or x-…",
        ),
        ("kind: claim", "kind: clame", "15: kind is 'clame', expected claim, quote or attribution"),
        ("start: 3", "start: three", "17: start is 'three', expected a whole number"),
        ("start: 3", "start: 3.5", "17: start is 3.5, expected a whole number"),
        ("start: 3", "start: true", "17: start is true, expected a whole number"),
        ("start: 3", "start: -3", "17: start is -3, expected 0 or more"),
        ("start: 3, ", "", "17: 'start' is missing in a span"),
        ("  kind: claim\n", "", "14: 'kind' is missing in an annotation"),
        ("annotator: anna\n", "", "1: 'annotator' is missing in the file"),
        (
            "annotator: anna",
            "annotator: 12",
            "6: annotator is 12, expected text (in quotation marks if need be)",
        ),
        ("annotator: anna", "annotator: ''", "6: annotator is empty, expected some text"),
        ("id: c-000001", "id: c-1", "14: id is 'c-1', expected something like c-8r3tdw"),
        (
            "[c-000001]",
            "[7]",
            "13: an id of content is 7, expected text (in quotation marks if need be)",
        ),
        (
            "[c-000001]",
            "[c-000001, c-000001]",
            "13: content names something twice, expected each once",
        ),
        ("kind: claim", "kind: claim\n  source: kcna", "16: 'source' does not belong to a claim"),
        (
            "source: kcna",
            "unattributed: article",
            "10: 'unattributed' does not belong to an attribution",
        ),
        (
            "annotator: anna",
            "annotator: anna\nreviews: [a]",
            "1: 'decisions' is missing in the file",
        ),
        (
            "source-attribution/1",
            "something-else/1",
            "1: format is 'something-else/1', "
            "expected source-attribution/1 or source-attribution/2",
        ),
    ],
)
def test_each_breach_has_its_line_and_its_sentence(old: str, new: str, sentence: str) -> None:
    assert SOUND.count(old) >= 1
    assert sentences(SOUND.replace(old, new, 1)) == [f"anna.yaml:{sentence}"]


def test_a_file_that_is_a_list_is_told_so() -> None:
    assert sentences("- a\n- b\n") == [
        "anna.yaml:1: the file is a list, expected a mapping of keys"
    ]


def test_all_breaches_are_found_in_the_order_of_lines() -> None:
    text = SOUND.replace("kind: claim", "kind: clame").replace("length: 100", "length: long")
    assert [one.split(":")[1] for one in sentences(text)] == ["5", "15"]


def test_a_long_wrong_value_is_not_told_at_full_length() -> None:
    assert len(sentences(SOUND.replace("kind: claim", f"kind: {'long ' * 999}"))[0]) < 200


@pytest.mark.parametrize("name", ["annotation.schema.json", "sources.schema.json"])
def test_the_schemas_are_themselves_sound(name: str) -> None:
    assert jsonschema_rs.meta.is_valid(json.loads(schema_path(name).read_bytes()))


def test_the_schemas_list_the_same_words_as_the_core() -> None:
    annotation = json.loads(schema_path("annotation.schema.json").read_bytes())
    source = json.loads(schema_path("sources.schema.json").read_bytes())["$defs"]["source"]
    one = annotation["$defs"]["annotation"]["properties"]
    told = {
        model.Status: annotation["properties"]["status"],
        model.Verdict: annotation["$defs"]["decision"]["properties"]["verdict"],
        model.Kind: one["kind"],
        model.Unattributed: one["unattributed"],
        model.Stance: one["stance"],
        model.Certainty: one["certainty"],
        sources.SourceType: source["properties"]["type"],
    }
    for words, rule in told.items():
        assert list(words) == rule["enum"]


@pytest.mark.parametrize("name", ["annotation", "article", "sources"])
def test_each_pattern_of_a_schema_has_an_example_for_its_sentence(name: str) -> None:
    schema = json.loads(schema_path(f"{name}.schema.json").read_bytes())
    rules = [one for one in mappings(schema) if isinstance(one.get("pattern"), str)]
    assert [one["pattern"] for one in rules if not one.get("examples")] == []


def mappings(value: Any) -> Iterator[dict[str, Any]]:
    """All mappings in a JSON value, except those that are about names of keys."""
    if isinstance(value, dict):
        yield value
        value = [one for key, one in value.items() if key != "propertyNames"]
    for one in value if isinstance(value, list) else ():
        yield from mappings(one)
