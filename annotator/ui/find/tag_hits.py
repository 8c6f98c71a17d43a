"""Tagging what was found, all that is not tagged yet in one step."""

from __future__ import annotations

from annotator.core.model import Kind
from annotator.core.text.find import tag_all
from annotator.core.text.hits import Hits
from annotator.ui.desk import Desk
from annotator.ui.ports import TextView
from annotator.ui.settings import Settings
from annotator.ui.tagging.parts import PartProposals
from annotator.ui.talk import Talk

Sort = tuple[Kind | None, str | None]
"""How hits are tagged: the kind, and the source of an attribution; None for any."""


class HitTagger:
    """Tags the hits of a search as one tag alone would be: trimmed, with its parts."""

    def __init__(
        self, desk: Desk, text: TextView, talk: Talk, settings: Settings, parts: PartProposals
    ) -> None:
        self._desk, self._text, self._talk = desk, text, talk
        self._settings, self._parts = settings, parts

    def choices(self) -> list[tuple[str, str, Sort]]:
        """What hits can be tagged as by one key: the key, the name, the sort."""
        keyed = [one for one in self._desk.registry.sources if one.key]
        return [
            ("1", "Claim", (Kind.CLAIM, None)),
            ("2", "Quote", (Kind.QUOTE, None)),
            *((one.key or "", one.label, (Kind.ATTRIBUTION, one.id)) for one in keyed),
        ]

    def tag_remaining(self, hits: Hits, sort: Sort) -> None:
        """Tag those of ``hits`` that do not count as tagged, and say how many they are."""
        places = (nth for nth in range(len(hits)) if not hits.is_tagged(nth))
        change = tag_all(
            self._desk.tagging,
            self._text.article,
            sort[0] or Kind.CLAIM,
            [hits.ranges[nth] for nth in places],
            sort[1],
            raw=not self._settings.flag("trim"),
        )
        self._desk.do(self._parts.with_parts(change), self._text.selection)
        self._talk.hint(f"{len(change.after):,} tagged; Ctrl+Z takes all of them back.")
