"""Columns for training taggers: a token in each line, and what it belongs to, in BIO."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from annotator.core.model import Annotation, Kind, Span
from annotator.core.text.quotation import paragraphs
from annotator.formats.format import Format, Left, Put, Result, Tagged
from annotator.formats.tables.rows import article_name, left_by_rows

NAME = "annotations.conll"
HEAD = "# columns = TOKEN START END CLAIM QUOTE ATTRIBUTION SOURCE MENTION CUE\n"

# Letters with the marks that belong to them and the digits of one word, or any other sign.
_TOKEN = re.compile(r"\w(?:[\w\u0300-\u036f\u200d]*\w)?|[^\w\s]")


def write(files: Iterable[Tagged], put: Put) -> Iterable[Left]:
    """All files into one; offsets are code points of the article.

    A paragraph is a block, with a blank line behind it. Kinds have a column each, so that
    they may lie in one another; of two of one kind on the same token the longer one counts.
    """
    left: list[Left] = []
    put(NAME, _pieces(files, left))
    return left


def _pieces(files: Iterable[Tagged], left: list[Left]) -> Iterator[bytes]:
    yield HEAD.encode()
    for tagged in files:
        left += _left(tagged)
        yield "".join(_lines(tagged, left)).encode()


def _left(tagged: Tagged) -> Iterator[Left]:
    yield from left_by_rows(tagged)
    for one in tagged.document.annotations:
        told = {
            "note": one.note,
            "stance": one.stance,
            "certainty": one.certainty,
            "no-source decision": one.unattributed,
            "via link": one.via,
            "content link": one.content,
        }
        for what, value in told.items():
            if value:
                number = len(value) if what == "content link" else 1
                yield from (Left(tagged.name, None, what, "has no column") for _ in range(number))


def _lines(tagged: Tagged, left: list[Left]) -> Iterator[str]:
    text, document = tagged.article.text, tagged.document
    for key, value in (("article", article_name(tagged)), ("annotator", document.annotator)):
        yield f"# {key} = {' '.join(value.split())}\n"
    yield f"# sha256 = {document.article.sha256}\n"
    columns = [_column(tagged, layer, left) for layer in _layers(tagged)]
    for start, end in paragraphs(text, 0, len(text)):
        for token in _TOKEN.finditer(text, start, end):
            cells = [column.get(token.start(), "O") for column in columns]
            yield "\t".join((token[0], str(token.start()), str(token.end()), *cells)) + "\n"
        yield "\n"


_Labelled = tuple[int, Span, str]
"""How far the annotation reaches, one of its spans, and the label."""


def _layers(tagged: Tagged) -> Iterator[list[_Labelled]]:
    """What each column is made of: the kinds, the sources, mentions and cues."""
    tags = tagged.document.annotations
    for kind in Kind:
        yield [(_reach(a), s, kind.upper()) for a in tags if a.kind is kind for s in a.spans]
    yield [(_reach(a), s, a.source) for a in tags if a.source for s in a.spans]
    yield [(_reach(a), s, "MENTION") for a in tags for s in a.mention]
    yield [(_reach(a), s, "CUE") for a in tags for s in a.cue]


def _reach(annotation: Annotation) -> int:
    return annotation.end - annotation.start


def _column(tagged: Tagged, labelled: list[_Labelled], left: list[Left]) -> dict[int, str]:
    """The cell of each token that is labelled, by the code point where the token starts."""
    cells: dict[int, str] = {}
    for _, span, label in sorted(labelled, key=lambda one: (-one[0], one[1].start)):
        inside = _TOKEN.finditer(tagged.article.text, span.start, span.end)
        starts = [token.start() for token in inside]
        if any(at in cells for at in starts):
            left.append(Left(tagged.name, None, f"overlapping {label.lower()}", "one in a column"))
            continue
        for nth, at in enumerate(starts):
            cells[at] = f"{'I' if nth else 'B'}-{label}"
    return cells


FORMAT = Format(
    name="bio",
    title="BIO columns for training",
    suffixes=(".conll",),
    result=Result.ONE_FILE,
    write=write,
    loses=("links and chains", "attributes", "notes", "a tag inside another one of its kind"),
)
