"""A disk that refuses even to be looked at is told of in a sentence, wherever that happens."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from annotator.core.errors import StorageError
from annotator.core.sources import Registry
from annotator.formats.detection import format_of
from annotator.formats.exporting import export_files, export_parts
from annotator.formats.importing import import_files
from annotator.formats.table import FORMATS
from annotator.storage.articles_in.add import add_files
from annotator.storage.backups.restore import restore_file
from annotator.storage.backups.versions import KeptVersion
from annotator.storage.bulk.by_article import gather
from annotator.storage.bulk.source_counts import count_sources
from annotator.storage.check.check import check_files, files_in
from annotator.storage.disk.contents import make_folders
from annotator.storage.disk.refusals import refusals_told
from annotator.storage.folder import Folder, open_path
from annotator.storage.opening import open_review, open_session, open_to_read
from annotator.storage.reading import annotation_files_in
from annotator.storage.shipped.sample import sample_folder
from annotator.storage.shipped.sample_sources import sources_for
from annotator.storage.source_renames import files_naming

ARTICLE = "corea-del-nord.txt"


def exported(folder: Path) -> object:
    files = [folder / "annotations" / "corea-del-nord.anna.yaml"]
    return export_files(FORMATS[0], files, folder / "all.csv", lambda _: None, alone=True)


def imported(folder: Path) -> object:
    return import_files(
        FORMATS[0],
        [folder / "all.csv"],
        folder,
        None,
        progress=lambda _done, _of: None,
        tell=lambda _: None,
        alone=True,
    )


def added(folder: Path) -> object:
    return [str(one) for one in add_files([folder / ARTICLE], folder / "new")]


def exported_in_parts(folder: Path) -> object:
    files = [folder / "annotations" / "corea-del-nord.anna.yaml"]
    return list(export_parts(FORMATS[0], files, folder / "more.csv", lambda _: None, alone=True))


def restored(folder: Path) -> object:
    version = KeptVersion(datetime.now(UTC), "", folder / "version.yaml.gz")
    return restore_file(folder / "annotations" / "corea-del-nord.anna.yaml", version)


LOOKING: dict[str, Callable[[Path], object]] = {
    "open": lambda folder: open_session(Folder(folder), folder / ARTICLE, "anna", Registry()),
    "review": lambda folder: open_review(Folder(folder), folder / ARTICLE, "carla", Registry()),
    "open path": open_path,
    "list": lambda folder: Folder(folder).states("anna"),
    "check": lambda folder: check_files(files_in([folder]), lambda _: None),
    "compare": lambda folder: gather([folder]),
    "count": lambda folder: count_sources(annotation_files_in([folder])),
    "export": exported,
    "import": imported,
    "add": added,
    "export in parts": exported_in_parts,
    "restore": restored,
    "open to read": lambda folder: open_to_read(Folder(folder), folder / ARTICLE, "", Registry()),
    "list the reviews": lambda folder: Folder(folder).all_files(reviews=True),
    "make folders": lambda folder: make_folders(folder / "new" / "one"),
    "know the sample's sources": lambda folder: sources_for(Folder(folder), folder / ARTICLE),
    "know the format": lambda folder: format_of(folder / "all.csv", FORMATS),
    "name the sources": lambda folder: list(files_naming(Folder(folder), "kcna")),
}


@pytest.fixture
def folder(seeds: Path, tmp_path: Path) -> Path:
    shutil.copytree(seeds, tmp_path / "seeds")
    (tmp_path / "seeds" / "all.csv").write_text("")
    return tmp_path / "seeds"


@pytest.mark.parametrize("number", [errno.EIO, errno.EACCES])
@pytest.mark.parametrize("look", LOOKING)
def test_what_the_system_refuses_is_a_sentence(
    look: str, number: int, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stat, refused = os.stat, list[Any]()

    def refuse(path: Any, *args: Any, **kwargs: Any) -> os.stat_result:
        if str(folder) in str(path):
            refused.append(path)
            raise OSError(number, os.strerror(number), str(path))
        return stat(path, *args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(os, "stat", refuse)
        # From Python 3.14 on, Path.exists and its like say no where they cannot look.
        with suppress(StorageError):
            LOOKING[look](folder)
    assert refused


def test_a_file_that_the_system_does_not_name_is_the_disk() -> None:
    @refusals_told("read")
    def look() -> None:
        raise OSError(errno.EIO, "Input/output error")

    with pytest.raises(StorageError, match="the disk cannot be read: Input/output error; look"):
        look()


def test_a_block_of_a_generator_has_the_border_too() -> None:
    def parts() -> Iterator[int]:
        with refusals_told("exported"):
            yield 1
            raise OSError(errno.EIO, "Input/output error", "a.csv")

    with pytest.raises(StorageError, match=r"a\.csv cannot be exported: Input/output error; look"):
        list(parts())


def test_a_folder_of_the_sample_that_cannot_be_looked_at_is_told_of(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANNOTATOR_DATA_DIR", str(own_home / ("x" * 300)))
    with pytest.raises(StorageError, match="the sample could not be copied"):
        sample_folder()
