"""Parquet for whole folders: the rows of the other tables, with lists as lists."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from annotator.formats.format import Format, Left, Put, Result, Tagged
from annotator.formats.tables.jsonl_rows import values_of
from annotator.formats.tables.rows import NO_COLUMN, AnnotationRow, left_by_rows, rows_of

if TYPE_CHECKING:
    import pyarrow

NAME = "annotations.parquet"

_NUMBERS = {"length", "start", "end"}
_RANGES = {"spans", "mention", "cue"}
_LISTS = {"content", "origin"}


def write(files: Iterable[Tagged], put: Put) -> Iterable[Left]:
    """All files into one table, a group of rows for each annotation file."""
    left: list[Left] = []
    put(NAME, _pieces(files, left))
    return left


def _pieces(files: Iterable[Tagged], left: list[Left]) -> Iterator[bytes]:
    import pyarrow
    from pyarrow import parquet

    sink = _Sink()
    schema = _schema()
    with parquet.ParquetWriter(pyarrow.PythonFile(sink, "w"), schema, compression="zstd") as out:
        for tagged in files:
            left += left_by_rows(tagged)
            rows = [values_of(row) for row in rows_of(tagged)]
            out.write_table(pyarrow.Table.from_pylist(rows, schema=schema))
            yield sink.taken()
    yield sink.taken()


class _Sink(io.RawIOBase):
    """Takes bytes until they are asked for, so that memory holds one group at a time."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[bytes] = []
        self._at = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:
        self._pieces.append(bytes(data))
        self._at += len(self._pieces[-1])
        return len(self._pieces[-1])

    def tell(self) -> int:
        return self._at

    def taken(self) -> bytes:
        """What was written since this was asked for last."""
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


def _schema() -> pyarrow.Schema:
    import pyarrow

    return pyarrow.schema([(name, _type(name)) for name in AnnotationRow._fields])


def _type(name: str) -> pyarrow.DataType:
    import pyarrow

    if name in _NUMBERS:
        return pyarrow.int64()
    if name in _RANGES:
        return pyarrow.list_(pyarrow.list_(pyarrow.int64()))
    if name == "chain":
        return pyarrow.list_(pyarrow.list_(pyarrow.string()))
    return pyarrow.list_(pyarrow.string()) if name in _LISTS else pyarrow.string()


FORMAT = Format(
    name="parquet",
    title="Parquet table",
    suffixes=(".parquet",),
    result=Result.ONE_FILE,
    write=write,
    loses=NO_COLUMN,
    extra="parquet",
    needs="pyarrow",
)
