"""A registry that somebody writes by hand keeps what is written beside its sources."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.errors import FormatError
from annotator.core.sources import Registry, Source
from annotator.storage.files.source_file import parse_registry, registry_bytes
from annotator.storage.files.source_patch import patched_registry

BY_HAND = """\
# Sources of the Seoul desk.
format: source-registry/1
sources:
  # Agencies
  - id: yonhap   # checked in May
    name: 'Yonhap'
    aliases: [연합뉴스]   # Korean

  # North Korea
  - {id: kcna, name: KCNA, aliases: []}

  # Ask Boris before using these
  - id: somebody
    name: Somebody
    aliases: []
# The end
"""


def patched(registry: Registry, text: str = BY_HAND) -> str:
    return patched_registry(registry, text.encode(), "sources.yaml").decode()


def read(text: str = BY_HAND) -> Registry:
    return parse_registry(text.encode(), "sources.yaml")


def with_sources(*sources: Source) -> Registry:
    return Registry(sources)


def test_nothing_is_written_where_nothing_changed() -> None:
    assert patched(read()) == BY_HAND


def test_a_change_of_one_source_leaves_all_other_lines_alone() -> None:
    yonhap, kcna, somebody = read().sources
    changed = with_sources(yonhap, replace(kcna, short="KCNA"), somebody)
    old = "  - {id: kcna, name: KCNA, aliases: []}\n"
    new = "  - id: kcna\n    name: KCNA\n    short: KCNA\n    aliases: []\n"
    assert patched(changed) == BY_HAND.replace(old, new)


def test_a_source_that_is_deleted_leaves_the_comments_around_it() -> None:
    yonhap, _, somebody = read().sources
    without = BY_HAND.replace("  - {id: kcna, name: KCNA, aliases: []}\n", "")
    assert patched(with_sources(yonhap, somebody)) == without


def test_a_source_that_is_added_stands_below_the_others() -> None:
    tass = Source(id="tass", name="TASS")
    added = "  - id: tass\n    name: TASS\n    aliases: []\n# The end\n"
    expected = BY_HAND.replace("# The end\n", added)
    assert patched(with_sources(*read().sources, tass)) == expected


def test_a_source_that_gets_another_id_stays_where_it_is() -> None:
    yonhap, kcna, somebody = read().sources
    renamed = patched(with_sources(yonhap, replace(kcna, id="north"), somebody))
    assert "  # North Korea\n  - id: north\n" in renamed
    assert renamed.count("#") == BY_HAND.count("#")


def test_lines_end_as_they_did() -> None:
    tass = Source(id="tass", name="TASS")
    text = patched(with_sources(*read().sources, tass), BY_HAND.replace("\n", "\r\n"))
    assert text.count("\n") == text.count("\r\n")
    assert read(text).by_id.keys() == {"yonhap", "kcna", "somebody", "tass"}


def test_the_first_source_of_all_goes_below_what_is_there() -> None:
    empty = "# Nobody yet\nformat: source-registry/1\nsources: []  # begin here\n"
    text = patched(with_sources(Source(id="tass", name="TASS")), empty)
    assert text.startswith("# Nobody yet\nformat: source-registry/1\nsources:  # begin here\n- id")


def test_keys_of_their_own_below_the_sources_stay_there() -> None:
    text = BY_HAND + "x-desk: Seoul  # not Tokyo\n"
    registry = read(text)
    tass = Source(id="tass", name="TASS")
    changed = replace(registry, sources=(*registry.sources, tass))
    written = patched(changed, text)
    assert written.endswith("# The end\nx-desk: Seoul  # not Tokyo\n")
    assert read(written) == changed


def test_a_file_that_nobody_wrote_by_hand_is_written_as_always() -> None:
    registry = read()
    more = with_sources(*registry.sources, Source(id="tass", name="TASS"))
    own = registry_bytes(registry)
    assert patched_registry(more, own, "sources.yaml") == registry_bytes(more)
    assert patched_registry(more, None, "sources.yaml") == registry_bytes(more)


def test_what_is_no_registry_is_not_written_over() -> None:
    with pytest.raises(FormatError):
        patched_registry(read(), b"format: something-else/1\n", "sources.yaml")


ids = st.sampled_from(["yonhap", "kcna", "somebody", "tass", "rbc", "north"])
sources = st.builds(
    Source,
    id=ids,
    name=st.text("aé한#:-'\" ", min_size=1, max_size=9).filter(str.strip),
    aliases=st.lists(st.text("ab# ", min_size=1, max_size=4).filter(str.strip)).map(
        lambda found: tuple(dict.fromkeys(found))
    ),
)


@given(st.lists(sources, max_size=5, unique_by=lambda one: one.id), st.data())
def test_whatever_changes_the_file_means_the_registry(
    changed: list[Source], data: st.DataObject
) -> None:
    kept = data.draw(st.sets(st.sampled_from(read().sources)))
    order = data.draw(
        st.permutations(
            [*kept, *(one for one in changed if one.id not in {old.id for old in kept})]
        )
    )
    registry = with_sources(*order)
    assert read(patched(registry)) == registry
