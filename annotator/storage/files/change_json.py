"""A change as one line of JSON, and back."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from typing import Any

from annotator.core.change import Change
from annotator.core.model import (
    Annotation,
    Answer,
    Certainty,
    Comment,
    Decision,
    Kind,
    Span,
    Stance,
    Status,
    Unattributed,
    Verdict,
)
from annotator.core.sources import LocalAliases, Source, SourceColour, SourceType

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def encode_change(change: Change) -> bytes:
    """The change as a line of ASCII JSON with its line end; what is at its default is left out."""
    return json.dumps(change, default=_plain, separators=(",", ":")).encode() + b"\n"


def decode_change(line: bytes) -> Change:
    """The change in a line that `encode_change` made; raises `ValueError` for anything else."""
    try:
        return Change(**_read(json.loads(line), _CHANGE))
    except (AttributeError, LookupError, TypeError, RecursionError) as error:
        raise ValueError("not a change") from error


def plain_annotation(annotation: Annotation) -> dict[str, Any]:
    """The fields of an annotation that say something, as JSON has them."""
    plain: dict[str, Any] = json.loads(json.dumps(_plain(annotation)))
    return plain


def annotation_values(plain: dict[str, Any]) -> dict[str, Any]:
    """Fields of an annotation as `plain_annotation` gives them, read back.

    Raises `ValueError` for anything else.
    """
    try:
        known = {key: value for key, value in plain.items() if key in _FIELDS}
        return _read(known, _ANNOTATION)
    except (AttributeError, TypeError, RecursionError) as error:
        raise ValueError("not an annotation") from error


def _plain(value: Change | Annotation | Source | Answer | Decision | Comment) -> dict[str, Any]:
    """What JSON has no word for is one of our frozen values: its fields that say something."""
    pairs = ((field, getattr(value, field.name)) for field in fields(value))
    return {f.name: told for f, told in pairs if f.default is MISSING or told != f.default}


_Reader = Callable[[Any], Any]
_Readers = Mapping[str, _Reader]


def _read(plain: dict[str, Any], readers: _Readers) -> dict[str, Any]:
    checked: dict[str, Any] = {}
    for key, value in plain.items():
        reader: _Reader = readers.get(key, _text)
        checked[key] = reader(value)
    return checked


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    # Half a surrogate pair, which no file can hold, comes back as it would from a file.
    return value if value.isascii() else _LONE_SURROGATE.sub("\ufffd", value)


def _text_if_any(value: Any) -> str | None:
    return None if value is None else _text(value)


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


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(map(_text, _items(value)))


def _extra(pairs: Any) -> tuple[tuple[str, Any], ...]:
    return tuple((_text(key), value) for key, value in _items(pairs))


def _local(plain: Any) -> LocalAliases:
    return tuple((_text(language), _texts(names)) for language, names in _items(plain))


def _spans(plain: Any) -> tuple[Span, ...]:
    return tuple(
        Span(
            _number(start),
            _number(end),
            _text(exact),
            _text_if_any(prefix),
            _text_if_any(suffix),
            _extra(extra),
        )
        for start, end, exact, prefix, suffix, extra in _items(plain)
    )


def _annotations(plain: Any) -> tuple[Annotation, ...]:
    return tuple(Annotation(**_read(one, _ANNOTATION)) for one in _items(plain))


def _sources(plain: Any) -> tuple[Source, ...]:
    return tuple(Source(**_read(one, _SOURCE)) for one in _items(plain))


def _answers(plain: Any) -> tuple[Answer, ...]:
    return tuple(Answer(**_read(one, _ANSWER)) for one in _items(plain))


def _decisions(plain: Any) -> tuple[Decision, ...]:
    return tuple(Decision(**_read(one, _DECISION)) for one in _items(plain))


def _comments(plain: Any) -> tuple[Comment, ...]:
    return tuple(Comment(**_read(one, _COMMENT)) for one in _items(plain))


def _status(plain: Any) -> tuple[Status, Status]:
    old, new = _items(plain)
    return Status(old), Status(new)


_ANNOTATION: _Readers = {
    "kind": Kind,
    "spans": _spans,
    "mention": _spans,
    "cue": _spans,
    "content": _texts,
    "unattributed": Unattributed,
    "stance": Stance,
    "certainty": Certainty,
    "extra": _extra,
}
_FIELDS = frozenset(field.name for field in fields(Annotation))
_SOURCE: _Readers = {
    "type": SourceType,
    "colour": SourceColour,
    "named": _flag,
    "aliases": _texts,
    "aliases_in": _local,
    "extra": _extra,
}
_ANSWER: _Readers = {"of": _texts, "extra": _extra}
_DECISION: _Readers = {"verdict": Verdict, "extra": _extra}
_COMMENT: _Readers = {"extra": _extra}
_CHANGE: _Readers = {
    "before": _annotations,
    "after": _annotations,
    "sources_before": _sources,
    "sources_after": _sources,
    "answers_before": _answers,
    "answers_after": _answers,
    "decisions_before": _decisions,
    "decisions_after": _decisions,
    "comments_before": _comments,
    "comments_after": _comments,
    "status": _status,
    "seen": _texts,
}
