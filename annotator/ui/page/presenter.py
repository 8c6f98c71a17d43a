"""The page kept up with the desk: the article, its tags, what is selected and what lights up."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.core.change import Change
from annotator.ui.command import EDIT, GO, Command, Where
from annotator.ui.desk import Desk
from annotator.ui.page.page import Page


class PagePresenter:
    """Shows on the page what is open on the desk."""

    def __init__(self, desk: Desk, page: Page) -> None:
        self._desk, self._page = desk, page
        desk.opened.connect(self._show)
        desk.changed.connect(self._follow)
        desk.selected_changed.connect(self.light)
        desk.place_restored.connect(lambda words: page.select(*words))
        page.words_chosen.connect(desk.select)
        page.hovered.connect(lambda _: self.light())
        page.cursorPositionChanged.connect(self.light)
        # Letting go of a selection moves only its anchor, which Qt does not call a new position.
        page.selectionChanged.connect(self.light)

    def commands(self) -> Iterable[Command]:
        """Copying, and going to the text."""
        copy, in_text = self._page.copy, Where.PAGE
        yield Command("edit.copy", "&Copy", ("Ctrl+C",), EDIT, copy, in_text, context=True, group=1)
        yield Command("go.text", "To the &text", ("F6",), GO, self._page.setFocus, group=2)

    def _show(self) -> None:
        session = self._desk.need_session()
        self._page.show_article(session.article, session.tagging)

    def _follow(self, change: Change) -> None:
        self._page.show_change(change)
        self.light()

    def light(self) -> None:
        """Light up what is linked with the selected tag and the one under mouse or caret."""
        under = self._page.under_mouse or self._page.under_caret
        lit = self._desk.lit(self._desk.selected) | self._desk.lit(under)
        self._page.show_selected(self._desk.selected, lit)
