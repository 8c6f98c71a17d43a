"""Who says what and all tags, kept up with the open article."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtWidgets import QWidget

from annotator.core.change import Change
from annotator.ui.command import GO, Command
from annotator.ui.desk import Desk
from annotator.ui.lists.all_tags import AllTags
from annotator.ui.lists.who_says_what import WhoSaysWhat
from annotator.ui.ports import Sides, TextView
from annotator.ui.tagging.navigation import go_to


class TagLists:
    """Follows the desk; going to a line goes to its tag in the text."""

    def __init__(
        self,
        desk: Desk,
        text: TextView,
        sides: Sides,
        who_says_what: WhoSaysWhat,
        all_tags: AllTags,
    ) -> None:
        self._desk, self._text, self._sides = desk, text, sides
        self._who_says_what, self._all_tags = who_says_what, all_tags
        desk.opened.connect(self._show)
        desk.changed.connect(self._follow)
        desk.selected_changed.connect(self._show_selected)
        for panel in (who_says_what, all_tags):
            panel.picked.connect(partial(go_to, desk, text))
            panel.left.connect(text.setFocus)

    def commands(self) -> Iterable[Command]:
        """Going to the lists."""
        for name, label, key, panel in (
            ("go.said", "&Who says what", "Alt+1", self._who_says_what),
            ("go.tags", "A&ll tags", "Alt+2", self._all_tags),
        ):
            yield Command(name, label, (key,), GO, partial(self._go, panel), group=2)

    def _go(self, panel: QWidget) -> None:
        self._sides.show_list(panel)

    def _show(self) -> None:
        session = self._desk.need_session()
        self._all_tags.show_tagging(session.tagging, session.registry)
        self._who_says_what.show_tagging(session.tagging, session.registry)
        self._show_selected()

    def _follow(self, change: Change) -> None:
        self._all_tags.show_change(change, self._desk.registry)
        self._who_says_what.show_change(change, self._desk.registry)
        if not self._desk.lit(self._desk.selected).isdisjoint(change.touched):
            self._show_selected()

    def _show_selected(self) -> None:
        for panel in (self._who_says_what, self._all_tags):
            panel.show_selected(self._desk.selected)
