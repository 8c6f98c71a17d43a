"""What a command is: menus, strip, palette, key list and settings are made from them.

A command stands beside the function that it runs, in its feature; the root collects them.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import NamedTuple

from annotator.core.model import Kind


class Where(Enum):
    """Where a command's keys work."""

    PAGE = "only while the text has the focus, so that letters stay letters in a field"
    REVIEW = "only while reviewing, in the text with no words selected, and in the list of items"
    WINDOW = "everywhere in the window; a bare letter still only in the text"


def _always() -> bool:
    return True


class Command(NamedTuple):
    """One thing the window can do.

    ``name`` is what settings call it; ``menu`` the menu it stands in, where a ``group`` of
    commands is set apart by a line. ``strip`` and ``context`` put it into the tool bar
    and the context menu, ``sub`` into a submenu of that title. ``title`` is what the label
    reads at the moment, where that changes.
    """

    name: str
    label: str
    keys: tuple[str, ...]
    menu: str
    run: Callable[[], object]
    where: Where = Where.WINDOW
    enabled: Callable[[], bool] = _always
    checked: Callable[[], bool] | None = None
    kind: Kind | None = None
    strip: bool = False
    context: bool = False
    group: int = 0
    sub: str = ""
    title: Callable[[], str] | None = None


FILE, EDIT, ANNOTATE, GO = "&File", "&Edit", "&Annotate", "&Go"
REVIEW, VIEW, HELP = "&Review", "&View", "&Help"
MENUS = (FILE, EDIT, ANNOTATE, GO, REVIEW, VIEW, HELP)
