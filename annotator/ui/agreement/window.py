"""The page on agreement of the folder, in a window of its own beside the text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QProgressBar,
    QScrollArea,
    QWidget,
)

from annotator.core.display_text import escaped
from annotator.core.errors import AnnotatorError, StorageError
from annotator.core.model import Kind
from annotator.review.compare.agreement import Agreement
from annotator.review.compare.folders import ArticleComparison, Comparison, Counts, compare_articles
from annotator.storage.bulk.by_article import gather
from annotator.storage.folder import Folder
from annotator.ui.agreement import figures
from annotator.ui.agreement.figures import ASPECTS, KINDS, Asked, Ranked, Table
from annotator.ui.agreement.plot import Plot
from annotator.ui.desk import Desk
from annotator.ui.ports import TextView
from annotator.ui.talk import Talk
from annotator.ui.theme import Theme
from annotator.ui.widgets.background import Background, Progress
from annotator.ui.widgets.boxes import TIGHT, in_column, in_row, push_button
from annotator.ui.widgets.choices import Choice
from annotator.ui.widgets.plain import PlainLabel
from annotator.ui.widgets.quiet import heading, quieted

GUIDE = "Point at a number, or go to it with the keyboard, to read what was counted."
MOST_SENTENCES = 3
SIDE_BY_SIDE = 300
"""Pixels that each of two plots beside one another has at least."""


class Counted(NamedTuple):
    """What was found in the folder, and the kinds' table of all articles, which takes a while."""

    comparison: Comparison
    kinds: Table


def count_folder(folder: Folder, progress: Progress) -> Counted:
    """Compare what everybody tagged in the articles of a folder.

    Raises `StorageError` where no article has the taggings of two annotators.
    """
    gathered, sentences = gather([folder.path])
    here = [one for one in gathered if one.article.parent.samefile(folder.path)]
    if all(len(one.files) < 2 for one in here):
        raise StorageError("No article of this folder has been tagged by two annotators yet.")
    done = 0

    def more(n: int) -> None:
        nonlocal done
        done += n
        progress(done, len(here))

    comparison = compare_articles(here, more, sentences)
    return Counted(comparison, figures.kinds(comparison.overall.pooled, comparison.overall))


class AgreementWindow(QDialog):
    """Shows how far the annotators of the folder agree, as their files on the disk have it.

    ``save`` and ``open_article`` are those of `FolderAgreement`.
    """

    def __init__(
        self,
        desk: Desk,
        text: TextView,
        talk: Talk,
        save: Callable[[], object],
        open_article: Callable[[Path], object],
    ) -> None:
        super().__init__(talk.parent)
        self._desk, self._text, self._talk = desk, text, talk
        self._save, self._open = save, open_article
        self._counted: Counted | None = None
        self._listed: tuple[ArticleComparison, ...] = ()
        self._to_focus = True
        self.setModal(False)
        self.setWindowFlags(Qt.WindowType.Window)
        self.setWindowTitle("Agreement")
        self.asked: Choice[Asked] = Choice("Measure", {one: one.value for one in Asked})
        self.kind: Choice[Kind | None] = Choice("Kind", KINDS)
        self.again = push_button("Count again")
        self.stop = push_button("Stop")
        self.progress = QProgressBar()
        self.articles = Plot("Articles, the worst first", choosing=True)
        self.pairs = Plot("Who agrees with whom")
        self.kinds = Plot("Agreement by kind")
        self.attributions = Plot("Agreement on attributions")
        self.differences = Plot("Items by what differs in them")
        self.sources = Plot("Agreement by source")
        self.title = PlainLabel()
        self.guide = quieted(PlainLabel(GUIDE))
        self.left_out = quieted(PlainLabel())
        self.nothing = quieted(PlainLabel())
        self._counting = Background(self)
        self._ranking = Background(self)
        self._lay_out()
        self._connect()

    @property
    def plots(self) -> tuple[Plot, ...]:
        """All tables."""
        details = self.pairs, self.differences, self.kinds, self.attributions, self.sources
        return self.articles, *details

    # Counting

    def count(self) -> None:
        """Read and compare the folder's files anew, beside the window."""
        folder = self._desk.need_folder()
        self._say_under_way(True)
        self._counting.start(lambda progress: count_folder(folder, progress))

    def _come(self, outcome: object) -> None:
        self._say_under_way(False)
        if isinstance(outcome, Counted):
            self._counted = outcome
            self._show_left_out(outcome.comparison.sentences)
            self._rank()
        elif isinstance(outcome, AnnotatorError):
            self._counted = None
            self.nothing.setText(str(outcome))
        self._show_what_there_is()
        if self._to_focus:
            self.articles.setFocus()  # it takes none while it is hidden
            self._to_focus = False

    def _got_on(self, done: int, of: int) -> None:
        self.progress.setRange(0, of)
        self.progress.setValue(done)
        if self._counted is None:
            self.nothing.setText(f"Comparing: {done:,} of {of:,} articles")

    def _end(self) -> None:
        """Let go of the count that is under way; what was counted before stays."""
        self._counting.stop()
        self._say_under_way(False)
        if self._counted is None:
            self.nothing.setText("Nothing was counted.")

    def _say_under_way(self, under_way: bool) -> None:
        self.progress.setRange(0, 0)
        self.progress.setVisible(under_way)
        self.stop.setVisible(under_way)
        self.again.setVisible(not under_way)
        if under_way and self._counted is None:
            self.nothing.setText("Comparing what everybody tagged…")

    def _show_left_out(self, sentences: tuple[str, ...]) -> None:
        shown = list(sentences[:MOST_SENTENCES])
        if len(sentences) > MOST_SENTENCES:
            shown.append(f"… and {len(sentences) - MOST_SENTENCES:,} more files are left out.")
        self.left_out.setText("\n".join(map(escaped, shown)))
        self.left_out.setVisible(bool(shown))

    # Showing

    def _rank(self) -> None:
        """Put the articles in the order of what is asked, beside the window: they may be many."""
        if self._counted is not None:
            comparison, asked, kind = self._counted.comparison, self.asked.value, self._kind()
            self._ranking.start(lambda _: figures.ranked(comparison, asked, kind))

    def _list(self, ranked: object) -> None:
        """Show the articles below all of them together; the chosen one stays chosen."""
        assert isinstance(ranked, Ranked)
        chosen = self._chosen()
        self._listed = ranked.articles
        self.articles.show_table(ranked.table)
        names = [one.name for one in self._listed]
        row = names.index(chosen.name) + 1 if chosen and chosen.name in names else 0
        self.articles.setCurrentCell(row, 0)
        self._show()

    def _kind(self) -> Kind | None:
        """The kind that is asked for; some measures are of attributions in any case."""
        self.kind.setEnabled(self.asked.value not in ASPECTS)
        return self.kind.value if self.kind.isEnabled() else Kind.ATTRIBUTION

    def _chosen(self) -> ArticleComparison | None:
        """The article whose numbers are shown; None for all."""
        row = self.articles.currentRow() - 1
        return self._listed[row] if 0 <= row < len(self._listed) else None

    def _show(self) -> None:
        if self._counted is None:
            return
        chosen, (comparison, kinds) = self._chosen(), self._counted
        if chosen is None:
            self._show_one(_about(comparison), comparison.overall.pooled, comparison.counts, kinds)
        elif chosen.agreement:
            found = chosen.agreement
            self._show_one(figures.short(chosen.name), found, chosen.counts, figures.kinds(found))

    def _show_one(self, title: str, found: Agreement, counts: Counts, kinds: Table) -> None:
        self.title.setText(title)
        self.pairs.show_table(figures.pairs(found, self.asked.value, self._kind()))
        self.kinds.show_table(kinds)
        self.attributions.show_table(figures.attributions(found))
        self.differences.show_table(figures.differences(counts))
        self.sources.show_table(figures.sources(counts))
        for plot in self.plots[1:]:
            whole = plot.whole()
            plot.setFixedHeight(whole.height())
            most = whole.width() if plot is self.kinds else SIDE_BY_SIDE
            plot.setMinimumWidth(min(whole.width(), most))

    def _show_what_there_is(self) -> None:
        there = self._counted is not None
        self.inside.setVisible(there)
        self.guide.setVisible(there)
        self.nothing.setVisible(not there)

    def _read_out(self, sentence: str) -> None:
        self.guide.setText(sentence)

    def present(self) -> None:
        """Show the page and count; what is not saved yet is saved first."""
        self._show_what_there_is()
        self._talk.attempt(self._save)
        self.count()
        room = self._talk.parent.size()
        self.resize(QSize(1160, 780).boundedTo(room.expandedTo(QSize(640, 480))))
        self.show()
        self.raise_()
        self.activateWindow()

    def _open_article(self, row: int) -> None:
        if row > 0:
            article = self._desk.need_folder().path / self._listed[row - 1].name
            self._talk.attempt(lambda: self._open(article))
            self._talk.parent.activateWindow()
            self._text.setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        for plot in self.plots:
            plot.set_theme(theme)

    def done(self, result: int) -> None:
        """Close; nobody waits for the count any more."""
        self._end()
        super().done(result)

    # Laying out

    def _connect(self) -> None:
        self._counting.came.connect(self._come)
        self._ranking.came.connect(self._list)
        self._counting.got_on.connect(self._got_on)
        self.again.clicked.connect(self.count)
        self.stop.clicked.connect(self._end)
        self.asked.picked.connect(lambda _: self._rank())
        self.kind.picked.connect(lambda _: self._rank())
        self.articles.moved.connect(lambda _: self._show())
        self.articles.entered.connect(self._open_article)
        for plot in self.plots:
            plot.described.connect(self._read_out)

    def _lay_out(self) -> None:
        self.inside = QWidget()
        in_row(self._side(), (self._details(), 1), inside=self.inside, around=TIGHT, gap=0)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for label in (self.nothing, self.guide, self.left_out):
            label.setWordWrap(True)
        self.guide.setContentsMargins(14, 6, 14, 8)
        self.guide.setAccessibleName("What was counted")
        parts = self._tools(), (self.inside, 1), (self.nothing, 1), self.guide
        in_column(*parts, inside=self, around=TIGHT, gap=0)

    def _tools(self) -> QHBoxLayout:
        measure, of = PlainLabel("Measure"), PlainLabel("of")
        measure.setBuddy(self.asked)
        of.setBuddy(self.kind)
        self.asked.setMinimumWidth(260)
        self.kind.setMinimumWidth(130)
        self.progress.setTextVisible(False)
        self.progress.setFixedSize(160, 8)
        self.progress.setAccessibleName("Articles compared")
        chosen = measure, self.asked, of, self.kind
        return in_row(
            *chosen, 1, self.progress, self.stop, self.again, around=(14, 10, 14, 10), gap=8
        )

    def _side(self) -> QWidget:
        side = QWidget()
        side.setFixedWidth(310)
        parts = heading("Articles, the worst first"), (self.articles, 1), self.left_out
        in_column(*parts, inside=side, around=(14, 4, 8, 4))
        self.articles.horizontalHeader().hide()
        return side

    def _details(self) -> QWidget:
        area, page = QScrollArea(), QWidget()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        grid = QGridLayout(page)
        grid.setContentsMargins(14, 4, 14, 14)
        grid.setSpacing(18)
        grid.addWidget(self.title, 0, 0, 1, 2)
        grid.addWidget(_headed("Who agrees with whom", self.pairs), 1, 0)
        grid.addWidget(_headed("Items by what differs", self.differences), 1, 1)
        grid.addWidget(_headed("By kind", self.kinds), 2, 0, 1, 2)
        grid.addWidget(_headed("Attributions", self.attributions), 3, 0)
        grid.addWidget(_headed("By source", self.sources), 3, 1)
        grid.setRowStretch(4, 1)
        area.setWidget(page)
        return area


def _headed(words: str, plot: Plot) -> QWidget:
    block = QWidget()
    in_column(heading(words), plot, 1, inside=block, around=TIGHT, gap=4)
    return block


def _about(comparison: Comparison) -> str:
    n, alone = len(comparison.articles), comparison.alone
    articles = "1 article" if n == 1 else f"{n:,} articles together"
    return articles + (f"; {alone:,} more that one annotator alone has tagged" if alone else "")
