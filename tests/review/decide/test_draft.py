"""Versions of different colleagues never make a tagging that nobody could have made."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from annotator.core import edits
from annotator.core.chains.chain import MOST_LINKS, too_long
from annotator.core.model import Annotation, Kind, Unattributed
from annotator.core.tagging import Tagging
from annotator.review.decide.decisions import accept, follow, reject
from annotator.review.decide.draft import Draft
from tests.review.hands import Reviewer, reviewed
from tests.review.taggings import ARTICLE, make

NEAR = make("a-000001", (0, 15), source="kcna")
FAR = make("a-000002", (20, 35), source="yonhap")
CLAIM = make("c-000003", (40, 60))


def via(annotation: Annotation, other: Annotation) -> Annotation:
    return replace(annotation, via=other.id)


def holding(annotation: Annotation, *content: Annotation) -> Annotation:
    return replace(annotation, content=tuple(one.id for one in content))


def carla_with(anna: list[Annotation], boris: list[Annotation]) -> Reviewer:
    return Reviewer(reviewed({"anna": Tagging(anna), "boris": Tagging(boris)}, ARTICLE, "it"))


def take(carla: Reviewer, *addresses: str) -> None:
    for of in addresses:
        carla.do(accept(carla.review, carla.item(of), carla.version(of)))
        assert carla.problems() == []


def test_two_versions_of_a_chain_close_no_circle() -> None:
    carla = carla_with([via(NEAR, FAR), FAR], [NEAR, via(FAR, NEAR)])
    take(carla, "anna#a-000001", "boris#a-000002")
    assert carla.agreed("anna#a-000001").via == carla.agreed("anna#a-000002").id
    assert carla.agreed("anna#a-000002").via is None


@pytest.mark.parametrize(("one", "other"), [(60, 40), (60, 41), (1, 100), (100, 1)])
def test_a_step_joins_no_chains_that_are_too_long_together(one: int, other: int) -> None:
    far, near = a_chain_of(one, "far"), a_chain_of(other, "near")
    draft = Draft(Tagging([*far, *near]))
    draft.link(far[0].id, (), near[-1].id)
    joined = draft.get(far[0].id)
    assert joined
    assert joined.via == (near[-1].id if one + other <= MOST_LINKS else None)


def test_a_chain_grows_within_a_step_no_longer_than_it_may() -> None:
    draft = Draft(Tagging([]))
    for annotation in reversed(a_chain_of(MOST_LINKS + 20, "a")):
        draft.put(replace(annotation, via=None))
    for behind, annotation in pairwise(a_chain_of(MOST_LINKS + 20, "a")):
        draft.link(annotation.id, (), behind.id)
    via = {a.id: a.via for a in draft.delta(None).after}
    assert list(via.values()).count(None) == 2
    assert not list(too_long(via))


def a_chain_of(length: int, name: str) -> list[Annotation]:
    """Attributions, each via the one before it."""
    ids = [f"a-{name}{nth}" for nth in range(length)]
    behind = [None, *ids]
    return [make(one, (n, n + 9), via=behind[n]) for n, one in enumerate(ids)]


def test_two_who_come_via_different_tags_are_not_taken_for_one_another() -> None:
    other = make("a-000005", (62, 70), source="yonhap")
    carla = carla_with([via(NEAR, FAR), FAR], [via(NEAR, other), other])
    take(carla, "boris#a-000005", "anna#a-000001", "anna#a-000002")
    assert carla.agreed("anna#a-000001").via == carla.agreed("anna#a-000002").id
    assert carla.verdicts()["boris#a-000001"] == "changed"


def test_what_looks_alike_only_because_links_are_undecided_stays_changed() -> None:
    anna, boris = [holding(via(NEAR, FAR), CLAIM), FAR, CLAIM], [holding(NEAR, CLAIM), CLAIM, FAR]
    carla = carla_with(anna, boris)
    take(carla, "boris#a-000001", "boris#c-000003", "anna#a-000002")
    assert carla.agreed("anna#a-000001").via is None
    assert carla.verdicts()["boris#a-000001"] == "accepted"
    assert carla.verdicts()["anna#a-000001"] == "changed"


def test_what_became_another_kind_is_linked_as_that_or_not_at_all() -> None:
    quote = make("q-000002", (20, 35))
    carla = carla_with([via(NEAR, FAR), FAR], [quote, holding(NEAR, quote)])
    take(carla, "anna#a-000001", "boris#q-000002")
    assert carla.agreed("anna#a-000001").links == ()
    take(carla, "boris#a-000001")
    assert carla.agreed("anna#a-000001").content == (carla.agreed("boris#q-000002").id,)
    take(carla, "anna#a-000002")
    assert carla.agreed("anna#a-000001").links == ()
    assert len(carla.tagging) == 2


def test_what_the_reviewer_made_a_claim_by_hand_gets_no_links() -> None:
    carla = carla_with([holding(NEAR, CLAIM), CLAIM], [])
    take(carla, "anna#a-000001")
    retagged = edits.retag(carla.tagging, carla.agreed("anna#a-000001"), Kind.CLAIM)
    carla.do(follow(retagged, carla.review))
    take(carla, "anna#c-000003")
    assert carla.agreed("anna#a-000001").links == ()


def test_what_has_no_source_by_decision_is_no_longer_linked() -> None:
    free = replace(CLAIM, unattributed=Unattributed.UNKNOWN)
    carla = carla_with([holding(NEAR, CLAIM), CLAIM], [free])
    take(carla, "anna#a-000001", "anna#c-000003")
    assert carla.agreed("anna#a-000001").content == (carla.agreed("anna#c-000003").id,)
    take(carla, "boris#c-000003")
    assert carla.agreed("anna#a-000001").content == ()
    assert carla.verdicts()["anna#a-000001"] == "changed"
    take(carla, "anna#c-000003")
    assert carla.verdicts()["anna#a-000001"] == "accepted"


def test_a_chain_closes_over_what_is_rejected_and_opens_for_it_again() -> None:
    last = make("a-000004", (62, 70), source="rbc")
    carla = carla_with([via(NEAR, FAR), via(FAR, last), last], [])
    take(carla, "anna#a-000004", "anna#a-000001", "anna#a-000002")
    assert carla.agreed("anna#a-000001").via == carla.agreed("anna#a-000002").id
    carla.do(reject(carla.review, carla.item("anna#a-000002")))
    assert carla.agreed("anna#a-000001").via == carla.agreed("anna#a-000004").id
    assert carla.problems() == []
    take(carla, "anna#a-000002")
    assert carla.agreed("anna#a-000001").via == carla.agreed("anna#a-000002").id
    assert set(carla.verdicts().values()) == {"accepted"}
