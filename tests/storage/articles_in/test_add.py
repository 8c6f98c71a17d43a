from __future__ import annotations

from pathlib import Path

import pytest

from annotator.core.errors import StorageError
from annotator.storage.articles_in import add
from annotator.storage.articles_in.add import add_article, add_files
from annotator.storage.articles_in.incoming import pasted, read_incoming
from annotator.storage.check.check import check_files, files_in
from annotator.storage.disk import contents
from annotator.storage.files.article_header import ArticleHeader, read_header
from tests.storage.articles_in.files import PAGE, PAGE_TEXT, PLAIN, RUSSIAN


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """Where the originals lie; the folder is ``folder`` in it."""
    (tmp_path / "corea.html").write_text(PAGE, "utf-8")
    (tmp_path / "città.txt").write_text(PLAIN, "utf-8")
    (tmp_path / "ru.txt").write_bytes(RUSSIAN.encode("windows-1251"))
    return tmp_path


def told(here: Path, *names: str, encoding: str | None = None) -> list[str]:
    files = [here / name for name in names]
    lines = map(str, add_files(files, here / "folder", encoding))
    return [line.removeprefix(f"{here}/") for line in lines]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_what_came_of_each_file_is_told(here: Path) -> None:
    assert told(here, "corea.html", "città.txt", "ru.txt") == [
        f"corea.html: added as corea.txt (utf-8, it, {len(PAGE_TEXT)} characters)",
        f"città.txt: added as città.txt (utf-8, it, {len(PLAIN)} characters)",
        f"ru.txt: added as ru.txt (windows-1251, ru, {len(RUSSIAN)} characters)",
    ]
    assert (here / "folder" / "corea.txt").read_bytes() == PAGE_TEXT.encode()


def test_the_folder_has_no_problem(here: Path) -> None:
    told(here, "corea.html", "città.txt", "ru.txt")
    files = files_in([here / "folder"])
    assert len(files) == 3
    assert check_files(files, lambda _: None).found == ()


def test_a_text_that_is_there_already_is_not_added_twice(here: Path) -> None:
    told(here, "città.txt")
    (here / "other.txt").write_bytes(b"\xef\xbb\xbf" + PLAIN.replace("\n", "\r\n").encode())
    before = names(here / "folder")
    assert told(here, "other.txt", "città.txt") == [
        f"other.txt: is there already as città.txt (utf-8, it, {len(PLAIN)} characters)",
        f"città.txt: is there already as città.txt (utf-8, it, {len(PLAIN)} characters)",
    ]
    assert names(here / "folder") == before


def test_an_article_that_was_left_without_its_header_gets_it_when_it_is_added_again(
    here: Path,
) -> None:
    told(here, "città.txt")
    header = here / "folder" / "città.article.yaml"
    written = header.read_bytes()
    header.unlink()  # as if the program had been killed before it could write it
    told(here, "città.txt")
    assert header.read_bytes() == written


def test_the_same_text_twice_in_one_go_is_added_once(here: Path) -> None:
    (here / "other.txt").write_text(PLAIN, "utf-8")
    assert "is there already as città.txt" in told(here, "città.txt", "other.txt")[1]


@pytest.mark.parametrize(
    "taken",
    ["Corea.TXT", "corea.md", "corea.article.yaml", "annotations/corea.anna.yaml"],
)
def test_no_name_is_taken_twice(here: Path, taken: str) -> None:
    there = here / "folder" / taken
    there.parent.mkdir(parents=True)
    there.write_text("Altro.\n", "utf-8")
    assert told(here, "corea.html")[0].startswith("corea.html: added as corea-2.txt")
    assert there.read_text("utf-8") == "Altro.\n"


def test_a_file_that_is_refused_hinders_no_other_and_leaves_nothing(here: Path) -> None:
    (here / "cut.pdf").write_bytes(b"%PDF-1.4\n1 0 obj")
    bad, good = told(here, "cut.pdf", "ru.txt")
    assert bad.startswith("cut.pdf: this is no PDF, or a damaged one")
    assert good.startswith("ru.txt: added")
    assert names(here / "folder") == ["ru.article.yaml", "ru.txt"]


def test_markdown_stays_markdown(here: Path) -> None:
    (here / "a.md").write_text("# Titolo\n\nPiove.\n", "utf-8")
    told(here, "a.md")
    assert names(here / "folder") == ["a.article.yaml", "a.md"]


def test_a_name_that_was_chosen_is_made_safe(tmp_path: Path) -> None:
    added = add_article(pasted(PLAIN), tmp_path, {}, "../Così: è?")
    assert added.path == tmp_path / "Così-è.txt"
    assert read_header(added.path) == pasted(PLAIN).header


def test_when_the_header_cannot_be_written_there_is_no_article_either(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, data: contents.Data) -> None:
        if path.suffix == ".yaml":
            raise StorageError("the disk is full")
        contents.create_file(path, data)

    monkeypatch.setattr(add, "create_file", full)
    incoming, known = read_incoming(here / "ru.txt"), dict[str, Path]()
    with pytest.raises(StorageError):
        add_article(incoming, here / "folder", known)
    assert names(here / "folder") == []
    assert known == {}


def test_the_metadata_is_kept_beside_the_text(here: Path) -> None:
    told(here, "corea.html")
    header = read_header(here / "folder" / "corea.txt")
    assert isinstance(header, ArticleHeader)
    assert header.title == "La Corea del Nord conferma"
    assert header.original
    assert (header.original.file, header.original.kind) == ("corea.html", "html")
