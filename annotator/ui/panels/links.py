"""A few annotations in a list, one line each; a click goes there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSizePolicy

from annotator.core.model import Annotation, Kind
from annotator.ui.panels.parts import MARKS, one_line
from annotator.ui.panels.rows import ByWords

MOST = 5
LINE = 22
AROUND = 4
"""Pixels of frame and padding above and below the lines."""


class Link(NamedTuple):
    """One annotation of the list: who it is, and how it is called here."""

    id: str
    kind: Kind
    words: str


def link_to_words(annotation: Annotation) -> Link:
    """A link that shows the annotation's words."""
    return Link(annotation.id, annotation.kind, annotation.words)


class Links(QListWidget):
    """Annotations to go to: ``go_to`` carries an id, on a click or Enter.

    As high as its lines need, up to `MOST`; with no links it says ``nothing``.
    """

    go_to = Signal(str)

    def __init__(self, name: str, nothing: str) -> None:
        super().__init__()
        self._nothing = nothing
        self._links: tuple[Link, ...] = ()
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setItemDelegate(ByWords(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.itemClicked.connect(self._go)

    def show_links(self, links: Iterable[Link], nothing: str | None = None) -> None:
        """Show these, or in their place ``nothing``, where it is other than usual."""
        wanted = tuple(links), nothing or self._nothing
        if wanted != (self._links, self._nothing) or not self.count():
            self._links, self._nothing = wanted
            self._fill()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._go(self.currentItem())
        else:
            super().keyPressEvent(event)

    def _go(self, item: QListWidgetItem) -> None:
        annotation_id = item.data(Qt.ItemDataRole.UserRole)
        if annotation_id:
            self.go_to.emit(annotation_id)

    def _fill(self) -> None:
        self.clear()
        for link in self._links:
            words = one_line(link.words)
            item = self._add(f"{MARKS[link.kind]} {words}")
            item.setData(Qt.ItemDataRole.UserRole, link.id)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{link.kind} {words}")
            item.setToolTip(one_line(link.words, 1000))
        if not self._links:
            self._add(self._nothing).setFlags(Qt.ItemFlag.NoItemFlags)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if self._links else Qt.FocusPolicy.NoFocus)
        policy = Qt.ScrollBarPolicy
        scrolls = self.count() > MOST
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAlwaysOn if scrolls else policy.ScrollBarAlwaysOff
        )
        self.setFixedHeight(max(1, min(self.count(), MOST)) * LINE + AROUND)

    def _add(self, text: str) -> QListWidgetItem:
        item = QListWidgetItem(text, self)
        item.setSizeHint(QSize(0, LINE))
        return item
