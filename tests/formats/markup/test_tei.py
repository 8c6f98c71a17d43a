"""TEI: what it looks like, that it is valid, and that markup never changes the words."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from annotator.core.model import Annotation, ArticleRef, Document, Kind
from annotator.core.sources import Registry
from annotator.core.text.article import Article
from annotator.core.text.quotation import paragraphs
from annotator.formats.cas.writer import NOT_IN_XML
from annotator.formats.exporting import export_files
from annotator.formats.format import Tagged
from annotator.formats.markup import tei
from annotator.formats.markup.nesting import nested
from annotator.storage.disk.contents import Data
from annotator.storage.reading import annotation_files_in
from tests.formats.tagged import tagged

HERE = Path(__file__).parents[1]
VALID = etree.RelaxNG(file=str(HERE / "tei_subset.rng"))
ID = "{http://www.w3.org/XML/1998/namespace}id"
NS = {"t": tei.NAMESPACE}


def written(one: Tagged) -> etree._Element:
    """The document that is written of a tagged article; it is valid."""
    found: dict[str, Data] = {}
    list(tei.write([one], lambda name, data: found.update({name: data})))
    (data,) = found.values()
    assert isinstance(data, bytes)
    root = etree.fromstring(data)
    assert VALID.validate(root), VALID.error_log
    return root


def text_of(element: etree._Element) -> str:
    return "".join(str(one) for one in element.itertext())


def test_the_sample_is_the_golden_one_and_valid(seeds: Path, tmp_path: Path) -> None:
    export_files(tei.FORMAT, annotation_files_in([seeds]), tmp_path, lambda _: None)
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (HERE / "golden" / "tei" / path.name).read_bytes()
        assert VALID.validate(etree.parse(str(path))), VALID.error_log


@settings(max_examples=60)
@given(tagged().filter(lambda one: not NOT_IN_XML.search(one.article.text)))
def test_markup_changes_no_word_and_is_valid_whatever_crosses(one: Tagged) -> None:
    root = written(one)
    lines = [text_of(p) for p in root.iterfind("t:text/t:body/t:p", NS)]
    text = one.article.text
    assert lines == [text[start:end] for start, end in paragraphs(text, 0, len(text))]
    for tag in one.document.annotations:
        pieces = [
            text_of(element)
            for element in root.iter()
            if (element.get(ID) or "").partition(".")[0] == tag.id
        ]
        # Markup is in paragraphs, so line ends are between pieces; parts may overlap in ours.
        joined = "".join("".join(pieces).split())
        if all(a.end <= b.start for a, b in zip(tag.spans, tag.spans[1:], strict=False)):
            assert joined == "".join("".join(s.exact for s in tag.spans).split())


def tag(article: Article, tag_id: str, start: int, end: int) -> Annotation:
    kind = next(kind for kind in Kind if kind[0] == tag_id[0])
    return Annotation(id=tag_id, kind=kind, spans=(article.span(start, end),))


def test_where_two_cross_the_inner_one_goes_on_behind() -> None:
    article = Article("Uno due tre quattro")
    tags = tag(article, "c-aaaaaa", 0, 11), tag(article, "q-bbbbbb", 4, 19)
    ref = ArticleRef(file="../a.txt", sha256=article.sha256, length=19)
    document = Document(article=ref, annotator="anna", annotations=tags)
    root = written(Tagged(article, document, Registry(), "a"))
    said = root.findall(".//t:said", NS)
    assert [(one.get(ID), one.get("prev"), text_of(one)) for one in said] == [
        ("c-aaaaaa", None, "Uno due tre"),
        ("q-bbbbbb", None, "due tre"),
        ("q-bbbbbb.2", "#q-bbbbbb", " quattro"),
    ]


def test_who_is_at_the_far_end_of_the_chain(seeds: Path, tmp_path: Path) -> None:
    (anna,) = (one for one in annotation_files_in([seeds]) if "anna" in one.name)
    export_files(tei.FORMAT, [anna], tmp_path / "a.xml", lambda _: None)
    root = etree.parse(str(tmp_path / "a.xml")).getroot()
    (claim,) = (one for one in root.iter() if one.get(ID) == "c-8r3tdw")
    assert claim.get("who") == "#source-north-korea"
    ids = {one.get(ID) for one in root.iter()}
    pointers = {p for one in root.iter() for p in (one.get("who") or "").split()}
    assert {pointer.removeprefix("#") for pointer in pointers} <= ids


@pytest.mark.parametrize("text", ["a\vb", "a\x1cb"])
def test_a_text_that_xml_cannot_hold_is_left_and_told_of(text: str) -> None:
    ref = ArticleRef(file="../a.txt", sha256="0" * 64, length=3)
    one = Tagged(Article(text), Document(article=ref, annotator="anna"), Registry(), "a")
    found: dict[str, Data] = {}
    left = list(tei.write([one], lambda name, data: found.update({name: data})))
    assert [each.what for each in left] == ["article with control characters"]
    assert found == {}


ranges = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=6)


@given(ranges)
def test_pieces_nest_and_cover_each_range_exactly(found: list[tuple[int, int]]) -> None:
    marked = [(min(one), max(one), nth) for nth, one in enumerate(found)]
    opened: list[object] = []
    covered: dict[object, set[int]] = {}
    at = 0
    for piece in nested(0, 12, marked):
        if piece.step == "open":
            opened.append(piece.mark)
        elif piece.step == "close":
            assert opened.pop() == piece.mark
        else:
            assert piece.start == at
            at = piece.end
            for mark in opened:
                covered.setdefault(mark, set()).update(range(piece.start, piece.end))
    assert (at, opened) == (12, [])
    assert covered == {nth: set(range(a, b)) for a, b, nth in marked if a < b}
