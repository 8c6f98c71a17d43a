from __future__ import annotations

import shutil
from itertools import islice
from pathlib import Path

import pytest

from annotator.core.errors import StorageError
from annotator.core.model import Kind
from annotator.storage.bulk.search import SearchTerms, search_folder
from annotator.storage.folder import Folder


def told(folder: Path, wanted: SearchTerms) -> dict[str, tuple[int, int]]:
    """Hits and tagged hits of anna's, by the article's name."""
    found = search_folder(Folder(folder), "anna", wanted)
    return {one.article.stem: (one.hits, one.tagged) for one in found}


@pytest.fixture
def folder(seeds: Path, tmp_path: Path) -> Path:
    folder = Path(shutil.copytree(seeds, tmp_path / "nk-russia"))
    (folder / "other.txt").write_text("La kcna e la KCNÀ, ma non kcnas.\n", "utf-8")
    (folder / "empty-handed.md").write_text("Niente.\n", "utf-8")
    return folder


def test_every_article_says_how_many_hits_it_holds(folder: Path) -> None:
    assert told(folder, SearchTerms("kcna")) == {
        "corea-del-nord": (2, 0),
        "empty-handed": (0, 0),
        "other": (3, 0),
    }
    assert told(folder, SearchTerms("KCNA", fold_case=False))["other"] == (0, 0)
    assert told(folder, SearchTerms("kcna", whole_word=True))["other"] == (2, 0)


def test_hits_that_the_annotator_has_tagged_are_counted(folder: Path) -> None:
    assert told(folder, SearchTerms("Secondo la KCNA"))["corea-del-nord"] == (1, 1)
    by_kind = SearchTerms("Secondo la KCNA", kind=Kind.ATTRIBUTION, source="kcna")
    assert told(folder, by_kind)["corea-del-nord"] == (1, 1)
    assert told(folder, SearchTerms("Secondo la KCNA", kind=Kind.CLAIM))["corea-del-nord"] == (1, 0)


def test_an_article_that_cannot_be_read_hides_no_other(folder: Path) -> None:
    (folder / "bad.txt").write_bytes(b"KCNA \xff")
    found = {
        one.article.name: one for one in search_folder(Folder(folder), "anna", SearchTerms("kcna"))
    }
    assert found["other.txt"].hits == 3
    assert "is not UTF-8" in found["bad.txt"].error


def test_where_only_the_tagging_cannot_be_read_the_hits_are_told(folder: Path) -> None:
    file = folder / "annotations" / "corea-del-nord.anna.yaml"
    file.write_text("format: [\n", "utf-8")
    found = next(search_folder(Folder(folder), "anna", SearchTerms("kcna")))
    assert (found.hits, found.tagged) == (2, 0)
    assert file.name in found.error


def test_the_tagging_of_another_text_counts_for_nothing(folder: Path) -> None:
    article = folder / "corea-del-nord.txt"
    article.write_text("Oggi. " + article.read_text("utf-8"), "utf-8")
    assert told(folder, SearchTerms("Secondo la KCNA"))["corea-del-nord"] == (1, 0)


def test_a_search_that_is_stopped_looks_no_further(folder: Path) -> None:
    search = search_folder(Folder(folder), "anna", SearchTerms("kcna"))
    assert [one.article.stem for one in islice(search, 2)] == ["corea-del-nord", "empty-handed"]
    search.close()
    assert list(search) == []


def test_a_folder_that_is_gone_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="gone"):
        next(search_folder(Folder(tmp_path / "gone"), "anna", SearchTerms("kcna")))
