"""Where the files lie that travel with the program: in the wheel, or beside the package."""

from __future__ import annotations

from pathlib import Path

from annotator.core.errors import StorageError

_PACKAGE = Path(__file__).resolve().parents[2]
_HOMES = (_PACKAGE / "_data", _PACKAGE.parent)
"""The wheel carries the folders inside the package; in a checkout they stand beside it."""


def resource_path(name: str) -> Path:
    """The file or folder ``name`` of resources/; raises `StorageError` if it is missing."""
    return _carried(f"resources/{name}")


def schema_path(name: str) -> Path:
    """The file ``name`` of schemas/, as ``annotation.schema.json``; raises `StorageError`."""
    return _carried(f"schemas/{name}")


def seeds_path() -> Path:
    """The folder of the seed article and its sample tagging; raises `StorageError`."""
    return _carried("seeds")


def _carried(name: str) -> Path:
    for home in _HOMES:
        if (path := home / name).exists():
            return path
    raise StorageError(f"{name} is missing from this installation; install the program again.")
