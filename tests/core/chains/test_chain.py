from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.core.chains.chain import (
    MOST_LINKS,
    chain,
    connected,
    too_long,
    would_be_too_long,
    would_circle,
)
from annotator.core.model import Annotation
from annotator.core.tagging import Tagging
from tests.core.builders import a_chain, annotation, now


def ids(annotations: list[Annotation]) -> list[str]:
    return [annotation.id for annotation in annotations]


def chain_from(tagging: Tagging, name: str) -> list[str]:
    return ids(chain(tagging, now(tagging, name)))


def test_a_chain_leads_from_the_origin_to_whoever_reports_it_here() -> None:
    assert chain_from(a_chain(), "a-rbc") == ["a-rbc", "a-kcna", "a-yonhap"]
    assert chain_from(a_chain(), "a-yonhap") == ["a-yonhap"]


def test_a_dangling_via_ends_the_chain() -> None:
    assert chain_from(Tagging([annotation("a-1", (0, 9), via="a-gone")]), "a-1") == ["a-1"]


def test_a_circle_ends_where_it_closes() -> None:
    circle = [annotation(f"a-{n}", (n, 9), via=f"a-{(n + 1) % 3}") for n in range(3)]
    tagging = Tagging([*circle, annotation("a-tail", (4, 9), via="a-1")])
    assert chain_from(tagging, "a-1") == ["a-1", "a-2", "a-0"]
    assert chain_from(tagging, "a-tail") == ["a-tail", "a-1", "a-2", "a-0"]
    assert chain_from(Tagging([annotation("a-1", (0, 9), via="a-1")]), "a-1") == ["a-1"]


def test_it_is_known_beforehand_what_would_close_a_circle() -> None:
    tagging = a_chain()
    assert would_circle(tagging, "a-yonhap", "a-rbc")
    assert would_circle(tagging, "a-kcna", "a-kcna")
    assert not would_circle(tagging, "a-rbc", "a-yonhap")
    assert not would_circle(tagging, "a-rbc", "a-gone")


def one_behind_the_other(length: int, prefix: str = "a") -> list[Annotation]:
    """Attributions of which each comes via the one before it."""
    vias = [None, *(f"{prefix}-{n}" for n in range(length))]
    return [annotation(f"{prefix}-{n}", (n, 9000), via=vias[n]) for n in range(length)]


def test_a_chain_ends_after_as_many_attributions_as_it_may_have() -> None:
    tagging = Tagging(one_behind_the_other(MOST_LINKS * 3))
    assert len(chain(tagging, now(tagging, f"a-{MOST_LINKS * 3 - 1}"))) == MOST_LINKS
    assert len(chain(tagging, now(tagging, f"a-{MOST_LINKS - 1}"))) == MOST_LINKS
    assert len(chain(tagging, now(tagging, "a-9"))) == 10


@given(st.integers(1, MOST_LINKS), st.integers(1, MOST_LINKS))
def test_two_chains_may_be_joined_if_both_together_are_not_too_long(one: int, other: int) -> None:
    tagging = Tagging(one_behind_the_other(one, "a") + one_behind_the_other(other, "a-b"))
    assert would_be_too_long(tagging, "a-b-0", f"a-{one - 1}") == (one + other > MOST_LINKS)


def test_a_circle_is_not_asked_for_ever_how_long_it_is() -> None:
    circle = [annotation(f"a-{n}", (n, 9), via=f"a-{(n + 1) % 3}") for n in range(3)]
    assert would_be_too_long(Tagging([*circle, annotation("a-b", (4, 9))]), "a-0", "a-b")


@given(st.data(), st.integers(2, 1200), st.integers(1, 9))
def test_without_the_links_that_are_too_many_no_chain_is_too_long(
    data: st.DataObject, size: int, wide: int
) -> None:
    back = data.draw(st.lists(st.integers(1, wide), min_size=size, max_size=size))
    via = {f"a-{n}": f"a-{n - step}" if n >= step else None for n, step in enumerate(back)}
    for one in list(too_long(via)):
        via[one] = None
    # One more than a chain shows, so that none that is too long would pass.
    for one in via:
        passed = [one]
        while (behind := via[passed[-1]]) and len(passed) <= MOST_LINKS:
            passed.append(behind)
        assert len(passed) <= MOST_LINKS


def test_a_chain_that_is_just_long_enough_is_left_alone() -> None:
    via = {one.id: one.via for one in one_behind_the_other(MOST_LINKS)}
    assert list(too_long(via)) == []


def test_with_a_claim_lights_up_who_says_it_and_through_whom() -> None:
    assert connected(a_chain(), "c-1") == {"c-1", "a-rbc", "a-kcna", "a-yonhap"}


def test_with_an_attribution_lights_up_what_it_covers_what_leans_on_it_and_its_chain() -> None:
    assert connected(a_chain(), "a-rbc") == {"a-rbc", "c-1", "q-1", "a-kcna", "a-yonhap"}
    assert connected(a_chain(), "a-yonhap") == {"a-yonhap", "a-kcna"}


def test_what_is_not_there_is_connected_with_nothing() -> None:
    assert connected(a_chain(), "c-gone") == frozenset()
    assert connected(a_chain(), "") == frozenset()
