"""The fast way into an annotation file: for exactly the form in which this program writes it.

Patterns over the text of the annotations, no YAML parser. On the slightest deviation (another
order, another quoting, a comment, an ``x-`` key) the answer is None, and the caller takes the
long way; what is accepted here is what the long way would have read.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice, pairwise
from operator import lt
from typing import Any

from annotator.core.model import (
    Annotation,
    Certainty,
    Kind,
    Span,
    Stance,
    Unattributed,
    text_order,
)
from annotator.storage.yaml_reader import LARGEST_FILE, LONGEST_SCALAR
from annotator.storage.yaml_writer import READ_OTHERWISE, quoted

_BORDER = "\nannotations:\n"

_CHARS = r'[^"\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]*'
_TEXT = rf'"({_CHARS}(?:\\[^\n]{_CHARS})*)"'
_WORDS = f'(?!""){_TEXT}'
_NUMBER = "0|[1-9][0-9]{0,8}"
_OFFSETS = rf"start: ({_NUMBER}), end: ({_NUMBER})"
_SPAN_LINE = rf"  - \{{{_OFFSETS}, exact: {_WORDS}, prefix: {_TEXT}, suffix: {_TEXT}\}}\n"
_INNER_LINE = rf"  - \{{{_OFFSETS}, exact: {_WORDS}\}}\n"
_SPAN, _INNER = re.compile(_SPAN_LINE), re.compile(_INNER_LINE)

_ID = "[caq]-[0-9a-z]{6}"
_SOURCE = rf"(?!(?:{'|'.join(sorted(READ_OTHERWISE))})\n)[a-z][a-z0-9-]*"
_MORE = r"((?:  - \{[^\n]*\n)*)"
_ANNOTATION = re.compile(
    rf"- id: ({_ID})\n"
    r"  kind: (claim|quote|attribution)\n"
    rf"(?:  source: ({_SOURCE})\n)?"
    rf"  spans:\n{_SPAN_LINE}{_MORE}"
    rf"(?:  mention:\n{_INNER_LINE}{_MORE})?"
    rf"(?:  cue:\n{_INNER_LINE}{_MORE})?"
    rf"(?:  content: \[({_ID}(?:, {_ID})*)\]\n)?"
    rf"(?:  via: ({_ID})\n)?"
    r"(?:  unattributed: (article|unknown)\n)?"
    r"(?:  stance: (reports|confirms|denies|emphasises|doubts)\n)?"
    r"(?:  certainty: (sure|unsure)\n)?"
    rf"(?:  note: {_TEXT}\n)?"
)
_KINDS = {str(kind): kind for kind in Kind}

_ESCAPE = re.compile(r"\\(?:x([0-9A-F]{2})|u([0-9A-F]{4})|(.))")
_SHORT = {"n": "\n", "t": "\t", '"': '"', "\\": "\\"}


class _NotCanonical(Exception):
    """The text is not as we write it; never leaves this module."""


@contextmanager
def paused_collector() -> Iterator[None]:
    """Without the cycle collector, which finds nothing while thousands of values are made."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def split(data: bytes) -> tuple[str, str] | None:
    """What stands above the annotations and their own text, or None where that is not plain."""
    if len(data) > LARGEST_FILE:
        return None
    try:
        head, border, body = data.decode().partition(_BORDER)
    except UnicodeDecodeError:
        return None
    return (f"{head}\n", body) if border else None


def read_annotations(text: str) -> list[tuple[Annotation, str]] | None:
    """The annotations of ``text``, each with its own lines, or None if it is not as we write it."""
    found: list[tuple[Annotation, str]] = []
    position = 0
    try:
        while match := _ANNOTATION.match(text, position):
            found.append((_annotation(match.groups()), match.group()))
            position = match.end()
    except _NotCanonical:
        return None
    whole = position == len(text) and all(len(lines) <= LONGEST_SCALAR for _, lines in found)
    return found if whole and _in_order([annotation for annotation, _ in found]) else None


def _in_order(annotations: list[Annotation]) -> bool:
    orders = list(map(text_order, annotations))
    forwards = all(map(lt, orders, islice(orders, 1, None)))
    return forwards and len({order[2] for order in orders}) == len(orders)


def _annotation(groups: tuple[Any, ...]) -> Annotation:
    """The annotation of the groups of `_ANNOTATION`; those that are missing are None."""
    content, via, unattributed, stance, certainty, note = groups[17:]
    kind, source, mention, cue = groups[1], groups[2], groups[9:13], groups[13:17]
    of_attribution = source or mention[0] or cue[0] or content or via or stance
    if unattributed if kind == "attribution" else of_attribution:
        raise _NotCanonical
    return Annotation(
        id=groups[0],
        kind=_KINDS[kind],
        spans=_spans(_SPAN, groups[8], groups[3:8]),
        source=source,
        mention=_spans(_INNER, mention[3], mention[:3]) if mention[0] else (),
        cue=_spans(_INNER, cue[3], cue[:3]) if cue[0] else (),
        content=_ids(content) if content else (),
        via=via,
        unattributed=Unattributed(unattributed) if unattributed else None,
        stance=Stance(stance) if stance else None,
        certainty=Certainty(certainty) if certainty else None,
        note=_unescaped(note) if note is not None else None,
    )


def _ids(text: str) -> tuple[str, ...]:
    ids = tuple(text.split(", "))
    if len(set(ids)) != len(ids):
        raise _NotCanonical
    return ids


def _spans(pattern: re.Pattern[str], more: str, first: Sequence[str]) -> tuple[Span, ...]:
    """The span of the ``first`` groups, and those of the lines after it."""
    if not more:
        return (_span(*first),)
    spans = (_span(*first), *(_span(*groups) for groups in pattern.findall(more)))
    forwards = all(one.end <= following.start for one, following in pairwise(spans))
    if not forwards or len(spans) != more.count("\n") + 1:
        raise _NotCanonical
    return spans


def _span(
    start: str, end: str, exact: str, prefix: str | None = None, suffix: str | None = None
) -> Span:
    span = Span(
        int(start),
        int(end),
        _unescaped(exact),
        prefix and _unescaped(prefix),
        suffix and _unescaped(suffix),
    )
    if not span.start < span.end:
        raise _NotCanonical
    return span


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    if "\\\\" not in text:
        usual = text.replace('\\"', '"').replace("\\n", "\n")
        if "\\" not in usual:
            return usual
    meant = _ESCAPE.sub(_meant, text)
    if quoted(meant) != f'"{text}"':
        raise _NotCanonical
    return meant


def _meant(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2]
    return chr(int(code, 16)) if code else _SHORT.get(escape[3], "")
