from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.core import header
from annotator.core.change import Change, added
from annotator.core.checks.answers import answer, take_back
from annotator.core.checks.problem import Problem
from annotator.core.checks.problems import answered, find
from annotator.core.model import Answer, ArticleRef, Document
from annotator.core.tagging import Tagging
from tests.core.builders import NEWS, REGISTRY, on, refused


def open_problems(tagging: Tagging, answers: tuple[Answer, ...] = ()) -> list[Problem]:
    return list(filter(None, find(tagging, NEWS, REGISTRY, answers)))


def fits(answers: tuple[Answer, ...], change: Change) -> bool:
    return header.fits(replace(HEADER, answers=answers), change)


def changed(answers: tuple[Answer, ...], change: Change) -> tuple[Answer, ...]:
    return header.changed(replace(HEADER, answers=answers), change).answers


HEADER = Document(article=ArticleRef(file="a.txt", sha256="", length=0), annotator="anna")
TAGGING = Tagging([on("Siamo alleati", "c-1")])
NOBODY = next(one for one in open_problems(TAGGING) if one.code == "undecided")
FIRST = answer(NOBODY, " the minister speaks for himself ").answers.after[0]


def test_an_answer_names_the_problem_its_tag_and_its_words_and_says_why() -> None:
    assert (
        Answer(
            problem="undecided",
            of=("c-1",),
            exact="Siamo alleati",
            reason="the minister speaks for himself",
        )
        == FIRST
    )
    assert type(FIRST.problem) is str


def test_without_a_reason_there_is_no_answer() -> None:
    assert refused(lambda: answer(NOBODY, " \n")).startswith("Say in a few words why")


def test_what_is_answered_is_no_longer_among_the_problems_but_listed_with_its_answer() -> None:
    left = open_problems(TAGGING, (FIRST,))
    assert {one.code for one in open_problems(TAGGING)} - {one.code for one in left} == {
        "undecided"
    }
    listed = list(filter(None, answered(TAGGING, NEWS, REGISTRY, (FIRST,))))
    assert listed == [(NOBODY, FIRST)]


def test_an_answer_holds_for_its_words_only() -> None:
    moved = Tagging([on("Siamo", "c-1")])
    assert "undecided" in {one.code for one in open_problems(moved, (FIRST,))}
    assert list(filter(None, answered(moved, NEWS, REGISTRY, (FIRST,)))) == []


def test_an_answer_can_be_given_otherwise_and_taken_back() -> None:
    again = answer(NOBODY, "no matter", FIRST)
    (other,) = changed((FIRST,), again)
    assert other.reason == "no matter"
    assert changed((other,), again.inverse()) == (FIRST,)
    assert changed((FIRST,), take_back(FIRST)) == ()
    assert changed((), take_back(FIRST).inverse()) == (FIRST,)


@pytest.mark.parametrize(
    ("there", "change", "sound"),
    [
        ((), take_back(FIRST), False),
        ((FIRST,), take_back(FIRST), True),
        ((FIRST,), answer(NOBODY, FIRST.reason), False),
        ((FIRST,), answer(NOBODY, "for another reason"), True),
        ((FIRST,), answer(NOBODY, FIRST.reason, FIRST), True),
        ((), Change("x"), True),
    ],
)
def test_an_answer_is_given_and_taken_back_once(
    there: tuple[Answer, ...], change: Change, sound: bool
) -> None:
    assert fits(there, change) is sound


def test_answers_are_kept_in_the_order_of_files() -> None:
    titles = [Answer(problem="twice", exact=words, reason="x") for words in ("b", "a", "c")]
    answers: tuple[Answer, ...] = ()
    for one in titles:
        answers = changed(answers, Change("x", answers=added(one)))
    assert [one.exact for one in answers] == ["a", "b", "c"]
