"""Asking for a source at the text: the picker below the words, and what it offers first."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect

from annotator.core.sources import Source, new_source_id
from annotator.ui.desk import Desk
from annotator.ui.page.page import Page
from annotator.ui.ports import Range
from annotator.ui.tagging.parts import PartProposals
from annotator.ui.talk import Talk
from annotator.ui.theme import Appearance

if TYPE_CHECKING:
    from annotator.ui.tagging.candidates import Candidate
    from annotator.ui.tagging.source_picker import SourcePicker

RECENT = 5
MOST_NEW = 8
"""Names that the article offers as new sources; the page of sources has them all."""
AROUND = 12
"""Pixels left free above and below the words."""

Take = Callable[[Source, bool], object]
"""Does what the source was asked for; true where it is not in the registry yet."""


class SourcePrompt(QObject):
    """The picker, what it was opened for, and the sources that were chosen lately."""

    def __init__(
        self, desk: Desk, page: Page, talk: Talk, parts: PartProposals, appearance: Appearance
    ) -> None:
        super().__init__(talk.parent)
        self._desk, self._page, self._talk = desk, page, talk
        self._parts, self._appearance = parts, appearance
        self._take: Take = lambda source, new: None
        self._recent: list[str] = []

    @cached_property
    def panel(self) -> SourcePicker:
        """The picker, made when it is first wanted."""
        from annotator.ui.tagging.source_picker import SourcePicker

        panel = SourcePicker(self._talk.parent)
        panel.chosen.connect(lambda source: self._choose(source, new=False))
        panel.created.connect(self._create)
        panel.cancelled.connect(self._page.setFocus)
        self._appearance.add(panel)
        return panel

    def ask(self, words: Range, current: str | None, take: Take) -> None:
        """Open the picker below the ``words``; ``take`` is called with the source chosen in it.

        ``current`` is the id of the source that is there already.
        """
        self._take = take
        place, lines, room = self._below(*words)
        registry, recent, new = self._desk.registry, self._recent, self._new(*words)
        quoted = self._page.article.text[slice(*words)]
        self.panel.open_at(place, registry, quoted, current, recent, lines, room, new)

    def _new(self, start: int, end: int) -> list[Candidate]:
        """The names that nobody has entered as sources yet, of the article around ``start``."""
        from annotator.suggest.names import MOST, names_in
        from annotator.ui.tagging.candidates import Candidate

        text, registry = self._page.article.text, self._desk.registry
        language, words = self._parts.language(), text[start:end]
        cited = {one.name for one in names_in(words, registry, language)} | {words}
        found = names_in(text[max(0, start - MOST // 2) :], registry, language)
        ranked = sorted(found, key=lambda one: one.name not in cited)[:MOST_NEW]
        return [Candidate(None, one.name, one.short or "", one.name in cited) for one in ranked]

    def _below(self, start: int, end: int) -> tuple[QPoint, int, QRect]:
        """The place under the last line of the words, their height, and where the page is."""
        page = self._page
        first, last = page.below(start), page.below(max(start, end - 1))
        place = QPoint(min(first.x(), last.x()), last.y())
        lines = last.y() - first.y() + page.cursorRect().height() + AROUND
        return place, lines, QRect(page.mapToGlobal(QPoint()), page.size())

    def _create(self, name: str, short: str) -> None:
        source_id = new_source_id(short or name, self._desk.registry.by_id)
        self._choose(Source(id=source_id, name=name, short=short or None), new=True)

    def _choose(self, source: Source, *, new: bool) -> None:
        self._recent = [source.id, *(i for i in self._recent if i != source.id)][:RECENT]
        self._talk.attempt(lambda: self._take(source, new))
        self._page.setFocus()
