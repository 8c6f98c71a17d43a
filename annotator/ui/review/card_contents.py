"""What the card of an item shows: its versions, what differs in them, and what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from annotator.core.chains.who_says import DECISIONS, chain_words
from annotator.core.display_text import escaped, shown_name
from annotator.core.model import Annotation, Kind
from annotator.core.sources import Registry
from annotator.core.tagging import Tagging
from annotator.review.compare.differences import Difference
from annotator.review.compare.matching import Version
from annotator.review.compare.passages import Stretch, StretchPart, shortened, stretches
from annotator.review.decide.state import ItemState
from annotator.review.decide.worklist import Entry
from annotator.ui.desk import Desk
from annotator.ui.review.card import CardContents, ShownVersion
from annotator.ui.review.rows import REJECTED, SIGNS, badges_of

LONGEST, ENDS = 88, 40
"""Code points of words that two versions share, and of each end of longer ones."""


def contents(desk: Desk, entry: Entry) -> CardContents:
    """All that the card shows of an item of the open review."""
    comments = desk.review.header.comments
    return CardContents(
        title=entry.proposed.annotation.kind.value,
        badges=badges_of(entry),
        versions=tuple(_version(desk, entry, one) for one in entry.item.versions),
        remarks=_remarks(entry),
        outcome=_outcome(entry, desk.tagging.get(entry.agreed)),
        thread=tuple(one for one in comments if one.of in entry.addresses),
        state=entry.state,
        quiet=entry.decided or entry.compared.agreed,
    )


def _version(desk: Desk, entry: Entry, version: Version) -> ShownVersion:
    colleagues, proposed = desk.need_colleagues(), entry.proposed
    return ShownVersion(
        annotator=version.annotator,
        digit=list(colleagues.documents).index(version.annotator) + 1,
        plain=version.annotation.words,
        words=marked(colleagues.article.text, version.annotation, proposed.annotation),
        details=_details(desk, entry, version),
        proposed=version is proposed,
    )


def _remarks(entry: Entry) -> tuple[str, ...]:
    found = entry.compared.findings
    links = [
        f"Linked by {escape(escaped(one.detail))}"
        for one in found
        if one.difference is Difference.LINKS
    ]
    missing = " and ".join(escape(shown_name(one)) for one in entry.compared.missing)
    verb = "have" if len(entry.compared.missing) > 1 else "has"
    return (*links, *((f"{missing} {verb} not tagged this.",) if missing else ()))


def _outcome(entry: Entry, agreed: Annotation | None) -> str:
    if entry.state is ItemState.OPEN:
        return ""
    reason = f" – {escape(entry.reason)}" if entry.reason else ""
    if entry.state is ItemState.QUESTION:
        return f"? In question{reason}"
    said = f"{SIGNS[ItemState.DECIDED]} Agreed: “{escape(agreed.words)}”" if agreed else ""
    since = "Changed by a colleague since. " if entry.state is ItemState.CHANGED else ""
    return f"{since}{said or f'{REJECTED} Rejected'}{reason}"


# A version's words


def marked(text: str, version: Annotation, other: Annotation) -> str:
    """A version's words as rich text: what only it has is underlined, what it lacks struck out.

    "…" stands for what neither has.
    """
    return "".join(map(_marked, stretches(text, version, other))).replace("\n", " ")


def _marked(stretch: Stretch) -> str:
    words, part = stretch
    if part is StretchPart.CONTEXT:
        return " … "
    if part is StretchPart.TAGGED:
        return escape(shortened(words, LONGEST, ENDS))
    shown = escape(words)
    return f"<b><u>{shown}</u></b>" if part is StretchPart.ALONE else f"<s>{shown}</s>"


# What it says beside its words


def _details(desk: Desk, entry: Entry, version: Version) -> str:
    """What a version says beside its words, where that is worth a line."""
    taggings = desk.need_colleagues().taggings
    all_details = {
        one: details(taggings[one.annotator], desk.registry, one.annotation)
        for one in entry.item.versions
    }
    differ = len(set(all_details.values())) > 1
    if not differ and version.annotation.kind is not Kind.ATTRIBUTION:
        return ""
    kinds = {one.annotation.kind for one in entry.item.versions}
    first = 0 if len(kinds) > 1 else 1  # the kind stands above all versions, where it is one
    return marked_details(all_details[version][first:], all_details[entry.proposed][first:])


def details(tagging: Tagging, registry: Registry, annotation: Annotation) -> tuple[str, ...]:
    """What a version says beside its words: kind, who says it, stance, certainty; "" for nothing.

    Always as many details in the same order, so that versions can be compared one by one.
    """
    return (
        annotation.kind.value,
        _said_by(tagging, registry, annotation),
        annotation.stance.value if annotation.stance else "",
        annotation.certainty.value if annotation.certainty else "",
    )


def _said_by(tagging: Tagging, registry: Registry, annotation: Annotation) -> str:
    if annotation.kind is Kind.ATTRIBUTION:
        return chain_words(tagging, registry, annotation)
    if annotation.unattributed:
        return DECISIONS[annotation.unattributed]
    by = tagging.attributions_of(annotation.id)
    return ", ".join(chain_words(tagging, registry, one) for one in by)


def marked_details(ours: Sequence[str], others: Sequence[str]) -> str:
    """Details as rich text; what another version says otherwise is underlined."""
    pairs = zip(ours, others, strict=True)
    return " · ".join(_detail(one, other) for one, other in pairs if one or other)


def _detail(one: str, other: str) -> str:
    if one == other:
        return escape(one)
    return f"<b><u>{escape(one)}</u></b>" if one else f"<s>{escape(other)}</s>"
