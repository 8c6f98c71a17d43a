"""Annotation files are told apart by the article that they name, wherever they lie."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from annotator.core.errors import StorageError
from annotator.storage.bulk.by_article import gather


@pytest.fixture
def folder(seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the seed folder, called nk-russia, in the folder where the command runs."""
    shutil.copytree(seeds, tmp_path / "nk-russia")
    monkeypatch.chdir(tmp_path)
    return Path("nk-russia")


@pytest.fixture
def anna(folder: Path) -> Path:
    return folder / "annotations" / "corea-del-nord.anna.yaml"


@pytest.fixture
def boris(folder: Path) -> Path:
    return folder / "annotations" / "corea-del-nord.boris.yaml"


def gathered(*paths: Path) -> list[tuple[str, list[str]]]:
    """What is found at ``paths``, as (article, names of files); nothing is left out."""
    found, refused = gather(paths)
    assert refused == []
    return [(one.article.as_posix(), names(one.files)) for one in found]


def names(files: Iterable[Path]) -> list[str]:
    return [file.name.removeprefix("corea-del-nord.") for file in files]


BOTH = [("nk-russia/corea-del-nord.txt", ["anna.yaml", "boris.yaml"])]


def test_a_folder_stands_for_everybodys_tagging_and_for_no_review(folder: Path, anna: Path) -> None:
    shutil.copy(anna, anna.with_name("corea-del-nord.carla.review.yaml"))
    assert gathered(folder) == gathered(folder / "annotations") == BOTH


def test_a_folder_of_folders_is_looked_through(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, "other")
    assert [article for article, _ in gathered(Path())] == [
        "nk-russia/corea-del-nord.txt",
        "other/corea-del-nord.txt",
    ]


def test_an_article_stands_for_everybodys_tagging(folder: Path) -> None:
    assert gathered(folder / "corea-del-nord.txt") == BOTH


def test_a_review_counts_where_it_is_named(anna: Path) -> None:
    review = anna.with_name("corea-del-nord.carla.review.yaml")
    shutil.copy(anna, review)
    assert gathered(anna, review)[0][1] == ["anna.yaml", "carla.review.yaml"]


def test_a_file_that_is_named_twice_counts_once(folder: Path, anna: Path, boris: Path) -> None:
    assert gathered(anna, folder, anna, boris.absolute()) == BOTH


def test_a_file_may_lie_anywhere_and_have_its_keys_in_any_order(anna: Path, boris: Path) -> None:
    head, _, annotations = anna.read_text("utf-8").partition("annotations:\n")
    reference, article = "../corea-del-nord.txt", Path("nk-russia/corea-del-nord.txt").absolute()
    by_hand = f"annotations:\n{annotations}{head.replace(reference, article.as_posix())}"
    elsewhere = Path("elsewhere.yaml")
    elsewhere.write_text(by_hand, "utf-8")
    ((_, found),) = gathered(boris, elsewhere)
    assert found == ["boris.yaml", "elsewhere.yaml"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("format: source-attribution/9\n", "x.yaml:1: a newer program wrote this file"),
        ("format: [", "x.yaml:"),
        ("- 1\n", "x.yaml:1: "),
        ("format: source-attribution/1\narticle: {file: 3}\nannotations: []\n", "x.yaml:"),
        ("format: source-attribution/1\narticle: nothing\nannotations: []\n", "x.yaml:"),
    ],
)
def test_a_file_that_names_no_article_is_left_out_with_a_sentence(
    folder: Path, text: str, sentence: str
) -> None:
    Path("x.yaml").write_text(text, "utf-8")
    found, (told,) = gather([folder, Path("x.yaml")])
    assert len(found) == 1
    assert told.startswith(sentence)
    assert told.endswith("; it is left out here.")


def test_out_of_a_linked_folder_the_article_is_found_where_it_really_lies(
    folder: Path, anna: Path
) -> None:
    try:
        Path("linked").symlink_to(folder / "annotations", target_is_directory=True)
    except OSError:
        pytest.skip("this system lets nobody make links")
    (one,), _ = gather([Path("linked") / anna.name])
    assert one.article.resolve() == (folder / "corea-del-nord.txt").resolve()


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("gone", "gone cannot be compared: it is not there"),
        ("empty", "empty: no annotation file"),
        ("only-sources", "only-sources: no annotation file"),
        ("picture.png", "picture.png: neither a folder nor a YAML file"),
    ],
)
def test_what_holds_no_annotation_file_is_refused(folder: Path, name: str, sentence: str) -> None:
    Path("empty").mkdir()
    Path("only-sources").mkdir()
    shutil.copy(folder / "sources.yaml", "only-sources")
    Path("picture.png").touch()
    with pytest.raises(StorageError, match=sentence):
        gather([folder, Path(name)])
