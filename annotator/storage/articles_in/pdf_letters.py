"""What the pages of a PDF are drawn on: it takes letters, counts them, and leaves out the rest."""

from __future__ import annotations

from typing import Any

from pdfminer.converter import PDFPageAggregator
from pdfminer.pdfinterp import PDFResourceManager

from annotator.core.errors import ArticleError

MOST_ON_PAGE = 50_000
"""Letters; a broadsheet newspaper has half as many on a page."""


class Letters(PDFPageAggregator):
    """The letters of one page after the other; ``drawn`` is how many there were so far.

    Raises `ArticleError` at more than ``most`` letters, or `MOST_ON_PAGE`.
    """

    def __init__(self, name: str, most: int) -> None:
        super().__init__(PDFResourceManager())
        self._name, self._most = name, most
        self.drawn = self._before = 0

    def begin_page(self, page: Any, ctm: Any) -> None:
        self._before = self.drawn
        super().begin_page(page, ctm)

    def render_char(self, *args: Any, **named: Any) -> float:
        self.drawn += 1
        if self.drawn > self._most:
            self._refuse("draws more letters than a file of its size can hold")
        if self.drawn - self._before > MOST_ON_PAGE:
            self._refuse(f"has a page with more than {MOST_ON_PAGE:,} letters")
        return super().render_char(*args, **named)

    def _refuse(self, what: str) -> None:
        raise ArticleError(f"{self._name}: this PDF {what}; copy its text and paste it.")

    def paint_path(self, *args: Any) -> None:
        """Lines and filled shapes are nothing to read."""

    def render_image(self, *args: Any) -> None:
        """Pictures are not either."""
