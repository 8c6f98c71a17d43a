"""CSV for spreadsheets: one row for each annotation, with chain and origin."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from annotator.core.errors import FormatError
from annotator.formats.format import Find, Format, Imported, Left, Put, Result, Tagged
from annotator.formats.input import read_text, wrong_format
from annotator.formats.tables.rows import NO_COLUMN, AnnotationRow, left_by_rows, rows_of
from annotator.formats.tables.rows_reader import NEEDED, Numbered, read_rows
from annotator.storage.spreadsheet import csv_lines, unguarded

NAME = "annotations.csv"
TITLE = "CSV table"

_LINE_END = "\r\n"


def write(files: Iterable[Tagged], put: Put) -> Iterable[Left]:
    """All files into one table, in UTF-8 with the mark by which spreadsheets know it."""
    left: list[Left] = []
    put(NAME, _pieces(files, left))
    return left


def _pieces(files: Iterable[Tagged], left: list[Left]) -> Iterator[bytes]:
    yield b"\xef\xbb\xbf" + csv_lines([AnnotationRow._fields], _LINE_END).encode()
    for tagged in files:
        left += left_by_rows(tagged)
        yield csv_lines(rows_of(tagged), _LINE_END).encode()


def read(path: Path, find: Find) -> Iterator[Imported | Left]:
    """A table as we write it, with further columns or without some.

    Raises `FormatError` where it has none of the columns that are needed.
    """
    text = read_text(path, TITLE)
    table = csv.DictReader(io.StringIO(text, newline=""))
    try:
        missing = [name for name in NEEDED if name not in (table.fieldnames or ())]
        if missing and len(missing) == len(NEEDED):
            raise wrong_format(path, text.encode(), TITLE)
        if missing:
            what = f"there is no column {', '.join(missing)}"
            raise FormatError(str(path), 1, what, f"the columns {', '.join(NEEDED)}")
        yield from read_rows(path, _numbered(table), find)
    except csv.Error as error:
        raise FormatError(str(path), table.line_num, f"the table breaks off ({error})") from error


def _numbered(table: csv.DictReader[str]) -> Iterator[Numbered]:
    for row in table:
        cells = {key: value for key, value in row.items() if isinstance(value, str)}
        yield table.line_num, {key: unguarded(value) for key, value in cells.items()}


FORMAT = Format(
    name="csv",
    title=TITLE,
    suffixes=(".csv",),
    result=Result.ONE_FILE,
    write=write,
    read=read,
    loses=NO_COLUMN,
)
