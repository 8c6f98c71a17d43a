"""The problems of the open article: searched beside the work, underlined, listed, mended."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from annotator.core.change import Change
from annotator.core.model import Answer
from annotator.storage.session import Session
from annotator.ui.command import GO, Command
from annotator.ui.desk import Desk
from annotator.ui.ports import Range, Sides, TextView
from annotator.ui.problems.panel import Problems
from annotator.ui.tagging.navigation import go_to
from annotator.ui.talk import Talk
from annotator.ui.theme import MARKS
from annotator.ui.widgets.slices import Slices

if TYPE_CHECKING:
    from annotator.core.checks.problem import Problem

Answered = tuple["Problem", Answer]
Settled = Callable[[Sequence[Range]], Sequence[Range]]

IDLE_MS = 40
"""How long nothing is searched after a change: what it changed is painted first."""


class OpenProblems(QObject):
    """The problems of the open article, searched anew after each change, in idle time.

    They are listed and underlined; here they are mended and answered. ``settled`` says which
    of some words a review leaves to be underlined.
    """

    counted = Signal(int)
    """How many problems there are."""

    warned = Signal(int)
    """How many there are that the editor is to be warned of: none before the first tag."""

    def __init__(
        self,
        desk: Desk,
        text: TextView,
        sides: Sides,
        talk: Talk,
        panel: Problems,
        settled: Settled,
    ) -> None:
        super().__init__(desk)
        self._desk, self._text, self._sides, self._talk = desk, text, sides, talk
        self._panel, self._settled = panel, settled
        self.open: tuple[Problem, ...] = ()
        self.answered: tuple[Answered, ...] = ()
        self._slices = Slices(self)
        self._connect()

    def _connect(self) -> None:
        desk, talk, panel = self._desk, self._talk, self._panel
        panel.show_what(self._name_of_fix, self._mark_of)
        panel.mended.connect(lambda one: talk.attempt(lambda: self._mend(one)))
        panel.picked.connect(self._go_to)
        panel.answered.connect(lambda *given: talk.attempt(lambda: self._answer(*given)))
        panel.taken_back.connect(lambda given: talk.attempt(lambda: self._take_back(given)))
        panel.left.connect(self._text.setFocus)
        desk.opened.connect(self._follow_opened)
        desk.changed.connect(lambda _: self._search_soon(desk.need_session()))
        desk.selected_changed.connect(lambda: panel.show_selected(desk.selected))

    def commands(self) -> Iterable[Command]:
        """Going to the list."""
        yield Command("go.problems", "Pro&blems", ("Alt+3",), GO, self._go_to_list, group=2)

    def _go_to_list(self) -> None:
        self._sides.show_list(self._panel)

    # Searching

    def _follow_opened(self) -> None:
        self.begin(self._desk.need_session())
        self._panel.show_selected(self._desk.selected)

    def begin(self, session: Session) -> None:
        """Forget what was found in another article, and search this one."""
        self.open, self.answered = (), ()
        self.show()
        self._search_soon(session)

    def _search_soon(self, session: Session) -> None:
        self._slices.begin(self._search(session), IDLE_MS)

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
        self.show()

    def show(self) -> None:
        """Show what was found.

        Before the first tag every quotation mark would be a problem: they are in the list, but
        neither the text nor the status bar warns of work that nobody has begun.
        """
        found = self.open
        begun = bool(len(self._desk.tagging)) or self._desk.is_done()
        self._panel.show_problems(found, self.answered)
        self.counted.emit(len(found))
        self.warned.emit(len(found) if begun else 0)
        tagged = frozenset(problem.ids[0] for problem in found if problem.ids)
        words = [(one.start, one.end) for one in found if begun and not one.ids]
        self._text.show_problems(tagged, self._settled(words))

    # What is done with a problem

    def _mark_of(self, problem: Problem) -> str:
        found = self._desk.tagging.get(problem.ids[0]) if problem.ids else None
        return MARKS[found.kind] if found else ""

    def _name_of_fix(self, problem: Problem) -> str:
        change = self._fix_of(problem)
        return change.label.lower() if change else ""

    def _fix_of(self, problem: Problem) -> Change | None:
        """What would mend a problem, None where that is for the editor to say."""
        from annotator.core.checks.fixes import fix

        session = self._desk.session
        if session is None or session.read_only:
            return None
        return fix(problem, session.tagging, session.article, session.registry)

    def _mend(self, problem: Problem) -> None:
        """Mend a problem where that is obvious, otherwise go there, with the keyboard."""
        change = self._fix_of(problem)
        if change is None:
            self._go_to(problem)
            self._text.setFocus()
            return
        self._text.put_caret(problem.start)
        self._desk.do(change, self._text.selection, select=change.after[-1].id)

    def _go_to(self, problem: Problem) -> None:
        """Bring a problem into view: its annotation selected, or else its words."""
        if problem.ids:
            go_to(self._desk, self._text, problem.ids[0])
        else:
            self._desk.select("")
            self._text.select(problem.start, problem.end)

    def _answer(self, problem: Problem, reason: str) -> None:
        from annotator.core.checks import answers

        self._desk.do(answers.answer(problem, reason), self._text.selection)

    def _take_back(self, given: Answer) -> None:
        from annotator.core.checks import answers

        self._desk.do(answers.take_back(given), self._text.selection)


def _text_order(problem: Problem) -> tuple[int, int, str, tuple[str, ...]]:
    return problem.start, -problem.end, problem.code, problem.ids
