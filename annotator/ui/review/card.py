"""The item under review: its versions below one another, and what can be done with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QFont
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from annotator.core.display_text import shown_name
from annotator.core.model import Comment, addressed
from annotator.review.decide.state import ItemState
from annotator.ui.widgets.boxes import in_column, in_row
from annotator.ui.widgets.key_button import KeyButton
from annotator.ui.widgets.line_edits import WritingField
from annotator.ui.widgets.plain import PlainLabel, plain_tip
from annotator.ui.widgets.quiet import quieted
from annotator.ui.widgets.rows import direction, small


class Writing(StrEnum):
    """What is written in the line of the card, in the words that ask for it."""

    COMMENT = "Comment on {name}'s version"
    QUESTION = "What is the question?"
    REASON = "Why is it rejected?"
    WHY = "Why was it decided so?"


class CardDraft(NamedTuple):
    """What is being written, about whose version, and whether the keyboard is there."""

    writing: Writing
    whom: str
    text: str
    focused: bool


@dataclass(frozen=True)
class ShownVersion:
    """A version as the card shows it; ``words`` and ``details`` beside them are rich text."""

    annotator: str
    digit: int
    plain: str
    words: str
    details: str
    proposed: bool


@dataclass(frozen=True)
class CardContents:
    """All that the card shows of an item.

    ``title`` is its kind, ``badges`` its differences (``quiet`` where they ask for nothing),
    ``outcome`` what was decided and ``remarks`` what else is worth a line, both rich text.
    """

    title: str
    badges: tuple[str, ...]
    versions: tuple[ShownVersion, ...]
    remarks: tuple[str, ...] = ()
    outcome: str = ""
    thread: tuple[Comment, ...] = ()
    state: ItemState = ItemState.OPEN
    quiet: bool = False


class ReviewCard(QFrame):
    """Shows one item. It is made anew for each, so that it never shows what is no more."""

    wanted = Signal(int)
    """The digit of the annotator whose version is to be taken, by its button."""

    written = Signal(object, str, str)
    """What was written (a `Writing`), the annotator whose version it is about, and the text."""

    left = Signal()
    """Done with writing; the keys are to work again."""

    def __init__(self, contents: CardContents, actions: Sequence[QAction]) -> None:
        super().__init__()
        self.setObjectName("reviewCard")
        self.setAccessibleName("Item under review")
        self.contents = contents
        self.field = WritingField()
        self.whom = QComboBox()
        self._writing = Writing.COMMENT
        self._box = in_column(inside=self, around=(8, 6, 8, 8), gap=5)
        self._add_title()
        self._box.addLayout(self._versions())
        self._add_lines()
        self._add_field()
        self._box.addLayout(_buttons(actions))

    # What it shows

    def _add_title(self) -> None:
        title = PlainLabel(self.contents.title)
        bold = QFont(title.font())
        bold.setBold(True)
        title.setFont(bold)
        line = in_row(title, (self._badges(), 1))
        line.setAlignment(title, Qt.AlignmentFlag.AlignTop)
        self._box.addLayout(line)

    def _badges(self) -> QWidget:
        """One below the other: an item rarely differs in more than two things."""
        badges = QWidget()
        box = in_column(inside=badges, around=(0, 1, 0, 1), gap=2)
        for words in self.contents.badges:
            badge = PlainLabel(words)
            badge.setFont(small(badge.font()))
            badge.setObjectName("reviewBadge")
            badge.setProperty("quiet", self.contents.quiet)
            badge.setMinimumWidth(20)
            box.addWidget(badge, 0, Qt.AlignmentFlag.AlignLeft)
        return badges

    def _versions(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(4)
        for row, shown in enumerate(self.contents.versions):
            grid.addWidget(self._take_button(shown), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(_version(shown), row, 1)
        return grid

    def _take_button(self, shown: ShownVersion) -> QPushButton:
        name = shown_name(shown.annotator)
        button = QPushButton(f"{name.replace('&', '&&')}  {shown.digit}")
        button.setObjectName("takeButton")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setAccessibleName(f"Take {name}'s version, key {shown.digit}")
        button.setToolTip(plain_tip(f"Take {name}'s version ({shown.digit})"))
        button.clicked.connect(lambda: self.wanted.emit(shown.digit))
        return button

    def _add_lines(self) -> None:
        for remark in self.contents.remarks:
            self._box.addWidget(quieted(_wrapped(remark)))
        if self.contents.outcome:
            self._box.addWidget(_wrapped(self.contents.outcome))
        for comment in self.contents.thread:
            by, whom = map(shown_name, (comment.by, addressed(comment.of)[0]))
            said = escape(f"{by} on {whom}: {comment.text}").replace("\n", "<br>")
            self._box.addWidget(_framed("comment", _wrapped(said)))

    # What is written

    def _add_field(self) -> None:
        for shown in self.contents.versions:
            self.whom.addItem(shown_name(shown.annotator), shown.annotator)
        self.whom.setAccessibleName("Whose version to comment on")
        self.field.setAccessibleName("Comment")
        self.field.returnPressed.connect(self._written)
        self.field.given_up.connect(self._put_away)
        self.whom.currentTextChanged.connect(self._name_field)
        self._box.addLayout(in_row(self.whom, (self.field, 1)))
        self.whom.hide()
        self.field.hide()

    def ask(self, writing: Writing) -> None:
        """Open the line for something to be written: a comment is on the proposed version."""
        if self.draft is None or writing is not self._writing:
            proposed = (nth for nth, one in enumerate(self.contents.versions) if one.proposed)
            self._open_line(writing, next(proposed, 0))
            self.field.clear()
        self.field.setFocus()

    def _open_line(self, writing: Writing, version: int) -> None:
        self._writing = writing
        self.whom.setCurrentIndex(version)
        several = len(self.contents.versions) > 1
        self.whom.setVisible(several and writing is Writing.COMMENT)
        self._name_field(self.whom.currentText())
        self.field.show()

    @property
    def draft(self) -> CardDraft | None:
        """What stands in the line that is open; None where nothing does."""
        text = self.field.text()
        if self.field.isHidden() or not text:
            return None
        return CardDraft(self._writing, self.whom.currentData(), text, self.field.hasFocus())

    def resume(self, draft: CardDraft) -> None:
        """Go on with what was being written before the card was made anew."""
        self._open_line(draft.writing, max(0, self.whom.findData(draft.whom)))
        self.field.setText(draft.text)
        if draft.focused:
            self.field.setFocus()

    def _name_field(self, name: str) -> None:
        asked = self._writing.value.format(name=name)
        self.field.setPlaceholderText(asked)
        self.field.setAccessibleName(asked)

    def _written(self) -> None:
        text = self.field.text().strip()
        if text or self._writing in (Writing.REASON, Writing.WHY):
            self._put_away()
            self.written.emit(self._writing, self.whom.currentData(), text)

    def _put_away(self) -> None:
        self.field.hide()
        self.whom.hide()
        self.updateGeometry()
        self.left.emit()


def _wrapped(text: str) -> QLabel:
    """Rich text on as many lines as it takes; what people wrote is escaped in it."""
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setFont(small(label.font()))
    return label


def _version(shown: ShownVersion) -> QFrame:
    side = "rtl" if direction(shown.plain) is Qt.LayoutDirection.RightToLeft else "ltr"
    small_print = f'<div dir="{side}"><small>{shown.details}</small></div>' if shown.details else ""
    label = _wrapped(f'<div dir="{side}">{shown.words}</div>{small_print}')
    label.setFont(QLabel().font())
    proposed = ", proposed" if shown.proposed else ""
    label.setAccessibleName(f"{shown_name(shown.annotator)}{proposed}: {shown.plain}")
    frame = _framed("version", label)
    frame.setProperty("proposed", shown.proposed)
    return frame


def _framed(name: str, label: QLabel) -> QFrame:
    """A label in a frame of that name; a label that is padded itself asks for too much height."""
    frame = QFrame()
    frame.setObjectName(name)
    frame.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    in_column(label, inside=frame, around=(6, 3, 6, 3))
    return frame


def _buttons(actions: Sequence[QAction]) -> QHBoxLayout:
    return in_row(*(KeyButton(action, tight=True) for action in actions), 0, gap=4)


def card_height(card: QWidget, width: int) -> int:
    """The pixels a card needs at a width."""
    layout = card.layout()
    assert layout is not None
    layout.activate()
    return (
        layout.totalHeightForWidth(width)
        if layout.hasHeightForWidth()
        else card.sizeHint().height()
    )
