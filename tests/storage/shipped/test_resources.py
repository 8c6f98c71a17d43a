"""What travels with the program is found; what is not there is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.core.errors import StorageError
from annotator.storage.shipped import resources
from annotator.storage.shipped.resources import resource_path, schema_path, seeds_path


def test_in_a_checkout_they_stand_beside_the_package(root: Path) -> None:
    assert seeds_path() == root / "seeds"
    assert resource_path("rules/it.yaml") == root / "resources" / "rules" / "it.yaml"


def test_in_a_wheel_they_lie_inside_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    schema = tmp_path / "_data" / "schemas" / "annotation.schema.json"
    schema.parent.mkdir(parents=True)
    schema.write_text("{}", "utf-8")
    monkeypatch.setattr(resources, "_HOMES", (tmp_path / "_data", tmp_path))
    assert schema_path("annotation.schema.json") == schema


def test_what_is_missing_is_named() -> None:
    with pytest.raises(StorageError, match=r"schemas/gone\.json is missing"):
        schema_path("gone.json")
