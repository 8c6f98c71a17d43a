from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.change import Change
from annotator.core.registry_edits import (
    add_source,
    delete_source,
    edit_source,
    key_holder,
    merge_sources,
    rename_source,
    replace_source,
)
from annotator.core.sources import Registry, Source
from tests.core.builders import REGISTRY, a_chain, now, refused

KCNA, YONHAP, RBC, _ = REGISTRY.sources
TASS = Source(id="tass", name="TASS")


def after(change: Change) -> Registry:
    return REGISTRY.changed(change.sources.before, change.sources.after)


def test_a_new_source_comes_last() -> None:
    assert after(add_source(REGISTRY, TASS)).sources == (*REGISTRY.sources, TASS)


def test_a_new_source_needs_an_id_of_its_own() -> None:
    assert "already" in refused(lambda: add_source(REGISTRY, replace(TASS, id="kcna")))


def test_an_edited_source_keeps_its_place() -> None:
    change = edit_source(REGISTRY, YONHAP, replace(YONHAP, name="Yonhap News"))
    assert [source.name for source in after(change).sources][1] == "Yonhap News"


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        ({"name": " "}, "needs a name"),
        ({"key": "kk"}, "single letter"),
        ({"key": "7"}, "single letter"),
        ({"country": "Korea"}, "two capital letters"),
        ({"aliases": ("",)}, "alias"),
    ],
)
def test_what_no_file_could_hold_is_refused(what: dict[str, Any], sentence: str) -> None:
    assert sentence in refused(lambda: edit_source(REGISTRY, YONHAP, replace(YONHAP, **what)))


@pytest.mark.parametrize("key", ["k", "K"])
def test_a_key_that_another_source_has_is_refused_by_its_name(key: str) -> None:
    sentence = refused(lambda: edit_source(REGISTRY, YONHAP, replace(YONHAP, key=key)))
    assert sentence == "K tags with KCNA already."
    assert key_holder(REGISTRY, key, "kcna") is None


def test_a_key_that_clashed_before_does_not_hinder_other_edits() -> None:
    clashing = replace(YONHAP, key="k")
    registry = REGISTRY.changed([YONHAP], [clashing])
    assert edit_source(registry, clashing, replace(clashing, name="Yonhap News"))


def test_an_unused_source_is_deleted() -> None:
    assert "rbc" not in after(delete_source(RBC, {})).by_id


def test_a_source_in_use_is_not_deleted_and_the_sentence_says_where_it_is() -> None:
    one = refused(lambda: delete_source(RBC, {"a.anna.yaml": 3}))
    assert one == "RBC is named in a.anna.yaml (3 ×); merge it into another one."
    more = refused(lambda: delete_source(RBC, {"a.anna.yaml": 3, "b.yaml": 1, "c.yaml": 1}))
    assert "a.anna.yaml (3 ×) and 2 more files" in more


def test_a_renamed_source_keeps_its_place_and_its_annotations() -> None:
    tagging = a_chain()
    change = rename_source(tagging, REGISTRY, YONHAP, "yonhap-news")
    tagging.apply(change)
    assert now(tagging, "a-yonhap").source == "yonhap-news"
    assert [source.id for source in after(change).sources][:2] == ["kcna", "yonhap-news"]
    assert len(change.before) == 1


@pytest.mark.parametrize("bad", ["", "Yonhap", "연합", "1a", "a_b", "-a", "a\n"])
def test_an_id_that_no_file_could_hold_is_refused(bad: str) -> None:
    assert "An id begins" in refused(lambda: rename_source((), REGISTRY, YONHAP, bad))


def test_an_id_that_is_taken_asks_for_a_merge() -> None:
    assert "merge the two" in refused(lambda: rename_source((), REGISTRY, YONHAP, "kcna"))


def test_merging_moves_the_annotations_and_keeps_every_name() -> None:
    tagging = a_chain()
    change = merge_sources(tagging, KCNA, YONHAP)
    tagging.apply(change)
    assert now(tagging, "a-kcna").source == "yonhap"
    kept = after(change).by_id["yonhap"]
    assert set(kept.names) == {*KCNA.names, *YONHAP.names}
    assert (kept.name, kept.key) == ("Yonhap", "y")
    assert "kcna" not in after(change).by_id


def test_the_one_that_stays_gets_the_key_where_it_has_none() -> None:
    bare = replace(YONHAP, key=None)
    assert merge_sources((), KCNA, bare).sources.after[0].key == "k"


def test_a_source_is_not_merged_with_itself() -> None:
    assert "itself" in refused(lambda: merge_sources((), KCNA, KCNA))


@given(st.permutations(REGISTRY.sources), st.sampled_from(["kcna", "rbc", "new"]))
def test_undo_of_a_rename_or_merge_gives_back_every_annotation_and_source(
    order: list[Source], target: str
) -> None:
    registry, tagging = Registry(tuple(order)), a_chain()
    change = replace_source(tagging, registry, YONHAP, target)
    back = change.inverse()
    known = tagging.annotations()
    tagging.apply(change)
    tagging.apply(back)
    assert tagging.annotations() == known
    there = registry.changed(change.sources.before, change.sources.after)
    again = there.changed(back.sources.before, back.sources.after)
    assert again == registry
