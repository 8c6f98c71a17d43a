from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from annotator.core.change import Change, Delta, added, removed, replaced
from annotator.core.errors import StaleChange
from annotator.core.model import Annotation, Answer, Comment, Decision, Status, Verdict
from annotator.core.sources import Source
from annotator.core.tagging import Tagging
from tests.core.builders import a_chain, annotation, now
from tests.storage.values import changes

CLAIM = annotation("c-1", (0, 9))
NOTED = replace(CLAIM, note="check")
TASS = Source(id="tass", name="TASS")
TITLE = Answer(problem="unquoted-marks", exact="«Известия»", reason="a newspaper")
ACCEPTED = Decision(of="anna#c-1", verdict=Verdict.ACCEPTED, as_id="c-1")
REJECTED = Decision(of="anna#c-1", verdict=Verdict.REJECTED)
COMMENT = Comment(of="anna#c-1", by="carla", text="Is it?")


@given(changes)
def test_taken_back_twice_a_change_is_itself(change: Change) -> None:
    undoable = replace(change, seen=())
    assert change.inverse().inverse() == undoable
    assert bool(change.inverse()) == bool(undoable)


def test_what_was_seen_cannot_be_unseen() -> None:
    seen = Change("See the tagging of boris", seen=("boris",))
    assert seen
    assert not seen.inverse()


def test_undo_is_the_same_step_backwards_under_the_same_name() -> None:
    steps = (Status.IN_PROGRESS, Status.DONE)
    change = Change(
        "Edit note",
        replaced(CLAIM, NOTED),
        sources=added(TASS),
        answers=added(TITLE),
        decisions=replaced(ACCEPTED, REJECTED),
        comments=added(COMMENT),
        status=replaced(*steps),
    )
    assert change.inverse() == Change(
        "Edit note",
        replaced(NOTED, CLAIM),
        sources=removed(TASS),
        answers=removed(TITLE),
        decisions=replaced(REJECTED, ACCEPTED),
        comments=removed(COMMENT),
        status=replaced(Status.DONE, Status.IN_PROGRESS),
    )
    assert change.size == change.inverse().size == 6


@pytest.mark.parametrize(
    ("change", "changes_something"),
    [
        (Change("x"), False),
        (Change("x", replaced(CLAIM, CLAIM)), False),
        (Change("x", status=replaced(Status.DONE, Status.DONE)), False),
        (Change("x", replaced(CLAIM, NOTED)), True),
        (Change("x", added(CLAIM)), True),
        (Change("x", sources=added(TASS)), True),
        (Change("x", answers=replaced(TITLE, TITLE)), False),
        (Change("x", answers=added(TITLE)), True),
        (Change("x", decisions=replaced(ACCEPTED, ACCEPTED)), False),
        (Change("x", decisions=replaced(ACCEPTED, REJECTED)), True),
        (Change("x", comments=added(COMMENT)), True),
        (Change("x", status=replaced(Status.DONE, Status.IN_PROGRESS)), True),
    ],
)
def test_a_change_knows_whether_it_changes_anything(
    change: Change, changes_something: bool
) -> None:
    assert bool(change) is changes_something


def test_a_change_names_what_it_touches_once() -> None:
    other = annotation("q-1", (0, 9))
    change = Change("x", Delta((CLAIM, other), (NOTED, annotation("a-1", (0, 9)))))
    assert change.touched == ("c-1", "q-1", "a-1")


CHAIN = a_chain()


def noted(name: str) -> Annotation:
    return replace(now(CHAIN, name), note="meanwhile")


@pytest.mark.parametrize(
    "stale",
    [
        pytest.param(Change("x", removed(noted("c-1"))), id="it was changed meanwhile"),
        pytest.param(Change("x", removed(annotation("c-9", (0, 9)))), id="it is gone"),
        pytest.param(Change("x", added(annotation("c-1", (0, 9)))), id="it is there already"),
        pytest.param(
            Change("x", Delta((now(CHAIN, "q-1"), noted("c-1")), (noted("q-1"),))),
            id="only its second half no longer fits",
        ),
        pytest.param(Change("x", removed(*(now(CHAIN, "c-1"),) * 2)), id="it leaves twice"),
        pytest.param(Change("x", added(*(annotation("c-9", (0, 9)),) * 2)), id="it enters twice"),
    ],
)
def test_a_stale_change_is_refused_and_nothing_has_happened(stale: Change) -> None:
    tagging = a_chain()
    with pytest.raises(StaleChange, match=r"^“x” "):
        tagging.apply(stale)
    assert tagging.annotations() == CHAIN.annotations()


def test_a_change_cannot_be_done_twice() -> None:
    tagging = Tagging()
    change = Change("Tag claim", added(CLAIM))
    tagging.apply(change)
    with pytest.raises(StaleChange):
        tagging.apply(change)
    tagging.apply(change.inverse())
    assert tagging.annotations() == ()
