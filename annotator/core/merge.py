"""Three-way merge by id: what two sides did to the same file, together.

Both sides must count in the same text (`ArticleRef.sha256`). What is checked, not merged,
is the sense of the whole: two sides that each link one way may close a circle, which is a
problem that the checks report.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from itertools import chain
from operator import attrgetter
from typing import Any, Generic, NamedTuple, TypeVar

from annotator.core.header import seen, with_seen
from annotator.core.model import (
    Annotation,
    Answer,
    ArticleRef,
    Collision,
    Comment,
    Decision,
    Document,
    Verdict,
    answer_order,
    text_order,
)
from annotator.core.sources import Registry, united

_K = TypeVar("_K")
_V = TypeVar("_V")


Resolve = Callable[[Collision], Annotation | None]
"""What becomes of a collision: one of its versions, another one, or None to delete it."""


class Merge(NamedTuple):
    """``document`` holds all that both sides did and that goes together.

    Annotations in ``collisions`` stand in it as the base had them, until `resolved` decides.
    ``overruled`` names what else both changed (a header key, a decision): there, ours stands.
    """

    document: Document
    collisions: tuple[Collision, ...] = ()
    overruled: tuple[str, ...] = ()

    def resolved(self, resolve: Resolve) -> Document:
        """The document with each collision decided.

        Links and decisions that lead to what is deleted thereby are mended.
        """
        by_id = {annotation.id: annotation for annotation in self.document.annotations}
        lost: dict[str, str | None] = {}
        for collision in self.collisions:
            chosen = resolve(collision)
            if chosen:
                by_id[collision.id] = chosen
            else:
                by_id.pop(collision.id, None)
                known = collision.ours or collision.theirs
                lost[collision.id] = known.via if known else None
        kept = (_mended(annotation, lost) for annotation in by_id.values())
        decisions = tuple(_rejected(decision, lost) for decision in self.document.decisions)
        ordered = tuple(sorted(kept, key=text_order))
        return replace(self.document, annotations=ordered, decisions=decisions)


def _rejected(decision: Decision, lost: Mapping[str, object]) -> Decision:
    """What was decided on, when nothing came of it in the end."""
    gone = decision.as_id in lost
    return replace(decision, verdict=Verdict.REJECTED, as_id=None) if gone else decision


def _mended(annotation: Annotation, lost: Mapping[str, str | None]) -> Annotation:
    if not any(link in lost for link in annotation.links):
        return annotation
    via, seen = annotation.via, {annotation.id}
    while via is not None and via in lost and via not in seen:
        seen.add(via)
        via = lost[via]
    content = tuple(link for link in annotation.content if link not in lost)
    return replace(annotation, content=content, via=None if via in seen else via)


def merge(base: Document, ours: Document, theirs: Document) -> Merge:
    """What ``ours`` and ``theirs`` each made of ``base``, in one document.

    Whoever alone changed, made or deleted an annotation has it their way. If one side
    deleted what the other side newly links to, or decides for, that is a collision too, so
    that no link comes to hang in the air.
    """
    ours, theirs = with_seen(ours, seen(theirs)), with_seen(theirs, seen(ours))
    header, overruled = _settled(_Sides(_flat(base), _flat(ours), _flat(theirs)))
    sides = _Sides(*({a.id: a for a in side.annotations} for side in (base, ours, theirs)))
    merged, colliding = _three_way(sides)
    colliding += _undecided(header, sides, merged, colliding)
    while cut_off := _cut_off(sides, merged, colliding):
        colliding += cut_off
    for i in colliding:
        _put(merged, i, sides.base.get(i))
    return Merge(
        _unflat(header, tuple(sorted(merged.values(), key=text_order))),
        tuple(Collision(i, sides.ours.get(i), sides.theirs.get(i)) for i in colliding),
        tuple(" ".join(key) for key in overruled),
    )


def merge_registries(
    base: Registry, ours: Registry, theirs: Registry
) -> tuple[Registry, tuple[str, ...]]:
    """The same for source registries, and the ids of the sources that both changed.

    Of those ours stands, with the aliases of both; where we have none, theirs.
    """
    sources, overruled = _settled(_Sides(base.by_id, ours.by_id, theirs.by_id))
    for i in overruled:
        known = [side.by_id[i] for side in (ours, theirs) if i in side.by_id]
        aliases = tuple(dict.fromkeys(chain.from_iterable(one.aliases for one in known)))
        local = united(*(one.aliases_in for one in known))
        sources[i] = replace(sources[i], aliases=aliases, aliases_in=local)
    extra, _ = _settled(_Sides(dict(base.extra), dict(ours.extra), dict(theirs.extra)))
    return Registry(tuple(sources.values()), tuple(extra.items())), tuple(overruled)


class _Sides(NamedTuple, Generic[_K, _V]):
    base: Mapping[_K, _V]
    ours: Mapping[_K, _V]
    theirs: Mapping[_K, _V]


def _three_way(sides: _Sides[_K, _V]) -> tuple[dict[_K, _V], list[_K]]:
    """What nobody disputes, in the order of the side that changed; and the keys that collide."""
    base, ours, theirs = sides
    merged: dict[_K, _V] = {}
    colliding = []
    first, second = (theirs, ours) if list(ours) == list(base) else (ours, theirs)
    for key in {**first, **second, **base}:
        was, our, their = base.get(key), ours.get(key), theirs.get(key)
        if their == was or our == their:
            _put(merged, key, our)
        elif our == was:
            _put(merged, key, their)
        else:
            colliding.append(key)
    return merged, colliding


def _settled(sides: _Sides[_K, _V]) -> tuple[dict[_K, _V], list[_K]]:
    """The same, with ours where the sides collide, or theirs where we have none."""
    merged, colliding = _three_way(sides)
    for key in colliding:
        _put(merged, key, sides.ours.get(key, sides.theirs.get(key)))
    return merged, colliding


def _put(mapping: dict[_K, _V], key: _K, value: _V | None) -> None:
    if value is None:
        mapping.pop(key, None)
    else:
        mapping[key] = value


def _cut_off(
    sides: _Sides[str, Annotation], merged: Mapping[str, Annotation], colliding: Sequence[str]
) -> list[str]:
    """Ids that are gone although one that may stay links to them, in a side that has them."""
    disputed = [side[i] for side in sides[1:] for i in colliding if i in side]
    found: dict[str, None] = {}
    for annotation in chain(merged.values(), disputed):
        homes = [side for side in sides[1:] if side.get(annotation.id) == annotation]
        for link in annotation.links:
            is_gone = link not in merged and link not in colliding
            if is_gone and all(link in side for side in homes):
                found[link] = None
    return list(found)


def _undecided(
    header: Mapping[_Key, Any],
    sides: _Sides[str, Annotation],
    merged: Mapping[str, Annotation],
    colliding: Sequence[str],
) -> list[str]:
    """The ids of agreed annotations that one side deleted and the other side decided for."""
    wanted = dict.fromkeys(one.as_id for one in header.values() if isinstance(one, Decision))
    gone = (i for i in wanted if i and i not in merged and i not in colliding)
    return [i for i in gone if i in sides.ours or i in sides.theirs]


_Key = tuple[str, ...]

_ARTICLE = [one.name for one in fields(ArticleRef) if one.name != "extra"]
"""What a file says of its article, merged one by one."""


def _flat(document: Document) -> dict[_Key, Any]:
    """The header and decisions as keys that can be merged one by one; absent ones are left out."""
    flat: dict[_Key, Any] = {("annotator",): document.annotator, ("status",): document.status}
    flat |= {("article", key): getattr(document.article, key) for key in _ARTICLE}
    flat |= {("reviewed", name): name for name in document.reviews}
    flat |= {("article extra", key): value for key, value in document.article.extra}
    flat |= {("extra", key): value for key, value in document.extra}
    flat |= {("decision on", decision.of): decision for decision in document.decisions}
    flat |= {_comment_key(comment): comment for comment in document.comments}
    flat |= {_answer_key(answer): answer for answer in document.answers}
    return {key: value for key, value in flat.items() if value is not None}


def _answer_key(answer: Answer) -> _Key:
    """All that an answer says: two people's reasons for the same stand beside each other."""
    problem, of, exact, reason = answer_order(answer)
    return "answer to", problem, *of, exact, reason


def _comment_key(comment: Comment) -> _Key:
    return "comment on", comment.of, comment.by, comment.text


def _unflat(flat: Mapping[_Key, Any], annotations: tuple[Annotation, ...]) -> Document:
    def part(name: str) -> dict[str, Any]:
        return {key[1]: value for key, value in flat.items() if key[0] == name}

    def values(name: str) -> list[Any]:
        return [value for key, value in flat.items() if key[0] == name]

    return Document(
        article=ArticleRef(**part("article"), extra=tuple(part("article extra").items())),
        annotator=flat["annotator",],
        status=flat["status",],
        annotations=annotations,
        reviews=tuple(values("reviewed")),
        decisions=tuple(sorted(values("decision on"), key=attrgetter("of"))),
        comments=tuple(values("comment on")),
        answers=tuple(sorted(values("answer to"), key=answer_order)),
        extra=tuple(part("extra").items()),
    )
