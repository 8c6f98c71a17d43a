from __future__ import annotations

from annotator.core.chains.chain import chain, connected, would_circle
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


def test_with_a_claim_lights_up_who_says_it_and_through_whom() -> None:
    assert connected(a_chain(), "c-1") == {"c-1", "a-rbc", "a-kcna", "a-yonhap"}


def test_with_an_attribution_lights_up_what_it_covers_what_leans_on_it_and_its_chain() -> None:
    assert connected(a_chain(), "a-rbc") == {"a-rbc", "c-1", "q-1", "a-kcna", "a-yonhap"}
    assert connected(a_chain(), "a-yonhap") == {"a-yonhap", "a-kcna"}


def test_what_is_not_there_is_connected_with_nothing() -> None:
    assert connected(a_chain(), "c-gone") == frozenset()
    assert connected(a_chain(), "") == frozenset()
