"""An annotated article as one HTML page: to read, to print, to send; it needs nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from annotator.core.chains.lanes import assign_lanes
from annotator.core.chains.who_says import chip_words
from annotator.core.display_text import one_line
from annotator.core.model import Annotation, Span
from annotator.core.text.quotation import paragraphs
from annotator.formats.format import Format, Left, Put, Result, Tagged
from annotator.formats.markup.nesting import Mark, nested
from annotator.formats.reports.report import (
    NOT_ON_A_PAGE,
    Report,
    by_tag,
    left_by_reports,
    report_of,
)
from annotator.storage.shipped.templates import render


class ChainStep(NamedTuple):
    """A step through a paragraph: text, or a tag that opens or (where both are empty) closes.

    ``lane`` counts from the words downwards; ``anchor`` and ``chip`` stand where a tag opens
    for the first time.
    """

    text: str = ""
    classes: str = ""
    told: str = ""
    lane: int = 0
    anchor: str = ""
    chip: str = ""


def write(files: Iterable[Tagged], put: Put) -> Iterator[Left]:
    """A page for each file."""
    for tagged in files:
        put(f"{tagged.name}.html", as_html(tagged).encode())
        yield from left_by_reports(tagged)


def as_html(tagged: Tagged) -> str:
    """The page: the article with its tags and chains, who says what, problems, notes."""
    report = report_of(tagged)
    return render(
        "article.html",
        report=report,
        language=tagged.document.article.language or "",
        paragraphs=list(_Steps(report).paragraphs()),
        one_line=one_line,
        anchor_of=anchor_of,
    )


def anchor_of(report: Report, nth: int) -> str:
    """Where a problem is on the page: at its first annotation, or at words of its own."""
    ids = report.problems[nth].ids
    return ids[0] if ids else f"problem-{nth + 1}"


class HtmlPart(NamedTuple):
    """What an attribution's words are made of: a ``name`` and the attribution's id."""

    name: str
    of: str


class _Steps:
    """The article as steps; ``seen`` holds what has been opened before."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.text = report.tagged.article.text
        self.wrong = by_tag(report)
        self.seen = set[Mark]()

    def paragraphs(self) -> Iterator[list[ChainStep]]:
        """The steps of each paragraph with words."""
        for start, end in paragraphs(self.text, 0, len(self.text)):
            if self.text[start:end].strip():
                yield list(self._paragraph(start, end))

    def _paragraph(self, start: int, end: int) -> Iterator[ChainStep]:
        tags = {one.id: one for one in self.report.tagging.between(start, end)}
        lanes = assign_lanes(list(tags.values()))
        ranges: list[tuple[int, int, Mark]] = [
            (span.start, span.end, mark)
            for one in tags.values()
            for mark, spans in _marked(one)
            for span in spans
        ]
        for piece in nested(start, end, [*ranges, *self._open_words(start, end)]):
            if piece.step == "text":
                yield ChainStep(text=self.text[piece.start : piece.end])
            elif piece.step == "close":
                yield ChainStep()
            else:
                yield self._opened(piece.mark, tags.get(str(piece.mark)), lanes)
                self.seen.add(piece.mark)

    def _open_words(self, start: int, end: int) -> Iterator[tuple[int, int, Mark]]:
        """The words of problems that are in no annotation."""
        for nth, one in enumerate(self.report.problems):
            if not one.ids and one.start < end and start < one.end:
                yield one.start, one.end, f"problem-{nth + 1}"

    def _opened(self, mark: Mark, tag: Annotation | None, lanes: dict[str, int]) -> ChainStep:
        if isinstance(mark, HtmlPart):
            return ChainStep(classes=mark.name, told=mark.name)
        anchor = "" if mark in self.seen else str(mark)
        if tag is None:
            return ChainStep(classes="tag problem", told="problem", anchor=anchor)
        chip = chip_words(self.report.tagging, self.report.tagged.registry, tag)
        told = f"{tag.kind}: {chip}" if chip else str(tag.kind)
        classes = ["tag", tag.kind, *["dashed"] * bool(tag.unattributed)]
        if tag.id in self.wrong:
            classes.append("problem")
        return ChainStep("", " ".join(classes), told, lanes[tag.id], anchor, chip if anchor else "")


def _marked(annotation: Annotation) -> Iterator[tuple[Mark, Iterable[Span]]]:
    yield annotation.id, annotation.spans
    yield HtmlPart("mention", annotation.id), annotation.mention
    yield HtmlPart("cue", annotation.id), annotation.cue


FORMAT = Format(
    name="html",
    title="HTML report",
    suffixes=(".html",),
    result=Result.FILE_EACH,
    write=write,
    loses=NOT_ON_A_PAGE,
)
