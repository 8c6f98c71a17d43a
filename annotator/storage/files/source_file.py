"""The source registry file: its table of fields, bytes to `Registry` and back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from annotator.core.errors import FormatError
from annotator.core.sources import Registry, Source, SourceColour, SourceType
from annotator.storage.files.canonical import read_items
from annotator.storage.files.file_format import FileFormat
from annotator.storage.files.forms import (
    LOCAL_NAMES,
    SOURCE_ID,
    TRUE_UNLESS_SAID,
    WORD,
    choice,
    loose_names,
    loosely,
)
from annotator.storage.files.record import EXTRA, Field, Listed, Once, Record, RuleError
from annotator.storage.yaml.reader import read_tree

SOURCE = Record(
    Source,
    Field("id", SOURCE_ID, needed=True),
    Field("name", loosely(WORD, r"[^\n]+"), needed=True),
    Field("short", loosely(WORD, r"[^\n]+")),
    Field("key", loosely(WORD, "[a-z]")),
    Field("type", choice(SourceType)),
    Field("country", loosely(WORD, "[A-Z]{2}")),
    Field("colour", choice(SourceColour)),
    Field("named", TRUE_UNLESS_SAID),
    Field("aliases", loose_names(), always=True),
    Field("aliases-in", LOCAL_NAMES),
    EXTRA,
)
SOURCES = Listed(SOURCE, once=Once("id", "the id {} stands twice", "another id"))
REGISTRY = Record(Registry, EXTRA, Field("sources", SOURCES, needed=True), indent="")
FORMAT = FileFormat("source-registry", "sources.schema.json", REGISTRY)

_LARGEST = 1_000_000
"""Bytes that are read without YAML; whether more is too much is for YAML's reader to say."""

RESERVED_KEYS = frozenset("ulmcaxe")
"""The letters, in lower case, with which a command of the window is given by a single key."""


def parse_registry(data: bytes, name: str) -> Registry:
    """The registry in the bytes of the file ``name``.

    Raises `FormatError` for the first thing, by line, in which the file is no registry. Keys
    that clash are no hindrance: the first source keeps the key (see `registry_errors`).
    """
    fast = _read_canonical(data)
    return parse_in_full(data, name) if fast is None else fast


def parse_in_full(data: bytes, name: str) -> Registry:
    """As `parse_registry`, by YAML and the schema also where the file is just as we write it."""
    return FORMAT.parse(data, name)[0]


def _read_canonical(data: bytes) -> Registry | None:
    """The registry, if the file is just as we write it and has only the usual keys; else None.

    Patterns take values as they stand: whether they mean themselves, and whether anything was
    overlooked, is seen by what our writer makes of them.
    """
    try:
        listed = data.decode().partition("\nsources:\n")[2] if len(data) <= _LARGEST else ""
    except UnicodeDecodeError:
        return None
    found = read_items(SOURCES, listed)
    registry = Registry(tuple(found[0])) if found else None
    return registry if registry and registry_bytes(registry) == data else None


def registry_errors(data: bytes, name: str) -> list[FormatError]:
    """Everything that is wrong with the file, keys that cannot work included, by line."""
    if found := FORMAT.errors(data, name):
        return found
    tree = read_tree(data, name)
    errors = _useless_keys(tree.value["sources"])
    return [FormatError(name, tree.line(path), *what) for path, *what in errors]


def _useless_keys(raw: list[dict[str, Any]]) -> Iterator[RuleError]:
    owners: dict[str, str] = {}
    for nth, one in enumerate(raw):
        if not (key := one.get("key", "").lower()):
            continue
        if key in RESERVED_KEYS:
            what = f"the key {key.upper()} is a command of the window"
            yield ("sources", nth, "key"), what, "another letter"
        elif key in owners:
            what = f"the key {key.upper()} already tags with {owners[key]}"
            yield ("sources", nth, "key"), what, "another letter"
        owners.setdefault(key, one["id"])


def registry_bytes(registry: Registry) -> bytes:
    """The file of a registry: UTF-8, LF, the same bytes for the same value."""
    return FORMAT.text(registry).encode()


def registry_bytes_after(registry: Registry, data: bytes | None, name: str) -> bytes:
    """The file of a registry where ``data`` lay: what is only added is put below it.

    Comments and the way somebody writes stay so. Where more was changed, or nothing can be
    put below what is there, the file is written as `registry_bytes` does.
    """
    whole = registry_bytes(registry)
    if data is None:
        return whole
    before = parse_registry(data, name)
    if before == registry:
        return data
    if registry_bytes(before) == data or not _only_adds(before, registry):
        return whole
    return next(_below(data, before, registry), whole)


def _only_adds(before: Registry, registry: Registry) -> bool:
    there = before.sources
    return registry.extra == before.extra and registry.sources[: len(there)] == there


def _below(data: bytes, before: Registry, registry: Registry) -> Iterator[bytes]:
    """The file with the new sources below what is there, if it then means the registry."""
    end = b"\r\n" if b"\r\n" in data else b"\n"
    line, new_line = (FORMAT.line(one).strip().encode() for one in (before, registry))
    head = data.replace(line, new_line, 1) if line != new_line else data
    for indent in ("", "  ", "    "):
        items = SOURCE.items(registry.sources[len(before.sources) :], indent)
        if indent:  # the lines of an item below its first
            items = "".join(_deeper(items, indent))
        written = head.rstrip() + end + items.encode().replace(b"\n", end)
        if _means(written, registry):
            yield written


def _deeper(items: str, indent: str) -> Iterator[str]:
    for line in items.splitlines(keepends=True):
        yield line if line.startswith(f"{indent}- ") else f"{indent}{line}"


def _means(data: bytes, registry: Registry) -> bool:
    try:
        return parse_in_full(data, "") == registry
    except FormatError:
        return False
