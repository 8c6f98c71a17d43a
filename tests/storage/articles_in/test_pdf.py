from __future__ import annotations

import zlib

import pytest

from annotator.core.errors import ArticleError
from annotator.storage.articles_in import pdf as reader
from annotator.storage.articles_in.pdf import read_pdf
from tests.storage.articles_in.pages import pdf, rows

PAGE = rows(
    ("La Corea del Nord ha confer-", "Il ministro degli Esteri ha sottolineato"),
    ("mato per la prima volta che avrebbe", "che le azioni rispettano il diritto."),
    ("inviato truppe in Russia.", ""),
    ("", "La dichiarazione fa seguito"),
    ("Secondo la KCNA, rientra negli obblighi", "a una serie di rapporti sulla nord-"),
    ("del trattato. Così ha detto.", "Corea."),
)


def refusal(data: bytes) -> str:
    with pytest.raises(ArticleError) as caught:
        read_pdf(data, "a.pdf", None)
    return str(caught.value)


def test_two_columns_are_read_one_after_the_other_paragraph_by_paragraph() -> None:
    found = read_pdf(pdf(PAGE), "a.pdf", None)
    assert found.text.split("\n\n") == [
        "La Corea del Nord ha confermato per la prima volta che avrebbe inviato truppe in Russia.",
        "Secondo la KCNA, rientra negli obblighi del trattato. Così ha detto.",
        "Il ministro degli Esteri ha sottolineato che le azioni rispettano il diritto.",
        "La dichiarazione fa seguito a una serie di rapporti sulla nord-Corea.\n",
    ]
    assert found.encoding is None


def test_a_sentence_that_goes_on_over_the_page_is_one_paragraph() -> None:
    first, second = [(50.0, 700.0, "Secondo la KCNA, le truppe")], [(50.0, 780.0, "sono partite.")]
    assert read_pdf(pdf(first, second), "a.pdf", None).text == (
        "Secondo la KCNA, le truppe sono partite.\n"
    )


def test_title_and_author_are_told() -> None:
    found = read_pdf(pdf(PAGE, about="/Title (Truppe: così) /Author (Anna Rossi)"), "a.pdf", None)
    assert found.byline == "Anna Rossi"
    assert found.title == "Truppe: così"


def test_a_scan_says_that_it_has_no_text() -> None:
    assert refusal(pdf([])) == (
        "a.pdf: this PDF has no text, perhaps pictures of it; "
        "run text recognition (OCR) over it first."
    )


def test_a_password_is_said_to_be_there() -> None:
    secret = f"<{'ab' * 32}>"
    locked = f"/Filter /Standard /V 1 /R 2 /P -4 /O {secret} /U {secret}"
    data = pdf(PAGE, trailer=f"/Encrypt << {locked} >> /ID [<00> <00>]")
    assert refusal(data) == "a.pdf: this PDF has a password; save a copy without it and add that."


@pytest.mark.parametrize("data", [b"hello", b"%PDF-1.7\n", pdf(PAGE)[:300]])
def test_what_is_no_pdf_or_cut_off_is_refused(data: bytes) -> None:
    assert refusal(data).startswith("a.pdf: this is no PDF, or a damaged one; open it")


def test_a_stream_that_unpacks_to_too_much_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "UNPACKED", 5_000_000)
    bomb = zlib.compress(bytes(20_000_000))
    data = pdf(PAGE) + b"9 0 obj\n<< >>\nstream\r\n" + bomb + b"\nendstream\nendobj\n"
    assert refusal(data) == "a.pdf: a part of this PDF unpacks to more than 5 MB."


def test_a_book_is_no_article(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MOST_PAGES", 2)
    assert "more than 2 pages are no article" in refusal(pdf(PAGE, PAGE, PAGE))
