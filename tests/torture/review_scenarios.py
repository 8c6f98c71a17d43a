"""What a reviewer does: decisions that are confirmed, saved, and there at the next opening."""

from __future__ import annotations

from pathlib import Path
from random import Random

from annotator.core.header import decision_on
from annotator.review.decide.decisions import reject
from tests.torture.children import Tell, attempt
from tests.torture.places import REVIEWER, open_as, refuse_damage, seed_folder
from tests.torture.rounds import Outcome
from tests.torture.scenarios import Scenario, Story
from tests.torture.verbs import Hand


def _begin(home: Path, _tell: Tell) -> Hand:
    return Hand.at(open_as(seed_folder(home), REVIEWER), Random(1))


def _decided(home: Path, tell: Tell) -> Hand:
    hand = _begin(home, tell)
    _decide(hand, 0, tell)
    hand.session.save()
    _decide(hand, 1, tell)
    return hand


def _decide(hand: Hand, number: int, tell: Tell) -> None:
    """Reject the item of that number, telling how it goes."""
    change = reject(hand.review, hand.review.reviewed.items[number], "no")
    done = attempt(tell, lambda: hand.session.do(change))
    tell("confirmed" if done else "refused edit", str(number))


def _decide_and_save(hand: Hand, tell: Tell) -> None:
    _decide(hand, 2, tell)
    attempt(tell, hand.session.save)


def _decide_twice(hand: Hand, tell: Tell) -> None:
    _decide(hand, 3, tell)
    _decide(hand, 4, tell)


def _judge(home: Path, story: Story, outcome: Outcome) -> None:
    refuse_damage(home, outcome)
    hand = Hand.at(open_as(home, REVIEWER), Random(1))
    if hand.session.read_only:
        outcome.damaged(f"opened read-only: {hand.session.read_only}")
        return
    for number in story.numbers("confirmed"):
        if not _is_decided(hand, number):
            outcome.lost(f"decision {number} was confirmed")
    for number in story.numbers("refused edit"):
        if _is_decided(hand, number):
            outcome.damaged(f"decision {number} was refused and came back")
    hand.session.close()


def _is_decided(hand: Hand, number: int) -> bool:
    versions = hand.review.reviewed.items[number].versions
    decisions = hand.session.header.decisions
    return all(decision_on(decisions, one.address) for one in versions)


REVIEW_SCENARIOS: tuple[Scenario, ...] = (
    Scenario("begin a review", _begin, _decide_and_save, _judge, _decide_twice),
    Scenario("go on with a review", _decided, _decide_and_save, _judge, _decide_twice),
)
