"""Exporting: one file or thousands, with a report of what could not be carried."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.core.errors import StorageError
from annotator.formats.exporting import export_files, in_words, names
from annotator.formats.format import Format, Result
from annotator.formats.table import FORMATS, refuse_missing
from annotator.storage.files.article_header import ArticleHeader, header_bytes
from annotator.storage.reading import annotation_files_in
from tests.formats.toy import TOY


def nothing(_: int) -> None: ...


@pytest.fixture
def folder(seeds: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(seeds, tmp_path / "nk-russia"))


def test_a_single_file_becomes_the_file_that_is_named(folder: Path, tmp_path: Path) -> None:
    file = folder / "annotations" / "corea-del-nord.anna.yaml"
    done = export_files(TOY, [file], tmp_path / "new" / "out.toy", nothing)
    assert list(done.results) == [tmp_path / "new" / "out.toy"]
    assert (tmp_path / "new" / "out.toy").exists()


def test_a_single_file_goes_into_a_folder_that_is_there(folder: Path, tmp_path: Path) -> None:
    file = folder / "annotations" / "corea-del-nord.anna.yaml"
    done = export_files(TOY, [file], tmp_path, nothing)
    assert list(done.results) == [tmp_path / "corea-del-nord.anna.toy"]


def test_the_title_that_the_articles_header_tells_goes_out(folder: Path, tmp_path: Path) -> None:
    file = folder / "annotations" / "corea-del-nord.anna.yaml"
    header = folder / "corea-del-nord.article.yaml"
    header.write_bytes(header_bytes(ArticleHeader("0" * 64, 1, title="Truppe in Russia")))
    (tei,) = (form for form in FORMATS if form.name == "tei")
    export_files(tei, [file], tmp_path / "out.xml", nothing)
    assert "Truppe in Russia" in (tmp_path / "out.xml").read_text("utf-8")


def test_several_become_a_folder_of_files(folder: Path, tmp_path: Path) -> None:
    done = export_files(TOY, annotation_files_in([folder]), tmp_path / "out", nothing)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "corea-del-nord.anna.toy",
        "corea-del-nord.boris.toy",
    ]
    assert done.files == 2


def test_what_is_lost_is_counted(folder: Path, tmp_path: Path) -> None:
    done = export_files(TOY, annotation_files_in([folder]), tmp_path / "out", nothing)
    assert in_words(done.lost) == "1 note"


def test_many_files_are_spread_and_all_of_them_counted(folder: Path, tmp_path: Path) -> None:
    file = folder / "annotations" / "corea-del-nord.anna.yaml"
    told: list[int] = []
    done = export_files(TOY, [file] * 40, tmp_path / "out", told.append)
    assert (done.files, sum(told), done.lost["note"]) == (40, 40, 40)
    assert len(list((tmp_path / "out").iterdir())) == 40


def test_files_of_the_same_name_do_not_overwrite_each_other() -> None:
    paths = [Path("a/x.anna.yaml"), Path("b/x.anna.yaml"), Path("c/X.anna.yaml")]
    assert names(paths) == ["x.anna", "x.anna-2", "X.anna-3"]


def test_one_that_cannot_be_read_is_told_and_the_rest_goes_out(
    folder: Path, tmp_path: Path
) -> None:
    broken = folder / "annotations" / "corea-del-nord.carla.yaml"
    broken.write_text("format: nothing", "utf-8")
    done = export_files(TOY, annotation_files_in([folder]), tmp_path / "out", nothing)
    assert done.files == 2
    assert [str(broken) in sentence for sentence in done.unread] == [True]


def test_a_single_one_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="gone"):
        export_files(TOY, [tmp_path / "gone.yaml"], tmp_path / "out.toy", nothing)
    assert not (tmp_path / "out.toy").exists()


def test_who_cancels_leaves_nothing_half_written(folder: Path, tmp_path: Path) -> None:
    csv = next(form for form in FORMATS if form.name == "csv")

    def cancel(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export_files(csv, annotation_files_in([folder]), tmp_path / "all.csv", cancel)
    assert [path.name for path in tmp_path.iterdir()] == ["nk-russia"]


def test_a_format_whose_extra_is_missing_says_what_to_install() -> None:
    form = Format(
        name="x",
        title="X",
        suffixes=(".x",),
        result=Result.ONE_FILE,
        extra="web",
        needs="not_installed_anywhere",
    )
    with pytest.raises(StorageError, match=r'pip install .*"trafilatura'):
        refuse_missing(form)
    refuse_missing(replace(form, needs="json"))
