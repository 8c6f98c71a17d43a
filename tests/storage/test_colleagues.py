"""A reviewer reads what all colleagues tagged; what cannot be read is told, and left alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from annotator.core.errors import StorageError
from annotator.storage.colleagues import Colleagues, read_colleagues
from annotator.storage.folder import Folder
from annotator.storage.opening import open_review
from tests.storage.conftest import DEFAULT


@pytest.fixture
def seeded(seeds: Path, tmp_path: Path) -> Folder:
    """A copy of the seed folder."""
    shutil.copytree(seeds, tmp_path / "seeds")
    return Folder(tmp_path / "seeds")


@pytest.fixture
def anna(seeded: Folder) -> Path:
    return seeded.annotation_file(seeded.articles()[0], "anna")


def read(folder: Folder) -> Colleagues:
    return read_colleagues(folder, folder.articles()[0])


def test_everybody_is_read_by_name(seeded: Folder) -> None:
    found = read(seeded)
    assert list(found.documents) == list(found.paths) == list(found.taggings) == ["anna", "boris"]
    assert found.sentences == ()
    assert len(found.taggings["boris"]) == 17


def test_where_nobody_tagged_there_is_nobody(folder: Folder) -> None:
    assert read(folder).documents == {}


def test_a_review_is_no_colleagues_tagging(seeded: Folder, anna: Path) -> None:
    shutil.copy(anna, anna.with_name("corea-del-nord.carla.review.yaml"))
    assert list(read(seeded).documents) == ["anna", "boris"]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (b"annotator: anna", b"annotater: anna", "anna.yaml:1: 'annotator' is missing in the file"),
        (b"7c4738d4", b"00000000", "anna.yaml:4: the article has changed since it was tagged"),
        (b'exact: "la Corea', b'exact: "la Korea', "anna.yaml:14: a-2m7xkq: exact is “la Korea"),
        (b"annotator: anna", b"annotator: boris", "the tagging of boris is in corea-del-nord.bor"),
        (b"annotations:", b"\xff", "anna.yaml"),
    ],
)
def test_a_file_that_is_not_fit_is_left_out_and_left_alone(
    seeded: Folder, anna: Path, old: bytes, new: bytes, sentence: str
) -> None:
    anna.write_bytes(spoilt := anna.read_bytes().replace(old, new, 1))
    found = read(seeded)
    assert list(found.documents) == ["boris"]
    (told,) = found.sentences
    assert sentence in told
    assert told.endswith("; it is left out here.")
    assert anna.read_bytes() == spoilt


def test_a_file_that_was_moved_with_its_article_is_read(seeded: Folder, anna: Path) -> None:
    anna.write_bytes(anna.read_bytes().replace(b"../corea-del-nord.txt", b"../before/nord.txt"))
    assert list(read(seeded).documents) == ["anna", "boris"]


def test_the_file_of_another_article_is_told_as_such(seeded: Folder, anna: Path) -> None:
    (seeded.path / "altro.txt").write_text("Un altro testo.\n", "utf-8")
    other = anna.read_bytes().replace(b"../corea-del-nord.txt", b"../altro.txt")
    anna.write_bytes(other.replace(b"7c4738d4", b"00000000"))
    (told,) = read_colleagues(seeded, seeded.path / "corea-del-nord.txt").sentences
    assert told.endswith("anna.yaml: it is a tagging of altro.txt; it is left out here.")


def test_of_two_files_of_one_annotator_the_one_that_is_called_so_counts(
    seeded: Folder, anna: Path
) -> None:
    shutil.copy(anna, anna.with_name("corea-del-nord.aaa.yaml"))
    found = read(seeded)
    assert found.paths["anna"] == anna
    (told,) = found.sentences
    assert "aaa.yaml: the tagging of anna is in corea-del-nord.anna.yaml already" in told


def test_what_is_left_out_is_told_when_a_review_is_opened(seeded: Folder, anna: Path) -> None:
    anna.write_bytes(b"annotator: anna\n")
    opened = open_review(seeded, seeded.articles()[0], "carla", DEFAULT)
    (told,) = opened.reports
    assert "anna.yaml:1: 'format' is missing" in told
    assert opened.session.header.reviews == ("boris",)
    opened.session.close()


def test_a_review_of_nothing_that_can_be_read_says_why(seeded: Folder, anna: Path) -> None:
    anna.write_bytes(b"annotator: anna\n")
    anna.with_name("corea-del-nord.boris.yaml").unlink()
    with pytest.raises(StorageError, match="'format' is missing"):
        open_review(seeded, seeded.articles()[0], "carla", DEFAULT)
