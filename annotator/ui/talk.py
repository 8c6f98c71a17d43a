"""The one place that talks to the user: a quiet line, a bar above the text, rarely a question."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QWidget

from annotator.core.display_text import escaped
from annotator.core.errors import AnnotatorError, Refused
from annotator.ui.widgets.message_bar import ROOM, MessageBar, Offer

if TYPE_CHECKING:
    from PySide6.QtWidgets import QProgressDialog

TITLE = "Source-attribution annotator"
HINT_MS = 6000
PROGRESS_MS = 600


class Talk:
    """Says things to the user; tests put their own in its place.

    Dialogs belong to ``parent``.
    """

    def __init__(self, parent: QWidget, bar: MessageBar, hint: QLabel) -> None:
        self.parent, self._bar, self._hint = parent, bar, hint
        self._fade = QTimer(parent)
        self._fade.setSingleShot(True)
        self._fade.timeout.connect(hint.clear)

    def attempt(self, act: Callable[[], object]) -> None:
        """Do something on the user's behalf; an expected error is said, not raised."""
        try:
            act()
        except AnnotatorError as error:
            self.show_error(error)

    def show_error(self, error: AnnotatorError) -> None:
        """Say what was refused as a passing remark; anything else stays above the text."""
        if isinstance(error, Refused):
            self.hint(str(error))
        else:
            self.warn(str(error))

    def hint(self, sentence: str) -> None:
        """A passing remark in the status bar."""
        self._hint.setText(escaped(sentence))
        self._fade.start(HINT_MS)

    def ask(self, sentence: str) -> None:
        """What the status bar asks for until it is answered; empty takes it back."""
        self._fade.stop()
        self._hint.setText(escaped(sentence))

    def tell(self, sentence: str, *offers: Offer) -> None:
        """Something worth knowing, above the text."""
        self._bar.show_sentence(escaped(sentence), offers, bad=False)

    def tell_each(self, sentences: Sequence[str], *, bad: bool) -> None:
        """Several things worth knowing, a line each; ``bad`` as `warn` is."""
        told = [escaped(one) for one in sentences]
        if bad:
            logging.getLogger(__name__).warning(" ".join(told))
        self._bar.show_sentence("\n".join(told), (), bad=bad)

    def warn(self, sentence: str, *offers: Offer) -> None:
        """Something that went wrong, above the text; it is logged too."""
        logging.getLogger(__name__).warning(sentence)
        self._bar.show_sentence(escaped(sentence), offers, bad=True)

    def progress(self, sentence: str, stop: Callable[[], object]) -> QProgressDialog:
        """How far long work is, as soon as it is long; ``stop`` is done when it is cancelled."""
        from PySide6.QtWidgets import QProgressBar, QProgressDialog

        dialog = QProgressDialog(sentence, "Stop", 0, 1, self.parent)
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

    def take_keyboard(self) -> None:
        """Go to the first offer of the bar, where there is nothing else to do."""
        self._bar.take_keyboard()

    @property
    def said(self) -> str:
        """What the bar says; empty while it is closed."""
        return "" if self._bar.isHidden() else self._bar.sentence.text()

    def ask_text(self, question: str, proposal: str) -> str | None:
        """A line of text, or None when the question is closed."""
        from PySide6.QtWidgets import QInputDialog

        text, given = QInputDialog.getText(self.parent, TITLE, question, text=proposal)
        return text.strip() if given and text.strip() else None

    def choose(self, question: str, detail: str, *answers: str) -> int:
        """Which of the answers was chosen, by its place; ``detail`` may have several lines.

        The last one, which must lose nothing, is also what Enter gives, and closing.
        """
        from PySide6.QtWidgets import QMessageBox

        box = QMessageBox(self.parent)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(escaped(question))
        box.setInformativeText("\n".join(map(escaped, detail.split("\n"))))
        buttons = [box.addButton(a, QMessageBox.ButtonRole.ActionRole) for a in answers]
        box.setEscapeButton(buttons[-1])
        box.setDefaultButton(buttons[-1])
        box.exec()
        clicked = box.clickedButton()
        return buttons.index(clicked) if clicked in buttons else len(answers) - 1
