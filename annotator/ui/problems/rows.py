"""The problems of an article as a model of rows, the answered ones among them if wanted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import Qt

from annotator.core.display_text import one_line
from annotator.core.model import Answer
from annotator.ui.widgets.plain import plain_tip
from annotator.ui.widgets.row_model import ChangingRows, Index

if TYPE_CHECKING:
    from annotator.core.checks.problem import Identity, Problem

Role = Qt.ItemDataRole
LINE = Role.UserRole


class ListedProblem(NamedTuple):
    """A problem, with its answer where it has one."""

    problem: Problem
    answer: Answer | None = None


class ProblemLine(NamedTuple):
    """What stands in a row: words with the name of the fix, and below them a sentence."""

    words: str
    sentence: str
    fix: str
    is_answered: bool


class ProblemRows(ChangingRows[ListedProblem]):
    """Rows of problems; what was there before the new ones keeps its row."""

    def __init__(self) -> None:
        super().__init__()
        self.fix_label: Callable[[Problem], str] = lambda problem: ""
        self.mark: Callable[[Problem], str] = lambda problem: ""
        self._labels: dict[Identity, str] = {}
        self._first_rows: dict[str, int] = {}

    def show(self, items: Sequence[ListedProblem]) -> None:
        """Show these; fixes may be called otherwise now, even where the problems are the same."""
        self._labels.clear()
        super().show(items)
        rows = reversed(list(enumerate(self.items)))
        self._first_rows = {one.problem.ids[0]: row for row, one in rows if one.problem.ids}
        if self.items:
            self.dataChanged.emit(self.index(0), self.index(len(self.items) - 1))

    def row_about(self, annotation_id: str) -> int | None:
        """The first row that is about an annotation above all."""
        return self._first_rows.get(annotation_id)

    def label_of(self, problem: Problem) -> str:
        """The name of what mends a problem, empty where nothing does; asked for once."""
        known = self._labels.get(problem.identity)
        if known is None:
            known = self._labels[problem.identity] = self.fix_label(problem)
        return known

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if role not in (LINE, Role.DisplayRole, Role.AccessibleTextRole, Role.ToolTipRole):
            return None
        item = self.items[index.row()]
        line = self._line(item)
        if role == LINE:
            return line
        if role == Role.ToolTipRole:
            return plain_tip(f"{item.problem.sentence}\n{one_line(item.problem.words, 1000)}")
        answered = line.sentence if line.is_answered else ""
        enter = f"Enter: {line.fix}" if line.fix and role == Role.AccessibleTextRole else ""
        return " ".join(filter(None, (item.problem.sentence, answered, line.words, enter)))

    def _line(self, item: ListedProblem) -> ProblemLine:
        problem, answer = item
        words = f"{self.mark(problem)} {one_line(problem.words)}".strip()
        if answer:
            told = f"No problem here: {answer.reason}"
            return ProblemLine(words, told, "", True)
        return ProblemLine(words, problem.sentence, self.label_of(problem), False)
