"""The reviewer's panel: how far the review is, the list of items, the one that is looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QModelIndex, QSize, QTimer, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QProgressBar,
    QSizePolicy,
    QWidget,
)

from annotator.core.display_text import shown_name
from annotator.core.sources import Registry
from annotator.review.compare.differences import Difference
from annotator.review.decide.state import ItemState
from annotator.review.decide.worklist import Entry, WorklistFilter, progress
from annotator.ui.review.card import CardContents, CardDraft, ReviewCard, Writing, card_height
from annotator.ui.review.rows import ReviewRow, ReviewRows
from annotator.ui.theme import Theme, palette
from annotator.ui.widgets.boxes import in_column, in_row
from annotator.ui.widgets.painted_list import PaintedLines, delegate_for
from annotator.ui.widgets.plain import PlainLabel
from annotator.ui.widgets.quiet import heading, quieted

ROW = 25
LEAST_WIDTH, MOST_WIDTH = 336, 420
BESIDE = 36
"""Pixels beside a card: margins and the scroll bar."""


class ReviewPanel(QWidget):
    """Shows the items; ``contents_of`` says what the card of one shows."""

    picked = Signal(str)
    """The address of an item that the user went to, by hand."""

    wanted = Signal(int)
    written = Signal(object, str, str)
    left = Signal()
    """As those of the card; ``left`` also for Esc in the list: back to the text."""

    def __init__(self, contents_of: Callable[[Entry], CardContents]) -> None:
        super().__init__()
        self.setAccessibleName("Review")
        self.setMinimumWidth(LEAST_WIDTH)
        self._contents_of = contents_of
        self.card_actions: Mapping[ItemState, Sequence[QAction]] = {}
        """What can be done with an item, by how far it is."""
        self.card: ReviewCard | None = None
        self.current = self._opened = ""
        self._drafts: dict[str, CardDraft] = {}
        """What is being written and not done, by the item: a card is soon made anew."""
        self._entries: tuple[Entry, ...] = ()
        self._rows = ReviewRows()
        self._row = ReviewRow()
        self.title = heading("Review")
        self.decided = PlainLabel()
        self.bar = QProgressBar()
        self.bar.setObjectName("decided")
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Decided")
        self.open_only = _choice("What is listed", [("Open only", True), ("All", False)])
        self.open_only.setMinimumContentsLength(9)
        self.difference = _choice("Type of difference", _differences())
        self.annotator = _choice("Annotator", [("Anybody", None)])
        self.source = _choice("Source", [("Any source", None)])
        self.nothing = quieted(PlainLabel())
        self.nothing.setWordWrap(True)
        self.lines = PaintedLines("List of items", self._rows, ROW)
        delegate_for(self.lines, self._row)
        self.setFocusProxy(self.lines)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        first = in_row((self.decided, 1), self.open_only)
        second = in_row((self.difference, 1), (self.annotator, 1), (self.source, 1))
        parts = self.title, first, self.bar, second, self.nothing, (self.lines, 1)
        in_column(*parts, inside=self, around=(12, 12, 8, 8), gap=8)

    def _connect(self) -> None:
        for choice in self._choices():
            choice.currentIndexChanged.connect(lambda _: self._narrow())
        self.lines.clicked.connect(self._pick)
        self.lines.moved.connect(self._pick)
        self.lines.entered_on.connect(lambda _: self.left.emit())
        self.lines.left.connect(self.left)

    def _choices(self) -> tuple[QComboBox, ...]:
        return self.open_only, self.difference, self.annotator, self.source

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self.setPalette(palette(theme))
        self._row.theme = theme
        self.lines.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(330, 460)

    # What it shows

    def begin(self, annotators: Sequence[str]) -> None:
        """Show another review, with every filter as it comes."""
        self.current = ""
        self._drafts.clear()
        for choice in self._choices():
            choice.blockSignals(True)
            choice.setCurrentIndex(0)
            choice.blockSignals(False)
        self.show_annotators(annotators)

    def show_annotators(self, annotators: Sequence[str]) -> None:
        """Say whose tagging it is, and offer to see one annotator's alone."""
        self.title.setText(f"Review: {' · '.join(map(shown_name, annotators))}")
        self.annotator.blockSignals(True)
        _fill(self.annotator, [(shown_name(name), name) for name in annotators])
        self.annotator.blockSignals(False)

    def show_sources(self, registry: Registry) -> None:
        """Offer the sources that the items name."""
        named = {source for entry in self._entries for source in entry.sources}
        pairs = sorted((registry.label(source), source) for source in named)
        self.source.blockSignals(True)
        _fill(self.source, pairs)
        self.source.blockSignals(False)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show the items as they are now."""
        self._entries = tuple(entries)
        self._show()

    @property
    def wish(self) -> WorklistFilter:
        """What the list is narrowed to."""
        difference = self.difference.currentData()  # a plain text by now
        return WorklistFilter(
            self.open_only.currentData(),
            Difference(difference) if difference else None,
            self.annotator.currentData(),
            self.source.currentData(),
        )

    @property
    def listed(self) -> Sequence[Entry]:
        """The items in the list, in its order."""
        return self._rows.items

    def entry(self) -> Entry | None:
        """The item that is looked at, whether it is listed or not."""
        return next((one for one in self._entries if self.current in one.addresses), None)

    def look_at(self, address: str) -> None:
        """Show an item opened, and in view; one that the filters leave out is listed as well."""
        self.current = address
        self._show()

    def _narrow(self) -> None:
        """The user wants to see others: the first of them is looked at, unless this one is."""
        current, wish = self.entry(), self.wish
        first = next((entry for entry in self._entries if wish.holds(entry)), None)
        if first is not None and (current is None or not wish.holds(current)):
            self.picked.emit(first.addresses[0])
        else:
            self._show()

    def _show(self) -> None:
        wish = self.wish
        held = [e for e in self._entries if wish.holds(e) or self.current in e.addresses]
        self._put_card_away()
        self._rows.show(held)
        done, of = progress(self._entries)
        self.decided.setText(f"{done:,} of {of:,} decided")
        self.bar.setRange(0, max(1, of))
        self.bar.setValue(done)
        self.nothing.setText("Everything is decided." if done == of else "Nothing like that here.")
        self.nothing.setVisible(not held)
        self._open_card()

    def _put_card_away(self) -> None:
        row = self._rows.row_of(self._opened)
        if self.card is not None and (draft := self.card.draft):
            self._drafts[self._opened] = draft
        if self.card is not None and row is not None:
            self.lines.setIndexWidget(self._rows.index(row), None)  # type: ignore[arg-type]
            self.lines.setRowHeight(row, ROW)
        self.card, self._opened = None, ""

    def _open_card(self) -> None:
        row = self._rows.row_of(self.current)
        if row is None:
            self.lines.mark(None)
            return
        contents = self._contents_of(self._rows.items[row])
        card = ReviewCard(contents, self.card_actions[contents.state])
        for mine, its in (
            (self.wanted, card.wanted),
            (self.written, card.written),
            (self.left, card.left),
        ):
            its.connect(mine)
        self.card, self._opened = card, self.current
        width = min(MOST_WIDTH, card.minimumSizeHint().width() + BESIDE)
        self.setMinimumWidth(max(self.minimumWidth(), width))  # it never jumps back
        self.lines.setIndexWidget(self._rows.index(row), card)
        self.lines.mark(row)
        for address in self._rows.items[row].addresses:
            if draft := self._drafts.pop(address, None):
                card.resume(draft)
        self._fit_card()
        # Heights of wrapped words are known once the card wears the style sheet.
        QTimer.singleShot(0, self, self._fit_card)

    def _fit_card(self) -> None:
        row = self._rows.row_of(self.current)
        if self.card is not None and row is not None:
            height = card_height(self.card, self.lines.viewport().width())
            self.lines.setRowHeight(row, height + 2)
            self.lines.scrollTo(self._rows.index(row))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_card()

    # What is done with it

    def _pick(self, index: QModelIndex) -> None:
        self.picked.emit(self._rows.items[index.row()].addresses[0])

    def ask(self, writing: Writing) -> None:
        """Let the user write something about the item."""
        if self.card is not None:
            self.card.ask(writing)
            self._fit_card()


def _differences() -> list[tuple[str, Difference | None]]:
    named = [(one.value.capitalize(), one) for one in Difference]
    return [("Any type", None), *named]


def _choice(name: str, options: Sequence[tuple[str, object]]) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(4)
    box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    for label, data in options:
        box.addItem(label, data)
    return box


def _fill(box: QComboBox, options: Sequence[tuple[str, object]]) -> None:
    """Put other options behind the first, which leaves everything in; the choice is kept."""
    chosen = box.currentData()
    while box.count() > 1:
        box.removeItem(1)
    for label, data in options:
        box.addItem(label, data)
    box.setCurrentIndex(max(0, box.findData(chosen)))
