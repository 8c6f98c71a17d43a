"""The one place that talks to the user: a quiet line, a bar above the text, rarely a question."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QWidget,
)

from annotator.ui.widgets.plain import PlainLabel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QProgressDialog

Offer = tuple[str, Callable[[], object]]

TITLE = "Source-attribution annotator"
HINT_MS = 6000
PROGRESS_MS = 600
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


class Talk:
    """Says things to the user; tests put their own in its place."""

    def __init__(self, window: QWidget, bar: MessageBar, hint: QLabel) -> None:
        self._window, self._bar, self._hint = window, bar, hint
        self._fade = QTimer(window)
        self._fade.setSingleShot(True)
        self._fade.timeout.connect(hint.clear)

    def hint(self, sentence: str) -> None:
        """A passing remark in the status bar."""
        self._hint.setText(sentence)
        self._fade.start(HINT_MS)

    def ask(self, sentence: str) -> None:
        """What the status bar asks for until it is answered; empty takes it back."""
        self._fade.stop()
        self._hint.setText(sentence)

    def tell(self, sentence: str, *offers: Offer) -> None:
        """Something worth knowing, above the text."""
        self._bar.show_sentence(sentence, offers, bad=False)

    def warn(self, sentence: str, *offers: Offer) -> None:
        """Something that went wrong, above the text; it is logged too."""
        logging.getLogger(__name__).warning(sentence)
        self._bar.show_sentence(sentence, offers, bad=True)

    def progress(self, sentence: str, stop: Callable[[], object]) -> QProgressDialog:
        """How far long work is, as soon as it is long; ``stop`` is done when it is cancelled."""
        from PySide6.QtWidgets import QProgressBar, QProgressDialog

        dialog = QProgressDialog(sentence, "Stop", 0, 1, self._window)
        dialog.setWindowTitle(TITLE)
        bar = QProgressBar(dialog)
        bar.setTextVisible(False)  # no colour is read on both the bar and its ground
        bar.setFixedHeight(8)
        dialog.setBar(bar)
        dialog.setMinimumWidth(ROOM)
        dialog.setMinimumDuration(PROGRESS_MS)
        dialog.setAutoClose(False)
        dialog.setAutoReset(False)
        dialog.canceled.connect(lambda: stop())
        dialog.setValue(0)
        return dialog

    def quiet(self) -> None:
        """Take back what the bar says."""
        self._bar.dismiss()

    def ask_text(self, question: str, proposal: str) -> str | None:
        """A line of text, or None when the question is closed."""
        from PySide6.QtWidgets import QInputDialog

        text, given = QInputDialog.getText(self._window, TITLE, question, text=proposal)
        return text.strip() if given and text.strip() else None

    def choose(self, question: str, detail: str, *answers: str) -> int:
        """Which of the answers was chosen, by its place.

        The last one, which must lose nothing, is also what Enter gives, and closing.
        """
        from PySide6.QtWidgets import QMessageBox

        box = QMessageBox(self._window)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(question)
        box.setInformativeText(detail)
        buttons = [box.addButton(a, QMessageBox.ButtonRole.ActionRole) for a in answers]
        box.setEscapeButton(buttons[-1])
        box.setDefaultButton(buttons[-1])
        box.exec()
        clicked = box.clickedButton()
        return buttons.index(clicked) if clicked in buttons else len(answers) - 1
