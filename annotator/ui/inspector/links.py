"""A few annotations in a list, one line each; a click goes there, its cross unlinks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPalette
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSizePolicy, QStyleOptionViewItem

from annotator.core.display_text import one_line
from annotator.core.model import Annotation, Kind
from annotator.ui.theme import MARKS
from annotator.ui.widgets.painted_list import COMING
from annotator.ui.widgets.plain import plain_tip
from annotator.ui.widgets.row_model import Index
from annotator.ui.widgets.rows import ByWords

MOST = 5
LINE = 22
AROUND = 4
"""Pixels of frame and padding above and below the lines."""


CROSS = 22
"""Pixels at the right of a line that unlink."""

ID = Qt.ItemDataRole.UserRole
CUTS = Qt.ItemDataRole.UserRole + 1


class Link(NamedTuple):
    """One annotation of the list: who it is, and how it is called here.

    ``own`` is false for what is not linked itself, but through another annotation.
    """

    id: str
    kind: Kind
    words: str
    own: bool = True


def link_to_words(annotation: Annotation) -> Link:
    """A link that shows the annotation's words."""
    return Link(annotation.id, annotation.kind, annotation.words)


class LinkDelegate(ByWords):
    """A line, with a cross at its right where it can be unlinked."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cross = QRect(option.rect)
        if index.data(CUTS):
            cross.setLeft(cross.right() - CROSS)
            option.rect.setRight(cross.left())
        super().paint(painter, option, index)
        if index.data(CUTS):
            painter.setPen(option.palette.color(QPalette.ColorRole.PlaceholderText))
            painter.drawText(cross, Qt.AlignmentFlag.AlignCenter, "✕")


class Links(QListWidget):
    """Annotations to go to: ``go_to`` carries an id, on a click or Enter.

    ``unlink_wanted`` carries one, too, on a click on the cross or Delete. As high as its
    lines need, up to `MOST`; with no links it says ``nothing``.
    """

    go_to = Signal(str)
    unlink_wanted = Signal(str)

    def __init__(self, name: str, nothing: str) -> None:
        super().__init__()
        self._nothing = nothing
        self._links: tuple[Link, ...] = ()
        self._editable = True
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setItemDelegate(LinkDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.itemClicked.connect(self._go)

    def show_links(self, links: Iterable[Link], nothing: str | None = None) -> None:
        """Show these, or in their place ``nothing``, where it is other than usual."""
        wanted = tuple(links), nothing or self._nothing
        if wanted != (self._links, self._nothing) or not self.count():
            self._links, self._nothing = wanted
            self._fill()

    def set_editable(self, editable: bool) -> None:
        """Whether links can be cut here."""
        if editable != self._editable:
            self._editable = editable
            self._fill()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._crossed(event.position()) is None:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        crossed = self._crossed(event.position())
        if crossed is None:
            super().mouseReleaseEvent(event)
        elif event.button() is Qt.MouseButton.LeftButton:
            self.unlink_wanted.emit(crossed.data(ID))

    def _crossed(self, place: QPointF) -> QListWidgetItem | None:
        """The line whose cross stands at a place."""
        index = self.indexAt(place.toPoint())
        on_cross = place.x() > self.viewport().width() - CROSS
        return self.item(index.row()) if on_cross and index.data(CUTS) else None

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard sees which line it would unlink."""
        super().focusInEvent(event)
        if event.reason() in COMING:
            self.setCurrentRow(max(0, self.currentRow()))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() in COMING:
            self.clearSelection()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        current = self.currentIndex()
        if event.key() == Qt.Key.Key_Delete and current.data(CUTS):
            self.unlink_wanted.emit(current.data(ID))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._go(self.currentItem())
        else:
            super().keyPressEvent(event)

    def _go(self, item: QListWidgetItem) -> None:
        annotation_id = item.data(ID)
        if annotation_id:
            self.go_to.emit(annotation_id)

    def _fill(self) -> None:
        self.clear()
        for link in self._links:
            words = one_line(link.words)
            item = self._add(f"{MARKS[link.kind]} {words}")
            item.setData(ID, link.id)
            item.setData(CUTS, link.own and self._editable)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{link.kind} {words}")
            item.setToolTip(plain_tip(one_line(link.words, 1000)))
            if link.own and self._editable:
                item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, "Delete unlinks")
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
