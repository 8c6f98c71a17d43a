"""What came of it all: a table, and a line for each kind of failure with how to see it again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.torture.rounds import Harm
from tests.torture.running import Found, Tally

README = Path(__file__).resolve().parents[2] / "README.md"
BEGIN, END = "<!-- ./dev torture -->", "<!-- ./dev torture ends -->"

_HEADS = ("kind", "rounds", "seconds", "figure", *Harm)


def harmed(tallies: Sequence[Tally]) -> bool:
    """Whether anything is lost or damaged, or came out as a traceback."""
    return any(tally.found for tally in tallies)


def drawn(tallies: Sequence[Tally], seed: int) -> str:
    """The table, in Markdown."""
    rows = [_HEADS, *map(_row, tallies)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    rows.insert(1, tuple("-" * width for width in widths))
    lines = (
        " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in rows
    )
    return "".join(f"| {line} |\n" for line in lines) + f"\nseed {seed}\n"


def put_into_readme(table: str) -> None:
    """Put the table in the place of the one that the README has."""
    before, begin, rest = README.read_text("utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    README.write_text(f"{before}{begin}\n{table}{end}{after}", "utf-8", newline="\n")


def _row(tally: Tally) -> tuple[str, ...]:
    figure = tally.kind.figure.format_map(tally.counts)
    harms = (f"{tally.harms(harm):,}" for harm in Harm)
    return (tally.kind.name, f"{tally.rounds:,}", f"{tally.seconds:.0f}", figure, *harms)


def failures(tally: Tally, seed: int) -> Iterator[str]:
    """Each sort of failure with its number, and the smallest round that shows it."""
    sorts: dict[str, list[Found]] = {}
    for found in tally.found:
        sorts.setdefault(_sort_of(found), []).append(found)
    for several in sorted(sorts.values(), key=len, reverse=True):
        first = min(several, key=lambda one: one.number)
        yield f"{len(several):,} × {first.finding.harm}: {first.finding.what}"
        yield f"    ./dev torture --only {tally.kind.name} --seed {seed} --round {first.number}"


def _sort_of(found: Found) -> str:
    """What is the same but for names, ids, numbers and where it failed is of one sort."""
    what = re.sub(r" \[.*\]$|(?<=: )\.\S+", "", found.finding.what)
    return re.sub(r"\S*[/\d]\S*", "#", f"{found.finding.harm} {what}")[:120]
