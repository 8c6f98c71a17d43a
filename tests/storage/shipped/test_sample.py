"""The sample is the user's own copy: to try things out on, and never lost again."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.core.errors import StorageError
from annotator.storage.shipped import sample
from annotator.storage.shipped.sample import sample_folder


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_sample_is_copied_byte_for_byte(seeds: Path, own_home: Path) -> None:
    folder = sample_folder()
    assert own_home in folder.parents
    assert contents(folder) == contents(seeds)
    assert [path.name for path in folder.parent.iterdir()] == ["sample"]


def test_what_was_tried_out_in_the_sample_stays(seeds: Path) -> None:
    tagging = sample_folder() / "annotations" / "corea-del-nord.anna.yaml"
    tagging.write_text("mine", "utf-8")
    (tagging.parent / "corea-del-nord.boris.yaml").unlink()
    assert contents(sample_folder())["annotations/corea-del-nord.anna.yaml"] == b"mine"
    assert "annotations/corea-del-nord.boris.yaml" not in contents(sample_folder())


def test_seeds_that_were_installed_read_only_give_a_sample_that_can_be_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "article.txt").write_text("Notizia.", "utf-8")
    (tmp_path / "seeds" / "article.txt").chmod(0o444)
    monkeypatch.setattr(sample, "seeds_path", lambda: tmp_path / "seeds")
    assert (sample_folder() / "article.txt").stat().st_mode & 0o200


def test_a_sample_that_cannot_be_copied_is_said_in_a_sentence(own_home: Path) -> None:
    (own_home / "annotator").write_text("in the way", "utf-8")
    with pytest.raises(StorageError, match="the sample could not be copied"):
        sample_folder()
    assert (own_home / "annotator").read_text("utf-8") == "in the way"
