"""Finding words, and tagging what was found: hit by hit, or all that remain in one step."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from annotator.core.change import Change
from annotator.core.errors import EditRefused
from annotator.core.text.find import FoldedText, find
from annotator.core.text.hits import Hits
from annotator.ui.articles import opening
from annotator.ui.command import EDIT, Command, is_open

if TYPE_CHECKING:
    from annotator.storage.bulk.search import Found
    from annotator.ui.find.find_bar import FindBar
    from annotator.ui.find.folder_search import FolderSearch
    from annotator.ui.find.tag_hits import Sort
    from annotator.ui.window import Window

LONG = 1_000_000
"""Code points from which on a search waits until typing rests."""

REST_MS = 150
LONGEST_WORDS = 200


class Finding(QObject):
    """What is looked for, its hits in the open article, and at which of them the editor is."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.active = False
        """Whether the bar is open."""
        self.hits = Hits()
        self._folded = FoldedText("")
        self._words = ""
        self._sort: Sort = (None, None)
        self._choices: list[Sort] = []
        self._from = 0
        self._at: int | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.search)

    @cached_property
    def bar(self) -> FindBar:
        """The line below the text; like `folder`, it is loaded and made when first opened."""
        from annotator.ui.find.find_bar import FindBar

        bar = FindBar()
        bar.changed.connect(self._search_when_typed)
        bar.all_changed.connect(self._look_everywhere)
        bar.taken.connect(self._take)
        bar.turned.connect(self.step)
        bar.tag_wanted.connect(lambda: self._window.attempt(self.tag_remaining))
        bar.choices.aboutToShow.connect(self._fill_choices)
        bar.chosen.connect(self._choose)
        bar.closed.connect(self.close)
        self._window.put_below(bar)
        return bar

    @cached_property
    def folder(self) -> FolderSearch:
        """The search through all articles, its list below the bar."""
        from annotator.ui.find.folder_search import FolderSearch

        folder = FolderSearch(self._live, self)
        folder.list.chosen.connect(self._open_article)
        folder.list.closed.connect(self.close)
        self._window.put_below(folder.list)
        return folder

    # The hand

    def open(self) -> None:
        """Open the bar with the selected words in its field, or go back into the field."""
        start, end = self._window.page.selection
        words = self._window.page.article.text[start:end]
        fitting = len(words) <= LONGEST_WORDS and "\n" not in words and words.strip()
        is_hit = self._at is not None and (start, end) == self.hits.ranges[self._at]
        fresh, self._from, self.active = not self.active, start, True
        self.bar.begin(words if fitting and not is_hit else "")
        if fresh:
            self.search()

    def close(self) -> None:
        """Close the bar; the hit stays selected, and the text has the keyboard."""
        self._rest.stop()
        self.active = False
        self.bar.hide()
        self.folder.close()
        self.hits, self._at = Hits(), None
        self._window.page.show_hits(self.hits)
        self._window.page.setFocus()

    def step(self, by: int) -> None:
        """Select the next (1) or previous (-1) hit, from where the caret is; round the end."""
        if not self.active:
            self.open()
            self._window.page.setFocus()
            return
        self._search_now()
        if not len(self.hits):
            return
        nth = self._following(by)
        if not 0 <= nth < len(self.hits):
            again = "From the top again." if by > 0 else "From the end again."
            self._window.talk.hint(again)
        self._go(nth % len(self.hits))

    def _following(self, by: int) -> int:
        start, end = self._window.page.selection
        if self._at is not None:
            hit = self.hits.ranges[self._at]
            if hit[0] <= start and end <= hit[1]:
                return self._at + by
        return self.hits.from_on(end) if by > 0 else self.hits.from_on(start) - 1

    def _take(self) -> None:
        """Go on in the text, at the hit shown."""
        self._search_now()
        if self._at is None:
            self._window.talk.hint("These words stand nowhere in the article.")
        else:
            self._window.page.setFocus()

    # Searching

    def _search_when_typed(self) -> None:
        long = len(self._window.page.article.text) > LONG
        self._rest.start() if long else self.search()

    def _search_now(self) -> None:
        if self._rest.isActive():
            self.search()

    def search(self) -> None:
        """Look for what stands in the field, and show the first hit from where it was begun."""
        self._rest.stop()
        if not self.active:
            return
        if self.bar.field.text() != self._words:
            self._words, self._sort = self.bar.field.text(), (None, None)
        self._find()
        if len(self.hits):
            self._go(self.hits.from_on(self._from) % len(self.hits), self._from)
        else:
            self._at = None
            self._window.page.put_caret(self._from)
        self._describe()
        self._look_everywhere(self.bar.everywhere.isChecked())

    def _find(self) -> None:
        page = self._window.page
        if self._folded.text is not page.article.text:
            self._folded = FoldedText(page.article.text)
        ranges = find(
            self._folded,
            self._words,
            fold_case=not self.bar.same_case.isChecked(),
            whole_word=self.bar.whole_word.isChecked(),
        )
        self.hits = Hits(page.article.text, ranges)
        self.hits.ask(*self._sort, page.tagging)
        page.show_hits(self.hits)

    def _go(self, nth: int, begun: int | None = None) -> None:
        """Select a hit; the next search begins at it, or where this one was ``begun``."""
        self._at = nth
        start, end = self.hits.ranges[nth]
        self._from = start if begun is None else begun
        self._window.page.select(start, end)
        self._describe()

    def _describe(self) -> None:
        number, tagged = len(self.hits), self.hits.tagged
        if not number:
            self.bar.say("Nothing found" if self._words.strip() else "", bad=True)
            self.bar.offer("", "", enabled=False, chosen=False)
            return
        place = f"{self._at + 1:,} of " if self._at is not None else ""
        self.bar.say(f"{place}{number:,}" + (f" · {tagged:,} tagged" if tagged else ""))
        rest = number - tagged
        how_many = f"the remaining {rest:,}" if tagged else f"all {rest:,}"
        how_many = "it" if number == 1 else how_many
        words, short = f"Tag {how_many} as {self._sort_name()}", f"Tag {rest:,}"
        if not rest:
            words, short = "All tagged", "✓"
        self.bar.offer(words, short, enabled=bool(rest), chosen=self._sort[0] is not None)

    def _sort_name(self) -> str:
        kind, source = self._sort
        return self._window.registry.label(source) if source else kind or "…"

    # Tagging all that remain

    def tag_remaining(self) -> None:
        """Tag all hits that are not tagged so yet as the last one was; ask as what if none was."""
        self._search_now()
        if not len(self.hits):
            raise EditRefused("Look for some words first (Ctrl+F).")
        if self._sort[0] is None and self.hits.tagged < len(self.hits):
            self._fill_choices()
            self.bar.open_choices()
        else:
            self._tag_remaining_as(self._sort)

    def _tag_remaining_as(self, sort: Sort) -> None:
        from annotator.ui.find.tag_hits import tag_remaining

        tag_remaining(self._window, self.hits, sort)

    def _fill_choices(self) -> None:
        from annotator.ui.find import tag_hits

        choices = tag_hits.choices(self._window.registry)
        self.bar.fill_choices([(letter, name) for letter, name, _ in choices])
        self._choices = [sort for *_, sort in choices]

    def _choose(self, nth: int) -> None:
        sort = self._choices[nth]
        self._window.attempt(lambda: self._tag_remaining_as(sort))

    def finish(self) -> None:
        """Let a search through the folder that is under way come to its end."""
        if "folder" in vars(self):  # else there never was one
            self.folder.wait()

    # News of the desk

    def follow(self, change: Change) -> None:
        """Something was tagged or taken back: count anew; the last hit tagged says how."""
        if not self.active:
            return
        self.hits.follow(change)
        last = change.after[-1] if change.after else None
        if last is not None and self.hits.place_of(last) is not None:
            sort: Sort = (last.kind, last.source)
            if sort != self._sort:
                self._sort = sort
                self.hits.ask(*sort, self._window.tagging)
        self._describe()
        self._window.page.viewport().update()
        self._say_in_list()

    def follow_opened(self) -> None:
        """Another article lies open: the same words are looked for in it, from its top."""
        if self.active and self._window.desk.session is not None:
            self._from, self._at = 0, None
            self._find_here()

    def _find_here(self) -> None:
        self._find()
        if len(self.hits):
            self._go(0)
        self._describe()
        self._say_in_list()

    # All articles

    def _look_everywhere(self, wished: bool) -> None:
        from annotator.storage.bulk.search import Wanted

        session, folder = self._window.desk.session, self._window.folder
        if not wished or session is None or folder is None:
            self.folder.close()
            return
        wanted = Wanted(
            self._words,
            not self.bar.same_case.isChecked(),
            self.bar.whole_word.isChecked(),
            *self._sort,
        )
        self.folder.look(folder, session.header.annotator, wanted)

    def _open_article(self, path: Path) -> None:
        if path == self._window.article:
            self._go(0)
            self._window.page.setFocus()
        else:
            self._window.attempt(lambda: opening.open_article(self._window, path))

    def _live(self, found: Found) -> Found:
        """The open article's tagging is newer than its file."""
        if found.article != self._window.article:
            return found
        return replace(found, hits=len(self.hits), tagged=self.hits.tagged, error="")

    def _say_in_list(self) -> None:
        path = self._window.article
        if path is not None:
            self.folder.put(path, len(self.hits), self.hits.tagged)
            self.folder.list.mark(path)


FINDING: tuple[Command, ...] = (
    Command(
        "find.open",
        "&Find and tag…",
        ("Ctrl+F",),
        EDIT,
        lambda w: w.finding.open(),
        enabled=is_open,
        strip=True,
        group=3,
    ),
    Command(
        "find.next",
        "Next &hit",
        ("F3",),
        EDIT,
        lambda w: w.finding.step(1),
        enabled=is_open,
        group=3,
    ),
    Command(
        "find.previous",
        "&Previous hit",
        ("Shift+F3",),
        EDIT,
        lambda w: w.finding.step(-1),
        enabled=is_open,
        group=3,
    ),
    Command(
        "find.tag-remaining",
        "&Tag the remaining hits",
        ("Ctrl+Shift+Return", "Ctrl+Shift+Enter"),
        EDIT,
        lambda w: w.finding.tag_remaining(),
        enabled=is_open,
        group=3,
    ),
)
