"""Fields of text that are as high as their words need, up to a few lines."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

from annotator.ui.widgets.plain import plain_tip
from annotator.ui.widgets.rows import direction

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class GrowingText(QPlainTextEdit):
    """Plain text in one line, growing to ``most`` lines before it ``scrolls``."""

    def __init__(self, most: int, *, scrolls: bool = True) -> None:
        super().__init__()
        self._most = most
        self._scrolls = scrolls
        self.document().setDocumentMargin(3)
        option = QTextOption()
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        self.document().setDefaultTextOption(option)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        self._align()
        lines = len(line_ends(self.toPlainText(), self.font(), self._room(), self._most + 1))
        policy = Qt.ScrollBarPolicy
        scrolls = self._scrolls and lines > self._most
        bar = policy.ScrollBarAsNeeded if scrolls else policy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(bar)
        shown = max(1, min(lines, self._most))
        around = self.height() - self.viewport().height() if self.isVisible() else 6
        margins = 2 * round(self.document().documentMargin())
        self.setFixedHeight(shown * self.fontMetrics().lineSpacing() + margins + around)

    def _align(self) -> None:
        """Arabic and Hebrew begin at the right, which a plain text does not see to by itself."""
        option = self.document().defaultTextOption()
        from_right = direction(self.toPlainText()) is Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if from_right else Qt.AlignmentFlag.AlignLeft
        if option.alignment() != side:
            option.setAlignment(side)
            self.document().setDefaultTextOption(option)

    def _room(self) -> float:
        """The pixels that a line may take."""
        return self.viewport().width() - 2 * self.document().documentMargin()

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.height())


class WordsField(GrowingText):
    """Words to read and to copy, elided after ``most`` lines; the tooltip has them all."""

    def __init__(self, name: str, most: int = 5) -> None:
        # A scroll bar would take room from the words, which then are fewer and need none.
        super().__init__(most, scrolls=False)
        self._words = self._shown = ""
        self.setReadOnly(True)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def show_words(self, words: str) -> None:
        """Show these words."""
        self._words = words
        self._fit()

    def _fit(self) -> None:
        shown = elided(self._words, self.font(), self._room(), self._most)
        # Asked back, the widget would give a no-break space as a blank, and differ for ever.
        if shown != self._shown:
            self._shown = shown
            self.setPlainText(shown)
        super()._fit()
        self.setToolTip("" if shown == self._words else plain_tip(self._words[:2000]))


class NoteField(GrowingText):
    """A note being written; ``committed`` when it is left, or on Ctrl+Enter.

    ``committed`` only tells that it is time: see `is_edited` and `toPlainText`.
    """

    committed = Signal()

    def __init__(self) -> None:
        super().__init__(4)
        self._shown = ""
        self.setAccessibleName("Note")
        self.setPlaceholderText("For colleagues")

    def show_note(self, note: str) -> None:
        """Show another annotation's note; what was typed is gone."""
        self.setPlainText(note)
        self._shown = self.toPlainText().strip()

    def follow(self, note: str) -> None:
        """Show what has become of the same annotation's note, unless other words are typed."""
        if self.is_edited:
            self._shown = note.strip()
        elif note.strip() != self._shown:
            self.show_note(note)

    @property
    def is_edited(self) -> bool:
        """Whether something else stands here than was shown, blanks at the ends aside."""
        return self.toPlainText().strip() != self._shown

    def event(self, event: QEvent) -> bool:
        # Ctrl+Enter also is a command of the window; while a note is written it is ours.
        if event.type() == QEvent.Type.ShortcutOverride and _commits(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _commits(event):
            self.committed.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.committed.emit()


def _commits(event: QEvent) -> bool:
    return (
        isinstance(event, QKeyEvent)
        and event.key() in ENTER
        and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    )


def elided(words: str, font: QFont, width: float, most: int) -> str:
    """``words`` as far as they go into ``most`` lines of ``width`` pixels, then an ellipsis."""
    ends = line_ends(words, font, width, most)
    units = words.encode("utf-16-le")
    if not ends or 2 * ends[-1] >= len(units):
        return words
    shown = units[: 2 * ends[-1]].decode("utf-16-le", "ignore")
    return f"{shown.rstrip()[:-2].rstrip()} …"


def line_ends(text: str, font: QFont, width: float, most: int) -> list[int]:
    """Where the first ``most`` lines of ``text`` end, in UTF-16 units, wrapped at ``width``."""
    layout = QTextLayout(text.replace("\n", "\u2028"), font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    ends: list[int] = []
    while len(ends) < most and (line := layout.createLine()).isValid():
        line.setLineWidth(max(1.0, width))
        ends.append(line.textStart() + line.textLength())
    layout.endLayout()
    return ends
