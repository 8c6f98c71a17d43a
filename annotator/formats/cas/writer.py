"""Writing UIMA CAS, as XMI with its type system and as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from annotator.core.model import Document
from annotator.formats.cas.types import FILE, LINK, TAG, VALUES, type_system
from annotator.formats.format import Left, Put, Tagged
from annotator.formats.regions.regions import regions_of, relations_of
from annotator.formats.regions.sidecar import head_of, rests, sayable, sources_of
from annotator.formats.tables.rows import article_name

if TYPE_CHECKING:
    from cassis import Cas, TypeSystem

TYPES = "TypeSystem.xml"

NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def write_xmi(files: Iterable[Tagged], put: Put) -> Iterable[Left]:
    """An XMI for each file, and the type system once for all.

    Texts with control characters are left: there are none in XML.
    """
    put(TYPES, type_system().to_xml().encode())
    for tagged in files:
        if NOT_IN_XML.search(tagged.article.text):
            yield Left(tagged.name, None, "article with control characters", "XML has none")
        else:
            put(f"{tagged.name}.xmi", cas_of(tagged).to_xmi().encode())


def write_json(files: Iterable[Tagged], put: Put) -> Iterator[Left]:
    """A JSON CAS for each file."""
    for tagged in files:
        put(f"{tagged.name}.json", cas_of(tagged).to_json().encode())
    yield from ()


def cas_of(tagged: Tagged) -> Cas:
    """The tagging as a CAS; what its layers cannot say goes along in their last feature."""
    from cassis import Cas

    types = type_system()
    cas = Cas(typesystem=types)
    cas.sofa_string, cas.sofa_mime = tagged.article.text, "text/plain"
    if tagged.document.article.language:
        cas.document_language = tagged.document.article.language
    cas.add_all([_file(types.get_type(FILE), tagged), *_tags_and_links(types, tagged)])
    return cas


def _tags_and_links(types: TypeSystem, tagged: Tagged) -> Iterator[Any]:
    said = _printable(sayable(tagged.document, tagged.article))
    rest = rests(tagged.document, said)
    tags: dict[str, Any] = {}
    for region in regions_of(said):
        told = {key: region.values.get(key) for key in VALUES}
        own = {"label": region.label, "key": region.id, "rest": rest.get(region.id)}
        tag = types.get_type(TAG)(begin=region.span.start, end=region.span.end, **told, **own)
        tags[region.id] = tag
        yield tag
    for one in relations_of(said):
        start, end = tags[one.start], tags[one.end]
        ends = {"Governor": start, "Dependent": end, "label": one.type}
        # A relation lies where its dependent lies: so INCEpTION draws it.
        yield types.get_type(LINK)(begin=end.begin, end=end.end, **ends)


def _printable(document: Document) -> Document:
    """The document with notes that XML can hold; the others go along in the rest."""
    tags = (
        replace(one, note=None) if one.note and NOT_IN_XML.search(one.note) else one
        for one in document.annotations
    )
    return replace(document, annotations=tuple(tags))


def _file(make: Any, tagged: Tagged) -> Any:
    told = {"name": article_name(tagged), "head": head_of(tagged), "sources": sources_of(tagged)}
    printable = {key: NOT_IN_XML.sub("\ufffd", value) for key, value in told.items()}
    return make(begin=0, end=len(tagged.article.text), **printable)
