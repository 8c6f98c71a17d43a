"""Reading brat's standoff: our own, and that of others as far as it tells who says what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from annotator.core.errors import FormatError
from annotator.core.model import ArticleRef, Document, text_order
from annotator.core.sources import Source
from annotator.core.text.article import Article, read_article
from annotator.formats.brat.lines import Note, Standoff, parse
from annotator.formats.brat.tagging import BratDocument, read_tagging
from annotator.formats.foreign_json import Foreign, Unexpected, decoded
from annotator.formats.format import Find, Imported, Left
from annotator.formats.fragments import Ranges
from annotator.formats.input import placed, read_limited, read_text, text_beside, wrong_format
from annotator.formats.regions.sidecar import read_head
from annotator.formats.units import Count, best_count

TITLE = "brat standoff"


def read(path: Path, find: Find) -> Iterator[Imported | Left]:
    """The tagging in an ``.ann`` file, on the text beside it (see `text_beside`).

    Raises `FormatError` for another format and `StorageError` where there is no text.
    """
    written = read_text(path, TITLE, may_be_empty=True)
    found = parse(written)
    if found.broken and not (found.texts or found.events or found.notes):
        raise wrong_format(path, written.encode(), TITLE)
    text_path = text_beside(path)
    if text_path is None:
        what = f"the text that it is about ({path.stem}.txt) is not beside it"
        raise FormatError(str(path), 1, what)
    yield _imported(path, text_path, found)


def _imported(path: Path, text_path: Path, found: Standoff) -> Imported:
    data = read_limited(text_path)
    article = read_article(data, str(text_path))
    left = [Left(str(path), line, what, why) for line, what, why in found.broken]
    count = best_count(data.decode(), article, _samples(found))
    scene = BratDocument(
        str(path), article, found, _placed(str(path), article, found, count, left), left
    )
    head, sources, name = _document(scene, path, text_path)
    annotations, more = read_tagging(scene, sources)
    document = replace(head, annotations=tuple(sorted(annotations, key=text_order)))
    return Imported(name, article, document, more, tuple(sorted(left, key=_by_line)))


def _by_line(left: Left) -> tuple[int, str]:
    return left.line or 0, left.what


def _samples(found: Standoff) -> Iterable[tuple[int, int, str]]:
    single = (one for one in found.texts.values() if len(one.ranges) == 1 and one.words)
    return ((*one.ranges[0], one.words or "") for one in single)


def _placed(
    file: str, article: Article, found: Standoff, count: Count, left: list[Left]
) -> dict[str, Ranges]:
    """Where the words of each text bound stand in the article; those that do not are left."""
    places: dict[str, Ranges] = {}
    for one in found.texts.values():
        ranges = tuple((count(start), count(end)) for start, end in one.ranges)
        if _is_there(article.text, ranges, one.words):
            places[one.id] = tuple(sorted(ranges))
        elif one.words and (moved := placed(article, -1, -1, one.words)):
            places[one.id] = ((moved.start, moved.end),)
        else:
            why = "its words do not stand there, nor once and only once elsewhere"
            left.append(Left(file, one.line, f"{one.id} {one.type} {one.words or ''}".strip(), why))
    return places


def _is_there(text: str, ranges: Ranges, words: str | None) -> bool:
    if not all(0 <= start < end <= len(text) for start, end in ranges) or _overlap(ranges):
        return False
    if words is None:
        return True
    there, told = _plain(" ".join(text[start:end] for start, end in ranges)), _plain(words)
    # Some wrote discontinuous words without a blank, and words over line ends only up to these.
    cut = text[ranges[0][0] : ranges[-1][1]].partition("\n")[0]
    return told in (there, _plain("".join(text[start:end] for start, end in ranges)), _plain(cut))


def _overlap(ranges: Ranges) -> bool:
    return any(two[0] < one[1] for one, two in pairwise(sorted(ranges)))


def _plain(words: str) -> str:
    return " ".join(words.split())


def _document(
    scene: BratDocument, path: Path, text_path: Path
) -> tuple[Document, tuple[Source, ...], str]:
    """What our own files say of the whole, and the sources; else what the file names tell."""
    article = scene.article
    for note in scene.found.notes:
        if note.type == "Document" and (told := _told(scene, note)):
            scene.used.add(note.id)
            return *told, Path(told[0].article.file).stem
    ref = ArticleRef(file="", sha256=article.sha256, length=len(article.text))
    who = path.stem.removeprefix(text_path.stem).strip("._-")
    return Document(article=ref, annotator=who), (), text_path.stem


def _told(scene: BratDocument, note: Note) -> tuple[Document, tuple[Source, ...]] | None:
    try:
        plain = Foreign(decoded(note.text))
        return read_head(plain.get("head").text(), plain.get("sources").text(), scene.file)
    except (Unexpected, ValueError):
        scene.leave(note.line, f"{note.id} Document", "it cannot be read")
        return None
