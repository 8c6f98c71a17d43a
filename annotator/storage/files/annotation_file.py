"""The annotation file: its table of fields, bytes to `Document` and back.

One key order, one span per line, one writer: a change to one annotation is a change of its
own lines and no other. A file as this program writes it is read by patterns (`canonical`),
which is an order of magnitude faster; any other goes through libyaml's events and the schema.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from itertools import pairwise
from operator import attrgetter

from annotator.core.errors import FormatError
from annotator.core.model import (
    Annotation,
    Answer,
    ArticleRef,
    Certainty,
    Comment,
    Decision,
    Document,
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
from annotator.storage.files.canonical import read_items, read_one
from annotator.storage.files.file_format import FileFormat
from annotator.storage.files.forms import (
    ID,
    IDS,
    NAMES,
    NUMBER,
    SHA256,
    SOURCE_ID,
    TEXT,
    TEXT_IF_ANY,
    UNUSUAL_TEXT,
    WORD,
    WORD_IN_FLOW,
    WORDS,
    choice,
    loosely,
)
from annotator.storage.files.record import (
    ATTRIBUTIONS,
    CLAIMS_AND_QUOTES,
    EXTRA,
    Field,
    Listed,
    Nested,
    Once,
    Record,
    SpansListed,
)
from annotator.storage.yaml.reader import LARGEST_FILE, read_tree
from annotator.storage.yaml.tree import Tree

SPAN = Record(
    Span,
    Field("start", NUMBER, needed=True),
    Field("end", NUMBER, needed=True),
    Field("exact", WORDS, needed=True),
    Field("prefix", TEXT, needed=True),
    Field("suffix", TEXT, needed=True),
    EXTRA,
    in_flow=True,
)
INNER_SPAN = Record(
    Span,
    Field("start", NUMBER, needed=True),
    Field("end", NUMBER, needed=True),
    Field("exact", WORDS, needed=True),
    Field("prefix", UNUSUAL_TEXT),
    Field("suffix", UNUSUAL_TEXT),
    EXTRA,
    in_flow=True,
)
ANNOTATION = Record(
    Annotation,
    Field("id", ID, needed=True),
    Field("kind", choice(Kind), needed=True),
    Field("source", SOURCE_ID, on=ATTRIBUTIONS),
    Field("spans", SpansListed(SPAN), needed=True),
    Field("mention", SpansListed(INNER_SPAN), on=ATTRIBUTIONS),
    Field("cue", SpansListed(INNER_SPAN), on=ATTRIBUTIONS),
    Field("content", IDS, on=ATTRIBUTIONS),
    Field("via", ID, on=ATTRIBUTIONS),
    Field("unattributed", choice(Unattributed), on=CLAIMS_AND_QUOTES),
    Field("stance", choice(Stance), on=ATTRIBUTIONS),
    Field("certainty", choice(Certainty)),
    Field("note", TEXT_IF_ANY),
    EXTRA,
    many=True,
)
DECISION = Record(
    Decision,
    Field("of", WORD_IN_FLOW, needed=True),
    Field("verdict", choice(Verdict), needed=True),
    Field("as", ID, name="as_id"),
    Field("reason", TEXT),
    Field("version", WORDS),
    EXTRA,
    in_flow=True,
)
COMMENT = Record(
    Comment,
    Field("of", WORD_IN_FLOW, needed=True),
    Field("by", WORD_IN_FLOW, needed=True),
    Field("text", WORDS, needed=True),
    EXTRA,
    in_flow=True,
)
ANSWER = Record(
    Answer,
    Field("problem", WORD_IN_FLOW, needed=True),
    Field("of", IDS),
    Field("exact", WORDS, needed=True),
    Field("reason", WORDS, needed=True),
    EXTRA,
    in_flow=True,
)
ARTICLE = Record(
    ArticleRef,
    Field("file", loosely(WORD, r"[^\n]+"), needed=True),
    Field("sha256", SHA256, needed=True),
    Field("length", NUMBER, needed=True),
    Field("language", loosely(WORD, "[a-z]{2,3}")),
    Field("note", WORDS, since=2),
    EXTRA,
)
ANNOTATIONS = Listed(
    ANNOTATION, once=Once("id", "the id {} stands twice", "a new one"), order=text_order
)
DECISIONS = Listed(
    DECISION, once=Once("of", "{} is decided on twice", "one decision"), order=attrgetter("of")
)
DOCUMENT = Record(
    Document,
    Field("article", Nested(ARTICLE), needed=True),
    Field("annotator", loosely(WORD, r"[^\n]+"), needed=True),
    Field("status", choice(Status), always=True),
    Field("reviews", NAMES),
    Field("decisions", DECISIONS, always=True, beside="reviews"),
    Field("comments", Listed(COMMENT), beside="reviews"),
    Field("answers", Listed(ANSWER, order=answer_order)),
    EXTRA,
    Field("annotations", ANNOTATIONS, needed=True),
    indent="",
)
FORMAT = FileFormat("source-attribution", "annotation.schema.json", DOCUMENT)

_BORDER = b"\nannotations:\n"
_NO_ANNOTATIONS = "annotations: []\n"


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
    return FORMAT.parse(data, name)


def document_errors(data: bytes, name: str) -> list[FormatError]:
    """Everything in which the file is not an annotation file, in the order of lines."""
    return FORMAT.errors(data, name)


def _read_canonical(data: bytes) -> tuple[Document, DocumentWriter] | None:
    """The document, if the file is just as we write it; None for any doubt.

    The head must come out of our writer as it stands; the annotations go by patterns.
    """
    halves = split(data)
    found = read_annotations(halves[1]) if halves else None
    if halves is None or found is None:
        return None
    annotations, ends = found
    heads = (read(halves[0]) for read in (_usual_head, _sound_head))
    for head in filter(None, heads):
        document = replace(head, annotations=tuple(annotations))
        if _head_text(document) == halves[0]:
            return document, DocumentWriter((annotations, halves[1], ends))
    return None


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
    return read_items(ANNOTATIONS, text)


def _usual_head(text: str) -> Document | None:
    """The document without annotations, if its values mean themselves, as the writer knows."""
    return read_one(DOCUMENT, text.partition("\n")[2])


def _sound_head(text: str) -> Document | None:
    """The same through YAML and the schema."""
    try:
        tree = read_tree(f"{text}{_NO_ANNOTATIONS}".encode(), "")
    except FormatError:
        return None
    return None if FORMAT.tree_errors(tree, "") else DOCUMENT.read(tree.value)


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
        listed = f"annotations:\n{body}" if body else _NO_ANNOTATIONS
        return (_head_text(document) + listed).encode()

    def _text(self, annotation: Annotation) -> str:
        known = self._texts.get(annotation.id)
        return known[1] if known and known[0] is annotation else annotation_text(annotation)


def _head_text(document: Document) -> str:
    """Everything above the annotations."""
    head = DOCUMENT.text(replace(document, annotations=()))
    return f"{FORMAT.line(document)}{head.removesuffix(_NO_ANNOTATIONS)}"


def annotation_text(annotation: Annotation) -> str:
    """The lines of one annotation."""
    return ANNOTATION.items((annotation,))
