"""The status bar and the window's title, kept up with the open article."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from annotator.core.change import Change
from annotator.core.display_text import shown_name
from annotator.ui.articles.saving import Saving
from annotator.ui.desk import Desk
from annotator.ui.page.page import Page
from annotator.ui.widgets.status_bar import (
    StatusBar,
    counts_sentence,
    destination_sentence,
    problems_sentence,
)

MARK = "[*]"
"""Where in a title Qt marks that something is not saved."""


class StatusLine(QObject):
    """How many tags there are, where the caret is, whether all is saved."""

    title_changed = Signal(str, bool)
    """The window's title, with Qt's place for a mark, and whether something is not saved."""

    def __init__(self, desk: Desk, page: Page, saving: Saving, bar: StatusBar) -> None:
        super().__init__(desk)
        self._desk, self._page, self._saving, self._bar = desk, page, saving, bar
        desk.opened.connect(self._show)
        desk.changed.connect(self._follow)
        desk.selected_changed.connect(self._show_destination)
        page.cursorPositionChanged.connect(self._show_caret)
        page.selectionChanged.connect(self._show_caret)
        saving.state_changed.connect(self._show_saved)

    def show_problems(self, number: int) -> None:
        """Say how many problems there are."""
        self._bar.problems.setText(problems_sentence(number))
        self._bar.problems.setVisible(bool(number))

    def _show(self) -> None:
        self._show_counts()
        self._show_destination()
        self._show_saved()
        self._show_caret()

    def _follow(self, change: Change) -> None:
        self._show_counts()
        self._show_saved()
        if not self._desk.lit(self._desk.selected).isdisjoint(change.touched):
            self._show_destination()

    def _show_counts(self) -> None:
        self._bar.counts.setText(counts_sentence(self._desk.tagging))

    def _show_destination(self) -> None:
        session = self._desk.session
        if session is not None:
            registry, selected = session.registry, self._desk.annotation
            going = destination_sentence(session.tagging, registry, selected)
            self._bar.destination.setText(going)

    def _show_caret(self) -> None:
        start, end = self._page.selection
        place = f"{start}–{end}" if start < end else f"{end}"
        self._bar.caret.setText(f"¶ {self._page.paragraph_at(end)} · {place}")

    def _show_saved(self) -> None:
        session = self._desk.session
        if session is None:
            return
        self._bar.saved.setText(self._saving.sentence())
        self._bar.file.setText(shown_name(session.path.name) if session.annotator else "")
        review = "Review of " if self._desk.is_reviewing() else ""
        # For Qt the mark's place is the first that is not doubled.
        name = shown_name(session.article_path.name).replace(MARK, 2 * MARK)
        title = f"{review}{name}{MARK} – Source-attribution annotator"
        self.title_changed.emit(title, session.unsaved)
