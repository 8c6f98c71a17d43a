"""Tables for spreadsheets: CSV in which no cell is taken for a formula.

Whatever people or articles say may begin as a formula does, and spreadsheets calculate that.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator

_FORMULA = re.compile(r"(^'*(?=[\t\r\n])|(?:^|;)'*(?=\s*[-=+@＝＋－＠]))")
"""Places at which some spreadsheet takes what follows for a formula, also behind blanks or in
full width: the beginning of a cell, and a semicolon, at which German and Italian settings cut.

Apostrophes at these places count too, so that `unguarded` takes away no other one.
"""


def csv_lines(rows: Iterable[Iterable[object]], line_end: str = "\n") -> str:
    """The rows as lines of CSV; numbers stay numbers, text that looks like a formula stays text."""
    return "".join(f"{_line(_guarded(row))}{line_end}" for row in rows)


def _line(row: Iterable[object]) -> str:
    out = io.StringIO()
    # With another line end Python's writer leaves a CR in a cell without quotation marks.
    csv.writer(out, lineterminator="\r\n").writerow(row)
    return out.getvalue().removesuffix("\r\n")


def _guarded(row: Iterable[object]) -> Iterator[object]:
    return (_FORMULA.sub(r"\1'", one) if isinstance(one, str) else one for one in row)


def unguarded(cell: str) -> str:
    """The text of a cell as it was before `csv_lines` put an apostrophe there."""
    return _FORMULA.sub(lambda found: found[1].removesuffix("'"), cell)
