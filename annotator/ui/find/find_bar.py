"""The bar below the text for finding words, and tagging what was found."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QMenu,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from annotator.ui.widgets.boxes import in_row
from annotator.ui.widgets.line_edits import filter_field
from annotator.ui.widgets.plain import PlainLabel

NARROW, NARROWER = 760, 580
"""Pixels; in a bar with less room the button says less, then keys alone turn to other hits."""

LEAST, MOST, BESIDE = 90, 320, 540
"""Pixels of the field, and those that it leaves to what is beside it if it can."""

TO_THE_TEXT = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down)


class FindBar(QFrame):
    """One line: the words, how they are meant, how many there are, and a button to tag them."""

    changed = Signal()
    """Other words, or words meant otherwise."""

    all_changed = Signal(bool)
    """Whether all articles of the folder are to be looked through."""

    taken = Signal()
    """Enter in the field: to the text, at the hit shown."""

    turned = Signal(int)
    """To the next hit (1) or the previous one (-1)."""

    tag_wanted = Signal()
    """The remaining hits are to be tagged, as is known or as the choices say."""

    chosen = Signal(int)
    """The place of the choice by which they are to be."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("findBar")
        self.setAccessibleName("Find")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.field = self._field()
        self.same_case = self._switch("Aa", "Match case and accents")
        self.whole_word = self._switch("Word", "Whole words only")
        self.everywhere = self._switch("All articles", "Look through all articles of the folder")
        self.count = self._label()
        self.back = self._button("‹", "Previous hit (Shift+F3)", lambda: self.turned.emit(-1))
        self.on = self._button("›", "Next hit (F3)", lambda: self.turned.emit(1))
        self.tag = self._button("", "Tag the remaining hits", self.tag_wanted.emit)
        self.choices = QMenu(self.tag)
        self.tag.setMenu(self.choices)
        self.shut = self._button("×", "Close (Esc)", self.closed.emit)
        self._words = ("", "")
        self._lay_out()
        for switch in (self.same_case, self.whole_word):
            switch.toggled.connect(lambda _: self.changed.emit())
        self.everywhere.toggled.connect(self.all_changed)
        self.hide()

    def _field(self) -> QLineEdit:
        field = filter_field("Find in the text…")
        field.setParent(self)  # now, so that the Tab key goes from it to the switches
        field.textChanged.connect(lambda _: self.changed.emit())
        field.installEventFilter(self)
        return field

    def _switch(self, label: str, meaning: str) -> QToolButton:
        switch = self._button(label, meaning)
        switch.setCheckable(True)
        return switch

    def _button(self, label: str, meaning: str, act: object = None) -> QToolButton:
        button = QToolButton(self)
        button.setText(label)
        button.setToolTip(meaning)
        button.setAccessibleName(meaning)
        button.setAutoRaise(True)
        if act is not None:
            button.clicked.connect(act)
        return button

    def _label(self) -> QLabel:
        label = PlainLabel(self)
        label.setAccessibleName("Hits")
        label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        return label

    def _lay_out(self) -> None:
        switches = self.same_case, self.whole_word, self.everywhere, self.back, self.on
        said = (self.count, 1), self.tag, self.shut
        line = in_row(self.field, *switches, *said, inside=self, around=(12, 5, 8, 5), gap=4)
        line.insertSpacing(line.indexOf(self.count), 4)

    def begin(self, words: str) -> None:
        """Show the bar with its field ready to be typed in; no ``words`` keep the former ones."""
        self.show()
        if words:
            self.field.setText(words)
        self.field.selectAll()
        self.field.setFocus()

    def say(self, count: str, *, bad: bool = False) -> None:
        """Say how many hits there are; ``bad`` when there is none."""
        palette = QPalette.ColorRole.Text if bad else QPalette.ColorRole.PlaceholderText
        self.count.setForegroundRole(palette)
        self.count.setText(count)

    def offer(self, words: str, short: str, *, enabled: bool, chosen: bool) -> None:
        """What the button says, in the room there is.

        While it is not ``chosen`` yet how to tag, the button opens the choices.
        """
        # The arrow first: a button that has been measured keeps its width until its words change.
        modes = QToolButton.ToolButtonPopupMode
        self.tag.setPopupMode(modes.MenuButtonPopup if chosen else modes.InstantPopup)
        self.style().unpolish(self.tag)
        self.style().polish(self.tag)
        self._words = words, short
        self._say_offer()
        self.tag.setAccessibleName(words)
        self.tag.setVisible(bool(words))
        self.tag.setEnabled(enabled)

    def _say_offer(self) -> None:
        self.tag.setText(self._words[self.width() < NARROW])
        for turn in (self.back, self.on):
            turn.setVisible(self.width() >= NARROWER)

    def fill_choices(self, choices: list[tuple[str, str]]) -> None:
        """What hits can be tagged as, each with the letter that chooses it in the menu."""
        self.choices.clear()
        for nth, (letter, name) in enumerate(choices):
            action = self.choices.addAction(f"&{letter.upper()}   {name.replace('&', '&&')}")
            action.triggered.connect(lambda _=False, at=nth: self.chosen.emit(at))

    def open_choices(self) -> None:
        """Open the choices above the button."""
        height = self.choices.sizeHint().height()
        self.choices.popup(self.tag.mapToGlobal(QPoint(0, -height)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # By the bar alone, so that no switch moves from under the mouse when hits are counted.
        self.field.setFixedWidth(max(LEAST, min(MOST, self.width() - BESIDE)))
        self._say_offer()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() not in TO_THE_TEXT:
                return False
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.turned.emit(-1)
            self.taken.emit()
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
