"""Claims, quotes and attributions in the lines of a brat file, and what is none of these."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from annotator.core.model import Annotation, Certainty, Kind, Stance, Unattributed
from annotator.core.sources import Source, new_source_id
from annotator.core.text.article import Article
from annotator.core.text.quotation import passages
from annotator.formats.brat.lines import BratRelation, Event, Mark, Norm, Note, Standoff, Text
from annotator.formats.brat.shown import Shown, annotation_of, with_rest
from annotator.formats.format import Left
from annotator.formats.fragments import Ranges
from annotator.formats.input import SOURCE_ID, stable_id
from annotator.formats.regions.sidecar import read_rest

SAID = {"claim": Kind.CLAIM, "quote": Kind.QUOTE, "content": None}
"""Types of text bounds that are claims or quotes; the marks decide of those that are either."""

_VALUES: dict[str, type[Stance] | type[Certainty] | type[Unattributed]] = {
    "stance": Stance,
    "certainty": Certainty,
    "unattributed": Unattributed,
}


@dataclass
class BratDocument:
    """A file while it is read: its lines, the places of its text bounds, and what was left.

    ``used`` has the ids of lines that something was made of, ``shown`` what each claim,
    quote and attribution looks like, by the id of its text bound or event, and ``owners`` the
    event of each text bound that an attribution is made of.
    """

    file: str
    article: Article
    found: Standoff
    places: dict[str, Ranges]
    left: list[Left]
    used: set[str] = field(default_factory=set)
    shown: dict[str, Shown] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)

    def leave(self, line: int, what: str, why: str) -> None:
        """Note down what could not be taken."""
        self.left.append(Left(self.file, line, what, why))


def read_tagging(
    scene: BratDocument, sources: Iterable[Source]
) -> tuple[list[Annotation], tuple[Source, ...]]:
    """The annotations, and the sources they name; what is no part of them is left."""
    scene.sources = {source.id: source for source in sources}
    rests = dict(_rests(scene))
    _read_said(scene)
    events = _attributions(scene)
    ids = _ids(scene, events, rests)
    for event in events:
        _read_event(scene, event, ids)
    for relation in scene.found.relations:
        _read_relation(scene, relation, ids)
    for mark in scene.found.marks:
        _read_mark(scene, mark)
    for norm in scene.found.norms:
        _read_norm(scene, norm)
    for note in scene.found.notes:
        _read_note(scene, note)
    _leave_unused(scene)
    return list(_annotations(scene, ids, rests)), tuple(scene.sources.values())


def _rests(scene: BratDocument) -> Iterator[tuple[str, dict[str, Any]]]:
    """What our own files tell in comments, by target."""
    for note in scene.found.notes:
        if note.type == "Annotation":
            scene.used.add(note.id)
            try:
                rest = read_rest(note.text)
            except ValueError:
                scene.leave(note.line, f"{note.id} Annotation", "it cannot be read")
            else:
                yield note.target, rest


def _read_said(scene: BratDocument) -> None:
    for one in scene.found.texts.values():
        if one.type.lower() in SAID and one.id in scene.places:
            ranges = scene.places[one.id]
            kind = SAID[one.type.lower()] or _kind(scene.article, ranges)
            scene.shown[one.id] = Shown(kind, ranges)
            scene.used.add(one.id)


def _kind(article: Article, ranges: Ranges) -> Kind:
    """A quote where quotation marks are around all of it, else a claim."""
    start, end = ranges[0][0], ranges[-1][1]
    around = (one for one in passages(article.text, start, end) if one.start == start)
    return Kind.QUOTE if any(one.end >= end - 1 for one in around) else Kind.CLAIM


def _attributions(scene: BratDocument) -> list[Event]:
    """The events that say who says something; text bounds of that type without an event too."""
    found: list[Event] = []
    for event in scene.found.events.values():
        if event.type.lower().startswith("attribution"):
            found.append(event)
        else:
            scene.leave(event.line, f"{event.id} {event.type}", "no event of who says what")
            scene.used.add(event.id)
    triggers = {event.trigger for event in scene.found.events.values()}
    alone = (one for one in scene.found.texts.values() if one.id not in triggers)
    bare = (one for one in alone if one.type.lower().startswith("attribution"))
    return [*found, *(Event(one.id, one.type, one.id, (), one.line) for one in bare)]


def _ids(
    scene: BratDocument, events: list[Event], rests: dict[str, dict[str, Any]]
) -> dict[str, str]:
    """Our ids of what is tagged, by theirs: the same for the same file at every reading."""
    kinds = {one: seen.kind for one, seen in scene.shown.items()}
    kinds |= {event.id: Kind.ATTRIBUTION for event in events}
    taken = set[str]()
    ids: dict[str, str] = {}
    for theirs, kind in kinds.items():
        told = rests.get(theirs, {}).get("id", "")
        ours = told if told and told not in taken else ""
        ids[theirs] = ours or stable_id(kind, scene.article, theirs, taken)
        taken.add(ids[theirs])
    return ids


def _read_event(scene: BratDocument, event: Event, ids: dict[str, str]) -> None:
    played: dict[str, list[str]] = {"source": [], "cue": [], "content": [], "via": []}
    for role, target in event.args:
        if (why := _why_not_linked(scene, role.lower(), target, ids)) is None:
            played[role.lower()].append(target)
        else:
            scene.leave(event.line, f"{event.id} {role}:{target}", why)
    mention, cue = (_ranges(scene, played[role]) for role in ("source", "cue"))
    spans = scene.places.get(event.trigger) or tuple(sorted((*mention, *cue)))
    words = (event.trigger, *played["source"], *played["cue"])
    scene.used |= {event.id, *words}
    if not spans:
        scene.leave(event.line, f"{event.id} {event.type}", "none of its words can be placed")
        ids.pop(event.id)
        return
    scene.owners |= dict.fromkeys(words, event.id)
    scene.shown[event.id] = Shown(
        kind=Kind.ATTRIBUTION,
        spans=spans,
        mention=mention,
        cue=cue,
        content=tuple(dict.fromkeys(ids[one] for one in played["content"])),
        via=ids[played["via"][0]] if played["via"] else None,
    )


def _why_not_linked(scene: BratDocument, role: str, target: str, ids: dict[str, str]) -> str | None:
    """Why what plays a role in an attribution cannot do that; None where it can."""
    if role in ("source", "cue"):
        return None if target in scene.places else "its words have no place"
    if role == "content":
        is_said = target in scene.shown and scene.shown[target].kind is not Kind.ATTRIBUTION
        return None if is_said else "it is neither a claim nor a quote"
    if role == "via":
        events = scene.found.events
        return None if target in ids and target in events else "it is no attribution"
    return "attributions have no such role"


def _ranges(scene: BratDocument, targets: Iterable[str]) -> Ranges:
    return tuple(sorted({one for target in targets for one in scene.places[target]}))


def _read_relation(scene: BratDocument, relation: BratRelation, ids: dict[str, str]) -> None:
    """A link between an attribution and what it covers, whatever it is called there."""
    ends = [_target(scene, target) for _, target in relation.args]
    kinds = [scene.shown[one].kind if one else None for one in ends]
    attributions = [one for one, kind in zip(ends, kinds, strict=True) if kind is Kind.ATTRIBUTION]
    said = [one for one in ends if one and one not in attributions]
    if len(ends) == 2 and len(attributions) == len(said) == 1 and attributions[0]:
        _link(scene, attributions[0], ids[said[0]])
    else:
        why = "no link between an attribution and a claim or quote"
        scene.leave(relation.line, f"{relation.id} {relation.type}", why)


def _link(scene: BratDocument, attribution: str, said: str) -> None:
    seen = scene.shown[attribution]
    content = tuple(dict.fromkeys((*seen.content, said)))
    scene.shown[attribution] = replace(seen, content=content)


def _read_mark(scene: BratDocument, mark: Mark) -> None:
    name, target = mark.type.lower(), _target(scene, mark.target)
    belongs = target and _may_have(scene.shown[target].kind, name)
    if not target or not belongs or mark.value not in list(_VALUES[name]):
        scene.leave(mark.line, f"{mark.id} {mark.type}", "an attribute that we have no place for")
    else:
        value: dict[str, Any] = {name: _VALUES[name](mark.value)}
        scene.shown[target] = replace(scene.shown[target], **value)


def _may_have(kind: Kind, name: str) -> bool:
    if name == "certainty":
        return True
    return name == ("stance" if kind is Kind.ATTRIBUTION else "unattributed")


def _target(scene: BratDocument, target: str) -> str | None:
    """What is tagged there: itself, or the attribution whose words they are."""
    return target if target in scene.shown else scene.owners.get(target)


def _read_norm(scene: BratDocument, norm: Norm) -> None:
    target = _target(scene, norm.target)
    seen = scene.shown[target] if target else None
    if not target or not seen or seen.kind is not Kind.ATTRIBUTION or seen.source:
        why = "only an attribution has a source, and only one"
        scene.leave(norm.line, f"{norm.id} {norm.registry}:{norm.entry}", why)
    else:
        scene.shown[target] = replace(seen, source=_source(scene, norm))


def _source(scene: BratDocument, norm: Norm) -> str:
    """The id of the source that an entry of a registry stands for; a new one where it is new."""
    if norm.registry == "Sources" and SOURCE_ID.fullmatch(norm.entry):
        if norm.entry not in scene.sources and norm.label:
            scene.sources[norm.entry] = Source(id=norm.entry, name=norm.label)
        return norm.entry
    reference = f"{norm.registry}:{norm.entry}"
    extra = (("x-reference", reference),)
    known = (one.id for one in scene.sources.values() if one.extra == extra)
    name = norm.label or norm.entry
    source_id = next(known, None) or new_source_id(name, scene.sources)
    scene.sources.setdefault(source_id, Source(id=source_id, name=name, extra=extra))
    return source_id


def _read_note(scene: BratDocument, note: Note) -> None:
    if note.type in ("Annotation", "Document"):
        return
    target = _target(scene, note.target)
    if target is None or not note.text:
        why = "there is nothing of ours that it is about"
        scene.leave(note.line, f"{note.id} {note.type} {note.text:.40}".strip(), why)
        return
    text = note.text if note.type == "AnnotatorNotes" else f"{note.type}: {note.text}"
    before = scene.shown[target].note
    scene.shown[target] = replace(scene.shown[target], note=f"{before}\n{text}" if before else text)


def _leave_unused(scene: BratDocument) -> None:
    for one in scene.found.texts.values():
        if one.id in scene.places and one.id not in scene.used:
            scene.leave(one.line, f"{one.id} {one.type} {one.words or ''}".strip(), _why(one))


def _why(one: Text) -> str:
    if re.fullmatch("source|cue|mention", one.type, re.IGNORECASE):
        return "it belongs to no attribution"
    return "neither claim, quote nor attribution"


def _annotations(
    scene: BratDocument, ids: dict[str, str], rests: dict[str, dict[str, Any]]
) -> Iterator[Annotation]:
    there = set(ids.values())
    for theirs, seen in scene.shown.items():
        links = replace(seen, via=seen.via if seen.via in there else None)
        annotation = annotation_of(links, ids[theirs], scene.article)
        try:
            rest = {k: v for k, v in rests.get(theirs, {}).items() if k not in ("id", "kind")}
            yield with_rest(annotation, seen, rest, scene.article)
        except ValueError:
            line = (scene.found.events.get(theirs) or scene.found.texts[theirs]).line
            scene.leave(line, f"{theirs} Annotation", "its comment cannot be read")
            yield annotation
