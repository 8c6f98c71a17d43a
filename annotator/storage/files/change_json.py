"""A change as one line of JSON, and back."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import MISSING, fields
from typing import Any

from annotator.core.change import Change
from annotator.core.model import Annotation, Answer, Comment, Decision, Status
from annotator.core.sources import Source
from annotator.storage.files.annotation_file import ANNOTATION, ANSWER, COMMENT, DECISION
from annotator.storage.files.forms import json_items, json_text, json_texts
from annotator.storage.files.record import Listed, Record
from annotator.storage.files.source_file import SOURCE


def encode_change(change: Change) -> bytes:
    """The change as a line of ASCII JSON with its line end; what is at its default is left out."""
    return json.dumps(change, default=_plain, separators=(",", ":")).encode() + b"\n"


def decode_change(line: bytes) -> Change:
    """The change in a line that `encode_change` made; raises `ValueError` for anything else."""
    try:
        told = json.loads(line)
        return Change(**{key: _CHANGE[key](value) for key, value in told.items()})
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
        return ANNOTATION.json_values({k: v for k, v in plain.items() if k in _FIELDS})
    except (AttributeError, TypeError, RecursionError) as error:
        raise ValueError("not an annotation") from error


def _plain(value: Change | Annotation | Source | Answer | Decision | Comment) -> dict[str, Any]:
    """What JSON has no word for is one of our frozen values: its fields that say something."""
    pairs = ((field, getattr(value, field.name)) for field in fields(value))
    return {f.name: told for f, told in pairs if f.default is MISSING or told != f.default}


def _status(plain: Any) -> tuple[Status, Status]:
    old, new = json_items(plain)
    return Status(old), Status(new)


_FIELDS = frozenset(field.name for field in fields(Annotation))
_PARTS: dict[str, Record[Any]] = {
    "": ANNOTATION,
    "sources_": SOURCE,
    "answers_": ANSWER,
    "decisions_": DECISION,
    "comments_": COMMENT,
}
_CHANGE: dict[str, Callable[[Any], Any]] = {
    "label": json_text,
    "status": _status,
    "seen": json_texts,
    **{
        f"{key}{side}": Listed(one).from_json
        for key, one in _PARTS.items()
        for side in ("before", "after")
    },
}
