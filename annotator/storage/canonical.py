"""The fast way into an annotation file: for exactly the form in which this program writes it.

Patterns over the text of the annotations, no YAML parser. On the slightest deviation (another
order, another quoting, a comment, an ``x-`` key) the answer is None, and the caller takes the
long way; what is accepted here is what the long way would have read.
"""

from __future__ import annotations

import re
from dataclasses import fields
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
_PUT = tuple(getattr(Annotation, field.name).__set__ for field in fields(Annotation))

_ESCAPE = re.compile(r"\\(?:x([0-9A-F]{2})|u([0-9A-F]{4})|(.))")
_SHORT = {"n": "\n", "t": "\t", '"': '"', "\\": "\\"}


class _NotCanonical(Exception):
    """The text is not as we write it; never leaves this module."""


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
    try:
        found = [(_annotation(match.groups()), match[0]) for match in _ANNOTATION.finditer(text)]
    except _NotCanonical:
        return None
    lengths = [len(lines) for _, lines in found]
    whole = sum(lengths) == len(text) and max(lengths, default=0) <= LONGEST_SCALAR
    return found if whole and _in_order([annotation for annotation, _ in found]) else None


def _in_order(annotations: list[Annotation]) -> bool:
    orders = list(map(text_order, annotations))
    forwards = all(map(lt, orders, islice(orders, 1, None)))
    return forwards and len({order[2] for order in orders}) == len(orders)


def _annotation(groups: tuple[Any, ...]) -> Annotation:
    """The annotation of the groups of `_ANNOTATION`; those that are missing are None."""
    # fmt: off
    (
        annotation_id, kind, source,
        start, end, exact, prefix, suffix, more,
        mention_start, mention_end, mention, more_mention,
        cue_start, cue_end, cue, more_cue,
        content, via, unattributed, stance, certainty, note,
    ) = groups
    # fmt: on
    of_attribution = source or mention or cue or content or via or stance
    if unattributed if kind == "attribution" else of_attribution:
        raise _NotCanonical
    return _new_annotation(
        annotation_id,
        _KINDS[kind],
        _spans(_SPAN, more, _span(start, end, exact, prefix, suffix)),
        source,
        _spans(_INNER, more_mention, _span(mention_start, mention_end, mention)) if mention else (),
        _spans(_INNER, more_cue, _span(cue_start, cue_end, cue)) if cue else (),
        _ids(content) if content else (),
        via,
        Unattributed(unattributed) if unattributed else None,
        Stance(stance) if stance else None,
        Certainty(certainty) if certainty else None,
        _unescaped(note) if note is not None else None,
        (),
    )


def _new_annotation(*values: object) -> Annotation:
    """An annotation of the values of its fields, in their order.

    It takes half as long as the constructor, which looks each field of a frozen value up.
    """
    annotation = object.__new__(Annotation)
    for put, value in zip(_PUT, values, strict=False):
        put(annotation, value)
    return annotation


def _ids(text: str) -> tuple[str, ...]:
    ids = tuple(text.split(", "))
    if len(set(ids)) != len(ids):
        raise _NotCanonical
    return ids


def _spans(pattern: re.Pattern[str], more: str, first: Span) -> tuple[Span, ...]:
    """The ``first`` span, and those of the lines after it."""
    if not more:
        return (first,)
    spans = (first, *(_span(*groups) for groups in pattern.findall(more)))
    forwards = all(one.end <= following.start for one, following in pairwise(spans))
    if not forwards or len(spans) != more.count("\n") + 1:
        raise _NotCanonical
    return spans


def _span(
    start: str, end: str, exact: str, prefix: str | None = None, suffix: str | None = None
) -> Span:
    first, last = int(start), int(end)
    if not first < last:
        raise _NotCanonical
    if "\\" in f"{exact}{prefix}{suffix}":
        exact = _unescaped(exact)
        prefix, suffix = prefix and _unescaped(prefix), suffix and _unescaped(suffix)
    return Span(first, last, exact, prefix, suffix)


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
