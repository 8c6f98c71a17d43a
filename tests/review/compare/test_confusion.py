"""Tables of what became of what."""

from __future__ import annotations

from annotator.review.compare.confusion import Confusion


def test_a_table_counts_what_became_of_what() -> None:
    table = Confusion.of([("quote", "claim"), ("quote", "quote"), ("claim", None), (None, "claim")])
    assert table.counts[("quote", "claim")] == 1
    assert table.row_total("quote") == 2
    assert (table.same, table.total) == (1, 4)


def test_rows_and_columns_keep_their_order_and_nothing_comes_last() -> None:
    pairs = [(None, "b"), ("a", "b"), ("c", None), ("c", "c")]
    table = Confusion.of(pairs, ["c", "d"])
    assert table.rows == ("c", "a", None)
    assert table.columns == ("c", "b", None)
    assert Confusion.of([("x", "x")]).columns == ("x",)


def test_what_is_frequent_comes_first() -> None:
    table = Confusion.of([("rare", "rare"), ("often", "often"), ("often", "often")])
    assert table.values == ("often", "rare", None)
