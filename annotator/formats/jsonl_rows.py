"""JSON Lines for programs: one object for each annotation, with chain and origin."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from annotator.formats.format import Format, Left, Put, Result, Tagged
from annotator.formats.rows import Row, left_by_rows, rows_of

NAME = "annotations.jsonl"


def write(files: Iterable[Tagged], put: Put) -> Iterable[Left]:
    """All files into one, a line for each annotation; empty values are left out."""
    left: list[Left] = []
    put(NAME, _pieces(files, left))
    return left


def _pieces(files: Iterable[Tagged], left: list[Left]) -> Iterator[bytes]:
    for tagged in files:
        left += left_by_rows(tagged)
        yield "".join(map(_line, rows_of(tagged))).encode()


def _line(row: Row) -> str:
    return json.dumps(values_of(row), ensure_ascii=False) + "\n"


def values_of(row: Row) -> dict[str, object]:
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


FORMAT = Format(
    name="jsonl",
    title="JSON Lines",
    suffixes=(".jsonl",),
    result=Result.ONE_FILE,
    write=write,
    loses=(
        "the article's text",
        "answers to problems",
        "a review's decisions",
        "keys of your own (x-)",
    ),
)
