"""The fixes: for some problems there is one obvious thing to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches

from annotator.core.chains.chain import chain, would_be_too_long
from annotator.core.change import Change, of_pairs, removed, replaced
from annotator.core.checks.problem import Code, Problem
from annotator.core.edits import cut, set_source, set_spans, tag
from annotator.core.model import Annotation, Kind
from annotator.core.sources import Registry
from annotator.core.tagging import Tagging
from annotator.core.text.article import Article
from annotator.core.text.quotation import passages

_ALIKE = 0.8
"""How near an unknown source id comes to the one that is meant, 1 being the same."""


def fix(problem: Problem, tagging: Tagging, article: Article, registry: Registry) -> Change | None:
    """What mends the problem, None where that is for an editor to say.

    It is also None where the tagging has moved on and the fix no longer fits.
    """
    found = [one for i in problem.ids if (one := tagging.get(i))]
    if len(found) < len(problem.ids) or any(one.words != problem.words for one in found[:1]):
        return None
    match problem.code:
        case Code.UNQUOTED:
            return _quote_passage(problem, tagging, article)
        case Code.STOPS_SHORT:
            return _take_marks_in(problem, found[0], article)
        case Code.UNKNOWN_SOURCE:
            return _name_alike(found[0], registry)
        case Code.TWICE:
            return _merge(tagging, found[1], found[0])
    return None


def _quote_passage(problem: Problem, tagging: Tagging, article: Article) -> Change | None:
    start, end = problem.start, problem.end
    if (start, end) not in passages(article.text, start, end):
        return None
    new = tag(tagging, article, Kind.QUOTE, [(start, end)], raw=True)
    spans = new.after[0].spans
    there = any(one.spans == spans for one in tagging.between(start, end) if one.kind is Kind.QUOTE)
    return None if there else new


def _name_alike(attribution: Annotation, registry: Registry) -> Change | None:
    """A source id that is not known is often a known one misspelt."""
    near = get_close_matches(attribution.source or "", registry.by_id, n=1, cutoff=_ALIKE)
    return set_source(attribution, registry.by_id[near[0]]) if near else None


def _take_marks_in(problem: Problem, quote: Annotation, article: Article) -> Change | None:
    """The quote with its first fragment in the passage from where that begins, and so its last."""
    start, end = problem.start, problem.end
    ranges = [(span.start, span.end) for span in quote.spans]
    inside = [nth for nth, one in enumerate(ranges) if one[0] < end and start < one[1]]
    if not inside:
        return None
    first, last = inside[0], inside[-1]
    ranges[first] = min(start, ranges[first][0]), ranges[first][1]
    ranges[last] = ranges[last][0], max(end, ranges[last][1])
    change = set_spans(quote, cut(article, ranges, raw=True))
    return replace(change, label="Extend quote")


def _merge(tagging: Tagging, kept: Annotation, gone: Annotation) -> Change | None:
    """``gone`` deleted, and all that it was linked with linked with ``kept``."""
    alike = kept.kind is gone.kind and (kept.start, kept.words) == (gone.start, gone.words)
    if not alike or _would_break_chains(tagging, kept, gone):
        return None
    holders = tagging.referrers(gone.id)
    covered = bool(holders or tagging.referrers(kept.id))
    pointing = of_pairs((holder, _pointing(holder, gone.id, kept.id)) for holder in holders)
    whole = replaced(kept, _with_what_it_has(kept, gone, covered=covered))
    return Change(f"Delete {gone.kind}", pointing + removed(gone) + whole)


def _would_break_chains(tagging: Tagging, kept: Annotation, gone: Annotation) -> bool:
    """Whether a circle or a chain that is too long would come of it."""
    if gone in chain(tagging, kept) or kept in chain(tagging, gone):
        return True
    via = kept.via or gone.via or ""
    return any(would_be_too_long(tagging, one.id, via) for one in (kept, gone))


def _with_what_it_has(kept: Annotation, gone: Annotation, *, covered: bool) -> Annotation:
    notes = dict.fromkeys(note for note in (kept.note, gone.note) if note)
    return replace(
        kept,
        source=kept.source or gone.source,
        mention=kept.mention or gone.mention,
        cue=kept.cue or gone.cue,
        content=tuple(dict.fromkeys((*kept.content, *gone.content))),
        via=kept.via or gone.via,
        unattributed=None if covered else kept.unattributed or gone.unattributed,
        stance=kept.stance or gone.stance,
        certainty=kept.certainty or gone.certainty,
        note="\n".join(notes) or None,
        extra=kept.extra or gone.extra,
    )


def _pointing(holder: Annotation, gone: str, kept: str) -> Annotation:
    content: Sequence[str] = [kept if i == gone else i for i in holder.content]
    via = kept if holder.via == gone else holder.via
    return replace(holder, content=tuple(dict.fromkeys(content)), via=via)
