"""Reading W3C Web Annotations: our own pages, and those of others as far as they are tagged so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotator.core.errors import FormatError
from annotator.core.model import Kind
from annotator.core.sources import Source, new_source_id
from annotator.core.text.article import Article, canonical
from annotator.formats.foreign_json import decoded
from annotator.formats.format import Find, Imported, Left
from annotator.formats.input import ID, json_errors, placed, read_text, stable_id, wrong_format
from annotator.formats.jsonld.writer import SPANS, TERMS, URN
from annotator.formats.plain_values import Plain, as_far_as_sound, sources_of
from annotator.formats.units import Count, best_count

TITLE = "W3C Web Annotation JSON-LD"

_SOURCE = f"{URN}source:"


@dataclass
class AnnotationPage:
    """A page while it is read: its items, the article they are about, and what was left."""

    file: str
    value: Plain
    items: list[Plain]
    article: Article
    count: Count
    left: list[Left]
    sources: dict[str, Source] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)

    def leave(self, item: object, why: str) -> None:
        """Note down what could not be taken."""
        what = item.get("id", item.get("@id", "an item")) if isinstance(item, dict) else "an item"
        self.left.append(Left(self.file, None, str(what), why))


def read(path: Path, find: Find) -> Iterator[Imported | Left]:
    """The tagging on a page of annotations.

    The article is in the page, or in the folder, where it is found by its hash. Raises
    `FormatError` for another format, and where there is no article.
    """
    with json_errors(path, read_text(path, TITLE), TITLE) as written:
        value = decoded(written)
        listed: list[Any] = value if isinstance(value, list) else [value]
        pages = listed if all(map(_is_page, listed)) else [{"items": listed}]
        for page in pages:
            yield _imported(path, page, find)


def _is_page(value: object) -> bool:
    return isinstance(value, dict) and isinstance(_items(value), list)


def _items(value: Plain) -> object:
    first = value.get("first")
    return value.get("items", first.get("items") if isinstance(first, dict) else None)


def _imported(path: Path, value: Plain, find: Find) -> Imported:
    listed = _items(value)
    items = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    if TERMS not in str(value.get("@context")) and not any("target" in one for one in items):
        raise wrong_format(path, path.read_bytes(), TITLE)
    told = _dict(value.get("sa:article"))
    raw, article = _article(path, told, items, find)
    count = best_count(raw, article, _samples(items))
    page = AnnotationPage(str(path), value, items, article, count, [])
    page.sources = {one.id: one for one in _own_sources(page)}
    tags = list(_annotations(page))
    _link(page, {one["id"]: one for one in tags})
    head = _head(page, told)
    document, left = as_far_as_sound(head, tags, str(path))
    name = Path(str(head["article"]["file"])).stem or path.stem
    return Imported(name, article, document, tuple(page.sources.values()), (*page.left, *left))


def _article(path: Path, told: Plain, items: list[Plain], find: Find) -> tuple[str, Article]:
    """The text of the article as it was written, and the article."""
    words, sha256 = told.get("schema:text"), told.get("schema:sha256")
    if isinstance(words, str):
        return words, Article(canonical(words, str(path)))
    source = next((s for one in items for t in _list(one.get("target")) if (s := _about(t))), {})
    article = find(str(sha256 or source.get("schema:sha256") or ""))
    if article is None:
        what = "it holds neither the article's text nor the hash of an article of this folder"
        raise FormatError(str(path), 1, what, "schema:text or schema:sha256 of the article")
    return article.text, article


def _about(target: object) -> Plain:
    return _dict(_dict(target).get("source"))


def _head(page: AnnotationPage, told: Plain) -> Plain:
    """What a file of ours has above its annotations."""
    entry = _dict(_literal(told.get("sa:entry")))
    article = page.article
    ref: Plain = {"file": f"../{Path(page.file).stem}.txt"}
    if isinstance(told.get("language"), str):
        ref["language"] = told["language"]
    ref |= entry | {"sha256": article.sha256, "length": len(article.text)}
    creator = page.value.get("creator") or next((i.get("creator") for i in page.items), None)
    who = _dict(creator).get("name") or _dict(creator).get("nickname") or creator
    rest = _dict(_literal(page.value.get("sa:document")))
    return {"article": ref, "annotator": who if isinstance(who, str) else ""} | rest


def _samples(items: Iterable[Plain]) -> Iterator[tuple[int, int, str]]:
    for one in items:
        for target in _list(one.get("target")):
            start, end, exact, _, _ = _selected(target)
            if exact and start is not None and end is not None:
                yield start, end, exact


def _own_sources(page: AnnotationPage) -> tuple[Source, ...]:
    listed = _list(page.value.get("sa:sources"))
    entries = [_literal(_dict(one).get("sa:entry")) for one in listed]
    try:
        return sources_of([one for one in entries if isinstance(one, dict)], page.file)
    except FormatError as error:
        page.left.append(Left(page.file, None, "its sources", error.what))
        return ()


def _annotations(page: AnnotationPage) -> Iterator[Plain]:
    taken = set[str]()
    for item in page.items:
        if "linking" in _list(item.get("motivation")) and "sa:link" in item:
            continue
        kind = _kind(item)
        if kind is None:
            page.leave(item, "it is tagged neither as a claim nor as a quote or an attribution")
        elif (one := _annotation(page, item, kind)) is not None:
            theirs = str(item.get("id", item.get("@id", len(taken))))
            told = theirs.rpartition(":")[2]
            sound = ID.fullmatch(told) and told[0] == kind[0] and told not in taken
            one["id"] = told if sound else stable_id(kind, page.article, theirs, taken)
            taken.add(one["id"])
            page.ids[theirs] = one["id"]
            yield one


def _kind(item: Plain) -> Kind | None:
    words = (_dict(body).get("value") for body in _list(item.get("body")))
    told = (str(one).strip().lower() for one in words)
    return next((Kind(one) for one in told if one in list(Kind)), None)


def _annotation(page: AnnotationPage, item: Plain, kind: Kind) -> Plain | None:
    spans = [_outer(page, item, target) for target in _list(item.get("target"))]
    found = [one for one in spans if one is not None]
    if not found:
        return None
    one: Plain = {"id": "", "kind": str(kind), "spans": _in_order(found)}
    for key in SPANS:
        inner = [_span(page, item, target) for target in _list(item.get(f"sa:{key}"))]
        if there := [span for span in inner if span is not None]:
            one[key] = _in_order(there)
    _add_bodies(page, item, one)
    for key, value in item.items():
        name = key.removeprefix("sa:")
        if name != key and name not in one and name not in (*SPANS, "content", "via", "link"):
            one[name] = _literal(value)
    return one


def _in_order(spans: list[Plain]) -> list[Plain]:
    return sorted(spans, key=lambda span: (span["start"], span["end"]))


def _add_bodies(page: AnnotationPage, item: Plain, one: Plain) -> None:
    notes = list[str]()
    for body in _list(item.get("body")):
        told = _dict(body)
        purposes = _list(told.get("purpose"))
        if "identifying" in purposes and one["kind"] == Kind.ATTRIBUTION:
            one["source"] = _source(page, told)
        elif {"commenting", "describing", "replying"} & set(map(str, purposes)):
            notes.append(str(told.get("value", "")))
        elif str(told.get("value", body)).strip().lower() != one["kind"]:
            page.leave(item, f"of its body {told.get('value', body)!s:.60} we have no place")
    if notes:
        one["note"] = "\n".join(notes)


def _source(page: AnnotationPage, body: Plain) -> str:
    """The id of the source that a body identifies; a new one where it is not ours."""
    theirs = body.get("source", body.get("id", body.get("value", "")))
    iri = str(_dict(theirs).get("id", "") if isinstance(theirs, dict) else theirs)
    if iri.startswith(_SOURCE):
        return iri.removeprefix(_SOURCE)
    extra = (("x-reference", iri),)
    known = next((one.id for one in page.sources.values() if one.extra == extra), None)
    if known:
        return known
    name = str(_dict(theirs).get("name") or re.split("[/#:]", iri.rstrip("/#"))[-1] or iri)
    source_id = new_source_id(name, page.sources)
    page.sources[source_id] = Source(id=source_id, name=name or source_id, extra=extra)
    return source_id


def _outer(page: AnnotationPage, item: Plain, target: object) -> Plain | None:
    """As `_span`, with the words around it where the target tells none."""
    one = _span(page, item, target)
    if one is None or {"prefix", "suffix"} <= one.keys():
        return one
    whole = page.article.span(one["start"], one["end"])
    return one | {"prefix": whole.prefix, "suffix": whole.suffix}


def _span(page: AnnotationPage, item: Plain, target: object) -> Plain | None:
    """The span of a target, where its words stand; None, told, where they do not."""
    start, end, exact, prefix, suffix = _selected(target)
    where = (-1, -1) if start is None or end is None else (page.count(start), page.count(end))
    if exact is None and start is None:
        page.leave(item, "its target has neither a text position nor a text quote")
        return None
    span = placed(page.article, *where, exact, prefix or "", suffix or "")
    if span is None:
        words = f"its words “{exact:.40}”" if exact else "its place"
        page.leave(item, f"{words} cannot be found in the article")
        return None
    told: Plain = {"start": span.start, "end": span.end, "exact": span.exact}
    if (span.start, span.end) == where:
        around = {"prefix": prefix, "suffix": suffix}
        told |= {key: words for key, words in around.items() if words is not None}
    return told | {k[3:]: _literal(v) for k, v in _dict(target).items() if k.startswith("sa:x-")}


def _selected(target: object) -> tuple[int | None, int | None, str | None, str | None, str | None]:
    """Start and end, words, prefix and suffix, as far as the target's selectors tell them."""
    told: Plain = {}
    for selector in _list(_dict(target).get("selector")):
        one = _dict(selector)
        told |= one if one.get("type") in ("TextPositionSelector", "TextQuoteSelector") else {}
    start, end = (v if type(v := told.get(key)) is int else None for key in ("start", "end"))
    words = (v if isinstance(v := told.get(key), str) else None for key in _QUOTE)
    exact, prefix, suffix = words
    return start, end, exact, prefix, suffix


_QUOTE = ("exact", "prefix", "suffix")


def _link(page: AnnotationPage, tags: dict[str, Plain]) -> None:
    """Put what the linking annotations say into the attributions."""
    for item in page.items:
        how = item.get("sa:link")
        if how not in ("content", "via") or "linking" not in _list(item.get("motivation")):
            continue
        holder, held = (_ours(page, item.get(key)) for key in ("body", "target"))
        attribution = tags.get(holder if how == "content" else held)
        if attribution is None:
            page.leave(item, "what it links is not there")
        elif how == "content":
            attribution.setdefault("content", []).append(held)
        else:
            attribution["via"] = holder


def _ours(page: AnnotationPage, iri: object) -> str:
    told = str(_dict(iri).get("id", iri))
    return page.ids.get(told, told.rpartition(":")[2])


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _dict(value: object) -> Plain:
    return value if isinstance(value, dict) else {}


def _literal(value: object) -> Any:
    return _dict(value).get("@value", value)
