"""Small taggings of several annotators for the tests of the review."""

from __future__ import annotations

from hypothesis import strategies as st

from annotator.core.model import Annotation, Document, Kind
from annotator.core.sources import Registry
from annotator.core.text.article import Article, read_article
from annotator.storage.files.annotation_file import parse_document
from annotator.storage.files.source_file import parse_registry
from annotator.storage.shipped.resources import seeds_path

TEXT = "Secondo la KCNA, “il trattato” è in vigore; che Seul lo neghi è l'opinione di Kim. " * 2
ARTICLE = Article(TEXT)
SOURCES = ("kcna", "yonhap", None)


def seed_article() -> Article:
    """The seed article."""
    return read_article((seeds_path() / "corea-del-nord.txt").read_bytes(), "seed")


def seed_document(annotator: str) -> Document:
    """The sample tagging of anna or boris."""
    path = seeds_path() / "annotations" / f"corea-del-nord.{annotator}.yaml"
    return parse_document(path.read_bytes(), str(path))


def seed_registry() -> Registry:
    """The sources of the seed article."""
    return parse_registry((seeds_path() / "sources.yaml").read_bytes(), "sources.yaml")


def make(name: str, *ranges: tuple[int, int], **more: object) -> Annotation:
    """An annotation of `ARTICLE` whose id begins with the letter of its kind."""
    kind = {"c": Kind.CLAIM, "q": Kind.QUOTE, "a": Kind.ATTRIBUTION}[name[0]]
    spans = tuple(ARTICLE.span(*one) for one in ranges)
    return Annotation(id=name, kind=kind, spans=spans, **more)  # type: ignore[arg-type]


@st.composite
def tagged(draw: st.DrawFn, most: int = 5, length: int = 40) -> tuple[Annotation, ...]:
    """One annotator's annotations of `ARTICLE`, of all kinds, many of them overlapping."""
    made = []
    for nth in range(draw(st.integers(0, most))):
        edges = sorted(draw(st.sets(st.integers(0, length), min_size=2, max_size=4)))
        ranges = list(zip(edges[::2], edges[1::2], strict=False))
        letter = draw(st.sampled_from("cqa"))
        more = {"source": draw(st.sampled_from(SOURCES))} if letter == "a" else {}
        made.append(make(f"{letter}-{nth}", *ranges, **more))
    return tuple(made)


def taggings(
    most: int = 5, annotators: int = 4
) -> st.SearchStrategy[dict[str, tuple[Annotation, ...]]]:
    """Taggings of one to so many annotators."""
    names = st.sampled_from(["anna", "boris", "carla", "dao", "emil"][:annotators])
    return st.dictionaries(names, tagged(most), min_size=1, max_size=annotators)
