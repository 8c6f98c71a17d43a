from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.storage.bulk.source_counts import SourceUse, as_csv
from annotator.storage.spreadsheet import csv_lines, unguarded

FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1",
    "＋1",
    "－1",
    "＠A1",
    " =1",
]


def cells(table: str) -> list[str]:
    return [cell for row in csv.reader(io.StringIO(table, newline="")) for cell in row]


@pytest.mark.parametrize("formula", FORMULAS)
def test_what_begins_as_a_formula_is_text_in_a_table(formula: str) -> None:
    assert cells(csv_lines([[formula]])) == [f"'{formula}"]


def test_numbers_stay_numbers_and_words_stay_words() -> None:
    row = [-0.12, -3, "a-b", "’s", "", None]
    assert cells(csv_lines([row])) == ["-0.12", "-3", "a-b", "’s", "", ""]


@given(st.text(st.sampled_from("'=-+@\t\r\n ＝a1"), max_size=6))
def test_what_was_guarded_comes_back_as_it_was(text: str) -> None:
    (cell,) = cells(csv_lines([["x", text]]))[1:]
    assert unguarded(cell) == text
    assert not cell.lstrip().startswith(("=", "+", "-", "@", "＝"))


def test_the_names_of_sources_are_no_formulas() -> None:
    use = SourceUse("evil", "=HYPERLINK(1)", 1, 0, 1, 0, 1)
    assert cells(as_csv([use]))[-7:] == ["evil", "'=HYPERLINK(1)", "1", "0", "1", "0", "1"]


@pytest.mark.parametrize("inner", ["x;=1+1;y", "x; @A1", "x;＝1", ";-1", "a;'=1"])
def test_where_a_semicolon_cuts_no_formula_begins_either(inner: str) -> None:
    (cell,) = cells(csv_lines([[inner]]))
    assert not any(part.strip().startswith(tuple("=+-@＝＋－＠")) for part in cell.split(";"))
    assert unguarded(cell) == inner


@given(st.text("';=-@＝ \t\nab", max_size=8))
def test_what_is_guarded_comes_back(cell: str) -> None:
    assert unguarded(cells(csv_lines([[cell]]))[0]) == cell
