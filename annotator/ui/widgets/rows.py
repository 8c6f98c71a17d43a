"""Painting the rows of lists: a ground, words, quiet words, keys."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QObject, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPalette, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem

from annotator.ui.widgets.row_model import Index

PAD = 8
GAP = 8
SMALL = 0.85
KEY = 16

_ISOLATE = "\u2068"
"""Unicode's first strong isolate; the end of the line ends it."""

_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class RowDelegate(QStyledItemDelegate):
    """Paints rows of one height, in pixels: the ground of the chosen one, and what heirs add."""

    def __init__(self, height: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._height = height

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self._height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(option.font)
        paint_ground(painter, option, index)
        self.paint_row(painter, option.rect.adjusted(PAD, 0, -PAD, 0), index, option.palette)
        painter.restore()

    def paint_row(self, painter: QPainter, room: QRect, index: Index, colours: QPalette) -> None:
        """Paint what the row shows."""
        raise NotImplementedError


class ByWords(QStyledItemDelegate):
    """Shows each item in the direction of its words: Arabic and Hebrew from right to left."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.direction = direction(option.text)


def direction(words: str) -> Qt.LayoutDirection:
    """The direction of ``words``, which is that of their first letter that has one."""
    sides = (unicodedata.bidirectional(char) for char in words)
    first = next((side for side in sides if side in ("L", "R", "AL")), "L")
    return Qt.LayoutDirection.LeftToRight if first == "L" else Qt.LayoutDirection.RightToLeft


def isolated(words: str) -> str:
    """``words`` behind their mark, in their own direction: what is cut off is cut at their end."""
    if direction(words) is Qt.LayoutDirection.LeftToRight:
        return words
    mark, blank, rest = words.partition(" ")
    is_marked = blank and len(mark) == 1 and not mark.isalnum()
    return f"{mark} {_ISOLATE}{rest}" if is_marked else f"{_ISOLATE}{words}"


def paint_ground(painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
    """The chosen row's ground, rounded; other rows stay as the list is."""
    # Asked of the list, since PySide makes all names of QStyle, 5 ms, for the option's state.
    view = option.widget
    if isinstance(view, QAbstractItemView) and view.selectionModel().isSelected(index):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(option.palette.highlight())
        painter.drawRoundedRect(option.rect.adjusted(1, 1, -1, -1), 4, 4)


def small(font: QFont) -> QFont:
    """``font`` in the size of quiet words."""
    result = QFont(font)
    result.setPointSizeF(font.pointSizeF() * SMALL)
    return result


def paint_words(
    painter: QPainter,
    room: QRect,
    words: str,
    palette: QPalette,
    elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> int:
    """Words from the left of ``room``, elided; returns the pixels they take."""
    painter.setPen(palette.color(QPalette.ColorRole.Text))
    shown = _elided(painter, words, room, elide)
    painter.drawText(room, _MIDDLE | Qt.AlignmentFlag.AlignLeft, shown)
    return painter.fontMetrics().horizontalAdvance(shown)


def paint_quiet(
    painter: QPainter,
    room: QRect,
    words: str,
    palette: QPalette,
    side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignRight,
) -> int:
    """Small quiet words at one side of ``room``, elided; returns the pixels they take."""
    painter.save()
    painter.setFont(small(painter.font()))
    painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
    shown = _elided(painter, words, room, Qt.TextElideMode.ElideRight)
    painter.drawText(room, _MIDDLE | side, shown)
    taken = painter.fontMetrics().horizontalAdvance(shown)
    painter.restore()
    return taken


def _elided(painter: QPainter, words: str, room: QRect, elide: Qt.TextElideMode) -> str:
    return painter.fontMetrics().elidedText(isolated(words), elide, room.width())


def paint_key(painter: QPainter, room: QRect, keys: str, palette: QPalette, around: int = 0) -> int:
    """Keys in a small box at the right of ``room``, with so many pixels ``around`` long ones.

    Returns the pixels that the box takes.
    """
    painter.save()
    painter.setFont(small(painter.font()))
    width = max(KEY, painter.fontMetrics().horizontalAdvance(keys) + around)
    box = QRect(room.right() - width, room.center().y() - KEY // 2, width, KEY)
    painter.setPen(QPen(palette.color(QPalette.ColorRole.Mid), 1))
    painter.setBrush(palette.window())
    painter.drawRoundedRect(box, 3, 3)
    painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, keys)
    painter.restore()
    return width
