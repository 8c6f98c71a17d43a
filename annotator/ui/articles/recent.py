"""The folders that were open lately: as the settings keep them, and their menu."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from annotator.core.display_text import shown_name
from annotator.storage.shipped.sample import sample_place
from annotator.ui.articles.opening import Opening
from annotator.ui.desk import Desk
from annotator.ui.settings import Settings
from annotator.ui.widgets.background import Background, Progress

SETTING = "recent_folders"
TITLE = "&Recent folders"
MOST = 10

LONGEST = 60
"""Characters of a path in the menu; a longer one is cut in its middle."""


def remember(settings: Settings, path: Path) -> None:
    """Put a folder at the top."""
    others = (one for one in recent(settings) if one != path)
    _put(settings, [path, *others][:MOST])


def recent(settings: Settings) -> list[Path]:
    """The folders, the latest first; none where the settings hold something else."""
    try:
        kept = json.loads(settings.text(SETTING))
    except ValueError:
        return []
    listed = kept if isinstance(kept, list) else []
    return [Path(one) for one in listed if isinstance(one, str)][:MOST]


def _put(settings: Settings, listed: list[Path]) -> None:
    settings.put(SETTING, json.dumps([str(path) for path in listed], ensure_ascii=False))


class RecentFolders(QMenu):
    """Opens again what was open lately; what is gone turns grey.

    A thread finds out what is there: a network drive that does not answer must not hold up
    the menu.
    """

    def __init__(
        self, desk: Desk, settings: Settings, opening: Opening, file_menu: QMenu, before: QAction
    ) -> None:
        """Stands in ``file_menu``, above the entry ``before``."""
        super().__init__(TITLE, file_menu)
        self._desk, self._settings, self._opening = desk, settings, opening
        self._gone: set[Path] = set()
        self._looking = Background(self)
        self._looking.came.connect(self._show_gone)
        file_menu.insertMenu(before, self)
        # Already when the menu above it opens, since one without entries could not be entered.
        file_menu.aboutToShow.connect(self._fill)
        desk.opened.connect(self._remember)

    def _remember(self) -> None:
        folder = self._desk.need_folder().path
        if folder != sample_place():
            remember(self._settings, folder)

    def _fill(self) -> None:
        self.clear()
        listed = recent(self._settings)
        for number, path in enumerate(listed, 1):
            action = self.addAction(_label(number, path), partial(self._opening.open, path))
            action.setData(str(path))
        self._show_gone(self._gone)
        self.addSeparator()
        self.addAction("&Clear", partial(_put, self._settings, []))
        self.setEnabled(bool(listed))
        self._looking.start(partial(_gone, listed))

    def _show_gone(self, gone: set[Path]) -> None:
        self._gone = gone
        for action in self.actions():
            if path := action.data():
                action.setEnabled(Path(path) not in gone)


def _gone(paths: Sequence[Path], _: Progress) -> set[Path]:
    return {path for path in paths if not path.is_dir()}


def _label(number: int, path: Path) -> str:
    """The path as it is typed at home, with a digit to press: "1  ~/news/nk-russia"."""
    home = str(Path.home())
    shown = str(path)
    if shown.startswith(home + os.sep):
        shown = "~" + shown.removeprefix(home)
    return f"&{number % 10}  {shown_name(shown, LONGEST).replace('&', '&&')}"
