"""A change as one line of JSON, and back."""

from __future__ import annotations

import json
from dataclasses import MISSING, fields
from typing import Any

from annotator.core.change import Change, Delta, replaced
from annotator.core.model import Annotation, Status
from annotator.storage.files.annotation_file import ANNOTATION, ANSWER, COMMENT, DECISION
from annotator.storage.files.forms import json_items, json_text, json_texts
from annotator.storage.files.record import Listed, Record
from annotator.storage.files.source_file import SOURCE

_PARTS: dict[str, tuple[str, str, Record[Any]]] = {
    "annotations": ("before", "after", ANNOTATION),
    "sources": ("sources_before", "sources_after", SOURCE),
    "answers": ("answers_before", "answers_after", ANSWER),
    "decisions": ("decisions_before", "decisions_after", DECISION),
    "comments": ("comments_before", "comments_after", COMMENT),
}
"""The keys under which a part stands as it was and as it is, and the table of its fields; the
status is one pair.
"""

_FIELDS = frozenset(field.name for field in fields(Annotation))


def encode_change(change: Change) -> bytes:
    """The change as a line of ASCII JSON with its line end; what is at its default is left out."""
    told: dict[str, Any] = {}
    for name, (before, after, _) in _PARTS.items():
        delta = change.deltas[name]
        told |= {before: delta.before, after: delta.after}
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
    label, seen = json_text(told.pop("label")), json_texts(told.pop("seen", []))
    parts: dict[str, Any] = {
        name: Delta(*(Listed(record).from_json(told.pop(side, [])) for side in sides))
        for name, (*sides, record) in _PARTS.items()
        if not told.keys().isdisjoint(sides)
    }
    if "status" in told:
        parts["status"] = replaced(*map(Status, json_items(told.pop("status"))))
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
    try:
        return ANNOTATION.json_values({k: v for k, v in plain.items() if k in _FIELDS})
    except (AttributeError, TypeError, RecursionError) as error:
        raise ValueError("not an annotation") from error


def _plain(value: Any) -> dict[str, Any]:
    """What JSON has no word for is one of our frozen values: its fields that say something."""
    pairs = ((field, getattr(value, field.name)) for field in fields(value))
    return {f.name: told for f, told in pairs if f.default is MISSING or told != f.default}
