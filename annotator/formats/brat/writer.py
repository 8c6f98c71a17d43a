"""Writing brat's standoff: the article, its annotations, and a configuration that opens there."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace

from annotator.core.model import Annotation, Document, Kind
from annotator.core.sources import Registry
from annotator.core.text.article import Article
from annotator.formats.brat.shown import Shown, rest_of, shown
from annotator.formats.format import Left, Put, Tagged
from annotator.formats.fragments import Ranges, unbroken
from annotator.storage.files.annotation_file import document_bytes
from annotator.storage.files.source_file import registry_bytes
from annotator.storage.shipped.resources import resource_path

CONFIGURATION = ("annotation.conf", "visual.conf")


def write(files: Iterable[Tagged], put: Put) -> Iterable[Left]:
    """Put text and standoff of each file, and the configuration once for all; nothing is left."""
    for name in CONFIGURATION:
        put(name, resource_path(f"brat/{name}").read_bytes())
    for tagged in files:
        put(f"{tagged.name}.txt", tagged.article.text.encode())
        put(f"{tagged.name}.ann", "".join(_lines(tagged)).encode())
    return ()


def _lines(tagged: Tagged) -> Iterator[str]:
    document, article = tagged.document, tagged.article
    said = {a.id for a in document.annotations if a.kind is not Kind.ATTRIBUTION}
    attributions = {a.id for a in document.annotations} - said
    sheet = _Sheet(article, tagged.registry, document)
    for annotation in document.annotations:
        yield from sheet.lines(annotation, shown(annotation, article, said, attributions))
    yield sheet.document_line(document)


class _Sheet:
    """Numbers lines as they are written; what links name has its number beforehand."""

    def __init__(self, article: Article, registry: Registry, document: Document) -> None:
        self._text, self._article, self._registry = article.text, article, registry
        self._numbers = dict.fromkeys("TEAN#", 0)
        tags = document.annotations
        self._texts = {one.id: self._new("T") for one in tags}
        attributions = (one for one in tags if one.kind is Kind.ATTRIBUTION)
        self._events = {one.id: self._new("E") for one in attributions}

    def _new(self, kind: str) -> str:
        self._numbers[kind] += 1
        return f"{kind}{self._numbers[kind]}"

    def lines(self, annotation: Annotation, seen: Shown) -> Iterator[str]:
        """The lines of one annotation."""
        text, kind = self._texts[annotation.id], seen.kind.title()
        yield self._bound(text, kind, seen.spans)
        if seen.kind is Kind.ATTRIBUTION:
            yield from self._event(annotation.id, seen)
        target = self._events.get(annotation.id, text)
        for name in ("unattributed", "stance", "certainty"):
            if value := getattr(seen, name):
                yield f"{self._new('A')}\t{name.title()} {target} {value}\n"
        if seen.source:
            yield f"{self._new('N')}\tReference {target} Sources:{seen.source}{self._label(seen)}\n"
        if seen.note:
            yield f"{self._new('#')}\tAnnotatorNotes {target}\t{seen.note}\n"
        rest = json.dumps(rest_of(annotation, seen, self._article))
        yield f"{self._new('#')}\tAnnotation {target}\t{rest}\n"

    def _label(self, seen: Shown) -> str:
        source = self._registry.by_id.get(seen.source or "")
        return "\t" + unbroken(source.label).replace("\t", " ") if source else ""

    def _event(self, annotation_id: str, seen: Shown) -> Iterator[str]:
        args = [f"Attribution:{self._texts[annotation_id]}"]
        for role, ranges in (("Source", seen.mention), ("Cue", seen.cue)):
            if ranges:
                bound = self._new("T")
                yield self._bound(bound, role, ranges)
                args.append(f"{role}:{bound}")
        for nth, one in enumerate(seen.content, 1):
            args.append(f"Content{nth if nth > 1 else ''}:{self._texts[one]}")
        if seen.via:
            args.append(f"Via:{self._events[seen.via]}")
        yield f"{self._events[annotation_id]}\t{' '.join(args)}\n"

    def _bound(self, bound: str, kind: str, ranges: Ranges) -> str:
        where = ";".join(f"{start} {end}" for start, end in ranges)
        words = " ".join(unbroken(self._text[start:end]) for start, end in ranges)
        return f"{bound}\t{kind} {where}\t{words}\n"

    def document_line(self, document: Document) -> str:
        """Everything above the annotations, and the sources they name, on the first of them."""
        head = document_bytes(replace(document, annotations=())).decode()
        named = {one.source for one in document.annotations if one.source}
        sources = tuple(one for one in self._registry.sources if one.id in named)
        rest = json.dumps({"head": head, "sources": registry_bytes(Registry(sources)).decode()})
        # brat refuses comments on triggers: of an attribution, the event is what to speak of.
        first = next(iter(self._texts), "")
        target = self._events.get(first) or self._texts.get(first, "T0")
        return f"{self._new('#')}\tDocument {target}\t{rest}\n"
