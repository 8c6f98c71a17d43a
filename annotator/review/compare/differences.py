"""In what the versions of an item differ, and in what they agree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import permutations

from annotator.core.chains.chain import chain
from annotator.core.chains.who_says import chains_of, said_by
from annotator.core.model import Certainty, Kind, Span, Stance
from annotator.core.sources import Registry
from annotator.core.tagging import Tagging
from annotator.core.text.article import Article
from annotator.core.text.quotation import QUOTES
from annotator.review.compare.boundaries import ArticleWords, apart
from annotator.review.compare.matching import Item, Version

_SHOWN = 40
"""Code points of a tag's words in a detail."""


class Difference(StrEnum):
    """In what the versions of an item differ, in the words of lists and reports."""

    AGREED = "agreed"
    ONLY = "only some"
    TRIVIAL_BOUNDARY = "trivial boundary"
    BOUNDARY = "boundary"
    KIND = "kind"
    SOURCE = "source"
    CHAIN = "chain"
    LINKS = "links"
    DETAILS = "details"


@dataclass(frozen=True, slots=True)
class Finding:
    """One difference, with what exactly: ``5 words``, ``quote / claim``, ``Yonhap / KCNA``.

    Values stand in the order of the versions, each once.
    """

    difference: Difference
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """An item with all that its versions differ in; `Difference.AGREED` stands alone.

    ``missing`` are the annotators without a version, in their order.
    """

    item: Item
    findings: tuple[Finding, ...]
    missing: tuple[str, ...] = ()

    @property
    def agreed(self) -> bool:
        """Whether all annotators have it, in all that counts alike."""
        return self.has(Difference.AGREED)

    def has(self, difference: Difference) -> bool:
        """Whether the versions differ so."""
        return any(finding.difference is difference for finding in self.findings)


def compare(
    items: Sequence[Item],
    taggings: Mapping[str, Tagging],
    article: Article,
    language: str | None = None,
    registry: Registry | None = None,
) -> tuple[Compared, ...]:
    """What differs in each of ``items``, which are those of ``taggings`` (see `matching.match`).

    Notes never count, nor do a mention or a cue that only some give. Who says a claim or quote
    is what counts, not whether it is linked itself or lies in one that is. A link to what a
    colleague has not tagged at all is no difference of links: that it is missing is told there.
    ``language`` is the article's, where its file states it; ``registry`` gives sources names.
    """
    ground = _Ground(
        items,
        taggings,
        ArticleWords.of(article, language),
        registry or Registry(),
        {(v.annotator, v.annotation.id): n for n, item in enumerate(items) for v in item.versions},
    )
    return tuple(_compared(item, ground) for item in items)


@dataclass(frozen=True, slots=True)
class _Ground:
    """What all items are compared on; ``item_of`` numbers items by annotator and id."""

    items: Sequence[Item]
    taggings: Mapping[str, Tagging]
    words: ArticleWords
    registry: Registry
    item_of: Mapping[tuple[str, str], int]


def _compared(item: Item, ground: _Ground) -> Compared:
    having = [version.annotator for version in item.versions]
    missing = tuple(name for name in ground.taggings if name not in having)
    only = [Finding(Difference.ONLY, ", ".join(having))] if missing else []
    differ = list(_differences(item.versions, ground)) if len(having) > 1 else []
    return Compared(item, tuple(only + differ) or (Finding(Difference.AGREED),), missing)


def _differences(versions: Sequence[Version], ground: _Ground) -> Iterator[Finding]:
    boundary = apart([version.annotation.spans for version in versions], ground.words)
    if boundary:
        trivial = boundary.trivial
        kind = Difference.TRIVIAL_BOUNDARY if trivial else Difference.BOUNDARY
        yield Finding(kind, boundary.detail)
    yield from _told(Difference.KIND, [version.annotation.kind for version in versions])
    attributions = [one for one in versions if _is_attribution(one)]
    sources = [ground.registry.label(version.annotation.source) for version in attributions]
    yield from _told(Difference.SOURCE, sources)
    if len(set(sources)) == 1:
        yield from _told(Difference.CHAIN, [_chain(one, ground) for one in attributions])
    yield from _links(attributions, ground)
    yield from _links([one for one in versions if not _is_attribution(one)], ground)
    yield from _details(versions, ground)


def _is_attribution(version: Version) -> bool:
    return version.annotation.kind is Kind.ATTRIBUTION


def _told(difference: Difference, values: Iterable[str]) -> Iterator[Finding]:
    """The finding that values differ, if they do."""
    each = dict.fromkeys(values)
    if len(each) > 1:
        yield Finding(difference, " / ".join(each))


def _chain(version: Version, ground: _Ground) -> str:
    """The sources from origin to the last relay, as in ``North Korea via KCNA via Yonhap``."""
    links = chain(ground.taggings[version.annotator], version.annotation)
    return " via ".join(ground.registry.label(link.source) for link in links)


# --- links


def _links(versions: Sequence[Version], ground: _Ground) -> Iterator[Finding]:
    linked = {version: _linked(version, ground) for version in versions}
    denied = {
        (one, item)
        for one, other in permutations(linked, 2)
        for item in linked[one] - linked[other]
        if _denies(other.annotator, linked[one], linked[other], ground.items[item])
    }
    details = (
        f"{version.annotator}: {_label(version, item, ground)}"
        for version in versions
        for item in sorted(linked[version])
        if (version, item) in denied
    )
    if denied:
        yield Finding(Difference.LINKS, "; ".join(details))


def _denies(other: str, ours: frozenset[int], theirs: frozenset[int], item: Item) -> bool:
    """Whether somebody without a link means by it that there is none.

    So it is where both tagged what it leads to, and where all links lead elsewhere.
    """
    return item.of(other) is not None or bool(theirs and ours.isdisjoint(theirs))


def _linked(version: Version, ground: _Ground) -> frozenset[int]:
    """The items that a version is linked with: who says it, or what it says."""
    annotation, tagging = version.annotation, ground.taggings[version.annotator]
    if annotation.kind is Kind.ATTRIBUTION:
        ids = annotation.content
    else:
        ids = tuple(one[0].id for one in chains_of(tagging, annotation))
    found = (ground.item_of.get((version.annotator, one)) for one in ids)
    return frozenset(number for number in found if number is not None)


def _label(version: Version, number: int, ground: _Ground) -> str:
    """What a version is linked with, in a few words."""
    target = ground.items[number].of(version.annotator)
    assert target is not None
    if target.kind is Kind.ATTRIBUTION:
        return _chain(Version(version.annotator, target), ground)
    words = " ".join(target.words.split())
    shown = words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1]}…"
    return shown if words[0] in QUOTES else f"“{shown}”"


# --- details


def _details(versions: Sequence[Version], ground: _Ground) -> Iterator[Finding]:
    attributions = [one.annotation for one in versions if _is_attribution(one)]
    details = [
        *_values("stance", [one.stance or Stance.REPORTS for one in attributions]),
        *_values("certainty", [v.annotation.certainty or Certainty.SURE for v in versions]),
        *_voices([one for one in versions if not _is_attribution(one)], ground),
        *_parts("mention", [one.mention for one in attributions], ground.words),
        *_parts("cue", [one.cue for one in attributions], ground.words),
    ]
    if details:
        yield Finding(Difference.DETAILS, "; ".join(details))


def _values(name: str, values: Iterable[str]) -> Iterator[str]:
    each = dict.fromkeys(values)
    if len(each) > 1:
        yield f"{name}: {' / '.join(each)}"


def _voices(versions: Sequence[Version], ground: _Ground) -> Iterator[str]:
    """Where some decided that there is no source: who speaks, in the eyes of each."""
    if len({version.annotation.unattributed for version in versions}) > 1:
        said = (said_by(ground.taggings[v.annotator], v.annotation) for v in versions)
        yield from _values("said by", [next(iter(one)).voice for one in said])


def _parts(name: str, extents: Iterable[Sequence[Span]], words: ArticleWords) -> Iterator[str]:
    """How far a mention or cue is apart among those who give one."""
    given = [extent for extent in extents if extent]
    difference = apart(given, words) if given else None
    if difference and not difference.trivial:
        yield f"{name}: {difference.detail}"
