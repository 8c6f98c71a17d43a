"""What reading a YAML file comes to."""

from __future__ import annotations

from typing import Any, NamedTuple

LONGEST_SCALAR = 8_000_000
"""Code points."""

Path = tuple[str | int, ...]


class Tree(NamedTuple):
    """A YAML document as plain values, and where each of them stands.

    ``value`` is made of dict, list, str, int, float and bool. ``lines`` has its shape: the
    1-based line of a scalar, or that of a collection with the lines of its items.
    """

    value: Any
    lines: Any

    def line(self, path: Path) -> int:
        """The 1-based line of the node at ``path``; of a missing one, that of its parent."""
        here = self.lines
        for step in path:
            try:
                here = here[1][step]
            except (TypeError, LookupError):
                break
        return here if isinstance(here, int) else int(here[0])
