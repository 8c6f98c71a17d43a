from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from annotator.core.chains.provenance import (
    ARTICLE,
    MOST_CHAINS,
    MOST_LEAVES,
    Fold,
    Key,
    Node,
    Provenance,
    Shape,
    provenance,
)
from annotator.core.model import Annotation, Unattributed
from annotator.core.sources import Registry
from annotator.core.tagging import Tagging
from annotator.storage.files.annotation_file import parse_document
from annotator.storage.files.source_file import parse_registry
from tests.core.builders import REGISTRY, a_chain, annotation, on


def of(*annotations: Annotation, fold: Fold | None = None) -> Provenance:
    return provenance(Tagging(annotations), REGISTRY, fold)


def node(found: Provenance, label: str) -> Node:
    (one,) = (one for one in found.nodes if one.label == label)
    return one


def ways(found: Provenance) -> set[tuple[str, ...]]:
    """Every way through the graph by the names of its nodes."""
    return {tuple(key.name or "article" for key in way) for way in found.ways}


@pytest.fixture
def seed(seeds: Path) -> tuple[Tagging, Registry]:
    file = seeds / "annotations" / "corea-del-nord.anna.yaml"
    registry = seeds / "sources.yaml"
    tagging = Tagging(parse_document(file.read_bytes(), file.name).annotations)
    return tagging, parse_registry(registry.read_bytes(), registry.name)


def said_by(count: int, source: str) -> list[Annotation]:
    """An attribution to ``source`` with so many claims."""
    claims = [annotation(f"c-{source}{n}", (n, n + 2)) for n in range(count)]
    says = annotation(f"a-{source}", (0, 9), source=source, content=tuple(c.id for c in claims))
    return [says, *claims]


def test_words_flow_from_the_claim_through_origin_and_relays_to_the_article() -> None:
    found = provenance(a_chain(), REGISTRY)
    assert ("c-1", "rbc", "kcna", "yonhap", "article") in ways(found)


def test_the_seeds_first_claim_comes_from_north_korea_via_kcna_via_yonhap(
    seed: tuple[Tagging, Registry],
) -> None:
    found = provenance(*seed)
    assert ("c-8r3tdw", "north-korea", "kcna", "yonhap", "article") in ways(found)
    (claim,) = (one for one in found.nodes if one.ids == ("c-8r3tdw",))
    assert claim.detail == "confirms · via KCNA via Yonhap"


def test_a_quote_within_a_claim_comes_from_who_says_the_claim(
    seed: tuple[Tagging, Registry],
) -> None:
    assert ("q-b7n3xe", "kim-jong-gyu", "article") in ways(provenance(*seed))


def test_a_source_stands_in_the_graph_once(seed: tuple[Tagging, Registry]) -> None:
    found = provenance(*seed)
    assert node(found, "North Korea").ids == ("a-2m7xkq", "a-kq83fm")
    assert node(found, "KCNA").detail == "state media · KP"
    assert node(found, "intelligence reports").detail == "document · unnamed"


def test_a_step_counts_the_attributions_that_are_this_very_step() -> None:
    found = of(
        on("la Yonhap", "a-yonhap", source="yonhap"),
        on("la KCNA", "a-kcna", source="kcna", via="a-yonhap"),
        on("Secondo RBC", "a-also", source="kcna", via="a-yonhap"),
    )
    steps = {(step.start.name, step.end.name): step.times for step in found.steps}
    assert steps == {("kcna", "yonhap"): 2, ("yonhap", ""): 1}


def test_a_claim_of_two_sources_leads_to_both() -> None:
    found = of(
        on("Pyongyang", "c-1"),
        on("la KCNA", "a-kcna", source="kcna", content=("c-1",)),
        on("Secondo RBC", "a-rbc", source="rbc", content=("c-1",), via="a-kcna"),
    )
    assert {("c-1", "kcna", "article"), ("c-1", "rbc", "kcna", "article")} <= ways(found)
    assert node(found, "Pyongyang").detail == "via KCNA"


@pytest.mark.parametrize(
    ("decision", "shape", "label"),
    [
        (Unattributed.ARTICLE, Shape.UNATTRIBUTED, "the article itself"),
        (Unattributed.UNKNOWN, Shape.UNATTRIBUTED, "source unknown"),
        (None, Shape.OPEN, "undecided"),
    ],
)
def test_who_has_no_source_is_a_node_of_its_own(
    decision: Unattributed | None, shape: Shape, label: str
) -> None:
    found = of(on("Pyongyang", "c-1", unattributed=decision))
    assert found.ways == ((Key(Shape.CLAIM, "c-1"), Key(shape, label), ARTICLE),)


def test_an_attribution_without_a_source_is_open() -> None:
    found = of(on("Lo riferisce", "a-1"))
    assert node(found, "no source").key.shape is Shape.OPEN


def test_a_source_that_nobody_knows_is_called_by_its_id() -> None:
    assert node(of(on("Lo riferisce", "a-1", source="tass")), "tass").detail == ""


def test_two_attributions_to_one_source_in_a_chain_are_one_node() -> None:
    found = of(
        on("la KCNA", "a-1", source="kcna"), on("Secondo RBC", "a-2", source="kcna", via="a-1")
    )
    assert [(step.start.name, step.end, step.times) for step in found.steps] == [
        ("kcna", ARTICLE, 1)
    ]


def test_nothing_tagged_is_the_article_alone() -> None:
    assert [one.label for one in of().nodes] == ["this article"]


def test_many_claims_are_counted_by_chain() -> None:
    assert of(*said_by(MOST_LEAVES, "rbc")).fold is Fold.EACH
    found = of(*said_by(MOST_LEAVES + 1, "rbc"))
    assert found.fold is Fold.CHAINS
    assert len(node(found, f"{MOST_LEAVES + 1} claims").ids) == MOST_LEAVES + 1


def test_a_source_with_two_chains_has_a_count_for_each() -> None:
    found = provenance(a_chain(), REGISTRY, Fold.CHAINS)
    folded = node(found, "1 claim · 1 quote")
    assert folded.ids == ("c-1", "q-1")
    assert folded.detail == "via KCNA via Yonhap"


def test_claims_of_many_chains_are_counted_in_their_source() -> None:
    several = [one for n in range(MOST_CHAINS + 1) for one in said_by(2, f"s{n}")]
    found = of(*several)
    assert found.fold is Fold.SOURCES
    assert len(found.nodes) == MOST_CHAINS + 2
    assert node(found, "s3").detail == "2 claims"
    assert node(found, "s3").ids == ("a-s3", "c-s30", "c-s31")


@pytest.mark.parametrize("fold", Fold)
def test_every_annotation_is_found_in_a_node(fold: Fold, seed: tuple[Tagging, Registry]) -> None:
    tagging, registry = seed
    found = provenance(tagging, registry, fold)
    assert set(found.key_of) == {one.id for one in tagging}


@pytest.mark.parametrize("fold", Fold)
def test_every_way_ends_in_the_article(fold: Fold, seed: tuple[Tagging, Registry]) -> None:
    found = provenance(*seed, fold)
    assert all(way[-1] == ARTICLE and ARTICLE not in way[:-1] for way in found.ways)


def test_a_circle_in_a_file_edited_by_hand_does_no_harm() -> None:
    one, other = on("la KCNA", "a-1", source="kcna"), on("Secondo RBC", "a-2", source="rbc")
    found = of(replace(one, via="a-2"), replace(other, via="a-1"))
    assert ways(found) == {("kcna", "rbc", "article"), ("rbc", "kcna", "article")}


def test_all_ways_through_a_node_are_told() -> None:
    found = provenance(a_chain(), REGISTRY)
    nodes, steps = found.through(Key(Shape.CLAIM, "c-1"))
    assert {key.name for key in nodes} == {"c-1", "rbc", "kcna", "yonhap", ""}
    assert len(steps) == 4


def test_a_node_without_annotations_stands_for_those_behind_it() -> None:
    found = of(on("Pyongyang", "c-1", unattributed=Unattributed.ARTICLE))
    assert found.ids_behind(Key(Shape.UNATTRIBUTED, "the article itself")) == ("c-1",)
    assert found.ids_behind(ARTICLE) == ("c-1",)
    assert found.ids_behind(Key(Shape.CLAIM, "c-1")) == ("c-1",)
