"""The letters of a PDF's page in the order in which they are read.

A program may draw the letters of one font before those of another, and Arabic from left to
right: where a letter stands says more than when it was drawn.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pdfminer.layout import LTChar, LTPage

_SAME_LINE = 0.5
"""Points between the base lines of letters that stand on one."""

_SAME_PLACE = 0.15
"""Widths of a letter: drawn again nearer than that, it is the same one, made bolder."""

_KINDS = {"L": "L", "R": "R", "AL": "R", "EN": "N", "AN": "N", "CS": "S"}
"""What counts of Unicode's bidirectional classes: letters, digits, what may part digits."""

_HYPHENS = {**_KINDS, "ES": "S"}
"""The same for a line without Arabic, in which hyphens part digits too."""

_LEFTWARDS = re.compile(r"(?:N(?:S?N)*)?L(?:[^R]*[LN])?|N(?:S?N)*|.")
_RIGHTWARDS = re.compile(r"R(?:[^L]*R)?|.")
_MIRRORED = str.maketrans("()[]{}«»", ")(][}{»«")
_CLOSING, _OPENING = ")]}»", "([{«"


def in_rows(page: LTPage) -> LTPage:
    """The page with its letters and nothing else, each row of them from left to right."""
    from pdfminer.layout import LTChar, LTPage

    rows = LTPage(page.pageid, page.bbox, page.rotate)
    for row in _rows(one for one in page if isinstance(one, LTChar)):
        rows.extend(_once(sorted(row, key=_left)))
    return rows


def _rows(letters: Iterable[LTChar]) -> Iterator[list[LTChar]]:
    """Letters that were drawn one after the other on the same line; upright ones only."""
    row: list[LTChar] = []
    for one in letters:
        if row and not _on_one_line(row[0], one):
            yield row
            row = []
        row.append(one)
    if row:
        yield row


def _on_one_line(one: LTChar, other: LTChar) -> bool:
    (_, turned, _, _, _, base), (_, turned_too, _, _, _, base_too) = one.matrix, other.matrix
    return not turned and not turned_too and abs(base - base_too) < _SAME_LINE


def _left(letter: LTChar) -> float:
    return letter.matrix[4]


def _once(row: Sequence[LTChar]) -> Iterator[LTChar]:
    last: LTChar | None = None
    for one in row:
        near = last is not None and _left(one) - _left(last) < _SAME_PLACE * one.width
        if last is None or not near or last.get_text() != one.get_text():
            yield one
        last = one


def is_leftward(text: str) -> bool:
    """Whether most letters are of a script that is read from right to left."""
    classes = [_KINDS.get(unicodedata.bidirectional(one)) for one in text]
    return classes.count("R") > classes.count("L")


def as_read(letters: Sequence[str], leftward: bool) -> str:
    """The text of a line whose ``letters``, of one or more characters, stand from left to right.

    ``leftward`` is said of a line in a paragraph that is read from right to left.
    """
    classes = [unicodedata.bidirectional(one[:1]) for one in letters]
    known = _KINDS if "AL" in classes else _HYPHENS
    kinds = "".join(known.get(one, "W") for one in classes)
    runs = (_LEFTWARDS if leftward else _RIGHTWARDS).finditer(kinds)
    parts = [letters[slice(*run.span())] for run in runs]
    if leftward:
        return _mirrored("".join("".join(part) for part in reversed(parts)))
    return "".join(as_read(part, True) if len(part) > 1 else part[0] for part in parts)


def _mirrored(line: str) -> str:
    """Brackets as they are meant: some programs write those that are seen, which are mirrored."""
    brackets = [char for char in line if char in _CLOSING + _OPENING]
    seen = len(brackets) > 1 and brackets[0] in _CLOSING and brackets[-1] in _OPENING
    return line.translate(_MIRRORED) if seen else line
