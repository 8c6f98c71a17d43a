"""A Word document: the article as it is, with a comment on the words of each tag."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from itertools import count, pairwise
from typing import TYPE_CHECKING, NamedTuple

from annotator.core.chains.who_says import DECISIONS, chain_words, said_by
from annotator.core.display_text import one_line
from annotator.core.model import Annotation, Kind, Span, Stance, Unattributed
from annotator.core.text.quotation import paragraphs
from annotator.formats.cas.writer import NOT_IN_XML
from annotator.formats.format import Format, Left, Put, Result, Tagged
from annotator.formats.reports.report import NOT_ON_A_PAGE, Report, by_tag, report_of
from annotator.formats.tables.rows import left_by_rows

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

_LOOKS = {
    Kind.CLAIM: ("SINGLE", "C87000", "FDF3E0"),
    Kind.QUOTE: ("DOUBLE", "1C69AE", "E4EDF8"),
    Kind.ATTRIBUTION: ("SINGLE", "00805C", "DEF1E8"),
}
"""For each kind its underline, with its colour, and the shade behind the words."""


class _Piece(NamedTuple):
    """A run of the document, which covers ``[start, end)`` of the article."""

    start: int
    end: int
    run: Run


def write(files: Iterable[Tagged], put: Put) -> Iterator[Left]:
    """A document for each file; control characters, which Word has none of, become �."""
    for tagged in files:
        document, unseen = _document(report_of(tagged))
        data = BytesIO()
        document.save(data)
        put(f"{tagged.name}.docx", data.getvalue())
        yield from left_by_rows(tagged)
        for _ in NOT_IN_XML.findall(tagged.article.text):
            yield Left(tagged.name, None, "control character", "Word has none")
        for words in unseen:
            yield Left(tagged.name, None, "tag of empty lines", f"{words!r} is no paragraph")


def _document(report: Report) -> tuple[Document, list[str]]:
    """The document, and the words of fragments that are in no paragraph of it."""
    from docx import Document

    document = Document()
    _set_head(document, report)
    pieces = [
        piece
        for start, end in paragraphs(report.tagged.article.text, 0, len(report.tagged.article.text))
        for piece in _paragraph(document, report, start, end)
    ]
    return document, list(_comment_on(document, report, pieces))


def _comment_on(document: Document, report: Report, pieces: list[_Piece]) -> Iterator[str]:
    """Comment on every tag; yields the words of fragments that are in no paragraph."""
    starts, ends = [one.start for one in pieces], [one.end for one in pieces]
    problems, numbers = by_tag(report), count()
    _ = document.comments  # makes the part in which they stand
    for annotation in report.tagging:
        told = [_headline(report, annotation), *_lines(report, annotation)]
        told += [f"Problem: {one.sentence}" for one in problems.get(annotation.id, ())]
        for nth, span in enumerate(annotation.spans):
            first, last = bisect_right(ends, span.start), bisect_left(starts, span.end)
            if first < last:
                words = _again(annotation, nth) or "\n".join(told)
                number = next(numbers)
                _comment(document, report, number, words)
                pieces[first].run.mark_comment_range(pieces[last - 1].run, number)
            else:
                yield span.exact


def _set_head(document: Document, report: Report) -> None:
    about = document.core_properties
    about.title = _printable(report.title)[:255]
    about.author = about.last_modified_by = _printable(report.tagged.document.annotator)[:255]
    about.comments = "A tagged article; each comment is a tag."
    about.language = report.tagged.document.article.language or ""
    document.styles["Normal"].font.size = _points(11)
    document.styles["Normal"].paragraph_format.line_spacing = 1.4


def _points(number: int) -> int:
    from docx.shared import Pt

    return Pt(number)


def _paragraph(document: Document, report: Report, start: int, end: int) -> Iterator[_Piece]:
    """Add a paragraph, in runs that end wherever a tag begins or ends."""
    text = report.tagged.article.text
    paragraph = document.add_paragraph()
    if _direction(text[start:end])[:1] == "R":
        _set_right_to_left(paragraph)
    for first, last, tags in _runs(report.tagging.between(start, end), start, end):
        run = paragraph.add_run(_printable(text[first:last]))
        _dress(run, tags)
        if set(_direction(text[first:last])) == {"R"}:
            run.font.rtl = True
        yield _Piece(first, last, run)


def _runs(
    tags: Sequence[Annotation], start: int, end: int
) -> Iterator[tuple[int, int, list[Annotation]]]:
    """Where each run of a paragraph begins and ends, and the tags on it."""
    places = {at for one in tags for span in one.spans for at in span[:2] if start < at < end}
    bounds = sorted({start, end, *places})
    covering: list[list[Annotation]] = [[] for _ in bounds]
    for one in tags:
        for span in one.spans:
            for nth in range(bisect_left(bounds, span.start), bisect_left(bounds, span.end)):
                covering[nth].append(one)
    pieces = zip(pairwise(bounds), covering, strict=False)
    return ((first, last, on) for (first, last), on in pieces)


def _direction(text: str) -> str:
    """The directions of the letters in a text, as ``L`` and ``R``."""
    kinds = (unicodedata.bidirectional(char) for char in text)
    return "".join("L" if kind == "L" else "R" for kind in kinds if kind in ("L", "R", "AL"))


def _set_right_to_left(paragraph: Paragraph) -> None:
    from docx.oxml import OxmlElement

    paragraph.paragraph_format.element.get_or_add_pPr().append(OxmlElement("w:bidi"))


def _dress(run: Run, tags: Sequence[Annotation]) -> None:
    """Underline and shade as on the page; of several tags the shortest shows."""
    from docx.enum.text import WD_UNDERLINE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    if not tags:
        return
    tag = min(tags, key=lambda one: (one.end - one.start, one.id))
    line, colour, fill = _LOOKS[tag.kind]
    run.font.underline = WD_UNDERLINE["DASH" if tag.unattributed else line]
    look = run.element.get_or_add_rPr()
    look.find(qn("w:u")).set(qn("w:color"), colour)
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", fill)):
        shade.set(qn(f"w:{name}"), value)
    look.append(shade)


def _comment(document: Document, report: Report, number: int, told: str) -> None:
    """Add a comment by itself first: python-docx looks through all others for a free number."""
    from docx.comments import Comments
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.parts.comments import CommentsPart

    part = document.part.part_related_by(RELATIONSHIP_TYPE.COMMENTS)
    assert isinstance(part, CommentsPart)
    author = _printable(report.tagged.document.annotator)
    initials = "".join(name[0] for name in author.split())[:3].upper()
    alone = OxmlElement("w:comments")
    Comments(alone, part).add_comment(_printable(told), author, initials)
    alone[0].set(qn("w:id"), str(number))
    part.element.append(alone[0])


def _again(annotation: Annotation, nth: int) -> str:
    """What the comments on further fragments say; all else is told at the first one."""
    if not nth:
        return ""
    words = one_line(annotation.words, 120)
    return f"{annotation.kind.capitalize()}, part {nth + 1} of {len(annotation.spans)}: {words}"


def _lines(report: Report, one: Annotation) -> Iterator[str]:
    if one.stance and one.stance is not Stance.REPORTS:
        yield f"Stance: {one.stance}"
    if one.certainty:
        yield f"Certainty: {one.certainty}"
    for name, spans in (("Mention", one.mention), ("Cue", one.cue)):
        if spans:
            yield f"{name}: {_words(spans)}"
    for said in filter(None, map(report.tagging.get, one.content)):
        yield f"Says: {one_line(said.words, 120)}"
    if one.note:
        yield f"Note: {one.note}"


def _words(spans: Sequence[Span]) -> str:
    return " … ".join(span.exact for span in spans)


def _headline(report: Report, one: Annotation) -> str:
    """As in "Claim, said by North Korea via KCNA"."""
    kind = one.kind.capitalize()
    if one.kind is Kind.ATTRIBUTION:
        return (
            f"{kind} to {chain_words(report.tagging, report.tagged.registry, one)}"
            if one.source
            else f"{kind} without a source"
        )
    if one.unattributed is Unattributed.ARTICLE:
        return f"{kind}, said by {DECISIONS[one.unattributed]}"
    if one.unattributed:
        return f"{kind}, {DECISIONS[one.unattributed]}"
    said = "; ".join(who.label(report.tagged.registry) for who in said_by(report.tagging, one))
    return f"{kind}, {said}" if said == "undecided" else f"{kind}, said by {said}"


def _printable(words: str) -> str:
    return NOT_IN_XML.sub("\ufffd", words)


FORMAT = Format(
    name="docx",
    title="Word document with comments",
    suffixes=(".docx",),
    result=Result.FILE_EACH,
    write=write,
    loses=("offsets and empty lines", *NOT_ON_A_PAGE),
)
