"""The commands of a review, and the keys that are theirs while one lies on the desk."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from annotator.ui.articles import opening
from annotator.ui.command import REVIEW, Command, Where, is_open
from annotator.ui.keys.keys import is_bare, keys_of, plain

if TYPE_CHECKING:
    from annotator.ui.review.panel import ReviewPanel
    from annotator.ui.window import Window

_OPEN = ("review.accept", "review.edit", "review.reject", "review.comment")
CARDS = {
    "OPEN": _OPEN,
    "QUESTION": _OPEN,
    "CHANGED": ("review.accept", "review.keep", "review.edit", "review.comment"),
    "DECIDED": ("review.edit", "review.reopen", "review.why", "review.comment"),
}
"""What can be done with an item, by its `State`, as it stands in its card."""

MOST = 9
"""Annotators that have a key each."""


def is_reviewing(window: Window) -> bool:
    """Whether a review lies on the desk."""
    return window.reviewing.on


# The moves compare taggings; they are loaded when the first one is made, as the panel is, since
# most days are spent tagging.


def _accept(window: Window) -> None:
    from annotator.ui.review import decisions

    decisions.accept(window)


def _take(digit: int, window: Window) -> None:
    from annotator.ui.review import decisions

    decisions.take(window, digit)


def _edit(window: Window) -> None:
    from annotator.ui.review import decisions

    decisions.edit(window)


def _reject(window: Window) -> None:
    from annotator.ui.review import decisions

    decisions.reject(window)


def _keep(window: Window) -> None:
    from annotator.ui.review import decisions

    decisions.keep(window)


def _reopen(window: Window) -> None:
    from annotator.ui.review import decisions

    decisions.reopen(window)


def _write(what: str, window: Window) -> None:
    from annotator.ui.review import decisions
    from annotator.ui.review.card import Writing

    decisions.begin_writing(window, Writing[what])


def _accept_all(which: str, window: Window) -> None:
    from annotator.review.decide.decisions import Which
    from annotator.ui.review import decisions

    decisions.accept_all(window, Which[which])


REVIEWING = (
    Command(
        "review.toggle",
        "&Review",
        ("Ctrl+R",),
        REVIEW,
        lambda w: opening.toggle_review(w),
        enabled=is_open,
        checked=is_reviewing,
        strip=True,
    ),
    Command(
        "review.next",
        "&Next open item",
        ("Space",),
        REVIEW,
        lambda w: w.reviewing.step(1),
        Where.REVIEW,
        is_reviewing,
        group=1,
    ),
    Command(
        "review.previous",
        "&Previous open item",
        ("Shift+Space",),
        REVIEW,
        lambda w: w.reviewing.step(-1),
        Where.REVIEW,
        is_reviewing,
        group=1,
    ),
    Command(
        "review.accept",
        "&Accept",
        ("A",),
        REVIEW,
        _accept,
        Where.REVIEW,
        is_reviewing,
        group=2,
    ),
    *(
        Command(
            f"review.take-{digit}",
            f"Version of annotator &{digit}",
            (str(digit),),
            REVIEW,
            partial(_take, digit),
            Where.REVIEW,
            is_reviewing,
            group=2,
            sub="&Take",
        )
        for digit in range(1, MOST + 1)
    ),
    Command(
        "review.edit",
        "&Edit",
        ("E",),
        REVIEW,
        _edit,
        Where.REVIEW,
        is_reviewing,
        group=2,
    ),
    Command(
        "review.reject",
        "Re&ject",
        ("X",),
        REVIEW,
        _reject,
        Where.REVIEW,
        is_reviewing,
        group=2,
    ),
    Command(
        "review.reject-why",
        "Reject with a rea&son…",
        ("Shift+X",),
        REVIEW,
        partial(_write, "REASON"),
        Where.REVIEW,
        is_reviewing,
        group=2,
    ),
    Command(
        "review.comment",
        "&Comment…",
        ("C",),
        REVIEW,
        partial(_write, "COMMENT"),
        Where.REVIEW,
        is_reviewing,
        group=2,
    ),
    Command(
        "review.question",
        "As&k a question…",
        ("Shift+C",),
        REVIEW,
        partial(_write, "QUESTION"),
        Where.REVIEW,
        is_reviewing,
        group=2,
    ),
    Command(
        "review.why",
        "&Why…",
        ("Shift+E",),
        REVIEW,
        partial(_write, "WHY"),
        Where.REVIEW,
        is_reviewing,
        group=2,
    ),
    Command(
        "review.keep",
        "Keep as &decided",
        (),
        REVIEW,
        _keep,
        Where.REVIEW,
        is_reviewing,
        group=2,
    ),
    Command(
        "review.reopen",
        "Re&open",
        (),
        REVIEW,
        _reopen,
        Where.REVIEW,
        is_reviewing,
        group=2,
    ),
    Command(
        "review.accept-agreed",
        "Accept a&ll that agree",
        (),
        REVIEW,
        partial(_accept_all, "AGREED"),
        enabled=is_reviewing,
        group=3,
    ),
    Command(
        "review.accept-longer",
        "Accept trivial &boundaries, longer",
        (),
        REVIEW,
        partial(_accept_all, "LONGER"),
        enabled=is_reviewing,
        group=3,
    ),
    Command(
        "review.accept-shorter",
        "Accept trivial bo&undaries, shorter",
        (),
        REVIEW,
        partial(_accept_all, "SHORTER"),
        enabled=is_reviewing,
        group=3,
    ),
    Command(
        "review.list",
        "To the l&ist",
        ("Alt+4",),
        REVIEW,
        lambda w: w.show_list(w.reviewing.panel),
        enabled=is_reviewing,
        group=4,
    ),
)


class ReviewKeys(QObject):
    """Gives the keys of a review to its commands, in the text and in the list.

    In the text they give way to the keys of tagging while words are selected: those tag what
    nobody has tagged. They also do while a link or a search is under way.
    """

    def __init__(self, window: Window, panel: ReviewPanel) -> None:
        from annotator.review.decide.state import State

        super().__init__(window)
        self._window = window
        actions = window.actions_by_name
        panel.card_actions = {
            State[state]: [actions[name] for name in names] for state, names in CARDS.items()
        }
        for part in (window.page, panel.lines):
            part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or not self._window.reviewing.on:
            return False
        if event.type() not in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            return False
        command = self._command(event.keyCombination(), watched is self._window.page)
        if command is None:
            return False
        # Who accepts the override gets the key itself, rather than the command of tagging.
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            self._window.actions_by_name[command.name].trigger()
        return True

    def _command(self, pressed: QKeyCombination, in_text: bool) -> Command | None:
        held = pressed.keyboardModifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = QKeySequence(QKeyCombination(held, pressed.key())).toString()
        if not key or (in_text and is_bare(key) and self._tags()):
            return None
        settings = self._window.settings
        having = (one for one in REVIEWING if one.where is Where.REVIEW)
        return next((one for one in having if key in map(plain, keys_of(settings, one))), None)

    def _tags(self) -> bool:
        """Whether the keys of tagging have something to do."""
        window = self._window
        start, end = window.page.selection
        return start < end or window.linking.active or window.finding.active
