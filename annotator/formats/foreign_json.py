"""JSON that another program wrote: each value is of the type that is asked for, or is refused.

As in ``task.get("data").get("text").text()``. Nothing is asked of values that nobody needs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Way = tuple[str | int, ...]
"""The keys and numbers that lead from the top of a JSON value to one inside it."""

MOST_VALUES = 1_500_000
"""Values in one JSON file: a bound on memory, as `yaml_events.MOST_NODES` is for YAML."""

DEEP = 100
"""Lists and mappings inside each other; no format of the table has a tenth of it."""

_LONG_NUMBER = re.compile(r"[0-9]{4301}")
_MARKS = re.compile(r'"(?:[^"\\]++|\\.)*+"|[][{}]')
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_HALVES = re.compile(
    r"\\\\"  # an escaped backslash escapes nothing itself
    r"|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    r"|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
)


class Unexpected(Exception):
    """A value is of another type than asked for, or the JSON is broken; never leaves this room.

    ``str(error)`` says so in words, as in "result[3].value is a number, expected a mapping".
    """

    def __init__(self, what: str, expected: str = "", way: Way = (), line: int = 1) -> None:
        self.what, self.expected, self.way, self.line = what, expected, way, line
        super().__init__(f"{what}, expected {expected}" if expected else what)


@dataclass(frozen=True, slots=True)
class Foreign:
    """A value in somebody else's JSON, and the way to it; a missing one is None, as ``null`` is.

    Each method raises `Unexpected` where the value is there and of another type.
    """

    value: Any
    way: Way = ()

    def get(self, key: str) -> Foreign:
        """The value of a key, of a mapping."""
        return Foreign(self.mapping().get(key), (*self.way, key))

    def mapping(self) -> dict[str, Any]:
        """The value as a mapping; empty where it is missing."""
        return self._as(dict, "a mapping") or {}

    def items(self) -> list[Foreign]:
        """The items, of a list; none where it is missing."""
        listed: list[Any] = self._as(list, "a list") or []
        return [Foreign(one, (*self.way, nth)) for nth, one in enumerate(listed)]

    def text(self) -> str:
        """The value as text; empty where it is missing."""
        return self._as(str, "text") or ""

    def number(self) -> int | None:
        """The value as a whole number."""
        number: int | None = self._as(int, "a whole number")
        return number

    def name(self) -> str:
        """Text, or a whole number as text: what ids are; empty where it is missing."""
        return str(self.value) if type(self.value) is int else self.text()

    def texts(self) -> list[str]:
        """The texts, of a list or of one text alone."""
        return [self.value] if isinstance(self.value, str) else [one.text() for one in self.items()]

    def _as(self, kind: type, expected: str) -> Any:
        if self.value is None or type(self.value) is kind:
            return self.value
        raise Unexpected(f"{_where(self.way)} is {shown(self.value)}", expected, self.way)


def shown(value: object) -> str:
    """A value of JSON in a sentence: text shortened, what is large only by its type."""
    if isinstance(value, str):
        return f"“{value:.40}”"
    if isinstance(value, bool | None):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int | float):
        return f"the number {value}" if abs(value) < 1e15 else "a large number"
    return "a mapping" if isinstance(value, dict) else "a list"


def _where(way: Way) -> str:
    """The way in words, as in ``annotations[0].result``."""
    steps = "".join(f"[{one}]" if isinstance(one, int) else f".{one:.40}" for one in way)
    return steps.removeprefix(".") or "the JSON"


def decoded(written: str) -> Any:
    """The value of a JSON text.

    Raises `Unexpected`, with its line, for what is no JSON, too deep or too much to be read, or
    has half a character (a lone surrogate) or a number that goes on for thousands of digits.
    """
    _refuse_hostile(written)
    value, end = _value_at(written, _past_blanks(written, 0))
    if _past_blanks(written, end) < len(written):
        raise _broken(written, end, "something follows its end")
    return value


def decoded_items(written: str) -> Iterator[tuple[int, Any]]:
    """The items of the list in a JSON text, each with the line where it begins.

    Any other value is the only item. Raises `Unexpected` as `decoded`.
    """
    at = _past_blanks(written, 0)
    if not written.startswith("[", at):
        yield _line(written, at), decoded(written)
        return
    _refuse_hostile(written)
    line, counted, at = 1, 0, _past_blanks(written, at + 1)
    while not written.startswith("]", at):
        line, counted = line + written.count("\n", counted, at), at
        value, end = _value_at(written, at)
        yield line, value
        at = _next_item(written, _past_blanks(written, end))
    if _past_blanks(written, at + 1) < len(written):
        raise _broken(written, at + 1, "something follows its end")


def _next_item(written: str, at: int) -> int:
    if written.startswith("]", at):
        return at
    if not written.startswith(",", at):
        raise _broken(written, at, "a comma or ] is missing")
    return _past_blanks(written, at + 1)


def _value_at(written: str, start: int) -> tuple[Any, int]:
    """The value that begins at ``start``, and where it ends."""
    try:
        return _DECODER.raw_decode(written, start)
    except json.JSONDecodeError as error:
        raise _broken(written, error.pos, error.msg) from error
    except RecursionError as error:
        why = "it is nested too deeply"
        raise _broken(written, _deep(written, start), why) from error
    except ValueError as error:  # Python reads no number of more than 4,300 digits
        long = _LONG_NUMBER.search(written, start)
        why = "a number in it has too many digits"
        raise _broken(written, long.start() if long else start, why) from error


def _deep(written: str, start: int) -> int:
    """Where the value that begins at ``start`` becomes deeper than anything sensible."""
    depth = 0
    for mark in _MARKS.finditer(written, start):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(mark[0], 0)
        if depth > DEEP:
            return mark.start()
    return start


_DECODER = json.JSONDecoder()


def _refuse_hostile(written: str) -> None:
    if sum(map(written.count, ",[{")) > MOST_VALUES:
        raise Unexpected("the JSON holds too much", f"at most {MOST_VALUES:,} values")
    if _SURROGATE.search(written):
        half = next((one for one in _HALVES.finditer(written) if one[1]), None)
        if half:
            what = f"{half[1]} is half a character (a lone surrogate)"
            raise Unexpected(what, "text as it is", line=_line(written, half.start()))


def _broken(written: str, at: int, why: str) -> Unexpected:
    what = f"the JSON breaks off or is broken here ({why})"
    return Unexpected(what, line=_line(written, at))


def _line(written: str, at: int) -> int:
    return written.count("\n", 0, at) + 1


def _past_blanks(written: str, at: int) -> int:
    blanks = _BLANKS.match(written, at)
    return blanks.end() if blanks else at


_BLANKS = re.compile(r"[ \t\r\n]*")
