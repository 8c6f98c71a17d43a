"""File ▸ Export… and File ▸ Import…: the commands, and the work that the first one loads."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.ui.command import FILE, Command
from annotator.ui.desk import Desk
from annotator.ui.settings import Settings
from annotator.ui.talk import Talk

if TYPE_CHECKING:
    from annotator.ui.exchange.work import ExchangeWork


class FileExchange:
    """Exports tagging into other formats, and imports it from them.

    ``save`` saves everything now, and raises where that fails. ``refresh`` looks again into the
    open folder, where an import may have left files; ``open_path`` opens another folder.
    """

    def __init__(
        self,
        desk: Desk,
        talk: Talk,
        settings: Settings,
        save: Callable[[], object],
        refresh: Callable[[], object],
        open_path: Callable[[Path], object],
    ) -> None:
        self._desk, self._talk, self._settings = desk, talk, settings
        self._save, self._refresh, self._open_path = save, refresh, open_path

    @cached_property
    def work(self) -> ExchangeWork:
        """The dialogs and what follows them; loaded with the formats when it is first wanted."""
        from annotator.ui.exchange.work import ExchangeWork

        desk, talk, settings = self._desk, self._talk, self._settings
        return ExchangeWork(desk, talk, settings, self._save, self._refresh, self._open_path)

    def commands(self) -> Iterable[Command]:
        """Export and import."""
        yield Command(
            "file.export",
            "&Export…",
            (),
            FILE,
            lambda: self.work.ask_export(),
            enabled=self._desk.is_open,
            group=1,
        )
        yield Command("file.import", "&Import…", (), FILE, lambda: self.work.ask_import(), group=1)
