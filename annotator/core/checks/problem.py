"""A problem: work in a sound file that an editor still has to decide.

What breaks the format of a file is a format error instead (see `format_errors`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from annotator.core.model import Annotation


class Code(StrEnum):
    """Our rules, by the names they have in files and for programs."""

    UNDECIDED = "undecided"
    EMPTY = "empty-attribution"
    NO_SOURCE = "cue-without-source"
    UNQUOTED = "unquoted-marks"
    STOPS_SHORT = "quote-stops-short"
    UNKNOWN_SOURCE = "unknown-source"
    DIFFERENTLY = "tagged-differently"
    TWICE = "twice"
    CROSSING = "crossing-quotes"


Identity = tuple[str, tuple[str, ...], str]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something open: at the code points ``[start, end)``, told in one ``sentence``.

    ``ids`` are the annotations it is about (none for marks outside any), the one to mend
    first; ``words`` are theirs, or the article's where there are none. ``code`` is the name of
    the rule.
    """

    code: str
    ids: tuple[str, ...]
    start: int
    end: int
    words: str
    sentence: str

    @property
    def identity(self) -> Identity:
        """What makes it the same problem after other changes: its code, annotations and words."""
        return self.code, self.ids, self.words


def about(code: str, sentence: str, annotation: Annotation, *others: Annotation) -> Problem:
    """The problem of an annotation, at its words; ``others`` have a part in it."""
    ids = (annotation.id, *(other.id for other in others))
    return Problem(code, ids, annotation.start, annotation.end, annotation.words, sentence)
