"""Watching for problems beside the work, and what the hands do with those that were found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from annotator.core.change import Change
from annotator.core.model import Answer
from annotator.storage.session import Session
from annotator.ui.tagging import tags
from annotator.ui.widgets.slices import Slices

if TYPE_CHECKING:
    from annotator.core.checks.problem import Problem
    from annotator.ui.window import Window

Answered = tuple["Problem", Answer]

REST_MS = 40
"""So long nothing is searched after a change: what it changed is painted first."""


class ProblemWatch(QObject):
    """The problems of the open article, searched anew after each change, in idle time."""

    found = Signal()
    """The search has come to its end: `open` and `answered` are as they should be."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.open: tuple[Problem, ...] = ()
        self.answered: tuple[Answered, ...] = ()
        self._slices = Slices(self)

    def begin(self, session: Session) -> None:
        """Forget what was found in another article, and search this one."""
        self.open, self.answered = (), ()
        self.found.emit()
        self.search(session)

    def search(self, session: Session) -> None:
        """Search anew."""
        self._slices.begin(self._search(session), REST_MS)

    def _search(self, session: Session) -> Iterator[None]:
        from annotator.core.checks import problems

        about = session.tagging, session.article, session.registry, session.header.answers
        unsolved: list[Problem] = []
        answered: list[Answered] = []
        for problem in problems.find(*about):
            if problem:
                unsolved.append(problem)
            yield
        for pair in problems.answered(*about) if session.header.answers else ():
            if pair:
                answered.append(pair)
            yield
        self.open = tuple(sorted(unsolved, key=_text_order))
        self.answered = tuple(sorted(answered, key=lambda one: _text_order(one[0])))
        self.found.emit()


def _text_order(problem: Problem) -> tuple[int, int, str, tuple[str, ...]]:
    return problem.start, -problem.end, problem.code, problem.ids


def fix_of(window: Window, problem: Problem) -> Change | None:
    """What would mend a problem, None where that is for the editor to say."""
    from annotator.core.checks.fixes import fix

    session = window.desk.session
    if session is None or session.read_only:
        return None
    return fix(problem, session.tagging, session.article, session.registry)


def mend(window: Window, problem: Problem) -> None:
    """Mend a problem where that is obvious, otherwise go there, with the keyboard."""
    change = fix_of(window, problem)
    if change is None:
        go_to(window, problem)
        window.page.setFocus()
        return
    window.page.put_caret(problem.start)
    window.desk.do(change, window.page.selection, select=change.after[-1].id)


def go_to(window: Window, problem: Problem) -> None:
    """Bring a problem into view: its annotation selected, or else its words."""
    if problem.ids:
        tags.go_to(window, problem.ids[0])
    else:
        window.desk.select("")
        window.page.select(problem.start, problem.end)


def answer(window: Window, problem: Problem, reason: str) -> None:
    """Say that this is not a problem here."""
    from annotator.core.checks import answers

    window.desk.do(answers.answer(problem, reason), window.page.selection)


def take_back(window: Window, given: Answer) -> None:
    """Let what was answered be a problem again."""
    from annotator.core.checks import answers

    window.desk.do(answers.take_back(given), window.page.selection)
