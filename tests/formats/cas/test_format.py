"""UIMA CAS: our own out and back without loss, as dkpro-cassis reads it too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from cassis import Cas, TypeSystem, load_cas_from_json, load_cas_from_xmi, load_typesystem
from hypothesis import given, settings

from annotator.core.errors import AnnotatorError, FormatError
from annotator.core.model import Kind
from annotator.formats.cas import format
from annotator.formats.cas.types import TAG
from annotator.formats.cas.writer import NOT_IN_XML, cas_of, write_xmi
from annotator.formats.exporting import export_files
from annotator.formats.format import Format, Imported, Left, Tagged
from annotator.formats.importing import import_files
from annotator.storage.reading import annotation_files_in
from tests.formats.tagged import assert_lossless, tagged

GOLDEN = Path(__file__).parents[1] / "golden" / "cas"
BOTH = pytest.mark.parametrize("form", [format.AS_XMI, format.AS_JSON], ids=lambda form: form.name)


def nothing(*_: int) -> None: ...


def read(form: Format, path: Path) -> list[Imported | Left]:
    assert form.read
    return list(form.read(path, lambda _: None))


@settings(max_examples=25)
@given(tagged())
def test_there_and_back_as_json_nothing_is_lost(one: Tagged) -> None:
    assert_lossless(format.AS_JSON, one)


@settings(max_examples=25)
@given(tagged().filter(lambda one: not NOT_IN_XML.search(one.article.text)))
def test_there_and_back_as_xmi_nothing_is_lost(one: Tagged) -> None:
    assert_lossless(format.AS_XMI, one)


def test_a_text_that_xml_cannot_hold_is_left_and_told_of(seeds: Path) -> None:
    written: dict[str, bytes] = {}
    (file,) = (one for one in annotation_files_in([seeds]) if "boris" in one.name)
    from annotator.core.sources import Registry
    from annotator.core.text.article import Article
    from annotator.storage.reading import read_tagged

    _, document = read_tagged(file)
    one = Tagged(Article("a\vb"), document, Registry(), "boris")
    left = list(write_xmi([one], lambda name, data: written.update({name: bytes(data)})))
    assert [each.what for each in left] == ["article with control characters"]
    assert list(written) == ["TypeSystem.xml"]


@BOTH
def test_the_sample_is_the_golden_one(form: Format, seeds: Path, tmp_path: Path) -> None:
    export_files(form, annotation_files_in([seeds]), tmp_path / "out", nothing)
    for path in (tmp_path / "out").iterdir():
        assert path.read_bytes() == (GOLDEN / path.name).read_bytes()


@BOTH
def test_the_sample_comes_back_to_the_same_bytes(form: Format, seeds: Path, tmp_path: Path) -> None:
    told: list[Left] = []
    import_files(form, [GOLDEN], tmp_path, None, progress=nothing, tell=told.append)
    assert told == []
    for path in (*(seeds / "annotations").iterdir(), seeds / "corea-del-nord.txt"):
        assert (tmp_path / path.relative_to(seeds)).read_bytes() == path.read_bytes()


def golden_xmi() -> Cas:
    types = load_typesystem((GOLDEN / "TypeSystem.xml").read_text("utf-8"))
    return load_cas_from_xmi((GOLDEN / "corea-del-nord.anna.xmi").read_text("utf-8"), types)


def golden_json() -> Cas:
    return load_cas_from_json((GOLDEN / "corea-del-nord.anna.json").read_text("utf-8"))


@pytest.mark.parametrize("load", [golden_xmi, golden_json])
def test_cassis_reads_the_words_that_were_tagged(load: Callable[[], Cas]) -> None:
    tags = {tag.key: tag for tag in load().select(TAG)}
    assert tags["c-8r3tdw"].get_covered_text() == (
        "avrebbe inviato truppe in Russia per partecipare a operazioni di combattimento"
    )
    assert (tags["a-2m7xkq"].label, tags["a-2m7xkq"].source) == ("attribution", "north-korea")


# --- edited elsewhere, and files of others


def test_a_tag_that_was_moved_elsewhere_keeps_its_new_place(tmp_path: Path) -> None:
    there = golden_json()
    (tag,) = (one for one in there.select(TAG) if one.key == "c-8r3tdw")
    tag.end -= len(" di combattimento")
    (tmp_path / "a.json").write_text(there.to_json(), "utf-8")
    (found,) = read(format.AS_JSON, tmp_path / "a.json")
    assert isinstance(found, Imported)
    (moved,) = (one for one in found.document.annotations if one.id == "c-8r3tdw")
    assert moved.words.endswith("a operazioni")


def test_other_layers_are_counted_and_left(tmp_path: Path) -> None:
    types = TypeSystem()
    token = types.create_type("x.Token", "uima.tcas.Annotation")
    there = Cas(typesystem=types)
    there.sofa_string = "Uno due."
    there.add_all([token(begin=0, end=3), token(begin=4, end=7)])
    (tmp_path / "a.json").write_text(there.to_json(), "utf-8")
    (found,) = read(format.AS_JSON, tmp_path / "a.json")
    assert isinstance(found, Imported)
    assert [(one.what, one.reason) for one in found.left] == [
        ("2 of the layer x.Token", "none of ours")
    ]


def test_tags_made_in_another_tool_get_ids_of_ours(tmp_path: Path) -> None:
    from annotator.formats.cas.types import LINK, type_system

    types = type_system()
    there = Cas(typesystem=types)
    there.sofa_string = "🥳 Secondo la KCNA, è vero."
    make = types.get_type(TAG)
    one, two = make(begin=2, end=17, label="attribution"), make(begin=19, end=25, label="claim")
    link = types.get_type(LINK)(begin=19, end=25, label="content", Governor=one, Dependent=two)
    there.add_all([one, two, link])
    (tmp_path / "a.json").write_text(there.to_json(), "utf-8")
    (found,) = read(format.AS_JSON, tmp_path / "a.json")
    assert isinstance(found, Imported)
    attribution, claim = found.document.annotations
    assert (attribution.words, claim.words) == ("Secondo la KCNA", "è vero")
    assert attribution.content == (claim.id,)
    assert (attribution.kind, claim.kind) == (Kind.ATTRIBUTION, Kind.CLAIM)
    assert found.left == ()


BOMB = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]>
<xmi:XMI xmlns:xmi="http://www.omg.org/XMI">&b;</xmi:XMI>"""

BAD = {
    "empty": (b"", "the file is empty"),
    "an entity": (BOMB.encode(), "declares entities"),
    "broken off": (b'<?xml version="1.0"?><xmi:XMI xmlns:xmi="http://x"><a', "breaks off"),
    "no text": (
        b'<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmi:version="2.0"></xmi:XMI>',
        "no text|broken",
    ),
    "other XML": (b"<TEI><text/></TEI>", "this looks like a TEI document"),
    "a PDF": (b"%PDF-1.7\n", "this looks like a PDF"),
    "another encoding": (
        '<xmi:XMI xmlns:xmi="http://x" a="è"/>'.encode("latin-1"),
        "is not UTF-8",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_xmi_gets_its_sentence(name: str, tmp_path: Path) -> None:
    data, sentence = BAD[name]
    (tmp_path / "x.xmi").write_bytes(data)
    with pytest.raises(AnnotatorError, match=sentence) as caught:
        read(format.AS_XMI, tmp_path / "x.xmi")
    assert "x.xmi:" in str(caught.value)


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ('{"a": 1}', "no feature structures"),
        ('{"%FEATURE_STRUCTURES": [{"%TYPE": 3}]}', "broken"),
        ('{"%FEATURE_STRUCTURES": []', "breaks off"),
        ("[1, 2]", "no feature structures"),
    ],
)
def test_a_bad_json_cas_gets_its_sentence(written: str, sentence: str, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(written, "utf-8")
    with pytest.raises(FormatError, match=sentence):
        read(format.AS_JSON, tmp_path / "x.json")


def test_offsets_are_utf_16_units_in_the_file() -> None:
    from annotator.core.model import Annotation, ArticleRef, Document
    from annotator.core.sources import Registry
    from annotator.core.text.article import Article

    article = Article("🥳 vero")
    tag = Annotation(id="c-000000", kind=Kind.CLAIM, spans=(article.span(2, 6),))
    ref = ArticleRef(file="../a.txt", sha256=article.sha256, length=6)
    document = Document(article=ref, annotator="anna", annotations=(tag,))
    written = cas_of(Tagged(article, document, Registry(), "a")).to_xmi()
    assert 'begin="3" end="7"' in written


def test_a_cas_of_hundreds_of_thousands_of_structures_is_refused(tmp_path: Path) -> None:
    from annotator.formats.cas.reader import read_json_cas, read_xmi

    xmi, plain = tmp_path / "a.xmi", tmp_path / "a.json"
    xmi.write_text(f'<xmi:XMI xmlns:xmi="http://x">{"<a/>" * 200_000}</xmi:XMI>', "utf-8")
    plain.write_text(f'{{"%FEATURE_STRUCTURES": [{"{}," * 200_000}{{}}]}}', "utf-8")
    for read, path in ((read_xmi, xmi), (read_json_cas, plain)):
        with pytest.raises(FormatError, match="holds too much"):
            list(read(path, lambda _: None))
