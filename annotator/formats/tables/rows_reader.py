"""Reading rows back: those of one article and annotator belong together, and follow each other.

Rows hold no text of the article: it must be in the folder, where it is found by its hash.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from annotator.core.errors import FormatError
from annotator.core.sources import Source
from annotator.core.text.article import Article
from annotator.formats.format import Find, Imported, Left
from annotator.formats.input import placed
from annotator.formats.plain_values import Plain, as_far_as_sound

NEEDED = ("sha256", "id", "kind", "spans", "words")
"""What no row can be read without."""

Cells = dict[str, Any]
Numbered = tuple[int, Cells]
"""A row with the number of its line."""

_RANGES = re.compile(r"(\d{1,9}-\d{1,9})( \d{1,9}-\d{1,9})*", re.ASCII)
_SAME = ("kind", "via", "unattributed", "stance", "certainty", "note", "source")


def read_rows(path: Path, rows: Iterable[Numbered], find: Find) -> Iterator[Imported | Left]:
    """The tagging in rows, whose values may be text or, in JSON, lists."""
    for _, group in groupby(rows, key=_whose):
        yield from _imported(str(path), list(group), find)


def _whose(row: Numbered) -> tuple[object, object]:
    return row[1].get("sha256"), row[1].get("annotator")


def _imported(file: str, rows: list[Numbered], find: Find) -> Iterator[Imported | Left]:
    line, first = rows[0]
    article = find(str(first.get("sha256", "")))
    if article is None:
        why = "its article is not in the folder; add it there, then import again"
        yield Left(file, line, f"{len(rows)} of {first.get('article', 'an article')}", why)
        return
    left: list[Left] = []
    tags = list(_annotations(file, rows, article, left))
    _unlink_missing(file, rows, tags, left)
    try:
        document, more = as_far_as_sound(_head(first, article), tags, file)
    except FormatError as error:
        yield Left(file, line, f"the rows of {first.get('article')}", error.what)
        return
    name = Path(str(first.get("article", ""))).stem or "article"
    yield Imported(name, article, document, tuple(_sources(rows)), (*left, *more))


def _head(first: Cells, article: Article) -> Plain:
    ref = {
        "file": f"../{first.get('article') or 'article.txt'}",
        "sha256": article.sha256,
        "length": len(article.text),
        "language": first.get("language"),
    }
    head = {"annotator": first.get("annotator"), "status": first.get("status")}
    return {"article": _told(ref), **_told(head)}


def _told(cells: Cells) -> Cells:
    return {key: value for key, value in cells.items() if value not in (None, "", [])}


def _annotations(
    file: str, rows: list[Numbered], article: Article, left: list[Left]
) -> Iterator[Plain]:
    taken = set[object]()
    for line, row in rows:
        if odd := _odd_places(row):
            left.append(Left(file, line, str(row.get("id")), odd))
            continue
        spans = _spans(row.get("spans"), article, outer=True)
        words = " … ".join(span["exact"] for span in spans)
        if words != row.get("words"):
            moved = placed(article, -1, -1, str(row.get("words") or ""))
            spans = [_span(article, moved.start, moved.end, outer=True)] if moved else []
        if not spans or row.get("id") in taken:
            why = "its words do not stand there" if not spans else "its id stands twice"
            left.append(Left(file, line, str(row.get("id")), why))
            continue
        taken.add(row.get("id"))
        content = row.get("content") or []
        inner = {key: _spans(row.get(key), article, outer=False) for key in ("mention", "cue")}
        links = {"content": content.split() if isinstance(content, str) else content}
        cells = {key: row.get(key) for key in _SAME}
        yield {"id": row.get("id"), "spans": spans} | _told(cells | inner | links)


def _odd_places(row: Cells) -> str:
    """The sentence why the row is left, where a cell of places holds something else."""
    for key in ("spans", "mention", "cue"):
        if _ranges(row.get(key)) is None:
            return f"{key} is {str(row[key])!r:.40}, expected whole numbers as in 168-232"
    return ""


def _ranges(told: object) -> list[tuple[int, int]] | None:
    """Starts and ends, none where nothing is told; None for anything but whole numbers."""
    if not told and told in (None, "", []):
        return []
    if isinstance(told, str):
        pairs = [one.split("-") for one in told.split(" ")] if _RANGES.fullmatch(told) else []
        return [(int(start), int(end)) for start, end in pairs] or None
    if isinstance(told, list) and all(map(_is_range, told)):
        return [(start, end) for start, end in told]
    return None


def _is_range(pair: object) -> bool:
    # True is an int as well.
    return isinstance(pair, list) and len(pair) == 2 and all(type(one) is int for one in pair)


def _unlink_missing(file: str, rows: list[Numbered], tags: list[Plain], left: list[Left]) -> None:
    """Take away the links to tags that are not there, and tell each with its line."""
    lines = {str(row.get("id")): line for line, row in reversed(rows)}
    there = {str(tag["id"]) for tag in tags}
    for tag in tags:
        linked = [*tag.get("content", ()), *filter(None, [tag.get("via")])]
        missing = [one for one in linked if str(one) not in there]
        for one in missing:
            why = f"{one} is not there"
            left.append(Left(file, lines[str(tag["id"])], f"a link of {tag['id']}", why))
        if missing and "content" in tag:
            tag["content"] = [one for one in tag["content"] if one not in missing]
        if "via" in tag and tag["via"] in missing:
            del tag["via"]


def _spans(told: object, article: Article, *, outer: bool) -> list[Plain]:
    """Spans as in ``168-232 278-294`` or ``[[168, 232], [278, 294]]``; none for anything else."""
    ranges = _ranges(told) or []
    length = len(article.text)
    sound = all(0 <= start < end <= length for start, end in ranges)
    return [_span(article, *one, outer=outer) for one in ranges] if sound else []


def _span(article: Article, start: int, end: int, *, outer: bool) -> Plain:
    cut = article.span if outer else article.inner_span
    return _kept(cut(start, end)._asdict())


def _kept(span: Cells) -> Plain:
    return {key: value for key, value in span.items() if value is not None and key != "extra"}


def _sources(rows: list[Numbered]) -> Iterator[Source]:
    named = {row["source"]: row.get("source_name") for _, row in rows if row.get("source")}
    for source_id, name in named.items():
        if name and name != source_id:
            yield Source(id=str(source_id), name=str(name))
