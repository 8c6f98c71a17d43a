"""Word documents: the article's words as they are, and a comment on the words of each tag."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.text.run import Run
from hypothesis import given, settings

from annotator.core.text.article import Article
from annotator.core.text.quotation import paragraphs
from annotator.formats.cas.writer import NOT_IN_XML
from annotator.formats.exporting import export_files
from annotator.formats.format import Left, Tagged
from annotator.formats.reports import word
from annotator.storage.disk.contents import Data
from tests.formats.reports.test_html_page import made, tag
from tests.formats.tagged import tagged


def written(one: Tagged) -> tuple[Document, list[Left]]:
    found: dict[str, Data] = {}
    left = list(word.write([one], lambda name, data: found.update({name: data})))
    (data,) = found.values()
    assert isinstance(data, bytes)
    return docx.Document(BytesIO(data)), left


def comments(document: Document) -> list[tuple[str, str]]:
    """What each comment says, with the words that it is on."""
    words = dict(commented(document))
    return [(one.text, words[one.comment_id]) for one in document.comments]


def commented(document: Document) -> Iterator[tuple[int, str]]:
    """The words within each comment's range, by the comment's number."""
    found: dict[str, str] = {}
    opened = set[str]()
    for element in document.element.body.iter():
        number = element.get(qn("w:id"))
        if element.tag == qn("w:commentRangeStart"):
            opened.add(number)
            found[number] = ""
        elif element.tag == qn("w:commentRangeEnd"):
            opened.remove(number)
        elif element.tag == qn("w:r"):
            for one in opened:
                found[one] += Run(element, document).text
    assert not opened
    return ((int(number), text) for number, text in found.items())


@pytest.fixture(scope="module")
def anna(tmp_path_factory: pytest.TempPathFactory) -> Document:
    out = tmp_path_factory.mktemp("word") / "anna.docx"
    file = Path(__file__).parents[3] / "seeds" / "annotations" / "corea-del-nord.anna.yaml"
    done = export_files(word.FORMAT, [file], out, lambda _: None, alone=True)
    assert not done.lost
    return docx.Document(str(out))


def test_each_tag_of_the_sample_is_a_comment_on_its_words(anna: Document) -> None:
    found = comments(anna)
    assert len(found) == 24  # one of the 23 tags has two parts
    told = dict(found)
    headline = "Claim, said by North Korea via KCNA via Yonhap"
    assert told[headline].startswith("avrebbe inviato truppe in Russia")
    attribution = next(text for text, words in found if words.startswith("citando la Korean"))
    assert attribution.splitlines() == [
        "Attribution to KCNA via Yonhap",
        "Mention: la Korean Central News Agency (KCNA)",
        "Cue: citando",
    ]
    assert any("Certainty: unsure" in text and "Note: " in text for text, _ in found)


def test_a_comment_is_by_the_annotator(anna: Document) -> None:
    assert {(one.author, one.initials) for one in anna.comments} == {("anna", "A")}
    assert anna.core_properties.author == "anna"


def plain(text: str) -> str:
    return NOT_IN_XML.sub("\ufffd", text)


@settings(max_examples=30, deadline=None)
@given(tagged())
def test_no_word_changes_and_each_comment_is_on_its_own(one: Tagged) -> None:
    document, left = written(one)
    text = one.article.text
    lines = [plain(text[start:end]) for start, end in paragraphs(text, 0, len(text))]
    assert [line.text for line in document.paragraphs] == lines
    spans = [span.exact for tag in one.document.annotations for span in tag.spans]
    unseen = sum(one.what == "tag of empty lines" for one in left)
    found = sorted(words for _, words in comments(document))
    assert found == sorted(plain(w).replace("\n", "") for w in spans if w.strip("\n"))
    assert unseen == sum(not words.strip("\n") for words in spans)


def test_several_tags_may_be_on_the_same_words() -> None:
    text = "Anna ha detto"
    first = replace(tag(text, "a-aaaaaa", (0, 4)), source="kcna")
    second = replace(tag(text, "a-bbbbbb", (0, 4)), source="yonhap", via="a-aaaaaa")
    document, _ = written(made(text, first, second))
    told = [(text.splitlines()[0], words) for text, words in comments(document)]
    assert told == [
        ("Attribution to kcna", "Anna"),
        ("Attribution to yonhap via kcna", "Anna"),
    ]


def test_scripts_of_all_kinds_and_fragments_go_through() -> None:
    text = "🥳 e\u0301 \u00a0ha detto\nقال الوزير إن\n조선중앙통신은 밝혔다"
    at = text.index("الوزير")
    tags = tag(text, "c-aaaaaa", (0, 4), (6, 8)), tag(text, "a-bbbbbb", (at, at + 6))
    document, left = written(made(text, *tags))
    assert not left
    assert [words for _, words in comments(document)] == ["🥳 e\u0301", "ha", "الوزير"]
    assert comments(document)[1][0] == "Claim, part 2 of 2: 🥳 e\u0301 … ha"
    sides = [line._p.pPr is not None and line._p.pPr.find(qn("w:bidi")) is not None
             for line in document.paragraphs]  # fmt: skip
    assert sides == [False, True, False]


def test_control_characters_are_shown_as_missing_and_counted() -> None:
    one = made("a\x0cb", replace(tag("a\x0cb", "c-aaaaaa", (0, 3)), note="\x1f"))
    document, left = written(one)
    assert document.paragraphs[0].text == "a\ufffdb"
    assert [one.what for one in left] == ["control character"]
    assert Article("a\x0cb") == one.article
