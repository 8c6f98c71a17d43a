"""Finding words, and tagging what was found: hit by hit, or all that remain in one step."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.core.change import Change
from annotator.core.errors import EditRefused
from annotator.core.text.find import FoldedText, find
from annotator.core.text.hits import Hits
from annotator.ui.command import EDIT, Command
from annotator.ui.desk import Desk
from annotator.ui.find.tag_hits import HitTagger, Sort
from annotator.ui.ports import Sides, TextView
from annotator.ui.talk import Talk

if TYPE_CHECKING:
    from annotator.storage.bulk.search import ArticleHits
    from annotator.ui.find.find_bar import FindBar
    from annotator.ui.find.folder_search import FolderSearch

LONG = 1_000_000
"""Code points from which on a search waits for a pause in typing."""

IDLE_MS = 150
LONGEST_WORDS = 200


class Finder(QObject):
    """What is looked for, its hits in the open article, and at which of them the editor is."""

    article_chosen = Signal(Path)
    """Another article with hits, to be opened."""

    def __init__(
        self, desk: Desk, text: TextView, sides: Sides, talk: Talk, tagger: HitTagger
    ) -> None:
        super().__init__(desk)
        self._desk, self._text, self._sides = desk, text, sides
        self._talk, self._tagger = talk, tagger
        self.active = False
        """Whether the bar is open."""
        self.hits = Hits()
        self._folded = FoldedText("")
        self._words = ""
        self._sort: Sort = (None, None)
        self._choices: list[Sort] = []
        self._from = 0
        self._at: int | None = None
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(IDLE_MS)
        self._idle.timeout.connect(self.search)
        desk.opened.connect(self._follow_opened)
        desk.changed.connect(self._follow)

    def commands(self) -> Iterable[Command]:
        """Finding, going from hit to hit, and tagging hits."""
        in_edit = partial(Command, menu=EDIT, enabled=self._desk.is_open, group=3)
        yield in_edit("find.open", "&Find and tag…", ("Ctrl+F",), run=self.open, strip=True)
        again = ("Ctrl+Shift+Return", "Ctrl+Shift+Enter")
        for name, label, keys, run in (
            ("find.next", "Next &hit", ("F3",), partial(self.step, 1)),
            ("find.previous", "&Previous hit", ("Shift+F3",), partial(self.step, -1)),
            ("find.tag-remaining", "&Tag the remaining hits", again, self.tag_remaining),
        ):
            yield in_edit(name, label, keys, run=run)

    @cached_property
    def bar(self) -> FindBar:
        """The line below the text; like `folder`, it is loaded and made when first opened."""
        from annotator.ui.find.find_bar import FindBar

        bar = FindBar()
        bar.changed.connect(self._search_when_typed)
        bar.all_changed.connect(self._look_everywhere)
        bar.taken.connect(self._take)
        bar.turned.connect(self.step)
        bar.tag_wanted.connect(lambda: self._talk.attempt(self.tag_remaining))
        bar.choices.aboutToShow.connect(self._fill_choices)
        bar.chosen.connect(self._choose)
        bar.closed.connect(self.stop)
        self._sides.put_below(bar)
        return bar

    @cached_property
    def folder(self) -> FolderSearch:
        """The search through all articles, its list below the bar."""
        from annotator.ui.find.folder_search import FolderSearch

        folder = FolderSearch(self._live, self)
        folder.list.chosen.connect(self._open_article)
        folder.list.closed.connect(self.stop)
        self._sides.put_below(folder.list)
        return folder

    # The bar and the hits

    def open(self) -> None:
        """Open the bar with the selected words in its field, or go back into the field."""
        start, end = self._text.selection
        words = self._text.article.text[start:end]
        fitting = len(words) <= LONGEST_WORDS and "\n" not in words and words.strip()
        is_hit = self._at is not None and (start, end) == self.hits.ranges[self._at]
        fresh, self._from, self.active = not self.active, start, True
        self.bar.begin(words if fitting and not is_hit else "")
        if fresh:
            self.search()

    def go_on(self) -> None:
        """Go to the next hit, as Enter in the text does."""
        self.step(1)

    def stop(self) -> None:
        """Close the bar; the hit stays selected, and the text has the keyboard."""
        self._idle.stop()
        self.active = False
        self.bar.hide()
        self.folder.close()
        self.hits, self._at = Hits(), None
        self._text.show_hits(self.hits)
        self._text.setFocus()

    def step(self, by: int) -> None:
        """Select the next (1) or previous (-1) hit, from where the caret is; round the end."""
        if not self.active:
            self.open()
            self._text.setFocus()
            return
        self._search_now()
        if not len(self.hits):
            return
        nth = self._following(by)
        if not 0 <= nth < len(self.hits):
            again = "From the top again." if by > 0 else "From the end again."
            self._talk.hint(again)
        self._go(nth % len(self.hits))

    def _following(self, by: int) -> int:
        start, end = self._text.selection
        if self._at is not None:
            hit = self.hits.ranges[self._at]
            if hit[0] <= start and end <= hit[1]:
                return self._at + by
        return self.hits.from_on(end) if by > 0 else self.hits.from_on(start) - 1

    def _take(self) -> None:
        """Go on in the text, at the hit shown."""
        self._search_now()
        if self._at is None:
            self._talk.hint("These words stand nowhere in the article.")
        else:
            self._text.setFocus()

    # Searching

    def _search_when_typed(self) -> None:
        long = len(self._text.article.text) > LONG
        self._idle.start() if long else self.search()

    def _search_now(self) -> None:
        if self._idle.isActive():
            self.search()

    def search(self) -> None:
        """Look for what stands in the field, and show the first hit from where it was begun."""
        self._idle.stop()
        if not self.active:
            return
        if self.bar.field.text() != self._words:
            self._words, self._sort = self.bar.field.text(), (None, None)
        self._find()
        if len(self.hits):
            self._go(self.hits.from_on(self._from) % len(self.hits), self._from)
        else:
            self._at = None
            self._text.put_caret(self._from)
        self._describe()
        self._look_everywhere(self.bar.everywhere.isChecked())

    def _find(self) -> None:
        text = self._text.article.text
        if self._folded.text is not text:
            self._folded = FoldedText(text)
        ranges = find(
            self._folded,
            self._words,
            fold_case=not self.bar.same_case.isChecked(),
            whole_word=self.bar.whole_word.isChecked(),
        )
        self.hits = Hits(text, ranges)
        self.hits.ask(*self._sort, self._desk.tagging)
        self._text.show_hits(self.hits)

    def _go(self, nth: int, begun: int | None = None) -> None:
        """Select a hit; the next search begins at it, or where this one was ``begun``."""
        self._at = nth
        start, end = self.hits.ranges[nth]
        self._from = start if begun is None else begun
        self._text.select(start, end)
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
        return self._desk.registry.label(source) if source else kind or "…"

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
            self._tagger.tag_remaining(self.hits, self._sort)

    def _fill_choices(self) -> None:
        choices = self._tagger.choices()
        self.bar.fill_choices([(letter, name) for letter, name, _ in choices])
        self._choices = [sort for *_, sort in choices]

    def _choose(self, nth: int) -> None:
        sort = self._choices[nth]
        self._talk.attempt(lambda: self._tagger.tag_remaining(self.hits, sort))

    def finish(self) -> None:
        """Let a search through the folder that is under way come to its end."""
        if "folder" in vars(self):  # else there never was one
            self.folder.wait()

    # Following the desk

    def _follow(self, change: Change) -> None:
        """Something was tagged or taken back: count anew; the last hit tagged says how."""
        if not self.active:
            return
        self.hits.follow(change)
        last = change.after[-1] if change.after else None
        if last is not None and self.hits.place_of(last) is not None:
            sort: Sort = (last.kind, last.source)
            if sort != self._sort:
                self._sort = sort
                self.hits.ask(*sort, self._desk.tagging)
        self._describe()
        self._text.show_hits(self.hits)
        self._say_in_list()

    def _follow_opened(self) -> None:
        """Look for the same words in another article, from its top."""
        if self.active:
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
        from annotator.storage.bulk.search import SearchTerms

        session, folder = self._desk.session, self._desk.folder
        if not wished or session is None or folder is None:
            self.folder.close()
            return
        wanted = SearchTerms(
            self._words,
            not self.bar.same_case.isChecked(),
            self.bar.whole_word.isChecked(),
            *self._sort,
        )
        self.folder.look(folder, session.header.annotator, wanted)

    def _open_article(self, path: Path) -> None:
        if path == self._desk.article:
            self._go(0)
            self._text.setFocus()
        else:
            self.article_chosen.emit(path)

    def _live(self, found: ArticleHits) -> ArticleHits:
        """The open article's tagging is newer than its file."""
        if found.article != self._desk.article:
            return found
        return replace(found, hits=len(self.hits), tagged=self.hits.tagged, error="")

    def _say_in_list(self) -> None:
        path = self._desk.article
        if path is not None:
            self.folder.put(path, len(self.hits), self.hits.tagged)
            self.folder.list.mark(path)
