"""The verbs that link two annotations, whatever they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from annotator.core.change import Change, added
from annotator.core.edits import set_content, set_via, tag
from annotator.core.errors import EditRefused
from annotator.core.model import Annotation, Kind
from annotator.core.tagging import Tagging
from annotator.core.text.article import Article


def toggle_link(tagging: Tagging, one: Annotation, other: Annotation) -> Change:
    """Link two annotations, or unlink them if they are linked so.

    An attribution and a claim or quote, in either order: content. Two attributions: ``one``
    comes via ``other`` (or no longer), instead of via whatever it came before. Raises
    `EditRefused` for a circle, and for two claims or quotes, which have no link.
    """
    if one.id == other.id:
        raise EditRefused("A tag is not linked with itself; choose another one.")
    if one.kind is other.kind is Kind.ATTRIBUTION:
        return _toggle_via(tagging, one, other)
    if Kind.ATTRIBUTION not in (one.kind, other.kind):
        raise EditRefused("Claims and quotes have no link of their own; an attribution links them.")
    holder, held = (one, other) if one.kind is Kind.ATTRIBUTION else (other, one)
    kept = tuple(i for i in holder.content if i != held.id)
    content = kept if held.id in holder.content else (*kept, held.id)
    return set_content(tagging, holder, content)


def _toggle_via(tagging: Tagging, one: Annotation, other: Annotation) -> Change:
    if other.via == one.id:
        raise EditRefused(
            "The other one comes via this one; to unlink them, begin with the other one."
        )
    return set_via(tagging, one, None if one.via == other.id else other.id)


def tag_behind(
    tagging: Tagging,
    article: Article,
    ranges: Sequence[tuple[int, int]],
    source: str | None,
    selected: Annotation | None,
    *,
    raw: bool = False,
) -> Change:
    """Tag ``ranges`` as an attribution that reaches the article via the selected one.

    "citando la KCNA" while Yonhap is selected gives KCNA via Yonhap. Content stays where it
    is: whoever says it can be put behind the new one in turn. Raises `EditRefused` unless an
    attribution is selected.
    """
    if selected is None or selected.kind is not Kind.ATTRIBUTION:
        chosen = f"a {selected.kind} is" if selected else "nothing is"
        raise EditRefused(
            f"Select the attribution behind which this one stands first; now {chosen} selected."
        )
    change = tag(tagging, article, Kind.ATTRIBUTION, ranges, source=source, raw=raw)
    new = replace(change.after[-1], via=selected.id)
    return Change("Tag attribution behind", added(new))
