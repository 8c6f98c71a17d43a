"""Hypothesis strategies for documents and registries that may stand in a file."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from hypothesis import strategies as st

from annotator.core.model import (
    Annotation,
    Answer,
    ArticleRef,
    Certainty,
    Comment,
    Decision,
    Document,
    Extra,
    Kind,
    Span,
    Stance,
    Status,
    Unattributed,
    Verdict,
    answer_order,
    text_order,
)
from annotator.core.sources import Registry, Source, SourceColour, SourceType

Spans = tuple[Span, ...]

_OF = attrgetter("of")

HARD = "\"\\'\n\r\t\x00\x07\x1b\x7f\x85\xa0\u2028\u2029\ufeff\ufffe\uffff😀é조:#,-?[]{}&*!|>%@` ~"
texts = st.text(HARD, max_size=4) | st.text(max_size=4)
words = texts.filter(bool)
names = words | st.sampled_from(["no", "Yes", "null", "~", "1", "0x1", "1e3", ".5", "12:30", "a b"])
numbers = st.integers(-(10**17), 10**17) | st.floats(allow_nan=False, allow_infinity=False)
extra_values = st.recursive(
    names | numbers | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=4,
)
extras: st.SearchStrategy[Extra] = st.just(()) | st.dictionaries(
    texts.map("x-{}".format), extra_values, max_size=2
).map(lambda found: tuple(found.items()))

_LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz"
ids = st.builds("{}-{}".format, st.sampled_from("caq"), st.text(_LETTERS, min_size=6, max_size=6))
source_ids = st.sampled_from(["kcna", "a", "rbc-2", "x-", "north-korea", "no", "on", "true"])
_steps = st.integers(1, 9999)


@st.composite
def spans(draw: st.DrawFn, most: int, outer: bool, extra: st.SearchStrategy[Extra]) -> Spans:
    """Up to ``most`` spans in text order that do not overlap."""
    found: list[Span] = []
    position = draw(st.integers(0, 99_999))
    for _ in range(draw(st.integers(1, most))):
        start = position + draw(st.integers(0, 9))
        position = start + draw(_steps)
        prefix, suffix = (draw(texts), draw(texts)) if outer else (None, None)
        found.append(Span(start, position, draw(words), prefix, suffix, draw(extra)))
    return tuple(found)


@st.composite
def tagged(draw: st.DrawFn, extra: st.SearchStrategy[Extra]) -> Annotation:
    """An annotation with whatever its kind may have."""
    kind = draw(st.sampled_from(Kind))
    own: dict[str, Any] = {"unattributed": draw(st.none() | st.sampled_from(Unattributed))}
    if kind is Kind.ATTRIBUTION:
        own = {
            "source": draw(st.none() | source_ids),
            "mention": draw(st.just(()) | spans(2, False, extra)),
            "cue": draw(st.just(()) | spans(2, False, extra)),
            "content": tuple(draw(st.lists(ids, max_size=3, unique=True))),
            "via": draw(st.none() | ids),
            "stance": draw(st.none() | st.sampled_from(Stance)),
        }
    return Annotation(
        id=draw(ids),
        kind=kind,
        spans=draw(spans(3, True, extra)),
        certainty=draw(st.none() | st.sampled_from(Certainty)),
        note=draw(st.none() | texts),
        extra=draw(extra),
        **own,
    )


@st.composite
def documents(draw: st.DrawFn, extra: st.SearchStrategy[Extra] = extras) -> Document:
    """A document as it may stand in a file; ``extra`` None makes it one without ``x-`` keys."""
    found = draw(st.lists(tagged(extra), max_size=3, unique_by=lambda one: one.id))
    reviews = tuple(draw(st.just([]) | st.lists(names, min_size=1, max_size=2, unique=True)))
    return Document(
        article=ArticleRef(
            file=draw(words | st.just("../corea-del-nord.txt")),
            sha256=draw(st.sampled_from(["7c" * 32, "12" * 32, "1e" * 32])),
            length=draw(st.integers(0, 10**7)),
            language=draw(st.none() | st.sampled_from(["it", "no", "zh-Hant"])),
            note=draw(st.none() | words),
            extra=draw(extra),
        ),
        annotator=draw(names),
        status=draw(st.sampled_from(Status)),
        annotations=tuple(sorted(found, key=text_order)),
        reviews=reviews,
        decisions=draw(_decided(extra)) if reviews else (),
        comments=draw(_comments(extra)) if reviews else (),
        answers=tuple(sorted(draw(_answers(extra)), key=answer_order)),
        extra=draw(extra),
    )


def _answers(extra: st.SearchStrategy[Extra]) -> st.SearchStrategy[list[Answer]]:
    one = st.builds(
        Answer,
        problem=st.sampled_from(["unquoted-marks", "twice", "no", "true"]),
        of=st.lists(ids, max_size=2, unique=True).map(tuple),
        exact=words,
        reason=words,
        extra=extra,
    )
    return st.lists(one, max_size=2, unique_by=answer_order)


def _decided(extra: st.SearchStrategy[Extra]) -> st.SearchStrategy[tuple[Decision, ...]]:
    some = st.lists(decisions(extra), max_size=2, unique_by=_OF)
    return some.map(lambda found: tuple(sorted(found, key=_OF)))


addresses = st.builds(
    "{}#{}".format, st.sampled_from(["anna", "Anna Rossi", "12", "no", "é: #"]), ids
)


def _comments(extra: st.SearchStrategy[Extra]) -> st.SearchStrategy[tuple[Comment, ...]]:
    one = st.builds(Comment, of=addresses, by=names, text=words, extra=extra)
    return st.lists(one, max_size=2, unique_by=lambda one: (one.of, one.by, one.text)).map(tuple)


@st.composite
def decisions(draw: st.DrawFn, extra: st.SearchStrategy[Extra]) -> Decision:
    """A reviewer's decision."""
    return Decision(
        of=draw(addresses),
        verdict=draw(st.sampled_from(Verdict)),
        as_id=draw(st.none() | ids),
        reason=draw(st.none() | texts),
        version=draw(st.none() | st.sampled_from(["0123456789ab", "123456789012", "12345e789012"])),
        extra=draw(extra),
    )


registries = st.builds(
    Registry,
    st.lists(
        st.builds(
            Source,
            id=source_ids,
            name=names,
            short=st.none() | names,
            key=st.none() | st.sampled_from("knyàЖ"),
            type=st.none() | st.sampled_from(SourceType),
            country=st.none() | st.sampled_from(["NO", "KP"]),
            named=st.booleans(),
            colour=st.none() | st.sampled_from(SourceColour),
            aliases=st.lists(names, max_size=3).map(tuple),
            aliases_in=st.dictionaries(
                st.sampled_from(["no", "ko", "pt-BR"]),
                st.lists(names, min_size=1, max_size=2).map(tuple),
            ).map(lambda found: tuple(found.items())),
            extra=extras,
        ),
        max_size=3,
        unique_by=lambda one: one.id,
    ).map(tuple),
    extras,
)
