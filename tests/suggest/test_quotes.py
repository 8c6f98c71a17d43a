from __future__ import annotations

from pathlib import Path

from annotator.core.model import Kind
from annotator.core.text.article import Article, read_article
from annotator.storage.files.source_file import parse_registry
from annotator.suggest.quotes import LONGEST_QUOTE, suggestions
from tests.suggest.test_parts import REGISTRY


def suggested(text: str, language: str | None) -> list[tuple[str, list[str]]]:
    """The proposals: source or kind, and the words of each range."""
    found = suggestions(Article(text), REGISTRY, language)
    return [(one.source or one.kind, [text[slice(*part)] for part in one.ranges]) for one in found]


def test_the_seed_gets_its_quotes_and_the_sources_that_are_named(seeds: Path) -> None:
    article = read_article((seeds / "corea-del-nord.txt").read_bytes(), "corea-del-nord.txt")
    registry = parse_registry((seeds / "sources.yaml").read_bytes(), "sources.yaml")
    found = suggestions(article, registry, "it")
    quotes = [one for one in found if one.kind is Kind.QUOTE]
    assert [article.text[slice(*one.ranges[0])] for one in quotes] == [
        '"falsi statunitensi"',
        '"voci infondate"',
        '"rispettano pienamente il diritto internazionale"',
        '"minacce occidentali"',
        '"livello di alleanza"',
    ]
    sources = [one.source for one in found if one.kind is Kind.ATTRIBUTION]
    # The seventh is none: the treaty "prevede", not North Korea.
    assert sources == [
        "north-korea",
        "yonhap",
        "kcna",
        "north-korea",
        "kcna",
        "north-korea",
        "kim-jong-gyu",
        "rbc",
        "south-korean-intelligence",
    ]
    assert {one.rule for one in quotes} == {"quotation-marks"}


def test_reporting_words_take_the_name_nearest_to_them() -> None:
    assert suggested("La notizia della Yonhap, che cita KCNA: secondo Kim Jong-gyu no.", "it") == [
        ("kcna", ["cita KCNA"]),
        ("kim", ["secondo Kim Jong-gyu"]),
    ]


def test_several_reporting_words_of_one_name_are_one_proposal() -> None:
    assert suggested("Kim Jong-gyu ha negato tutto, definendo le voci false.", "it") == [
        ("kim", ["Kim Jong-gyu ha negato", "definendo"])
    ]


def test_names_and_reporting_words_of_two_sentences_have_nothing_to_do_with_each_other() -> None:
    assert suggested("Parla la KCNA. Ha detto che no.\nYonhap tace.", "it") == []


def test_the_outermost_quote_is_proposed_and_marks_without_words_are_not() -> None:
    text = "«Uno “due” tre» e «...» e « quattro »"
    assert suggested(text, None) == [
        ("quote", ["«Uno “due” tre»"]),
        ("quote", ["« quattro »"]),
    ]


def test_what_is_quoted_over_pages_is_not_one_quote() -> None:
    assert suggested(f"«{'a' * LONGEST_QUOTE}»", None) == []


def test_a_headline_that_stands_twice_is_left_alone() -> None:
    title = "La KCNA ha detto “no”"
    assert suggested(f"{title}\n\n{title}\n\nLa Yonhap ha detto “no”.", "it") == [
        ("yonhap", ["La Yonhap ha detto"]),
        ("quote", ["“no”"]),
    ]


def test_korean_and_russian_articles_get_proposals_too() -> None:
    assert suggested("연합뉴스에 따르면 “끝났다”.", "ko") == [
        ("yonhap", ["연합뉴스에 따르면"]),
        ("quote", ["“끝났다”"]),
    ]
    assert suggested("Агентство Ёнхап сообщило: «Нет».", "ru") == [
        ("yonhap", ["Агентство Ёнхап сообщило"]),
        ("quote", ["«Нет»"]),
    ]
