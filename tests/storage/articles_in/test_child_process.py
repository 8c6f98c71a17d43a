"""Files that could do harm end in a sentence: small ones that unpack to much, and endless ones."""

from __future__ import annotations

import sys
import threading
import zlib
from io import BytesIO
from pathlib import Path
from subprocess import Popen
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest

from annotator.core.errors import AnnotatorError, ArticleError
from annotator.storage.articles_in import child_process
from annotator.storage.articles_in import pdf as reader
from annotator.storage.articles_in.child_process import read_apart
from annotator.storage.articles_in.incoming import read_incoming
from tests.storage.articles_in.files import PAGE, PAGE_TEXT, PLAIN, mail
from tests.storage.articles_in.pages import drawn_pdf, pdf

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="only here memory can be limited")


def told(folder: Path, name: str, data: bytes) -> str:
    """The sentence with which the file is refused."""
    (folder / name).write_bytes(data)
    with pytest.raises(AnnotatorError) as caught:
        read_incoming(folder / name)
    return str(caught.value).removeprefix(f"{folder / name}: ")


def packed(size: int, times: int) -> bytes:
    """A megabyte of blanks so many times, packed again and again."""
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(b" " * 1_000_000) for _ in range(size)) + packer.flush()
    for _ in range(times - 1):
        data = zlib.compress(data, 9)
    return data


@on_linux
def test_a_pdf_that_is_packed_twice_does_not_fill_the_memory(tmp_path: Path) -> None:
    data = drawn_pdf(packed(1000, 2), "[/FlateDecode /FlateDecode]")
    assert len(data) < 10_000
    assert "takes too much memory" in told(tmp_path, "a.pdf", data)


def test_a_pdf_with_millions_of_letters_on_a_page_is_refused(tmp_path: Path) -> None:
    drawn = b"BT /F 10 Tf " + b"(x) Tj " * 1_000_000 + b"ET"
    sentence = told(tmp_path, "a.pdf", drawn_pdf(zlib.compress(drawn), "/FlateDecode"))
    assert "a page with more than 50,000 letters" in sentence


def test_a_small_pdf_whose_pages_all_draw_the_same_letters_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reader, "LETTERS", 1_000)
    monkeypatch.setattr(reader, "LETTERS_PER_BYTE", 1)
    drawn = b"BT /F 10 Tf " + b"(x) Tj " * 600 + b"ET"
    data = drawn_pdf(zlib.compress(drawn), "/FlateDecode", pages=100)
    with pytest.raises(ArticleError, match="more letters than a file of its size can hold"):
        reader.read_pdf(data, "a.pdf", None)


def test_a_pdf_of_300_pages_comes_in(tmp_path: Path) -> None:
    page = [(50.0, 780.0 - 14 * line, f"Secondo la KCNA, riga {line}") for line in range(20)]
    (tmp_path / "a.pdf").write_bytes(pdf(*[page] * 300))
    assert read_incoming(tmp_path / "a.pdf").article.text.count("riga 19") == 300


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def document(body: str) -> bytes:
    """A Word document with this body in place of its own."""
    plain, file = BytesIO(), BytesIO()
    docx.Document().save(plain)
    with ZipFile(plain) as old, ZipFile(file, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            xml = f"<w:document {W}><w:body>{body}</w:body></w:document>"
            new.writestr(name, xml if name == "word/document.xml" else old.read(name))
    return file.getvalue()


def test_a_document_of_a_million_elements_is_refused(tmp_path: Path) -> None:
    assert "1,500,000 tags" in told(tmp_path, "a.docx", document("<w:p/>" * 2_000_000))


def test_tables_in_tables_are_read_once_however_deep(tmp_path: Path) -> None:
    cell = "<w:p><w:r><w:t>parole</w:t></w:r></w:p>"
    for _ in range(60):
        cell = f"<w:tbl><w:tr><w:tc>{cell}</w:tc></w:tr></w:tbl>"
    (tmp_path / "a.docx").write_bytes(document(cell))
    assert read_incoming(tmp_path / "a.docx").article.text == "parole\n"
    deeper = document("<w:tbl>" * 10_000 + "</w:tbl>" * 10_000)
    assert "no Word document, or a damaged one" in told(tmp_path, "b.docx", deeper)


def test_a_document_of_200_pages_comes_in(tmp_path: Path) -> None:
    page = "<w:p><w:r><w:t>Secondo la KCNA piove, e nevica.</w:t></w:r></w:p>" * 40
    (tmp_path / "a.docx").write_bytes(document(page * 200))
    assert read_incoming(tmp_path / "a.docx").article.text.count("nevica") == 8000


def test_a_page_of_millions_of_tags_is_refused(tmp_path: Path) -> None:
    page = f"<html><body>{'<p>a' * 500_000}"
    assert "more than 400,000 tags" in told(tmp_path, "a.html", page.encode())


def endless_page() -> str:
    """A page that takes for ever to be read."""
    marks = " ".join(f"a{nth}=1" for nth in range(200_000))
    return f"<html><body><p {marks}>{'testo di prova. ' * 50}"


def test_a_page_that_takes_for_ever_is_given_up(tmp_path: Path) -> None:
    assert "takes too long" in told(tmp_path, "a.html", endless_page().encode())


def test_a_page_of_10_mb_with_its_scripts_and_pictures_comes_in(tmp_path: Path) -> None:
    script = f"<script>{'var x = 1; ' * 300_000}</script>"
    picture = f'<img src="data:image/png;base64,{"iVBORw0KGgo" * 550_000}">'
    page = PAGE.replace("</head>", f"{script}</head>").replace("</article>", f"{picture}</article>")
    (tmp_path / "a.html").write_bytes(page.encode())
    assert (tmp_path / "a.html").stat().st_size > 9_000_000
    assert read_incoming(tmp_path / "a.html").article.text == PAGE_TEXT


MESSAGES = {
    "parts in parts": (
        b"From: a\nMIME-Version: 1.0\n"
        + b"".join(
            b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (nth, nth)
            for nth in range(3000)
        ),
        "nested too deeply",
    ),
    "messages in messages": (
        b"From: a\n" + b"Content-Type: message/rfc822\n\n" * 3000 + b"\nciao\n",
        "nested too deeply",
    ),
    "many parts": (
        b"From: a\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 100_000,
        "more than 1,000 parts",
    ),
    "a header without end": (
        b"From: a\nSubject: " + b"=?utf-8?q?x?= " * 10_000 + b"\n\nciao\n",
        "a header has more than 10,000 characters",
    ),
    "headers without end": (b"From: a\n" + b"X-A: b\n" * 100_000, "lines of headers"),
}


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_that_would_take_minutes_is_refused(name: str, tmp_path: Path) -> None:
    data, sentence = MESSAGES[name]
    assert sentence in told(tmp_path, "a.eml", data)


@pytest.mark.parametrize("charset", ["punycode", "idna", "unicode_escape"])
def test_an_encoding_that_is_none_of_texts_is_not_believed(charset: str, tmp_path: Path) -> None:
    head = f"From: a\nContent-Type: text/plain; charset={charset}\n\n".encode()
    (tmp_path / "a.eml").write_bytes(head + b"ab-" + b"z" * 300_000)
    assert read_incoming(tmp_path / "a.eml").encoding == "utf-8"


@pytest.mark.parametrize("line", ["# #" + " #" * 60_000 + "x", "#" + " " * 200_000 + "x "])
def test_a_heading_of_any_length_is_read_at_once(line: str, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"{line}\n\n{PLAIN}", "utf-8")
    assert read_incoming(tmp_path / "a.md").header.title


def test_one_process_reads_file_after_file_however_large_the_program_is() -> None:
    child_process._end_idle()
    large = bytearray(300_000_000)
    large[::4096] = b"x" * len(large[::4096])
    read_apart("mail", mail(), "a.eml", None)
    (process,) = child_process._idle
    assert read_apart("html", PAGE.encode(), "a.html", None).text == PAGE_TEXT
    assert child_process._idle == [process]
    del large


def test_when_the_process_has_gone_meanwhile_another_one_reads() -> None:
    child_process._end_idle()
    assert read_apart("mail", mail(), "a.eml", None).text == PLAIN
    child_process._idle[0]._process.kill()
    child_process._idle[0]._process.wait()
    assert read_apart("mail", mail(), "a.eml", None).text == PLAIN


def test_a_file_that_is_given_up_while_it_is_read_ends_at_once_and_the_next_one_is_read(
    tmp_path: Path,
) -> None:
    def give_up_once_begun() -> None:
        while not child_process._at_work:
            begun.wait(0.01)
        killed.append(child_process._at_work[0]._process)
        child_process.give_up()

    begun, killed = threading.Event(), list[Popen[bytes]]()
    other = threading.Thread(target=give_up_once_begun)
    other.start()
    assert "that was given up" in told(tmp_path, "a.html", endless_page().encode())
    other.join()
    (process,) = killed
    assert process.returncode in (1, -9)
    assert read_apart("html", PAGE.encode(), "b.html", None).text == PAGE_TEXT


def test_an_error_that_nobody_expected_is_logged_and_told_in_a_sentence(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with pytest.raises(ArticleError) as caught:
        read_apart("no kind of file", b"x", "a.xyz", None)
    assert str(caught.value).startswith("a.xyz: it cannot be read, and the log says why;")
    assert "StopIteration" in caplog.text


def test_who_stops_the_reading_waits_for_no_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    class Interrupted(BytesIO):
        def readline(self, *_: object) -> bytes:
            clocks.extend(one for one in threading.enumerate() if isinstance(one, threading.Timer))
            raise KeyboardInterrupt

    clocks: list[threading.Thread] = []
    process = child_process._Process()
    assert process._process.stdout
    process._process.stdout.close()
    monkeypatch.setattr(process._process, "stdout", Interrupted())
    with pytest.raises(KeyboardInterrupt):
        process.ask(b"")
    (clock,) = clocks
    assert clock.daemon
    clock.join()
