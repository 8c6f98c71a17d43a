"""The ports: what features ask of the text, of the window around it, and of each other's modes.

A feature names the ports it needs in its constructor. Views implement them without an adapter.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint
    from PySide6.QtWidgets import QWidget

    from annotator.core.text.article import Article
    from annotator.core.text.hits import Hits
    from annotator.ui.page.layers import Layers

Range = tuple[int, int]
"""A half-open range of code points."""


class TextView(Protocol):
    """The article's text on the screen. All positions are code points."""

    @property
    def article(self) -> Article:
        """The article that is shown."""

    @property
    def selection(self) -> Range:
        """The selected words, or the caret twice."""

    @property
    def caret(self) -> int:
        """Where the caret stands."""

    @property
    def under_caret(self) -> str:
        """The id of the shortest tag that the caret stands in; empty for none."""

    def select(self, start: int, end: int) -> object:
        """Select words and bring them into view."""

    def put_caret(self, position: int) -> object:
        """Put the caret somewhere, with no words selected."""

    def bring_into_view(self, start: int, end: int) -> object:
        """Scroll so that these words can be seen."""

    def show_target(self, annotation_id: str) -> object:
        """Mark the tag that a link would lead to; none by an empty id."""

    def show_hits(self, hits: Hits) -> object:
        """Outline the hits of a search."""

    def show_layers(self, layers: Layers, lit: frozenset[str] = frozenset()) -> object:
        """Show other people's tags; those of ``lit`` (addresses) stand out."""

    def show_problems(self, ids: frozenset[str], words: Iterable[Range]) -> object:
        """Underline annotations, and words that are not tagged, as problems."""

    def is_from_right(self, position: int) -> bool:
        """Whether the text there runs from right to left."""

    def sentence_around(self, position: int) -> Range:
        """The sentence at a code point."""

    def below(self, position: int) -> QPoint:
        """The place on the screen just below the word at a code point, in pixels."""

    def setFocus(self) -> object:
        """Take the keyboard."""


class Sides(Protocol):
    """What stands around the text: the lists at its side, and bars below it."""

    def show_list(self, panel: QWidget) -> object:
        """Bring one of the lists to the front and give it the keyboard."""

    def put_below(self, part: QWidget) -> object:
        """Put something below the text; the Tab key comes to it from what is above it."""

    def put_first(self, panel: QWidget | None) -> object:
        """Put a panel in the inspector's place, which becomes a list; None puts it back."""


class Mode(Protocol):
    """Something under way that Enter carries on and Esc ends, as a link or a search."""

    @property
    def active(self) -> bool:
        """Whether it is under way."""

    def go_on(self) -> object:
        """Do what Enter does."""

    def stop(self) -> object:
        """End it."""
