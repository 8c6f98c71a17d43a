"""The annotation file: bytes to `Document` and back.

One key order, one span per line, one writer: a change to one annotation is a change of its
own lines and no other. A file as this program writes it is read by `canonical`, which is an
order of magnitude faster; any other goes through libyaml's events and the schema.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from itertools import pairwise
from operator import attrgetter
from typing import Any

from annotator.core.errors import FormatError
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
from annotator.storage.bulk.garbage import paused_collector
from annotator.storage.files import canonical, canonical_head
from annotator.storage.files.schema import schema_errors
from annotator.storage.yaml.reader import read_tree
from annotator.storage.yaml.tree import Path, Tree
from annotator.storage.yaml.writer import (
    extra_in_flow,
    extra_lines,
    plain,
    plain_in_flow,
    quoted,
)

FORMAT = "source-attribution/1"
SCHEMA = "annotation.schema.json"


def parse_document(data: bytes, name: str) -> Document:
    """The document in the bytes of the file ``name``, annotations in text order.

    Raises `FormatError` for the first thing, by line, in which the file is not an
    annotation file.
    """
    return open_document(data, name)[0]


def open_document(data: bytes, name: str) -> tuple[Document, DocumentWriter]:
    """As `parse_document`, with a writer that already knows the text of what was read."""
    with paused_collector():
        if (fast := _read_canonical(data)) is not None:
            return fast
        return parse_with_lines(data, name)[0], DocumentWriter()


def parse_with_lines(data: bytes, name: str) -> tuple[Document, Tree]:
    """As `parse_document`, with the tree that knows the line of every node.

    The document's annotations are in text order, the tree's as they stand in the file.
    """
    tree = read_tree(data, name)
    for error in tree_errors(tree, name):
        raise error
    return _document(tree.value), tree


def document_errors(data: bytes, name: str) -> list[FormatError]:
    """Everything in which the file is not an annotation file, in the order of lines."""
    try:
        return tree_errors(read_tree(data, name), name)
    except FormatError as error:
        return [error]


def tree_errors(tree: Tree, name: str) -> list[FormatError]:
    """As `document_errors`, of a tree that was read already."""
    if other := other_format(tree, FORMAT, name):
        return [other]
    if found := schema_errors(tree, SCHEMA, name):
        return found
    errors = _rule_errors(tree.value)
    return [FormatError(name, tree.line(path), *what) for path, *what in errors]


def other_format(tree: Tree, known: str, name: str) -> FormatError | None:
    """The refusal of a file that is not in the format ``known``, as ``source-attribution/1``.

    It is the only error of such a file: what else it holds follows other rules.
    """
    stated = tree.value.get("format", "") if isinstance(tree.value, dict) else known
    if stated == known:
        return None
    family, _, number = known.partition("/")
    found = re.fullmatch(rf"{family}/(\d{{1,9}})", str(stated))
    line = tree.line(("format",))
    if found and int(found[1]) > int(number):
        what = f"a newer program wrote this file (format {stated}); update this program to open it"
        return FormatError(name, line, what)
    what = (
        f"format is '{stated:.60}'" if isinstance(stated, str) and stated else "'format' is missing"
    )
    return FormatError(name, line, what, f"'format: {known}'")


def _rule_errors(raw: dict[str, Any]) -> Iterator[tuple[Path, str, str]]:
    """What the schema cannot say: what stands there twice, spans that do not run forwards."""
    decided: set[str] = set()
    for nth, one in enumerate(raw.get("decisions", ())):
        if one["of"] in decided:
            yield ("decisions", nth, "of"), f"{one['of']} is decided on twice", "one decision"
        decided.add(one["of"])
    seen: set[str] = set()
    for nth, one in enumerate(raw["annotations"]):
        if one["id"] in seen:
            yield ("annotations", nth, "id"), f"the id {one['id']} stands twice", "a new one"
        seen.add(one["id"])
        for key in ("spans", "mention", "cue"):
            yield from _span_errors(("annotations", nth, key), one.get(key, ()))


def _span_errors(path: Path, spans: list[dict[str, Any]]) -> Iterator[tuple[Path, str, str]]:
    for nth, span in enumerate(spans):
        if span["end"] <= span["start"]:
            yield (*path, nth), f"the span ends at {span['end']}", f"after {span['start']}"
    for nth, (one, following) in enumerate(pairwise(spans), start=1):
        if following["start"] < one["end"]:
            what = f"the span starts at {following['start']}"
            yield (*path, nth), what, f"{one['end']} or more, after the one before it"


def _document(raw: dict[str, Any]) -> Document:
    annotations = sorted(map(_annotation, raw["annotations"]), key=text_order)
    return _head(raw, tuple(annotations))


def _head(raw: dict[str, Any], annotations: tuple[Annotation, ...]) -> Document:
    return Document(
        article=_article(raw["article"]),
        annotator=raw["annotator"],
        status=Status(raw.get("status", Status.IN_PROGRESS)),
        annotations=annotations,
        reviews=tuple(raw.get("reviews", ())),
        decisions=tuple(sorted(map(_decision, raw.get("decisions", ())), key=attrgetter("of"))),
        comments=tuple(map(_comment, raw.get("comments", ()))),
        answers=tuple(sorted(map(_answer, raw.get("answers", ())), key=answer_order)),
        extra=extra_of(raw),
    )


def extra_of(raw: dict[str, Any]) -> Extra:
    """The ``x-`` keys of a mapping, in its order."""
    return tuple((key, value) for key, value in raw.items() if key.startswith("x-"))


def _article(raw: dict[str, Any]) -> ArticleRef:
    return ArticleRef(
        file=raw["file"],
        sha256=raw["sha256"],
        length=int(raw["length"]),
        language=raw.get("language"),
        extra=extra_of(raw),
    )


def _decision(raw: dict[str, Any]) -> Decision:
    return Decision(
        of=raw["of"],
        verdict=Verdict(raw["verdict"]),
        as_id=raw.get("as"),
        reason=raw.get("reason"),
        version=raw.get("version"),
        extra=extra_of(raw),
    )


def _comment(raw: dict[str, Any]) -> Comment:
    return Comment(of=raw["of"], by=raw["by"], text=raw["text"], extra=extra_of(raw))


def _answer(raw: dict[str, Any]) -> Answer:
    return Answer(
        problem=raw["problem"],
        of=tuple(raw.get("of", ())),
        exact=raw["exact"],
        reason=raw["reason"],
        extra=extra_of(raw),
    )


def _annotation(raw: dict[str, Any]) -> Annotation:
    return Annotation(
        id=raw["id"],
        kind=Kind(raw["kind"]),
        spans=_spans(raw["spans"]),
        source=raw.get("source"),
        mention=_spans(raw.get("mention", ())),
        cue=_spans(raw.get("cue", ())),
        content=tuple(raw.get("content", ())),
        via=raw.get("via"),
        unattributed=Unattributed(raw["unattributed"]) if "unattributed" in raw else None,
        stance=Stance(raw["stance"]) if "stance" in raw else None,
        certainty=Certainty(raw["certainty"]) if "certainty" in raw else None,
        note=raw.get("note"),
        extra=extra_of(raw),
    )


def _spans(raw: Iterable[dict[str, Any]]) -> tuple[Span, ...]:
    return tuple(
        Span(
            # JSON Schema takes 168.0 for an integer.
            int(one["start"]),
            int(one["end"]),
            one["exact"],
            one.get("prefix"),
            one.get("suffix"),
            extra_of(one),
        )
        for one in raw
    )


def _read_canonical(data: bytes) -> tuple[Document, DocumentWriter] | None:
    """The document, if the file is just as we write it; None for any doubt.

    The head must come out of our writer as it stands; the annotations go by patterns.
    """
    halves = canonical.split(data)
    found = canonical.read_annotations(halves[1]) if halves else None
    head = _read_head(halves[0]) if halves and found else None
    if halves is None or found is None or head is None:
        return None
    annotations, ends = found
    document = replace(head, annotations=tuple(annotations))
    return document, DocumentWriter((annotations, halves[1], ends))


def _read_head(text: str) -> Document | None:
    """The document without annotations: by a pattern, or else through YAML and the schema."""
    found = (read(text) for read in (canonical_head.read_head, _sound_head))
    return next((head for head in found if head and _head_text(head) == text), None)


def _sound_head(text: str) -> Document | None:
    try:
        tree = read_tree(f"{text}annotations: []\n".encode(), "")
    except FormatError:
        return None
    return None if tree_errors(tree, "") else _head(tree.value, ())


def document_bytes(document: Document) -> bytes:
    """The file of a document: UTF-8, LF, the same bytes for the same value."""
    return DocumentWriter().bytes(document)


class DocumentWriter:
    """Writes one document again and again, each annotation only when it has changed.

    What it writes already is ``known``: annotations, their text, and where in it each one's
    lines end.
    """

    def __init__(self, known: tuple[list[Annotation], str, list[int]] = ([], "", [])) -> None:
        self._known = known

    @cached_property
    def _texts(self) -> dict[str, tuple[Annotation, str]]:
        """What is written, by id; cut out for the first save, not at opening."""
        annotations, text, ends = self._known
        del self._known
        lines = (text[start:end] for start, end in pairwise([0, *ends]))
        return {one.id: (one, own) for one, own in zip(annotations, lines, strict=True)}

    def bytes(self, document: Document) -> bytes:
        """As `document_bytes`; what this writer wrote before is not put into words again."""
        self._texts = {one.id: (one, self._text(one)) for one in document.annotations}
        body = "".join(text for _, text in self._texts.values())
        listed = f"annotations:\n{body}" if body else "annotations: []\n"
        return (_head_text(document) + listed).encode()

    def _text(self, annotation: Annotation) -> str:
        known = self._texts.get(annotation.id)
        return known[1] if known and known[0] is annotation else annotation_text(annotation)


def _head_text(document: Document) -> str:
    """Everything above the annotations."""
    return (
        f"format: {FORMAT}\n"
        f"article:\n{_article_text(document.article)}"
        f"annotator: {plain(document.annotator)}\n"
        f"status: {document.status}\n"
        f"{_review_text(document)}"
        f"{_answers_text(document.answers)}"
        f"{extra_lines(document.extra)}"
    )


def _article_text(article: ArticleRef) -> str:
    language = f"  language: {plain(article.language)}\n" if article.language else ""
    return (
        f"  file: {plain(article.file)}\n"
        f"  sha256: {plain(article.sha256)}\n"
        f"  length: {article.length}\n"
        f"{language}{extra_lines(article.extra, '  ')}"
    )


def _review_text(document: Document) -> str:
    if not document.reviews:
        return ""
    names = ", ".join(map(plain_in_flow, document.reviews))
    decisions = "".join(map(_decision_text, document.decisions))
    listed = f"decisions:\n{decisions}" if decisions else "decisions: []\n"
    comments = "".join(map(_comment_text, document.comments))
    talk = f"comments:\n{comments}" if comments else ""
    return f"reviews: [{names}]\n{listed}{talk}"


def _decision_text(decision: Decision) -> str:
    as_id = f", as: {decision.as_id}" if decision.as_id else ""
    reason = f", reason: {quoted(decision.reason)}" if decision.reason is not None else ""
    version = f", version: {quoted(decision.version)}" if decision.version else ""
    rest = f"{as_id}{reason}{version}{extra_in_flow(decision.extra)}"
    return f"- {{of: {plain_in_flow(decision.of)}, verdict: {decision.verdict}{rest}}}\n"


def _comment_text(comment: Comment) -> str:
    whose = f"of: {plain_in_flow(comment.of)}, by: {plain_in_flow(comment.by)}"
    return f"- {{{whose}, text: {quoted(comment.text)}{extra_in_flow(comment.extra)}}}\n"


def _answers_text(answers: tuple[Answer, ...]) -> str:
    return f"answers:\n{''.join(map(_answer_text, answers))}" if answers else ""


def _answer_text(answer: Answer) -> str:
    of = f", of: [{', '.join(answer.of)}]" if answer.of else ""
    what = f"problem: {plain_in_flow(answer.problem)}{of}"
    words = f"exact: {quoted(answer.exact)}, reason: {quoted(answer.reason)}"
    return f"- {{{what}, {words}{extra_in_flow(answer.extra)}}}\n"


def annotation_text(annotation: Annotation) -> str:
    """The lines of one annotation."""
    content = f"[{', '.join(annotation.content)}]" if annotation.content else None
    note = quoted(annotation.note) if annotation.note is not None else None
    source = plain(annotation.source) if annotation.source else None
    return (
        f"- id: {annotation.id}\n"
        f"  kind: {annotation.kind}\n"
        f"{_line('source', source)}"
        f"  spans:\n{_spans_text(annotation.spans)}"
        f"{_spans_under('mention', annotation.mention)}"
        f"{_spans_under('cue', annotation.cue)}"
        f"{_line('content', content)}"
        f"{_line('via', annotation.via)}"
        f"{_line('unattributed', annotation.unattributed)}"
        f"{_line('stance', annotation.stance)}"
        f"{_line('certainty', annotation.certainty)}"
        f"{_line('note', note)}"
        f"{extra_lines(annotation.extra, '  ')}"
    )


def _line(key: str, written: str | None) -> str:
    return f"  {key}: {written}\n" if written else ""


def _spans_under(key: str, spans: tuple[Span, ...]) -> str:
    return f"  {key}:\n{_spans_text(spans)}" if spans else ""


def _spans_text(spans: tuple[Span, ...]) -> str:
    return "".join(map(_span_text, spans))


def _span_text(span: Span) -> str:
    prefix = f", prefix: {quoted(span.prefix)}" if span.prefix is not None else ""
    suffix = f", suffix: {quoted(span.suffix)}" if span.suffix is not None else ""
    rest = f"{prefix}{suffix}{extra_in_flow(span.extra)}"
    return f"  - {{start: {span.start}, end: {span.end}, exact: {quoted(span.exact)}{rest}}}\n"
