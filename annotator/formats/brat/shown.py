"""What brat can show of an annotation, and the rest, which goes along in a comment."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, replace
from typing import Any

from annotator.core.model import Annotation, Certainty, Kind, Span, Stance, Unattributed
from annotator.core.text.article import Article
from annotator.formats.fragments import Ranges, cut_at_lines, join_lines, join_words, unbroken
from annotator.formats.input import SOURCE_ID
from annotator.formats.regions.sidecar import sound
from annotator.storage.files.change_json import annotation_values, plain_annotation


@dataclass(frozen=True)
class Shown:
    """An annotation as brat shows it: ranges without line ends, links, marks, one line of note."""

    kind: Kind
    spans: Ranges
    source: str | None = None
    mention: Ranges = ()
    cue: Ranges = ()
    content: tuple[str, ...] = ()
    via: str | None = None
    unattributed: Unattributed | None = None
    stance: Stance | None = None
    certainty: Certainty | None = None
    note: str | None = None


def shown(
    annotation: Annotation, article: Article, said: Container[str], attributions: Container[str]
) -> Shown:
    """As much of an annotation as brat can show.

    ``said`` are the ids of claims and quotes that there are, ``attributions`` those of the
    attributions: other links lead nowhere.
    """
    text, source, note = article.text, annotation.source, annotation.note
    content = dict.fromkeys(one for one in annotation.content if one in said)
    return Shown(
        kind=annotation.kind,
        spans=cut_at_lines(text, ranges_of(annotation.spans)),
        source=source if source and SOURCE_ID.fullmatch(source) else None,
        mention=cut_at_lines(text, ranges_of(annotation.mention)),
        cue=cut_at_lines(text, ranges_of(annotation.cue)),
        content=tuple(content),
        via=annotation.via if annotation.via in attributions else None,
        unattributed=annotation.unattributed,
        stance=annotation.stance,
        certainty=annotation.certainty,
        note=unbroken(note).strip() or None if note else None,
    )


def annotation_of(shown: Shown, annotation_id: str, article: Article) -> Annotation:
    """The annotation that is shown so."""
    text, attributed = article.text, shown.kind is Kind.ATTRIBUTION
    spans = join_lines(text, shown.spans)
    mention, cue = join_lines(text, shown.mention), join_lines(text, shown.cue)
    if attributed and not _holds(spans, (*mention, *cue)):
        # Elsewhere the trigger is often the cue alone.
        spans = join_words(text, (*spans, *mention, *cue))
    return Annotation(
        id=annotation_id,
        kind=shown.kind,
        spans=tuple(article.span(*one) for one in spans),
        source=shown.source,
        mention=tuple(article.inner_span(*one) for one in mention),
        cue=tuple(article.inner_span(*one) for one in cue),
        content=shown.content,
        via=shown.via,
        unattributed=shown.unattributed,
        stance=shown.stance,
        certainty=shown.certainty,
        note=shown.note,
    )


def _holds(spans: Ranges, inner: Ranges) -> bool:
    return all(spans[0][0] <= start and end <= spans[-1][1] for start, end in inner)


def ranges_of(spans: tuple[Span, ...]) -> Ranges:
    """Where spans lie."""
    return tuple((span.start, span.end) for span in spans)


def rest_of(annotation: Annotation, shown: Shown, article: Article) -> dict[str, Any]:
    """The id, and those fields of the annotation that cannot be told from what is shown."""
    told = plain_annotation(annotation_of(shown, annotation.id, article))
    meant = plain_annotation(annotation)
    differing = (key for key in sorted({*told, *meant}) if told.get(key) != meant.get(key))
    return {"id": annotation.id} | {key: meant.get(key) for key in differing}


def with_rest(
    annotation: Annotation, shown: Shown, rest: dict[str, Any], article: Article
) -> Annotation:
    """The annotation with what went along, unless its words were moved in brat since.

    Raises `ValueError` for what is no rest of an annotation.
    """
    values: dict[str, Any] = {key: _EMPTY.get(key) for key, value in rest.items() if value is None}
    values |= annotation_values({key: one for key, one in rest.items() if one is not None})
    for key in {"spans", "mention", "cue"} & values.keys():
        if cut_at_lines(article.text, ranges_of(values[key])) != getattr(shown, key):
            del values[key]
    return sound(replace(annotation, **values))


_EMPTY: dict[str, Any] = {"mention": (), "cue": (), "content": (), "extra": ()}
