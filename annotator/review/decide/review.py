"""A review: what colleagues tagged, matched into items, and what was decided on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from annotator.core.header import decision_on
from annotator.core.model import Decision, Document, address, addressed
from annotator.core.sources import Registry
from annotator.core.tagging import Tagging
from annotator.core.text.article import Article
from annotator.review.compare.boundaries import ArticleWords
from annotator.review.compare.differences import Compared, compare
from annotator.review.compare.matching import Item, Version, match
from annotator.review.decide.versions import version_of
from annotator.storage.colleagues import Colleagues


@dataclass(frozen=True)
class Reviewed:
    """What is reviewed: everybody's tagging of an article, matched into items.

    It costs to make one, and it holds until a colleague saves; a `Review` costs nothing.
    """

    article: Article
    taggings: Mapping[str, Tagging]
    items: tuple[Item, ...]
    language: str | None = None

    @staticmethod
    def of(colleagues: Colleagues) -> Reviewed:
        """What the colleagues' files hold."""
        taggings = colleagues.taggings
        return Reviewed(colleagues.article, taggings, match(taggings), colleagues.language)

    def compared(self, registry: Registry | None = None) -> tuple[Compared, ...]:
        """In what the versions of each item differ."""
        return compare(self.items, self.taggings, self.article, self.language, registry)

    @cached_property
    def words(self) -> ArticleWords:
        """The article's words, with the rules of its language."""
        return ArticleWords.of(self.article, self.language)

    @cached_property
    def number_of(self) -> dict[str, int]:
        """The place of each version's item among the items, by the version's address."""
        return {v.address: number for number, item in enumerate(self.items) for v in item.versions}

    def item(self, of: str) -> Item | None:
        """The item of the version at an address, if that is still there."""
        number = self.number_of.get(of)
        return None if number is None else self.items[number]

    def version(self, of: str) -> Version | None:
        """The version at an address, if it is still there."""
        item = self.item(of)
        return next((v for v in item.versions if v.address == of), None) if item else None

    def digest(self, version: Version) -> str:
        """As `version_of`, worked out once."""
        if version.address not in self._digests:
            self._digests[version.address] = version_of(version.annotation)
        return self._digests[version.address]

    @cached_property
    def _digests(self) -> dict[str, str]:
        return {}


@dataclass(frozen=True)
class Review:
    """A review as it stands: the agreed annotations, the head of its file, what it is of.

    Made anew from a session's ``tagging`` and ``header`` whenever it is needed.
    """

    tagging: Tagging
    header: Document
    reviewed: Reviewed

    def decision(self, of: str) -> Decision | None:
        """What was decided on the annotation at an address."""
        return decision_on(self.header.decisions, of)

    def decisions(self, item: Item) -> list[Decision]:
        """What was decided on the versions of an item, in their order."""
        return [found for v in item.versions if (found := self.decision(v.address))]

    def came_of(self, annotator: str, ids: Iterable[str]) -> set[str]:
        """Those of the agreed annotations ``ids`` that came of what an annotator tagged."""
        asked = frozenset(ids)
        found = (one for one in self.header.decisions if one.as_id in asked)
        return {one.as_id for one in found if one.as_id and addressed(one.of)[0] == annotator}

    def agreed_as(self, annotator: str, annotation_id: str) -> str | None:
        """The id of the agreed annotation that came of a colleague's, if one did."""
        decision = self.decision(address(annotator, annotation_id))
        return decision.as_id if decision else None

    def agreed(self, item: Item) -> str | None:
        """The id of the agreed annotation that came of an item, if one did and is there."""
        ids = (decision.as_id for decision in self.decisions(item))
        return next((i for i in ids if i and i in self.tagging), None)
