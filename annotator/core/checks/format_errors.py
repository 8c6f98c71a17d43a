"""Format errors of a tagged article: in offsets, words, links, sources.

They are what makes a file wrong, not the work that is still to do in it (see `problem`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from itertools import pairwise
from typing import NamedTuple

from annotator.core.chains.chain import MOST_LINKS, too_long
from annotator.core.model import Annotation, ArticleRef, Document, Kind, Span, addressed
from annotator.core.sources import Registry
from annotator.core.text.article import Article

Place = tuple[str | int, ...]
"""The way to a value in the file, as in ``("annotations", 3, "spans", 0, "exact")``."""

MISPLACED = frozenset({"wrong-exact", "out-of-range", "empty-span", "reversed-span"})
"""Codes of words that do not stand where they were tagged."""

_SHOWN = 40
_AROUND = 12
_SHOWN_DIGITS = 12


class AtPlace(NamedTuple):
    """A format error, or a problem: ``what`` is at ``place``, and what is ``expected`` there.

    ``code`` names the rule for programs, ``annotation`` is the id of the annotation it was
    found in. ``what`` and ``expected`` are parts of a sentence without full stop.
    """

    code: str
    annotation: str | None
    place: Place
    what: str
    expected: str


class _Link(NamedTuple):
    """One id that an annotation points to, from where in the file."""

    holder: str
    place: Place
    target: str


def find_format_errors(
    document: Document, article: Article | None, registry: Registry | None
) -> Iterator[AtPlace]:
    """All format errors of a document, each once.

    Words are compared only where there is an ``article``, sources only where there is a
    ``registry``. Numbers in places count ``document.annotations`` as they stand.
    """
    if article:
        yield from _article_errors(document.article, article)
    by_id: dict[str, Annotation] = {}
    for number, annotation in enumerate(document.annotations):
        place: Place = ("annotations", number)
        yield from _words_errors(annotation, place, article)
        if annotation.id in by_id:
            what = f"the id {annotation.id} is there twice"
            yield AtPlace("duplicate-id", annotation.id, (*place, "id"), what, "each id once")
        by_id.setdefault(annotation.id, annotation)
    if registry:
        yield from _source_errors(document, registry)
    yield from _link_errors(document, by_id)
    yield from _circles(document)
    yield from _long_chains(document)
    yield from _decision_errors(document, by_id)


def _article_errors(ref: ArticleRef, article: Article) -> Iterator[AtPlace]:
    if ref.sha256 != article.sha256:
        what = f"the article was changed since it was tagged: its sha256 was {_digits(ref.sha256)}"
        expected = _digits(article.sha256)
        yield AtPlace("article-changed", None, ("article", "sha256"), what, expected)
    elif ref.length != len(article.text):
        what = f"the article's length is {ref.length}"
        expected = f"{len(article.text)} code points"
        yield AtPlace("article-length", None, ("article", "length"), what, expected)


def _digits(sha256: str) -> str:
    return f"{sha256[:_SHOWN_DIGITS]}…"


def _words_errors(
    annotation: Annotation, place: Place, article: Article | None
) -> Iterator[AtPlace]:
    spans = {"spans": annotation.spans, "mention": annotation.mention, "cue": annotation.cue}
    for key, fragments in spans.items():
        for number, span in enumerate(fragments):
            at = (*place, key, number)
            yield from _span_errors(annotation.id, span, at, article)
            if key != "spans" and _is_outside(span, annotation):
                what = f"the {key} {span.start}-{span.end} lies outside its attribution"
                extent = f"words within {annotation.start}-{annotation.end}"
                yield AtPlace("outside", annotation.id, at, what, extent)
        if len(fragments) > 1:
            yield from _order_errors(annotation.id, fragments, (*place, key))


def _is_outside(span: Span, annotation: Annotation) -> bool:
    return span.start < span.end and (span.start < annotation.start or span.end > annotation.end)


def _span_errors(
    holder: str, span: Span, place: Place, article: Article | None
) -> Iterator[AtPlace]:
    start, end = span.start, span.end
    if start > end:
        what = f"the span is reversed, it starts at {start} and ends at {end}"
        yield AtPlace("reversed-span", holder, place, what, "a start before the end")
    elif start == end:
        what = f"the span from {start} to {end} is empty"
        yield AtPlace("empty-span", holder, place, what, "at least one character")
    elif article and not 0 <= start < end <= len(article.text):
        what = f"the span {start}-{end} does not lie in the article"
        expected = f"offsets from 0 to {len(article.text)}"
        yield AtPlace("out-of-range", holder, place, what, expected)
    elif article:
        yield from _text_errors(holder, span, place, article.text)


def _text_errors(holder: str, span: Span, place: Place, text: str) -> Iterator[AtPlace]:
    start, end, exact, prefix, suffix, _ = span
    if text[start:end] != exact:
        # What surrounds other words says nothing new.
        yield _mismatch(holder, place, "exact", exact, text[start:end])
        return
    if prefix and not text.endswith(prefix, 0, start):
        there = text[max(0, start - len(prefix)) : start]
        yield _mismatch(holder, place, "prefix", prefix, there)
    if suffix and not text.startswith(suffix, end):
        yield _mismatch(holder, place, "suffix", suffix, text[end : end + len(suffix)])


def _mismatch(holder: str, place: Place, key: str, told: str, there: str) -> AtPlace:
    pairs = enumerate(zip(told, there, strict=False))
    differs = next((at for at, (a, b) in pairs if a != b), min(len(told), len(there)))
    what = f"{key} is “{_shortened(told, differs)}”"
    expected = f"“{_shortened(there, differs)}” as in the article"
    return AtPlace(f"wrong-{key}", holder, (*place, key), what, expected)


def _shortened(text: str, differs: int) -> str:
    """The part of ``text`` around the code point ``differs``; what cannot be seen is escaped."""
    start = differs - _AROUND if differs > _SHOWN - _AROUND else 0
    shown = text[start : start + _SHOWN]
    escaped = "".join(char if char.isprintable() else ascii(char)[1:-1] for char in shown)
    return f"{'…' * (start > 0)}{escaped}{'…' * (start + _SHOWN < len(text))}"


def _order_errors(holder: str, fragments: tuple[Span, ...], place: Place) -> Iterator[AtPlace]:
    for number, (one, two) in enumerate(pairwise(fragments), 1):
        pair = f"the fragments {one.start}-{one.end} and {two.start}-{two.end}"
        at = (*place, number)
        if two.start < one.end and two.end > one.start:
            yield AtPlace("overlap", holder, at, f"{pair} overlap", "fragments that do not")
        elif two.start < one.end:
            what = f"{pair} are out of order"
            yield AtPlace("fragment-order", holder, at, what, "fragments in text order")


def _source_errors(document: Document, registry: Registry) -> Iterator[AtPlace]:
    expected: dict[str, str] = {}
    for number, annotation in enumerate(document.annotations):
        source = annotation.source
        if source is None or source in registry.by_id:
            continue
        if source not in expected:
            near = get_close_matches(source, registry.by_id, n=1)
            expected[source] = near[0] if near else "the id of a source there"
        place = ("annotations", number, "source")
        what = f"the source {source} is not in the registry (sources.yaml)"
        yield AtPlace("unknown-source", annotation.id, place, what, expected[source])


def _link_errors(document: Document, by_id: Mapping[str, Annotation]) -> Iterator[AtPlace]:
    spoken_for: dict[str, str] = {}
    for number, annotation in enumerate(document.annotations):
        linked = set[str]()
        for nth, target in enumerate(annotation.content):
            link = _Link(annotation.id, ("annotations", number, "content", nth), target)
            yield from _content_errors(link, by_id.get(target))
            if target in linked:
                what = f"content {target} is linked twice"
                yield AtPlace("linked-twice", annotation.id, link.place, what, "each id once")
            linked.add(target)
            spoken_for.setdefault(target, annotation.id)
        if annotation.via:
            link = _Link(annotation.id, ("annotations", number, "via"), annotation.via)
            yield from _via_errors(link, by_id.get(annotation.via))
    yield from _contradictions(document, spoken_for)


def _content_errors(link: _Link, target: Annotation | None) -> Iterator[AtPlace]:
    if target is None:
        what = f"content {link.target} is not in this file"
        expected = "the id of a claim or quote in it"
        yield AtPlace("dangling-content", link.holder, link.place, what, expected)
    elif target.kind is Kind.ATTRIBUTION:
        what = f"content {link.target} is an attribution"
        yield AtPlace("content-kind", link.holder, link.place, what, "a claim or a quote")


def _via_errors(link: _Link, target: Annotation | None) -> Iterator[AtPlace]:
    if target is None:
        what = f"via {link.target} is not in this file"
        expected = "the id of an attribution in it"
        yield AtPlace("dangling-via", link.holder, link.place, what, expected)
    elif target.kind is not Kind.ATTRIBUTION:
        what = f"via {link.target} is a {target.kind}"
        yield AtPlace("via-kind", link.holder, link.place, what, "an attribution")


def _contradictions(document: Document, spoken_for: Mapping[str, str]) -> Iterator[AtPlace]:
    for number, annotation in enumerate(document.annotations):
        if annotation.unattributed and annotation.id in spoken_for:
            place = ("annotations", number, "unattributed")
            what = f"it is unattributed, and yet content of {spoken_for[annotation.id]}"
            yield AtPlace("contradiction", annotation.id, place, what, "one or the other")


def _circles(document: Document) -> Iterator[AtPlace]:
    """Each circle of ``via`` once, at the member that comes first in the file."""
    rows = {a.id: number for number, a in reversed([*enumerate(document.annotations)])}
    via = {annotation_id: document.annotations[row].via for annotation_id, row in rows.items()}
    seen = set[str]()
    for annotation in document.annotations:
        path: list[str] = []
        here: str | None = annotation.id
        while here in via and here not in seen:
            seen.add(here)
            path.append(here)
            here = via[here]
        if here in path:
            yield _circle(path[path.index(here) :], rows)


def _circle(members: list[str], rows: Mapping[str, int]) -> AtPlace:
    first = min(members, key=rows.__getitem__)
    turn = members.index(first)
    round_trip = " via ".join([*members[turn:], *members[:turn], first])
    place = ("annotations", rows[first], "via")
    return AtPlace("circle", first, place, f"{round_trip} is a circle", "a chain that ends")


def _long_chains(document: Document) -> Iterator[AtPlace]:
    """Where a chain has to be cut, once for each time that it has the greatest length."""
    rows = {annotation.id: row for row, annotation in enumerate(document.annotations)}
    for one in too_long({annotation.id: annotation.via for annotation in document.annotations}):
        what = f"the chain from {one} on has more than {MOST_LINKS} attributions"
        expected = f"at most {MOST_LINKS}"
        yield AtPlace("long-chain", one, ("annotations", rows[one], "via"), what, expected)


def _decision_errors(document: Document, by_id: Mapping[str, Annotation]) -> Iterator[AtPlace]:
    for number, decision in enumerate(document.decisions):
        colleague = addressed(decision.of)[0]
        if colleague not in document.reviews:
            what = f"the decision is on {decision.of}, and {colleague} is not among reviews"
            expected = "a tag of a reviewed annotator"
            yield AtPlace("not-reviewed", None, ("decisions", number, "of"), what, expected)
        if decision.as_id and decision.as_id not in by_id:
            what = f"the decision's as: {decision.as_id} is not in this file"
            expected = "the id of an agreed annotation in it"
            yield AtPlace("dangling-decision", None, ("decisions", number, "as"), what, expected)
    for number, comment in enumerate(document.comments):
        colleague = addressed(comment.of)[0]
        if colleague not in document.reviews:
            what = f"the comment is on {comment.of}, and {colleague} is not among reviews"
            expected = "a tag of a reviewed annotator"
            yield AtPlace("not-reviewed", None, ("comments", number, "of"), what, expected)
