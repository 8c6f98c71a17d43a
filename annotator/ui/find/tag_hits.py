"""Tagging what was found, all that is not tagged yet in one step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.core.change import Change, added
from annotator.core.model import Kind
from annotator.core.sources import Registry
from annotator.core.text.find import tag_all
from annotator.core.text.hits import Hits
from annotator.ui.tagging import shape

if TYPE_CHECKING:
    from annotator.ui.window import Window

Sort = tuple[Kind | None, str | None]
"""How hits are tagged: the kind, and the source of an attribution; None for any."""


def choices(registry: Registry) -> list[tuple[str, str, Sort]]:
    """What hits can be tagged as by one key: the key, the name, the sort."""
    keyed = [one for one in registry.sources if one.key]
    return [
        ("1", "Claim", (Kind.CLAIM, None)),
        ("2", "Quote", (Kind.QUOTE, None)),
        *((one.key or "", one.label, (Kind.ATTRIBUTION, one.id)) for one in keyed),
    ]


def tag_remaining(window: Window, hits: Hits, sort: Sort) -> None:
    """Tag those of ``hits`` that do not count as tagged, and say how many they are."""
    places = (nth for nth in range(len(hits)) if not hits.is_tagged(nth))
    change = tag_all(
        window.tagging,
        window.page.article,
        sort[0] or Kind.CLAIM,
        [hits.ranges[nth] for nth in places],
        sort[1],
        raw=not window.settings.flag("trim"),
    )
    window.desk.do(_with_parts(window, change), window.page.selection)
    window.talk.hint(f"{len(change.after):,} tagged; Ctrl+Z takes all of them back.")


def _with_parts(window: Window, change: Change) -> Change:
    """The change, each of its new attributions with the mention and cue that are proposed."""
    alone = (shape.with_parts(window, Change(change.label, added(one))) for one in change.after)
    return Change(change.label, added(*(one.after[0] for one in alone)))
