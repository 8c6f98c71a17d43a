"""Hypothesis strategies for tagged articles of all scripts, and ways through files for them."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from annotator.core.model import (
    Annotation,
    Certainty,
    Document,
    Extra,
    Kind,
    Span,
    Stance,
    Unattributed,
    text_order,
)
from annotator.core.sources import Registry, Source
from annotator.core.text.article import Article
from annotator.formats.format import Format, Imported, Left, Tagged
from annotator.storage.disk.contents import Data
from tests.storage import documents as heads

HARD = (
    "ab .,\"'«»“”\n\n\t\v\f\x1c\x85\xa0\u202f\u2028\u2029\u200d\u200f\u0301é漢조שא🥳👩🏽😀<&>;:#\\"
)
"""Emoji, combining marks, right to left, CJK, all line ends but CR, no-break spaces, markup."""

REGISTRY = Registry(
    (
        Source(id="kcna", name="Korean Central News Agency", short="KCNA", aliases=("조선",)),
        Source(id="rbc-2", name='RBC\t"2"', named=False, extra=(("x-own", [1, {"a": True}]),)),
    )
)

texts = st.text(HARD, min_size=1, max_size=60).filter(lambda text: bool(text.strip()))


@st.composite
def ranges(draw: st.DrawFn, length: int) -> list[tuple[int, int]]:
    """One to three ranges of a text, in order, which may touch."""
    places = st.integers(0, length)
    cuts = sorted(draw(st.lists(places, min_size=2, max_size=6)))
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    return [one for one in pairs if one[0] < one[1]] or [(0, length)]


@st.composite
def spans(draw: st.DrawFn, article: Article, outer: bool, extra: st.SearchStrategy[Extra]) -> Any:
    cut = article.span if outer else article.inner_span
    found = draw(ranges(len(article.text)))
    return tuple(cut(*one)._replace(extra=draw(extra)) for one in found)


@st.composite
def tags(
    draw: st.DrawFn, article: Article, ids: list[str], extra: st.SearchStrategy[Extra]
) -> Annotation:
    """An annotation of the article; links may lead to another one, to itself or nowhere."""
    one = ids[0]
    kind = next(kind for kind in Kind if kind[0] == one[0])
    own: dict[str, Any] = {"unattributed": draw(st.none() | st.sampled_from(Unattributed))}
    inner: st.SearchStrategy[tuple[Span, ...]] = st.just(()) | spans(article, False, extra)
    if kind is Kind.ATTRIBUTION:
        own = {
            "source": draw(st.none() | st.sampled_from(["kcna", "rbc-2", "not-known"])),
            "mention": draw(inner),
            "cue": draw(inner),
            "content": tuple(draw(st.lists(st.sampled_from(ids), max_size=3, unique=True))),
            "via": draw(st.none() | st.sampled_from(ids)),
            "stance": draw(st.none() | st.sampled_from(Stance)),
        }
    return Annotation(
        id=one,
        kind=kind,
        spans=draw(spans(article, True, extra)),
        certainty=draw(st.none() | st.sampled_from(Certainty)),
        note=draw(st.none() | st.text(HARD, max_size=12)),
        extra=draw(extra),
        **own,
    )


@st.composite
def tagged(draw: st.DrawFn, extra: st.SearchStrategy[Extra] = heads.extras) -> Tagged:
    """A tagged article; without ``x-`` keys where ``extra`` is ``st.just(())``."""
    article = Article(draw(texts))
    ids = draw(st.lists(heads.ids, max_size=4, unique=True))
    found = []
    for nth, one in enumerate(ids):
        others = [one, *ids[:nth], *ids[nth + 1 :], "c-zzzzzz"]
        found.append(draw(tags(article, others, extra)))
    head: Document = draw(heads.documents(extra))
    ref = replace(head.article, sha256=article.sha256, length=len(article.text))
    document = replace(head, article=ref, annotations=tuple(sorted(found, key=text_order)))
    return Tagged(article, document, REGISTRY, "tagged")


def there_and_back(form: Format, tagged: Tagged) -> list[Imported | Left]:
    """What is read from the files that a format makes of a tagged article."""
    assert form.write
    assert form.read
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)

        def put(name: str, data: Data) -> None:
            (folder / name).write_bytes(data if isinstance(data, bytes) else b"".join(data))

        assert list(form.write([tagged], put)) == []
        files = [path for path in folder.iterdir() if path.name.endswith(form.suffixes)]
        return [one for path in files for one in form.read(path, lambda _: None)]


def assert_lossless(form: Format, tagged: Tagged) -> None:
    """What comes back is what went out, and the sources that it names."""
    (back,) = there_and_back(form, tagged)
    assert isinstance(back, Imported)
    assert back.left == ()
    assert back.article == tagged.article
    assert back.document == tagged.document
    named = {one.source for one in tagged.document.annotations}
    assert back.sources == tuple(one for one in REGISTRY.sources if one.id in named)
