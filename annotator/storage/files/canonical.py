"""The fast way into our files: for exactly the form in which this program writes them.

Patterns that are made from the tables of fields, no YAML parser. On the slightest deviation
(another order, another quoting, a comment, an ``x-`` key) the answer is None, and the caller
takes the long way; what is accepted here is what the long way would have read. Only where a
field's pattern is loose the caller has to compare what the writer makes of the value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from operator import sub
from typing import Any, Generic, TypeVar

from annotator.storage.files.forms import Form, NotCanonical, as_it_is
from annotator.storage.files.groups_reader import FieldPattern, GroupsReader, Meant
from annotator.storage.files.record import Field, Listed, Nested, Record
from annotator.storage.yaml.tree import LONGEST_SCALAR

_T = TypeVar("_T")

_ESCAPED = "\u2028\u2029\ufeff\ufffe\uffff"
"""Looked for by themselves: among the characters of a pattern they make it dear to compile."""


class Pattern(Generic[_T]):
    """The pattern of a mapping, and the ``value`` that its groups mean.

    ``value`` takes the groups, empty if they are missing, and raises `NotCanonical`. A field
    whose form has no pattern is not in ``text``, so that a mapping with that key never fits; if
    it is a needed one, the pattern is not ``whole``.
    """

    def __init__(self, record: Record[_T]) -> None:
        self.text, self.whole = "", True
        reader = GroupsReader(record)
        for field in record.fields:
            if part := _field_pattern(record, field):
                self.text += _placed(record, field, part.pattern, is_first=not self.text)
                reader.add(field, part)
            else:
                self.whole = self.whole and not field.needed
        self.value: Callable[[Sequence[Any]], _T] = reader.compiled()


@cache
def pattern_of(record: Record[_T]) -> Pattern[_T]:
    """The pattern of a mapping, made when it is first asked for."""
    return Pattern(record)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.M)


def _field_pattern(record: Record[Any], field: Field) -> FieldPattern | None:
    form, start = field.form, f"{record.indent}{field.key}:"
    if isinstance(form, Form):
        key = f"{field.key}: " if record.in_flow else f"{start} "
        end = "" if record.in_flow else "\n"
        meant = None if form.meant is as_it_is else form.meant
        return FieldPattern(f"{key}{form.pattern}{end}", meant, form.mark) if form.pattern else None
    inner = pattern_of(form.record)
    if isinstance(form, Nested):
        return FieldPattern(f"{start}\n{inner.text}", inner.value)
    if not form.record.in_flow or not inner.whole:
        return None
    line = rf"{record.indent}- \{{{inner.text}\}}\n"
    more = rf"((?:{record.indent}- \{{[^\n]*\n)*)"
    return FieldPattern(f"{start}\n{line}{more}", _lines(form, inner, f"^{line}"))


def _placed(record: Record[Any], field: Field, pattern: str, *, is_first: bool) -> str:
    part = pattern if is_first or not record.in_flow else f", {pattern}"
    return part if field.needed or field.always else f"(?:{part})?"


def _lines(listed: Listed[_T], inner: Pattern[_T], line: str) -> Meant:
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
    value, values, ends, end = pattern.value, list[_T](), list[int](), 0
    # One after the other: all that is found at once takes longer to come by than to read.
    for found in _compiled(_item(listed.record, pattern.text)).finditer(text):
        if found.start() != end:
            raise NotCanonical
        end = found.end()
        values.append(value(found.groups("")))
        ends.append(end)
    if not ends or end != len(text):
        raise NotCanonical
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
