from __future__ import annotations

from collections import defaultdict
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.chains.layering import Box, Layout, layered

Edges = list[tuple[str, str]]


def boxes(names: str, column: int = 0) -> dict[str, Box]:
    return {name: Box(40, 20, column) for name in names}


def crossings(layout: Layout[str]) -> int:
    """How many pairs of edges cross in the gaps between columns, all boxes being equally wide."""
    gaps = defaultdict(list)
    for route in layout.routes:
        for one, other in pairwise(route):
            gaps[one.x].append((one.y, other.y))
    pairs = (pair for lines in gaps.values() for pair in combinations(lines, 2))
    return sum((a[0] - b[0]) * (a[1] - b[1]) < 0 for a, b in pairs)


@st.composite
def graphs(draw: st.DrawFn, *, circles: bool = False) -> tuple[dict[str, Box], Edges]:
    names = "abcdefghij"[: draw(st.integers(1, 10))]
    sizes = st.builds(Box, st.integers(10, 90), st.integers(10, 40), st.integers(0, 2))
    ends = [(a, b) for a in names for b in names if a < b or (circles and a != b)]
    edges = draw(st.lists(st.sampled_from(ends), unique=True, max_size=25)) if ends else []
    return {name: draw(sizes) for name in names}, edges


@given(graphs(circles=True))
def test_no_two_boxes_overlap(graph: tuple[dict[str, Box], Edges]) -> None:
    sizes, edges = graph
    layout = layered(sizes, edges)
    for one, other in combinations(sizes, 2):
        a, b = layout.corners[one], layout.corners[other]
        beside = a.x + sizes[one].width <= b.x or b.x + sizes[other].width <= a.x
        below = a.y + sizes[one].height < b.y + 1e-6 or b.y + sizes[other].height < a.y + 1e-6
        assert beside or below


@given(graphs())
def test_every_edge_goes_forward(graph: tuple[dict[str, Box], Edges]) -> None:
    sizes, edges = graph
    layout = layered(sizes, edges)
    for (start, end), route in zip(edges, layout.routes, strict=True):
        assert layout.columns[start] < layout.columns[end]
        assert all(one.x <= other.x for one, other in pairwise(route))


@given(graphs(circles=True))
def test_every_edge_leads_from_the_side_of_one_box_to_the_side_of_the_other(
    graph: tuple[dict[str, Box], Edges],
) -> None:
    sizes, edges = graph
    layout = layered(sizes, edges)
    for ends, route in zip(edges, layout.routes, strict=True):
        for name, point in zip(ends, (route[0], route[-1]), strict=True):
            corner, size = layout.corners[name], sizes[name]
            assert point.x in (corner.x, corner.x + size.width)
            assert point.y == pytest.approx(corner.y + size.height / 2)


@given(graphs(circles=True))
def test_no_edge_runs_through_a_box_that_it_passes(graph: tuple[dict[str, Box], Edges]) -> None:
    sizes, edges = graph
    layout = layered(sizes, edges)
    for ends, route in zip(edges, layout.routes, strict=True):
        level = [(a, b) for a, b in pairwise(route) if a.y == b.y]
        for name in set(sizes) - set(ends):
            corner, size = layout.corners[name], sizes[name]
            for one, other in level:
                beside = max(one.x, other.x) <= corner.x or (
                    min(one.x, other.x) >= corner.x + size.width
                )
                assert beside or not corner.y < one.y < corner.y + size.height


@given(graphs(circles=True))
def test_the_same_graph_always_gets_the_same_layout(graph: tuple[dict[str, Box], Edges]) -> None:
    assert layered(*graph) == layered(*graph)


@given(graphs(circles=True))
def test_everything_lies_within_width_and_height(graph: tuple[dict[str, Box], Edges]) -> None:
    sizes, edges = graph
    layout = layered(sizes, edges)
    for name, corner in layout.corners.items():
        assert corner.x >= 0
        assert corner.y >= -1e-6
        assert corner.x + sizes[name].width <= layout.width
        assert corner.y + sizes[name].height <= layout.height + 1e-6


@pytest.mark.parametrize(
    ("edges", "fewest"),
    [
        ([("a", "z"), ("b", "y"), ("c", "x")], 0),
        ([("a", "x"), ("b", "y"), ("c", "x"), ("d", "y"), ("e", "x"), ("x", "z"), ("y", "z")], 0),
        ([("a", "y"), ("b", "x"), ("c", "x"), ("d", "y"), ("x", "z"), ("y", "z"), ("a", "z")], 0),
        ([(a, b) for a in "ab" for b in "xy"], 1),
        ([(a, b) for a in "abc" for b in "xyz"], 9),
    ],
    ids=["a matching", "a tree", "a tree with a long edge", "two by two", "three by three"],
)
def test_small_graphs_have_as_few_crossings_as_they_can(edges: Edges, fewest: int) -> None:
    names = "".join(sorted({name for edge in edges for name in edge}))
    assert crossings(layered(boxes(names), edges)) == fewest


def test_a_circle_is_laid_out_with_one_edge_leading_back() -> None:
    layout = layered(boxes("abc"), [("a", "b"), ("b", "c"), ("c", "a")])
    assert [layout.columns[name] for name in "abc"] == [0, 1, 2]
    assert layout.routes[2][0].x > layout.routes[2][-1].x


def test_a_straight_chain_is_drawn_straight() -> None:
    layout = layered(boxes("abcd"), [("a", "b"), ("b", "c"), ("c", "d")])
    assert {point.y for route in layout.routes for point in route} == {10}


def test_a_box_moves_on_towards_what_it_leads_to_unless_it_stays() -> None:
    edges = [("a", "b"), ("b", "c"), ("x", "c")]
    assert layered(boxes("abcx"), edges).columns["x"] == 1
    staying = boxes("abc") | {"x": Box(40, 20, stays=True)}
    assert layered(staying, edges).columns["x"] == 0


def test_no_column_stands_empty() -> None:
    assert layered(boxes("a", 1) | boxes("b", 5), []).columns == {"a": 0, "b": 1}


def test_nothing_to_lay_out_takes_no_room() -> None:
    assert layered(boxes(""), []) == Layout({}, {}, [], 0.0, 0.0)
