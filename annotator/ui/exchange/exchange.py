"""File ▸ Save a picture…, Export… and Import…: the commands; the work is loaded when wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.ui.command import FILE, Command
from annotator.ui.desk import Desk
from annotator.ui.settings import Settings
from annotator.ui.talk import Talk
from annotator.ui.theme import Appearance

if TYPE_CHECKING:
    from annotator.ui.exchange.work import ExchangeWork


class PictureExport:
    """Saves a picture of the open article with its tags, in the colours of the window."""

    def __init__(self, desk: Desk, talk: Talk, appearance: Appearance) -> None:
        self._desk, self._talk, self._appearance = desk, talk, appearance

    def commands(self) -> Iterable[Command]:
        """Saving the picture."""
        in_file = partial(Command, menu=FILE, enabled=self._desk.is_open, group=1)
        yield in_file("file.picture", "Save a pict&ure…", (), run=self.ask_and_save)

    def ask_and_save(self) -> None:
        """Write the picture where the user says; raises `StorageError`."""
        from annotator.ui.exchange import picture

        session, folder = self._desk.need_session(), self._desk.need_folder()
        talk, name = self._talk, session.path.stem
        place = picture.ask_where(talk.parent, talk, folder.path, name, ".png")
        if place:
            article, tagging, registry = session.article, session.tagging, session.registry
            painted = picture.paint(article, tagging, registry, self._appearance.theme)
            picture.write(painted, place)
            talk.hint(f"The picture is in {place.path}.")


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
        in_file, is_open = partial(Command, menu=FILE, group=1), self._desk.is_open
        yield in_file(
            "file.export", "&Export…", (), run=lambda: self.work.ask_export(), enabled=is_open
        )
        yield in_file("file.import", "&Import…", (), run=lambda: self.work.ask_import())
