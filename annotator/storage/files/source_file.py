"""The source registry file: bytes to `Registry` and back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from annotator.core.errors import FormatError
from annotator.core.sources import LocalAliases, Registry, Source, SourceColour, SourceType
from annotator.storage.files.annotation_file import extra_of, other_format
from annotator.storage.files.schema import schema_errors
from annotator.storage.yaml.reader import read_tree
from annotator.storage.yaml.tree import Path, Tree
from annotator.storage.yaml.writer import extra_lines, plain, plain_in_flow

FORMAT = "source-registry/1"
SCHEMA = "sources.schema.json"

_USUAL = {
    "id": "[a-z][a-z0-9-]*",
    "name": ".+",
    "short": ".+",
    "key": "[a-z]",
    "type": ".+",
    "country": "[A-Z]{2}",
    "colour": ".+",
    "named": "false",
    "aliases": r"\[.*\]",
}
"""The usual keys of a source, and patterns that allow no more than the schema does."""

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
    tree = read_tree(data, name)
    for error in _format_errors(tree, name):
        raise error
    sources = tuple(map(_source, tree.value["sources"]))
    return Registry(sources, extra_of(tree.value))


def _read_canonical(data: bytes) -> Registry | None:
    """The registry, if the file is just as we write it and has only the usual keys; else None.

    Values are taken as they stand, without YAML and schema: whether they mean themselves, and
    whether anything was overlooked, is seen by what our writer makes of them.
    """
    if len(data) > _LARGEST:
        return None
    try:
        _, *blocks = data.decode().removesuffix("\n").split("\n- ")
        raw = list(map(_plain_fields, blocks))
        registry = Registry(tuple(map(_source, raw)))
    except (ValueError, KeyError):
        return None
    unique = len({one["id"] for one in raw}) == len(raw)
    return registry if unique and registry_bytes(registry) == data else None


def _plain_fields(block: str) -> dict[str, Any]:
    fields: dict[str, Any] = dict(line.split(": ", 1) for line in block.split("\n  "))
    if not all(re.fullmatch(_USUAL[key], value) for key, value in fields.items()):
        raise ValueError(block)
    names = fields.pop("aliases").removeprefix("[").removesuffix("]")
    named = {"named": False} if fields.pop("named", None) else {}
    return fields | named | {"aliases": names.split(", ") if names else []}


def registry_errors(data: bytes, name: str) -> list[FormatError]:
    """Everything that is wrong with the file, keys that cannot work included, by line."""
    try:
        tree = read_tree(data, name)
    except FormatError as error:
        return [error]
    if found := _format_errors(tree, name):
        return found
    errors = _useless_keys(tree.value["sources"])
    return [FormatError(name, tree.line(path), *what) for path, *what in errors]


def _format_errors(tree: Tree, name: str) -> list[FormatError]:
    if other := other_format(tree, FORMAT, name):
        return [other]
    if found := schema_errors(tree, SCHEMA, name):
        return found
    errors = _repeated_ids(tree.value["sources"])
    return [FormatError(name, tree.line(path), *what) for path, *what in errors]


def _repeated_ids(raw: list[dict[str, Any]]) -> Iterator[tuple[Path, str, str]]:
    seen: set[str] = set()
    for nth, one in enumerate(raw):
        if one["id"] in seen:
            yield ("sources", nth, "id"), f"the id {one['id']} stands twice", "another id"
        seen.add(one["id"])


def _useless_keys(raw: list[dict[str, Any]]) -> Iterator[tuple[Path, str, str]]:
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


def _source(raw: dict[str, Any]) -> Source:
    return Source(
        id=raw["id"],
        name=raw["name"],
        short=raw.get("short"),
        key=raw.get("key"),
        type=SourceType(raw["type"]) if "type" in raw else None,
        country=raw.get("country"),
        colour=SourceColour(raw["colour"]) if "colour" in raw else None,
        named=raw.get("named", True),
        aliases=tuple(raw.get("aliases", ())),
        aliases_in=tuple((code, tuple(a)) for code, a in raw.get("aliases-in", {}).items()),
        extra=extra_of(raw),
    )


def registry_bytes(registry: Registry) -> bytes:
    """The file of a registry: UTF-8, LF, the same bytes for the same value."""
    sources = "".join(map(_source_text, registry.sources))
    listed = f"sources:\n{sources}" if sources else "sources: []\n"
    return f"format: {FORMAT}\n{extra_lines(registry.extra)}{listed}".encode()


def _source_text(source: Source) -> str:
    told = {
        "id": source.id,
        "name": source.name,
        "short": source.short,
        "key": source.key,
        "type": source.type,
        "country": source.country,
        "colour": source.colour,
    }
    lines = [f"{key}: {plain(value)}" for key, value in told.items() if value is not None]
    named = [] if source.named else ["named: false"]
    aliases = f"aliases: [{', '.join(map(plain_in_flow, source.aliases))}]"
    local = [f"aliases-in: {_local_text(source.aliases_in)}"] if source.aliases_in else []
    own = "\n  ".join([*lines, *named, aliases, *local])
    return f"- {own}\n{extra_lines(source.extra, '  ')}"


def _local_text(aliases: LocalAliases) -> str:
    listed = (
        f"{plain_in_flow(language)}: [{', '.join(map(plain_in_flow, names))}]"
        for language, names in aliases
    )
    return f"{{{', '.join(listed)}}}"
