"""TEI P5: the article with ``said``, ``quote`` and ``seg``, its sources and links beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement, TreeBuilder, indent, register_namespace
from xml.etree.ElementTree import tostring as to_xml

from annotator.core.chains.who_says import chains_of
from annotator.core.model import Annotation, Certainty, Kind, Unattributed
from annotator.core.sources import Source, SourceType
from annotator.core.tagging import Tagging
from annotator.core.text.quotation import paragraphs
from annotator.formats.cas.writer import NOT_IN_XML
from annotator.formats.format import Format, Left, Put, Result, Tagged
from annotator.formats.markup.nesting import Mark, nested
from annotator.formats.reports.report import NOT_ON_A_PAGE
from annotator.formats.tables.rows import article_name, left_by_rows

NAMESPACE = "http://www.tei-c.org/ns/1.0"
_XML = "{http://www.w3.org/XML/1998/namespace}"

_PEOPLE = (SourceType.PERSON, SourceType.WITNESS)

_VOICES = {
    Unattributed.ARTICLE: ("voice-article", "the article itself"),
    Unattributed.UNKNOWN: ("voice-unknown", "source unknown"),
}


def write(files: Iterable[Tagged], put: Put) -> Iterator[Left]:
    """A document for each file.

    Claims and quotes are ``said``, the latter with a ``quote`` in it, with whoever is at the
    far end of their chains in ``@who``; attributions are ``seg``, their mention ``rs``.
    What crosses another element, or has fragments, goes on in elements linked by ``@prev``.
    """
    for tagged in files:
        if NOT_IN_XML.search(tagged.article.text):
            yield Left(tagged.name, None, "article with control characters", "XML has none")
            continue
        yield from left_by_rows(tagged)
        document = _document(tagged)
        put(f"{tagged.name}.xml", b'<?xml version="1.0" encoding="UTF-8"?>\n' + document)


def _document(tagged: Tagged) -> bytes:
    register_namespace("", NAMESPACE)
    root = Element(f"{{{NAMESPACE}}}TEI")
    if tagged.document.article.language:
        root.set(f"{_XML}lang", tagged.document.article.language)
    root.append(_header(tagged))
    beside = _beside(tagged)
    if len(beside):
        root.append(beside)
    for part in root:
        indent(part, level=1)
    text = SubElement(root, _tei("text"))
    text.append(_Body(tagged).made())
    if (notes := _notes(tagged)) is not None:
        text.append(notes)
    return to_xml(root, encoding="unicode").encode() + b"\n"


def _tei(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _add(parent: Element, name: str, text: str = "", /, **attributes: str) -> Element:
    child = SubElement(parent, _tei(name), attributes)
    child.text = NOT_IN_XML.sub("\ufffd", text) or None
    return child


def _header(tagged: Tagged) -> Element:
    header = Element(_tei("teiHeader"))
    file = _add(header, "fileDesc")
    title = _add(file, "titleStmt")
    _add(title, "title", tagged.title or article_name(tagged))
    who = _add(title, "respStmt")
    _add(who, "resp", "tagged who says what")
    _add(who, "name", tagged.document.annotator)
    _add(_add(file, "publicationStmt"), "p", "Exported from an annotation file.")
    sha256 = tagged.document.article.sha256
    _add(_add(file, "sourceDesc"), "p", f"The article with the SHA-256 {sha256}.")
    return header


def _beside(tagged: Tagged) -> Element:
    """The sources that are named, and the links between what is tagged."""
    beside = Element(_tei("standOff"))
    tags = tagged.document.annotations
    people, others = _add(beside, "listPerson"), _add(beside, "listOrg")
    for source in _sources(tagged):
        _add_source(people if source.type in _PEOPLE else others, source)
    for decision in dict.fromkeys(one.unattributed for one in tags if one.unattributed):
        voice, label = _VOICES[decision]
        _add(_add(others, "org", **{f"{_XML}id": voice}), "orgName", label)
    links = _add(beside, "listRelation")
    there = {one.id for one in tags}
    for one in tags:
        for name, targets in (("content", one.content), ("via", (one.via,))):
            known = " ".join(f"#{target}" for target in targets if target in there)
            if known:
                _add(links, "relation", name=name, active=f"#{one.id}", passive=known)
    for part in (people, others, links):
        if not len(part):
            beside.remove(part)
    return beside


def _sources(tagged: Tagged) -> Iterator[Source]:
    for source_id in dict.fromkeys(a.source for a in tagged.document.annotations if a.source):
        known = tagged.registry.by_id.get(source_id)
        yield known or Source(id=source_id, name=source_id)


def _add_source(parent: Element, source: Source) -> None:
    name = "person" if source.type in _PEOPLE else "org"
    kind = {"type": source.type} if source.type and name == "org" else {}
    entry = _add(parent, name, **{f"{_XML}id": _source_id(source.id)}, **kind)
    for alias in dict.fromkeys((source.name, *source.aliases)):
        _add(entry, "persName" if name == "person" else "orgName", alias)


def _source_id(source_id: str) -> str:
    """The source's id as XML's are: no blanks, no colons."""
    return "source-" + re.sub(r"[^\w.-]", "-", source_id)


def _notes(tagged: Tagged) -> Element | None:
    noted = [one for one in tagged.document.annotations if one.note]
    if not noted:
        return None
    back = Element(_tei("back"))
    place = _add(_add(back, "div", type="notes"), "p")
    for one in noted:
        _add(place, "note", one.note or "", target=f"#{one.id}")
    return back


class _Said(NamedTuple):
    """What an element stands for: an annotation, by its id, or its mention or cue."""

    id: str
    part: str = ""


@dataclass
class _Body:
    """The body while it is written; ``seen`` counts the elements that each mark has had."""

    tagged: Tagged
    seen: dict[Mark, int] = field(default_factory=dict)
    builder: TreeBuilder = field(default_factory=TreeBuilder)

    def made(self) -> Element:
        """The ``body``: a paragraph for each line of the article that is not empty."""
        text = self.tagged.article.text
        tagging = Tagging(self.tagged.document.annotations)
        self.builder.start(_tei("body"), {})
        for start, end in paragraphs(text, 0, len(text)):
            self.builder.data("\n")
            self.builder.start(_tei("p"), {})
            self._paragraph(tagging, start, end)
            self.builder.end(_tei("p"))
        self.builder.data("\n")
        return self.builder.end(_tei("body"))

    def _paragraph(self, tagging: Tagging, start: int, end: int) -> None:
        ranges = [
            (span.start, span.end, mark)
            for one in tagging.between(start, end)
            for mark, spans in (
                (_Said(one.id), one.spans),
                (_Said(one.id, "mention"), one.mention),
                (_Said(one.id, "cue"), one.cue),
            )
            for span in spans
        ]
        for piece in nested(start, end, ranges):
            if piece.step == "text":
                self.builder.data(self.tagged.article.text[piece.start : piece.end])
            else:
                self._tag(tagging, piece.step == "open", piece.mark)

    def _tag(self, tagging: Tagging, opens: bool, mark: Mark) -> None:
        assert isinstance(mark, _Said)
        annotation = tagging.get(mark.id)
        assert annotation
        names = _names(annotation, mark.part)
        if not opens:
            for name in reversed(names):
                self.builder.end(_tei(name))
            return
        attributes = self._ids(mark) | _attributes(tagging, annotation, mark.part)
        for name, own in zip(names, (attributes, {}), strict=False):
            self.builder.start(_tei(name), own)

    def _ids(self, mark: _Said) -> dict[str, str]:
        """Ids of the annotation's elements: the first one's is its own."""
        number = self.seen[mark] = self.seen.get(mark, 0) + 1
        if mark.part:
            return {}
        base = mark.id
        if number == 1:
            return {f"{_XML}id": base}
        former = base if number == 2 else f"{base}.{number - 1}"
        return {f"{_XML}id": f"{base}.{number}", "prev": f"#{former}"}


_ELEMENTS = {Kind.CLAIM: ("said",), Kind.QUOTE: ("said", "quote"), Kind.ATTRIBUTION: ("seg",)}


def _names(one: Annotation, part: str) -> tuple[str, ...]:
    return {"": _ELEMENTS[one.kind], "mention": ("rs",), "cue": ("seg",)}[part]


def _attributes(tagging: Tagging, one: Annotation, part: str) -> dict[str, str]:
    if part == "cue":
        return {"type": "cue"}
    if part:
        return {"ref": f"#{_source_id(one.source)}"} if one.source else {}
    unsure = {"cert": "low"} if one.certainty is Certainty.UNSURE else {}
    if one.kind is Kind.ATTRIBUTION:
        source = {"corresp": f"#{_source_id(one.source)}"} if one.source else {}
        stance = {"subtype": one.stance} if one.stance else {}
        return {"type": "attribution"} | stance | source | unsure
    who = _who(tagging, one)
    quoted = "true" if one.kind is Kind.QUOTE else "false"
    return {"direct": quoted, "aloud": "unknown"} | ({"who": who} if who else {}) | unsure


def _who(tagging: Tagging, one: Annotation) -> str:
    """Where the chains of a claim or quote begin."""
    if one.unattributed:
        return f"#{_VOICES[one.unattributed][0]}"
    origins = dict.fromkeys(chain[0].source for chain in chains_of(tagging, one))
    return " ".join(f"#{_source_id(source)}" for source in origins if source)


FORMAT = Format(
    name="tei",
    title="TEI XML",
    suffixes=(".xml",),
    result=Result.FILE_EACH,
    write=write,
    loses=("offsets and blank lines", *NOT_ON_A_PAGE),
)
