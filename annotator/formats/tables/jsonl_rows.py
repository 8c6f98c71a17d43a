"""JSON Lines for programs: one object for each annotation, with chain and origin."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from annotator.formats.foreign_json import Foreign, Unexpected, decoded
from annotator.formats.format import Find, Format, Imported, Left, Put, Result, Tagged
from annotator.formats.input import read_text, wrong_format
from annotator.formats.tables.rows import NO_COLUMN, AnnotationRow, left_by_rows, rows_of
from annotator.formats.tables.rows_reader import NEEDED, Cells, Numbered, read_rows

NAME = "annotations.jsonl"
TITLE = "JSON Lines"


def write(files: Iterable[Tagged], put: Put) -> Iterable[Left]:
    """All files into one, a line for each annotation; empty values are left out."""
    left: list[Left] = []
    put(NAME, _pieces(files, left))
    return left


def _pieces(files: Iterable[Tagged], left: list[Left]) -> Iterator[bytes]:
    for tagged in files:
        left += left_by_rows(tagged)
        yield "".join(map(_line, rows_of(tagged))).encode()


def _line(row: AnnotationRow) -> str:
    return json.dumps(values_of(row), ensure_ascii=False) + "\n"


def values_of(row: AnnotationRow) -> dict[str, object]:
    """The row without what is empty; what is several things in one cell is a list of them."""
    return {key: _split(key, value) for key, value in row._asdict().items() if value != ""}


def _split(key: str, value: str | int) -> object:
    if key in ("spans", "mention", "cue"):
        return [[int(at) for at in one.split("-")] for one in str(value).split()]
    if key == "chain":
        return [one.split() for one in str(value).split("; ")]
    if key == "content":
        return str(value).split()
    return str(value).split("; ") if key == "origin" else value


def read(path: Path, find: Find) -> Iterator[Imported | Left]:
    """Lines as we write them, with further keys or without some.

    Raises `FormatError` where the first line is another one.
    """
    text, left = read_text(path, TITLE), list[Left]()
    rows = list(_objects(str(path), text, left))
    if not rows:
        raise wrong_format(path, text.encode(), TITLE)
    yield from left
    yield from read_rows(path, rows, find)


def _objects(file: str, text: str, left: list[Left]) -> Iterator[Numbered]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            yield number, _row(Foreign(decoded(line)))
        except Unexpected as error:
            left.append(Left(file, number, "a line", str(error)))


def _row(line: Foreign) -> Cells:
    if missing := [key for key in NEEDED if key not in line.mapping()]:
        raise Unexpected(f"it has no {', '.join(missing)}")
    return {key: _checked(key, line.get(key)) for key in line.mapping()}


def _checked(column: str, cell: Foreign) -> object:
    """The value of a cell; raises `Unexpected` where it is of another type than its column."""
    if column in ("length", "start", "end"):
        return cell.number()
    if column in _LISTS and isinstance(cell.value, list):
        return cell.value
    return cell.text() if column in AnnotationRow._fields else cell.value


_LISTS = ("spans", "mention", "cue", "content", "chain", "origin")


FORMAT = Format(
    name="jsonl",
    title=TITLE,
    suffixes=(".jsonl",),
    result=Result.ONE_FILE,
    write=write,
    read=read,
    loses=NO_COLUMN,
)
