"""Turning libyaml's events into plain values; everything beyond the core is refused."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from annotator.core.errors import FormatError
from annotator.storage.yaml.tree import LONGEST_SCALAR, Tree

LONGEST_KEY = 128
"""Code points; libyaml itself gives up at 1,024, escapes counted."""
DEEPEST = 32
"""Lists and mappings inside each other."""
MOST_NODES = 1_500_000
"""Values of all kinds; some 50,000 annotations, and a bound on memory for hostile files."""

_INTEGER = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_MOST_DIGITS = 18
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("null", "Null", "NULL", "~", ""), None),
}


def tree_of(text: str, name: str) -> Tree:
    """The one document in ``text``, as `read_tree` promises it."""
    with _broken_yaml_told(name):
        return _Builder(text, name).tree()


@contextmanager
def _broken_yaml_told(name: str) -> Iterator[None]:
    try:
        yield
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = f"this is not YAML ({error.problem})"
        hint = "other indentation, quotation marks or brackets"
        raise FormatError(name, mark.line + 1 if mark else 1, what, hint) from error
    except yaml.YAMLError as error:
        raise FormatError(name, 1, f"this is not YAML ({error})") from error


class _Builder:
    """Turns libyaml's events into values; the depth limit bounds its recursion."""

    def __init__(self, text: str, name: str) -> None:
        self._next: Callable[[], Any] = yaml.CSafeLoader(text).get_event
        self._name = name
        self._nodes = 0

    def tree(self) -> Tree:
        self._next()  # the stream's own start
        if isinstance(self._next(), StreamEndEvent):
            raise FormatError(self._name, 1, "the file is empty", "YAML")
        tree = Tree(*self._node(self._next(), "the file", 0))
        self._next()  # the document's end
        if isinstance(second := self._next(), DocumentStartEvent):
            self._refuse(second, "a second document begins", "one document in a file")
        return tree

    def _refuse(self, event: Any, what: str, expected: str) -> NoReturn:
        raise FormatError(self._name, event.start_mark.line + 1, what, expected)

    def _node(self, event: Any, label: str, depth: int) -> tuple[Any, Any]:
        """The value that begins with ``event``, and its lines; ``label`` names it in errors."""
        if event.anchor is not None:
            what = "an alias" if isinstance(event, AliasEvent) else "an anchor"
            self._refuse(event, f"{label} has {what}", "the value written out")
        if event.tag is not None:
            self._refuse(event, f"{label} has the tag {event.tag}", "a plain value")
        self._nodes += 1
        if self._nodes > MOST_NODES:
            self._refuse(event, "the file holds too much", f"at most {MOST_NODES:,} values")
        line: int = event.start_mark.line + 1
        if isinstance(event, ScalarEvent):
            return self._scalar(event, label), line
        if depth == DEEPEST:
            self._refuse(event, "the nesting is too deep", f"at most {DEEPEST} levels")
        collect = self._mapping if isinstance(event, MappingStartEvent) else self._sequence
        value, lines = collect(depth + 1)
        return value, (line, lines)

    def _sequence(self, depth: int) -> tuple[list[Any], list[Any]]:
        values, lines = [], []
        while not isinstance(event := self._next(), SequenceEndEvent):
            value, line = self._node(event, "an item", depth)
            values.append(value)
            lines.append(line)
        return values, lines

    def _mapping(self, depth: int) -> tuple[dict[str, Any], dict[str, Any]]:
        values: dict[str, Any] = {}
        lines: dict[str, Any] = {}
        while not isinstance(event := self._next(), MappingEndEvent):
            key = self._key(event)
            if key in values:
                first = _first_line(lines[key])
                self._refuse(event, f"'{key}' stands twice", f"it once (first on line {first})")
            values[key], below = self._node(self._next(), f"'{key}'", depth)
            # An entry is found by its key, also where its value begins a line further down.
            line = event.start_mark.line + 1
            lines[key] = line if isinstance(below, int) else (line, below[1])
        return values, lines

    def _key(self, event: Any) -> str:
        if not isinstance(event, ScalarEvent):
            self._refuse(event, "a key is a list, a mapping or an alias", "text")
        value, _ = self._node(event, "a key", 0)
        if not isinstance(value, str):
            self._refuse(event, f"the key {event.value} is not text", "it in quotation marks")
        if len(value) > LONGEST_KEY:
            self._refuse(event, "a key is too long", f"at most {LONGEST_KEY} characters")
        return value

    def _scalar(self, event: Any, label: str) -> str | int | float | bool:
        text: str = event.value
        if len(text) > LONGEST_SCALAR:
            limit = f"at most {LONGEST_SCALAR // 1_000_000} million characters"
            self._refuse(event, f"{label} is too long", limit)
        if not event.implicit[0]:
            return text
        if text in _WORDS:
            if (word := _WORDS[text]) is None:
                self._refuse(event, f"{label} has no value", 'a value, or "" for empty text')
            return word
        if _FLOAT.fullmatch(text):
            return self._number(event, text, label)
        return text

    def _number(self, event: Any, text: str, label: str) -> str | int | float:
        if not _INTEGER.fullmatch(text):
            return number if math.isfinite(number := float(text)) else text
        if len(text.lstrip("+-")) > _MOST_DIGITS:
            limit = f"at most {_MOST_DIGITS} digits, or quotation marks around it"
            self._refuse(event, f"{label} is too large a number", limit)
        return int(text)


def _first_line(lines: Any) -> int:
    return lines if isinstance(lines, int) else int(lines[0])
