"""A change as one line of JSON, and back."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import MISSING, fields
from enum import Enum
from functools import cache
from types import NoneType
from typing import Any, cast, get_args, get_origin, get_type_hints

from annotator.core.change import PARTS, Change, Delta, replaced
from annotator.core.model import Annotation, Span, Status

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_SIDES = {name: (f"{name}_before", f"{name}_after") for name in PARTS if name != "status"}
_SIDES["annotations"] = "before", "after"
"""The keys under which a part stands as it was and as it is; the status is one pair."""


def encode_change(change: Change) -> bytes:
    """The change as a line of ASCII JSON with its line end; what is at its default is left out."""
    told: dict[str, Any] = {}
    deltas = change.deltas
    for name, (before, after) in _SIDES.items():
        told |= {before: deltas[name].before, after: deltas[name].after}
    told |= {"status": change.status.before + change.status.after, "seen": change.seen}
    told = {"label": change.label} | {key: value for key, value in told.items() if value}
    return json.dumps(told, default=_plain, separators=(",", ":")).encode() + b"\n"


def decode_change(line: bytes) -> Change:
    """The change in a line that `encode_change` made; raises `ValueError` for anything else."""
    try:
        return _change(json.loads(line))
    except (AttributeError, LookupError, TypeError, RecursionError) as error:
        raise ValueError("not a change") from error


def _change(told: dict[str, Any]) -> Change:
    label, seen = _text(told.pop("label")), _each(_text)(told.pop("seen", []))
    readers = _readers(Change)
    parts: dict[str, Any] = {
        name: Delta(*(readers[name](told.pop(side, [])) for side in sides))
        for name, sides in _SIDES.items()
        if not told.keys().isdisjoint(sides)
    }
    if "status" in told:
        parts["status"] = replaced(*map(Status, told.pop("status")))
    if told:
        raise ValueError("not a change")
    return Change(label, **parts, seen=seen)


def plain_annotation(annotation: Annotation) -> dict[str, Any]:
    """The fields of an annotation that say something, as JSON has them."""
    plain: dict[str, Any] = json.loads(json.dumps(_plain(annotation)))
    return plain


def annotation_values(plain: dict[str, Any]) -> dict[str, Any]:
    """Fields of an annotation as `plain_annotation` gives them, read back.

    Raises `ValueError` for anything else.
    """
    readers = _readers(Annotation)
    try:
        return {key: readers[key](value) for key, value in plain.items() if key in readers}
    except (AttributeError, TypeError, RecursionError) as error:
        raise ValueError("not an annotation") from error


def _plain(value: Any) -> dict[str, Any]:
    """What JSON has no word for is one of our frozen values: its fields that say something."""
    pairs = ((field, getattr(value, field.name)) for field in fields(value))
    return {f.name: told for f, told in pairs if f.default is MISSING or told != f.default}


_Reader = Callable[[Any], Any]
"""Reads the JSON of one value; raises `TypeError` or `ValueError` where it is another's."""


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    # Half a surrogate pair, which no file can hold, comes back as it would from a file.
    return value if value.isascii() else _LONE_SURROGATE.sub("\ufffd", value)


def _number(value: Any) -> int:
    if type(value) is not int:  # bool is a kind of int
        raise TypeError
    return value


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _items(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError
    return value


def _each(read: _Reader) -> _Reader:
    return lambda value: tuple(map(read, _items(value)))


def _row(make: _Reader, readers: Iterable[_Reader]) -> _Reader:
    """Reads a list that has one item for each of the readers."""
    every = tuple(readers)
    return lambda value: make([read(one) for read, one in zip(every, _items(value), strict=True)])


@cache
def _readers(kind: type) -> dict[str, _Reader]:
    """How each field of one of our values is read. None is a default, and left out."""
    return {name: _reader(_without_none(hint)) for name, hint in _hints(kind).items()}


def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind, localns={"Extra": tuple[tuple[str, object], ...]})


def _without_none(hint: Any) -> Any:
    some = [one for one in get_args(hint) if one is not NoneType]
    return some[0] if len(some) < len(get_args(hint)) else hint


def _reader(hint: Any) -> _Reader:
    """How a value of this type is read."""
    kinds = get_args(hint)
    if NoneType in kinds:
        read = _reader(_without_none(hint))
        return lambda value: None if value is None else read(value)
    if get_origin(hint) is Delta or ... in kinds:
        return _each(_reader(kinds[0]))
    if get_origin(hint) is tuple:
        return _row(tuple, map(_reader, kinds))
    if hint in _OF_TYPE:
        return _OF_TYPE[hint]
    if issubclass(hint, Span):
        return _row(Span._make, map(_reader, _hints(Span).values()))
    return cast("_Reader", hint) if issubclass(hint, Enum) else _fields(hint)


def _fields(kind: type) -> _Reader:
    """Reads an object whose keys are fields of one of our frozen values."""
    readers = _readers(kind)
    return lambda told: kind(**{key: readers[key](one) for key, one in told.items()})


_OF_TYPE: dict[type, _Reader] = {str: _text, int: _number, bool: _flag, object: lambda value: value}
