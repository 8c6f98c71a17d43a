"""``./dev bench``: the budgets beside what was measured, as a Markdown table.

The exit code says whether it could be measured, not whether the budgets are kept: a machine
that is busy with something else proves nothing. With ``--readme`` the table goes into the README.
"""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

README = Path(__file__).resolve().parents[2] / "README.md"
BEGIN, END = "<!-- ./dev bench -->", "<!-- ./dev bench ends -->"


class Row(NamedTuple):
    """A line of the table; ``kept`` judges the longest article that was measured."""

    measure: str
    cells: tuple[str, str, str]
    budget: str = "–"
    kept: bool | None = None


def main() -> None:
    """Measure in a home of its own, so that no setting of the user's matters."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="annotator-bench-") as name:
        home = Path(name)
        for kind in ("CACHE", "CONFIG", "DATA", "STATE"):
            os.environ[f"XDG_{kind}_HOME"] = str(home / kind.lower())
        os.environ |= {"HOME": name, "ANNOTATOR_DATA_DIR": str(home / "annotator")}
        rows = [*measured_in_one_window(home), cold_start(home)]
    sys.stdout.write(table(rows))
    if "--readme" in sys.argv:
        put_into_readme(table(rows))


def put_into_readme(drawn: str) -> None:
    """Put the table in the place of the one that the README has."""
    text = README.read_text("utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    README.write_text(f"{before}{begin}\n{drawn}{end}{after}", "utf-8", newline="\n")


def measured_in_one_window(home: Path) -> Iterator[Row]:
    """Everything but the cold start: ours and the bare text widget in turn, in one process."""
    from annotator.ui.program import make_application
    from tests.benchmarks import measures
    from tests.benchmarks.made import SIZES, lay_out
    from tests.benchmarks.rig import keep_the_platform_quiet, open_bare, open_window

    make_application()
    keep_the_platform_quiet()
    files = [lay_out(size, home / f"article-{number}") for number, size in enumerate(SIZES)]
    app, bare = open_window(), open_bare()
    opened, scrolled, pressed, saved = [], [], [], []
    for number, file in enumerate(files):
        other = files[number - 1 if number else 1]
        opened.append(measures.open_file(app, bare, file, other, 9))
        scrolled.append(measures.scroll(app, bare, 60))
        pressed.append(measures.press_key(app, bare, 60))
        saved.append(measures.save(app, 9))
    app.window.close()
    bare.close()
    yield row(
        "open: paths to text and highlights painted",
        [with_ratio(*times) for times in opened],
        "≤ 10 × bare, ≤ 250 ms",
        opened[-1].ratio <= 10 and opened[-1].ours <= 0.25,
    )
    yield row(
        "key to new highlight painted, journal on disk",
        [with_ratio(*times) for times in pressed],
        "≤ 8 ms",
        pressed[-1].ours <= 0.008,
    )
    yield row(
        "scroll one page, painted",
        [with_ratio(*times) for times in scrolled],
        "≤ 1.5 × bare",
        scrolled[-1].ratio <= 1.5,
    )
    yield row("save after one change: window held up", [ms(here) for here, _ in saved])
    yield row("save after one change: writer beside it", [ms(writer) for _, writer in saved])


def cold_start(home: Path) -> Row:
    """From starting the process to the seed article painted."""
    from tests.benchmarks.cold import cold_starts

    times = cold_starts(home / "cold", 9)
    cells = [with_ratio(*times), "–", "–"]
    return row("cold start to painted article", cells, "≤ 2 × bare", times.ratio <= 2)


def row(measure: str, cells: list[str], budget: str = "–", kept: bool | None = None) -> Row:
    """A line with its three cells, one for each article."""
    seed, medium, large = cells
    return Row(measure, (seed, medium, large), budget, kept)


def with_ratio(ours: float, bare: float) -> str:
    """A time, and how many times that of the bare widget it is."""
    return f"{ms(ours)} ({ours / bare:.1f} ×)"


def ms(seconds: float) -> str:
    """Seconds as milliseconds, to two digits or more."""
    thousandths = seconds * 1000
    return f"{thousandths:.1f} ms" if thousandths < 10 else f"{thousandths:.0f} ms"


def table(rows: list[Row]) -> str:
    """The rows as Markdown, and below them what they were measured on."""
    from PySide6.QtCore import qVersion

    from tests.benchmarks.made import SIZES

    heads = ["measure", *(size.name for size in SIZES), "budget", ""]
    verdicts = {True: "ok", False: "**over**", None: ""}
    lines = [[one.measure, *one.cells, one.budget, verdicts[one.kept]] for one in rows]
    drawn = [f"| {' | '.join(cells)} |" for cells in (heads, ["---"] * len(heads), *lines)]
    return "\n".join(
        (
            *drawn,
            "",
            "Medians; in brackets the ratio to a bare read-only `QTextEdit` with the same text, "
            "font, line height and size (900 × 900), measured in turn with it. "
            f"Platform {os.environ['QT_QPA_PLATFORM']}, Qt {qVersion()}, "
            f"Python {platform.python_version()} on {sys.platform}, {os.cpu_count()} cores.\n",
        )
    )


if __name__ == "__main__":
    main()
