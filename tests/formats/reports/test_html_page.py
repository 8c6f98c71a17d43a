"""The HTML report: what stands on it, that it is sound, and that it changes no word."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings

from annotator.core.model import Annotation, ArticleRef, Document, Kind, Span
from annotator.core.sources import Registry, Source
from annotator.core.text.article import Article
from annotator.core.text.quotation import paragraphs
from annotator.formats.exporting import export_files, in_words
from annotator.formats.format import Tagged
from annotator.formats.reports import html_page
from annotator.formats.reports.html_page import as_html
from annotator.storage.reading import annotation_files_in
from tests.formats.tagged import tagged

GOLDEN = Path(__file__).parents[1] / "golden" / "html"
VOID = {"meta", "br"}


class Seen(HTMLParser):
    """A page as a reader has it: each paragraph's words, each tag's words, and the chips."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[dict[str, str]] = []
        self.names: list[str] = []
        self.lines: list[str] = []
        self.words: defaultdict[str, str] = defaultdict(str)
        self.chips: list[str] = []
        self.used: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.all = ""
        self.feed(page)
        self.close()
        assert not self.names

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.used.append(tag)
        own = {name: value or "" for name, value in attrs}
        self.ids += [own["id"]] if "id" in own else []
        self.links += [own["href"].removeprefix("#")] if "href" in own else []
        if tag in VOID:
            return
        if tag == "p" and "article" in self.names:
            self.lines.append("")
        if own.get("class") == "chip":
            self.chips.append("")
        self.open.append(own)
        self.names.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.names.pop() == tag
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.all += data
        if any(own.get("class") == "chip" for own in self.open):
            self.chips[-1] += data
        elif "article" in self.names and "p" in self.names:
            self.lines[-1] += data
            for own in self.open:
                self.words[own.get("id", "")] += data


def test_the_sample_is_the_golden_one(seeds: Path, tmp_path: Path) -> None:
    done = export_files(
        html_page.FORMAT, annotation_files_in([seeds]), tmp_path, lambda _: None, alone=True
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "corea-del-nord.anna.html",
        "corea-del-nord.boris.html",
    ]
    for path in tmp_path.iterdir():
        assert path.read_text("utf-8") == (GOLDEN / path.name).read_text("utf-8")
    assert in_words(done.lost) == ""


def test_mention_and_cue_are_told_apart_inside_their_attribution() -> None:
    text = "La KCNA ha detto: “no”.\n"
    article = Article(text)
    mention, cue = Span(3, 7, "KCNA"), Span(8, 16, "ha detto")
    said = replace(tag(text, "a-aaaaaa", (0, 16)), mention=(mention,), cue=(cue,))
    assert article.text[8:16] == cue.exact
    page = as_html(made(text, said))
    assert '<span class="mention" title="mention">KCNA</span>' in page
    assert '<span class="cue" title="cue">ha detto</span>' in page


@pytest.fixture(scope="module")
def anna() -> Seen:
    return Seen((GOLDEN / "corea-del-nord.anna.html").read_text("utf-8"))


def test_chains_stand_beside_the_words(anna: Seen) -> None:
    assert anna.chips[:4] == [
        "North Korea via KCNA via Yonhap",
        "Yonhap",
        "KCNA via Yonhap",
        "the article itself",
    ]


def test_who_says_what_problems_and_notes_can_be_read(anna: Seen) -> None:
    for words in ("Tagged by", "anna (done)", "North Korea", "single origin", "thousands lost"):
        assert words in anna.all


def test_it_needs_no_script_and_nothing_from_outside(anna: Seen) -> None:
    assert not {"script", "img", "link", "iframe"} & set(anna.used)
    page = (GOLDEN / "corea-del-nord.anna.html").read_text("utf-8")
    assert "http:" not in page
    assert "https:" not in page
    assert "prefers-color-scheme: dark" in page
    assert "@media print" in page


def test_every_link_leads_to_words_of_the_page(anna: Seen) -> None:
    assert anna.links
    assert set(anna.links) <= set(anna.ids)


@settings(max_examples=60, deadline=None)
@given(tagged())
def test_no_word_changes_whatever_is_tagged(one: Tagged) -> None:
    seen, text = Seen(as_html(one)), one.article.text
    ranges = paragraphs(text, 0, len(text))
    assert seen.lines == [text[a:b] for a, b in ranges if text[a:b].strip()]
    assert len(seen.ids) == len(set(seen.ids))
    assert "script" not in seen.used


def made(text: str, *tags: Annotation) -> Tagged:
    article = Article(text)
    ref = ArticleRef(file="../a.txt", sha256=article.sha256, length=len(text))
    return Tagged(
        article, Document(article=ref, annotator="anna", annotations=tags), Registry(), "a"
    )


def tag(text: str, tag_id: str, *ranges: tuple[int, int]) -> Annotation:
    kind = next(kind for kind in Kind if kind[0] == tag_id[0])
    spans = tuple(Article(text).span(*one) for one in ranges)
    return Annotation(id=tag_id, kind=kind, spans=spans)


EVIL = '<script>alert("1")</script>'


def test_markup_in_words_names_and_notes_is_text() -> None:
    text = f"He said {EVIL} & left"
    said = replace(tag(text, "a-aaaaaa", (8, 35)), source="x", note=EVIL)
    registry = Registry((Source(id="x", name=EVIL),))
    one = replace(made(text, said), title=EVIL, registry=registry)
    seen = Seen(as_html(replace(one, document=replace(one.document, annotator=EVIL))))
    assert "script" not in seen.used
    assert seen.chips == [EVIL]
    assert seen.lines == [text]
    assert seen.all.count(EVIL) >= 5


def test_scripts_of_all_kinds_and_fragments_keep_their_places() -> None:
    text = "🥳 e\u0301 \u00a0ha detto\nقال الوزير إن\n조선중앙통신은 밝혔다"
    arabic = text.index("الوزير")
    korean = text.index("조선중앙통신")
    tags = (
        tag(text, "c-aaaaaa", (0, 4), (6, 8)),
        tag(text, "a-bbbbbb", (arabic, arabic + 6)),
        tag(text, "q-cccccc", (korean, korean + 6)),
    )
    seen = Seen(as_html(made(text, *tags)))
    assert seen.lines == text.split("\n")
    assert seen.words["c-aaaaaa"] == "🥳 e\u0301"
    assert seen.words["a-bbbbbb"] == "الوزير"
    assert seen.words["q-cccccc"] == "조선중앙통신"


def test_what_is_not_decided_is_a_problem_and_marked_in_the_text() -> None:
    text = 'Piove, "forse" no'
    page = as_html(made(text, tag(text, "c-aaaaaa", (0, 5))))
    seen = Seen(page)
    assert "It is not decided who says this claim." in seen.all
    assert "These quotation marks stand outside any quote." in seen.all
    assert 'class="tag claim problem" id="c-aaaaaa"' in page
    assert seen.words["problem-2"] == '"forse"'
