"""How a review stands: what colleagues tagged, what was decided on it, and what is left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from annotator.core.header import decision_on
from annotator.core.model import Decision, Document, Verdict, address, addressed
from annotator.core.sources import Registry
from annotator.core.tagging import Tagging
from annotator.core.text.article import Article
from annotator.review.compare.boundaries import Words
from annotator.review.compare.differences import Compared, compare
from annotator.review.compare.matching import Item, Version, match
from annotator.review.compare.sameness import agrees
from annotator.review.decide.versions import version_of
from annotator.storage.colleagues import Colleagues


class State(StrEnum):
    """How far an item is, in the words of the work list."""

    OPEN = "open"
    DECIDED = "decided"
    QUESTION = "question"
    CHANGED = "changed since"


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
    def words(self) -> Words:
        """The article's words, with the rules of its language."""
        return Words.of(self.article, self.language)

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


def state_of(review: Review, item: Item) -> State:
    """How far an item is.

    It has changed since where a colleague changed or added a version after it was decided
    (see `changed_versions`), or where versions were decided on apart that are one item by now.
    """
    decisions = review.decisions(item)
    if not decisions:
        return State.OPEN
    if any(decision.verdict is Verdict.QUESTION for decision in decisions):
        return State.QUESTION
    apart = len(decisions) < len(item.versions) or len({one.as_id for one in decisions}) > 1
    return State.CHANGED if apart or any(changed_versions(review, item)) else State.DECIDED


def changed_versions(review: Review, item: Item) -> Iterator[Version]:
    """The versions of an item that a colleague changed or added since it was decided.

    An accepted one that still is what was agreed on, as when a source got another id in all
    files, is not among them.
    """
    for version in item.versions:
        decision = review.decision(version.address)
        known = decision.version if decision else ""
        differs = known is not None and known != review.reviewed.digest(version)
        if differs and not (decision and _is_still_accepted(review, decision, version)):
            yield version


def _is_still_accepted(review: Review, decision: Decision, version: Version) -> bool:
    agreed = review.tagging.get(decision.as_id)
    is_accepted = decision.verdict is Verdict.ACCEPTED
    return is_accepted and agreed is not None and agrees(agreed, version, review)


def progress(review: Review) -> Counter[State]:
    """How many items are in each state."""
    return Counter(state_of(review, item) for item in review.reviewed.items)


def gone(review: Review) -> list[Decision]:
    """The decisions on what a colleague has deleted since.

    Those on a colleague whose file is not there, or cannot be read now, are not among them.
    """
    return [
        decision
        for decision in review.header.decisions
        if addressed(decision.of)[0] in review.reviewed.taggings
        and decision.of not in review.reviewed.number_of
    ]


def next_open(review: Review, items: Iterable[Item]) -> Item | None:
    """The first of ``items`` that is not decided, or was changed since."""
    return next((one for one in items if state_of(review, one) is not State.DECIDED), None)
