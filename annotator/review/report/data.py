"""What a comparison found, for programs and spreadsheets."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from annotator.review.compare.coefficients import Measure
from annotator.review.compare.differences import Difference
from annotator.review.compare.folders import ArticleComparison, Comparison, Counts
from annotator.review.compare.measures import MeasureRow, article_rows, pair_rows, rows
from annotator.storage.spreadsheet import csv_lines

_COLUMNS = ("article", "annotators", "kind", "measure", "value", "deviation", "n", "counted", "why")


def as_json(comparison: Comparison) -> str:
    """Everything: over all, for each pair, and for each article, the worst one first.

    A ``value`` that is null is not defined, for the reason ``why``.
    """
    pooled = comparison.overall.pooled
    told = {
        "annotators": pooled.annotators,
        "overall": {**_counted(comparison.counts), "measures": _told(_overall_rows(comparison))},
        "pairs": [
            {"annotators": pair, "measures": _told(pair_rows(pooled, pair))}
            for pair in pooled.pairs
        ],
        "tagged_by_one": comparison.alone,
        "left_out": comparison.sentences,
    }
    head = json.dumps(told, ensure_ascii=False, indent=2).removesuffix("\n}")
    # A line for each, made one by one: there may be thousands.
    articles = (json.dumps(_article(one), ensure_ascii=False) for one in comparison.articles)
    lines = ",\n    ".join(articles)
    return f'{head},\n  "articles": [\n    {lines}\n  ]\n}}\n'


def _overall_rows(comparison: Comparison) -> Iterator[MeasureRow]:
    yield from rows(comparison.overall.pooled)
    if len(comparison.articles) > 1:
        yield from article_rows(comparison.overall)


def _article(one: ArticleComparison) -> dict[str, Any]:
    assert one.agreement
    told = {"article": one.name, "annotators": one.agreement.annotators}
    return {**told, **_counted(one.counts), "measures": _told(rows(one.agreement))}


def _counted(counts: Counts) -> dict[str, Any]:
    return {
        "items": counts.items,
        "differences": {difference: counts.differences[difference] for difference in Difference},
        "sources": {
            source: {"items": number, "agreed": counts.sources_agreed[source]}
            for source, number in counts.sources.most_common()
        },
    }


def _told(found: Iterable[MeasureRow]) -> list[dict[str, Any]]:
    return [
        {key: value for key, value in _values(row).items() if value not in ("", None, ())}
        | {"value": _rounded(row.measure)}
        for row in found
    ]


def _values(row: MeasureRow) -> dict[str, Any]:
    return {
        "annotators": row.whom,
        "kind": row.kind or "all",
        "measure": row.name,
        "value": _rounded(row.measure),
        "deviation": _rounded(row.deviation),
        "n": row.measure.n,
        "counted": row.measure.counted,
        "why": row.measure.why,
    }


def as_csv(comparison: Comparison) -> str:
    """A line for each number: over all (no article), for each pair, then for each article."""
    lines = ([line.get(column) for column in _COLUMNS] for line in _all_lines(comparison))
    return csv_lines([_COLUMNS, *lines])


def _all_lines(comparison: Comparison) -> Iterator[dict[str, Any]]:
    pooled = comparison.overall.pooled
    yield from _lines("", comparison.counts, _overall_rows(comparison))
    for pair in pooled.pairs:
        yield from map(_line, pair_rows(pooled, pair))
    for one in comparison.articles:
        assert one.agreement
        yield from _lines(one.name, one.counts, rows(one.agreement))


def _lines(article: str, counts: Counts, found: Iterable[MeasureRow]) -> Iterator[dict[str, Any]]:
    for difference in Difference:
        number = counts.differences[difference]
        counted = {"n": counts.items, "counted": f"items of {counts.items:,}"}
        line = {"article": article, "kind": "all", "measure": difference, "value": number}
        yield line | counted
    for row in found:
        yield {"article": article, **_line(row)}


def _rounded(measure: Measure | None) -> float | None:
    return None if measure is None or measure.value is None else round(measure.value, 6)


def _line(row: MeasureRow) -> dict[str, Any]:
    return _values(row) | {"annotators": ", ".join(row.whom)}
