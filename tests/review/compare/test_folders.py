"""The taggings of many articles are compared, and what cannot be is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.core.errors import StorageError
from annotator.review.compare.differences import Difference
from annotator.review.compare.folders import Comparison, compare_articles
from annotator.review.compare.pairing import Way
from annotator.storage.bulk.by_article import gather
from tests.review.folders import anna, boris, change, lay_out


def compared(*paths: Path, done: list[int] | None = None) -> Comparison:
    gathered, refused = gather(paths)
    return compare_articles(gathered, (done if done is not None else []).append, refused)


def refused(*paths: Path) -> str:
    with pytest.raises(StorageError) as error:
        compared(*paths)
    return str(error.value)


def names(comparison: Comparison) -> Sequence[str]:
    return [one.name for one in comparison.articles]


def test_the_sample_taggings_are_compared(seeds: Path) -> None:
    found = compared(seeds)
    counts = found.counts
    assert (counts.items, counts.agreed) == (23, 5)
    assert counts.differences == {
        Difference.AGREED: 5,
        Difference.ONLY: 6,
        Difference.TRIVIAL_BOUNDARY: 1,
        Difference.BOUNDARY: 5,
        Difference.KIND: 1,
        Difference.SOURCE: 1,
        Difference.CHAIN: 2,
        Difference.LINKS: 3,
    }
    assert found.overall.pooled.annotators == ("anna", "boris")
    assert found.overall.pooled.score(("anna", "boris"), Way.EXACT).both == 10
    assert (names(found), found.alone, found.sentences) == (["corea-del-nord.txt"], 0, ())


def test_a_source_is_agreed_where_all_give_it(seeds: Path) -> None:
    counts = compared(seeds).counts
    assert counts.sources["KCNA"] == counts.sources_agreed["KCNA"] == 2
    # Anna's Yonhap boris has not; his own Yonhap is South Korean intelligence for her.
    assert (counts.sources["Yonhap"], counts.sources_agreed["Yonhap"]) == (2, 0)


def test_the_worst_article_comes_first_and_those_of_one_alone_are_counted(tmp_path: Path) -> None:
    few = replace(anna(), annotations=anna().annotations[:4])
    lay_out(tmp_path / "april", "good.txt", anna=anna(), boris=anna())
    lay_out(tmp_path / "april", "bad.txt", anna=anna(), boris=few)
    lay_out(tmp_path / "may", "fair.txt", anna=anna(), boris=boris())
    lay_out(tmp_path / "may", "alone.txt", anna=anna())
    found = compared(tmp_path)
    assert [Path(name).as_posix() for name in names(found)] == [
        "april/bad.txt",
        "may/fair.txt",
        "april/good.txt",
    ]
    assert found.alone == 1
    assert found.counts.items == sum(one.counts.items for one in found.articles) == 69


def test_many_articles_are_compared_by_several_processes(tmp_path: Path) -> None:
    for number in range(40):
        lay_out(tmp_path, f"{number}.txt", anna=anna(), boris=boris())
    done: list[int] = []
    found = compared(tmp_path, done=done)
    assert (len(found.articles), sum(done), len(done) > 1) == (40, 40, True)
    assert found.counts.agreed == 40 * 5


def test_a_file_on_another_text_is_left_out_and_the_rest_compared(tmp_path: Path) -> None:
    files = lay_out(tmp_path, "a.txt", anna=anna(), boris=boris(), carla=anna())
    change(files[0], "sha256: 7c47", "sha256: 0000")
    found = compared(tmp_path)
    assert found.overall.pooled.annotators == ("boris", "carla")
    (told,) = found.sentences
    assert told.startswith(f"{files[0]}:4: the article has changed since it was tagged")


def test_an_annotator_with_two_files_counts_once(tmp_path: Path) -> None:
    anna_file, _ = lay_out(tmp_path, "a.txt", anna=anna(), boris=boris())
    second = anna_file.with_name("a.anna-2.yaml")
    second.write_bytes(anna_file.read_bytes())
    (told,) = compared(tmp_path).sentences
    assert told == f"{second}: the tagging of anna is in a.anna.yaml already; it is left out here."
    assert "is left out here" in refused(anna_file, second)


def test_files_of_different_articles_are_not_compared(tmp_path: Path) -> None:
    (one,) = lay_out(tmp_path, "a.txt", anna=anna())
    (other,) = lay_out(tmp_path, "b.txt", boris=boris())
    assert refused(one, other) == (
        "No article here has the taggings of two annotators (a.anna.yaml is of a.txt, "
        "b.boris.yaml is of b.txt); name two annotation files of one article, "
        "or the folder of both."
    )


def test_a_folder_without_two_taggings_of_anything_is_told_in_short(tmp_path: Path) -> None:
    for number in range(7):
        lay_out(tmp_path, f"{number}.txt", anna=anna())
    assert "2.anna.yaml is of 2.txt, and 4 more" in refused(tmp_path)


def test_an_article_that_is_gone_is_told(tmp_path: Path) -> None:
    lay_out(tmp_path, "a.txt", anna=anna(), boris=boris())
    lay_out(tmp_path, "b.txt", anna=anna(), boris=boris())
    (tmp_path / "a.txt").unlink()
    found = compared(tmp_path)
    assert (names(found), found.alone) == (["b.txt"], 0)
    assert "a.txt cannot be read: it is not there" in found.sentences[0]


def test_a_registry_that_cannot_be_read_costs_only_the_names(tmp_path: Path) -> None:
    lay_out(tmp_path, "a.txt", anna=anna(), boris=boris())
    change(tmp_path / "sources.yaml", "format: source-registry/1", "format: source-registry/9")
    found = compared(tmp_path)
    assert found.counts.sources["kim-jong-gyu"] == 1
    assert found.sentences[0].endswith("; sources go by their ids here.")


def test_a_review_that_is_named_is_compared_as_one_more_tagging(tmp_path: Path) -> None:
    anna_file, boris_file = lay_out(tmp_path, "a.txt", anna=anna(), boris=boris())
    review = anna_file.with_name("a.boris.review.yaml")
    text = anna_file.read_text("utf-8").replace("annotator: anna", "annotator: boris")
    head, _, rest = text.partition("annotations:\n")
    review.write_text(f"{head}reviews: [anna]\nannotations:\n{rest}decisions: []\n", "utf-8")
    found = compared(anna_file, boris_file, review)
    assert found.overall.pooled.annotators == ("anna", "boris", "boris (review)")


def test_a_comparison_of_a_tagging_with_itself_is_agreed_throughout(tmp_path: Path) -> None:
    lay_out(tmp_path, "a.txt", anna=anna(), boris=anna(), carla=anna())
    found = compared(tmp_path)
    assert found.counts.agreed == found.counts.items == 23
    assert found.overall.pooled.f1(Way.EXACT).mean.value == 1
