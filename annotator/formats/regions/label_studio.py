"""Label Studio: tasks with regions, per-region values and relations, in JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from annotator.core.errors import AnnotatorError, FormatError
from annotator.core.model import Kind, Span
from annotator.core.text.article import read_article
from annotator.core.text.offsets import Utf16Offsets
from annotator.formats.foreign_json import Foreign, Unexpected, decoded_items
from annotator.formats.format import Find, Format, Imported, Left, Put, Result, Tagged
from annotator.formats.input import SOURCE_ID, json_errors, placed, read_text
from annotator.formats.regions.regions import (
    PARTS,
    VALUES,
    Region,
    RegionDocument,
    Relation,
    left_by_regions,
    regions_of,
    relations_of,
)
from annotator.formats.tables.rows import article_name

TITLE = "Label Studio JSON"
NAME = "label-studio.json"

_TYPES = {
    "labels": "region",
    "hypertextlabels": "region",
    "choices": "value",
    "textarea": "value",
    "relation": "relation",
}
"""What we have a place for among the types of results."""

_TEXT = {"from_name": "label", "to_name": "text"}

Json = dict[str, Any]


def write(files: Iterable[Tagged], put: Put) -> Iterable[Left]:
    """All files into one, a task for each; offsets are UTF-16 units, as browsers count.

    Label Studio wants a labelling interface with Labels ``label`` on Text ``text``, Choices
    ``stance``, ``certainty`` and ``unattributed`` and a TextArea ``source``, all per region.
    """
    left: list[Left] = []
    put(NAME, _pieces(files, left))
    return left


def _pieces(files: Iterable[Tagged], left: list[Left]) -> Iterator[bytes]:
    before = "[\n"
    for tagged in files:
        left += left_by_regions(tagged)
        yield (before + json.dumps(_task(tagged), ensure_ascii=False)).encode()
        before = ",\n"
    yield b"[]\n" if before == "[\n" else b"\n]\n"


def _task(tagged: Tagged) -> Json:
    document, text = tagged.document, tagged.article.text
    units = Utf16Offsets(text)
    results = [one for region in regions_of(document) for one in _results(region, units)]
    results += [
        {
            "type": "relation",
            "from_id": one.start,
            "to_id": one.end,
            "direction": "right",
            "labels": [one.type],
        }
        for one in relations_of(document)
    ]
    language = {"language": document.article.language} if document.article.language else {}
    return {
        "data": {"text": text, "name": article_name(tagged), **language},
        "annotations": [{"completed_by": {"email": document.annotator}, "result": results}],
    }


def _results(region: Region, units: Utf16Offsets) -> Iterator[Json]:
    span = region.span
    where = {"start": units.to_units(span.start), "end": units.to_units(span.end)}
    note = region.values.get("note")
    yield {
        "id": region.id,
        **_TEXT,
        "type": "labels",
        "value": {**where, "text": span.exact, "labels": [region.label]},
        **({"meta": {"text": [note]}} if note else {}),
    }
    for key, value in region.values.items():
        kind = "choices" if key in VALUES else "textarea"
        if key != "note":
            told = {"choices": [value]} if kind == "choices" else {"text": [value]}
            named = {"from_name": key, "to_name": "text", "type": kind}
            yield {"id": region.id, **named, "value": {**where, **told}}


def read(path: Path, find: Find) -> Iterator[Imported | Left]:
    """Each annotation of each task is somebody's tagging of one article."""
    has_data = False
    with json_errors(path, read_text(path, TITLE), TITLE) as written:
        for number, (line, value) in enumerate(decoded_items(written), 1):
            has_data = has_data or (isinstance(value, dict) and "data" in value)
            try:
                yield from _read_task(path, line, number, Foreign(value))
            except Unexpected as error:
                yield Left(str(path), line, f"task {number}", str(error))
    if not has_data:
        raise FormatError(str(path), 1, "there are no tasks with data", TITLE)


def _read_task(path: Path, line: int, number: int, task: Foreign) -> Iterator[Imported | Left]:
    data = task.get("data")
    text = data.get("text").text()
    if not text:
        yield Left(str(path), line, f"task {number}", "it has no text")
        return
    try:
        article = read_article(text.encode(), f"{path}: task {number}")
    except AnnotatorError as error:
        yield Left(str(path), line, f"the text of task {number}", str(error))
        return
    name = data.get("name").text() or f"{path.stem}-{number}"
    for one in task.get("annotations").items() or task.get("completions").items():
        scene = RegionDocument(str(path), line, article)
        try:
            yield _imported(scene, one, text, name, data.get("language").text() or None)
        except Unexpected as error:
            yield Left(str(path), line, f"an annotation of task {number}", str(error))


def _imported(
    scene: RegionDocument, annotation: Foreign, text: str, name: str, language: str | None
) -> Imported:
    units = Utf16Offsets(text)
    sorted_out: dict[str, list[Foreign]] = {"region": [], "value": [], "relation": []}
    for one in annotation.get("result").items():
        with scene.leaving("a result"):
            kind = one.get("type").text()
            if kind in _TYPES:
                sorted_out[_TYPES[kind]].append(one)
            else:
                scene.leave(f"result of type {kind}", "we have no place for it")
    values = _values(sorted_out["value"], scene)
    regions = list(_regions(sorted_out["region"], values, units, scene))
    relations = list(_relations(sorted_out["relation"], scene))
    return scene.imported(name, _annotator(annotation), language, regions, relations)


def _annotator(annotation: Foreign) -> str:
    """The address of who made it; Label Studio may say a number instead, which names nobody."""
    by = annotation.get("completed_by")
    return by.get("email").text() if isinstance(by.value, dict) else ""


def _regions(
    results: list[Foreign], values: _Values, units: Utf16Offsets, scene: RegionDocument
) -> Iterator[Region]:
    for one in results:
        with scene.leaving("a region"):
            region = _region(one, values, units, scene)
            if region:
                yield region


def _region(
    one: Foreign, values: _Values, units: Utf16Offsets, scene: RegionDocument
) -> Region | None:
    value, theirs = one.get("value"), one.get("id").name()
    labels = value.get(one.get("type").text()).texts() or value.get("labels").texts()
    said = labels[0] if labels else "without a label"
    if said.lower() not in (*Kind, *PARTS):
        scene.leave(f"region {said:.40}", "neither claim, quote nor attribution")
        return None
    start, end = (value.get(key).number() for key in ("start", "end"))
    span = _span(start, end, value.get("text").text() or None, units, scene)
    if span is None:
        what = f"region {said} {start}-{end}"
        scene.leave(what, "its words stand neither there nor once elsewhere")
        return None
    note = "\n".join(one.get("meta").get("text").texts())
    told = {"note": note} if note else {}
    return Region(theirs, said.lower(), span, told | values.get(theirs, {}))


def _span(
    start: int | None,
    end: int | None,
    exact: str | None,
    units: Utf16Offsets,
    scene: RegionDocument,
) -> Span | None:
    if start is None or end is None:
        return None
    return placed(scene.article, units.to_points(start), units.to_points(end), exact)


_Values = dict[str, dict[str, str]]
"""By the id of a region: what is said of it."""


def _values(results: list[Foreign], scene: RegionDocument) -> _Values:
    found: _Values = {}
    for one in results:
        with scene.leaving("a value"):
            theirs, key = one.get("id").name(), one.get("from_name").text()
            told = one.get("value")
            given = [*told.get("choices").texts(), *told.get("text").texts(), ""]
            if key == "source" and not SOURCE_ID.fullmatch(given[0]):
                why = "an id has small letters, digits and hyphens only"
                scene.leave(f"source {given[0]:.40}", why)
            elif key == "source" or key in VALUES:
                found.setdefault(theirs, {})[key] = given[0]
            else:
                scene.leave(f"{key:.40} {given[0]:.40}", "we have no place for it")
    return found


def _relations(results: list[Foreign], scene: RegionDocument) -> Iterator[Relation]:
    for one in results:
        with scene.leaving("a relation"):
            ends = one.get("from_id").name(), one.get("to_id").name()
            for label in one.get("labels").texts() or ["without a label"]:
                yield Relation(label.lower(), *ends)


FORMAT = Format(
    name="label-studio",
    title=TITLE,
    suffixes=(".json",),
    result=Result.ONE_FILE,
    write=write,
    read=read,
    loses=(
        "the article's note",
        "answers to problems",
        "a review's decisions",
        "names of sources",
        "x- keys",
    ),
)
