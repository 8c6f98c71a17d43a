from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from annotator.core.errors import ArticleError
from annotator.storage.articles_in import word
from annotator.storage.articles_in.word import read_word


def saved(document: object) -> bytes:
    file = BytesIO()
    document.save(file)  # type: ignore[attr-defined]
    return file.getvalue()


def article() -> bytes:
    """A heading, a paragraph, a table, another paragraph; title and author."""
    document = docx.Document()
    document.core_properties.title = "Truppe: così"
    document.core_properties.author = "Anna Rossi"
    document.add_heading("La Corea conferma", 1)
    document.add_paragraph("Secondo la KCNA,\tpiove;\nnevica 😀.")
    table = document.add_table(2, 2)
    for place, words in (((0, 0), "Paese"), ((0, 1), "Truppe"), ((1, 0), "Corea"), ((1, 1), "12")):
        table.cell(*place).text = words
    document.add_paragraph("")
    document.add_paragraph("Fine.")
    return saved(document)


def refusal(data: bytes) -> str:
    with pytest.raises(ArticleError) as caught:
        read_word(data, "a.docx", None)
    return str(caught.value)


def test_paragraphs_and_tables_come_in_their_order() -> None:
    found = read_word(article(), "a.docx", None)
    assert found.text.split("\n\n") == [
        "La Corea conferma",
        "Secondo la KCNA,\tpiove;\nnevica 😀.",
        "Paese\tTruppe\nCorea\t12",
        "Fine.\n",
    ]
    assert (found.title, found.byline, found.encoding) == ("Truppe: così", "Anna Rossi", None)


def test_tracked_changes_count_as_accepted_and_links_as_words() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("La KCNA ")
    for inner in (
        "<w:del {}><w:r><w:delText>nega</w:delText></w:r></w:del>",
        "<w:ins {}><w:r><w:t>conferma</w:t></w:r></w:ins>",
        "<w:moveFrom {}><w:r><w:t> mai</w:t></w:r></w:moveFrom>",
        '<w:hyperlink {}><w:r><w:t xml:space="preserve"> tutto.</w:t></w:r></w:hyperlink>',
    ):
        paragraph._p.append(parse_xml(inner.format(nsdecls("w"))))
    held = "<w:sdt {}><w:sdtContent><w:p><w:r><w:t>Poi.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    paragraph._p.addnext(parse_xml(held.format(nsdecls("w"))))
    assert read_word(saved(document), "a.docx", None).text == "La KCNA conferma tutto.\n\nPoi.\n"


def test_a_document_without_text_says_so() -> None:
    assert refusal(saved(docx.Document())) == "a.docx: this document has no text."


def other_zip() -> bytes:
    file = BytesIO()
    with ZipFile(file, "w") as parts:
        parts.writestr("hello.txt", "hello")
    return file.getvalue()


@pytest.mark.parametrize("data", [b"hello", article()[:3000], other_zip()])
def test_what_is_no_document_or_cut_off_is_refused(data: bytes) -> None:
    assert refusal(data).startswith("a.docx: this is no Word document, or a damaged one; open it")


def test_a_zip_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word, "UNPACKED", 5_000_000)
    file = BytesIO(article())
    with ZipFile(file, "a", ZIP_DEFLATED) as parts:
        parts.writestr("word/media/bomb.png", bytes(11_000_000))
    assert "MB, which no article needs; it is not opened." in refusal(file.getvalue())


def test_entities_of_xml_are_not_expanded() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    file = BytesIO()
    with ZipFile(BytesIO(article())) as old, ZipFile(file, "w") as new:
        for part in old.infolist():
            data = old.read(part)
            if part.filename == "word/document.xml":
                head, mark, rest = data.partition(b"<w:document")
                data = head + bomb.encode() + mark + rest.replace(b"Fine.", b"Fine.&b;")
            new.writestr(part, data)
    assert "aaaa" not in read_word(file.getvalue(), "a.docx", None).text
