"""W3C Web Annotations: our own out and back without loss, those of others as far as they go."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from annotator.core.errors import FormatError, StorageError
from annotator.core.model import Kind
from annotator.core.text.article import Article
from annotator.formats.exporting import export_files
from annotator.formats.format import Imported, Left, Tagged
from annotator.formats.importing import import_files
from annotator.formats.jsonld.format import FORMAT
from annotator.storage.reading import annotation_files_in
from tests.formats.tagged import assert_lossless, tagged

GOLDEN = Path(__file__).parents[1] / "golden"

# Of http://www.w3.org/ns/anno.jsonld, those that we use.
TERMS = {
    *("@context", "@type", "@value", "id", "type", "creator", "name", "format", "language"),
    *("items", "motivation", "body", "target", "purpose", "value", "source", "selector"),
    *("start", "end", "exact", "prefix", "suffix"),
}
TYPES = {
    *("AnnotationPage", "Annotation", "Person", "Text", "TextualBody", "SpecificResource"),
    *("TextPositionSelector", "TextQuoteSelector"),
}
MOTIVATIONS = {"classifying", "identifying", "commenting", "linking"}


def nothing(*_: int) -> None: ...


@settings(max_examples=60)
@given(tagged())
def test_there_and_back_nothing_is_lost(one: Tagged) -> None:
    assert_lossless(FORMAT, one)


def test_the_sample_is_the_golden_one(seeds: Path, tmp_path: Path) -> None:
    files = annotation_files_in([seeds])
    export_files(FORMAT, files, tmp_path, nothing)
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (GOLDEN / "jsonld" / path.name).read_bytes()


def test_the_sample_comes_back_to_the_same_bytes(seeds: Path, tmp_path: Path) -> None:
    told: list[Left] = []
    import_files(FORMAT, [GOLDEN / "jsonld"], tmp_path, None, progress=nothing, tell=told.append)
    assert told == []
    for path in (*(seeds / "annotations").iterdir(), seeds / "corea-del-nord.txt"):
        assert (tmp_path / path.relative_to(seeds)).read_bytes() == path.read_bytes()


def parts(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in a page but those that are literals of ours."""
    if isinstance(value, dict) and value.get("@type") != "@json":
        yield value
        for one in value.values():
            yield from parts(one)
    elif isinstance(value, list):
        for one in value:
            yield from parts(one)


def test_all_terms_are_the_standards_or_have_a_namespace() -> None:
    page = json.loads((GOLDEN / "jsonld" / "corea-del-nord.anna.jsonld").read_text("utf-8"))
    context = page.pop("@context")
    assert context[0] == "http://www.w3.org/ns/anno.jsonld"
    for part in parts(page):
        bare = {key for key in part if not key.startswith(("sa:", "schema:"))}
        assert bare <= TERMS
        assert part.get("type", "Text") in TYPES
        assert {part.get("motivation"), part.get("purpose")} - {None} <= MOTIVATIONS


def test_content_and_via_are_linking_annotations() -> None:
    page = json.loads((GOLDEN / "jsonld" / "corea-del-nord.anna.jsonld").read_text("utf-8"))
    links = [one for one in page["items"] if one["motivation"] == "linking"]
    place = page["id"]
    told = {(one["sa:link"], one["body"], one["target"]) for one in links}
    assert ("content", f"{place}:a-2m7xkq", f"{place}:c-8r3tdw") in told
    assert ("via", f"{place}:a-v5n0ke", f"{place}:a-2m7xkq") in told


# --- pages of others

TEXT = "Aides 🥳 deny it. They deny all."


def note(words: str, **more: Any) -> dict[str, Any]:
    """An annotation as others make them: a tag, and some selector."""
    selector = {"type": "TextQuoteSelector", "exact": words}
    return {
        "type": "Annotation",
        "id": f"http://example.org/{words}",
        "body": [{"type": "TextualBody", "purpose": "tagging", "value": "Claim"}],
        "target": {"source": "http://example.org/article", "selector": selector},
    } | more


def read(path: Path, value: object, article: Article | None = None) -> Imported:
    assert FORMAT.read
    path.write_text(value if isinstance(value, str) else json.dumps(value), "utf-8")
    (one,) = FORMAT.read(path, lambda _: article)
    assert isinstance(one, Imported)
    return one


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "page.jsonld"


def test_a_bare_list_on_an_article_of_the_folder(path: Path) -> None:
    one = read(path, [note("deny it"), note("Aides")], Article(TEXT))
    assert [tag.words for tag in one.document.annotations] == ["Aides", "deny it"]
    assert one.document.annotations[0].kind is Kind.CLAIM
    assert one.document.annotations[0].spans[0].suffix == " 🥳 deny it. They deny all."
    assert one.document.annotator == ""


def test_offsets_in_utf_16_units_are_converted(path: Path) -> None:
    at = len(TEXT[: TEXT.index("They")].encode("utf-16-le")) // 2
    selectors = [
        {"type": "TextPositionSelector", "start": at, "end": at + 4},
        {"type": "TextQuoteSelector", "exact": "They"},
    ]
    one = read(path, [note("They", target={"selector": selectors})], Article(TEXT))
    assert one.document.annotations[0].start == TEXT.index("They")


def test_words_that_stand_there_twice_are_told_apart_by_those_around(path: Path) -> None:
    selector = {"type": "TextQuoteSelector", "exact": "deny", "prefix": "They ", "suffix": " a"}
    one = read(path, [note("deny", target={"selector": selector})], Article(TEXT))
    assert one.document.annotations[0].start == TEXT.index("deny all")


def test_what_cannot_be_taken_is_listed(path: Path) -> None:
    items = [
        note("deny"),
        note("gone"),
        note("Aides", body={"value": "beautiful"}),
        note("it", body=[{"value": "quote"}, {"value": "beautiful"}]),
        note("all", target="http://example.org/article"),
        {
            "type": "Annotation",
            "motivation": "linking",
            "sa:link": "via",
            "body": "a",
            "target": "b",
        },
    ]
    one = read(path, items, Article(TEXT))
    assert [tag.words for tag in one.document.annotations] == ["it"]
    assert len(one.left) == 6


def test_a_source_of_others_becomes_one_of_ours(path: Path) -> None:
    bodies = [
        {"value": "attribution"},
        {"purpose": "identifying", "source": "http://www.wikidata.org/entity/Q484672"},
    ]
    one = read(path, [note("Aides", body=bodies)], Article(TEXT))
    assert one.document.annotations[0].source == one.sources[0].id == "q484672"
    assert one.sources[0].extra == (("x-reference", "http://www.wikidata.org/entity/Q484672"),)


def test_one_unsound_annotation_does_not_keep_the_others_out(path: Path) -> None:
    bad = note("Aides", **{"sa:stance": "confirms"})
    one = read(path, [bad, note("They")], Article(TEXT))
    assert [tag.words for tag in one.document.annotations] == ["They"]
    assert len(one.left) == 1


def test_an_article_in_the_page_comes_in_our_form(path: Path) -> None:
    page = {"items": [note("Due")], "sa:article": {"schema:text": "\ufeffUno.\r\nDue.\r\n"}}
    one = read(path, page)
    assert one.article.text == "Uno.\nDue.\n"
    assert one.document.annotations[0].start == 5


# --- bad input


def test_without_an_article_there_is_nothing_to_tag(path: Path) -> None:
    with pytest.raises(FormatError, match="neither the article's text nor the hash"):
        read(path, [note("deny")])


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("", "empty"),
        ("%PDF-1.7", "a PDF"),
        ("T1\tClaim 0 3\tabc\n", "brat"),
        ('{"text": "a", "label": []}', "doccano"),
        ('{"@context": "http://www.w3.org/ns/anno.jsonld", "items": [', "breaks off"),
        ("[" * 100_000, "broken"),
        ("3", "JSON"),
    ],
)
def test_another_file_is_told_with_what_it_looks_like(path: Path, data: str, told: str) -> None:
    with pytest.raises(FormatError, match=told):
        read(path, data)


def test_another_encoding_is_told_with_its_line(path: Path) -> None:
    path.write_bytes(b'{"@context":\n "\xe9"}')
    assert FORMAT.read
    with pytest.raises(FormatError, match=r"page\.jsonld:2: byte 0xe9 is not UTF-8"):
        list(FORMAT.read(path, lambda _: None))


def test_a_file_of_100_mb_is_not_even_read(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(100_000_000)
    assert FORMAT.read
    with pytest.raises(StorageError, match="100 MB is too much"):
        list(FORMAT.read(path, lambda _: None))
