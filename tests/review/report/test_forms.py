"""What a comparison found is told to people and to programs; each number with what was counted."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotator.core.model import Document, Kind
from annotator.review.compare.folders import Comparison, compare_articles
from annotator.review.report.data import as_csv, as_json
from annotator.review.report.html_page import as_html
from annotator.review.report.text import WORST, as_text
from annotator.storage.bulk.by_article import gather
from tests.review.folders import anna, boris, lay_out


def compared(folder: Path) -> Comparison:
    gathered, refused = gather([folder])
    return compare_articles(gathered, lambda done: None, refused)


@pytest.fixture
def two(seeds: Path) -> Comparison:
    """Anna and boris on the seed article."""
    return compared(seeds)


@pytest.fixture
def three(tmp_path: Path) -> Comparison:
    """Three on one article, two of them on another one, and one alone on a third."""
    lay_out(tmp_path, "a.txt", anna=anna(), boris=boris(), carla=only(Kind.QUOTE))
    lay_out(tmp_path, "b.txt", anna=anna(), boris=anna())
    lay_out(tmp_path, "c.txt", anna=anna())
    return compared(tmp_path)


def only(kind: Kind) -> Document:
    """Anna's tagging, as far as it is of that kind."""
    kept = tuple(one for one in anna().annotations if one.kind is kind)
    return replace(anna(), annotations=kept)


# --- for people, in the terminal


def test_two_annotators_fit_on_a_page(two: Comparison) -> None:
    assert (
        as_text(two, width=80)
        == """\
1 article, tagged by anna and boris: 5 of 23 items agreed

Items
                  items  of all
agreed                5     22%  █████
only some             6     26%  ██████
trivial boundary      1      4%  █
boundary              5     22%  █████
kind                  1      4%  █
source                1      4%  █
chain                 2      9%  ██
links                 3     13%  ███
details               0      0%
An item with several differences counts with each of them.

Tagged
       claim  quote  attribution  all
anna       9      5            9   23
boris      6      3            8   17

Agreement by kind
                F1         F1       F1
             exact  IoU ≥ 0.5  overlap  alpha  kappa
claim        0.267      0.533    0.800  0.557  0.564
quote        0.500      0.750    0.750  0.780  0.780
attribution  0.706      0.941    0.941  0.976  0.976
all          0.500      0.750    0.850  0.651  0.654
F1: tags of one kind, paired one to one; untagged text does not count.
alpha (Krippendorff's), kappa (Cohen's): 2,171 code points, each in or out of a
kind; of all, each by the kinds it is tagged with; untagged text counts.

Attributions
       content  source  chain    cue  stance  certainty
agr      1.000   0.762  0.635  0.882
kappa            0.849                 1.000        n/a
agr: the share of one's attributions that the other has with overlapping content
(and the same source, chain), or cue; mean of all directions.
kappa: over attributions that are matched (source 8, stance 8, certainty 8).
n/a (kappa: certainty): only one value was used, so that chance alone would
agree as well.
"""
    )


def test_several_annotators_have_pairs_and_several_articles_a_worst_one(
    three: Comparison,
) -> None:
    text = as_text(three, width=200)
    assert text.startswith("2 articles, tagged by anna, boris and carla: 2")
    assert "items agreed; 1 more tagged by one alone\n" in text
    assert "Mean of 3 pairs of annotators ± deviation." in text
    assert [line.split()[:3] for line in text.splitlines() if "–" in line] == [
        ["anna", "–", "boris"],
        ["anna", "–", "carla"],
        ["boris", "–", "carla"],
    ]
    worst = text.partition("Articles, the worst first\n")[2].splitlines()
    assert [line.split()[0] for line in worst[2:]] == ["a.txt", "b.txt"]


def test_a_narrow_terminal_cuts_no_number_short(three: Comparison) -> None:
    values = re.compile(r"\d\.\d{3}(?: ± \d\.\d\d)?")
    assert values.findall(as_text(three, width=20)) == values.findall(as_text(three, width=200))


def test_of_many_articles_the_worst_are_shown(tmp_path: Path) -> None:
    for number in range(WORST + 2):
        lay_out(tmp_path, f"{number:02}.txt", anna=anna(), boris=boris())
    text = as_text(compared(tmp_path))
    assert "(2 better ones left out)" in text
    assert len(re.findall(r"^\d\d\.txt", text, re.MULTILINE)) == WORST


def test_nothing_tagged_is_no_agreement_but_n_a_with_its_reason(tmp_path: Path) -> None:
    empty = replace(anna(), annotations=())
    lay_out(tmp_path, "a.txt", anna=empty, boris=empty)
    text = as_text(compared(tmp_path), width=200)
    assert "0 of 0 items agreed" in text
    assert "n/a (quote: F1 exact, F1 IoU ≥ 0.5, F1 overlap): neither tagged any quote." in text
    assert "n/a (quote: alpha, kappa): nobody tagged any quote." in text


def test_a_name_cannot_steer_the_terminal(tmp_path: Path) -> None:
    lay_out(tmp_path, "a.txt", anna=anna(), boris=boris())
    lay_out(tmp_path, "[red]b.txt", anna=anna(), boris=boris())
    found = compared(tmp_path)
    (first, second) = found.articles
    steering = replace(found, articles=(first, replace(second, name="b\x1b[2J.txt")))
    text = as_text(steering)
    assert "\x1b" not in text
    assert {"[red]b.txt", "a.txt"} & {line.split()[0] for line in text.splitlines() if line}
    assert "b\\x1b[2J.txt" in text


def test_colours_are_there_where_they_are_asked_for(two: Comparison) -> None:
    coloured = as_text(two, width=80, colour=True)
    assert "\x1b[" in coloured
    assert re.sub(r" +$", "", re.sub(r"\x1b\[[0-9;]*m", "", coloured), flags=re.MULTILINE) == (
        as_text(two, width=80)
    )


# --- for programs


def told(comparison: Comparison) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(as_json(comparison))
    return found


def measure(measures: list[dict[str, Any]], kind: str, name: str) -> dict[str, Any]:
    (one,) = (one for one in measures if (one["kind"], one["measure"]) == (kind, name))
    return one


def test_json_has_all_with_what_was_counted(two: Comparison) -> None:
    found = told(two)
    assert found["annotators"] == ["anna", "boris"]
    assert found["overall"]["differences"]["boundary"] == 5
    assert found["overall"]["sources"]["Yonhap"] == {"items": 2, "agreed": 0}
    assert measure(found["overall"]["measures"], "quote", "F1, exact") == {
        "kind": "quote",
        "measure": "F1, exact",
        "value": 0.5,
        "n": 8,
        "counted": "8 quotes: 5 by anna, 3 by boris, 2 in both; untagged text does not count",
    }


def test_json_says_null_and_why_where_a_number_is_not_defined(two: Comparison) -> None:
    one = measure(told(two)["overall"]["measures"], "attribution", "kappa, certainty")
    assert one["value"] is None
    assert one["why"] == "only one value was used, so that chance alone would agree as well"


def test_json_has_each_pair_and_each_article(three: Comparison) -> None:
    found = told(three)
    assert [pair["annotators"] for pair in found["pairs"]] == [
        ["anna", "boris"],
        ["anna", "carla"],
        ["boris", "carla"],
    ]
    precision = measure(found["pairs"][1]["measures"], "claim", "precision, exact")
    assert precision["why"] == "carla tagged no claim"
    assert [(one["article"], one["annotators"]) for one in found["articles"]] == [
        ("a.txt", ["anna", "boris", "carla"]),
        ("b.txt", ["anna", "boris"]),
    ]
    assert found["tagged_by_one"] == 1
    mean = measure(found["overall"]["measures"], "all", "F1, overlap, mean of articles")
    assert (mean["n"], mean["counted"]) == (2, "2 articles")
    assert mean["deviation"] > 0


def test_csv_has_a_line_for_each_number_that_json_has(three: Comparison) -> None:
    lines = list(csv.DictReader(io.StringIO(as_csv(three))))
    found = told(three)
    parts = [found["overall"], *found["pairs"], *found["articles"]]
    measures = sum(len(part["measures"]) for part in parts)
    differences = sum(len(part.get("differences", ())) for part in parts)
    assert len(lines) == measures + differences
    assert {line["article"] for line in lines} == {"", "a.txt", "b.txt"}
    assert {line["annotators"] for line in lines} >= {"", "anna, boris", "boris, anna"}


# --- for the browser and the printer


def test_the_page_stands_alone(three: Comparison) -> None:
    page = as_html(three)
    assert "default-src 'none'" in page
    assert not re.search(r"<script|<link|<img|@import|url\(|https?:", page)
    assert "prefers-color-scheme: dark" in page
    assert "@media print" in page


def test_the_page_tells_the_same_as_the_tables(three: Comparison) -> None:
    plain = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", as_html(three)))
    tables = as_text(three, width=200).partition("Pairs\n")[0]
    for cell in re.findall(r"\d\.\d{3}|n/a", tables):
        assert cell in plain
    assert "By article, the worst first" in plain
    assert "By source" in plain


def test_numbers_say_on_the_page_what_was_counted(two: Comparison) -> None:
    counted = "8 quotes: 5 by anna, 3 by boris, 2 in both; untagged text does not count"
    assert f'title="{counted}"' in as_html(two)
    assert 'title="only one value was used' in as_html(two)


def test_what_was_left_out_stands_on_the_page(two: Comparison) -> None:
    page = as_html(replace(two, sentences=("x.yaml: <b>broken</b>; it is left out here.",)))
    assert "x.yaml: &lt;b&gt;broken&lt;/b&gt;; it is left out here." in page


def test_names_are_text_on_the_page_and_no_markup(tmp_path: Path) -> None:
    lay_out(tmp_path, "<script>.txt", anna=anna(), boris=boris())
    lay_out(tmp_path, "b.txt", anna=anna(), boris=boris())
    page = as_html(compared(tmp_path))
    assert "<script>" not in page
    assert "&lt;script&gt;.txt" in page
