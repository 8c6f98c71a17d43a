from __future__ import annotations

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.sources import Registry, Source, fold, new_source_id
from tests.core.builders import REGISTRY


def found(typed: str, registry: Registry = REGISTRY) -> list[str]:
    return [source.id for source in registry.search(typed)]


def mentioned(words: str, registry: Registry = REGISTRY) -> tuple[str, str] | None:
    hit = registry.mentioned_in(words)
    return (hit[0].id, words[hit[1] : hit[2]]) if hit else None


def named(*names: str) -> Registry:
    return Registry(tuple(Source(id=f"s{nth}", name=name) for nth, name in enumerate(names)))


def test_folding_keeps_every_character_of_unicode_one_character() -> None:
    changed = [code for code in range(sys.maxunicode + 1) if len(fold(chr(code))) != 1]
    assert changed == []


@given(st.text())
def test_folding_keeps_the_length_of_any_text_and_folds_no_further(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("PERCHÉ", "perche"),
        ("İstanbul", "istanbul"),
        ("Ёнхап", "енхап"),
        ("연합뉴스", "연합뉴스"),
        ("Straße", "straße"),
        ("Łódź", "łodz"),
        ("الجزيرة", "الجزيرة"),
    ],
)
def test_case_and_accents_do_not_count(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_nothing_typed_finds_all_in_the_order_of_the_file() -> None:
    assert found("  ") == ["kcna", "yonhap", "rbc", "jazeera"]


def test_names_that_begin_so_come_before_words_and_words_before_the_inside_of_words() -> None:
    registry = named("Agenzia Kyodo", "Tokyo Shimbun", "Kyodo News", "Kyoto Shimbun")
    assert found("kyo", registry) == ["s2", "s3", "s0", "s1"]


def test_a_source_is_found_by_any_of_its_names_in_any_script() -> None:
    assert found("조선") == ["kcna"]
    assert found("енх") == ["yonhap"]
    assert found("STAMPA COREANA") == ["kcna"]
    assert found("الجز") == ["jazeera"]
    assert found("Reuters") == []


@pytest.mark.parametrize(
    ("words", "source", "name"),
    [
        ("citando la Kcna", "kcna", "Kcna"),
        ("l'agenzia centrale di stampa coreana KCNA", "kcna", "agenzia centrale di stampa coreana"),
        ("l’Agenzia Centrale di Stampa Coreana", "kcna", "Agenzia Centrale di Stampa Coreana"),
        ("연합뉴스는 보도했다", "yonhap", "연합뉴스"),
        ("KCNA는 보도했다", "kcna", "KCNA"),
        ("据KCNA报道", "kcna", "KCNA"),
        ("сообщает «ёнхап»", "yonhap", "ёнхап"),
        ("как пишет РБК,", "rbc", "РБК"),
        ("قالت الجزيرة، أمس", "jazeera", "الجزيرة"),
        ("(RBC)", "rbc", "RBC"),
        ("🤝 RBC 🤝", "rbc", "RBC"),
    ],
)
def test_the_words_name_a_source(words: str, source: str, name: str) -> None:
    assert mentioned(words) == (source, name)


@pytest.mark.parametrize(
    "words", ["", "XRBC", "RBCs", "RBC24", "yonhapnews", "РБКовский", "والجزيرة", "ha detto"]
)
def test_a_name_inside_another_word_is_none(words: str) -> None:
    assert mentioned(words) is None


def test_the_longest_name_wins_wherever_it_stands() -> None:
    assert mentioned("KCNA, cioè la Korean Central News Agency") == (
        "kcna",
        "Korean Central News Agency",
    )
    assert mentioned("RBC e RBC News") == ("rbc", "RBC News")


def test_of_names_as_long_as_each_other_the_first_in_the_words_wins() -> None:
    assert mentioned("RBC e РБК") == ("rbc", "RBC")
    assert mentioned("la Yonhap, citando Ёнхап") == ("yonhap", "Yonhap")


def test_a_longer_name_that_does_not_end_there_does_not_hide_a_shorter_one() -> None:
    assert mentioned("RBC Newsroom") == ("rbc", "RBC")


def test_a_name_may_run_over_a_line_break() -> None:
    assert mentioned("Korean Central\nNews\xa0 Agency") == (
        "kcna",
        "Korean Central\nNews\xa0 Agency",
    )


def test_of_two_sources_of_one_name_the_first_is_meant() -> None:
    assert mentioned("il Ministero", named("ministero", "Ministero")) == ("s0", "Ministero")


def test_names_of_blanks_and_empty_registries_mention_nobody() -> None:
    assert mentioned(" a ", named("", "  ")) is None
    assert mentioned("KCNA", Registry()) is None


@given(st.sampled_from(REGISTRY.sources), st.data())
def test_every_name_of_a_source_is_found_in_a_sentence(source: Source, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(source.names))
    hit = REGISTRY.mentioned_in(f"Secondo “{name}”, 🤝 oggi.")
    assert hit == (source, 9, 9 + len(name))


def test_a_key_belongs_to_the_first_source_that_claims_it_in_either_case() -> None:
    registry = Registry(
        (Source(id="rbc", name="RBC", key="R"), Source(id="ria", name="Ria", key="r"))
    )
    assert registry.by_key == {"r": registry.by_id["rbc"]}


def test_a_source_goes_by_its_short_name_and_an_unknown_one_by_its_id() -> None:
    labels = [REGISTRY.label(i) for i in ("kcna", "yonhap", "tass", None)]
    assert labels == ["KCNA", "Yonhap", "tass", "no source"]


def test_the_names_of_a_source_do_not_repeat() -> None:
    source = Source(id="rbc", name="RBC", short="RBC", aliases=("RBC", "РБК"))
    assert source.names == ("RBC", "РБК")


def test_a_source_enters_is_replaced_in_its_place_and_leaves() -> None:
    registry = Registry(REGISTRY.sources, extra=(("x-team", "Seul"),))
    tass, old = Source(id="tass", name="TASS"), registry.by_id["yonhap"]
    new = registry.changed((), [tass])
    renamed = new.changed([old], [Source(id="yonhap", name="Yonhap News")])
    assert [source.id for source in renamed.sources] == ["kcna", "yonhap", "rbc", "jazeera", "tass"]
    assert renamed.label("yonhap") == "Yonhap News"
    assert new.changed([tass], ()) == registry


def test_a_source_that_undo_brings_back_stands_where_it_stood() -> None:
    kcna = REGISTRY.by_id["kcna"]
    assert REGISTRY.changed([kcna], ()).changed((), [kcna]) == REGISTRY


@pytest.mark.parametrize(
    ("name", "taken", "expected"),
    [
        ("Le Monde", [], "le-monde"),
        ("Agência Lusa!", [], "agencia-lusa"),
        ("KCNA", ["kcna"], "kcna-2"),
        ("KCNA", ["kcna", "kcna-2"], "kcna-3"),
        ("38 North", [], "s-38-north"),
        ("연합뉴스", ["source"], "source-2"),
        ("  ", [], "source"),
    ],
)
def test_a_new_source_gets_a_readable_id(name: str, taken: list[str], expected: str) -> None:
    assert new_source_id(name, taken) == expected


@given(st.text(), st.lists(st.text()))
def test_whatever_its_name_an_id_keeps_to_the_format(name: str, taken: list[str]) -> None:
    created = new_source_id(name, taken)
    assert re.fullmatch("[a-z][a-z0-9-]*", created)
    assert created not in taken
