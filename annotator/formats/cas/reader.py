"""Reading UIMA CAS: our own layers; what other layers hold is counted and left."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotator.core.errors import FormatError
from annotator.core.model import Annotation, ArticleRef, Document, text_order
from annotator.core.sources import Source
from annotator.core.text.article import Article, read_article
from annotator.formats.cas.types import FILE, LINK, TAG, VALUES, type_system
from annotator.formats.foreign_json import Foreign, Unexpected
from annotator.formats.format import Find, Imported, Left
from annotator.formats.input import SOURCE_ID, placed, read_json, read_text, wrong_format
from annotator.formats.regions.regions import Region, RegionDocument, Relation, in_order
from annotator.formats.regions.sidecar import read_head, read_rest, with_rest

if TYPE_CHECKING:
    from cassis import Cas

XMI, JSON = "UIMA CAS XMI", "UIMA CAS JSON"

MOST_STRUCTURES = 150_000
"""Of an article with 10,000 tags and their links these are some 30,000."""

_OF_THE_TEXT = ("uima.tcas.DocumentAnnotation", "uima.cas.Sofa")


def read_xmi(path: Path, find: Find) -> Iterator[Imported | Left]:
    """The tagging in an XMI; its type system is taken from beside it, if one lies there."""
    from cassis import load_cas_from_xmi

    written = read_text(path, XMI)
    if "xmi:XMI" not in written[:4096]:
        raise wrong_format(path, written.encode(), XMI)
    _refuse_bombs(path, written, XMI)
    beside = _types_beside(path)
    yield from _read(path, XMI, lambda: load_cas_from_xmi(written, beside, lenient=True))


def _refuse_bombs(path: Path, written: str, form: str) -> None:
    """Raise `FormatError` for XML that grows when it is read, or is read for minutes."""
    if "<!DOCTYPE" in written or "<!ENTITY" in written:
        what = "it declares entities, which can blow up or fetch things"
        raise FormatError(str(path), 1, what, f"{form} without a DOCTYPE")
    if written.count("<") > MOST_STRUCTURES:
        raise _too_much(path)


def _too_much(path: Path) -> FormatError:
    expected = f"at most {MOST_STRUCTURES:,} feature structures"
    return FormatError(str(path), 1, "it holds too much for one article", expected)


def _types_beside(path: Path) -> Any:
    from cassis import load_typesystem

    there = path.parent / "TypeSystem.xml"
    if not there.is_file():
        return type_system()
    written = read_text(there, "UIMA type system")
    _refuse_bombs(there, written, "a UIMA type system")
    try:
        return _quietly(lambda: load_typesystem(written))
    except Exception as error:  # whatever lxml and cassis raise for broken XML
        raise FormatError(str(there), 1, f"it cannot be read ({error})", "UIMA types") from error


def read_json_cas(path: Path, find: Find) -> Iterator[Imported | Left]:
    """The tagging in a JSON CAS."""
    from cassis import load_cas_from_json

    raw = read_json(path, JSON)
    if not isinstance(raw, dict) or "%FEATURE_STRUCTURES" not in raw:
        raise FormatError(str(path), 1, "there are no feature structures", JSON)
    structures = raw["%FEATURE_STRUCTURES"]
    if isinstance(structures, list | dict) and len(structures) > MOST_STRUCTURES:
        raise _too_much(path)
    written = read_text(path, JSON)
    yield from _read(path, JSON, lambda: load_cas_from_json(written))


def _quietly(load: Callable[[], Any]) -> Any:
    """What is loaded, without cassis' warnings of layers that are none of ours."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return load()


def _read(path: Path, form: str, load: Callable[[], Cas]) -> Iterator[Imported | Left]:
    try:
        cas = _quietly(load)
        text = cas.sofa_string
    except Exception as error:  # whatever lxml and cassis raise for a broken file
        what = f"it is broken or breaks off ({_first_line(error)})"
        raise FormatError(str(path), getattr(error, "lineno", None) or 1, what, form) from error
    if not isinstance(text, str):
        raise FormatError(str(path), 1, "it holds no text", form)
    yield _imported(path, cas, read_article(text.encode("utf-8", "surrogatepass"), str(path)))


def _first_line(error: Exception) -> str:
    return f"{(str(error).splitlines() or [type(error).__name__])[0]:.80}"


def _imported(path: Path, cas: Cas, article: Article) -> Imported:
    scene = RegionDocument(str(path), None, article)
    tags, links, files = (_all(cas, name) for name in (TAG, LINK, FILE))
    _leave_others(cas, scene)
    regions = list(_regions(tags, scene))
    # Links at the same place come in any order; sorted, they come as `sayable` took them.
    relations = in_order(regions, _relations(links, scene))
    name, head, sources = _head(files, scene, path)
    read = scene.imported(name, head.annotator, head.article.language, regions, relations)
    known = dict(_known_rests(tags, scene))
    annotations = _with_rests(read.document.annotations, known, scene)
    document = replace(head, annotations=tuple(sorted(annotations, key=text_order)))
    told = read.sources if sources is None else sources
    return replace(read, document=document, sources=told, left=tuple(scene.left))


def _all(cas: Cas, name: str) -> list[Any]:
    return list(cas.select(name)) if cas.typesystem.contains_type(name) else []


def _leave_others(cas: Cas, scene: RegionDocument) -> None:
    ours = (TAG, LINK, FILE, *_OF_THE_TEXT)
    names = (one.type.name for one in cas.select_all_annotations())
    for name, number in sorted(Counter(one for one in names if one not in ours).items()):
        scene.leave(f"{number:,} of the layer {name}", "none of ours")


def _feature(structure: Any, name: str) -> Foreign:
    """A feature of a structure, whose type system may be another one than ours."""
    return Foreign(getattr(structure, name, None), (name,))


def _key(tag: Any) -> str:
    return _feature(tag, "key").text() or f"x{getattr(tag, 'xmiID', None)}"


def _regions(tags: list[Any], scene: RegionDocument) -> Iterator[Region]:
    for tag in tags:
        with scene.leaving("a tag"):
            region = _region(tag, scene)
            if region:
                yield region


def _region(tag: Any, scene: RegionDocument) -> Region | None:
    label = _feature(tag, "label").text().lower()
    start, end = (_feature(tag, key).number() for key in ("begin", "end"))
    span = None
    if start is not None and end is not None:
        span = placed(scene.article, start, end, None)
    if span is None:
        scene.leave(f"{label or 'tag'} {start}-{end}", "there are no words")
        return None
    values = {key: value for key in VALUES if (value := _feature(tag, key).text())}
    if "source" in values and not SOURCE_ID.fullmatch(values["source"]):
        scene.leave(f"source {values.pop('source')}", "an id has small letters, digits, hyphens")
    return Region(_key(tag), label, span, values)


def _relations(links: list[Any], scene: RegionDocument) -> Iterator[Relation]:
    for link in links:
        with scene.leaving("a link"):
            ends = [getattr(link, key, None) for key in ("Governor", "Dependent")]
            if None not in ends:
                label = _feature(link, "label").text().lower()
                yield Relation(label, _key(ends[0]), _key(ends[1]))


def _head(
    files: list[Any], scene: RegionDocument, path: Path
) -> tuple[str, Document, tuple[Source, ...] | None]:
    """What our own files say of the whole, with the sources; else what there is to know."""
    article = scene.article
    for file in files:
        try:
            name, head, sources = (
                _feature(file, key).text() for key in ("name", "head", "sources")
            )
            return name, *read_head(head, sources, scene.file)
        except (Unexpected, ValueError):
            scene.leave("what is said of the file", "it cannot be read")
    ref = ArticleRef(file="", sha256=article.sha256, length=len(article.text))
    return path.stem, Document(article=ref, annotator=""), None


def _known_rests(tags: list[Any], scene: RegionDocument) -> Iterator[tuple[str, str]]:
    for tag in tags:
        with scene.leaving("the rest of a tag"):
            if rest := _feature(tag, "rest").text():
                yield _key(tag), rest


def _with_rests(
    annotations: tuple[Annotation, ...], known: Mapping[str, str], scene: RegionDocument
) -> Iterator[Annotation]:
    rests: dict[str, dict[str, Any]] = {}
    for key, written in known.items():
        try:
            rests[key] = read_rest(written)
        except ValueError:
            scene.leave(f"the rest of {key}", "it cannot be read")
    for one in annotations:
        try:
            yield with_rest(one, rests.get(one.id, {}))
        except ValueError:
            scene.leave(f"the rest of {one.id}", "it cannot be read")
            yield one
