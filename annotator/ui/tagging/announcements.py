"""What a screen reader says: the kind, the source and the chain of the tag now come to."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from annotator.core.chains.who_says import DECISIONS, chain_words, chains_of
from annotator.core.model import Annotation, Kind
from annotator.core.sources import Registry
from annotator.core.tagging import Tagging
from annotator.ui.desk import Desk
from annotator.ui.page.page import Page


def sentence(tagging: Tagging, registry: Registry, annotation: Annotation) -> str:
    """As in "claim, said by North Korea via KCNA via Yonhap"."""
    if annotation.kind is Kind.ATTRIBUTION:
        return f"{annotation.kind}, {chain_words(tagging, registry, annotation)}"
    if annotation.unattributed:
        return f"{annotation.kind}, {DECISIONS[annotation.unattributed]}"
    links = (chain_words(tagging, registry, one[0]) for one in chains_of(tagging, annotation))
    said_by = " and by ".join(links)
    return f"{annotation.kind}, {f'said by {said_by}' if said_by else 'undecided'}"


def post(widget: QWidget, words: str) -> None:
    """Have the screen reader say some words, if there is one."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))


class Announcements(QObject):
    """Speaks of a tag when the caret comes into it, or when it is selected; once for each."""

    def __init__(self, desk: Desk, page: Page) -> None:
        super().__init__(desk)
        self._desk, self._page = desk, page
        self._selected = self._spoken = ""
        # Tab moves the caret before it selects: what counts is where both have come to.
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(0)
        self._idle.timeout.connect(self._speak)
        page.cursorPositionChanged.connect(self._idle.start)
        desk.selected_changed.connect(self._note_selected)
        desk.opened.connect(self._begin_anew)

    def _begin_anew(self) -> None:
        self._selected = self._spoken = ""

    def _note_selected(self) -> None:
        self._selected = self._desk.selected
        self._idle.start()

    def _speak(self) -> None:
        session, now = self._desk.session, self._now()
        annotation = session.tagging.get(now) if session else None
        if session and annotation and now != self._spoken:
            post(self._page, sentence(session.tagging, session.registry, annotation))
        self._spoken = now

    def _now(self) -> str:
        """The tag that has just been selected, else the shortest that the caret stands in."""
        selected, self._selected = self._selected, ""
        return selected or self._page.under_caret
