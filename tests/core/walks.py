"""Random work: verbs in any order on whatever is there, as hypothesis draws them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar

from hypothesis import strategies as st

from annotator.core import edits, extent_edits, link_edits
from annotator.core.change import Change
from annotator.core.errors import EditRefused
from annotator.core.model import Annotation, Certainty, Kind, Stance, Unattributed
from annotator.core.tagging import BUCKET, Tagging
from annotator.core.text.article import Article
from annotator.core.text.find import tag_all
from tests.core.builders import NEWS, REGISTRY

LONG = Article(NEWS.text * 12)

_T = TypeVar("_T")


class Draw(Protocol):
    """What hypothesis hands to a test for drawing values."""

    def __call__(self, strategy: st.SearchStrategy[_T]) -> _T: ...


Verb = Callable[[Draw, Tagging, Article], Change]


def positions(article: Article) -> st.SearchStrategy[int]:
    """Gaps of the text, with a liking for its ends and for the edges of buckets."""
    length = len(article.text)
    near = [edge + by for edge in range(0, length + 1, BUCKET) for by in (-1, 0, 1)]
    edges = [0, length, *(position for position in near if 0 <= position <= length)]
    return st.integers(0, length) | st.sampled_from(edges)


def ranges(article: Article) -> st.SearchStrategy[list[tuple[int, int]]]:
    """One to three selections, short or long, in any order, perhaps overlapping."""
    length = len(article.text)
    ends = st.integers(1, 60) | st.integers(1, 2 * BUCKET)
    one = st.builds(lambda at, by: (at, min(at + by, length)), positions(article), ends)
    return st.lists(one, min_size=1, max_size=3)


def random_change(draw: Draw, tagging: Tagging, article: Article = LONG) -> Change:
    """What some verb would do to something; one that is refused changes nothing."""
    verb = draw(st.sampled_from(VERBS)) if len(tagging) else _tag
    try:
        return verb(draw, tagging, article)
    except EditRefused:
        return Change("refused")


def _some(draw: Draw, annotations: Sequence[Annotation]) -> Annotation:
    if not annotations:
        raise EditRefused("There is none.")
    return draw(st.sampled_from(annotations))


def _any(draw: Draw, tagging: Tagging) -> Annotation:
    return _some(draw, tagging.annotations())


def _attribution(draw: Draw, tagging: Tagging) -> Annotation:
    return _some(draw, [one for one in tagging if one.kind is Kind.ATTRIBUTION])


def _ids(tagging: Tagging) -> list[str]:
    return [one.id for one in tagging]


def _source_id(draw: Draw, kind: Kind) -> str | None:
    known: list[str | None] = [None, *REGISTRY.by_id]
    return draw(st.sampled_from(known)) if kind is Kind.ATTRIBUTION else None


def _tag(draw: Draw, tagging: Tagging, article: Article) -> Change:
    kind = draw(st.sampled_from(Kind))
    selected = draw(st.none() | st.sampled_from(tagging.annotations() or [None]))
    raw, source = draw(st.booleans()), _source_id(draw, kind)
    wanted = draw(ranges(article))
    return edits.tag(tagging, article, kind, wanted, source=source, selected=selected, raw=raw)


def _retag(draw: Draw, tagging: Tagging, article: Article) -> Change:
    kind = draw(st.sampled_from(Kind))
    return edits.retag(tagging, _any(draw, tagging), kind, _source_id(draw, kind))


def _delete(draw: Draw, tagging: Tagging, article: Article) -> Change:
    some = st.lists(st.sampled_from(_ids(tagging)), min_size=1, max_size=3, unique=True)
    return edits.delete(tagging, [one for i in draw(some) if (one := tagging.get(i))])


def _set_spans(draw: Draw, tagging: Tagging, article: Article) -> Change:
    return edits.set_spans(_any(draw, tagging), edits.cut(article, draw(ranges(article))))


def _set_content(draw: Draw, tagging: Tagging, article: Article) -> Change:
    content = draw(st.lists(st.sampled_from(_ids(tagging)), max_size=4))
    return edits.set_content(tagging, _attribution(draw, tagging), content)


def _set_via(draw: Draw, tagging: Tagging, article: Article) -> Change:
    via = draw(st.none() | st.sampled_from(_ids(tagging)))
    return edits.set_via(tagging, _any(draw, tagging), via)


def _set_source(draw: Draw, tagging: Tagging, article: Article) -> Change:
    return edits.set_source(_any(draw, tagging), draw(st.sampled_from(REGISTRY.sources)))


def _set_unattributed(draw: Draw, tagging: Tagging, article: Article) -> Change:
    return edits.set_unattributed(tagging, _any(draw, tagging), draw(_or_none(Unattributed)))


def _set_note(draw: Draw, tagging: Tagging, article: Article) -> Change:
    return edits.set_note(_any(draw, tagging), draw(st.sampled_from(["", "vero?", "“a: 🤝”\n#"])))


def _set_stance(draw: Draw, tagging: Tagging, article: Article) -> Change:
    return edits.set_stance(_any(draw, tagging), draw(_or_none(Stance)))


def _set_certainty(draw: Draw, tagging: Tagging, article: Article) -> Change:
    return edits.set_certainty(_any(draw, tagging), draw(_or_none(Certainty)))


def _move_boundary(draw: Draw, tagging: Tagging, article: Article) -> Change:
    to = draw(positions(article))
    if draw(st.booleans()):
        return extent_edits.move_boundary(_any(draw, tagging), article, "start", to)
    return extent_edits.move_boundary(_any(draw, tagging), article, "end", to)


def _add_fragment(draw: Draw, tagging: Tagging, article: Article) -> Change:
    return extent_edits.add_fragment(_any(draw, tagging), article, *draw(ranges(article))[0])


def _remove_fragment(draw: Draw, tagging: Tagging, article: Article) -> Change:
    annotation = _any(draw, tagging)
    return extent_edits.remove_fragment(
        annotation, article, draw(st.sampled_from(annotation.spans)).start
    )


def _set_parts(draw: Draw, tagging: Tagging, article: Article) -> Change:
    one = _attribution(draw, tagging)
    inside = st.tuples(st.integers(one.start, one.end), st.integers(one.start, one.end))
    wanted = [(min(pair), max(pair)) for pair in draw(st.lists(inside, max_size=2))]
    return draw(st.sampled_from([extent_edits.set_mention, extent_edits.set_cue]))(
        one, article, wanted
    )


def _toggle_link(draw: Draw, tagging: Tagging, article: Article) -> Change:
    return link_edits.toggle_link(tagging, _any(draw, tagging), _any(draw, tagging))


def _tag_behind(draw: Draw, tagging: Tagging, article: Article) -> Change:
    wanted, source = draw(ranges(article)), _source_id(draw, Kind.ATTRIBUTION)
    return link_edits.tag_behind(tagging, article, wanted, source, _any(draw, tagging))


def _tag_all(draw: Draw, tagging: Tagging, article: Article) -> Change:
    kind = draw(st.sampled_from(Kind))
    return tag_all(tagging, article, kind, draw(ranges(article)), _source_id(draw, kind))


def _or_none(choices: Any) -> st.SearchStrategy[Any]:
    return st.none() | st.sampled_from(choices)


VERBS: list[Verb] = [
    _tag,
    _retag,
    _delete,
    _set_spans,
    _set_content,
    _set_via,
    _set_source,
    _set_unattributed,
    _set_note,
    _set_stance,
    _set_certainty,
    _move_boundary,
    _add_fragment,
    _remove_fragment,
    _set_parts,
    _toggle_link,
    _tag_behind,
    _tag_all,
]
