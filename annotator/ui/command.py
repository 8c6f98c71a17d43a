"""What a command is: a line of the table from which menus, strip and key list are made."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from annotator.core.model import Kind

if TYPE_CHECKING:
    from annotator.ui.window import Window

Run = Callable[["Window"], object]
Test = Callable[["Window"], bool]


class Where(Enum):
    """Where a command's keys work."""

    PAGE = "only while the text has the focus, so that letters stay letters in a field"
    REVIEW = "only while reviewing, in the text with no words selected, and in the list of items"
    WINDOW = "everywhere in the window; a bare letter still only in the text"


class Command(NamedTuple):
    """One thing the window can do.

    ``name`` is what settings call it; ``menu`` the menu it stands in; a ``group`` of
    commands is set apart by a line. ``strip`` and ``context`` put it into the tool bar
    and the context menu, ``sub`` into a submenu of that title.
    """

    name: str
    label: str
    keys: tuple[str, ...]
    menu: str
    run: Run
    where: Where = Where.WINDOW
    enabled: Test = lambda window: True
    checked: Test | None = None
    kind: Kind | None = None
    strip: bool = False
    context: bool = False
    group: int = 0
    sub: str = ""


FILE, EDIT, ANNOTATE, GO = "&File", "&Edit", "&Annotate", "&Go"
REVIEW, VIEW, HELP = "&Review", "&View", "&Help"
MENUS = (FILE, EDIT, ANNOTATE, GO, REVIEW, VIEW, HELP)


def is_open(window: Window) -> bool:
    """Whether an article lies on the desk."""
    return window.desk.session is not None
