"""The scroll bar with a map of all tags: where in the article what kind of tag stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QScrollBar, QWidget

from annotator.core.change import Change
from annotator.core.model import Annotation, Kind
from annotator.ui.theme import LIGHT, Theme

BINS = 256
"""Parts of the article; tags in one part share a tick."""

WIDTH = 8
HEIGHT = 3
"""Pixels of a tick."""


class ScrollMap(QScrollBar):
    """A vertical scroll bar; tags are counted per part, so that a change repaints its own tick."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setAccessibleName("Scroll bar with a map of the tags")
        self.theme: Theme = LIGHT
        self._length = 1
        self._waiting: Iterable[Annotation] | None = None
        self._counts: Counter[tuple[int, Kind]] = Counter()
        self._picture: QPixmap | None = None

    def show_map(self, annotations: Iterable[Annotation], length: int) -> None:
        """Show the tags of another article, which has ``length`` code points.

        They are counted after the first paint, for which the words should not have to wait.
        """
        self._waiting, self._length = annotations, max(1, length)
        self._counts.clear()
        self._draw_anew()

    def _count(self) -> None:
        if self._waiting is not None:
            self._counts.update((self._bin(one), one.kind) for one in self._waiting)
            self._waiting = None
            self._draw_anew()

    def show_change(self, change: Change) -> None:
        """Take a change into the map."""
        if self._waiting is not None:
            return
        for annotation in change.before:
            self._counts[self._bin(annotation), annotation.kind] -= 1
        for annotation in change.after:
            self._counts[self._bin(annotation), annotation.kind] += 1
        for part in {self._bin(one) for one in (*change.before, *change.after)}:
            self._draw_again(part)

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self.theme = theme
        self._draw_anew()

    def _bin(self, annotation: Annotation) -> int:
        return annotation.spans[0].start * BINS // self._length

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._draw_anew()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._waiting is not None:
            QTimer.singleShot(0, self, self._count)
        if self._picture is None:
            self._picture = self._drawn()
        painter = QPainter(self)
        painter.drawPixmap(self.width() - WIDTH, 0, self._picture)
        painter.end()

    def _draw_anew(self) -> None:
        self._picture = None
        self.update()

    def _draw_again(self, part: int) -> None:
        """Draw the tick of one part again, and those that its place overlaps."""
        top = self._top(part)
        if self._picture is not None:
            painter = QPainter(self._picture)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
            painter.fillRect(QRect(0, top, WIDTH, HEIGHT), Qt.GlobalColor.transparent)
            for near in range(part - HEIGHT, part + HEIGHT + 1):
                if abs(self._top(near) - top) < HEIGHT:
                    self._draw_tick(painter, near)
            painter.end()
        self.update(QRect(self.width() - WIDTH, top - HEIGHT, WIDTH, 3 * HEIGHT))

    def _drawn(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(QSize(WIDTH, max(1, self.height())) * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        for part in sorted({part for (part, _), count in self._counts.items() if count > 0}):
            self._draw_tick(painter, part)
        painter.end()
        return picture

    def _draw_tick(self, painter: QPainter, part: int) -> None:
        kinds = [kind for kind in Kind if self._counts[part, kind] > 0]
        for place, kind in enumerate(kinds):
            width = WIDTH / len(kinds)
            tick = QRectF(place * width, self._top(part), width, HEIGHT)
            painter.fillRect(tick, self.theme.kinds[kind].line)

    def _top(self, part: int) -> int:
        return part * max(0, self.height() - HEIGHT) // BINS
