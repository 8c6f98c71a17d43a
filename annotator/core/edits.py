"""The verbs: each looks at the tagging and returns the `Change` that would do it.

A verb never changes anything itself. It raises `EditRefused`, with the sentence to show,
when the result would not be a sound tagging.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from annotator.core.chains.chain import MOST_LINKS, would_be_too_long, would_circle
from annotator.core.change import Change, Delta, added, of_pairs, removed, replaced
from annotator.core.errors import EditRefused
from annotator.core.ids import new_id
from annotator.core.model import Annotation, Certainty, Kind, Span, Stance, Status, Unattributed
from annotator.core.sources import Source
from annotator.core.tagging import Tagging
from annotator.core.text.article import Article
from annotator.core.text.boundaries import trim

Range = tuple[int, int]


def tag(
    tagging: Tagging,
    article: Article,
    kind: Kind,
    ranges: Sequence[Range],
    *,
    source: str | None = None,
    selected: Annotation | None = None,
    raw: bool = False,
) -> Change:
    """Tag ``ranges`` of code points as a new annotation, linked with the selected one.

    While an attribution is selected, a new claim or quote becomes its content; while a
    claim or quote is selected, a new attribution takes it as content, and a decision that
    it has no source is taken back. Edges are trimmed (see `boundaries.trim`) unless
    ``raw``. The new annotation is the last of ``after``.
    """
    spans = cut(article, ranges, raw=raw)
    refuse_unless(source is None or kind is Kind.ATTRIBUTION, "Only an attribution has a source.")
    new = Annotation(id=new_id(kind, tagging), kind=kind, spans=spans, source=source)
    label = f"Tag {kind}"
    if selected and kind is Kind.ATTRIBUTION and selected.kind is not Kind.ATTRIBUTION:
        new = replace(new, content=(selected.id,))
        return Change(label, _attributed([selected]) + added(new))
    if selected and kind is not Kind.ATTRIBUTION and selected.kind is Kind.ATTRIBUTION:
        holder = replace(selected, content=(*selected.content, new.id))
        return Change(label, replaced(selected, holder) + added(new))
    return Change(label, added(new))


def _attributed(content: Iterable[Annotation]) -> Delta[Annotation]:
    """Takes back the decision that they have no source, where there is one."""
    decided = (annotation for annotation in content if annotation.unattributed)
    return of_pairs((annotation, replace(annotation, unattributed=None)) for annotation in decided)


def cut(article: Article, ranges: Sequence[Range], *, raw: bool = False) -> tuple[Span, ...]:
    """The spans of ``ranges``, trimmed unless ``raw``, in text order.

    What overlaps or touches is joined. Raises `EditRefused` when no words are left.
    """
    wanted = ranges if raw else [trim(article.text, *one) for one in ranges]
    joined: list[Range] = []
    for start, end in sorted(one for one in wanted if article.text[slice(*one)].strip()):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    if not joined:
        raise EditRefused("There are no words in the selection; select some words first.")
    return tuple(article.span(*one) for one in joined)


def retag(
    tagging: Tagging, annotation: Annotation, kind: Kind, source: str | None = None
) -> Change:
    """Make the annotation one of another kind (or source), dropping what no longer applies."""
    refuse_unless(source is None or kind is Kind.ATTRIBUTION, "Only an attribution has a source.")
    label = f"Change to {kind}" if kind is not annotation.kind else "Change source"
    if kind is Kind.ATTRIBUTION and annotation.kind is Kind.ATTRIBUTION:
        return update(label, annotation, replace(annotation, source=source or annotation.source))
    if (kind is Kind.ATTRIBUTION) == (annotation.kind is Kind.ATTRIBUTION):
        return update(label, annotation, replace(annotation, kind=kind))
    bare = _bare(annotation, kind, source)
    return Change(label, _mended(tagging, [annotation]) + replaced(annotation, bare))


def _bare(annotation: Annotation, kind: Kind, source: str | None) -> Annotation:
    return Annotation(
        id=annotation.id,
        kind=kind,
        spans=annotation.spans,
        source=source,
        certainty=annotation.certainty,
        note=annotation.note,
        extra=annotation.extra,
    )


def delete(tagging: Tagging, annotations: Sequence[Annotation]) -> Change:
    """Remove annotations and mend every link to them.

    An attribution that came via a removed one then comes via what that one came through.
    """
    kinds = {annotation.kind for annotation in annotations}
    what = kinds.pop() if len(annotations) == 1 else f"{len(annotations)} tags"
    return Change(f"Delete {what}", _mended(tagging, annotations) + removed(*annotations))


def _mended(tagging: Tagging, gone: Sequence[Annotation]) -> Delta[Annotation]:
    """Takes their links from those that link to one of ``gone``."""
    lost = {annotation.id for annotation in gone}
    holders = {a.id: a for old in gone for a in tagging.referrers(old.id) if a.id not in lost}
    return of_pairs((holder, _without(tagging, holder, lost)) for holder in holders.values())


def _without(tagging: Tagging, holder: Annotation, lost: set[str]) -> Annotation:
    content = tuple(i for i in holder.content if i not in lost)
    return replace(holder, content=content, via=_via_past(tagging, holder, lost))


def _via_past(tagging: Tagging, holder: Annotation, lost: set[str]) -> str | None:
    via, seen = holder.via, set[str]()
    while via in lost and via not in seen:
        seen.add(via)
        behind = tagging.get(via)
        via = behind.via if behind else None
    return None if via in lost or via == holder.id else via


def set_source(attribution: Annotation, source: Source, *, new: bool = False) -> Change:
    """Name who is cited; a ``new`` source enters the registry in the same step."""
    refuse_unless(attribution.kind is Kind.ATTRIBUTION, "Only an attribution has a source.")
    change = update("Change source", attribution, replace(attribution, source=source.id))
    return with_new_source(change, source) if new else change


def with_new_source(change: Change, source: Source) -> Change:
    """The change, with ``source`` entering the registry in the same step."""
    return replace(change, sources=change.sources + added(source))


def set_note(annotation: Annotation, note: str) -> Change:
    """Write the note; blanks alone remove it."""
    return update("Edit note", annotation, replace(annotation, note=note.strip() or None))


def set_certainty(annotation: Annotation, certainty: Certainty | None) -> Change:
    """Say how sure the tagging is; None is the same as sure."""
    return update("Change certainty", annotation, replace(annotation, certainty=certainty))


def set_stance(attribution: Annotation, stance: Stance | None) -> Change:
    """Say how the source stands to the content; None is the same as reports."""
    refuse_unless(attribution.kind is Kind.ATTRIBUTION, "Only an attribution has a stance.")
    return update("Change stance", attribution, replace(attribution, stance=stance))


def set_unattributed(
    tagging: Tagging, annotation: Annotation, decision: Unattributed | None
) -> Change:
    """Decide that a claim or quote has no source; None takes the decision back.

    Raises `EditRefused` while an attribution says who it is.
    """
    is_content = annotation.kind is not Kind.ATTRIBUTION
    refuse_unless(is_content, "An attribution cannot be unattributed; it names who says it.")
    free = decision is None or not tagging.attributions_of(annotation.id)
    refuse_unless(free, "An attribution says who says this; unlink it first (L).")
    return update("Unattributed", annotation, replace(annotation, unattributed=decision))


def set_spans(annotation: Annotation, spans: Sequence[Span]) -> Change:
    """Give the annotation other boundaries or fragments, in text order.

    A mention or cue that no longer lies within them goes.
    """
    ordered = tuple(sorted(spans, key=lambda span: span.start))
    has_words = bool(ordered) and all(span.start < span.end for span in ordered)
    refuse_unless(has_words, "A tag needs at least one word.")
    apart = all(one.end <= following.start for one, following in pairwise(ordered))
    refuse_unless(apart, "The parts of a tag cannot overlap; join them into one.")
    moved = replace(annotation, spans=ordered)
    mention, cue = _within(moved, annotation.mention), _within(moved, annotation.cue)
    return update("Move boundary", annotation, replace(moved, mention=mention, cue=cue))


def _within(annotation: Annotation, inner: Iterable[Span]) -> tuple[Span, ...]:
    return tuple(s for s in inner if annotation.start <= s.start and s.end <= annotation.end)


def set_content(tagging: Tagging, attribution: Annotation, content: Sequence[str]) -> Change:
    """Say which claims and quotes the attribution covers.

    What comes to be covered is no longer decided to have no source.
    """
    refuse_unless(attribution.kind is Kind.ATTRIBUTION, "Only an attribution has content.")
    ids = tuple(dict.fromkeys(content))
    covered = [found for i in ids if (found := tagging.get(i))]
    sound = len(covered) == len(ids) and all(a.kind is not Kind.ATTRIBUTION for a in covered)
    refuse_unless(sound, "The content of an attribution is made of claims and quotes.")
    label = "Link" if len(ids) > len(attribution.content) else "Unlink"
    covering = replaced(attribution, replace(attribution, content=ids))
    return Change(label, _attributed(covered) + covering)


def set_via(tagging: Tagging, attribution: Annotation, via: str | None) -> Change:
    """Say through which attribution this one reaches the article; None for directly."""
    is_attribution = attribution.kind is Kind.ATTRIBUTION
    refuse_unless(is_attribution, "Only an attribution comes via another one.")
    if via is not None:
        target = tagging.get(via)
        sound = target is not None and target.kind is Kind.ATTRIBUTION
        refuse_unless(sound, "Only an attribution can stand behind another one.")
        circle = "That would be a circle: each would reach the article through the other."
        refuse_unless(not would_circle(tagging, attribution.id, via), circle)
        long = f"A chain has at most {MOST_LINKS} attributions; link it with a shorter one."
        refuse_unless(not would_be_too_long(tagging, attribution.id, via), long)
    return update("Link" if via else "Unlink", attribution, replace(attribution, via=via))


def set_status(old: Status, new: Status) -> Change:
    """Say how far the work on the article has come."""
    return Change("Mark as done" if new is Status.DONE else "Reopen", status=replaced(old, new))


def update(label: str, old: Annotation, new: Annotation) -> Change:
    """The change of one annotation alone."""
    return Change(label, replaced(old, new))


def refuse_unless(sound: bool, sentence: str) -> None:
    """Raise `EditRefused` with the sentence to show, unless the result is sound."""
    if not sound:
        raise EditRefused(sentence)
