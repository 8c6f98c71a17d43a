"""The extras: packages that not every reader needs, and the line that installs them."""

from __future__ import annotations

import re
import sys

from annotator.storage.log import APP


def install_line(extra: str) -> str:
    """The command that adds an extra's packages to the environment the program runs in.

    Not by the program's own name: on the package index that name is nobody's.
    """
    packages = " ".join(f'"{package}"' for package in _packages(extra))
    python = f'"{sys.executable}"' if " " in sys.executable else sys.executable
    return f"{python} -m pip install {packages}"


def _packages(extra: str) -> list[str]:
    """The requirements of an extra, as in pyproject.toml; none where nothing is installed."""
    from importlib.metadata import PackageNotFoundError, requires  # a fifth of the start of check

    try:
        lines = requires(APP) or ()
    except PackageNotFoundError:
        return []
    of_extra = re.compile(rf"([^;]+); extra == ['\"]{extra}['\"]")
    return [found[1].strip() for found in map(of_extra.fullmatch, lines) if found]
