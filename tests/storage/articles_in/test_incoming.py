"""What is read of each kind of file; Word and PDF have tests of their own."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from annotator.core.errors import AnnotatorError, ArticleError, StorageError
from annotator.storage.articles_in.incoming import Incoming, pasted, read_incoming
from annotator.storage.articles_in.web import read_web
from annotator.storage.disk.contents import digest
from annotator.storage.shipped.extras import install_line
from tests.storage.articles_in.files import PAGE, PAGE_TEXT, PLAIN, RUSSIAN, mail

POLISH = PAGE.replace("utf-8", "iso-8859-2").replace("ò", "ó").replace("à", "ł").replace("ì", "í")


def incoming(folder: Path, name: str, data: bytes, encoding: str | None = None) -> Incoming:
    path = folder / name
    path.write_bytes(data)
    return read_incoming(path, encoding)


def refusal(folder: Path, name: str, data: bytes, encoding: str | None = None) -> str:
    with pytest.raises(AnnotatorError) as caught:
        incoming(folder, name, data, encoding)
    return str(caught.value).removeprefix(f"{folder / name}: ")


# Encodings


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (PLAIN.encode(), "utf-8"),
        (PLAIN.encode("utf-8-sig"), "utf-8"),
        (PLAIN.encode("utf-16"), "utf-16"),
        (PLAIN.encode("utf-16-le"), "utf-16-le"),
        (PLAIN.encode("utf-16-be"), "utf-16-be"),
        (PLAIN.encode("utf-32"), "utf-32"),
        (PLAIN.replace("\n", "\r\n").encode(), "utf-8"),
    ],
)
def test_the_encoding_is_told_and_the_text_comes_out_the_same(
    tmp_path: Path, data: bytes, encoding: str
) -> None:
    read = incoming(tmp_path, "a.txt", data)
    assert (read.article.text, read.encoding) == (PLAIN, encoding)


def test_what_is_not_unicode_is_guessed_and_the_guess_is_told(tmp_path: Path) -> None:
    read = incoming(tmp_path, "a.txt", RUSSIAN.encode("windows-1251"))
    assert (read.article.text, read.encoding) == (RUSSIAN, "windows-1251")
    assert read.header.language == "ru"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Notizia: l'agenzia è “Tass”, perché così – dice.", "windows-1252"),
        ("Le président a dit que les forces étaient déjà à Koursk.", "windows-1252"),
        ("El presidente dijo que la operación empezó mañana en España.", "windows-1252"),
        ("Cumhurbaşkanı, askerlerin Kursk'a ulaştığını söyledi.", "windows-1254"),
        ("Prezydent powiedział, że żołnierze są już w Kursku.", "iso-8859-2"),
        ("Президент сказал, что войска прибыли.", "koi8-r"),
        ("הנשיא אמר שהחיילים הגיעו.", "windows-1255"),
        ("朝鲜确认向俄罗斯派兵。", "gb18030"),
    ],
)
def test_one_line_is_enough_to_tell_the_encoding_by_the_language(
    tmp_path: Path, text: str, encoding: str
) -> None:
    read = incoming(tmp_path, "a.txt", text.encode(encoding))
    assert (read.article.text, read.encoding) == (text, encoding)


def test_another_encoding_can_be_asked_for(tmp_path: Path) -> None:
    data = PLAIN.encode("windows-1252")
    assert incoming(tmp_path, "a.txt", data, "cp1252").article.text == PLAIN
    assert incoming(tmp_path, "a.txt", data, "cp1252").encoding == "windows-1252"
    assert incoming(tmp_path, "a.txt", data, "mac-roman").article.text != PLAIN
    assert refusal(tmp_path, "a.txt", data, "utf-8").startswith("it is not in utf-8; choose")
    assert refusal(tmp_path, "a.txt", data, "klingon").startswith("There is no encoding 'klingon'")
    assert refusal(tmp_path, "a.txt", data, "rot13").startswith("There is no encoding 'rot13'")


# What each kind tells


def test_plain_text_tells_its_language_and_no_more(tmp_path: Path) -> None:
    header = incoming(tmp_path, "a.txt", PLAIN.encode()).header
    assert (header.title, header.date, header.byline, header.address) == (None,) * 4
    assert header.language == "it"
    assert header.original
    assert header.original.file == "a.txt"
    assert header.original.sha256 == digest(PLAIN.encode())


def test_a_first_heading_is_the_title_in_markdown(tmp_path: Path) -> None:
    text = f"\n# La *Corea* conferma #\n\n{PLAIN}"
    read = incoming(tmp_path, "a.md", text.encode())
    assert read.article.text == text
    assert read.header.title == "La *Corea* conferma"
    assert incoming(tmp_path, "b.md", f"{PLAIN}\n# Poi\n".encode()).header.title is None


@pytest.mark.parametrize(
    ("page", "encoding"),
    [
        (PAGE.encode(), "utf-8"),
        (PAGE.replace("utf-8", "iso-8859-1").encode("windows-1252"), "windows-1252"),
        (POLISH.encode("iso-8859-2"), "iso-8859-2"),
    ],
)
def test_the_main_text_of_a_page_is_taken_with_what_the_page_says(
    tmp_path: Path, page: bytes, encoding: str
) -> None:
    read = incoming(tmp_path, "a.html", page)
    header = read.header
    assert (read.encoding, header.language, header.date) == (encoding, "it", "2025-04-28")
    assert (header.title, header.byline) == ("La Corea del Nord conferma", "Anna Rossi")
    assert header.address == "https://news.example/corea"
    if encoding != "iso-8859-2":
        assert read.article.text == PAGE_TEXT


def test_without_the_extra_a_page_is_refused_with_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(ArticleError) as caught:
        read_web(PAGE.encode(), "a.html", None)
    said = str(caught.value)
    assert said.endswith(f"which is not installed; install it with: {install_line('web')}")


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1"])
def test_the_plain_text_of_a_message_is_taken_with_its_headers(
    tmp_path: Path, charset: str
) -> None:
    read = incoming(tmp_path, "a.eml", mail(html=PAGE, charset=charset))
    assert (read.article.text, read.encoding) == (PLAIN, charset)
    assert (read.header.title, read.header.byline) == ("La Corea del Nord «conferma»", "Anna Rossi")
    assert read.header.date == "2025-04-28"


def test_a_message_in_html_is_read_as_a_page(tmp_path: Path) -> None:
    read = incoming(tmp_path, "a.eml", mail(None, PAGE))
    assert read.article.text == PAGE_TEXT
    assert read.header.title == "La Corea del Nord «conferma»"
    assert read.header.address == "https://news.example/corea"


def test_flowed_lines_of_a_message_are_made_whole(tmp_path: Path) -> None:
    data = (
        b"Subject: =?utf-8?q?citt=C3=A0?=\r\nDate: nonsense\r\n"
        b'Content-Type: text/plain; charset="none-such"; format=flowed\r\n\r\n'
        b"Secondo la \r\nKCNA piove.\r\nNevica.\r\n"
    )
    read = incoming(tmp_path, "a.eml", data)
    assert read.article.text == "Secondo la KCNA piove.\nNevica.\n"
    assert (read.header.title, read.header.date, read.header.byline) == ("città", None, None)


def test_pasted_text_has_no_original() -> None:
    read = pasted("Secondo la KCNA\u00a0piove.\r\n")
    assert read.article.text == "Secondo la KCNA\u00a0piove.\n"
    assert (read.header.original, read.encoding, read.kind) == (None, None, None)


# Bad input


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.txt", b"", "the file is empty"),
        ("a.docx", b"", "the file is empty"),
        ("a.txt", b" \n\n", "the article is empty"),
        ("a.txt", b"a\0b", "its encoding cannot be told; this is no text file"),
        ("a.txt", b"\1\0\2\0\3\0\4\0", "its encoding cannot be told"),
        ("a.txt", b"\0\x7f\0E\0L\0F\0\2", "its encoding cannot be told"),
        ("a.txt", bytes(range(256)) * 4, "its encoding cannot be told"),
        ("a.txt", b"%PDF-1.4\n", "this is not what its suffix says; it looks like a PDF"),
        ("a.md", b"PK\x03\x04xx", "this is not what its suffix says; it looks like a Word"),
        ("a.docx", b"\xd0\xcf\x11\xe0", "this is not what its suffix says; it looks like an old"),
        ("a.txt", PAGE.encode(), "this is not what its suffix says; it looks like a web page"),
        ("a.html", b"<html><body></body></html>", "no article is found in this page"),
        (
            "a.html",
            b"<html><img src='a.png'></html>",
            "no article is found in this page",
        ),
        ("a.eml", b"Only words.\n", "this is no e-mail"),
        ("a.eml", mail("  \n"), "this e-mail has no text"),
        ("a.eml", b"Subject: x\nContent-Type: image/png\n\nabc", "this e-mail has no text"),
        ("a.odt", b"PK", "articles are not taken from such files, only from .txt"),
    ],
)
def test_what_gives_no_article_is_refused_in_a_sentence(
    tmp_path: Path, name: str, data: bytes, sentence: str
) -> None:
    assert refusal(tmp_path, name, data).startswith(sentence)


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.docx", "a.pdf", "a.eml"])
def test_a_file_of_100_mb_is_refused_before_it_is_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with path.open("wb") as file:
        file.truncate(100_000_000)
    with pytest.raises(ArticleError, match="100 MB is too much for one article"):
        read_incoming(path)


def test_a_folder_and_what_is_not_there_are_refused(tmp_path: Path) -> None:
    with pytest.raises(AnnotatorError, match="is a folder; name the files in it"):
        read_incoming(tmp_path)
    with pytest.raises(AnnotatorError, match=r"a\.txt cannot be read: it is not there"):
        read_incoming(tmp_path / "a.txt")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Seoul: troops sent\n\nYonhap said so.", "Seoul: troops sent"),
        ("\n  “No comment”\nYonhap said so.", "“No comment”"),
        ("북한, 파병 공식 확인\n\n연합뉴스는 전했다.", "북한, 파병 공식 확인"),
        ("Yonhap said so.\n\nSo did KCNA.", None),
        ("조선중앙통신은 보도했다。\n\n전했다", None),
        ("Only one line", None),
        (f"{'long ' * 40}\n\nYonhap said so.", None),
    ],
)
def test_a_first_line_that_is_short_and_no_sentence_is_the_title(
    text: str, title: str | None
) -> None:
    assert pasted(text).header.title == title


def test_a_pasted_article_is_named_by_the_first_words_of_its_headline() -> None:
    said = "Seoul’s spy agency says: about 12,000 troops were sent to Kursk"
    assert pasted(f"{said}\n\nYonhap said so.").name == "Seoul’s-spy-agency-says-about-12,000"
    assert pasted(f"{'가' * 60}\n\n전했다").name == "가" * 40
    assert pasted("Yonhap said so.").name == "article"


def test_a_file_that_may_not_be_looked_at_is_no_damaged_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(path: Path) -> bool:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "is_dir", closed)
    with pytest.raises(StorageError, match=r"a\.txt cannot be read: you may not do that here"):
        read_incoming(tmp_path / "a.txt")
