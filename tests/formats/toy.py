"""A format of the tests' own: a line names the words that are claimed, after the article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from annotator.core.model import Annotation, ArticleRef, Document, Kind
from annotator.core.sources import Source
from annotator.core.text.article import read_article
from annotator.formats.format import Find, Format, Imported, Left, Put, Result, Tagged
from annotator.formats.input import placed, read_text


def write(files: Iterable[Tagged], put: Put) -> Iterable[Left]:
    for tagged in files:
        claims = "".join(f"{a.words}\n" for a in tagged.document.annotations)
        put(f"{tagged.name}.toy", f"{tagged.article.text}\0{claims}".encode())
        for annotation in tagged.document.annotations:
            if annotation.note:
                yield Left(tagged.name, None, "note", "toys have none")


def read(path: Path, find: Find) -> Iterator[Imported | Left]:
    text, _, claims = read_text(path, "toy").partition("\0")
    article = read_article(text.encode(), str(path))
    left, found = list[Left](), list[Annotation]()
    for line, words in enumerate(claims.splitlines(), 1):
        span = placed(article, -1, -1, words)
        if span is None:
            left.append(Left(str(path), line, "claim", "its words are not there"))
        else:
            found.append(Annotation(id=f"c-{line:06}", kind=Kind.CLAIM, spans=(span,)))
    ref = ArticleRef(file="", sha256=article.sha256, length=len(article.text))
    document = Document(article=ref, annotator="", annotations=tuple(found))
    sources = (Source(id="toy-maker", name="The toy maker"),)
    yield Imported(path.stem, article, document, sources, tuple(left))


TOY = Format(
    name="toy",
    title="Toy",
    suffixes=(".toy",),
    result=Result.FILE_EACH,
    write=write,
    read=read,
)
