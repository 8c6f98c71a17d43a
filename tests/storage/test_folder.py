from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.errors import StorageError
from annotator.storage.folder import ArticleState, Folder, Stage, annotator_slug, open_path

ANNA = """\
format: source-attribution/1
article:
  file: ../a.txt
annotator: anna
status: {status}
annotations:
- id: c-000001
  note: "status: done\\n- id: no"
- id: c-000002
"""


def made(root: Path, *names: str) -> Folder:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("text", encoding="utf-8")
    return Folder(root)


def tagged(folder: Folder, name: str, status: str = "in-progress") -> Path:
    folder.annotations.mkdir(exist_ok=True)
    path = folder.annotations / name
    path.write_text(ANNA.format(status=status), encoding="utf-8")
    return path


def test_articles_come_in_a_reader_s_order(tmp_path: Path) -> None:
    names = ["article 2.txt", "Article 10.md", "b.TXT", "-dash.txt", "😀.txt"]
    folder = made(tmp_path, *names, ".hidden.txt", "sources.yaml", "photo.jpg", "sub.txt/x.txt")
    listed = [path.name for path in folder.articles()]
    assert listed == ["-dash.txt", "article 2.txt", "Article 10.md", "b.TXT", "😀.txt"]


def test_a_folder_without_articles_says_what_it_looked_for(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"no article \(\.txt or \.md\) here"):
        Folder(tmp_path).articles()


def test_a_folder_that_vanished_is_named(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="gone cannot be listed: it is not there"):
        Folder(tmp_path / "gone").articles()


def test_files_are_named_after_article_and_annotator(tmp_path: Path) -> None:
    folder, article = Folder(tmp_path), tmp_path / "corea del nord.txt"
    own = folder.annotation_file(article, "Anna Müller")
    review = folder.review_file(article, "carla")
    assert own == tmp_path / "annotations" / "corea del nord.anna-müller.yaml"
    assert review == tmp_path / "annotations" / "corea del nord.carla.review.yaml"


def test_everybody_s_files_of_an_article_are_found(tmp_path: Path) -> None:
    folder = made(tmp_path, "a.txt", "a.b.txt")
    names = ["a.anna.yaml", "a.boris.yaml", "a.carla.review.yaml", "a.b.dora.yaml", ".a.x.yaml"]
    for name in [*names, "notes.yaml", "a.anna.kept-1.jsonl"]:
        tagged(folder, name)
    article = tmp_path / "a.txt"
    assert list(folder.annotation_files(article)) == ["anna", "boris"]
    assert list(folder.review_files(article)) == ["carla"]
    assert folder.annotation_files(tmp_path / "a.b.txt") == {
        "dora": folder.annotations / "a.b.dora.yaml"
    }


def test_the_files_of_all_articles_come_in_their_order(tmp_path: Path) -> None:
    folder = made(tmp_path, "10.txt", "2.txt", "a.txt")
    names = ["10.boris.yaml", "10.anna.yaml", "2.anna.yaml", "2.carla.review.yaml", "gone.x.yaml"]
    for name in names:
        tagged(folder, name)
    expected = [path for one in folder.articles() for path in folder.annotation_files(one).values()]
    assert folder.all_files() == expected
    assert [path.name for path in expected] == ["2.anna.yaml", "10.anna.yaml", "10.boris.yaml"]
    assert [path.name for path in folder.all_files(reviews=True)] == ["2.carla.review.yaml"]


def test_the_state_of_each_article_is_told(tmp_path: Path) -> None:
    folder = made(tmp_path, *(f"{name}.txt" for name in "abcd"))
    tagged(folder, "b.anna.yaml")
    tagged(folder, "c.anna.yaml", "done")
    tagged(folder, "d.anna.yaml", "done")
    tagged(folder, "d.carla.review.yaml", "done")
    expected = {
        "a.txt": ArticleState(Stage.UNTOUCHED, 0),
        "b.txt": ArticleState(Stage.IN_PROGRESS, 2),
        "c.txt": ArticleState(Stage.DONE, 2),
        "d.txt": ArticleState(Stage.REVIEWED, 2),
    }
    assert {path.name: state for path, state in folder.states("anna").items()} == expected
    for name, state in expected.items():
        assert folder.state(tmp_path / name, "anna") == state
    assert folder.state(tmp_path / "b.txt", "boris") == ArticleState(Stage.UNTOUCHED, 0)


def test_an_unfinished_review_does_not_count_as_one(tmp_path: Path) -> None:
    folder = made(tmp_path, "a.txt")
    tagged(folder, "a.anna.yaml", "done")
    tagged(folder, "a.carla.review.yaml")
    assert folder.state(tmp_path / "a.txt", "anna") == ArticleState(Stage.DONE, 2)


def test_one_unreadable_file_does_not_hide_the_folder(tmp_path: Path) -> None:
    folder = made(tmp_path, "a.txt")
    folder.annotations.mkdir()
    (folder.annotations / "a.anna.yaml").write_bytes(b"\xff\0: [")
    assert folder.state(tmp_path / "a.txt", "anna") == ArticleState(Stage.IN_PROGRESS, 0)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("anna", "anna"),
        ("Anna  Müller", "anna-müller"),
        ("Anna Mu\u0308ller", "anna-müller"),
        ("김정은", "김정은"),
        ("अनीता", "अनीता"),
        ("a.b/c\\d", "a-b-c-d"),
        ("../../etc", "etc"),
        ("İpek 2", "i̇pek-2"),
        ("--", "annotator"),
        ("Review", "reviewer"),
    ],
)
def test_a_name_becomes_part_of_a_file_name(name: str, slug: str) -> None:
    assert annotator_slug(name) == slug


@given(st.text())
def test_any_name_gives_a_sound_part_of_a_file_name(name: str) -> None:
    slug = annotator_slug(name)
    assert slug
    assert not set(slug) & set("./\\\0 \n:")
    assert annotator_slug(slug) == slug


def test_a_folder_stands_for_its_first_article(tmp_path: Path) -> None:
    folder = made(tmp_path, "b.txt", "a.txt")
    assert open_path(tmp_path) == (folder, tmp_path / "a.txt", None, False)


def test_an_article_is_opened_in_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = made(tmp_path, "-dash 😀.txt")
    monkeypatch.chdir(tmp_path)
    assert open_path(Path("-dash 😀.txt")) == (folder, tmp_path / "-dash 😀.txt", None, False)


def test_an_annotation_file_tells_article_and_annotator(tmp_path: Path) -> None:
    folder = made(tmp_path, "a.md")
    path = tagged(folder, "a.anna.yaml")
    assert open_path(path) == (folder, tmp_path / "a.md", "anna", False)
    review = open_path(tagged(folder, "a.carla.review.yaml"))
    assert review == (folder, tmp_path / "a.md", "carla", True)


def test_an_annotation_file_without_its_article_says_what_is_missing(tmp_path: Path) -> None:
    folder = made(tmp_path, "b.txt")
    with pytest.raises(StorageError, match=r"its article a\.txt is missing"):
        open_path(tagged(folder, "a.anna.yaml"))


def test_what_is_none_of_these_is_refused_with_what_would_be(tmp_path: Path) -> None:
    made(tmp_path, "photo.jpg", "sources.yaml")
    for name in ("photo.jpg", "sources.yaml"):
        with pytest.raises(StorageError, match="neither a folder, an article"):
            open_path(tmp_path / name)
    with pytest.raises(StorageError, match=r"gone\.txt cannot be opened: it is not there"):
        open_path(tmp_path / "gone.txt")
