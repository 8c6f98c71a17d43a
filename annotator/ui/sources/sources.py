"""Go ▸ Sources…: the command of the page of sources, which is loaded when it is opened."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from annotator.ui.articles.saving import Saving
from annotator.ui.command import GO, Command
from annotator.ui.desk import Desk
from annotator.ui.keys.keys import Keys
from annotator.ui.talk import Talk
from annotator.ui.theme import Appearance


class SourceRegistry:
    """Shows the registry of the open folder; ``keys`` are those that all commands have now."""

    def __init__(
        self,
        desk: Desk,
        talk: Talk,
        appearance: Appearance,
        saving: Saving,
        keys: Callable[[], Mapping[Command, Keys]],
    ) -> None:
        self._desk, self._talk, self._appearance = desk, talk, appearance
        self._saving, self._keys = saving, keys

    def commands(self) -> Iterable[Command]:
        """Showing the page."""
        yield Command(
            "go.sources", "&Sources…", ("F9",), GO, self.show, enabled=self._desk.is_open, group=2
        )

    def show(self) -> None:
        """Open the page, or bring it to the front."""
        from annotator.ui.sources.page import SourcesPage

        self._desk.need_session()
        page = self._talk.parent.findChild(SourcesPage) or SourcesPage(
            self._desk, self._talk, self._appearance, self._saving, self._keys
        )
        page.show()
        page.raise_()
        page.activateWindow()
