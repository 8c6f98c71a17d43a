from __future__ import annotations

import pytest
import yaml
from hypothesis import given

from annotator.core.model import Value
from annotator.storage.yaml.reader import read_tree
from annotator.storage.yaml.writer import flow, plain, plain_in_flow, quoted
from tests.storage.documents import extra_values, names, texts


def read(text: str) -> object:
    return read_tree(text.encode(), "written.yaml").value


@given(texts)
def test_any_text_in_quotation_marks_reads_back(text: str) -> None:
    assert read(quoted(text)) == text
    assert "\n" not in quoted(text)


@given(names)
def test_text_without_quotation_marks_reads_back_under_old_and_new_yaml(text: str) -> None:
    block, inside = f"a: {plain(text)}\n", f"a: [{plain_in_flow(text)}, 1]\n"
    assert read(block) == yaml.safe_load(block) == {"a": text}
    assert read(inside) == yaml.safe_load(inside) == {"a": [text, 1]}


@given(extra_values)
def test_any_value_reads_back_from_one_line(value: Value) -> None:
    assert read(f"x: {flow(value)}\n") == {"x": value}


def test_real_characters_stand_where_yaml_allows_them() -> None:
    assert quoted("«Ёнхап» 연합뉴스 😀\xa0") == '"«Ёнхап» 연합뉴스 😀\xa0"'


def test_what_yaml_does_not_allow_is_escaped() -> None:
    assert quoted('"\\\n\t\x00\x85\u2028\ufeff') == r'"\"\\\n\t\x00\x85\u2028\uFEFF"'


def test_half_a_character_becomes_the_mark_of_a_lost_one() -> None:
    assert quoted("a\ud83d") == r'"a\uFFFD"'


@pytest.mark.parametrize(
    "text", ["Kim Jong-gyu, minister", "조선중앙통신", "../a b.txt", "y", "R&D"]
)
def test_plain_names_need_no_quotation_marks(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize(
    "text", ["", "NO", "null", "12:30", "7", "a: b", "a #b", " a", "- a", "a\n"]
)
def test_what_could_be_misread_is_quoted(text: str) -> None:
    assert plain(text).startswith('"')
    assert plain_in_flow(text).startswith('"')


def test_a_comma_is_quoted_only_inside_brackets() -> None:
    assert (plain("a, b"), plain_in_flow("a, b")) == ("a, b", '"a, b"')
