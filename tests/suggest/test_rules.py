from __future__ import annotations

import json

import jsonschema_rs
import pytest

from annotator.core.errors import FormatError
from annotator.storage.shipped.resources import schema_path
from annotator.suggest.phrases import lowered
from annotator.suggest.rules import LANGUAGES, parse_rules, rules_for

SOUND = """\
format: source-rules/1
language: it
stop_words: [il, di]
words:
  have: [ha, hanno]
cues:
  perfect: ["<have> detto"]
titles: [ministro]
"""


def test_the_schema_is_a_schema() -> None:
    jsonschema_rs.meta.validate(json.loads(schema_path("rules.schema.json").read_bytes()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rules_that_come_with_the_program_can_be_read(language: str) -> None:
    rules = rules_for(language)
    assert rules.language == language
    assert rules.cues.by_first_word
    assert rules.stop_words


@pytest.mark.parametrize("language", [None, "xx", "../it"])
def test_without_rules_nothing_is_found(language: str | None) -> None:
    assert rules_for(language).cues.find("secondo", 0, 7) == []


@pytest.mark.parametrize(
    ("language", "text", "cues"),
    [
        (
            "it",
            "L'agenzia ha poi confermato: è stato reso noto",
            ["ha poi confermato", "è stato reso noto"],
        ),
        ("it", "Stando al governo, come riferito dall'Ansa", ["Stando al", "come riferito dall'"]),
        ("en", "Kim has also denied it, according to KCNA.", ["has also denied", "according to"]),
        ("en", "as reported by Yonhap, citing officials", ["as reported by", "citing"]),
        ("ko", "국정원에 따르면 그렇다고 밝혔다.", ["에 따르면", "다고 밝혔다"]),
        ("ko", "조선중앙통신을 인용해 보도했다", ["을 인용해", "보도했다"]),
        (
            "ru",
            "По словам Кима, ТАСС передаёт со ссылкой на ЦТАК",
            ["По словам", "передаёт", "со ссылкой на"],
        ),
        ("ru", "Он официально подтвердил", ["официально подтвердил"]),
    ],
)
def test_reporting_words_of_each_language(language: str, text: str, cues: list[str]) -> None:
    found = rules_for(language).cues.find(lowered(text), 0, len(text))
    assert [text[one.start : one.end] for one in found] == cues
    assert all(one.rule.startswith(f"{language}/") for one in found)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("rules/1", "rules/2", "1: a newer program wrote this file"),
        ("cues:\n", "cue:\n", "1: 'cues' is missing in the file"),
        ("[il, di]", "[]\ncolour: red", "4: unknown key 'colour'"),
        ("language: it", "language: IT", "2: language is 'IT', expected something like it"),
        ("<have> detto", "<had> detto", "7: the phrase '<had> detto' names <had>"),
        ("[ministro]", '["(ministro"]', "8: the phrase '(ministro' has a bracket"),
    ],
)
def test_what_is_no_rule_file_is_refused_with_its_line(old: str, new: str, sentence: str) -> None:
    with pytest.raises(FormatError) as caught:
        parse_rules(SOUND.replace(old, new, 1).encode(), "it.yaml")
    assert str(caught.value).startswith(f"it.yaml:{sentence}")


def test_a_newsroom_may_keep_keys_of_its_own() -> None:
    rules = parse_rules(f"{SOUND}x-desk: foreign\n".encode(), "it.yaml")
    assert [one.rule for one in rules.cues.find("ha detto", 0, 8)] == ["it/perfect"]


@pytest.mark.parametrize(
    ("language", "text", "opening"),
    [
        ("it", "che la Corea", "che la "),
        ("it", "“l’invio", "l’"),
        ("it", "laterale", ""),
        ("it", "la", ""),
        ("en", "That the army", "That the "),
        ("ru", ", что армия", "что "),
        ("ko", "그 군대", ""),
    ],
)
def test_small_words_at_the_beginning_are_found(language: str, text: str, opening: str) -> None:
    found = rules_for(language).opening.match(lowered(text))
    assert (text[slice(*found.span("words"))] if found else "") == opening
