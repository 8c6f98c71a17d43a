"""A function that makes the value of a mapping of what a pattern found, written as it is needed.

Its source is one straight line after another, as that of the functions which `dataclasses` and
named tuples make for themselves: a loop over the fields takes twice as long, and a large file
has 10,000 annotations. The fields are variables by their names; all others begin with ``_``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from annotator.storage.files.forms import NotCanonical
from annotator.storage.files.record import Field, Record

_T = TypeVar("_T")

Meant = Callable[..., Any] | None


class FieldPattern(NamedTuple):
    """How a field is told from its groups in a pattern: ``meant`` makes its value of them.

    Without ``meant`` the one group is the value, as it is where ``mark`` is not in it.
    """

    pattern: str
    meant: Meant
    mark: str = ""


class GroupsReader(Generic[_T]):
    """The source of the function, which grows by one field of the mapping after the other."""

    def __init__(self, record: Record[_T]) -> None:
        self._names, defaults = _defaults(record.make)
        self._scope: dict[str, Any] = {"_NotCanonical": NotCanonical, "_make": record.make}
        self._scope |= {f"_default_{name}": one for name, one in defaults.items()}
        self._end = self._result(record)
        self._lines: list[str] = []
        self._groups = self._needed = self._enough = 0

    def add(self, field: Field, part: FieldPattern) -> None:
        """Read the next groups as those of the field."""
        name, first = field.attribute, self._groups
        self._groups += re.compile(part.pattern).groups
        told = f"_groups[{first}]"
        several = f"_groups[{first}:{self._groups}]" if self._groups > first + 1 else told
        value = self._value(name, part, told, several)
        if field.needed:
            self._lines.append(f"{name} = {value}")
            self._needed, self._enough = self._groups, len(self._lines)
        else:
            self._lines += [f"if {told}:", *self._refusal(field), f" {name} = {value}"]

    def _value(self, name: str, part: FieldPattern, told: str, several: str) -> str:
        if part.meant is None:
            return told
        self._scope |= {f"_meant_{name}": part.meant, f"_mark_{name}": part.mark}
        meant = f"_meant_{name}({several})"
        return f"{meant} if _mark_{name} in {told} else {told}" if part.mark else meant

    def _refusal(self, field: Field) -> list[str]:
        """A field that only some kinds may have."""
        if not field.on:
            return []
        self._scope[f"_kinds_{field.attribute}"] = frozenset(field.on)
        return [f" if kind not in _kinds_{field.attribute}: raise _NotCanonical"]

    def _result(self, record: Record[_T]) -> list[str]:
        every = ", ".join(self._names)
        if not is_dataclass(record.make):
            self._scope["_new"] = tuple.__new__
            return [f"return _new(_make, ({every},))"]
        if not record.many:
            return [f"return _make({', '.join(f'{name}={name}' for name in self._names)})"]
        # Filled as a draft that is not frozen: the constructor sets each field by way of a call.
        self._scope["_Draft"] = type("Draft", (), {"__slots__": self._names})
        filled = [f"_made.{name} = {name}" for name in self._names]
        return ["_made = _Draft()", *filled, "_made.__class__ = _make", "return _made"]

    def compiled(self) -> Callable[[Any], _T]:
        """The function; most mappings have nothing after what is needed."""
        defaults = [f"{name} = _default_{name}" for name in self._names]
        last = [f"if _groups[{self._needed}:] == _nothing_more:", *(f" {one}" for one in self._end)]
        self._scope["_nothing_more"] = ("",) * (self._groups - self._needed)
        lines = [*defaults, *self._lines[: self._enough], *last, *self._lines[self._enough :]]
        body = "".join(f" {line}\n" for line in [*lines, *self._end])
        exec(f"def _value(_groups):\n{body}", self._scope)
        value: Callable[[Any], _T] = self._scope["_value"]
        return value


def _defaults(make: Any) -> tuple[list[str], dict[str, Any]]:
    """The names of a value's fields, and what they are where a file says nothing of them."""
    if is_dataclass(make):
        known = {one.name: one.default for one in fields(make)}
        return list(known), {k: None if v is MISSING else v for k, v in known.items()}
    names = list(make._fields)
    return names, {name: make._field_defaults.get(name) for name in names}
