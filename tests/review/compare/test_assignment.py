from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.review.compare.assignment import assign

WEIGHTS = st.lists(st.dictionaries(st.integers(0, 5), st.integers(1, 9)), max_size=6)


def best(rows: list[dict[int, int]]) -> int:
    """The greatest sum there is, by trying everything."""
    if not rows:
        return 0
    first, *rest = rows
    without = best(rest)
    return max(
        [without]
        + [
            weight + best([{c: w for c, w in row.items() if c != column} for row in rest])
            for column, weight in first.items()
        ]
    )


@given(WEIGHTS)
def test_nothing_weighs_more(rows: list[dict[int, int]]) -> None:
    chosen = assign(rows)
    assert len(set(chosen.values())) == len(chosen)
    assert sum(rows[row][column] for row, column in chosen.items()) == best(rows)


def test_who_comes_first_gives_way_where_all_gain() -> None:
    assert assign([{0: 9, 1: 8}, {0: 7}]) == {0: 1, 1: 0}


def test_one_goes_without_where_that_weighs_more() -> None:
    assert assign([{0: 3}, {0: 9}, {}]) == {1: 0}


def test_a_thousand_around_one_column_are_given_theirs() -> None:
    rows = [{0: 1, nth + 1: 5} for nth in range(1000)]
    assert assign(rows) == {nth: nth + 1 for nth in range(1000)}
