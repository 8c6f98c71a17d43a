"""What a change does is told in words."""

from __future__ import annotations

from dataclasses import replace

from annotator.core.change import Change, Delta, added, removed, replaced
from annotator.core.effects import Effect, Sort, counted, effects
from annotator.core.model import Answer, Comment, Decision, Status, Verdict
from annotator.core.sources import Source
from annotator.core.tagging import Tagging
from tests.core.test_version_words import RAIN, REGISTRY, RELAY, SAYS

TASS = Source(id="tass", name="TASS", aliases=("ТАСС",))
DECISION = Decision(of="anna#c-000000", verdict=Verdict.ACCEPTED)
COMMENT = Comment(of="anna#c-000000", by="boris", text="Why?")
ANSWER = Answer(problem="bare-claim", exact="piove", reason="common knowledge")


def told(change: Change) -> list[Effect]:
    return effects(change, Tagging((RAIN, RELAY, SAYS)), REGISTRY)


def test_tags_come_go_and_change() -> None:
    noted = replace(SAYS, note="another", content=(RAIN.id,))
    found = told(Change("x", Delta((RAIN, SAYS), (noted, RELAY))))
    assert found == [
        Effect(Sort.REMOVES, "claim: “piove”", ""),
        Effect(
            Sort.CHANGES,
            "attribution, KCNA: “La KCNA dice”\nnote: the same",
            "attribution, KCNA: “La KCNA dice”\ncontent: “piove”\nnote: another",
        ),
        Effect(Sort.ADDS, "", "attribution, yonhap: “scrive Yonhap”"),
    ]
    assert counted(found) == "adds 1, removes 1, changes 1"


def test_whatever_else_a_file_holds_is_told_too() -> None:
    rejected = replace(DECISION, verdict=Verdict.REJECTED, reason="no claim")
    change = Change(
        "x",
        sources=added(TASS),
        answers=added(ANSWER),
        decisions=replaced(DECISION, rejected),
        comments=removed(COMMENT),
        status=replaced(Status.DONE, Status.IN_PROGRESS),
    )
    assert told(change) == [
        Effect(Sort.ADDS, "", "source tass: TASS, ТАСС"),
        Effect(
            Sort.CHANGES,
            "decision on anna#c-000000: accepted",
            "decision on anna#c-000000: rejected, “no claim”",
        ),
        Effect(Sort.REMOVES, "comment of boris on anna#c-000000: “Why?”", ""),
        Effect(Sort.ADDS, "", "no problem here: “piove”, “common knowledge”"),
        Effect(Sort.CHANGES, "the work is done", "the work is in-progress"),
    ]


def test_nothing_is_counted_as_nothing() -> None:
    assert counted([]) == ""
