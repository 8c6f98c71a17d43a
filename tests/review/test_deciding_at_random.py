"""Any decisions in any order leave a sound review, and taken back leave no trace."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core import ids
from annotator.core.change import Change
from annotator.core.errors import EditRefused
from annotator.core.model import Verdict
from annotator.core.tagging import Tagging
from annotator.review.compare.matching import Item
from annotator.review.decide.decisions import (
    ItemState,
    Which,
    accept,
    accept_all,
    comment,
    explain,
    follow,
    keep,
    question,
    reject,
    reopen,
    state_of,
)
from annotator.review.decide.review import Review, Reviewed
from annotator.review.decide.state import gone, progress
from annotator.storage.files.annotation_file import parse_document
from tests.core.builders import NEWS, a_chain
from tests.core.walks import Draw, random_change
from tests.review.hands import Reviewer, reviewed

COLLEAGUES = ("anna", "boris", "dora")

RANDOM = random.Random()


@pytest.fixture(autouse=True, scope="module")
def same_ids_again() -> Iterator[None]:
    """Hypothesis draws from what is there: the same example has to have the same ids each time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ids, "secrets", RANDOM)
        yield


def file_id(name: str | None) -> str:
    """The id that an annotation of the small tagging could have in a file."""
    return f"{name:0<8.8}" if name else ""


def begun() -> Tagging:
    """What somebody had tagged before the three went on."""
    return Tagging(
        replace(
            one,
            id=file_id(one.id),
            content=tuple(map(file_id, one.content)),
            via=file_id(one.via) or None,
        )
        for one in a_chain()
    )


def tagged(draw: Draw, begin: Tagging, most: int) -> Tagging:
    """What somebody makes of a tagging at random."""
    tagging = Tagging(begin)
    for _ in range(draw(st.integers(0, most))):
        tagging.apply(random_change(draw, tagging, NEWS))
    return tagging


@st.composite
def articles(draw: st.DrawFn) -> Reviewed:
    """An article that three colleagues tagged, on from what somebody had begun."""
    RANDOM.seed(0)
    common = tagged(draw, begun(), 3)
    return reviewed({who: tagged(draw, common, 3) for who in COLLEAGUES}, NEWS, "it")


Verb = Callable[[Draw, Review], Change]


def _item(draw: Draw, review: Review) -> Item:
    return draw(st.sampled_from(review.reviewed.items))


def _accept(draw: Draw, review: Review) -> Change:
    item = _item(draw, review)
    return accept(review, item, draw(st.sampled_from(item.versions)), draw(st.none() | st.text()))


def _accept_all(draw: Draw, review: Review) -> Change:
    return accept_all(review, review.reviewed.compared(), draw(st.sampled_from(Which)))


def _by_hand(draw: Draw, review: Review) -> Change:
    return follow(random_change(draw, review.tagging, NEWS), review)


VERBS: list[Verb] = [
    _accept,
    _accept,
    _accept,
    _accept_all,
    _by_hand,
    lambda draw, review: reject(review, _item(draw, review), "no"),
    lambda draw, review: question(review, _item(draw, review)),
    lambda draw, review: reopen(review, _item(draw, review)),
    lambda draw, review: keep(review, _item(draw, review)),
    lambda draw, review: explain(review, _item(draw, review), "so"),
    lambda draw, review: comment(
        review, _item(draw, review).versions[0].address, "carla", draw(st.text("ab ", max_size=2))
    ),
]


def decide(draw: Draw, carla: Reviewer) -> None:
    try:
        change = draw(st.sampled_from(VERBS))(draw, carla.review)
    except EditRefused:
        return
    assert change.inverse().inverse() == change
    assert follow(change, carla.review) == change
    carla.do(change)


def assert_sound(carla: Reviewer) -> None:
    assert carla.problems() == []
    document = carla.document()
    assert parse_document(carla.written(), "review") == document
    for one in document.decisions:
        has_agreed = one.verdict in (Verdict.ACCEPTED, Verdict.CHANGED)
        assert (one.as_id is not None) is has_agreed
    states = [state_of(carla.review, item) for item in carla.reviewed.items]
    assert ItemState.CHANGED not in states
    assert progress(carla.review).total() == len(carla.reviewed.items)
    assert gone(carla.review) == []


@settings(max_examples=60)
@given(articles(), st.data(), st.integers(1, 8))
def test_whatever_is_decided_the_review_is_sound_and_undone_there_is_no_trace(
    article: Reviewed, data: st.DataObject, count: int
) -> None:
    if not article.items:
        return
    carla = Reviewer(article)
    states = [carla.written()]
    for _ in range(count):
        decide(data.draw, carla)
        assert_sound(carla)
        if len(carla.done) == len(states):
            states.append(carla.written())
    while carla.done:
        assert carla.written() == states.pop()
        carla.undo()
    assert carla.written() == states.pop()


@settings(max_examples=30)
@given(articles(), st.data())
def test_whatever_colleagues_do_meanwhile_deciding_goes_on(
    article: Reviewed, data: st.DataObject
) -> None:
    carla = Reviewer(article)
    for _ in range(4):
        if not carla.reviewed.items:
            return
        decide(data.draw, carla)
        later = {who: tagged(data.draw, one, 1) for who, one in carla.reviewed.taggings.items()}
        carla.reviewed = reviewed(later, NEWS, "it")
        assert carla.problems() == []
    for item in carla.reviewed.items:
        if state_of(carla.review, item) is ItemState.CHANGED:
            carla.do(keep(carla.review, item))
            assert state_of(carla.review, item) is not ItemState.CHANGED
            assert carla.problems() == []


@settings(max_examples=30)
@given(articles())
def test_taking_all_of_one_colleague_gives_their_tagging(article: Reviewed) -> None:
    carla = Reviewer(article)
    for item in article.items:
        for version in item.versions:
            if version.annotator == "anna":
                carla.do(accept(carla.review, item, version))
    theirs = article.taggings["anna"]
    came = {one.id: carla.review.agreed_as("anna", one.id) for one in theirs}
    assert len(carla.tagging) == len(theirs)
    for one in theirs:
        agreed = carla.tagging.get(came[one.id])
        assert agreed
        assert (agreed.words, agreed.kind, agreed.source) == (one.words, one.kind, one.source)
        assert {came[link] for link in one.links} <= set(agreed.links)
