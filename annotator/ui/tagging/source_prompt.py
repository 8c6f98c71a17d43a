"""Asking for a source at the text, and doing what it was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect

from annotator.core.model import Annotation
from annotator.core.sources import Source
from annotator.ui.tagging import shape, tags
from annotator.ui.tagging.candidates import Candidate
from annotator.ui.tagging.source_picker import SourcePicker

if TYPE_CHECKING:
    from annotator.ui.window import Window

RECENT = 5
MOST_NEW = 8
"""Names that the article offers as new sources; the page of sources has them all."""
AROUND = 12
"""Pixels left free above and below the words."""


class Picking(QObject):
    """The picker, and the words or the annotation that it was opened for."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._words = (0, 0)
        self._annotation: Annotation | None = None
        self._behind = False
        self._recent: list[str] = []
        self.panel = SourcePicker(window)
        self.panel.chosen.connect(lambda source: self._take(source, new=False))
        self.panel.created.connect(self._create)
        self.panel.cancelled.connect(window.page.setFocus)

    def ask(
        self,
        start: int,
        end: int,
        annotation: Annotation | None,
        behind: Annotation | None = None,
    ) -> None:
        """Open the picker below the words ``[start, end)`` in code points.

        The source is for ``annotation``, else for a new attribution of these words, which
        stands behind ``behind`` where that is given.
        """
        self._words, self._annotation = (start, end), annotation
        self._behind = behind is not None
        words = self._window.page.article.text[start:end]
        current = annotation.source if annotation else None
        place, lines, room = self._below(start, end)
        registry, recent, new = self._window.registry, self._recent, self._new(start, words)
        self.panel.open_at(place, registry, words, current, recent, lines, room, new)

    def _new(self, start: int, words: str) -> list[Candidate]:
        """The names that nobody has entered as sources yet, of the article around ``start``."""
        from annotator.suggest.names import MOST, names_in

        registry, language = self._window.registry, shape.language(self._window)
        near = self._window.page.article.text[max(0, start - MOST // 2) :]
        cited = {one.name for one in names_in(words, registry, language)} | {words}
        found = names_in(near, registry, language)
        ranked = sorted(found, key=lambda one: one.name not in cited)[:MOST_NEW]
        return [Candidate(None, one.name, one.short or "", one.name in cited) for one in ranked]

    def _below(self, start: int, end: int) -> tuple[QPoint, int, QRect]:
        """The place under the last line of the words, their height, and where the page is."""
        page = self._window.page
        first, last = page.below(start), page.below(max(start, end - 1))
        place = QPoint(min(first.x(), last.x()), last.y())
        lines = last.y() - first.y() + page.cursorRect().height() + AROUND
        return place, lines, QRect(page.mapToGlobal(QPoint()), page.size())

    def _create(self, name: str, short: str) -> None:
        self._take(tags.new_source(self._window, name, short), new=True)

    def _take(self, source: Source, *, new: bool) -> None:
        self._recent = [source.id, *(i for i in self._recent if i != source.id)][:RECENT]
        window = self._window
        words, annotation = self._words, self._annotation
        if self._behind:
            window.attempt(lambda: shape.tag_behind_selected(window, source, words, new=new))
        else:
            window.attempt(lambda: tags.take_source(window, source, words, annotation, new))
        window.page.setFocus()
