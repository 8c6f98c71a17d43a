"""The one mechanism: annotations as they were, and as they are."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from annotator.core.model import Annotation, Answer, Comment, Decision, Status
from annotator.core.sources import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One step of work under the name it has in the menu.

    ``before`` and ``after`` hold the annotations that the step touches: one that is only in
    ``after`` is created, one only in ``before`` is deleted. ``sources_before`` and
    ``sources_after`` do the same for the registry, ``answers_before`` and ``answers_after``
    for what was answered to problems, and so on for the decisions and comments of a review;
    ``status`` is the state of the work (as it was, as it is). Undo is the same change read
    backwards, save for ``seen``: whose tagging was shown cannot be unseen.
    """

    label: str
    before: tuple[Annotation, ...] = ()
    after: tuple[Annotation, ...] = ()
    sources_before: tuple[Source, ...] = ()
    sources_after: tuple[Source, ...] = ()
    answers_before: tuple[Answer, ...] = ()
    answers_after: tuple[Answer, ...] = ()
    decisions_before: tuple[Decision, ...] = ()
    decisions_after: tuple[Decision, ...] = ()
    comments_before: tuple[Comment, ...] = ()
    comments_after: tuple[Comment, ...] = ()
    status: tuple[Status, Status] | None = None
    seen: tuple[str, ...] = ()

    def inverse(self) -> Change:
        """The change that takes this one back."""
        return Change(
            label=self.label,
            before=self.after,
            after=self.before,
            sources_before=self.sources_after,
            sources_after=self.sources_before,
            answers_before=self.answers_after,
            answers_after=self.answers_before,
            decisions_before=self.decisions_after,
            decisions_after=self.decisions_before,
            comments_before=self.comments_after,
            comments_after=self.comments_before,
            status=(self.status[1], self.status[0]) if self.status else None,
        )

    def __bool__(self) -> bool:
        """Whether the change changes anything."""
        pairs = (
            (self.before, self.after),
            (self.sources_before, self.sources_after),
            (self.answers_before, self.answers_after),
            (self.decisions_before, self.decisions_after),
            (self.comments_before, self.comments_after),
            self.status or (None, None),
        )
        return bool(self.seen) or any(was != now for was, now in pairs)

    @property
    def touched(self) -> tuple[str, ...]:
        """The ids of all annotations that were or are part of the step, each once."""
        ids = (annotation.id for annotation in chain(self.before, self.after))
        return tuple(dict.fromkeys(ids))

    @property
    def size(self) -> int:
        """How many things the step touches, of whatever sort they are."""
        sources = {source.id for source in chain(self.sources_before, self.sources_after)}
        decided = {one.of for one in chain(self.decisions_before, self.decisions_after)}
        answers = max(len(self.answers_before), len(self.answers_after))
        comments = max(len(self.comments_before), len(self.comments_after))
        things = len(self.touched) + len(sources) + len(decided) + answers + comments
        return things + len(self.seen) + (self.status is not None)
