from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.core.model import Annotation, Kind
from annotator.core.sources import Registry
from annotator.core.tagging import Tagging
from annotator.core.text.article import Article
from annotator.review.compare.differences import Difference
from annotator.review.compare.matching import Item, Version
from annotator.review.decide import decisions
from annotator.review.decide.state import ItemState
from annotator.review.decide.worklist import Entry, Worklist, WorklistFilter, progress, proposed
from tests.review.hands import Reviewer, reviewed

ARTICLE = Article("Secondo la KCNA, le truppe sono arrivate. Lo nega RBC.\n")


def on(words: str, name: str, kind: Kind = Kind.CLAIM, source: str | None = None) -> Annotation:
    start = ARTICLE.text.index(words)
    span = ARTICLE.span(start, start + len(words))
    return Annotation(id=name, kind=kind, spans=(span,), source=source)


CLAIM = on("le truppe sono arrivate", "c-000001")
SHORT = on("truppe sono arrivate", "c-000002")
SAYS = on("Secondo la KCNA", "a-000001", Kind.ATTRIBUTION, "kcna")
TAGGINGS = {
    "anna": Tagging((CLAIM, SAYS)),
    "boris": Tagging((SHORT, replace(SAYS, id="a-000002"))),
}


@pytest.fixture
def carla() -> Reviewer:
    return Reviewer(reviewed(TAGGINGS, ARTICLE))


def entries(carla: Reviewer) -> tuple[Entry, ...]:
    work = Worklist(carla.reviewed, Registry())
    work.begin(carla.review)
    return work.entries


def test_what_is_not_decided_is_open(carla: Reviewer) -> None:
    assert [one.state for one in entries(carla)] == [ItemState.OPEN, ItemState.OPEN]
    assert progress(entries(carla)) == (0, 2)


def test_what_is_decided_says_what_came_of_it(carla: Reviewer) -> None:
    says, _ = entries(carla)
    carla.do(decisions.accept(carla.review, says.item, says.proposed))
    says, claim = entries(carla)
    assert says.decided
    assert says.agreed in carla.tagging
    assert not claim.decided
    assert progress((says, claim)) == (1, 2)


def test_what_is_rejected_says_why(carla: Reviewer) -> None:
    _, claim = entries(carla)
    carla.do(decisions.reject(carla.review, claim.item, "Nobody says so."))
    _, claim = entries(carla)
    assert (claim.decided, claim.agreed, claim.reason) == (True, None, "Nobody says so.")


def test_after_a_decision_only_its_item_is_another_entry(carla: Reviewer) -> None:
    work = Worklist(carla.reviewed, Registry())
    work.begin(carla.review)
    says, claim = work.entries
    change = carla.do(decisions.accept(carla.review, says.item, says.proposed))
    work.follow(carla.review, [one.of for one in change.decisions.after])
    assert work.entries == entries(carla)
    assert work.entries[1] is claim
    assert work.entry_of(says.addresses[1]) is work.entries[0]
    assert work.entry_of("dora#c-000001") is None


def test_the_list_is_narrowed(carla: Reviewer) -> None:
    says, claim = entries(carla)
    assert [WorklistFilter(source="kcna").holds(one) for one in (says, claim)] == [True, False]
    boundary = WorklistFilter(difference=Difference.TRIVIAL_BOUNDARY)
    assert [boundary.holds(one) for one in (says, claim)] == [False, True]
    assert WorklistFilter(annotator="boris").holds(claim)
    assert not WorklistFilter(annotator="dora").holds(claim)
    decided = replace(says, state=ItemState.DECIDED)
    assert not WorklistFilter().holds(decided)
    assert WorklistFilter(open_only=False).holds(decided)


def test_the_version_that_most_share_is_proposed() -> None:
    versions = [Version("anna", CLAIM), Version("boris", SHORT), Version("dora", SHORT)]
    assert proposed(Item(tuple(versions))).annotator == "boris"


def test_among_equals_the_first_version_is_proposed() -> None:
    assert proposed(Item((Version("anna", CLAIM), Version("boris", SHORT)))).annotator == "anna"


def test_notes_and_links_do_not_make_two_versions_of_one() -> None:
    noted = replace(SHORT, id="c-3", note="Sure?")
    versions = [Version("anna", CLAIM), Version("boris", SHORT), Version("dora", noted)]
    assert proposed(Item(tuple(versions))).annotator == "boris"
