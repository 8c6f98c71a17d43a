"""The ports: what features ask of the text. The page offers them without an adapter."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint

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
        """The selected words; empty where the caret stands if none are."""

    @property
    def caret(self) -> int:
        """Where the caret stands."""

    @property
    def under_caret(self) -> str:
        """The id of the shortest annotation that the caret stands in; empty for none."""

    def select(self, start: int, end: int) -> object:
        """Select words and bring them into view, caret at ``end``."""

    def put_caret(self, position: int) -> object:
        """Put the caret somewhere, nothing selected, and bring it into view."""

    def bring_into_view(self, start: int, end: int) -> object:
        """Scroll, if need be, so that a range can be seen; the caret stays."""

    def sentence_around(self, position: int) -> Range:
        """The sentence at a code point, inside its paragraph."""

    def is_from_right(self, position: int) -> bool:
        """Whether the paragraph at a code point is written from right to left."""

    def below(self, position: int) -> QPoint:
        """The place on the screen just below the word at a code point, in pixels."""

    def setFocus(self) -> object:
        """Take the keyboard."""


class HighlightingView(TextView, Protocol):
    """A text on which a feature shows what it is about; each call is one feature's."""

    def show_target(self, annotation_id: str) -> object:
        """Frame the annotation that a link would lead to; empty for none."""

    def show_hits(self, hits: Hits) -> object:
        """Outline the hits of a search; those of an empty one are gone."""

    def show_layers(self, layers: Layers, lit: frozenset[str] = frozenset()) -> object:
        """Show other people's tags; those of ``lit`` (addresses) stand out."""

    def show_problems(self, ids: frozenset[str], words: Iterable[Range]) -> object:
        """Underline annotations, and words that are not tagged, as problems."""
