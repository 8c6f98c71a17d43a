"""The words of the domain as frozen values. All offsets are Unicode code points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

Value = str | int | float | bool | Sequence["Value"] | Mapping[str, "Value"]
Extra = tuple[tuple[str, Value], ...]
"""Keys that begin with ``x-``, in the order in which they were read; they survive a round trip."""


class Kind(StrEnum):
    """What an annotation says of its words."""

    CLAIM = "claim"
    QUOTE = "quote"
    ATTRIBUTION = "attribution"


class Unattributed(StrEnum):
    """An editor's decision that a claim or quote has no source."""

    ARTICLE = "article"
    UNKNOWN = "unknown"


class Stance(StrEnum):
    """How the source stands to what it is made to say; absent means that it reports."""

    REPORTS = "reports"
    CONFIRMS = "confirms"
    DENIES = "denies"
    EMPHASISES = "emphasises"
    DOUBTS = "doubts"


class Certainty(StrEnum):
    """How sure the annotator is of the tagging; absent means sure."""

    SURE = "sure"
    UNSURE = "unsure"


class Status(StrEnum):
    """How far the annotator has come with the article."""

    IN_PROGRESS = "in-progress"
    DONE = "done"


class Verdict(StrEnum):
    """A reviewer's decision on a colleague's annotation."""

    ACCEPTED = "accepted"
    CHANGED = "changed"
    REJECTED = "rejected"
    QUESTION = "question"


class Span(NamedTuple):
    """A half-open range ``[start, end)`` of code points, with the words it covers.

    ``prefix`` and ``suffix`` are up to 32 code points of context on each side; a mention
    or a cue, which lies inside its attribution, carries none (``None``).
    """

    start: int
    end: int
    exact: str
    prefix: str | None = None
    suffix: str | None = None
    extra: Extra = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """One tagged thing: a claim, a quote or an attribution, on one or more spans.

    ``spans`` are its fragments, in text order and never overlapping. ``source``,
    ``mention``, ``cue``, ``content``, ``via`` and ``stance`` belong to attributions only,
    ``unattributed`` to claims and quotes only. ``content`` and ``via`` hold ids of the
    same file.
    """

    id: str
    kind: Kind
    spans: tuple[Span, ...]
    source: str | None = None
    mention: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    content: tuple[str, ...] = ()
    via: str | None = None
    unattributed: Unattributed | None = None
    stance: Stance | None = None
    certainty: Certainty | None = None
    note: str | None = None
    extra: Extra = ()

    @property
    def start(self) -> int:
        """The first code point of the first fragment."""
        return self.spans[0].start

    @property
    def end(self) -> int:
        """One past the last code point of the last fragment."""
        return self.spans[-1].end

    @property
    def words(self) -> str:
        """The tagged words, fragments joined by an ellipsis."""
        return " … ".join(span.exact for span in self.spans)

    @property
    def links(self) -> tuple[str, ...]:
        """The ids this annotation points to: its content, then the attribution behind it."""
        return (*self.content, self.via) if self.via else self.content


def text_order(annotation: Annotation) -> tuple[int, int, str]:
    """The sort key of files and lists: by start, then longer first, then id."""
    return annotation.spans[0].start, -annotation.spans[-1].end, annotation.id


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRef:
    """What a file knows of its article: where it lies, and the text it was tagged on.

    ``file`` is relative to the annotation file; ``sha256`` is the hex digest of the
    canonical text's UTF-8 bytes; ``length`` counts code points. ``note`` is the annotator's
    remark on the article as a whole.
    """

    file: str
    sha256: str
    length: int
    language: str | None = None
    note: str | None = None
    extra: Extra = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a reviewer decided on one annotation of a colleague.

    ``of`` addresses it across files (``anna#q-0ay5hs``); ``as_id`` is the agreed
    annotation in the review's own file, where one came of it. ``version`` is a digest of
    the colleague's annotation as it was decided on (see `review.versions`).
    """

    of: str
    verdict: Verdict
    as_id: str | None = None
    reason: str | None = None
    version: str | None = None
    extra: Extra = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """What somebody wrote on an annotation of a colleague: a remark, a question or an answer.

    ``of`` addresses the annotation across files, ``by`` names who wrote.
    """

    of: str
    by: str
    text: str
    extra: Extra = ()


def comment_key(comment: Comment) -> tuple[str, str, str]:
    """What tells a comment from the others: on what, by whom, and its words."""
    return comment.of, comment.by, comment.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An editor's decision, with its reason, that something a check found is no problem here.

    ``problem`` is the code of the check, ``of`` the ids of the annotations it spoke of and
    ``exact`` their words: where these are other words by now, the answer says nothing.
    """

    problem: str
    of: tuple[str, ...] = ()
    exact: str
    reason: str
    extra: Extra = ()


def answer_order(answer: Answer) -> tuple[str, tuple[str, ...], str, str]:
    """The sort key of answers in a file: by problem, annotations, words, reason."""
    return answer.problem, answer.of, answer.exact, answer.reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One annotation file as a value: an annotator's tagging of one article, or a review.

    ``annotations`` are in text order (see `text_order`), ``answers`` in theirs (see
    `answer_order`), ``decisions`` in that of ``of``, one for each, and ``comments`` in the
    order in which they were written. ``reviews`` names the reviewed annotators; it is empty
    unless the file is a review.
    """

    article: ArticleRef
    annotator: str
    status: Status = Status.IN_PROGRESS
    annotations: tuple[Annotation, ...] = ()
    reviews: tuple[str, ...] = ()
    decisions: tuple[Decision, ...] = ()
    comments: tuple[Comment, ...] = ()
    answers: tuple[Answer, ...] = ()
    extra: Extra = ()


class Collision(NamedTuple):
    """An annotation that both sides changed, differently; None is "deleted" (or never made)."""

    id: str
    ours: Annotation | None
    theirs: Annotation | None


def address(annotator: str, annotation_id: str) -> str:
    """The name of an annotation across files, as in ``anna#c-8r3tdw``."""
    return f"{annotator}#{annotation_id}"


def addressed(of: str) -> tuple[str, str]:
    """The annotator and the id in an address; a name may hold a ``#`` of its own."""
    annotator, _, annotation_id = of.rpartition("#")
    return annotator, annotation_id
