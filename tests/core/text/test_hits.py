from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from annotator.core.change import Change, removed
from annotator.core.model import Annotation, Kind
from annotator.core.tagging import Tagging
from annotator.core.text.article import Article
from annotator.core.text.find import already_tagged, find, remaining, tag_all
from annotator.core.text.hits import Hits
from tests.core.builders import NEWS, on

SAID = Article("KCNA said. “KCNA”, KCNA, and KCNA again.")


def hits_of(words: str, tagging: Tagging, kind: Kind | None = None, source: str = "") -> Hits:
    hits = Hits(SAID.text, find(SAID.text, words))
    hits.ask(kind, source or None, tagging)
    return hits


def marked(hits: Hits) -> list[bool]:
    return [hits.is_tagged(nth) for nth in range(len(hits))]


def test_a_hit_with_exactly_the_words_of_a_tag_counts_as_tagged() -> None:
    tagging = Tagging()
    tagging.apply(tag_all(tagging, SAID, Kind.CLAIM, [(0, 4), (0, 9)]))
    hits = hits_of("kcna", tagging)
    assert marked(hits) == [True, False, False, False]
    assert hits.tagged == 1


def test_only_tags_of_the_sort_asked_for_count() -> None:
    tagging = Tagging()
    tagging.apply(tag_all(tagging, SAID, Kind.CLAIM, [(0, 4)]))
    tagging.apply(tag_all(tagging, SAID, Kind.ATTRIBUTION, [(12, 16)], "kcna"))
    assert hits_of("kcna", tagging).tagged == 2
    assert marked(hits_of("kcna", tagging, Kind.CLAIM)) == [True, False, False, False]
    assert marked(hits_of("kcna", tagging, Kind.ATTRIBUTION)) == [False, True, False, False]
    assert hits_of("kcna", tagging, Kind.ATTRIBUTION, "rbc").tagged == 0


def test_a_tag_is_that_of_a_hit_trimmed_as_tags_are() -> None:
    tagging = Tagging()
    hits = hits_of("KCNA, ", tagging)
    change = tag_all(tagging, SAID, Kind.QUOTE, hits.ranges)
    assert [a.words for a in change.after] == ["KCNA"]
    hits.follow(change)
    assert hits.tagged == 1
    raw = tag_all(tagging, SAID, Kind.QUOTE, hits.ranges, raw=True)
    assert [a.words for a in raw.after] == ["KCNA, "]
    assert hits.place_of(raw.after[0]) == 0


def test_tags_beside_a_hit_are_none_of_it() -> None:
    hits = Hits(NEWS.text, find(NEWS.text, "Yonhap"))
    yonhap = on("Yonhap", "a-1", source="yonhap")
    assert hits.place_of(yonhap) == 0
    assert hits.place_of(on("KCNA", "a-2", source="kcna")) is None
    twice = replace(yonhap, spans=(*yonhap.spans, *on("KCNA", "a-2", source="kcna").spans))
    assert hits.place_of(twice) is None
    assert Hits().place_of(yonhap) is None


def test_hits_are_found_by_place() -> None:
    hits = Hits("aXbXXc", [(1, 2), (3, 4), (4, 5)])
    assert [hits.from_on(at) for at in range(7)] == [0, 0, 1, 1, 2, 3, 3]
    assert [list(hits.between(*r)) for r in ((0, 1), (0, 2), (2, 3), (3, 5), (5, 6))] == [
        [],
        [0],
        [],
        [1, 2],
        [],
    ]


@given(st.lists(st.sampled_from(list(Kind)), max_size=8), st.data())
def test_what_a_change_does_is_what_counting_anew_gives(
    kinds: list[Kind], data: st.DataObject
) -> None:
    tagging = Tagging()
    hits = hits_of("kcna", tagging, Kind.QUOTE)
    for kind in kinds:
        hit = data.draw(st.sampled_from(hits.ranges))
        there: list[Annotation] = list(tagging)
        take_back = data.draw(st.booleans())
        if there and take_back:
            change = Change("", removed(data.draw(st.sampled_from(there))))
        elif remaining(tagging, SAID, kind, [hit]):
            change = tag_all(tagging, SAID, kind, [hit])
        else:
            continue
        tagging.apply(change)
        hits.follow(change)
        anew = [bool(already_tagged(tagging, Kind.QUOTE, None, one)) for one in hits.ranges]
        assert marked(hits) == anew
