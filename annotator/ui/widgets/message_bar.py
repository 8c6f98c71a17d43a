"""The bar above the text: one sentence with its offers, until it is answered or closed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QPushButton, QWidget

from annotator.ui.widgets.plain import PlainLabel

Offer = tuple[str, Callable[[], object]]
"""A button's label and what it does."""

ROOM = 320
"""Pixels that a sentence needs to be read with ease."""


class MessageBar(QFrame):
    """One sentence above the text, with its offers; stays until answered or closed."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messageBar")
        self.sentence = PlainLabel(self)
        self.sentence.setWordWrap(True)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._offers: list[QPushButton] = []
        self._row = QHBoxLayout()
        self._row.addStretch()
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(16, 8, 8, 8)
        self._box.addWidget(self.sentence, 1)
        self._box.addLayout(self._row)
        for layout in (self._box, self._row):
            layout.setSpacing(8)
        self.hide()

    def show_sentence(self, sentence: str, offers: tuple[Offer, ...] = (), *, bad: bool) -> None:
        """Say ``sentence``; each offer is a button that does it and closes the bar."""
        self._clear()
        self.setProperty("bad", bad)
        self.style().unpolish(self)
        self.style().polish(self)
        self.sentence.setText(sentence)
        self.setAccessibleName(sentence)
        for label, act in (*offers, ("Close", lambda: None)):
            self._add_offer(label, act)
        self._arrange()
        self.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Where the offers would leave the sentence too little room, they stand below it."""
        left = self.width() - self._row.sizeHint().width()
        ways = QBoxLayout.Direction
        self._box.setDirection(ways.LeftToRight if left > ROOM else ways.TopToBottom)

    def _add_offer(self, label: str, act: Callable[[], object]) -> None:
        button = QPushButton(label, self)
        enter = QShortcut(QKeySequence("Return"), button, context=Qt.ShortcutContext.WidgetShortcut)
        enter.activated.connect(button.click)
        button.clicked.connect(self.dismiss)
        button.clicked.connect(lambda: act())
        self._row.addWidget(button)
        button.show()  # at once: the layout would do so later, and leave it no room until then
        self._offers.append(button)

    def take_keyboard(self) -> None:
        """Go to the first offer, where there is nothing else to do."""
        if self._offers:
            self._offers[0].setFocus()

    def dismiss(self) -> None:
        """Close the bar."""
        self.hide()
        self.closed.emit()

    def _clear(self) -> None:
        for button in self._offers:
            button.hide()
            button.deleteLater()
        self._offers.clear()
