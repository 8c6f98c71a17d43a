from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, permutations

from hypothesis import given
from hypothesis import strategies as st

from annotator.core.model import Annotation
from annotator.review.compare.matching import Item, Version, match, overlap_weight
from tests.review.taggings import make, seed_document, tagged, taggings

Taggings = dict[str, tuple[Annotation, ...]]


def shown(items: Iterable[Item]) -> list[str]:
    return [" = ".join(version.address for version in item.versions) for item in items]


def matched(*taggings: Sequence[Annotation]) -> list[str]:
    """The items of taggings by a, b, c …, as ``a#c-1 = b#c-1``."""
    return shown(match(dict(zip("abcde", taggings, strict=False))))


def worth(items: Iterable[Iterable[Annotation]]) -> int:
    """The sum of the weights of all pairs within items."""
    return sum(overlap_weight(*pair) for item in items for pair in combinations(item, 2))


def worth_of(items: Iterable[Item]) -> int:
    return worth([version.annotation for version in item.versions] for item in items)


def test_the_sample_taggings_are_23_items_of_which_17_have_two_versions() -> None:
    both = {name: seed_document(name).annotations for name in ("anna", "boris")}
    assert shown(match(both)) == [
        "anna#a-2m7xkq = boris#a-g3y6tn",
        "anna#c-8r3tdw = boris#c-q8m1zk",
        "anna#a-v5n0ke = boris#a-f0w5xd",
        "anna#a-9hc4yb",
        "anna#c-t1jz6p",
        "anna#a-kq83fm = boris#a-r2c8vj",
        "anna#q-0ay5hs = boris#q-4pt7he",
        "anna#q-w6b2nd = boris#q-9sb3ma",
        "anna#a-x4e9rt = boris#a-7xd0kg",
        "anna#c-m2p7vg = boris#c-u5n2rf",
        "anna#a-d8s1zc = boris#a-w1h6qc",
        "anna#c-6kf0wq",
        "anna#q-b7n3xe = boris#q-k4z9by",
        "anna#q-y5r8ja = boris#c-0vg3te",
        "anna#a-1tg6ph = boris#a-m8r5pd",
        "anna#c-3zw9sd = boris#c-j6y1wx",
        "anna#c-n0v4kb",
        "anna#c-h9d2ym",
        "anna#a-5jq7rc = boris#a-b2k7sn",
        "anna#c-e1x8gt = boris#c-t9f4mh",
        "anna#q-z6m0fv",
        "anna#a-p4b9wn = boris#a-z3q0gv",
        "anna#c-s7k2ha = boris#c-d5x8jr",
    ]


def test_a_quote_against_a_claim_on_the_same_words_is_one_item() -> None:
    assert matched([make("q-1", (0, 20))], [make("c-1", (0, 18))]) == ["a#q-1 = b#c-1"]


def test_different_kinds_on_mostly_different_words_are_two_items() -> None:
    assert matched([make("a-1", (0, 15))], [make("c-1", (0, 90))]) == ["b#c-1", "a#a-1"]


def test_kinds_are_matched_before_words() -> None:
    anna = [make("c-1", (0, 50)), make("q-2", (5, 50))]
    boris = [make("q-3", (0, 50)), make("c-4", (5, 50))]
    assert matched(anna, boris) == ["a#c-1 = b#c-4", "a#q-2 = b#q-3"]


def test_the_same_source_makes_up_for_other_words() -> None:
    anna = [make("a-1", (0, 59), source="yonhap"), make("a-2", (61, 105), source="kcna")]
    assert matched(anna, [make("a-3", (0, 105), source="kcna")]) == ["a#a-2 = b#a-3", "a#a-1"]


def test_not_the_first_hit_but_the_best_for_all() -> None:
    anna = [make("c-1", (0, 30)), make("c-2", (24, 40))]
    boris = [make("c-3", (8, 36)), make("c-4", (0, 12))]
    # The two first ones share most, but then the two others would have nobody.
    assert matched(anna, boris) == ["a#c-1 = b#c-4", "a#c-2 = b#c-3"]


def test_fragments_count_by_the_words_they_have() -> None:
    parted = make("c-1", (0, 10), (30, 40))
    assert overlap_weight(parted, make("c-2", (12, 28))) == 0
    assert overlap_weight(parted, make("c-2", (0, 40))) == 3_000_000


def test_an_item_has_the_versions_in_the_order_of_the_annotators_and_spans_them_all() -> None:
    (item,) = match({"zoe": [make("c-1", (3, 9))], "anna": [make("c-2", (5, 14))]})
    assert [version.annotator for version in item.versions] == ["zoe", "anna"]
    assert (item.start, item.end) == (3, 14)
    assert item.of("anna") == make("c-2", (5, 14))
    assert item.of("boris") is None


@given(taggings())
def test_every_annotation_is_in_one_item_and_no_annotator_twice(given_: Taggings) -> None:
    items = match(given_)
    found = sorted(version.address for item in items for version in item.versions)
    assert found == sorted(Version(n, a).address for n, made in given_.items() for a in made)
    for item in items:
        names = [version.annotator for version in item.versions]
        assert names == [name for name in given_ if name in names]


@given(taggings(), st.data())
def test_the_order_of_annotators_changes_the_order_of_versions_alone(
    given_: Taggings, data: st.DataObject
) -> None:
    other = {name: given_[name] for name in data.draw(st.permutations(list(given_)))}
    assert [set(item.versions) for item in match(given_)] == [
        set(item.versions) for item in match(other)
    ]


@given(tagged(), st.integers(2, 4))
def test_a_file_against_its_copies_is_matched_with_itself(
    made: tuple[Annotation, ...], copies: int
) -> None:
    items = match({f"copy {nth}": made for nth in range(copies)})
    assert len(items) == len(made)
    assert all(len({version.annotation.id for version in item.versions}) == 1 for item in items)


@given(tagged(4), tagged(4))
def test_for_two_annotators_nothing_weighs_more(
    one: tuple[Annotation, ...], other: tuple[Annotation, ...]
) -> None:
    few, many = sorted((one, other), key=len)
    every = (zip(few, order, strict=False) for order in permutations(many, len(few)))
    assert worth_of(match({"a": one, "b": other})) == max(map(worth, every))


@given(taggings(3, 3))
def test_for_three_annotators_nothing_is_gained_by_putting_one_of_them_in_anew(
    given_: Taggings,
) -> None:
    items = match(given_)
    for name in given_:
        rest = [[v.annotation for v in item.versions if v.annotator != name] for item in items]
        assert max(worth(one) for one in placed(given_[name], rest)) <= worth_of(items)


def placed(
    made: Sequence[Annotation], items: list[list[Annotation]]
) -> Iterator[list[list[Annotation]]]:
    """Every way of giving annotations to items, or to none, no item twice."""
    places = [*range(len(items)), *[None] * len(made)]
    for order in set(permutations(places, len(made))):
        yield [
            item + [one for one, place in zip(made, order, strict=True) if place == nth]
            for nth, item in enumerate(items)
        ]
