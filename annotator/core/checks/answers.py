"""What an editor answers to a problem: it is none here, for this reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.core.change import Change, Delta, removed
from annotator.core.errors import EditRefused
from annotator.core.model import Answer

if TYPE_CHECKING:
    from annotator.core.checks.problem import Problem


def answer(problem: Problem, reason: str, instead_of: Answer | None = None) -> Change:
    """Say, with a reason, that this is not a problem here; ``instead_of`` an earlier answer.

    Raises `EditRefused` without a reason.
    """
    if not reason.strip():
        raise EditRefused("Say in a few words why this is not a problem here.")
    code, ids, words = problem.identity
    new = Answer(problem=str(code), of=ids, exact=words, reason=reason.strip())
    before = (instead_of,) if instead_of else ()
    return Change("Not a problem here", answers=Delta(before, (new,)))


def take_back(answer: Answer) -> Change:
    """Let what was answered be a problem again."""
    return Change("A problem after all", answers=removed(answer))
