"""The fast way into an annotation file: for exactly the form in which this program writes it.

Patterns over the text of the annotations, no YAML parser. On the slightest deviation (another
order, another quoting, a comment, an ``x-`` key) the answer is None, and the caller takes the
long way; what is accepted here is what the long way would have read.
"""

from __future__ import annotations

import re
from itertools import pairwise
from operator import sub
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
from annotator.storage.yaml.reader import LARGEST_FILE
from annotator.storage.yaml.tree import LONGEST_SCALAR
from annotator.storage.yaml.writer import READ_OTHERWISE, quoted

_BORDER = b"\nannotations:\n"

_ESCAPED = "\u2028\u2029\ufeff\ufffe\uffff"
"""Looked for by themselves: among the characters of a pattern they make it dear to compile."""

_CHARS = r'[^"\\\x00-\x1f\x7f-\x9f]*'
_TEXT = rf'"({_CHARS}(?:\\[^\n]{_CHARS})*)"'
_WORDS = f'(?!""){_TEXT}'
_NUMBER = "0|[1-9][0-9]{0,8}"
_OFFSETS = rf"start: ({_NUMBER}), end: ({_NUMBER})"
_SPAN_LINE = rf"  - \{{{_OFFSETS}, exact: {_WORDS}, prefix: {_TEXT}, suffix: {_TEXT}\}}\n"
_INNER_LINE = rf"  - \{{{_OFFSETS}, exact: {_WORDS}\}}\n"
_SPAN, _INNER = re.compile(f"^{_SPAN_LINE}", re.M), re.compile(f"^{_INNER_LINE}", re.M)

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
_NOTHING_MORE = (None,) * (_ANNOTATION.groups - 9)

_ESCAPE = re.compile(r"\\(?:x([0-9A-F]{2})|u([0-9A-F]{4})|(.))")
_SHORT = {"n": "\n", "t": "\t", '"': '"', "\\": "\\"}


class _NotCanonical(Exception):
    """The text is not as we write it; never leaves this module."""


def split(data: bytes) -> tuple[str, str] | None:
    """What stands above the annotations and their own text, or None where that is not plain."""
    border = data.find(_BORDER)
    if border < 0 or len(data) > LARGEST_FILE:
        return None
    try:
        # A view, since cutting millions of bytes out would copy them once more.
        body = str(memoryview(data)[border + len(_BORDER) :], "utf-8")
        return f"{data[:border].decode()}\n", body
    except UnicodeDecodeError:
        return None


def read_annotations(text: str) -> tuple[list[Annotation], list[int]] | None:
    """The annotations of ``text``, and where in it each one's lines end; None if it is not as
    we write it.
    """
    if any(char in text for char in _ESCAPED):
        return None
    try:
        annotations, ends = _matched(text)
    except _NotCanonical:
        return None
    alone = len({annotation.id for annotation in annotations}) == len(annotations)
    longest = max(map(sub, ends, [0, *ends]), default=0)
    return (annotations, ends) if alone and longest <= LONGEST_SCALAR else None


def _matched(text: str) -> tuple[list[Annotation], list[int]]:
    annotations: list[Annotation] = []
    ends: list[int] = []
    end, order = 0, (-1, 0, "")
    for match in _ANNOTATION.finditer(text):
        annotation = _annotation(match.groups())
        before, order = order, text_order(annotation)
        if match.start() != end or not before < order:
            raise _NotCanonical
        end = match.end()
        annotations.append(annotation)
        ends.append(end)
    if not ends or end != len(text):
        raise _NotCanonical
    return annotations, ends


class _Draft:
    """An annotation that is being made: it has the same fields, and is not frozen yet.

    To fill it and to have it turn into an annotation takes half as long as the constructor,
    which sets each field of a frozen value by way of a call.
    """

    __slots__ = Annotation.__slots__


def _annotation(groups: tuple[Any, ...]) -> Annotation:
    """The annotation of the groups of `_ANNOTATION`; those that are missing are None."""
    draft: Any = _Draft()
    draft.id, kind, draft.source, start, end, exact, prefix, suffix, more = groups[:9]
    first = _span(start, end, exact, prefix, suffix)
    draft.kind, draft.spans = _KINDS[kind], _spans(_SPAN, more, first) if more else (first,)
    draft.mention = draft.cue = draft.content = draft.extra = ()
    draft.via = draft.unattributed = draft.stance = draft.certainty = draft.note = None
    if groups[9:] != _NOTHING_MORE:
        _add_more(draft, *groups[9:])
    of_attribution = draft.source or draft.mention or draft.cue or draft.content
    if draft.unattributed if kind == "attribution" else of_attribution or draft.via or draft.stance:
        raise _NotCanonical
    draft.__class__ = Annotation
    annotation: Annotation = draft
    return annotation


def _add_more(
    draft: Any,
    mention_start: str,
    mention_end: str,
    mention: str | None,
    more_mention: str,
    cue_start: str,
    cue_end: str,
    cue: str | None,
    more_cue: str,
    content: str | None,
    via: str | None,
    unattributed: str | None,
    stance: str | None,
    certainty: str | None,
    note: str | None,
) -> None:
    if mention:
        draft.mention = _spans(_INNER, more_mention, _span(mention_start, mention_end, mention))
    if cue:
        draft.cue = _spans(_INNER, more_cue, _span(cue_start, cue_end, cue))
    draft.content = _ids(content) if content else ()
    draft.via = via
    draft.unattributed = Unattributed(unattributed) if unattributed else None
    draft.stance = Stance(stance) if stance else None
    draft.certainty = Certainty(certainty) if certainty else None
    draft.note = note and _unescaped(note)


def _ids(text: str) -> tuple[str, ...]:
    ids = tuple(text.split(", "))
    if len(set(ids)) != len(ids):
        raise _NotCanonical
    return ids


def _spans(pattern: re.Pattern[str], more: str, first: Span) -> tuple[Span, ...]:
    """The ``first`` span, and those of the lines after it."""
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
    if "\\" in exact:
        exact = _unescaped(exact)
    if prefix and "\\" in prefix:
        prefix = _unescaped(prefix)
    if suffix and "\\" in suffix:
        suffix = _unescaped(suffix)
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
