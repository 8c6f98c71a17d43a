"""Two versions of one tag in words, so that somebody can choose between them."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.core.model import Annotation
from annotator.core.sources import Registry
from annotator.core.tagging import Tagging

SHOWN = 60
"""Code points of a linked tag's words."""


def tell_apart(
    one: Annotation | None, other: Annotation | None, tagging: Tagging, registry: Registry
) -> tuple[str, str]:
    """Both versions, each with its words and whatever else is not the same in the other one."""
    first, second = (_lines(version, tagging, registry) for version in (one, other))
    return _without(first, second), _without(second, first)


def _without(lines: list[str], others: list[str]) -> str:
    return "\n".join(lines[:1] + [line for line in lines[1:] if line not in others])


def _lines(version: Annotation | None, tagging: Tagging, registry: Registry) -> list[str]:
    if version is None:
        return ["deleted"]
    source = f", {_label(version, registry)}" if version.source else ""
    return [
        f"{version.kind}{source}: “{version.words}”",
        *_links(version, tagging, registry),
        *(f"{name}: {value}" for name, value in _fields(version) if value),
    ]


def _label(version: Annotation, registry: Registry) -> str:
    known = registry.by_id.get(version.source or "")
    return known.label if known else version.source or "no source"


def _links(version: Annotation, tagging: Tagging, registry: Registry) -> Iterator[str]:
    for name, ids in (("via", (version.via,)), ("content", version.content)):
        for target in filter(None, ids):
            there = tagging.get(target)
            if there is None:
                yield f"{name}: {target}"
            else:
                words = there.words if len(there.words) <= SHOWN else f"{there.words[:SHOWN]}…"
                yield f"{name}: {_label(there, registry) if name == 'via' else f'“{words}”'}"


def _fields(version: Annotation) -> Iterator[tuple[str, str | None]]:
    for name, spans in (("mention", version.mention), ("cue", version.cue)):
        yield name, " … ".join(span.exact for span in spans)
    yield "unattributed", version.unattributed
    yield "stance", version.stance
    yield "certainty", version.certainty
    yield "note", version.note
