"""The source registry file: its table of fields, bytes to `Registry` and back."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from annotator.core.errors import FormatError
from annotator.core.sources import Registry, Source, SourceColour, SourceType
from annotator.storage.disk.refusals import refusals_told
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
from annotator.storage.files.places import SOURCES, read_spelled, spelled
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
ENTRIES = Listed(SOURCE, once=Once("id", "the id {} stands twice", "another id"))
REGISTRY = Record(Registry, EXTRA, Field("sources", ENTRIES, needed=True), indent="")
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


@refusals_told("read")
def registry_at(folder: Path) -> Registry | None:
    """The registry of a folder of articles; None where it has none (see `sample_sources`)."""
    path = folder / SOURCES
    there = os.path.lexists(path)
    return parse_registry(read_spelled(path), spelled(path)) if there else None


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
    found = read_items(ENTRIES, listed)
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
