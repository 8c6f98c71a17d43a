"""CSV for spreadsheets: one row for each annotation, with chain and origin."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from annotator.formats.format import Format, Left, Put, Result, Tagged
from annotator.formats.rows import Row, left_by_rows, rows_of

NAME = "annotations.csv"


def write(files: Iterable[Tagged], put: Put) -> Iterable[Left]:
    """All files into one table, in UTF-8 with the mark by which spreadsheets know it."""
    left: list[Left] = []
    put(NAME, _pieces(files, left))
    return left


def _pieces(files: Iterable[Tagged], left: list[Left]) -> Iterator[bytes]:
    yield b"\xef\xbb\xbf" + _lines([Row._fields])
    for tagged in files:
        left += left_by_rows(tagged)
        yield _lines(map(_guarded, rows_of(tagged)))


def _lines(rows: Iterable[Iterable[object]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode()


def _guarded(row: Row) -> Iterator[object]:
    """The row, with an apostrophe before what a spreadsheet would take for a formula."""
    return (f"'{v}" if isinstance(v, str) and v[:1] in ("=", "+", "-", "@") else v for v in row)


FORMAT = Format(
    name="csv",
    title="CSV table",
    suffixes=(".csv",),
    result=Result.ONE_FILE,
    write=write,
    loses=(
        "the article's text",
        "answers to problems",
        "a review's decisions",
        "keys of your own (x-)",
    ),
)
