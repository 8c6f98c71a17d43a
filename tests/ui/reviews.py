"""What a reviewer does and sees in the window."""

from __future__ import annotations

from annotator.core.model import Verdict
from annotator.review.decide.worklist import Entry
from annotator.ui.app import App
from annotator.ui.review.card import ReviewCard
from tests.ui.hands import Hands


def current(hands: Hands) -> Entry:
    """The item that is looked at."""
    return hands.app.reviewer.items.entry


def card(hands: Hands) -> ReviewCard:
    found = hands.app.reviewer.items.panel.card
    assert found is not None
    return found


def item(hands: Hands, words: str) -> Entry:
    """The item about these words."""
    entries = hands.app.reviewer.items.entries
    return next(one for one in entries if words in one.proposed.annotation.words)


def look_at(hands: Hands, words: str) -> Entry:
    """Go to the item about these words, as a click in the list does."""
    hands.app.reviewer.items.panel.picked.emit(item(hands, words).addresses[0])
    return current(hands)


def told(app: App) -> str:
    return app.reviewer.items.panel.decided.text()


def decisions(hands: Hands) -> dict[str, Verdict]:
    session = hands.app.desk.session
    assert session is not None
    return {one.of: one.verdict for one in session.header.decisions}
