"""The PDF report: every line once, chains beside it, who says what behind it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from io import BytesIO
from itertools import groupby
from pathlib import Path
from unicodedata import bidirectional

import pytest
from pdfminer.high_level import extract_pages, extract_text
from pdfminer.layout import LTChar, LTTextBox
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication

from annotator.core.model import Annotation, ArticleRef, Document, Kind
from annotator.core.sources import Registry, Source
from annotator.core.tagging import Tagging
from annotator.core.text.article import Article
from annotator.formats.exporting import export_files
from annotator.formats.format import Tagged
from annotator.formats.painted import PDF
from annotator.formats.reports.report import report_of
from annotator.storage.articles_in.pdf import read_pdf
from annotator.ui.exchange import picture
from annotator.ui.exchange.painting import painting
from annotator.ui.exchange.report_pdf import MARGINS, as_pdf
from annotator.ui.theme import LIGHT


@pytest.fixture(autouse=True)
def application(qapp: QApplication) -> QApplication:
    return qapp


def seen(data: bytes) -> str:
    # Of two characters with the same glyph, as blank and tab, Qt names the first.
    return unicodedata.normalize("NFKC", extract_text(BytesIO(data))).replace("\t", " ")


def visible(data: bytes) -> str:
    """The words below the upper margin: where a sheet begins in a paragraph, Qt draws the line
    before it as well, where it is cut off."""
    lines = []
    for sheet in extract_pages(BytesIO(data)):
        top = sheet.height - MARGINS.top() * 72 / 25.4
        boxes = [box for box in sheet if isinstance(box, LTTextBox)]
        lines += [line.get_text() for box in boxes for line in box if line.y0 < top]
    return "".join(lines).replace("\t", " ")


def letters(data: bytes) -> list[LTChar]:
    """Every letter of the sheets with its font, as they are read."""
    boxes = (box for sheet in extract_pages(BytesIO(data)) for box in sheet)
    lines = (line for box in boxes if isinstance(box, LTTextBox) for line in box)
    return [one for line in lines for one in line if isinstance(one, LTChar)]


def is_slanted(letter: LTChar) -> bool:
    """Whether it is of an italic font; where none is installed, Qt slants the upright one."""
    return letter.matrix[2] > 0 or bool(re.search("Italic|Oblique", letter.fontname))


def number_of_sheets(data: bytes) -> int:
    return len(list(extract_pages(BytesIO(data))))


def made(text: str, *tags: Annotation) -> Tagged:
    article = Article(text)
    ref = ArticleRef(file="../a.txt", sha256=article.sha256, length=len(text))
    return Tagged(article, Document(article=ref, annotator="anna", annotations=tags), REGISTRY, "a")


REGISTRY = Registry((Source(id="kcna", name="<b>KCNA</b> & co"),))


def test_the_sample_has_its_words_chains_who_says_what_and_numbers(
    seeds: Path, tmp_path: Path
) -> None:
    file = seeds / "annotations" / "corea-del-nord.anna.yaml"
    out = tmp_path / "anna.pdf"
    done = export_files(painting(PDF), [file], out, lambda _: None, alone=True)
    text = seen(out.read_bytes())
    assert "North Korea via KCNA via Yonhap" in text
    assert "Secondo la KCNA, l'invio di truppe" in text
    assert "Who says what" in text
    assert "thousands lost in translation" in text
    assert "corea-del-nord · tagged by anna" in text
    assert f"page 1 of {number_of_sheets(out.read_bytes())}" in text
    assert not done.lost


def test_mentions_are_bold_and_cues_in_italics_behind_an_emoji_too() -> None:
    text = "🥳 Secondo la KCNA piove, dice Yonhap."
    article = Article(text)
    at = {word: text.index(word) for word in ("Secondo", "la KCNA")}
    tag = Annotation(
        id="a-aaaaaa", kind=Kind.ATTRIBUTION, spans=(article.span(2, 17),), source="kcna",
        cue=(article.span(at["Secondo"], at["Secondo"] + 7),),
        mention=(article.span(at["la KCNA"], at["la KCNA"] + 7),),
    )  # fmt: skip
    found = letters(as_pdf(report_of(made(text, tag))))
    start = "".join(one.get_text()[:1] for one in found).index("Secondo")
    looks = groupby(found[start : start + 21], key=lambda one: (is_slanted(one), one.fontname))
    runs = [(slanted, font, len(list(run))) for (slanted, font), run in looks]
    (_, upright, _), (_, bold, _) = runs[1:3]
    assert [run[::2] for run in runs] == [(True, 7), (False, 1), (False, 7), (False, 6)]
    assert (runs[3][1], "bold" in bold.lower()) == (upright, True)


def test_a_script_without_italics_has_its_cues_in_colour_and_its_words_in_order() -> None:
    text = "قالت وكالة يونهاب إن القوات «في منطقة كورسك»."
    article = Article(text)
    at, words = text.index("القوات"), "القوات «في منطقة كورسك»"
    cue = Annotation(
        id="a-aaaaaa", kind=Kind.ATTRIBUTION, spans=(article.span(0, 17),), source="kcna",
        cue=(article.span(0, 4),), content=("c-bbbbbb",),
    )  # fmt: skip
    said = Annotation(id="c-bbbbbb", kind=Kind.CLAIM, spans=(article.span(at, at + len(words)),))
    data = as_pdf(report_of(made(text, cue, said)))
    arabic = [one for one in letters(data) if bidirectional(one.get_text()[:1]) == "AL"]
    assert len(arabic) > 40
    assert not any(map(is_slanted, arabic))
    assert any(one.graphicstate.ncolor not in (0, None) for one in arabic)
    assert f"{words} ◆" in read_pdf(data, "a.pdf", None).text


def test_sheets_end_between_lines_and_every_line_is_there_once() -> None:
    words = " ".join(f"word{n}" for n in range(1500))
    text = "\n\n".join([words, "", "short", words.replace("word", "line")])
    article = Article(text)
    tag = Annotation(id="c-aaaaaa", kind=Kind.CLAIM, spans=(article.span(0, 9000),))
    data = as_pdf(report_of(made(text, tag)))
    assert number_of_sheets(data) > 4
    begun = visible(data).partition("Who says what")[0]
    for what in ("word", "line"):
        found = [int(number) for number in re.findall(rf"\b{what}(\d+)", begun)]
        assert sorted(found) == list(range(1500))


def test_markup_in_names_and_notes_is_text() -> None:
    text = "Anna ha detto <i>no</i>"
    tag = Annotation(
        id="a-aaaaaa", kind=Kind.ATTRIBUTION, spans=(Article(text).span(0, 13),), source="kcna",
        content=("c-bbbbbb",), note="<u>look</u>",
    )  # fmt: skip
    said = Annotation(id="c-bbbbbb", kind=Kind.CLAIM, spans=(Article(text).span(14, 23),))
    found = seen(as_pdf(report_of(replace(made(text, tag, said), title="<h1>Title"))))
    for words in ("<h1>Title", "<b>KCNA</b> & co", "<u>look</u>", "<i>no</i>"):
        assert words in found


def test_scripts_of_all_kinds_go_through() -> None:
    text = "🥳 e\u0301 \u00a0ha detto\nقال الوزير إن\n조선중앙통신은 밝혔다"
    at = text.index("الوزير")
    tag = Annotation(
        id="c-aaaaaa", kind=Kind.CLAIM,
        spans=(Article(text).span(0, 4), Article(text).span(at, at + 6)),
    )  # fmt: skip
    assert "조선중앙통신은 밝혔다" in seen(as_pdf(report_of(made(text, tag))))


def test_a_picture_has_the_chains_beside_the_words(seeds: Path) -> None:
    text = "Anna ha detto"
    tag = Annotation(
        id="a-aaaaaa", kind=Kind.ATTRIBUTION, spans=(Article(text).span(0, 13),), source="kcna"
    )
    page = picture.page_of(Article(text), Tagging([tag]), REGISTRY, LIGHT)
    assert page.labels.chip_words(page.tagging, tag) == "<b>KCNA</b> & co"
    gone = QSignalSpy(page.destroyed)
    picture.let_go(page)
    assert gone.count() == 1
