"""The menus that open again what was open lately."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from annotator.ui.articles import opening
from annotator.ui.articles.recent import FOLDERS, Recent, clear, paths

if TYPE_CHECKING:
    from annotator.ui.window import Window

LONGEST = 60
"""Characters of a path in the menu; a longer one is cut in its middle."""


def add_menu(window: Window, before: QAction) -> None:
    """Add the menu of recent folders to the menu File; it is filled when it opens."""
    file_menu = next(menu for menu in map(_menu_of, window.menuBar().actions()) if menu)
    menu = QMenu(FOLDERS.title, file_menu)
    file_menu.insertMenu(before, menu)
    # Already when the menu above it opens, since one without entries could not be entered.
    file_menu.aboutToShow.connect(partial(_fill, window, menu, FOLDERS))


def _menu_of(action: QAction) -> QMenu | None:
    menu = action.menu()
    return menu if isinstance(menu, QMenu) else None


def _fill(window: Window, menu: QMenu, recent: Recent) -> None:
    menu.clear()
    listed = paths(window.settings, recent)
    for number, path in enumerate(listed, 1):
        action = menu.addAction(_label(number, path), partial(_open, window, path))
        action.setEnabled(path.is_dir())
    menu.addSeparator()
    menu.addAction("&Clear", lambda: clear(window.settings, recent))
    menu.setEnabled(bool(listed))


def _open(window: Window, path: Path) -> None:
    window.attempt(lambda: opening.open_target(window, path))


def _label(number: int, path: Path) -> str:
    """The path as it is typed at home, with a digit to press: "1  ~/news/nk-russia"."""
    home = str(Path.home())
    shown = str(path)
    if shown.startswith(home + os.sep):
        shown = "~" + shown.removeprefix(home)
    if len(shown) > LONGEST:
        shown = f"{shown[: LONGEST // 3]}…{shown[-LONGEST * 2 // 3 :]}"
    return f"&{number % 10}  {shown.replace('&', '&&')}"
