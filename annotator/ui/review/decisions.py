"""What a reviewer's hands do with the item that is looked at; each decision is saved at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.core.change import Change
from annotator.core.errors import EditRefused
from annotator.core.model import address
from annotator.review.decide import decisions
from annotator.review.decide.decisions import Which
from annotator.ui.review.card import Writing
from annotator.ui.tagging import tags

if TYPE_CHECKING:
    from annotator.ui.window import Window


def accept(window: Window) -> None:
    """Take the proposed version, and go on; what is decided, perhaps edited, stays as it is."""
    reviewing = window.reviewing
    entry = reviewing.entry
    if entry.decided:
        reviewing.step(1)
    else:
        _decide(window, decisions.accept(reviewing.review, entry.item, entry.proposed))


def take(window: Window, digit: int) -> None:
    """Take the version of the annotator with that digit, and go on."""
    reviewing = window.reviewing
    entry, names = reviewing.entry, reviewing.names
    if digit > len(names):
        number = "is 1 annotator" if len(names) == 1 else f"are {len(names)} annotators"
        raise EditRefused(f"There {number} here.")
    version = entry.version_of(names[digit - 1])
    if version is None:
        raise EditRefused(f"{names[digit - 1]} has not tagged this.")
    _decide(window, decisions.accept(reviewing.review, entry.item, version))


def edit(window: Window) -> None:
    """Take the proposed version where nothing is agreed yet, and go on with it in the text."""
    reviewing = window.reviewing
    entry = reviewing.entry
    if entry.agreed is None:
        _do(window, decisions.accept(reviewing.review, entry.item, entry.proposed))
    agreed = reviewing.entry.agreed
    if agreed is not None:
        tags.go_to(window, agreed)
    window.page.setFocus()


def reject(window: Window, reason: str = "") -> None:
    """Reject all versions, and go on."""
    reviewing = window.reviewing
    _decide(window, decisions.reject(reviewing.review, reviewing.entry.item, reason))


def reopen(window: Window) -> None:
    """Let the item be open again."""
    reviewing = window.reviewing
    _do(window, decisions.reopen(reviewing.review, reviewing.entry.item))


def keep(window: Window) -> None:
    """Let a decision stand although a colleague has changed a version since, and go on."""
    reviewing = window.reviewing
    _decide(window, decisions.keep(reviewing.review, reviewing.entry.item))


def write(window: Window, writing: Writing, name: str, text: str) -> None:
    """Keep what was written in the card: a comment, a question, or a reason."""
    reviewing = window.reviewing
    entry, review = reviewing.entry, reviewing.review
    if writing is Writing.REASON:
        reject(window, text)
    elif writing is Writing.WHY:
        _do(window, decisions.explain(review, entry.item, text))
    elif writing is Writing.QUESTION:
        _decide(window, decisions.question(review, entry.item, text))
    elif version := entry.version_of(name):
        of = address(name, version.annotation.id)
        _do(window, decisions.comment(review, of, review.header.annotator, text))


def begin_writing(window: Window, writing: Writing) -> None:
    """Open the line in the card."""
    window.reviewing.look_at(window.reviewing.entry.addresses[0])
    window.reviewing.panel.ask(writing)


def accept_all(window: Window, which: Which) -> None:
    """Accept all open items of a sort, in one step."""
    reviewing = window.reviewing
    change = decisions.accept_all(reviewing.review, reviewing.work.compared, which)
    number = len({one.as_id for one in change.decisions.after})
    _do(window, change)
    window.talk.hint(f"{number:,} items accepted." if number > 1 else "1 item accepted.")
    looked_at = reviewing.panel.entry()
    if looked_at is None or looked_at.decided:
        reviewing.step(1)


def _decide(window: Window, change: Change) -> None:
    """Do it, and go on to the next open item."""
    _do(window, change)
    window.reviewing.step(1)


def _do(window: Window, change: Change) -> None:
    window.reviewing.deciding = True
    try:
        window.desk.do(change, window.page.selection)
    finally:
        window.reviewing.deciding = False
    window.saving.save()
