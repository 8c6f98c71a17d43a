"""Label Studio: tasks with regions, per-region values and relations, in JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from annotator.core.article import read_article
from annotator.core.errors import AnnotatorError, FormatError
from annotator.core.model import Kind, Span
from annotator.core.offsets import Utf16Offsets
from annotator.formats.format import Find, Format, Imported, Left, Put, Result, Tagged
from annotator.formats.reading import SOURCE_ID, placed, read_json
from annotator.formats.regions import (
    PARTS,
    VALUES,
    Region,
    Relation,
    Scene,
    left_by_regions,
    regions_of,
    relations_of,
)
from annotator.formats.rows import article_name

TITLE = "Label Studio JSON"
NAME = "label-studio.json"

_LABELS = ("labels", "hypertextlabels")
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
    where = {
        "start": units.to_units(span.start),
        "end": units.to_units(span.end),
    }
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
    raw = read_json(path, TITLE)
    tasks = raw if isinstance(raw, list) else [raw]
    if not any(isinstance(task, dict) and "data" in task for task in tasks):
        raise FormatError(str(path), 1, "there are no tasks with data", TITLE)
    for number, task in enumerate(tasks, 1):
        if isinstance(task, dict):
            yield from _read_task(path, number, task)
        else:
            yield Left(str(path), None, f"task {number}", "it is no object")


def _read_task(path: Path, number: int, task: Json) -> Iterator[Imported | Left]:
    data = task.get("data")
    text = data.get("text") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(text, str):
        yield Left(str(path), None, f"task {number}", "it has no text")
        return
    try:
        article = read_article(text.encode("utf-8", "surrogatepass"), f"{path}: task {number}")
    except AnnotatorError as error:
        yield Left(str(path), None, f"the text of task {number}", str(error))
        return
    for one in task.get("annotations") or task.get("completions") or ():
        scene = Scene(str(path), None, article)
        yield _imported(scene, data, one if isinstance(one, dict) else {}, path, number, text)


def _imported(
    scene: Scene, data: Json, annotation: Json, path: Path, number: int, text: str
) -> Imported:
    results = [one for one in annotation.get("result") or () if isinstance(one, dict)]
    units = Utf16Offsets(text)
    regions = [
        region
        for one in results
        if one.get("type") in _LABELS and (region := _region(one, results, units, scene))
    ]
    _leave_others(results, scene)
    name = data.get("name") if isinstance(data.get("name"), str) else f"{path.stem}-{number}"
    language = data.get("language") if isinstance(data.get("language"), str) else None
    who = _annotator(annotation)
    return scene.imported(str(name), who, language, regions, _relations(results))


def _annotator(annotation: Json) -> str:
    by = annotation.get("completed_by")
    return str(by.get("email") or "") if isinstance(by, dict) else ""


def _region(one: Json, results: list[Json], units: Utf16Offsets, scene: Scene) -> Region | None:
    value = one["value"] if isinstance(one.get("value"), dict) else {}
    labels = value.get(str(one.get("type"))) or value.get("labels") or [None]
    label = str(labels[0]).lower()
    if label not in (*Kind, *PARTS):
        scene.leave(f"region {labels[0]}", "neither claim, quote nor attribution")
        return None
    span = _span(value, units, scene)
    if span is None:
        what = f"region {labels[0]} {value.get('start')}-{value.get('end')}"
        scene.leave(what, "its words stand neither there nor once elsewhere")
        return None
    theirs = str(one.get("id"))
    return Region(theirs, label, span, dict(_values(one, theirs, results, scene)))


def _span(value: Json, units: Utf16Offsets, scene: Scene) -> Span | None:
    start, end, words = value.get("start"), value.get("end"), value.get("text")
    if not isinstance(start, int) or not isinstance(end, int):
        return None
    exact = words if isinstance(words, str) else None
    return placed(scene.article, units.to_points(start), units.to_points(end), exact)


def _values(
    region: Json, theirs: str, results: list[Json], scene: Scene
) -> Iterator[tuple[str, str]]:
    meta = region.get("meta")
    if isinstance(meta, dict) and meta.get("text"):
        yield "note", "\n".join(map(str, meta["text"]))
    for one in results:
        if str(one.get("id")) == theirs and one.get("type") in ("choices", "textarea"):
            key, told = str(one.get("from_name")), one.get("value") or {}
            given = told.get("choices") or told.get("text") or [""]
            value = str(given[0] if isinstance(given, list) else given)
            if key == "source" and not SOURCE_ID.fullmatch(value):
                scene.leave(f"source {value}", "an id has small letters, digits and hyphens only")
            elif key == "source" or key in VALUES:
                yield key, value
            else:
                scene.leave(f"{key} {value:.40}", "we have no place for it")


def _leave_others(results: list[Json], scene: Scene) -> None:
    for one in results:
        if one.get("type") not in (*_LABELS, "relation", "choices", "textarea"):
            scene.leave(f"result of type {one.get('type')}", "we have no place for it")


def _relations(results: list[Json]) -> Iterator[Relation]:
    for one in results:
        if one.get("type") == "relation":
            for label in one.get("labels") or ["without a label"]:
                yield Relation(str(label).lower(), str(one.get("from_id")), str(one.get("to_id")))


FORMAT = Format(
    name="label-studio",
    title=TITLE,
    suffixes=(".json",),
    result=Result.ONE_FILE,
    write=write,
    read=read,
    loses=("answers to problems", "a review's decisions", "names of sources", "x- keys"),
)
