"""Comparing the taggings of many articles, each by itself, spread over all cores."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from annotator.core.errors import AnnotatorError, StorageError
from annotator.core.sources import Registry
from annotator.review.compare.agreement import Agreement, Overall, agree, overall
from annotator.review.compare.differences import Compared, Difference, compare
from annotator.review.compare.matching import match
from annotator.storage.bulk.by_article import Gathered
from annotator.storage.bulk.cores import spread
from annotator.storage.colleagues import Colleagues, read_taggings
from annotator.storage.shipped.sample_sources import RegistryOf, registries

_CHUNK = 16
_KEPT = 4
_SOURCE_IS_OPEN = {Difference.ONLY, Difference.KIND, Difference.SOURCE}
"""With any of these, not all have an attribution to the same source."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many items there are, how many with which difference, and how often by source.

    An item with several differences counts with each. Sources go by their short names.
    """

    items: int
    differences: Counter[Difference]
    sources: Counter[str]
    sources_agreed: Counter[str]

    @property
    def agreed(self) -> int:
        """The items that all annotators have, in all that counts alike."""
        return self.differences[Difference.AGREED]


@dataclass(frozen=True, slots=True)
class ArticleComparison:
    """What was found on one article, called by ``name``.

    ``sentences`` tell of files that are left out. Where fewer than two annotators are left,
    ``agreement`` is None and nothing is counted.
    """

    name: str
    agreement: Agreement | None
    counts: Counts
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was found on all articles that two or more have tagged, the worst one first.

    ``alone`` counts the articles that one annotator alone has tagged; they are not compared.
    ``sentences`` tell of files that are left out.
    """

    articles: tuple[ArticleComparison, ...]
    overall: Overall
    counts: Counts
    alone: int
    sentences: tuple[str, ...]


def compare_articles(
    gathered: Sequence[Gathered], progress: Callable[[int], object], sentences: Iterable[str] = ()
) -> Comparison:
    """Compare the taggings of each article; ``progress`` is told how many more are done.

    ``sentences`` are what is to be told of besides. Raises `StorageError` where no article
    has the taggings of two annotators.
    """
    found: list[ArticleComparison] = []
    for done in spread(_compare_chunk, _tasks(gathered), _CHUNK):
        found += done
        progress(len(done))
    told = (*sentences, *(sentence for one in found for sentence in one.sentences))
    compared = {one.name: one for one in found if one.agreement}
    if not compared:
        raise StorageError("\n".join((*told, _nothing_to_compare(gathered))))
    together = overall(one.agreement for one in found if one.agreement)
    return Comparison(
        articles=tuple(compared[one.article] for one in together.articles),
        overall=together,
        counts=add_up(one.counts for one in found),
        alone=sum(not one.agreement and not one.sentences for one in found),
        sentences=tuple(dict.fromkeys(told)),
    )


class _Task(NamedTuple):
    """An article that a process is to compare, and what it is called."""

    name: str
    gathered: Gathered


def _tasks(gathered: Sequence[Gathered]) -> list[_Task]:
    """The articles, each called by its path below the folder that holds them all."""
    paths = [one.article.absolute() for one in gathered]
    try:
        top = os.path.commonpath([path.parent for path in paths])
    except ValueError:  # none at all, or on several drives
        top = ""
    names = (os.path.relpath(path, top) if top else str(path) for path in paths)
    return [_Task(name, one) for name, one in zip(names, gathered, strict=True)]


def _nothing_to_compare(gathered: Sequence[Gathered]) -> str:
    said = [f"{one.files[0].name} is of {one.article.name}" for one in gathered[:3]]
    more = [f"and {len(gathered) - 3:,} more"] if gathered[3:] else []
    which = f" ({', '.join(said + more)})" if said else ""
    return (
        f"No article here has the taggings of two annotators{which}; "
        "name two annotation files of one article, or the folder of both."
    )


def _compare_chunk(tasks: Sequence[_Task]) -> list[ArticleComparison]:
    registry_of = registries(_KEPT)
    return [_compare_article(task, registry_of) for task in tasks]


def _compare_article(task: _Task, registry_of: RegistryOf) -> ArticleComparison:
    article, files = task.gathered
    if len(files) < 2:
        return ArticleComparison(task.name, None, add_up(()))
    try:
        colleagues = read_taggings(article, files)
    except AnnotatorError as error:
        return ArticleComparison(task.name, None, add_up(()), (str(error),))
    if len(colleagues.documents) < 2:
        return ArticleComparison(task.name, None, add_up(()), colleagues.sentences)
    try:
        registry = registry_of(article.parent, colleagues.documents.values())
    except AnnotatorError as error:
        told = f"{str(error).removesuffix('.')}; sources go by their ids here."
        colleagues = replace(colleagues, sentences=(*colleagues.sentences, told))
        registry = Registry()
    return _compare_colleagues(task.name, colleagues, registry)


def _compare_colleagues(name: str, colleagues: Colleagues, registry: Registry) -> ArticleComparison:
    article, taggings = colleagues.article, colleagues.taggings
    items = match(taggings)
    found = compare(items, taggings, article, colleagues.language, registry)
    agreement = agree(
        len(article.text),
        {who: document.annotations for who, document in colleagues.documents.items()},
        items,
        name,
    )
    return ArticleComparison(name, agreement, count(found, registry), colleagues.sentences)


def count(compared: Iterable[Compared], registry: Registry) -> Counts:
    """How many items there are, and what differs in them."""
    items, differences = 0, Counter[Difference]()
    sources, agreed = Counter[str](), Counter[str]()
    for one in compared:
        items += 1
        differences.update(_found(one))
        named = _sources(one, registry)
        sources.update(named)
        agreed.update(named if not _SOURCE_IS_OPEN & _found(one) else ())
    return Counts(items, differences, sources, agreed)


def add_up(counts: Iterable[Counts]) -> Counts:
    """All that was counted together."""
    items, differences = 0, Counter[Difference]()
    sources, agreed = Counter[str](), Counter[str]()
    for one in counts:
        items += one.items
        differences.update(one.differences)
        sources.update(one.sources)
        agreed.update(one.sources_agreed)
    return Counts(items, differences, sources, agreed)


def _found(compared: Compared) -> set[Difference]:
    return {finding.difference for finding in compared.findings}


def _sources(compared: Compared, registry: Registry) -> set[str]:
    """The short names of the sources that anybody gives an attribution."""
    annotations = (version.annotation for version in compared.item.versions)
    return {registry.label(one.source) for one in annotations if one.source}
