"""Where the user wants an output to go, and whether it may replace what is there."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import NamedTuple

from annotator.core.display_text import escaped, shown_name
from annotator.ui.talk import Talk


class OutputPlace(NamedTuple):
    """The path of an output; ``replace`` where the user was asked about the file that is there."""

    path: Path
    replace: bool = False


def place_of(talk: Talk, chosen: str, ending: str) -> OutputPlace | None:
    """The place that was ``chosen`` in a dialog for files, with an ``ending`` if it needs one.

    The dialog has asked about the name as it was chosen; about another one this asks. None where
    nothing was chosen, or what is there is to stay.
    """
    path = Path(f"{chosen}{ending}")
    if chosen and ending and path.exists():
        question = f"{shown_name(path.name)} is there already. Replace it?"
        detail = f"It lies in {escaped(str(path.parent))}."
        if talk.choose(question, detail, "Replace", "Cancel") != 0:
            return None
    return OutputPlace(path, replace=True) if chosen else None


def free(path: Path) -> Path:
    """A path at which there is nothing yet, with a number if need be."""
    numbered = (path.with_name(f"{path.name}-{number}") for number in count(2))
    return path if not path.exists() else next(one for one in numbered if not one.exists())
