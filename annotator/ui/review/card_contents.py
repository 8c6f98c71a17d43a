"""What the card of an item shows: its versions beside the proposed one, and what was decided."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from annotator.core.model import Comment, Kind
from annotator.review.compare.differences import Difference
from annotator.review.compare.matching import Version
from annotator.review.decide.state import State
from annotator.review.decide.worklist import Entry
from annotator.ui.review.card import Contents, Shown
from annotator.ui.review.rows import REJECTED, SIGNS, badges_of
from annotator.ui.review.words import marked, told, told_marked

if TYPE_CHECKING:
    from annotator.ui.review.reviewer import Reviewing


def contents(reviewing: Reviewing, entry: Entry) -> Contents:
    """All that the card shows of an item."""
    return Contents(
        title=entry.proposed.annotation.kind.value,
        badges=badges_of(entry),
        versions=tuple(_shown(reviewing, entry, one) for one in entry.item.versions),
        remarks=_remarks(entry),
        outcome=_outcome(reviewing, entry),
        thread=_thread(reviewing, entry),
        state=entry.state,
        quiet=entry.decided or entry.compared.agreed,
    )


def _shown(reviewing: Reviewing, entry: Entry, version: Version) -> Shown:
    colleagues, proposed = reviewing.colleagues, entry.proposed
    assert colleagues is not None
    return Shown(
        annotator=version.annotator,
        digit=reviewing.names.index(version.annotator) + 1,
        plain=version.annotation.words,
        words=marked(colleagues.article.text, version.annotation, proposed.annotation),
        told=_told(reviewing, entry, version),
        proposed=version is proposed,
    )


def _told(reviewing: Reviewing, entry: Entry, version: Version) -> str:
    """What a version says beside its words, where that is worth a line."""
    all_parts = {one: _parts(reviewing, one) for one in entry.item.versions}
    differ = len(set(all_parts.values())) > 1
    if not differ and version.annotation.kind is not Kind.ATTRIBUTION:
        return ""
    kinds = {one.annotation.kind for one in entry.item.versions}
    first = 0 if len(kinds) > 1 else 1  # the kind stands above all versions, where it is one
    return told_marked(all_parts[version][first:], all_parts[entry.proposed][first:])


def _parts(reviewing: Reviewing, version: Version) -> tuple[str, ...]:
    assert reviewing.colleagues is not None
    tagging = reviewing.colleagues.taggings[version.annotator]
    return told(tagging, reviewing.registry, version.annotation)


def _remarks(entry: Entry) -> tuple[str, ...]:
    found = entry.compared.findings
    details = [
        f"Linked by {escape(one.detail)}" for one in found if one.difference is Difference.LINKS
    ]
    missing = " and ".join(map(escape, entry.compared.missing))
    verb = "have" if len(entry.compared.missing) > 1 else "has"
    return (*details, *((f"{missing} {verb} not tagged this.",) if missing else ()))


def _outcome(reviewing: Reviewing, entry: Entry) -> str:
    if entry.state is State.OPEN:
        return ""
    agreed = reviewing.agreed(entry)
    reason = f" – {escape(entry.reason)}" if entry.reason else ""
    if entry.state is State.QUESTION:
        return f"? In question{reason}"
    said = f"{SIGNS[State.DECIDED]} Agreed: “{escape(agreed.words)}”" if agreed else ""
    since = "Changed by a colleague since. " if entry.state is State.CHANGED else ""
    return f"{since}{said or f'{REJECTED} Rejected'}{reason}"


def _thread(reviewing: Reviewing, entry: Entry) -> tuple[Comment, ...]:
    return tuple(one for one in reviewing.comments if one.of in entry.addresses)
