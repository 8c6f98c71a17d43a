"""The size of the text."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from annotator.ui.command import VIEW, Command
from annotator.ui.page.page import Page
from annotator.ui.settings import Settings

NORMAL, LEAST, MOST = 12.0, 7.0, 40.0
"""Sizes in points."""


class Zoom:
    """Makes the text larger and smaller, and remembers its size."""

    def __init__(self, settings: Settings, page: Page) -> None:
        self._settings, self._page = settings, page
        page.zoom_wanted.connect(self.by)

    def commands(self) -> Iterable[Command]:
        """Larger, smaller, normal."""
        for name, label, keys, steps in (
            ("view.larger", "&Larger text", ("Ctrl++", "Ctrl+="), 1),
            ("view.smaller", "&Smaller text", ("Ctrl+-",), -1),
            ("view.normal", "&Normal size", ("Ctrl+0",), 0),
        ):
            yield Command(name, label, keys, VIEW, partial(self.by, steps))

    def by(self, steps: float) -> None:
        """Make the text larger or smaller by points; 0 for the normal size."""
        size = self._settings.number("zoom") + steps
        self._settings.put("zoom", min(MOST, max(LEAST, size)) if steps else NORMAL)
        self.apply()

    def apply(self) -> None:
        """Take the remembered size."""
        self._page.set_zoom(self._settings.number("zoom"))
