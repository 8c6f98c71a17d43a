"""doccano: JSON Lines with entities and relations, as its projects for relations take them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from annotator.core.errors import AnnotatorError
from annotator.core.model import Kind
from annotator.core.text.article import Article, read_article
from annotator.formats.foreign_json import Foreign, Unexpected, decoded
from annotator.formats.format import Find, Format, Imported, Left, Put, Result, Tagged
from annotator.formats.input import SOURCE_ID, placed, read_text, wrong_format
from annotator.formats.regions.regions import (
    PARTS,
    Region,
    RegionDocument,
    Relation,
    left_by_regions,
    regions_of,
    relations_of,
)
from annotator.formats.tables.rows import article_name

TITLE = "doccano JSON Lines"
NAME = "doccano.jsonl"

_LOST = {
    "stance": "stance",
    "certainty": "certainty",
    "unattributed": "no-source decision",
    "note": "note",
}


def write(files: Iterable[Tagged], put: Put) -> Iterable[Left]:
    """All files into one, a line for each; the source stands in the label of an attribution."""
    left: list[Left] = []
    put(NAME, _pieces(files, left))
    return left


def _pieces(files: Iterable[Tagged], left: list[Left]) -> Iterator[bytes]:
    for tagged in files:
        left += left_by_regions(tagged)
        left += _left(tagged)
        yield (json.dumps(_line(tagged), ensure_ascii=False) + "\n").encode()


def _left(tagged: Tagged) -> Iterator[Left]:
    for region in regions_of(tagged.document):
        for key in region.values.keys() & _LOST.keys():
            yield Left(tagged.name, None, _LOST[key], "an entity has a label and nothing else")


def _line(tagged: Tagged) -> dict[str, object]:
    document = tagged.document
    regions = list(regions_of(document))
    numbers = {region.id: nth for nth, region in enumerate(regions, 1)}
    return {
        "text": tagged.article.text,
        "name": article_name(tagged),
        "annotator": document.annotator,
        **({"language": document.article.language} if document.article.language else {}),
        "entities": [_entity(numbers[region.id], region) for region in regions],
        "relations": [
            {"id": nth, "from_id": numbers[one.start], "to_id": numbers[one.end], "type": one.type}
            for nth, one in enumerate(relations_of(document), 1)
        ],
    }


def _entity(number: int, region: Region) -> dict[str, object]:
    source = region.values.get("source")
    return {
        "id": number,
        "label": f"{region.label}:{source}" if source else region.label,
        "start_offset": region.span.start,
        "end_offset": region.span.end,
        "key": region.id,
    }


def read(path: Path, find: Find) -> Iterator[Imported | Left]:
    """Each line is the tagging of one article; ``label`` triples of plain projects will do."""
    for number, line in enumerate(read_text(path, TITLE).split("\n"), 1):
        if line.strip():
            yield from _read_line(path, number, line)


def _read_line(path: Path, number: int, line: str) -> Iterator[Imported | Left]:
    try:
        raw = Foreign(decoded(line))
        text = raw.get("text").text()
        if not text:
            yield Left(str(path), number, "the line", "it has no text")
            return
        article = read_article(text.encode(), f"{path}:{number}")
        yield _imported(path, number, raw, article)
    except Unexpected as error:
        if number == 1 and line.lstrip()[:1] != "{":
            raise wrong_format(path, line.encode(), TITLE) from error
        yield Left(str(path), number, "the line", str(error))
    except AnnotatorError as error:
        yield Left(str(path), number, "the text", str(error))


def _imported(path: Path, number: int, raw: Foreign, article: Article) -> Imported:
    scene = RegionDocument(str(path), number, article)
    regions = _regions(raw, scene)
    relations = list(_relations(raw, regions, scene))
    name = raw.get("name").text() or f"{path.stem}-{number}"
    who, language = raw.get("annotator").text(), raw.get("language").text() or None
    return scene.imported(name, who, language, regions.values(), relations)


def _regions(raw: Foreign, scene: RegionDocument) -> dict[str, Region]:
    """By doccano's own numbers, which relations name."""
    found: dict[str, Region] = {}
    triples = raw.get("label").items() or raw.get("labels").items()
    for nth, entity in enumerate([*raw.get("entities").items(), *map(_entity_of, triples)]):
        with scene.leaving("an entity"):
            region = _region(nth, entity, scene)
            if region:
                found[entity.get("id").name() or f"#{nth}"] = region
    return found


def _entity_of(triple: Foreign) -> Foreign:
    """The entity that a triple of a plain project stands for; what is none stays as it is."""
    if not isinstance(triple.value, list) or len(triple.value) != 3:
        return triple
    keys = ("start_offset", "end_offset", "label")
    return Foreign(dict(zip(keys, triple.value, strict=True)), triple.way)


def _region(nth: int, entity: Foreign, scene: RegionDocument) -> Region | None:
    said = entity.get("label").text()
    start, end = (entity.get(key).number() for key in ("start_offset", "end_offset"))
    kind, _, source = said.partition(":")
    label = kind.strip().lower()
    if label not in (*Kind, *PARTS):
        scene.leave(f"entity {said:.40}", "neither claim, quote nor attribution")
        return None
    span = None
    if start is not None and end is not None:
        span = placed(scene.article, start, end, None)
    if span is None:
        scene.leave(f"entity {said:.40}", f"there are no words from {start} to {end}")
        return None
    source_id = source.strip()
    if source_id and not SOURCE_ID.fullmatch(source_id):
        why = "an id has small letters, digits and hyphens only"
        scene.leave(f"source {source_id:.40}", why)
        source_id = ""
    values = {"source": source_id} if source_id else {}
    return Region(entity.get("key").text() or f"{nth}", label, span, values)


def _relations(
    raw: Foreign, regions: dict[str, Region], scene: RegionDocument
) -> Iterator[Relation]:
    for one in raw.get("relations").items():
        with scene.leaving("a relation"):
            kind = one.get("type").text()
            ends = [regions.get(one.get(key).name()) for key in ("from_id", "to_id")]
            if ends[0] and ends[1]:
                yield Relation(kind.lower(), ends[0].id, ends[1].id)
            else:
                scene.leave(f"relation {kind:.40}", "one of its ends was not taken")


FORMAT = Format(
    name="doccano",
    title=TITLE,
    suffixes=(".jsonl",),
    result=Result.ONE_FILE,
    write=write,
    read=read,
    loses=("stance, certainty, unattributed", "notes", "names of sources", "x- keys"),
)
