"""The fast way into our files: for exactly the form in which this program writes them.

Patterns that are made from the tables of fields, no YAML parser. On the slightest deviation
(another order, another quoting, a comment, an ``x-`` key) the answer is None, and the caller
takes the long way; what is accepted here is what the long way would have read. Only where a
field's pattern is loose the caller has to compare what the writer makes of the value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass, make_dataclass
from functools import cache, partial
from itertools import accumulate
from operator import sub
from typing import Any, Generic, NamedTuple, TypeVar

from annotator.core.model import Kind
from annotator.storage.files.forms import Form, NotCanonical, as_it_is
from annotator.storage.files.record import Field, Listed, Nested, Record
from annotator.storage.yaml.tree import LONGEST_SCALAR

_T = TypeVar("_T")

_ESCAPED = "\u2028\u2029\ufeff\ufffe\uffff"
"""Looked for by themselves: among the characters of a pattern they make it dear to compile."""


_Meant = Callable[..., Any] | None


class _Part(NamedTuple):
    """How a field is told from its groups in a pattern; ``meant`` makes its value of them."""

    pattern: str
    meant: _Meant
    mark: str = ""


_Cell = tuple[int, int, slice | None, _Meant, str, Mapping[Kind, int] | None]
"""A field in the pattern of its mapping: its place among the values, its first group, all of
them if there are several, how they are read (see `forms.Form`), and the kinds that may have it.
"""


class Pattern(Generic[_T]):
    """The pattern of a mapping, and how its groups are read.

    A field whose form has no pattern is not in it, so that a mapping with that key never fits;
    if it is a needed one, the pattern is not ``whole``.
    """

    def __init__(self, record: Record[_T]) -> None:
        names, defaults = _defaults(record.make)
        self._make: Callable[[list[Any]], _T] = _maker(record)
        self._cells: list[_Cell] = []
        self.text, self.whole, number = "", True, 0
        # The first ones may be values as they come: needed, of a group each.
        self._straight: list[tuple[_Meant, str]] = []
        self._needed = 0
        for field in record.fields:
            if not (part := _part(record, field)):
                self.whole = self.whole and not field.needed
                continue
            self.text += _placed(record, field, part.pattern, is_first=not self.text)
            count = re.compile(part.pattern).groups
            place = names.index(field.attribute)
            if field.needed and count == 1 and place == number == len(self._straight):
                self._straight.append((part.meant, part.mark))
            else:
                groups = slice(number, number + count) if count > 1 else None
                self._cells.append((place, number, groups, part.meant, part.mark, field.on))
            number += count
            if field.needed:
                self._needed, self._first = number, self._cells.copy()
        self._rest = defaults[len(self._straight) :]
        self._nothing_more = ("",) * (number - self._needed)
        self._kind = names.index("kind") if "kind" in names else 0

    def value(self, groups: Sequence[Any]) -> _T:
        """The value of the pattern's groups, empty if they are missing; raises `NotCanonical`."""
        values = [
            told if meant is None or (mark and mark not in told) else meant(told)
            for told, (meant, mark) in zip(groups, self._straight, strict=False)
        ]
        values += self._rest
        if not self._cells:
            return self._make(values)
        more = groups[self._needed :] != self._nothing_more
        for place, first, several, meant, mark, on in self._cells if more else self._first:
            told = groups[first]
            if not told:
                continue
            if on and values[self._kind] not in on:
                raise NotCanonical
            if meant is None or (mark and mark not in told):
                values[place] = told
            else:
                values[place] = meant(groups[several]) if several else meant(told)
        return self._make(values)


@cache
def pattern_of(record: Record[_T]) -> Pattern[_T]:
    """The pattern of a mapping, made when it is first asked for."""
    return Pattern(record)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.M)


def _part(record: Record[Any], field: Field) -> _Part | None:
    form, start = field.form, f"{record.indent}{field.key}:"
    if isinstance(form, Form):
        key = f"{field.key}: " if record.in_flow else f"{start} "
        end = "" if record.in_flow else "\n"
        meant = None if form.meant is as_it_is else form.meant
        return _Part(f"{key}{form.pattern}{end}", meant, form.mark) if form.pattern else None
    inner = pattern_of(form.record)
    if isinstance(form, Nested):
        return _Part(f"{start}\n{inner.text}", inner.value)
    if not form.record.in_flow or not inner.whole:
        return None
    line = rf"{record.indent}- \{{{inner.text}\}}\n"
    more = rf"((?:{record.indent}- \{{[^\n]*\n)*)"
    return _Part(f"{start}\n{line}{more}", _lines(form, inner, f"^{line}"))


def _placed(record: Record[Any], field: Field, pattern: str, *, is_first: bool) -> str:
    part = pattern if is_first or not record.in_flow else f", {pattern}"
    return part if field.needed or field.always else f"(?:{part})?"


def _lines(listed: Listed[_T], inner: Pattern[_T], line: str) -> _Meant:
    """Reads the groups of the first item, the last of which is the lines of the others."""
    one, sound = inner.value, listed.sound

    def lines(groups: Sequence[Any]) -> tuple[_T, ...]:
        values: tuple[_T, ...] = (one(groups),)
        if more := groups[-1]:
            values += tuple(map(one, _compiled(line).findall(more)))
            if len(values) != more.count("\n") + 1:
                raise NotCanonical
        if not sound(values):
            raise NotCanonical
        return values

    return lines


def _defaults(make: Callable[..., Any]) -> tuple[list[str], list[Any]]:
    if is_dataclass(make):
        known = fields(make)
        return [one.name for one in known], [
            None if one.default is MISSING else one.default for one in known
        ]
    assert isinstance(make, type)
    names = list(make._fields)  # type: ignore[attr-defined]  # a named tuple
    return names, [make._field_defaults.get(name) for name in names]  # type: ignore[attr-defined]


def _maker(record: Record[Any]) -> Callable[[list[Any]], Any]:
    """Makes the value of the values of its fields."""
    make = record.make
    if not is_dataclass(make):
        return partial(tuple.__new__, make)  # type: ignore[arg-type]  # a named tuple
    names = [one.name for one in fields(make)]
    if record.many:
        return _thawed(make, names)
    return lambda values: make(**dict(zip(names, values, strict=True)))


def _thawed(make: Any, names: list[str]) -> Callable[[list[Any]], Any]:
    """Makes a frozen value by way of one with the same fields that is not frozen yet.

    That takes a fifth as long as the constructor, which sets each field by way of a call.
    """
    draft = make_dataclass("Draft", names, slots=True)

    def made(values: list[Any]) -> Any:
        value = draft(*values)
        value.__class__ = make
        return value

    return made


def read_one(record: Record[_T], text: str) -> _T | None:
    """The one mapping that ``text`` consists of."""
    pattern = pattern_of(record)
    found = _compiled(pattern.text).fullmatch(text)
    try:
        return pattern.value(found.groups("")) if found and len(text) <= LONGEST_SCALAR else None
    except NotCanonical:
        return None


def read_items(listed: Listed[_T], text: str) -> tuple[list[_T], list[int]] | None:
    """The items of a list of mappings in lines, and where in ``text`` each one's lines end.

    None if the text is not as we write it.
    """
    if any(char in text for char in _ESCAPED):
        return None
    try:
        found = _matched(listed, text)
    except NotCanonical:
        return None
    longest = max(map(sub, found[1], [0, *found[1]]), default=0)
    return found if longest <= LONGEST_SCALAR else None


def _matched(listed: Listed[_T], text: str) -> tuple[list[_T], list[int]]:
    pattern = pattern_of(listed.record)
    found = _compiled(f"({_item(listed.record, pattern.text)})").findall(text)
    ends = list(accumulate(len(groups[0]) for groups in found))
    # What was found follows upon each other if nothing is left between.
    if not ends or ends[-1] != len(text):
        raise NotCanonical
    values = [pattern.value(groups[1:]) for groups in found]
    if not _in_order(listed, values):
        raise NotCanonical
    return values, ends


def _item(record: Record[Any], pattern: str) -> str:
    return f"- {pattern.removeprefix(record.indent)}"


def _in_order(listed: Listed[_T], values: list[_T]) -> bool:
    """Whether no two items share what stands once, and each one follows the one before it."""
    if listed.once:
        seen = {getattr(value, listed.once.key) for value in values}
        if len(seen) != len(values):
            return False
    if listed.order is None:
        return True
    order = list(map(listed.order, values))
    return order == sorted(order)
