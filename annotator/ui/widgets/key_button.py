"""A tool button that shows its key beside its name."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAction,
    QColor,
    QFont,
    QFontMetrics,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QToolButton

PAD, TIGHT = 12, 5
GAP, TIGHT_GAP = 8, 4
SMALL = 0.9
HEIGHT = 28


class KeyButton(QToolButton):
    """A dot in the kind's colour, the name, the key; it never takes the focus from the text."""

    def __init__(
        self,
        action: QAction,
        color: QColor | None = None,
        *,
        tags: bool = False,
        tight: bool = False,
    ) -> None:
        super().__init__()
        self.tags = tags
        self._pad, self._gap = (TIGHT, TIGHT_GAP) if tight else (PAD, GAP)
        if tight:
            font = QFont(self.font())
            font.setPointSizeF(font.pointSizeF() * SMALL)
            self.setFont(font)
        self.setDefaultAction(action)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._color = color
        self._label = action.text().replace("&", "")
        if tight:
            self._label = self._label.rstrip("…")
        self._key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self._idle = False
        self._hint = QSize()
        self.setAccessibleName(f"{self._label}, key {self._key}")

    def set_idle(self, idle: bool) -> None:
        """Look as if it could do nothing now; pressed all the same, it lets the refusal speak."""
        if idle != self._idle:
            self._idle = idle
            self.update()

    def _key_font(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.8)
        return font

    def _key_width(self) -> int:
        return QFontMetrics(self._key_font()).horizontalAdvance(self._key) + 9 if self._key else 0

    def sizeHint(self) -> QSize:
        if self._hint.isEmpty():  # a tool bar asks some twenty times before it is shown
            dot = 16 if self._color else 0
            words = self.fontMetrics().horizontalAdvance(self._label)
            key = self._key_width() + self._gap if self._key else 0
            self._hint = QSize(2 * self._pad + dot + words + key, HEIGHT)
        return self._hint

    def changeEvent(self, event: QEvent) -> None:
        self._hint = QSize()  # there may be another font
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(palette.mid().color(), 1))
        pressed = not self._is_idle() and (self.isDown() or self.underMouse())
        on = pressed or self.isChecked()
        painter.setBrush(palette.highlight() if on else palette.button())
        painter.drawRoundedRect(box, 5, 5)
        self._paint_words(painter)
        painter.end()

    def _paint_words(self, painter: QPainter) -> None:
        left = self._pad
        if self._color:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.ink() if self._is_idle() else self._color)
            painter.drawEllipse(QPointF(left + 4, self.height() / 2), 4, 4)
            left += 16
        painter.setPen(self.ink())
        words = self.rect().adjusted(left, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self._label)
        if self._key:
            self._paint_key(painter)

    def _is_idle(self) -> bool:
        return self._idle or not self.isEnabled()

    def ink(self) -> QColor:
        """The colour of its words."""
        group = QPalette.ColorGroup.Disabled if self._is_idle() else QPalette.ColorGroup.Active
        return self.palette().color(group, QPalette.ColorRole.ButtonText)

    def _paint_key(self, painter: QPainter) -> None:
        width = self._key_width()
        box = QRectF(self.width() - self._pad - width, (self.height() - 16) / 2, width, 16)
        painter.setPen(QPen(self.palette().mid().color(), 1))
        painter.setBrush(self.palette().window())
        painter.drawRoundedRect(box, 3, 3)
        painter.setFont(self._key_font())
        painter.setPen(self.palette().placeholderText().color())
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._key)
