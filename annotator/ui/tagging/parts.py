"""The mention and the cue that the rules of the article's language propose for attributions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from annotator.core import extent_edits
from annotator.core.change import Change, Delta
from annotator.core.model import Annotation, Kind
from annotator.core.sources import Source
from annotator.ui.desk import Desk
from annotator.ui.ports import Range
from annotator.ui.settings import Settings

if TYPE_CHECKING:
    from annotator.suggest.rules import Rules


class PartProposals:
    """What the rules see in the open article; they are read when they are first wanted."""

    def __init__(self, desk: Desk, settings: Settings) -> None:
        self._desk, self._settings = desk, settings

    def language(self) -> str | None:
        """The article's language, as its file says or as its words look."""
        from annotator.suggest.language import language_of

        session = self._desk.need_session()
        return language_of(session.article.text, session.header.article.language)

    def rules(self) -> Rules:
        """The rules for the article's language; reading them takes a moment the first time."""
        from annotator.suggest.rules import rules_for

        return rules_for(self.language())

    def propose(
        self, attribution: Annotation, new: Sequence[Source] = ()
    ) -> tuple[Range | None, tuple[Range, ...]]:
        """The mention and the cue that the rules see; ``new`` sources count too."""
        from annotator.suggest.parts import propose

        registry, article = self._desk.registry, self._desk.need_session().article
        known = registry.changed((), new) if new else registry
        return propose(article, attribution, known, self.language())

    def with_parts(self, change: Change) -> Change:
        """The change, its new attributions with the mention and the cue that are proposed."""
        if not self._settings.flag("propose_parts"):
            return change
        known = {one.id for one in change.before}
        after = (
            self._whole(one, change.sources.after)
            if one.id not in known and one.kind is Kind.ATTRIBUTION
            else one
            for one in change.after
        )
        return replace(change, annotations=Delta(change.before, tuple(after)))

    def _whole(self, attribution: Annotation, new: Sequence[Source]) -> Annotation:
        article = self._desk.need_session().article
        mention, cues = self.propose(attribution, new)
        ranges = [mention] if mention else []
        named = extent_edits.set_mention(attribution, article, ranges).after[0]
        return extent_edits.set_cue(named, article, cues).after[0]
