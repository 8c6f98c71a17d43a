"""The keys of a review: in the text and in the list of items, while a review is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence

from annotator.ui.actions import Actions
from annotator.ui.command import Where
from annotator.ui.desk import Desk
from annotator.ui.keys.keys import is_bare
from annotator.ui.page.page import Page
from annotator.ui.ports import Mode

if TYPE_CHECKING:
    from annotator.ui.review.panel import ReviewPanel

_OPEN = ("review.accept", "review.edit", "review.reject", "review.comment")
CARDS = {
    "OPEN": _OPEN,
    "QUESTION": _OPEN,
    "CHANGED": ("review.accept", "review.keep", "review.edit", "review.comment"),
    "DECIDED": ("review.edit", "review.reopen", "review.why", "review.comment"),
}
"""What can be done with an item, by its `ItemState`, as it stands in its card."""


class ReviewKeys(QObject):
    """Gives the keys of a review to its commands.

    In the text they give way to the keys of tagging while words are selected: those tag what
    nobody has tagged. They also do while a link or a search is under way.
    """

    def __init__(self, desk: Desk, page: Page, actions: Actions, link: Mode, search: Mode) -> None:
        super().__init__(actions)
        self._desk, self._page, self._actions = desk, page, actions
        self._link, self._search = link, search

    def attach(self, panel: ReviewPanel) -> None:
        """Watch the text and the list of a panel, and give its cards their buttons."""
        from annotator.review.decide.state import ItemState

        panel.card_actions = {
            ItemState[state]: [self._actions[name] for name in names]
            for state, names in CARDS.items()
        }
        for part in (self._page, panel.lines):
            part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or not self._desk.is_reviewing():
            return False
        if event.type() not in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            return False
        action = self._action(event.keyCombination(), in_text=watched is self._page)
        if action is None:
            return False
        # Who accepts the override gets the key itself, rather than the command of tagging.
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            action.trigger()
        return True

    def _action(self, pressed: QKeyCombination, *, in_text: bool) -> QAction | None:
        held = pressed.keyboardModifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = QKeySequence(QKeyCombination(held, pressed.key()))
        if not key.toString() or (in_text and is_bare(key.toString()) and self._tags()):
            return None
        commands = (one for one in self._actions.commands if one.where is Where.REVIEW)
        actions = (self._actions[one.name] for one in commands)
        return next((action for action in actions if key in action.shortcuts()), None)

    def _tags(self) -> bool:
        """Whether the keys of tagging have something to do."""
        start, end = self._page.selection
        return start < end or self._link.active or self._search.active
