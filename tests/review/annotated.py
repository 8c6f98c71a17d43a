"""Taggings of several annotators for the tests of agreement."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from annotator.core.model import Annotation, Certainty, Kind, Stance
from annotator.core.text.article import Article

ARTICLE = Article("Secondo la KCNA, citata da Yonhap, “tutto è vero”. " * 2)
LENGTH = 60
KINDS = {"c": Kind.CLAIM, "q": Kind.QUOTE, "a": Kind.ATTRIBUTION}

Ranges = tuple[tuple[int, int], ...]
Taggings = dict[str, tuple[Annotation, ...]]


def one(name: str, *ranges: tuple[int, int], **more: Any) -> Annotation:
    """An annotation whose id begins with the letter of its kind."""
    spans = tuple(ARTICLE.span(*span) for span in ranges)
    return Annotation(id=name, kind=KINDS[name[0]], spans=spans, **more)


@st.composite
def ranges(draw: st.DrawFn) -> Ranges:
    """One fragment or two."""
    edges = sorted(draw(st.sets(st.integers(0, LENGTH), min_size=2, max_size=4)))
    return tuple(zip(edges[::2], edges[1::2], strict=False))


@st.composite
def tagged(draw: st.DrawFn) -> tuple[Annotation, ...]:
    """One annotator's annotations of all kinds, linked, many of them overlapping."""
    where = draw(st.lists(st.tuples(st.sampled_from("caq"), ranges()), max_size=6))
    names = [f"{letter}-{nth}" for nth, (letter, _) in enumerate(where)]
    return tuple(
        one(name, *words, **(draw(said(names)) if name[0] == "a" else {}))
        for name, (_, words) in zip(names, where, strict=True)
    )


def said(names: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    """What an attribution says; its links may go round in circles, as in a file made by hand."""
    behind = [name for name in names if name[0] == "a"]
    others = [name for name in names if name[0] != "a"]
    return st.fixed_dictionaries(
        {
            "source": st.sampled_from(["kcna", "yonhap", None]),
            "content": st.lists(st.sampled_from(others or ["c-gone"]), max_size=2).map(tuple),
            "via": st.none() | st.sampled_from(behind),
            "stance": st.none() | st.sampled_from(Stance),
            "certainty": st.none() | st.sampled_from(Certainty),
        }
    )


taggings: st.SearchStrategy[Taggings] = st.dictionaries(
    st.sampled_from(["anna", "boris", "carla"]), tagged(), max_size=3
)
