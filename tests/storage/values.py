"""Hypothesis strategies for the values that files and journals hold."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from annotator.core.change import NOTHING, Change, Delta, replaced
from annotator.core.model import (
    Annotation,
    Answer,
    Certainty,
    Comment,
    Decision,
    Kind,
    Span,
    Stance,
    Status,
    Unattributed,
    Verdict,
)
from annotator.core.sources import Source, SourceType

words = st.text(max_size=12)
optional_words = st.none() | words
extra_values = st.recursive(
    words | st.integers() | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=5,
)
extras = st.lists(st.tuples(words.map("x-{}".format), extra_values), max_size=2).map(tuple)
spans = st.builds(
    Span, st.integers(0, 9), st.integers(10, 99), words, optional_words, optional_words, extras
)
ids = st.sampled_from([f"c-00000{number}" for number in range(8)])
tags = st.builds(
    Annotation,
    id=ids,
    kind=st.sampled_from(Kind),
    spans=st.lists(spans, min_size=1, max_size=3).map(tuple),
    source=optional_words,
    mention=st.lists(spans, max_size=1).map(tuple),
    cue=st.lists(spans, max_size=1).map(tuple),
    content=st.lists(ids, max_size=2).map(tuple),
    via=st.none() | ids,
    unattributed=st.none() | st.sampled_from(Unattributed),
    stance=st.none() | st.sampled_from(Stance),
    certainty=st.none() | st.sampled_from(Certainty),
    note=optional_words,
    extra=extras,
)
sources = st.builds(
    Source,
    id=words,
    name=words,
    short=optional_words,
    key=optional_words,
    type=st.none() | st.sampled_from(SourceType),
    country=optional_words,
    named=st.booleans(),
    aliases=st.lists(words, max_size=3).map(tuple),
    extra=extras,
)
answers = st.builds(
    Answer,
    problem=words,
    of=st.lists(ids, max_size=2).map(tuple),
    exact=words,
    reason=words,
    extra=extras,
)
decisions = st.builds(
    Decision,
    of=words,
    verdict=st.sampled_from(Verdict),
    as_id=st.none() | ids,
    reason=optional_words,
    version=optional_words,
    extra=extras,
)
comments = st.builds(Comment, of=words, by=words, text=words, extra=extras)


def deltas(values: st.SearchStrategy[Any], most: int = 1) -> st.SearchStrategy[Delta[Any]]:
    some = st.lists(values, max_size=most).map(tuple)
    return st.builds(Delta, some, some)


changes = st.builds(
    Change,
    words,
    deltas(tags, most=2),
    sources=deltas(sources),
    answers=deltas(answers),
    decisions=deltas(decisions),
    comments=deltas(comments),
    status=st.just(NOTHING) | st.builds(replaced, st.sampled_from(Status), st.sampled_from(Status)),
    seen=st.lists(words, max_size=1).map(tuple),
)
