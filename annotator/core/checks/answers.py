"""What an editor answers to a problem: it is none here, for this reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from annotator.core.change import Change
from annotator.core.errors import EditRefused
from annotator.core.model import Answer, answer_order

if TYPE_CHECKING:
    from annotator.core.checks.problems import Problem


def answer(problem: Problem, reason: str, instead_of: Answer | None = None) -> Change:
    """Say, with a reason, that this is not a problem here; ``instead_of`` an earlier answer.

    Raises `EditRefused` without a reason.
    """
    if not reason.strip():
        raise EditRefused("Say in a few words why this is not a problem here.")
    code, ids, words = problem.identity
    new = Answer(problem=str(code), of=ids, exact=words, reason=reason.strip())
    before = (instead_of,) if instead_of else ()
    return Change(label="Not a problem here", answers_before=before, answers_after=(new,))


def take_back(answer: Answer) -> Change:
    """Let what was answered be a problem again."""
    return Change(label="A problem after all", answers_before=(answer,))


def fits(answers: Sequence[Answer], change: Change) -> bool:
    """Whether the change knows these answers: what it takes back is there, what it adds is not."""
    leaving = change.answers_before
    new = (one for one in change.answers_after if one not in leaving)
    return all(one in answers for one in leaving) and not any(one in answers for one in new)


def changed(answers: Sequence[Answer], change: Change) -> tuple[Answer, ...]:
    """The answers as the change leaves them, in the order of files."""
    kept = {answer_order(one): one for one in answers if one not in change.answers_before}
    kept |= {answer_order(one): one for one in change.answers_after}
    return tuple(kept[key] for key in sorted(kept))
