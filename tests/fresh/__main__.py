"""``./dev fresh``: run and test the program on Debians that were installed a minute ago.

Each SUITE is installed into a temporary folder with as little as a Debian can have; the last
commit is cloned into it, and there ./dev must do the rest. Only root can do that.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

from tests.fresh.system import System, refusal

CHECKOUT = Path(__file__).resolve().parents[2]
SUITES = ("bookworm", "trixie", "forky")
MANY_FONTS = (
    "fonts-noto-core", "fonts-noto-ui-core", "fonts-noto-cjk", "fonts-noto-color-emoji",
    "fonts-noto-mono", "fonts-liberation", "fonts-freefont-ttf", "fonts-dejavu-extra",
)  # fmt: skip
STEPS = ("check", "run", "test")
COLUMNS = (
    "system",
    "Python",
    "PySide6",
    "fonts",
    *(c for step in STEPS for c in (step, "s", "MB")),
)


@dataclass
class Trial:
    """One system, and what came of it."""

    system: System
    user: str
    place: Path
    cells: list[str] = field(default_factory=list)

    def dev(self, *arguments: str) -> bool:
        """Run ./dev there; the line that it may ask for once is given to root."""
        for _ in range(2):
            begin = self.system.log.tell()
            if not self.system.run("./dev", *arguments, user=self.user, folder=self.place):
                return True
            asked = re.search(r"^sudo (.*)", self._said(begin), re.MULTILINE)
            if not asked:
                break
            line = asked[1].replace("sudo ", "").replace(" install ", " install -y -q ")
            self.system.run("sh", "-c", line)
        return False

    def _said(self, begin: int) -> str:
        return Path(self.system.log.name).read_bytes()[begin:].decode("utf-8", "replace")

    def python(self, code: str) -> str:
        """What Python prints there, in the environment that ./dev made."""
        begin = self.system.log.tell()
        self.system.run(".venv/bin/python", "-c", code, user=self.user, folder=self.place)
        return self._said(begin).rstrip().rpartition("\n")[2]

    def timed(self, *arguments: str) -> bool:
        """Run ./dev, and note how it ended, its seconds and the size of its environment."""
        start = time.monotonic()
        well = self.dev(*arguments)
        seconds = f"{time.monotonic() - start:.0f}"
        self.cells += ["ok" if well else "FAILED", seconds, str(self._size())]
        return well

    def _size(self) -> int:
        there = self.system.root / self.place.relative_to("/") / ".venv"
        return self.system.megabytes(self.place / ".venv") if there.exists() else 0

    def fonts(self) -> int:
        """The number of files of fonts that are installed there."""
        places = (self.system.root / "usr/share/fonts").rglob("*")
        return sum(path.suffix.lower() in (".ttf", ".otf", ".ttc") for path in places)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser("./dev fresh", description=__doc__)
    parser.add_argument("suites", nargs="*", metavar="SUITE", help=f"by default {SUITES}")
    parser.add_argument("--user", action="store_true", help="as anna, who is not root")
    parser.add_argument("--fonts", action="store_true", help="with some 400 fonts installed")
    parser.add_argument("--no-test", action="store_true", help="./dev run alone")
    return parser.parse_args()


def main() -> int:
    """Try each system; returns 1 where one of them failed."""
    wanted = arguments()
    if why := refusal():
        sys.exit(why)
    if not which("debootstrap"):
        subprocess.run(["apt-get", "-qq", "install", "debootstrap"], stdout=sys.stderr, check=True)
    rows = [row_of(suite, wanted) for suite in wanted.suites or SUITES]
    print(*table([COLUMNS, *map(tuple, rows)]), sep="\n")  # noqa: T201
    return int(any("FAILED" in row for row in rows))


def row_of(suite: str, wanted: argparse.Namespace) -> list[str]:
    """Install a system, try it, and remove it again."""
    name = suite + " as anna" * wanted.user + " with fonts" * wanted.fonts
    path = CHECKOUT / "build" / f"fresh-{name.replace(' ', '-')}.log"
    say(f"{name}; what happens is written to {path}")
    path.parent.mkdir(exist_ok=True)
    with TemporaryDirectory(prefix="fresh-") as folder, path.open("w+", encoding="utf-8") as log:
        system = System(Path(folder, suite), log)
        try:
            return [name, *tried(system, suite, wanted)]
        finally:
            system.remove()


def tried(system: System, suite: str, wanted: argparse.Namespace) -> list[str]:
    """The cells of a system's row after its name."""
    system.install(suite)
    if wanted.fonts:
        say("  fonts")
        system.run("sh", "-c", f"apt-get -q update && apt-get -y -q install {' '.join(MANY_FONTS)}")
    user = "anna" if wanted.user else "root"
    trial = Trial(system, user, system.clone(CHECKOUT))
    steps = [("run", "check", "seeds"), ("run",), ("test",)]  # the first needs nothing of Qt
    for step in steps[: 2 if wanted.no_test else 3]:
        say(f"  ./dev {' '.join(step)}")
        if not trial.timed(*step):
            break
    versions = "import sys, PySide6; print(*sys.version.split()[:1], PySide6.__version__)"
    return [*trial.python(versions).split(), str(trial.fonts()), *trial.cells]


def say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


def table(rows: list[tuple[str, ...]]) -> Iterator[str]:
    """The rows with their columns below each other."""
    full = [(*row, *("" for _ in COLUMNS))[: len(COLUMNS)] for row in rows]
    widths = [max(map(len, column)) for column in zip(*full, strict=True)]
    for row in full:
        yield "  ".join(map(str.ljust, row, widths)).rstrip()


if __name__ == "__main__":
    sys.exit(main())
