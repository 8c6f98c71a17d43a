"""The one mechanism: annotations as they were, and as they are."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from annotator.core.model import Annotation, Answer, Status
from annotator.core.sources import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One step of work under the name it has in the menu.

    ``before`` and ``after`` hold the annotations that the step touches: one that is only in
    ``after`` is created, one only in ``before`` is deleted. ``sources_before`` and
    ``sources_after`` do the same for the registry, ``answers_before`` and ``answers_after``
    for what was answered to problems, ``status`` for the state of the work (as it was, as it
    is). Undo is the same change read backwards.
    """

    label: str
    before: tuple[Annotation, ...] = ()
    after: tuple[Annotation, ...] = ()
    sources_before: tuple[Source, ...] = ()
    sources_after: tuple[Source, ...] = ()
    answers_before: tuple[Answer, ...] = ()
    answers_after: tuple[Answer, ...] = ()
    status: tuple[Status, Status] | None = None

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
            status=(self.status[1], self.status[0]) if self.status else None,
        )

    def __bool__(self) -> bool:
        """Whether the change changes anything."""
        annotations = self.before != self.after or self.sources_before != self.sources_after
        answers = self.answers_before != self.answers_after
        status = self.status and self.status[0] != self.status[1]
        return annotations or answers or bool(status)

    @property
    def touched(self) -> tuple[str, ...]:
        """The ids of all annotations that were or are part of the step, each once."""
        ids = (annotation.id for annotation in chain(self.before, self.after))
        return tuple(dict.fromkeys(ids))
