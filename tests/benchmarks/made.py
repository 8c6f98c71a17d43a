"""Made articles of any length with any number of tags, the same ones each time."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from annotator.core.model import Annotation, ArticleRef, Document, Kind, text_order
from annotator.core.text.article import Article
from annotator.storage.files.annotation_file import document_bytes
from annotator.storage.shipped.resources import seeds_path

SYLLABLES = ("ka", "re", "no", "ti", "lo", "ma", "si", "du", "vel", "ran", "pol", "est", "ing")
SOURCES = ("kcna", "yonhap", "rbc", "south-korean-intelligence", "north-korea")
PARAGRAPH = 120
"""Words."""


class Size(NamedTuple):
    """An article to measure with: how long (code points), and how many tags it carries."""

    name: str
    length: int
    tags: int


SEED = Size("seed article", 2171, 23)
MEDIUM = Size("50 KB, 300 tags", 50_000, 300)
LARGE = Size("1 MB, 10,000 tags", 1_000_000, 10_000)
SIZES = (SEED, MEDIUM, LARGE)


def lay_out(size: Size, folder: Path) -> Path:
    """Write the article and its tagging into ``folder``; returns the annotation file."""
    if size is SEED:
        shutil.copytree(seeds_path(), folder)
        return folder / "annotations" / "corea-del-nord.anna.yaml"
    (folder / "annotations").mkdir(parents=True)
    shutil.copy(seeds_path() / "sources.yaml", folder)
    chance = random.Random(1)
    article = Article(made_text(chance, size.length))
    (folder / "made.txt").write_text(article.text, "utf-8", newline="\n")
    file = folder / "annotations" / "made.anna.yaml"
    file.write_bytes(document_bytes(made_document(chance, article, size.tags)))
    return file


def made_text(chance: random.Random, length: int) -> str:
    """Paragraphs of random words, ``length`` characters of ASCII in all."""
    parts: list[str] = []
    room = length
    while room > 0:
        words = [_word(chance) for _ in range(PARAGRAPH)]
        parts.append(" ".join(words).capitalize() + ".\n\n")
        room -= len(parts[-1])
    return "".join(parts)[: length - 1].rstrip() + "\n"


def _word(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=chance.randint(1, 4)))


def made_document(chance: random.Random, article: Article, tags: int) -> Document:
    """A tagging with overlaps, all three kinds, and links from attributions to their like."""
    spans = (_place(chance, len(article.text)) for _ in range(tags))
    kinds = [Kind.CLAIM, Kind.QUOTE, Kind.ATTRIBUTION]
    plain = [
        Annotation(id=f"{kind[0]}-{n:06d}", kind=kind, spans=(article.span(*place),))
        for n, (place, kind) in enumerate(zip(spans, chance.choices(kinds, k=tags), strict=True))
    ]
    linked = _linked(chance, sorted(plain, key=text_order))
    reference = ArticleRef(file="../made.txt", sha256=article.sha256, length=len(article.text))
    return Document(article=reference, annotator="anna", annotations=tuple(linked))


def _place(chance: random.Random, length: int) -> tuple[int, int]:
    start = chance.randrange(length - 200)
    return start, start + chance.randint(10, 200)


def _linked(chance: random.Random, plain: list[Annotation]) -> Iterator[Annotation]:
    """Each attribution with a source and the claims and quotes near it, some with a via."""
    for first in range(0, len(plain), 8):
        near = plain[first : first + 8]
        content = tuple(one.id for one in near if one.kind is not Kind.ATTRIBUTION)
        before: str | None = None
        for one in near:
            if one.kind is Kind.ATTRIBUTION:
                source = chance.choice(SOURCES)
                yield replace(one, source=source, content=content, via=before)
                content, before = (), one.id
            else:
                yield one
