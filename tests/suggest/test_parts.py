from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.extent_edits import set_cue, set_mention
from annotator.core.model import Annotation, Kind
from annotator.core.sources import Registry, Source
from annotator.core.text.article import Article, read_article
from annotator.storage.files.annotation_file import parse_document
from annotator.storage.files.source_file import parse_registry
from annotator.suggest.parts import propose

YONHAP = Source(id="yonhap", name="Yonhap", aliases=("연합뉴스", "Ёнхап"))
KCNA = Source(id="kcna", name="Korean Central News Agency", short="KCNA", aliases=("조선중앙통신",))
KIM = Source(id="kim", name="Kim Jong-gyu")
REGISTRY = Registry((YONHAP, KCNA, KIM))


def proposed(
    words: str, language: str | None, source: str | None = None
) -> tuple[str | None, list[str]]:
    """What is proposed for an attribution that is all of ``words``."""
    article = Article(words)
    spans = (article.span(0, len(words)),)
    attribution = Annotation(id="a-1", kind=Kind.ATTRIBUTION, spans=spans, source=source)
    mention, cue = propose(article, attribution, REGISTRY, language)
    return mention and words[slice(*mention)], [words[slice(*one)] for one in cue]


def test_every_mention_and_cue_of_the_seed_is_proposed_as_anna_tagged_it(seeds: Path) -> None:
    article = read_article((seeds / "corea-del-nord.txt").read_bytes(), "corea-del-nord.txt")
    registry = parse_registry((seeds / "sources.yaml").read_bytes(), "sources.yaml")
    file = seeds / "annotations" / "corea-del-nord.anna.yaml"
    document = parse_document(file.read_bytes(), file.name)
    attributions = [one for one in document.annotations if one.kind is Kind.ATTRIBUTION]
    assert len(attributions) == 9
    for one in attributions:
        mention, cue = propose(article, one, registry, "it")
        assert mention
        assert set_mention(one, article, [mention]).after[0].mention == one.mention
        assert set_cue(one, article, cue).after[0].cue == one.cue


@pytest.mark.parametrize(
    ("language", "words", "mention", "cue"),
    [
        (
            "it",
            "Secondo l’agenzia di stampa ufficiale KCNA",
            "l’agenzia di stampa ufficiale KCNA",
            ["Secondo"],
        ),
        ("it", "ha detto al governo la Yonhap", "la Yonhap", ["ha detto"]),
        (
            "en",
            "the South Korean news agency Yonhap said",
            "the South Korean news agency Yonhap",
            ["said"],
        ),
        (
            "en",
            "the Korean Central News Agency (KCNA) reported",
            "the Korean Central News Agency (KCNA)",
            ["reported"],
        ),
        ("ko", "연합뉴스는 조사 결과를 보도했다", "연합뉴스", ["보도했다"]),
        ("ko", "조선중앙통신(KCNA)에 따르면", "조선중앙통신(KCNA)", ["에 따르면"]),
        ("ru", "как сообщает агентство Ёнхап", "агентство Ёнхап", ["как сообщает"]),
        (None, "Yonhap said", "Yonhap", []),
        ("it", "nessuno", None, []),
    ],
)
def test_the_mention_takes_its_article_title_and_abbreviation(
    language: str | None, words: str, mention: str | None, cue: list[str]
) -> None:
    assert proposed(words, language) == (mention, cue)


def test_a_name_in_brackets_belongs_to_the_mention_of_the_same_source_only() -> None:
    assert proposed("Secondo Yonhap (KCNA)", "it", "yonhap")[0] == "Yonhap"


def test_the_source_of_the_attribution_is_the_one_looked_for() -> None:
    words = "La Yonhap ha citato Kim Jong-gyu"
    assert proposed(words, "it", "yonhap")[0] == "La Yonhap"
    assert proposed(words, "it", "kim")[0] == "Kim Jong-gyu"
    assert proposed(words, "it", "kcna")[0] is None


def test_an_unnamed_source_goes_as_far_as_the_reporting_words() -> None:
    words = "Alcune fonti del ministero hanno detto"
    assert proposed(words, "it", "nobody") == ("fonti del ministero", ["hanno detto"])


def test_a_mention_does_not_leave_its_attribution() -> None:
    article = Article("Per la Yonhap ha detto")
    attribution = Annotation(id="a-1", kind=Kind.ATTRIBUTION, spans=(article.span(7, 22),))
    assert propose(article, attribution, REGISTRY, "it") == ((7, 13), ((14, 22),))


PIECES = ["la ", "Yonhap ", "(KCNA)", "ministro ", "ha detto ", "secondo ", ", ", "fonti ", "\n"]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=12), st.data())
def test_whatever_is_proposed_can_be_set(pieces: list[str], data: st.DataObject) -> None:
    article = Article("".join(pieces))
    start = data.draw(st.integers(0, len(article.text) - 1))
    end = data.draw(st.integers(start + 1, len(article.text)))
    spans = (article.span(start, end),)
    attribution = Annotation(id="a-1", kind=Kind.ATTRIBUTION, spans=spans)
    mention, cue = propose(article, attribution, REGISTRY, "it")
    set_mention(attribution, article, [mention] if mention else [])
    set_cue(attribution, article, cue)
    assert not mention or not any(one[0] < mention[1] and mention[0] < one[1] for one in cue)
