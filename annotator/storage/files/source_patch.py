"""A changed registry in the file of somebody who writes it by hand: what did not change stays.

Comments and blank lines stand above the source that they are about, and stay when it changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from annotator.core.errors import FormatError
from annotator.core.sources import Registry, Source
from annotator.storage.files.source_file import (
    FORMAT,
    SOURCE,
    parse_in_full,
    parse_registry,
    registry_bytes,
)
from annotator.storage.yaml.tree import Tree

_NO_SOURCES = re.compile(r"^(sources:)[ \t]*\[[ \t]*\]", re.M)
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_ASIDE = re.compile(r"[ \t]*(#.*)?\r?\n?")
"""A line that says nothing: blank, or a comment."""


def patched_registry(registry: Registry, data: bytes | None, name: str) -> bytes:
    """The file of a registry where ``data`` lay; each source that did not change keeps its bytes.

    Where that would not mean the registry, and where nobody has written by hand, the file is
    written as `registry_bytes` does. Raises `FormatError` where ``data`` is no registry.
    """
    whole = registry_bytes(registry)
    if data is None:
        return whole
    before = parse_registry(data, name)
    if before == registry:
        return data
    if registry_bytes(before) == data:
        return whole
    written = _patched(data, before, registry, name)
    return written if _means(written, registry) else whole


class _Parts(NamedTuple):
    """The lines of a file: what is above the sources, above each one, each one, and at the end."""

    head: str
    above: list[str]
    own: list[str]
    end: str
    indent: str


def _patched(data: bytes, before: Registry, registry: Registry, name: str) -> bytes:
    text = data.decode("utf-8-sig")
    line_end = "\r\n" if "\r\n" in text else "\n"
    parts = _cut(text, FORMAT.parse(data, name)[1], len(before.sources))
    old_line, new_line = FORMAT.line(before).strip(), FORMAT.line(registry).strip()
    written = parts.head.replace(old_line, new_line, 1)
    for source, above, own in _places(before, registry, parts):
        item = own if source is None or own else _item(source, parts.indent, line_end)
        written = _ended(written + above, line_end) + item
    return (_ended(written, line_end) + parts.end).encode()


def _cut(text: str, tree: Tree, number: int) -> _Parts:
    lines = _LINE.findall(text)
    if not number:
        return _Parts(_NO_SOURCES.sub(r"\1", text), [], [], "", "")
    starts = [tree.line(("sources", nth)) - 1 for nth in range(number)]
    others = [tree.line((key,)) - 1 for key in tree.value if key != "sources"]
    limit = min((row for row in others if row > starts[-1]), default=len(lines))
    ends = [_end(lines, *one) for one in zip(starts, [*starts[1:], limit], strict=True)]
    # What is above the first one is above them all, and stays there.
    tops = [starts[0], *ends[:-1]]
    above = ["".join(lines[top:start]) for top, start in zip(tops, starts, strict=True)]
    own = ["".join(lines[start:end]) for start, end in zip(starts, ends, strict=True)]
    indent = lines[starts[0]].partition("-")[0]
    return _Parts("".join(lines[: starts[0]]), above, own, "".join(lines[ends[-1] :]), indent)


def _end(lines: list[str], start: int, following: int) -> int:
    """One past the last line of an item that says something."""
    return next(
        (nth + 1 for nth in reversed(range(start, following)) if not _ASIDE.fullmatch(lines[nth])),
        start,
    )


def _places(
    before: Registry, registry: Registry, parts: _Parts
) -> Iterator[tuple[Source | None, str, str]]:
    """Each source with what stands above it, and its own lines if they stay.

    What stood above a source that is gone stays as well, above nothing.
    """
    now = registry.by_id
    row_of = {source.id: row for row, source in enumerate(before.sources)}
    gone = {row for row, source in enumerate(before.sources) if source.id not in now}
    for place, source in enumerate(registry.sources):
        row = row_of.get(source.id)
        if row is None and place in gone:  # it has got another id
            row = place
            gone.remove(place)
        for earlier in sorted(one for one in gone if row is not None and one < row):
            gone.remove(earlier)
            yield None, parts.above[earlier], ""
        if row is None:
            yield source, "", ""
        else:
            stays = before.sources[row] == source
            yield source, parts.above[row], parts.own[row] if stays else ""
    for row in sorted(gone):
        yield None, parts.above[row], ""


def _item(source: Source, indent: str, line_end: str) -> str:
    lines = SOURCE.items([source]).removesuffix("\n").split("\n")
    return "".join(f"{indent}{line}{line_end}" for line in lines)


def _ended(text: str, line_end: str) -> str:
    """The text with its last line ended."""
    return text if not text or text.endswith("\n") else text + line_end


def _means(data: bytes, registry: Registry) -> bool:
    try:
        return parse_in_full(data, "") == registry
    except FormatError:
        return False
