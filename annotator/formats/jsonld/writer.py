"""Writing W3C Web Annotations: a page of them for each annotation file, with its article.

Spans have both selectors, text position (code points, as the standard counts) and text quote;
several are several targets. Content and via are annotations of their own, with the motivation
``linking``. Terms of ours are in the namespace ``sa:``; what is nothing but data of ours goes
along as JSON literals.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

from annotator.formats.format import Left, Put, Tagged
from annotator.formats.plain_values import Plain, plain_document, plain_sources

URN = "urn:source-attribution:"
CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"sa": f"{URN}terms:"}]
TERMS = "http://www.w3.org/ns/anno.jsonld"
SPANS = ("mention", "cue")


def write(files: Iterable[Tagged], put: Put) -> Iterable[Left]:
    """Put a page of annotations for each file; nothing is left."""
    for tagged in files:
        page = json.dumps(_page(tagged), ensure_ascii=False, indent=1)
        # Line ends of other alphabets are escaped: not every reader of JSON takes them in text.
        put(f"{tagged.name}.jsonld", f"{_escaped(page)}\n".encode())
    return ()


def _escaped(page: str) -> str:
    return page.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _page(tagged: Tagged) -> Plain:
    document = plain_document(tagged.document)
    article, who = document.pop("article"), document.pop("annotator")
    annotations = document.pop("annotations")
    text = f"{URN}article:{article['sha256']}"
    place = f"{URN}annotation:{article['sha256'][:12]}:{quote(who, safe='')}"
    named = {one["source"] for one in annotations if "source" in one}
    sources = [one for one in tagged.registry.sources if one.id in named]
    del document["format"]
    return {
        "@context": CONTEXT,
        "id": place,
        "type": "AnnotationPage",
        "creator": {"type": "Person", "name": who},
        "sa:article": _article(text, article, tagged.article.text),
        "sa:sources": [_source(one) for one in plain_sources(sources)],
        **({"sa:document": _literal(document)} if document else {}),
        "items": list(_items(place, text, annotations)),
    }


def _article(text: str, article: Plain, words: str) -> Plain:
    told: Plain = {"id": text, "type": "Text", "format": "text/plain"}
    if "language" in article:
        told["language"] = article["language"]
    told["schema:sha256"] = article["sha256"]
    told["schema:text"] = words
    told["sa:entry"] = _literal(article)
    return told


def _source(entry: Plain) -> Plain:
    return {"id": _source_id(entry["id"]), "name": entry["name"], "sa:entry": _literal(entry)}


def _source_id(source: str) -> str:
    return f"{URN}source:{source}"


def _literal(value: object) -> Plain:
    return {"@type": "@json", "@value": value}


def _items(place: str, text: str, annotations: list[Plain]) -> Iterator[Plain]:
    for one in annotations:
        yield _annotation(place, text, one)
    for one in annotations:
        for said in one.get("content", ()):
            yield _link(place, one["id"], said, "content")
        if "via" in one:
            yield _link(place, one["via"], one["id"], "via")


def _annotation(place: str, text: str, one: Plain) -> Plain:
    told: Plain = {
        "id": f"{place}:{one['id']}",
        "type": "Annotation",
        "motivation": "classifying",
        "body": list(_bodies(one)),
        "target": [_target(text, span) for span in one["spans"]],
    }
    for key in SPANS:
        if key in one:
            told[f"sa:{key}"] = [_target(text, span) for span in one[key]]
    shown = {"id", "kind", "spans", "source", "content", "via", "note", *SPANS}
    rest = {key: value for key, value in one.items() if key not in shown}
    return told | {f"sa:{key}": _value(value) for key, value in rest.items()}


def _value(value: object) -> object:
    return value if isinstance(value, str) else _literal(value)


def _bodies(one: Plain) -> Iterator[Plain]:
    yield {"type": "TextualBody", "purpose": "classifying", "value": one["kind"]}
    if "source" in one:
        source = _source_id(one["source"])
        yield {"type": "SpecificResource", "purpose": "identifying", "source": source}
    if "note" in one:
        yield {"type": "TextualBody", "purpose": "commenting", "value": one["note"]}


def _target(text: str, span: Plain) -> Plain:
    place = {"type": "TextPositionSelector", "start": span["start"], "end": span["end"]}
    words: dict[str, Any] = {"type": "TextQuoteSelector"}
    words |= {key: span[key] for key in ("exact", "prefix", "suffix") if key in span}
    extra = {key: value for key, value in span.items() if key.startswith("x-")}
    told: Plain = {"type": "SpecificResource", "source": text, "selector": [place, words]}
    return told | {f"sa:{key}": _literal(value) for key, value in extra.items()}


def _link(place: str, holder: str, held: str, how: str) -> Plain:
    """The annotation that says of ``held`` that ``holder`` covers it or brings it along."""
    return {
        "id": f"{place}:{holder}:{how}:{held}",
        "type": "Annotation",
        "motivation": "linking",
        "body": f"{place}:{holder}",
        "target": f"{place}:{held}",
        "sa:link": how,
    }
