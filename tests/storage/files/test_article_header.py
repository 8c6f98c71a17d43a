from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.errors import FormatError
from annotator.core.model import Document
from annotator.core.sources import Registry
from annotator.core.text.article import Article
from annotator.storage.check.check import check_files, files_in
from annotator.storage.files.article_header import (
    ArticleHeader,
    Original,
    header_bytes,
    header_errors,
    header_path,
    parse_header,
    read_header,
)
from annotator.storage.folder import Folder
from annotator.storage.opening import open_session

TEXT = Article("Secondo la KCNA, piove.\n")
HEADER = ArticleHeader(
    TEXT.sha256,
    len(TEXT.text),
    title="Piove: «sì»",
    date="2025-04-28",
    byline="Anna Rossi",
    language="it",
    address="https://news.example/piove",
    original=Original("piove.html", "0" * 64, "html", "windows-1252", (("x-via", "mail"),)),
    extra=(("x-desk", ["esteri"]),),
)
WRITTEN = f"""\
format: article-header/1
sha256: {TEXT.sha256}
length: 24
title: "Piove: «sì»"
date: "2025-04-28"
byline: "Anna Rossi"
language: it
address: "https://news.example/piove"
original:
  file: "piove.html"
  sha256: "{"0" * 64}"
  kind: html
  encoding: windows-1252
  x-via: "mail"
x-desk: ["esteri"]
"""

words = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20)
maybe = st.none() | words


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an article and its header."""
    (tmp_path / "piove.txt").write_bytes(TEXT.text.encode())
    (tmp_path / "piove.article.yaml").write_text(WRITTEN, "utf-8")
    return tmp_path


def test_a_header_is_written_as_people_read_it() -> None:
    assert header_bytes(HEADER).decode() == WRITTEN
    assert parse_header(WRITTEN.encode(), "piove.article.yaml") == HEADER


@given(
    title=maybe,
    byline=maybe,
    address=maybe,
    original=st.none() | st.builds(Original, words, st.just("f" * 64), st.just("pdf")),
)
def test_any_header_reads_back_as_it_was_written(
    title: str | None, byline: str | None, address: str | None, original: Original | None
) -> None:
    header = ArticleHeader(
        "a" * 64, 7, title=title, byline=byline, address=address, original=original
    )
    assert parse_header(header_bytes(header), "x.article.yaml") == header


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("article-header/1", "article-header/2", "1: a newer program wrote this file"),
        ("article-header/1", "source-registry/1", "1: format is 'source-registry/1'"),
        ("byline:", "by-line:", "6: unknown key 'by-line', did you mean 'byline'?"),
        ("2025-04-28", "28.4.2025", "5: date is '28.4.2025'"),
        ("kind: html", "kind: doc", "12: kind is 'doc'"),
        ("title:", "byline: x\ntitle:", "7: "),
    ],
)
def test_what_is_no_header_is_told_by_line(old: str, new: str, sentence: str) -> None:
    data = WRITTEN.replace(old, new, 1).encode()
    assert str(header_errors(data, "piove.article.yaml")[0]).startswith(
        f"piove.article.yaml:{sentence}"
    )
    with pytest.raises(FormatError):
        parse_header(data, "piove.article.yaml")


def test_a_header_lies_beside_its_article(folder: Path) -> None:
    assert header_path(folder / "piove.txt") == folder / "piove.article.yaml"
    assert read_header(folder / "piove.txt") == HEADER
    assert read_header(folder / "nevica.txt") is None


def test_a_check_of_a_folder_checks_headers_too(folder: Path) -> None:
    header = folder / "piove.article.yaml"
    assert files_in([folder]) == [header]
    assert problems(folder) == []
    header.write_text(WRITTEN.replace("length: 24", "length: no"), "utf-8")
    assert problems(folder)[0].startswith(f"{header}:3: length is 'no'")


def test_a_check_tells_that_a_text_is_no_longer_what_was_added(folder: Path) -> None:
    (folder / "piove.txt").write_text("Secondo la KCNA, nevica.\n", "utf-8")
    (found,) = problems(folder)
    assert ":2: piove.txt has changed since it was added" in found
    (folder / "piove.txt").unlink()
    (found,) = problems(folder)
    assert ":1: its article piove.txt is not there" in found


def problems(folder: Path) -> list[str]:
    return check_files(files_in([folder]), lambda _: None).as_text.splitlines()


def test_an_annotator_may_be_called_article(folder: Path) -> None:
    session = open_session(Folder(folder), folder / "piove.txt", "article", Registry()).session
    assert session.path.name == "piove.article.yaml"
    session.close()


def test_new_tagging_takes_the_language_over(folder: Path) -> None:
    assert opened(folder).article.language == "it"


def test_a_broken_header_hinders_nobody_from_tagging(folder: Path) -> None:
    (folder / "piove.article.yaml").write_text("- broken", "utf-8")
    assert opened(folder).article.language is None


def opened(folder: Path) -> Document:
    session = open_session(Folder(folder), folder / "piove.txt", "anna", Registry()).session
    session.close()
    return session.document()
