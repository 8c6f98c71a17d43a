from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core import edits
from annotator.core.chains.who_says import (
    Group,
    SaidEntry,
    Voice,
    by_source,
    chains_of,
    nested_in,
    origin,
    single_origin,
    touched_by,
)
from annotator.core.change import Change, added
from annotator.core.model import Kind, Stance, Unattributed
from annotator.core.tagging import Tagging
from annotator.storage.files.annotation_file import parse_document
from annotator.storage.files.source_file import parse_registry
from tests.core.builders import NEWS, REGISTRY, a_chain, annotation, now, on
from tests.core.walks import random_change

SEEDS = Path(__file__).resolve().parents[3] / "seeds"
SOURCES = parse_registry((SEEDS / "sources.yaml").read_bytes(), "sources.yaml")

CLAIM = "“Siamo alleati” 🤝, ha detto il ministro Kim"


def seed(annotator: str) -> Tagging:
    path = SEEDS / "annotations" / f"corea-del-nord.{annotator}.yaml"
    return Tagging(parse_document(path.read_bytes(), path.name).annotations)


def sources(tagging: Tagging, name: str) -> list[list[str | None]]:
    return [[link.source for link in one] for one in chains_of(tagging, now(tagging, name))]


def shown(groups: list[Group]) -> dict[str, list[str]]:
    """Headings, each with its entries, inner ones indented."""
    return {
        group.heading.label(SOURCES): [
            "  " * entry.depth + entry.annotation.id for entry in group.entries
        ]
        for group in groups
    }


def nested() -> Tagging:
    """RBC says a claim with a quote in it; nobody says the claim on Russia."""
    return Tagging(
        [
            on(CLAIM, "c-1"),
            on("“Siamo alleati”", "q-1"),
            on("Secondo RBC", "a-1", source="rbc", content=("c-1",), stance=Stance.DOUBTS),
            on("Pyongyang ha inviato truppe in Russia", "c-2"),
        ]
    )


def test_the_first_claim_of_the_seed_came_from_north_korea_via_kcna_via_yonhap() -> None:
    anna = seed("anna")
    claim = now(anna, "c-8r3tdw")
    assert claim.words.startswith("avrebbe inviato truppe in Russia")
    assert sources(anna, claim.id) == [["north-korea", "kcna", "yonhap"]]
    (group,) = [one for one in by_source(anna) if one.entries[0].annotation is claim]
    assert group.heading.label(SOURCES) == "North Korea via KCNA via Yonhap"
    assert group.entries[0].stance is Stance.CONFIRMS
    assert origin(chains_of(anna, claim)[0]) == "north-korea"


def test_a_quote_inside_an_attributed_claim_is_said_by_whoever_says_the_claim() -> None:
    anna = seed("anna")
    assert sources(anna, "q-b7n3xe") == sources(anna, "c-6kf0wq") == [["kim-jong-gyu"]]
    assert nested_in(anna, now(anna, "q-b7n3xe")) == now(anna, "c-6kf0wq")
    assert nested_in(anna, now(anna, "c-6kf0wq")) is None


def test_who_says_what_in_the_seed_by_source() -> None:
    assert shown(by_source(seed("anna"))) == {
        "North Korea via KCNA via Yonhap": ["c-8r3tdw"],
        "North Korea": ["q-0ay5hs", "q-w6b2nd"],
        "KCNA": ["c-m2p7vg"],
        "Kim Jong-gyu": ["c-6kf0wq", "  q-b7n3xe", "  q-y5r8ja"],
        "intelligence reports": ["c-3zw9sd", "c-n0v4kb"],
        "RBC": ["c-e1x8gt"],
        "ROK intelligence": ["c-s7k2ha"],
        "the article itself": ["c-t1jz6p", "c-h9d2ym"],
        "source unknown": ["q-z6m0fv"],
    }
    assert shown(by_source(seed("boris")))["undecided"] == ["q-9sb3ma"]


def test_an_attribution_of_its_own_comes_before_an_inherited_one() -> None:
    tagging = nested()
    assert sources(tagging, "q-1") == [["rbc"]]
    edit = edits.set_content(tagging, now(tagging, "a-1"), ["c-1"])
    tagging.apply(edit)
    tagging.apply(Change("x", added(on("la Yonhap", "a-2", source="yonhap", content=("q-1",)))))
    assert sources(tagging, "q-1") == [["yonhap"]]


def test_the_shortest_around_it_that_has_a_source_hands_its_chain_down() -> None:
    start = NEWS.text.index(CLAIM)
    between = annotation("c-3", (start, start + 20))
    tagging = Tagging([*nested(), between])
    assert nested_in(tagging, now(tagging, "q-1")) == between
    assert sources(tagging, "q-1") == sources(tagging, "c-3") == [["rbc"]]


def test_a_decision_that_there_is_no_source_is_not_overruled_from_outside() -> None:
    decided = replace(on("“Siamo alleati”", "q-1"), unattributed=Unattributed.UNKNOWN)
    tagging = Tagging([decided, *(one for one in nested() if one.id != "q-1")])
    assert sources(tagging, "q-1") == []
    assert [group.heading.voice for group in by_source(tagging)] == [
        Voice.SOURCE,
        Voice.UNKNOWN,
        Voice.UNDECIDED,
    ]


def test_of_two_on_the_same_words_one_lies_in_the_other_and_they_share_a_chain() -> None:
    tagging = Tagging([*nested(), on(CLAIM, "q-9")])
    assert nested_in(tagging, now(tagging, "q-9")) == now(tagging, "c-1")
    assert nested_in(tagging, now(tagging, "c-1")) is None
    assert sources(tagging, "q-9") == [["rbc"]]


def test_what_stands_in_a_gap_between_fragments_is_not_inside() -> None:
    split = annotation("c-1", (0, 9), (30, 40))
    tagging = Tagging([split, annotation("q-1", (12, 20)), annotation("q-2", (31, 35), (2, 5))])
    assert nested_in(tagging, now(tagging, "q-1")) is None


def test_an_attribution_has_its_own_chain() -> None:
    assert sources(a_chain(), "a-rbc") == [["rbc", "kcna", "yonhap"]]


@pytest.mark.parametrize(
    ("chains", "single"),
    [
        ([("rbc", ())], None),
        ([("rbc", ("kcna",))], "rbc"),
        ([("rbc", ("kcna",)), ("rbc", ("yonhap",))], "rbc"),
        ([("rbc", ()), ("rbc", ())], "rbc"),
        ([("rbc", ("kcna",)), ("kcna", ())], None),
        ([(None, ("kcna",))], None),
        ([], None),
    ],
)
def test_a_single_origin_is_told_where_several_ways_lead_back_to_it(
    chains: list[tuple[str | None, tuple[str, ...]]], single: str | None
) -> None:
    found = [annotation("c-1", (0, 9))]
    for number, (source, relays) in enumerate(chains):
        names = [f"a-{number}", *(f"a-{number}-{relay}" for relay in relays)]
        vias = [*names[1:], None]
        for name, by, via in zip(names, (source, *relays), vias, strict=True):
            more: dict[str, Any] = {"content": ("c-1",)} if name == names[0] else {}
            found.append(annotation(name, (20, 30), source=by, via=via, **more))
    tagging = Tagging(found)
    assert single_origin(tagging, now(tagging, "c-1")) == single


def test_what_several_say_stands_under_each_of_them() -> None:
    more = on("la Yonhap", "a-2", source="yonhap", content=("c-1",))
    tagging = Tagging([*nested(), more])
    assert [sources(tagging, "c-1"), sources(tagging, "q-1")] == [[["yonhap"], ["rbc"]]] * 2
    groups = by_source(tagging)
    assert [one.heading.label(REGISTRY) for one in groups][:2] == ["Yonhap", "RBC"]
    assert [[entry.depth for entry in one.entries] for one in groups] == [[0, 1], [0, 1], [0]]


def test_a_source_that_is_not_named_or_not_known_has_a_heading_too() -> None:
    said = [on("la KCNA", "a-1", content=("c-1",), via="a-2"), on("Secondo RBC", "a-2", source="x")]
    (group,) = by_source(Tagging([on(CLAIM, "c-1"), *said]))
    assert group.heading.label(REGISTRY) == "no source via x"


def test_a_change_far_up_a_chain_touches_the_claim_and_the_quote_inside_it() -> None:
    tagging = nested()
    tagging.apply(edits.tag(tagging, NEWS, Kind.ATTRIBUTION, [(41, 60)], source="yonhap"))
    yonhap = tagging.at(45)[0]
    tagging.apply(edits.set_via(tagging, now(tagging, "a-1"), yonhap.id))
    change = edits.retag(tagging, yonhap, Kind.ATTRIBUTION, "kcna")
    tagging.apply(change)
    assert touched_by(change, tagging) == {"c-1", "q-1"}


def test_a_note_on_one_claim_touches_no_other() -> None:
    tagging = nested()
    change = edits.set_note(now(tagging, "c-2"), "vero?")
    tagging.apply(change)
    assert touched_by(change, tagging) == {"c-2"}


def test_what_is_deleted_is_touched_and_so_is_what_lay_in_it() -> None:
    tagging = nested()
    change = edits.delete(tagging, [now(tagging, "c-1")])
    tagging.apply(change)
    assert touched_by(change, tagging) == {"c-1", "q-1"}


def test_unknown_keys_are_no_hindrance() -> None:
    odd = replace(on(CLAIM, "c-1"), extra=(("x-list", [1, {"a": 2}]),))
    change = Change("x", added(odd))
    assert touched_by(change, Tagging([odd])) == {"c-1"}


def rows(tagging: Tagging) -> dict[str, list[object]]:
    """All that lists and chips say of each claim and quote."""
    found: dict[str, list[object]] = {
        one.id: [single_origin(tagging, one), nested_in(tagging, one)]
        for one in tagging
        if one.kind is not Kind.ATTRIBUTION
    }
    for group in by_source(tagging):
        for entry in group.entries:
            found[entry.annotation.id] += [group.heading, entry.depth, entry.stance]
    return found


@settings(max_examples=60)
@given(st.data(), st.integers(1, 12))
def test_what_a_change_does_not_touch_is_said_as_before(data: st.DataObject, count: int) -> None:
    tagging = Tagging()
    for _ in range(count):
        before = rows(tagging)
        change = random_change(data.draw, tagging, NEWS)
        tagging.apply(change)
        after = rows(tagging)
        moved = {i for i in before | after if before.get(i) != after.get(i)}
        assert moved <= touched_by(change, tagging)


@settings(max_examples=60)
@given(st.data(), st.integers(1, 12))
def test_every_claim_and_quote_stands_somewhere_and_never_without_a_heading(
    data: st.DataObject, count: int
) -> None:
    tagging = Tagging()
    for _ in range(count):
        tagging.apply(random_change(data.draw, tagging, NEWS))
    wanted = {one.id for one in tagging if one.kind is not Kind.ATTRIBUTION}
    groups = by_source(tagging)
    assert {entry.annotation.id for group in groups for entry in group.entries} == wanted
    for group in groups:
        for nth, entry in enumerate(group.entries):
            outer = [one for one in group.entries[:nth] if holds(one, entry)]
            assert entry.depth == 0 or entry.depth - 1 in {one.depth for one in outer}


def holds(outer: SaidEntry, inner: SaidEntry) -> bool:
    return all(
        any(one.start <= span.start and span.end <= one.end for one in outer.annotation.spans)
        for span in inner.annotation.spans
    )
