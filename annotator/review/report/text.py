"""What a comparison found, as tables in the terminal."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from annotator.core.display_text import escaped
from annotator.review.compare.agreement import Agreement, Pair
from annotator.review.compare.attributions import Aspect, Attribute
from annotator.review.compare.coefficients import Spread
from annotator.review.compare.differences import Difference
from annotator.review.compare.folders import ArticleComparison, Comparison
from annotator.review.compare.layers import Layer
from annotator.review.compare.measures import KINDS, LAYERS
from annotator.review.compare.pairing import Way
from annotator.review.report.sentences import (
    ABOUT_ITEMS,
    about_attributions,
    about_kinds,
    agrs,
    headline,
    kappas,
)

WORST = 10
"""Articles in the list of those that agree worst."""

_NARROWEST = 72
"""Columns; a terminal with fewer breaks the lines, which is better than a number cut short."""

_BAR = 24
_WAYS = tuple(f"F1\n{way}" for way in Way)


def as_text(comparison: Comparison, *, width: int = 100, colour: bool = False) -> str:
    """Tables for people, in so many columns; of the articles the `WORST` ones."""
    out = io.StringIO()
    console = Console(
        file=out,
        width=max(width, _NARROWEST),
        force_terminal=colour,
        color_system="standard" if colour else None,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
    )
    for part in _parts(comparison):
        console.print(Padding(part, (0, 0, 1, 0)))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()).rstrip() + "\n"


def _parts(comparison: Comparison) -> Iterator[RenderableType]:
    agreement = comparison.overall.pooled
    yield Text(headline(comparison), style="bold")
    yield _differences(comparison)
    yield _tagged(agreement)
    yield Group(_kinds(agreement), _notes(about_kinds(agreement)))
    yield Group(_attributions(agreement), _notes(about_attributions(agreement)))
    if len(agreement.pairs) > 1:
        yield _pairs(agreement)
    if len(comparison.articles) > 1:
        yield _worst(comparison)


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    table.add_column("", no_wrap=True, overflow="ellipsis")
    for column in columns:
        table.add_column(column, justify="right", header_style="dim")
    return table


def _notes(lines: Iterable[str]) -> Text:
    return Text("\n".join(lines), style="dim")


def _differences(comparison: Comparison) -> RenderableType:
    counts = comparison.counts
    table = _table("Items", "items", "of all")
    table.add_column("")
    for difference in Difference:
        number = counts.differences[difference]
        share = number / counts.items if counts.items else 0
        style = "green" if difference is Difference.AGREED else ""
        bar = Text("█" * round(share * _BAR), style=style or "yellow")
        table.add_row(Text(difference, style=style), f"{number:,}", f"{share:.0%}", bar)
    return Group(table, _notes([ABOUT_ITEMS]))


def _tagged(agreement: Agreement) -> Table:
    table = _table("Tagged", *(kind or "all" for kind in KINDS))
    for name in agreement.annotators:
        table.add_row(escaped(name), *(f"{agreement.count(name, kind):,}" for kind in KINDS))
    return table


def _kinds(agreement: Agreement) -> Table:
    table = _table("Agreement by kind", *_WAYS, "\nalpha", "\nkappa")
    for kind in KINDS:
        table.add_row(
            kind or "all",
            *(_spread(agreement, agreement.f1(way, kind)) for way in Way),
            str(agreement.alpha(LAYERS[kind][0])),
            str(agreement.kappa(LAYERS[kind][0])),
        )
    return table


def _spread(agreement: Agreement, found: Spread) -> str:
    """The mean, with its deviation where there are several pairs."""
    if len(agreement.pairs) == 1 or found.deviation.value is None:
        return str(found.mean)
    return f"{found.mean} ± {found.deviation.value:.2f}"


# --- attributions


def _attributions(agreement: Agreement) -> Table:
    columns = dict.fromkeys([*map(str, Aspect), *map(str, Attribute)])
    table = _table("Attributions", *columns)
    for name, found in (("agr", agrs(agreement)), ("kappa", kappas(agreement))):
        table.add_row(name, *(str(found[one]) if one in found else "" for one in columns))
    return table


# --- pairs and articles


def _pairs(agreement: Agreement) -> Table:
    table = _table("Pairs", *_WAYS, "\nalpha", "\nkappa")
    for pair in agreement.pairs:
        table.add_row(_pair_name(pair), *_pair_values(agreement, pair))
    return table


def _pair_name(pair: Pair) -> str:
    return " – ".join(map(escaped, pair))


def _pair_values(agreement: Agreement, pair: Pair) -> Iterator[str]:
    yield from (str(agreement.score(pair, way).f1) for way in Way)
    yield str(agreement.alpha(Layer.KINDS, pair))
    yield str(agreement.kappa(Layer.KINDS, pair))


def _worst(comparison: Comparison) -> Table:
    shown = comparison.articles[:WORST]
    more = len(comparison.articles) - len(shown)
    title = "Articles, the worst first" + (f" ({more:,} better ones left out)" if more else "")
    table = _table(title, "\nitems", "\nagreed", *_WAYS, "\nalpha")
    for one in shown:
        table.add_row(escaped(one.name), *_article_values(one))
    return table


def _article_values(one: ArticleComparison) -> Iterator[str]:
    assert one.agreement
    yield from (f"{one.counts.items:,}", f"{one.counts.agreed:,}")
    yield from (str(one.agreement.f1(way).mean) for way in Way)
    yield str(one.agreement.alpha(Layer.KINDS))
